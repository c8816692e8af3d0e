"""Moments relative to now, in Spaaza's words: "-6 months 5 days -2 minutes"."""

from __future__ import annotations

import re
from datetime import timedelta

import attrs

from loyalty_sdk.errors import InvalidArgument

_LARGEST = 10**9
_UNITS = ("months", "weeks", "days", "hours", "minutes")
_TERM = r"[+-]?[0-9]{1,9} (?:month|week|day|hour|minute)s?"
_TEXT = re.compile(rf"{_TERM}(?: {_TERM})*")


@attrs.frozen(kw_only=True)
class Relative:
    """A moment relative to now; negative numbers lie in the past.

    Args:
        months: Calendar months; like the others, of 9 digits at the most.
        weeks: Weeks.
        days: Days.
        hours: Hours.
        minutes: Minutes.
    """

    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    def __str__(self) -> str:
        """The words that are sent; each number has its own sign."""
        counts = [(getattr(self, unit), unit) for unit in _UNITS]
        return " ".join(f"{count:+d} {unit}" for count, unit in counts if count) or "+0 minutes"


def relative_text(argument: str, value: Relative | timedelta | str | None) -> str | None:
    """The words for a relative moment; `None` passes.

    Args:
        argument: The name of the argument, for the error.
        value: A `Relative`, a `timedelta` of whole minutes, or the words themselves.

    Raises:
        InvalidArgument: It cannot be said in these words.
    """
    if isinstance(value, timedelta):
        value = _of_timedelta(argument, value)
    if isinstance(value, Relative):
        counts = [getattr(value, unit) for unit in _UNITS]
        if not all(type(count) is int and abs(count) < _LARGEST for count in counts):
            raise InvalidArgument(argument, "must be made of whole numbers of 9 digits at the most")
        return str(value)
    if value is not None and not (isinstance(value, str) and _TEXT.fullmatch(value)):
        raise InvalidArgument(argument, 'must be like "-6 months 5 days -2 minutes"')
    return value


def _of_timedelta(argument: str, value: timedelta) -> Relative:
    minutes, rest = divmod(value, timedelta(minutes=1))
    if rest:
        raise InvalidArgument(argument, "must be of whole minutes")
    sign = -1 if minutes < 0 else 1
    days, minutes = divmod(abs(minutes), 24 * 60)
    hours, minutes = divmod(minutes, 60)
    return Relative(days=sign * days, hours=sign * hours, minutes=sign * minutes)
