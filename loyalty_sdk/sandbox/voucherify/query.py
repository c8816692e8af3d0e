"""Query parameters of Voucherify's calls: each one known and checked, or the call is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..wire import Pairs
from .answers import bad_query
from .payload import read_moment

MAX_LIMIT = 100
DEFAULT_LIMIT = 10
MAX_PAGE = 100


def known(query: Pairs, names: Iterable[str]) -> dict[str, str]:
    """The query as a mapping, provided that each parameter is known and given once."""
    allowed = set(names)
    values: dict[str, str] = {}
    for name, value in query:
        if name not in allowed:
            raise bad_query(f"Property .parameters.{name} is not allowed")
        if name in values:
            raise bad_query(f"Property .parameters.{name} is given more than once")
        values[name] = value
    return values


def integer(values: dict[str, str], name: str, default: int, highest: int) -> int:
    """A whole number from 1 to `highest`."""
    text = values.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise bad_query(f"Property .parameters.{name} should be an integer")
    number = int(text)
    if not 1 <= number <= highest:
        raise bad_query(f"Property .parameters.{name} should be from 1 to {highest}")
    return number


def limit(values: dict[str, str]) -> int:
    """The page size."""
    return integer(values, "limit", DEFAULT_LIMIT, MAX_LIMIT)


def choice(values: dict[str, str], name: str, allowed: Sequence[str]) -> str | None:
    """One of the allowed values, or `None` when the parameter is not given."""
    value = values.get(name)
    if value is not None and value not in allowed:
        raise bad_query(f"Property .parameters.{name} should be one of {', '.join(allowed)}")
    return value


def moment(values: Mapping[str, str], name: str) -> datetime:
    """A moment in ISO 8601; a day alone begins in UTC."""
    try:
        return read_moment(values[name])
    except ValueError:
        raise bad_query(f"`{name}` should be a date in the ISO 8601 format") from None
