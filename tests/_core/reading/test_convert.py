from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated

import attrs
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import decode, parse
from loyalty_sdk._core.reading.fast import FastReader
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model, Shaped
from loyalty_sdk._core.reading.slow import SlowReader
from loyalty_sdk.errors import MissingField, UnreadableAnswer

from ..zoo import WHOLE, Animal, Broken, Cat, Creature, Diary, Dog, Horse, Leg, bodies, fresh


def written(body):
    return msgspec.json.Encoder(decimal_format="number").encode(body)


def read(body, model=Animal):
    content = body if isinstance(body, bytes) else written(body)
    return decode(content, lambda parsed, to: to.one(model, parsed))


def problems(body, model=Animal):
    with pytest.raises(UnreadableAnswer) as caught:
        read(body, model)
    return list(caught.value.problems)


def slowly(body, model=Animal):
    return SlowReader([]).one(model, fresh(body))


def whole_state(instance):
    """Everything that an instance is, but for where it stood."""
    state = {}
    for name in [field.name for field in type(instance).__attrs_attrs__]:
        try:
            value = getattr(instance, name)
        except MissingField:
            continue
        state[name] = (type(value), whole(value))
    return type(instance), state


def whole(value):
    if isinstance(value, Model):
        return whole_state(value)
    if isinstance(value, tuple):
        return [whole(item) for item in value]
    return repr(value)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies())
def test_the_fast_reader_agrees_with_the_slow_one(body):
    """It either raises, or gives exactly what the slow one gives."""
    try:
        fast = FastReader().one(Animal, fresh(body))
    except Exception:
        return
    slow = slowly(body)
    assert whole(fast) == whole(slow)
    assert fast == slow
    assert hash(fast) == hash(slow)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies(depth=0))
def test_what_forms_give_is_what_the_slow_reader_gives(body):
    """A body that fits into its model's form is read no differently."""
    body = _without_surrogates({key: item for key, item in body.items() if key != "child"})
    try:
        fast = FastReader().one(Creature, Shape(Creature).parse(written(body)))
    except Exception:
        return
    assert whole(fast) == whole(slowly(body, Creature))


def test_a_whole_form():
    """Every kind of field is read from a form as from a dict."""
    known = {**WHOLE, "legs": WHOLE["legs"][:1], "byName": {"front": WHOLE["firstLeg"], "no": None}}
    for key in ("child", "unknown"):
        del known[key]
    by_form = FastReader().one(Creature, Shape(Creature).parse(written(known)))
    assert whole(by_form) == whole(slowly(known, Creature))
    assert by_form.pets == (Dog(type="dog", toys=("ball",)),)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies())
def test_whatever_comes_is_a_model_or_names_the_fault(body):
    """No body breaks the reader: it is read, or every problem has a wire path."""
    problems = _problems_of(_without_surrogates(body))
    assert problems is None or problems
    assert all(problem.startswith("$") for problem in problems or ())


def _problems_of(body, model=Animal):
    try:
        read(body, model)
    except UnreadableAnswer as error:
        return error.problems
    return None


def _without_surrogates(value):
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("reader", [FastReader(), SlowReader([])])
def test_every_kind_of_field(reader):
    """A whole object is read, each value in the type that the model says."""
    animal = reader.one(Animal, fresh(WHOLE))
    assert (animal.leg, animal.pet) == (
        Leg(id="l1", length=Decimal("1.5")),
        Cat(type="cat", lives=9),
    )
    assert (animal.price, animal.cents, animal.count) == (Decimal("12.5"), Decimal(25), 3)
    assert animal.legs == (animal.leg, Leg(id="2", extra={"new": 1}))
    assert (animal.maybe, animal.grid) == ((1, None, 3), ((1, 2), ()))
    assert animal.pets == (Dog(type="dog", toys=("ball",)),)
    assert animal.other == Dog(type="fox")
    assert (animal.spare, animal.child, animal.shout) == (None, None, "HEY")
    assert animal.local.isoformat() == "2024-05-01T10:00:00+00:00"
    assert animal.by_name == {"front": animal.leg, "new": Leg(id="x", extra={"new": 1})}
    assert animal.diary == Diary(extra={"monday": {"hunted": ("mouse",)}})
    assert animal.data == {"a": (1, {"b": None})}
    assert (animal.anything, animal.anythings) == (({"c": 1},), ((), {}, 1))
    assert animal.extra == {"unknown": {"deep": (1,)}}
    assert isinstance(hash(animal), int)


@pytest.mark.parametrize("reader", [FastReader(), SlowReader([])])
def test_a_model_may_inherit_one(reader):
    """A model that adds a field to another one is read like one that was written out."""
    horse = reader.one(Horse, {**fresh(WHOLE), "rider": "r", "price": 1})
    assert type(horse) is Horse
    assert (horse.rider, horse.id, horse.price) == ("r", "a1", 1)


def test_absent_and_null_are_none():
    """A field that may be missing reads as `None` either way; no default is invented."""
    bare = {key: WHOLE[key] for key in ("id", "firstLeg", "pet", "born", "tags")}
    nulls = {key: None for key in WHOLE if key not in bare and key != "unknown"}
    assert read(bare) == read({**bare, **nulls})
    assert read(bare).legs is None


@pytest.mark.parametrize("key", ["id", "firstLeg", "pet", "born", "tags"])
@pytest.mark.parametrize("how", ["absent", "null"])
def test_a_promise_broken_is_no_fault(key, how):
    """A promised field that is missing leaves the rest readable, and knows its wire path."""
    body = {**WHOLE, key: None}
    if how == "absent":
        del body[key]
    animal = read({**WHOLE, "child": body})
    assert animal.child.note == "n"
    name = {"firstLeg": "leg"}.get(key, key)
    with pytest.raises(MissingField) as caught:
        getattr(animal.child, name)
    assert caught.value.path == f"$.child.{key}"


def test_paths_of_what_is_missing_go_all_the_way_down():
    """Also in arrays."""
    animal = read({**WHOLE, "legs": [{}, {"legId": "x"}, {"length": 1}]})
    with pytest.raises(MissingField, match=r"\$\.legs\[2\]\.legId is promised"):
        _ = animal.legs[2].id


def test_all_faults_are_found_at_once():
    """Each with its wire path, in words, without the data."""
    body = {
        **WHOLE, "howMany": "PLANTED", "firstLeg": {"length": []}, "legs": [LEG_OK,
        {"legId": {}}, 3],
        "born": "2024-05-01T10:00:00", "pet": {"lives": 1}, "grid": [[1], ["x"]], "freeForm": 1,
    }  # fmt: skip
    found = problems(body)
    assert sorted(found) == [
        "$.born: a time with an offset is expected, not one without",
        "$.firstLeg.length: a number is expected, not an array",
        "$.freeForm: an object is expected, not a number",
        "$.grid[1][0]: a whole number is expected, not text",
        "$.howMany: a whole number is expected, not text",
        "$.legs[1].legId: text is expected, not an object",
        "$.legs[2]: an object is expected, not a number",
        "$.pet: unreadable",
    ]
    assert not any("PLANTED" in problem for problem in found)


LEG_OK = {"legId": "ok"}


def test_many_are_read_like_one():
    """An array of objects; each fault names the index."""

    def many(body):
        return decode(json.dumps(body).encode(), lambda b, to: to.many(Leg, b["data"], "$.data"))

    assert many({"data": [LEG_OK]}) == (Leg(id="ok"),)
    assert many({"data": [None, LEG_OK, None]}) == (Leg(id="ok"),)
    assert many({"data": [None, {**LEG_OK, "legId": 7}, {}]})[0] == Leg(id="7")
    with pytest.raises(UnreadableAnswer) as caught:
        many({"data": [LEG_OK, {"legId": []}, 7]})
    assert caught.value.problems == (
        "$.data[1].legId: text is expected, not an array",
        "$.data[2]: an object is expected, not a number",
    )
    with pytest.raises(UnreadableAnswer, match=r"\$\.data: an array is expected, not an object"):
        many({"data": {}})
    with pytest.raises(MissingField, match=r"\$\.data\[1\]\.legId"):
        _ = many({"data": [LEG_OK, {}]})[1].id


@pytest.mark.parametrize("body", [[], 3, "x", None])
def test_an_answer_that_is_no_object(body):
    """At the very top there is no `[]` for none."""
    [problem] = problems(body)
    assert problem.startswith("$: an object is expected, not ")


def test_a_reading_of_the_answers_own():
    """What a vendor reads by hand may refuse too."""
    with pytest.raises(UnreadableAnswer, match=r"^\$: an object with 'data' is expected$"):
        decode(b"{}", lambda body, to: coerce.member(body, "data"))
    assert decode(b'{"a": 1}', lambda body, to: body["a"]) == 1


# --- shapes


PAIR = Shape({"data": [Leg]})


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b'{"data": [{"legId": "a"}, {"legId": 2}]}', ("a", "2")),  # the shape
        (b'{"data": [{"legId": "a"}, {"legId": 2, "new": 1}]}', ("a", "2")),  # a key that is new
        (b'{"data": [{"legId": "a"}, {"legId": 2}], "new": 1}', ("a", "2")),
        (b'\xef\xbb\xbf{"data": [{"legId": "a"}, []]}', None),
        (b'{"data": [{"legId": "a"}, {"legId": true}]}', None),
        (b'{"data": {}}', None),
    ],
)
def test_a_shape_makes_no_difference(content, ids):
    """But for time: what does not have it is read all the same, or refused in the same words."""

    def outcome(shape):
        try:
            return decode(content, lambda body, to: to.many(Leg, body["data"], "$.data"), shape)
        except UnreadableAnswer as error:
            return error.problems

    assert outcome(PAIR) == outcome(None)
    assert ids is None or tuple(leg.id for leg in outcome(PAIR)) == ids


def test_only_odd_items_are_read_slowly(monkeypatch):
    """One bad item in a page must not cost as much as if all were bad."""
    read_slowly = []
    one = SlowReader.one
    monkeypatch.setattr(
        SlowReader, "one", lambda *given: read_slowly.append(given[-1]) or one(*given)
    )
    content = b'{"data": [{"legId": "a"}, {}, {"legId": "b", "new": 1}]}'
    legs = decode(content, lambda body, to: to.many(Leg, body["data"], "$.data"), PAIR)
    assert [getattr(leg, "id", None) for leg in legs] == ["a", None, "b"]
    assert read_slowly == ["$.data[1]"]


# --- JSON itself


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"1.10", Decimal("1.10")), (b"-0.0", Decimal("-0.0")), (b"1e5", Decimal("1E+5")),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"0.123456789012345678901234567890", Decimal("0.123456789012345678901234567890")),
        (b'\xef\xbb\xbf{"a": 1.50}', {"a": Decimal("1.50")}),
        (b'"\\ud800x"', "\ufffdx"), (b'{"\\udfff": ["\\ud83d\\ude00", 1, "\\ud83d"]}',
                                     {"\ufffd": ["\U0001f600", 1, "\ufffd"]}),
        (b" [ ] ", []), ("\"☃\"".encode(), "☃"),
    ],
)  # fmt: skip
def test_json_that_is_read(content, value):
    """Numbers are exact; a byte-order mark is skipped, half a surrogate pair replaced."""
    read = parse(content)
    assert read == value
    assert repr(read) == repr(value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty where JSON is expected"), (b" \n", "empty where JSON is expected"),
        (b"<html>", "not JSON"), (b"{", "not JSON"), (b"NaN", "not JSON"),
        (b"[Infinity]", "not JSON"),
        (b"[1,]", "not JSON"), (b"'a'", "not JSON"), (b"\xff\xfe", "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"), ("{}".encode("utf-16"), "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"), (b'{"a":' * 100_000, "nested too deeply"),
        (b"1e99999999999999999999", "a number beyond all bounds"),
        (b'{"a": [-1e99999999999999999999]}', "a number beyond all bounds"),
    ],
)  # fmt: skip
def test_json_that_is_not(content, problem):
    """Whatever is wrong with it, it is one error of ours that says what."""
    with pytest.raises(UnreadableAnswer, match=rf"^\$: {problem}$"):
        parse(content)
    with pytest.raises(UnreadableAnswer, match=rf"^\$: {problem}$"):
        read(content)


def test_what_only_the_slow_parser_takes_is_read_into_models():
    """A byte-order mark or half a pair costs time, not the answer."""
    assert read(b'\xef\xbb\xbf{"legId": "x"}', Leg).id == "x"
    assert read(b'{"legId": "a\\ud800"}', Leg).id == "a\ufffd"


@pytest.mark.parametrize("depth", [300, 5000])
def test_deep_nesting_in_what_nobody_knows(depth):
    """Nested as deep as one likes: read, or refused in words."""
    content = b'{"legId": "x", "new": ' + b"[" * depth + b"]" * depth + b"}"
    assert _problems_of(content, Leg) in (None, ("$: nested too deeply",))


def test_numbers_beyond_all_bounds_are_no_numbers():
    """A whole number of a gigabyte is refused where a number is read, without making one."""
    content = written({**WHOLE, "howMany": "HERE"}).replace(b'"HERE"', b"1e999999999")
    with pytest.raises(UnreadableAnswer, match=r"\$\.howMany: a whole number is expected"):
        read(content)


def test_a_reading_that_breaks_is_a_fault_with_a_path():
    """Whatever a vendor's own reading raises, the answer is unreadable there and nowhere else."""
    assert problems({"x": 1}, Broken) == ["$.x: unreadable"]


def _listed(value):
    return [value] if isinstance(value, dict) else value


def _only_one(value):
    items = [item for item in coerce.array(_listed(value)) if item is not None]
    return items[0] if items else None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Mixed(Model):
    several: Annotated[tuple[Leg, ...], Shaped(_listed)] | None = None
    one: Annotated[Leg, Shaped(_only_one)] | None = None


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"several": {"length": "x"}}, "$.several.length"),
        ({"several": [{"length": 1}, {"length": "x"}]}, "$.several[1].length"),
        ({"several": "x"}, "$.several"), ({"several": [3]}, "$.several[0]"),
        ({"one": {"length": "x"}}, "$.one.length"), ({"one": [{"length": "x"}]}, "$.one[0].length"),
        ({"one": [None, {"length": "x"}]}, "$.one[1].length"), ({"one": ["x"]}, "$.one[0]"),
        ({"one": "x"}, "$.one"),
    ],
)  # fmt: skip
def test_a_value_put_into_another_form_is_named_as_it_came(body, path):
    """One alone in place of an array has no number, and one in an array alone has its own."""
    [problem] = problems(body, Mixed)
    assert problem.startswith(f"{path}: ")


@pytest.mark.parametrize("nothing", [None, [], [None]])
def test_nothing_in_either_form(nothing):
    """Empty arrays, and nulls in them, are no fault."""
    mixed = read({"several": nothing, "one": nothing}, Mixed)
    assert not mixed.several
    assert mixed.one is None


def test_a_reading_that_runs_away_is_a_fault():
    """What a vendor does with a body by hand may go too deep."""

    def read(body, to):
        return read(body, to)

    with pytest.raises(UnreadableAnswer, match="nested too deeply"):
        decode(b"{}", read)
