"""The coercion table: which forms of a value are accepted. Both readers use it and nothing else.

| a field of type | is read from | and also from | never from |
|---|---|---|---|
| `str`, open enum | text | a number (ids): its exact text | true, false, objects, arrays |
| `int` | a whole number | the same as text, or written `2.0` | fractions, true, false |
| `bool` | true, false | the texts "true" and "false", 0 and 1 | other text or numbers |
| `Decimal` | a number, exactly as written | the same as text | NaN, infinities, true, false |
| `datetime` | ISO 8601 with an offset | | without one (a field may name its zone), a date alone |
| `date` | an ISO 8601 date | one with the time 00:00:00 | other times |
| a model | an object | `[]` for "none" | text, numbers, other arrays |
| `tuple` | an array; a `null` in it that has no meaning is left out | | anything else |
| `Mapping` | an object | `[]` for an empty one | anything else |
| `Mapping` of models | an object; what is `null` or `[]` in it is left out | `[]` | anything else |
| `Any` | anything, made read-only | | |

`null` and absence read as `None` everywhere. Text with half a surrogate pair has it replaced by
U+FFFD, or it could be neither printed nor stored. A byte-order mark before JSON is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from loyalty_sdk._core.reading.frozen import EMPTY, frozen_dict


class Mismatch(ValueError):
    """A value has none of the forms that the table allows."""


def refuse(expected: str, value: object) -> Mismatch:
    """The mismatch, in words that hold no data."""
    return Mismatch(f"{expected} is expected, not {_kind(value)}")


def text(value: Any) -> str:
    """Read text; a number is taken for an id and keeps its exact digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value)
    raise refuse("text", value)


def integer(value: Any) -> int:
    """Read a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = _number(value)
    if number is None or number.adjusted() > _MOST_DIGITS or number != number.to_integral_value():
        raise refuse("a whole number", value)
    return int(number)


def flag(value: Any) -> bool:
    """Read a yes or no."""
    if isinstance(value, bool):
        return value
    known = {"true": True, "false": False, 0: False, 1: True}
    if isinstance(value, (str, int)) and value in known:
        return known[value]
    raise refuse("true or false", value)


def decimal(value: Any) -> Decimal:
    """Read an exact number."""
    number = _number(value)
    if number is None:
        raise refuse("a number", value)
    return number


def instant(value: Any) -> datetime:
    """Read a moment that has an offset."""
    found = moment(value)
    if found.tzinfo is None:
        raise Mismatch("a time with an offset is expected, not one without")
    return found


def utc_instant(value: Any) -> datetime:
    """Read a moment; one without an offset is in UTC, for the vendor says so."""
    found = moment(value)
    return found if found.tzinfo is not None else in_zone(found, timezone.utc)


def in_zone(naive: datetime, zone: tzinfo) -> datetime:
    """A naive moment in the zone that it is meant in (`replace` takes five times as long)."""
    return datetime.combine(naive, naive.time(), zone)


def moment(value: Any) -> datetime:
    """Read a moment as it was sent, with an offset or without."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _odd_time(value, "an ISO 8601 time") from None
    if len(value) <= _LENGTH_OF_A_DATE:
        raise Mismatch("a time is expected, not a date alone")
    return found


def day(value: Any) -> date:
    """Read a date."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _odd_time(value, "a date") from None
    if found.time() != _MIDNIGHT:
        raise Mismatch("a date is expected, not a time of day")
    return found.date()


def mapping(value: Any) -> Mapping[str, Any]:
    """Read a free-form object."""
    if isinstance(value, dict):
        return frozen_dict(cast("dict[str, Any]", value))
    if value == []:
        return EMPTY
    raise refuse("an object", value)


def no_object(value: Any) -> None:
    """Take `[]` for "no object": some vendors' languages cannot tell an empty one from a list."""
    if value is not None and value != []:
        raise refuse("an object", value)


def array(value: Any) -> list[Any]:
    """Take an array."""
    if value.__class__ is not list:
        raise refuse("an array", value)
    items: list[Any] = value
    return items


def object_or_empty(value: Any) -> Mapping[str, Any]:
    """An object as it is; an empty one in place of anything else."""
    if value.__class__ is not dict:
        return EMPTY
    found: Mapping[str, Any] = value
    return found


def member(value: Any, key: str, default: Any = None) -> Any:
    """What stands under a key of an object; the default when that is absent or null.

    Raises:
        Mismatch: It is no object, or has no such key and there is no default.
    """
    if value.__class__ is not dict:
        raise refuse("an object", value)
    found = object_or_empty(value).get(key)
    if found is None and default is None:
        raise Mismatch(f"an object with {key!r} is expected")
    return default if found is None else found


TABLE: Mapping[type, Callable[[Any], Any]] = {
    str: text,
    int: integer,
    bool: flag,
    Decimal: decimal,
    datetime: instant,
    date: day,
}


_MOST_DIGITS = 400  # 1e999999999 is a whole number too, and a gigabyte
_LENGTH_OF_A_DATE = len("2024-01-01")
_MIDNIGHT = time()


def _number(value: Any) -> Decimal | None:
    if value.__class__ not in (str, int, Decimal):  # true and false are no numbers
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _odd_time(value: Any, expected: str) -> Mismatch:
    if isinstance(value, str):
        return Mismatch(f"{expected} is expected, not other text")
    return refuse(expected, value)


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    ((int, Decimal), "a number"),
    (dict, "an object"),
    (list, "an array"),
)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return next((name for kind, name in _KINDS if isinstance(value, kind)), type(value).__name__)
