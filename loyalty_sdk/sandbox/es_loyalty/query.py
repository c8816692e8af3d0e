"""Query parameters of ES Loyalty's calls: each one known and checked, or the call is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..wire import Pairs
from .answers import invalid

MAX_DIGITS = 15


def known(query: Pairs, names: Iterable[str]) -> dict[str, str]:
    """The query as a mapping, provided that each parameter is known and given once."""
    allowed = set(names)
    values: dict[str, str] = {}
    for name, value in query:
        if name not in allowed:
            raise invalid(f"Parameter {name} is not allowed")
        if name in values:
            raise invalid(f"Parameter {name} is given more than once")
        values[name] = value
    return values


def whole(values: Mapping[str, str], name: str, problem: str, lowest: int = 0) -> int | None:
    """A whole number, or `None` when it is not given.

    Raises:
        Refused: It is none, or less than the lowest; `problem` is the message.
    """
    text = values.get(name)
    if text is None:
        return None
    digits = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    if not digits or int(text) < lowest:
        raise invalid(problem)
    return int(text)
