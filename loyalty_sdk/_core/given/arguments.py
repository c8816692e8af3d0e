"""Checks of what callers give: refused here, by the argument's name, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TypeVar
from urllib.parse import unquote

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument

T = TypeVar("T")

LONGEST_IDENTIFIER = 1024
MOST_DIGITS = 18
LARGEST_NUMBER = 10**MOST_DIGITS - 1


def identifier(argument: str, value: str | int) -> str:
    """Check an id that a caller gave.

    Args:
        argument: The name of the argument, for the error.
        value: Text of 1 to 1024 characters without control characters, no dot-segment in it
            however it is quoted; or a number.

    Returns:
        Its text.

    Raises:
        InvalidArgument: It cannot be one segment of a path.
    """
    part = _filled(argument, _written(argument, value))
    if _climbs(part):
        raise InvalidArgument(argument, "must not have a dot-segment in it")
    return part


def path_part(argument: str, value: str | int | Secret) -> str | Secret:
    """The same for an id that may be a secret, and stays one.

    Raises:
        InvalidArgument: It cannot be one segment of a path.
    """
    if isinstance(value, Secret):
        identifier(argument, value.reveal())
        return value
    return identifier(argument, value)


def plain_text(argument: str, value: str) -> str:
    """Check text that goes into a query, a form or a body.

    Args:
        argument: The name of the argument, for the error.
        value: 1 to 1024 characters without control characters, not blank.

    Raises:
        InvalidArgument: It is none of that kind.
    """
    if not isinstance(value, str):
        raise InvalidArgument(argument, f"must be text, not {type(value).__name__}")
    return _filled(argument, _written(argument, value))


def number(argument: str, value: int | str, least: int = 1) -> str:
    """Check an id that is a whole number.

    Args:
        argument: The name of the argument, for the error.
        value: The number, or its digits as text.
        least: The smallest that there may be.

    Returns:
        Its digits.

    Raises:
        InvalidArgument: It is no such number, or has more than 18 digits.
    """
    fits = isinstance(value, (int, str)) and not isinstance(value, bool)
    digits = _written(argument, value) if fits else ""
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    if not fits or int(digits) < least:
        raise InvalidArgument(argument, f"must be a whole number, {least} or more")
    return digits


def flag(argument: str, value: bool) -> bool:
    """Check a yes or no: nothing else is taken for one.

    Raises:
        InvalidArgument: It is neither `True` nor `False`.
    """
    if not isinstance(value, bool):
        raise InvalidArgument(argument, "must be True or False")
    return value


def aware(argument: str, value: datetime) -> datetime:
    """Check a moment.

    Raises:
        InvalidArgument: It is no datetime, or has no time zone.
    """
    offset = value.utcoffset() if isinstance(value, datetime) else None
    if not isinstance(offset, timedelta):
        raise InvalidArgument(
            argument, "must be a datetime with a time zone: datetime(..., tzinfo=timezone.utc)"
        )
    return value


def iso_instant(argument: str, moment: datetime) -> str:
    """A moment as ISO 8601 has it, in UTC and milliseconds.

    Raises:
        InvalidArgument: It has no time zone, or lies beyond the calendar in UTC.
    """
    try:
        utc = aware(argument, moment).astimezone(timezone.utc).replace(tzinfo=None)
    except OverflowError:
        raise InvalidArgument(argument, "lies beyond the years 1 to 9999 in UTC") from None
    return f"{utc.isoformat(timespec='milliseconds')}Z"


def given(argument: str, value: T | None) -> T:
    """Check that a value is there, for `None` passes where it leaves something to the vendor.

    Raises:
        InvalidArgument: It is `None`.
    """
    if value is None:
        raise InvalidArgument(argument, "must be given")
    return value


def query(**params: str | int | bool | Decimal | None) -> list[tuple[str, str]]:
    """The query of named values: `None` is left out, booleans are `true` and `false`.

    Raises:
        InvalidArgument: A value cannot stand in a URL.
    """
    return [
        (_written("params", name), _query_text(name, value))
        for name, value in params.items()
        if value is not None
    ]


def within(argument: str, value: int | None, least: int, most: int | None) -> int | None:
    """Check a whole number against its bounds; `None` passes.

    Raises:
        InvalidArgument: It is outside, or no whole number.
    """
    if value is None:
        return None
    bounds = f"{least} or more" if most is None else f"from {least} to {most}"
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not least <= value <= (LARGEST_NUMBER if most is None else most):
        raise InvalidArgument(argument, f"must be a whole number {bounds}")
    return value


def one_of(argument: str, value: str | None, allowed: Sequence[str]) -> str | None:
    """Check a word against the documented ones; `None` passes.

    Raises:
        InvalidArgument: It is none of them.
    """
    if value is None:
        return None
    if not isinstance(value, str) or value not in allowed:
        raise InvalidArgument(argument, f"must be one of {', '.join(allowed)}")
    return str.__str__(value)


def _filled(argument: str, part: str) -> str:
    if not part.strip():
        raise InvalidArgument(argument, "must not be empty")
    if len(part) > LONGEST_IDENTIFIER:
        raise InvalidArgument(argument, f"must not be longer than {LONGEST_IDENTIFIER} characters")
    return part


def _climbs(part: str) -> bool:
    """Whether a server could climb by it that unquotes too often, or knows backslashes."""
    while (bare := unquote(part)) != part:
        part = bare
    steps = part.replace("\\", "/").split("/")
    return any(step.partition(";")[0].strip() in (".", "..") for step in steps)


def _written(argument: str, value: object) -> str:
    """Text without characters that have no place in a URL, or a whole number as text.

    What subclasses (an `Enum` of text, say) would rather be shown as does not matter.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InvalidArgument(argument, f"must be text or a number, not {type(value).__name__}")
    if isinstance(value, int):
        if abs(value) >= _TOO_LARGE:
            raise InvalidArgument(argument, f"must not have more than {LONGEST_IDENTIFIER} digits")
        return int.__repr__(value)
    plain = str.__str__(value)
    if _CONTROL.search(plain):
        raise InvalidArgument(argument, "must not have control characters in it")
    if _HALF_A_PAIR.search(plain):
        raise InvalidArgument(argument, "must not have half a surrogate pair in it")
    return plain


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")
_TOO_LARGE = 10**LONGEST_IDENTIFIER


def _query_text(argument: str, value: str | int | bool | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise InvalidArgument(argument, "must be a number")
        return str(value)
    return _written(argument, value)
