"""What may be shown of a request or an answer: an allow-list, so that what is new stays hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, NoReturn, cast

import attrs

MASK = "***"

SHOWN_HEADERS = frozenset(
    {
        "allow",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "retry-after",
        "server",
    }
)
"""What may be shown of the headers of any answer; a vendor adds its own."""


class Secret:
    """A value that is never shown: its text comes out by `reveal()` only.

    Masked in `repr`, `str`, tracebacks and `attrs.asdict`; it cannot be pickled. Two are equal when
    their texts are. Answers of the SDK that are secrets themselves (a session key, say) are
    `Secret` values; where an argument is a secret, text is accepted too.

    Args:
        value: The text to hide.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The text itself."""
        return self.__value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self.__value

    def __hash__(self) -> int:
        return hash((Secret, self.__value))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled; store what reveal() gives where secrets belong")

    def __getstate__(self) -> NoReturn:
        self.__reduce__()


def held_secrets(value: object) -> list[Secret]:
    """The secrets in a value: itself, or in its fields or items, at any depth."""
    if isinstance(value, Secret):
        return [value]
    kind: Any = type(value)
    held: Iterable[object] = ()
    if isinstance(value, (list, tuple)):
        held = cast("Iterable[object]", value)
    elif attrs.has(kind):
        held = (getattr(value, field.name, None) for field in attrs.fields(kind))
    return [secret for each in held for secret in held_secrets(each)]


def secrets_within(body: object) -> Iterator[Secret]:
    """The secrets in a JSON body, at any depth."""
    if isinstance(body, Secret):
        yield body
    elif isinstance(body, Mapping):
        for each in cast("Mapping[object, object]", body).values():
            yield from secrets_within(each)
    elif isinstance(body, (list, tuple)):
        for each in cast("list[object] | tuple[object, ...]", body):
            yield from secrets_within(each)


def shown_headers(headers: Iterable[tuple[str, str]], shown: Set[str]) -> dict[str, str]:
    """The headers, each value masked unless its name, in lower case, is among those shown."""
    return {k: v if k.lower() in shown else MASK for k, v in headers}


def shown_query(query: Iterable[tuple[str, str]], shown: Set[str]) -> str:
    """The query string for people, each value masked unless its name is among those shown."""
    return "&".join(f"{k}={v if k in shown else MASK}" for k, v in query)
