"""Values as the formats take them: exact, or refused."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any, TypeAlias, cast

import attrs
import msgspec

from loyalty_sdk._core.hiding.redact import MASK, Secret
from loyalty_sdk.export.columns import (
    DECIMAL,
    INSTANT,
    JSON,
    Column,
    Kind,
    Leaf,
    Many,
    Struct,
    said,
)

Convert: TypeAlias = Callable[[Any], Any]

json_bytes: Callable[[Any], bytes] = msgspec.json.Encoder(decimal_format="number").encode

_UNIT = Decimal(1).scaleb(-18)
_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation])


class Misfit(ValueError):
    """There is no exact place for a value in its column."""


def getter(column: Column, leaf: Callable[[Leaf], Convert]) -> Convert:
    """What reads a column's value of a row, as a format takes it.

    Raises:
        Misfit: When reading: the value does not fit.
    """
    read, convert = column.reader(), of_kind(column.kind, leaf)

    def get(row: Any) -> Any:
        value = read(row)
        if value is None:
            return None
        try:
            return convert(value)
        except Misfit as misfit:
            problem = Misfit(f"{column.name}: {misfit}")
        raise problem

    return get


def of_kind(kind: Kind, leaf: Callable[[Leaf], Convert]) -> Convert:
    """What converts a value of a kind, given what converts a single one."""
    if isinstance(kind, Leaf):
        return leaf(kind)
    if isinstance(kind, Many):
        each = of_kind(kind.of, leaf)
        return lambda items: [None if item is None else each(item) for item in items]
    return _of_struct(kind, leaf)


def _of_struct(kind: Struct, leaf: Callable[[Leaf], Convert]) -> Convert:
    fields = [(name, of_kind(each, leaf)) for name, each in kind.fields]

    def convert(item: Any) -> Any:
        values = [(name, said(item, name), each) for name, each in fields]
        return {name: None if value is None else each(value) for name, value, each in values}

    return convert


def for_arrow(leaf: Leaf) -> Convert:
    """A value as pyarrow takes it, with nothing left for it to round."""
    return _ARROW.get(leaf.name, _same)


def for_json(leaf: Leaf) -> Convert:
    """A value in JSON: numbers with a fraction and times are texts, for readers have floats."""
    return _JSON.get(leaf.name, _same)


def for_text(leaf: Leaf) -> Convert:
    """A value as a cell of text."""
    return _TEXT.get(leaf.name, _same)


def _same(value: Any) -> Any:
    return value


def _string(value: Any) -> str:
    return str(value.value if isinstance(value, enum.Enum) else value)


def _decimal(value: Decimal) -> Decimal:
    try:
        return value.quantize(_UNIT, context=_EXACT)
    except ArithmeticError:
        problem = Misfit(f"the number {value} has too many digits for {DECIMAL}")
    raise problem


def _whole(value: int) -> int:
    if not -(2**63) <= value < 2**63:
        raise Misfit(f"the number {value} does not fit into 64 bits")
    return int(value)


def _instant(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise Misfit(f"the time {value} has no zone: give one to the client that reads it")
    return value.astimezone(timezone.utc)


def _iso(value: datetime) -> str:
    return _instant(value).isoformat().replace("+00:00", "Z")


def loose(value: Any) -> Any:
    """Anything that a model may hold, as JSON has it; numbers keep their digits."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {str(name): loose(item) for name, item in pairs}
    if isinstance(value, (tuple, list)):
        return [loose(item) for item in cast("list[object]", value)]
    if isinstance(value, Secret):
        return MASK
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    kind: type[Any] = value.__class__
    return _object(value, kind) if attrs.has(kind) else _base(value)


def _base(value: Any) -> Any:
    """A value without what a subclass makes of it."""
    for base in (str, bool, int, Decimal):
        if isinstance(value, base):
            return base(value)
    return value


def _object(item: Any, kind: type[Any]) -> dict[str, Any]:
    values = [(field.name, said(item, field.name)) for field in attrs.fields(kind)]
    return {name: loose(value) for name, value in values if value is not None}


def _json_text(value: Any) -> str:
    return json_bytes(loose(value)).decode()


def _flag(value: bool) -> str:
    return "true" if value else "false"


_ARROW: dict[str, Convert] = {
    "string": _string,
    "int64": _whole,
    DECIMAL: _decimal,
    INSTANT: _instant,
    JSON.name: _json_text,
}
_JSON: dict[str, Convert] = {
    "string": _string,
    "int64": int,
    DECIMAL: lambda value: format(value, "f"),
    INSTANT: _iso,
    "date32": date.isoformat,
    JSON.name: loose,
}
_TEXT: dict[str, Convert] = {**_JSON, "bool": _flag, JSON.name: _json_text}
