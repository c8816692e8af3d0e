"""JSON for the models of all vendors: as recorded, as their types say, and damaged."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import loyalty_sdk
from loyalty_sdk._core.reading import types
from loyalty_sdk._core.reading.model import Model, Shaped, Variant, is_promised, wire_fields

VENDORS = ("es_loyalty", "voucherify", "cardlytics", "spaaza")
RECORDED = Path(__file__).parent.parent / "recorded"


def models(vendor: str) -> list[type[Model]]:
    """Every model that a vendor's folder defines."""
    package = importlib.import_module(f"{loyalty_sdk.__name__}.{vendor}")
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    rooms = [package, *(importlib.import_module(name) for name in names)]
    found = {
        value: None
        for room in rooms
        for value in vars(room).values()
        if types.is_model(value) and value.__module__ in names and "__attrs_attrs__" in vars(value)
    }
    return sorted(found, key=lambda model: (model.__module__, model.__name__))


def recorded(vendor: str) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Every object in the recorded answers, with the model that has most of its keys."""
    keys = {model: {key for _, key in wire_fields(model)} for model in models(vendor)}
    for file in sorted((RECORDED / vendor).glob("*.json")):
        for sent in _objects(json.loads(file.read_text("utf-8"), parse_float=Decimal).get("body")):
            model = max(keys, key=lambda one: _likeness(keys[one], sent.keys()))
            if _likeness(keys[model], sent.keys()) > 0.3:
                yield model, sent


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from _objects(item)


def _likeness(some: Any, others: Any) -> float:
    return len(some & others) / max(1, len(some | others))


class Making:
    """Makes JSON of the form that a model's types say; some of it in the mixed forms.

    Args:
        chance: What decides.
        full: How likely a field is that may be absent.
    """

    def __init__(self, chance: random.Random, full: float = 0.7) -> None:
        self._chance = chance
        self._full = full

    def object(self, model: type[Model], depth: int = 4) -> dict[str, Any]:
        """An object for a model; *depth* is how deep objects may be nested in it."""
        made: dict[str, Any] = {}
        for field, key in wire_fields(model):
            if is_promised(field) or (depth and self._chance.random() < self._full):
                made[key] = self.value(types.without_none(field.type), depth)
        return made

    def value(self, annotation: Any, depth: int) -> Any:
        """A value for a field."""
        note = types.reading_of(annotation)
        if isinstance(note, Variant):
            return self.object(self._chance.choice(get_args(get_args(annotation)[0])), depth - 1)
        if isinstance(note, Shaped):
            return self._shaped(self.value(get_args(annotation)[0], depth))
        if note is not None:
            return self.value(types.without_none(get_args(annotation)[0]), depth)
        if types.is_model(annotation):
            return self.object(annotation, depth - 1)
        if (item := types.item_of_tuple(annotation)) is not None:
            return [self.value(types.without_none(item), depth) for _ in range(self._several())]
        if types.is_mapping(annotation):
            held = get_args(annotation)[1]
            return {f"key{n}": self.value(held, depth) for n in range(self._several())}
        return self._scalar(annotation)

    def _several(self) -> int:
        return self._chance.choice((0, 1, 1, 2))

    def _shaped(self, value: Any) -> Any:
        """One object alone, or an array with it."""
        if isinstance(value, list):
            return value[0] if value and self._chance.random() < 0.3 else value
        return [value] if self._chance.random() < 0.3 else value

    def _scalar(self, annotation: Any) -> Any:
        if get_origin(annotation) is Literal:
            return self._chance.choice(get_args(annotation))
        parts = get_args(annotation) or (annotation,)
        kind = self._chance.choice(parts)
        if get_origin(kind) is Literal:
            return self._chance.choice(get_args(kind))
        for known, made in _SCALARS.items():
            if isinstance(kind, type) and issubclass(kind, known):
                return made(self._chance)
        return self._chance.choice(("anything", 1, {"a": [1]}))


def _amount(chance: random.Random) -> Any:
    amount = Decimal(chance.randrange(-(10**6), 10**8)).scaleb(-chance.randrange(3))
    return chance.choice((amount, amount, str(amount), int(amount)))


def _time(chance: random.Random) -> str:
    moment = datetime.fromtimestamp(chance.randrange(0, 2**31)).isoformat(chance.choice("T "))
    return moment + chance.choice(("Z", "+00:00", ".123Z", ".123456+02:00", ".1234567Z", "Z", ""))


_SCALARS: Mapping[type, Callable[[random.Random], Any]] = {
    bool: lambda chance: chance.choice((True, False, True, False, "true", "false", 0, 1)),
    Decimal: _amount,
    datetime: _time,
    date: lambda chance: f"20{chance.randrange(10, 99)}-0{chance.randrange(1, 10)}-15",
    int: lambda chance: chance.choice((0, 1, 5, 7, 64, 10**13, "12", Decimal("3.0"))),
    str: lambda chance: chance.choice(("", "text", "AMOUNT", "é ☃", 12, 10**25, Decimal("1.50"))),
    object: lambda chance: chance.choice(("text", 12, Decimal("12.50"), "2024-05-01T10:00:00Z")),
}

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, -1, 7, 10**30, -(10**30), 2**63, 2**64,
    Decimal("2.0"), Decimal("0.1"), Decimal("1E+5"), Decimal("1E+500"), Decimal("-0.0"),
    Decimal("12345678901234567890.123456789012345678901234567890"),
    "", " ", "a", "0", "1", "12", "-0", "1.50", "1e3", "1_0", " 7 ", "NaN", "-Infinity", "sNaN",
    "1e999999", "true", "false", "True", "null", "AMOUNT", "UNIT", "REDEEM", "voucher", "[]", "{}",
    "2024-05-01", "20240501", "2024-W01-1", "2024-05-01T00:00:00", "2024-05-01T10:00:00Z",
    "2024-05-01 10:00:00", "2024-05-01T10", "2024-05-01T", "2024-05-01T10:00:00.1234567Z",
    "2024-05-01T10:00:00.9999999+14:00", "2024-05-01T10:00-00:00", "2024-05-01T10:00:00+02:00:30",
    "20240501T100000Z", "2024-05-01T24:00:00Z", "2024-02-30T10:00:00Z", "2024-05-01t10:00:00z",
    "2024-05-01T23:59:60Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00",
    "\ud800", "☃\u2028\x00", "x" * 300,
    [], {}, [None], [[]], [{}], {"": None}, {"id": 1}, [1, "2", None], {"a": {"b": [1, {"c": 2}]}},
    {"type": "AMOUNT"}, {"type": "UNIT", "units": []}, [{"action": "REDEEM"}],
)  # fmt: skip


def swept(model: type[Model], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Every odd value in every field, alone and in an array or an object; the rest is in order."""
    for field, key in wire_fields(model):
        annotation = types.without_none(field.type)
        for odd in ODD:
            payload = Making(chance, full=0.1).object(model, depth=2)
            yield {**payload, key: odd}
            if types.item_of_tuple(annotation) is not None:
                yield {**payload, key: [odd]}
            if types.is_mapping(annotation):
                yield {**payload, key: {"key": odd}}


class Twice(dict[str, Any]):
    """An object whose first key is written twice, first with an odd value; the last one counts."""


def damaged(payload: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The payload with a few odd values, missing keys, unknown ones, other nesting."""
    body = copy.deepcopy(payload)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        inside = chance.choice(list(_containers(body)))
        chance.choice(_DAMAGES)(inside, chance)
    return body


def _containers(value: Any) -> Iterator[dict[str, Any] | list[Any]]:
    yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, (dict, list)):
            yield from _containers(item)


def _places(inside: Any) -> list[Any]:
    return list(inside) if isinstance(inside, dict) else list(range(len(inside)))


def _put_odd(inside: Any, chance: random.Random) -> None:
    for place in _places(inside)[:40]:
        if chance.random() < 1 / len(inside):
            inside[place] = copy.deepcopy(chance.choice(ODD))


def _turn(inside: Any, chance: random.Random) -> None:
    """Text for a number, a number for text, an array for what stands in it, and back."""
    places = _places(inside)
    if not places:
        return
    place = chance.choice(places)
    value = inside[place]
    turned: list[Any] = [[value], {"value": value}]
    if isinstance(value, (int, Decimal)):
        turned += [str(value)] * 3
    elif isinstance(value, str):
        turned += [chance.choice((12, Decimal("1.20"), value + " ", value.upper()))] * 2
    elif isinstance(value, list):
        turned = [value[0] if value else None, [*value, None], [*value, []], [*value, {}], {}]
    elif isinstance(value, dict):
        turned += [[], None, {**value, "more": [1, {"than": "that"}]}]
    inside[place] = chance.choice(turned)


def _lose(inside: Any, chance: random.Random) -> None:
    if inside:
        del inside[chance.choice(_places(inside))]


def _add(inside: Any, chance: random.Random) -> None:
    odd = copy.deepcopy(chance.choice(ODD))
    if isinstance(inside, list):
        inside.append(odd)
    else:
        inside[chance.choice(("new", "extra", "_path", "model", "ID", "Type"))] = odd


def _write_twice(inside: Any, chance: random.Random) -> None:
    for place in _places(inside):
        if isinstance(inside[place], dict) and inside[place] and chance.random() < 0.5:
            inside[place] = Twice(inside[place])


_DAMAGES = (_put_odd, _put_odd, _turn, _turn, _lose, _add, _write_twice)


def written(value: Any) -> str:
    """JSON, with every number as exactly as it is."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, dict):
        pairs = [f"{json.dumps(key)}:{written(item)}" for key, item in value.items()]
        if isinstance(value, Twice) and value:
            pairs.insert(0, f'{json.dumps(next(iter(value)))}:["twice"]')
        return f"{{{','.join(pairs)}}}"
    return json.dumps(value)
