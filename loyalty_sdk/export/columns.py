"""Which columns a model becomes, of which kind: read from its annotations, and nothing else.

So the columns of an export do not depend on what the rows of a day happen to hold.

| annotated as | column |
|---|---|
| `str`, an open enum, an enum class | `string` |
| `bool`, `int`, `float` | `bool`, `int64`, `double` |
| `Decimal` | `decimal128(38, 18)` |
| an aware `datetime` | `timestamp[us, tz=UTC]` |
| `date` | `date32` |
| a model | a struct, or a column for each of its fields, under dotted names |
| `tuple[X, ...]` | a list; in flat tables its JSON |
| free-form objects, choices between models, a model that holds itself | their JSON |
| `Secret` | no column |
"""

from __future__ import annotations

import enum
import hashlib
import types
import typing
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar, Union, cast

import attrs

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.model import Model

Nested: TypeAlias = Literal["struct", "flat"]

DECIMAL = "decimal128(38, 18)"
INSTANT = "timestamp[us, tz=UTC]"

_LEAVES: dict[Any, str] = {
    str: "string",
    bool: "bool",
    int: "int64",
    float: "double",
    Decimal: DECIMAL,
    datetime: INSTANT,  # before `date`, which it is too, as `bool` is before `int`
    date: "date32",
}


@attrs.frozen
class Leaf:
    """One value: what it is called in Arrow, or `json`."""

    name: str


@attrs.frozen
class Struct:
    """An object with fields."""

    fields: tuple[tuple[str, Kind], ...]


@attrs.frozen
class Many:
    """A list."""

    of: Kind


Kind: TypeAlias = Leaf | Struct | Many

JSON = Leaf("json")


@attrs.frozen
class Column:
    """A column of a table.

    Attributes:
        name: Its name; of a flattened object's field the names on the way to it, with dots.
        kind: What its values are.
        path: The attributes on the way from a row to the value.
    """

    name: str
    kind: Kind
    path: tuple[str, ...]

    def reader(self) -> Callable[[Any], Any]:
        """What reads the value of a row; `None` where it, or what holds it, did not come."""
        *way, last = self.path

        def read(row: Any) -> Any:
            for name in way:
                row = getattr(row, name, None)
            return said(row, last)

        return read


def said(item: Any, name: str) -> Any:
    """A field of an object; `None` where it did not come, and for an `extra` without anything."""
    value = getattr(item, name, None)
    return value if value or name != "extra" else None


@attrs.frozen
class Schema:
    """The columns of a table.

    Attributes:
        model: What a row is.
        columns: In the order of the model's fields; `extra`, what the SDK does not know, is last.
    """

    model: type[Any]
    columns: tuple[Column, ...]

    @property
    def text(self) -> str:
        """The columns as text, a line each; a struct's fields are below it."""
        return "".join(line for each in self.columns for line in _lines(each.name, each.kind, ""))

    @property
    def digest(self) -> str:
        """What tells it from any other."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def schema_of(model: type[Any], nested: Nested) -> Schema:
    """The columns of a model.

    Args:
        model: An attrs class.
        nested: What becomes of models in it: a `struct` each, or columns of their own (`flat`).
    """
    fields = _struct(model, ()).fields
    if nested == "struct":
        return Schema(model, tuple(Column(name, kind, (name,)) for name, kind in fields))
    return Schema(model, tuple(_flat(fields, ())))


def _flat(fields: tuple[tuple[str, Kind], ...], path: tuple[str, ...]) -> Iterator[Column]:
    for name, kind in fields:
        place = (*path, name)
        if isinstance(kind, Struct):
            yield from _flat(kind.fields, place)
        else:
            yield Column(".".join(place), JSON if isinstance(kind, Many) else kind, place)


def _struct(model: type[Any], within: tuple[type[Any], ...]) -> Struct:
    fields = list(attrs.fields(attrs.resolve_types(cast("type[attrs.AttrsInstance]", model))))
    fields.sort(key=lambda field: field.name == "extra")  # it comes first in a model
    kinds = [(field.name, _kind(field.type, (*within, model))) for field in fields]
    return Struct(tuple((name, kind) for name, kind in kinds if kind is not None))


def _kind(annotation: Any, within: tuple[type[Any], ...]) -> Kind | None:
    """What a value becomes; `None`: it is left out."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kind(arguments[0], within)
    if isinstance(annotation, (TypeVar, typing.ForwardRef)):
        return JSON
    if origin in (Union, types.UnionType):
        several = [each for each in arguments if each is not types.NoneType]
        kinds = [_kind(each, within) for each in several]
        return kinds[0] if all(kind == kinds[0] for kind in kinds) else JSON
    if origin is Literal:
        return Leaf(_LEAVES[type(arguments[0])])
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        of = _kind(arguments[0], within)
        return None if of is None else Many(of)
    if not isinstance(annotation, type):
        return JSON
    return _class(annotation, within)


def _class(given: type[Any], within: tuple[type[Any], ...]) -> Kind | None:
    if issubclass(given, Secret):
        return None
    if issubclass(given, enum.Enum) and not issubclass(given, int):
        return Leaf("string")
    for base, name in _LEAVES.items():
        if issubclass(given, base):
            return Leaf(name)
    if given is Model or given in within or not attrs.has(given):  # any model, itself, or none
        return JSON
    return _struct(given, within)


def _lines(name: str, kind: Kind, indent: str) -> Iterator[str]:
    said = ""
    while isinstance(kind, Many):
        said, kind = f"{said}list of ", kind.of
    if isinstance(kind, Leaf):
        yield f"{indent}{name}: {said}{kind.name}\n"
        return
    yield f"{indent}{name}: {said}struct\n"
    for field, of in kind.fields:
        yield from _lines(field, of, f"{indent}  ")
