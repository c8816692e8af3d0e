from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Annotated, Any

import attrs
import pytest

from loyalty_sdk._core.reading import fast
from loyalty_sdk._core.reading.coerce import Mismatch
from loyalty_sdk._core.reading.fast import FastReader
from loyalty_sdk._core.reading.forms import Shape, form
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.model import Model, Variant, promised

from ..zoo import Cat, Diary, Dog, Leg, choose


def test_it_makes_real_instances():
    """What it gives is the model itself, frozen, with its own slots."""
    by_form = form(Leg)(id="x", length=2)
    for leg in (fast.reader(Leg)({"legId": "x", "length": 2}), fast.reader(form(Leg))(by_form)):
        assert type(leg) is Leg
        assert leg == Leg(id="x", length=2)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            leg.id = "y"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del leg.id
        assert leg.extra is EMPTY


def test_what_is_odd_raises():
    """A promise broken or a wrong form is left to the slow reader."""
    for odd in ({}, {"legId": None}, {"legId": []}, {"legId": "x", "length": "long"}):
        with pytest.raises((Mismatch, ArithmeticError)):
            fast.reader(Leg)(odd)


def test_the_dict_is_used_up():
    """What is left after all fields is what nobody knows."""
    body = {"legId": "x", "new": 1}
    assert fast.reader(Leg)(body).extra == {"new": 1}
    assert body == {"new": 1}


def test_a_reader_is_made_once():
    """However many threads need it first."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Odd(Model):
        quoted: str = promised('it\'s "quoted" \\ \n')

    readers = []
    threads = [threading.Thread(target=lambda: readers.append(fast.reader(Odd))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fast.reader(Odd) is fast.reader(Odd)
    for reader in readers:
        assert reader({'it\'s "quoted" \\ \n': "x"}) == Odd(quoted="x")


def test_what_is_generated_can_be_looked_at():
    """The text of a reader is a few plain lines, for a dict and for a form."""
    known = """\
def read(o):
 x = Open()
 v = o.pop('legId', None)
 if v is None: raise absent('legId')
 x.id = v = v if v.__class__ is str else str(v) if v.__class__ is int else text(v)
 if v is None: raise absent('legId')
 v = o.pop('length', None)
 x.length = None if v is None else \
v if v.__class__ is Decimal else \
t if v.__class__ in numeric and (t := Decimal(v)).is_finite() else decimal(v)
 x.extra = frozen_dict(o) if o else EMPTY
 x.__class__ = Leg_
 return x
"""
    assert fast.source(Leg) == known
    for key, name in (("legId", "id"), ("length", "length")):
        known = known.replace(f"o.pop({key!r}, None)", f"o.{name}")
    assert fast.source(form(Leg)) == known.replace("frozen_dict(o) if o else EMPTY", "EMPTY")


def test_two_models_of_one_name_are_not_mixed_up():
    """The text has a name for each, though the classes are called the same."""

    def called_leg(other):
        @attrs.frozen(kw_only=True, weakref_slot=False)
        class Leg(Model):
            leg: other | None = None

        return attrs.resolve_types(Leg, localns={"other": other})

    outer = called_leg(called_leg(Leg))
    body = {"leg": {"leg": {"legId": "x"}}}
    assert fast.reader(outer)(body).leg.leg == Leg(id="x")


def test_what_the_object_itself_chooses():
    """The chosen class is read by way of its form, or from the dict when it has unknown keys."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Cage(Model):
        pet: Annotated[Cat | Dog, Variant(choose)] = promised()

    for unknown in ({}, {"new": (1,)}):
        body = {"pet": {"type": "dog", "toys": ["ball"], **unknown}}
        assert fast.reader(Cage)(body).pet == Dog(type="dog", toys=("ball",), extra=unknown)


def diary(_pairs):
    return Diary


def test_a_chosen_class_without_a_form():
    """It is read from the dict at once."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Desk(Model):
        book: Annotated[Cat | Diary, Variant(diary)] = promised()

    assert fast.reader(Desk)({"book": {"monday": 1}}).book == Diary(extra={"monday": 1})


@pytest.mark.parametrize("shape", [None, Shape([Leg])])
def test_arrays(shape):
    """Nulls are left out, and an empty array is empty, however it was parsed."""

    def many(content):
        parsed = Shape(None).parse(content) if shape is None else shape.parse(content)
        return FastReader().many(Leg, parsed)

    assert many(b'[null, {"legId": 1}, {"legId": "2"}]') == (Leg(id="1"), Leg(id="2"))
    assert many(b"[null]") == many(b"[]") == ()


def test_odd_items_are_told_apart():
    """What it could read of an array it keeps for the slow reader."""
    reader = FastReader()
    reader.many(Leg, [{"legId": "x"}], "$.a")
    with pytest.raises(Mismatch):
        reader.many(Leg, [{"legId": "x"}, None, {}, {"legId": "y"}], "$.b")
    assert reader.well_read == [
        (Leg, "$.a", [Leg(id="x")]),
        (Leg, "$.b", [Leg(id="x"), None, None, Leg(id="y")]),
    ]


def test_maps_of_models():
    """An object with keys of the vendor's: `[]` is an empty one, and nothing else is one."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Zoo(Model):
        legs: Mapping[str, Leg] | None = None

    def legs(value: Any) -> Any:
        return fast.reader(Zoo)({"legs": value}).legs

    assert legs({"a": {"legId": 1}, "b": None, "c": []}) == {"a": Leg(id="1")}
    assert legs([]) is legs({}) is EMPTY
    for odd in ("x", 0, False, [1], {"a": 1}):
        with pytest.raises(Mismatch):
            legs(odd)
    with pytest.raises(TypeError, match="read-only"):
        legs({"a": {"legId": 1}})["b"] = Leg(id="2")
