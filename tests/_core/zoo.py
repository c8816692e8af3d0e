"""A synthetic model with every kind of field, and JSON for it that is mostly right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs
from hypothesis import strategies as st

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Model, Reading, Variant, promised, renamed

Kind: TypeAlias = Literal["CAT", "DOG"] | str
Upper = Annotated[str, Reading(lambda value: coerce.text(value).upper())]


def _hundredfold(value: Any) -> Decimal:
    return coerce.decimal(value) * 100


@attrs.frozen(kw_only=True, weakref_slot=False)
class Leg(Model):
    """A small model inside."""

    id: str = promised("legId")
    length: Decimal | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Cat(Model):
    """One of two."""

    type: Literal["cat"] = promised()
    lives: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Dog(Model):
    """The other one."""

    type: Literal["dog"] = promised()
    toys: tuple[str, ...] | None = None


def choose(pairs: Mapping[str, Any]) -> type[Model]:
    """By its type; an object without one is an error of the lookup."""
    return Cat if pairs["type"] == "cat" else Dog


Pet: TypeAlias = Annotated[Cat | Dog, Variant(choose)]


@attrs.frozen(kw_only=True, weakref_slot=False)
class Diary(Model):
    """A model whose keys are somebody else's."""

    _has_form = False


@attrs.frozen(kw_only=True, weakref_slot=False)
class Creature(Model):
    """Every kind of field but a creature."""

    id: str = promised()
    leg: Leg = promised("firstLeg")
    pet: Pet = promised()
    born: datetime = promised()
    tags: tuple[str, ...] = promised()
    note: str | None = None
    count: int | None = renamed("howMany")
    tame: bool | None = None
    price: Decimal | None = None
    cents: Annotated[Decimal, Reading(_hundredfold)] | None = None
    seen: datetime | None = None
    local: Annotated[datetime, Reading(coerce.utc_instant)] | None = None
    day: date | None = None
    kind: Kind | None = None
    shout: Upper | None = None
    legs: tuple[Leg, ...] | None = None
    maybe: tuple[int | None, ...] | None = None
    grid: tuple[tuple[int, ...], ...] | None = None
    pets: tuple[Pet, ...] | None = None
    other: Pet | None = None
    spare: Leg | None = renamed("spareLeg")
    by_name: Mapping[str, Leg] | None = renamed("byName")
    diary: Diary | None = None
    data: Mapping[str, Any] | None = renamed("freeForm")
    anything: Any = None
    anythings: tuple[Any, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Animal(Creature):
    """A model that may hold itself."""

    _has_form = False

    child: Animal | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Horse(Animal):
    """A model that inherits one."""

    rider: str | None = None


def _overflow(value: Any) -> int:
    raise OverflowError("PLANTED")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Broken(Model):
    """A model whose reading breaks."""

    x: Annotated[int, Reading(_overflow)] | None = None


LEG = {"legId": "l1", "length": Decimal("1.5")}
WHOLE: dict[str, Any] = {
    "id": "a1",
    "firstLeg": LEG,
    "pet": {"type": "cat", "lives": 9},
    "born": "2024-05-01T10:00:00Z",
    "tags": ["x", "y"],
    "note": "n",
    "howMany": 3,
    "tame": True,
    "price": Decimal("12.50"),
    "cents": Decimal("0.25"),
    "seen": "2024-05-01T10:00:00.123456+02:00",
    "local": "2024-05-01 10:00:00",
    "day": "2024-05-01",
    "kind": "CAT",
    "shout": "hey",
    "legs": [LEG, {"legId": 2, "new": 1}],
    "maybe": [1, None, "3"],
    "grid": [[1, 2], []],
    "pets": [{"type": "dog", "toys": ["ball"]}],
    "other": {"type": "fox"},
    "spareLeg": [],
    "byName": {"front": LEG, "back": None, "none": [], "new": {"legId": "x", "new": 1}},
    "diary": {"monday": {"hunted": ["mouse"]}},
    "child": None,
    "freeForm": {"a": [1, {"b": None}]},
    "anything": [{"c": 1}],
    "anythings": [[], {}, 1],
    "unknown": {"deep": [1]},
}


def fresh(value: Any) -> Any:
    """The same JSON, no part of it twice the same object, as a parser gives it."""
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    return [fresh(item) for item in value] if isinstance(value, list) else value


_texts = st.sampled_from(
    [
        "", "a", "12", "-0", "1.50", "1e3", "NaN", "true", "false", "0", "CAT", "cat", "dog",
        "2024-05-01",
        "2024-05-01T00:00:00", "2024-05-01T10:00:00Z", "2024-05-01T10:00:00+02:00", "20240501",
        "2024-13-01", "\ud800", "☃", "1_0", " 7 ",
    ]
)  # fmt: skip
_numbers = (
    st.integers(-(10**30), 10**30)
    | st.sampled_from([0, 1, 2])
    | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=999)
    | st.sampled_from([Decimal("2.0"), Decimal("1E+5"), Decimal("1E+500"), Decimal("0.1")])
)
_scalars = st.none() | st.booleans() | _numbers | _texts
_junk = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "legId", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def bodies(draw: Any, depth: int = 2) -> dict[str, Any]:
    """An object that is right but for a few odd values, missing keys and unknown ones."""
    body = dict(WHOLE)
    if depth and draw(st.booleans()):
        body["child"] = draw(bodies(depth - 1))
    for key in draw(st.lists(st.sampled_from(sorted(WHOLE)), max_size=4)):
        body[key] = draw(_junk)
    for key in draw(st.lists(st.sampled_from(sorted(WHOLE)), max_size=3)):
        body.pop(key, None)
    if draw(st.booleans()):
        body[draw(st.sampled_from(["extra", "new", "_path", "legs2"]))] = draw(_junk)
    return body
