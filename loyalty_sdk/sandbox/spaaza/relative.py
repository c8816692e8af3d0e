"""Spaaza's dates: instants with an offset, and texts relative to the current moment.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})", re.ASCII
)
_TERM = r"[+-]?\d{1,6} (?:month|week|day|hour|minute)s?"
_RELATIVE = re.compile(rf"{_TERM}(?: {_TERM})*", re.ASCII)
_PARTS = re.compile(r"([+-]?\d{1,6}) (month|week|day|hour|minute)", re.ASCII)


def read_instant(text: str) -> datetime:
    """Read an ISO-8601 extended timestamp with an offset.

    Raises:
        ValueError: It is none.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"not an ISO-8601 extended timestamp with an offset: {text!r}")
    return datetime.fromisoformat(text)


def read_relative(text: str, now: datetime) -> datetime:
    """Read a text such as "-6 months 5 days -2 minutes": each term with a sign of its own.

    Months count as in PHP: a day that the month does not have runs over into the next month.

    Raises:
        ValueError: It is not of the documented form, or leads out of the calendar.
    """
    if not _RELATIVE.fullmatch(text):
        raise ValueError(f"not a relative date such as '-6 months 5 days': {text!r}")
    terms: Counter[str] = Counter()
    for count, unit in _PARTS.findall(text):
        terms[unit] += int(count)
    try:
        return _months_later(now.astimezone(UTC), terms["month"]) + timedelta(
            weeks=terms["week"], days=terms["day"], hours=terms["hour"], minutes=terms["minute"]
        )
    except (OverflowError, ValueError):
        raise ValueError(f"leads out of the calendar: {text!r}") from None


def _months_later(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.month - 1 + months, 12)
    first = moment.replace(year=moment.year + years, month=month + 1, day=1)
    return first + timedelta(days=moment.day - 1)
