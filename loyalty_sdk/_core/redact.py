"""What may be shown of a request or an answer: an allow-list, so that what is new stays hidden."""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Iterable, Set
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import quote, quote_plus

import attrs

T = TypeVar("T")

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

    __getstate__ = __reduce__


def held_secrets(value: object) -> list[Secret]:
    """The secrets in a value: itself, or its fields."""
    kind: Any = type(value)
    fields: Iterable[Any] = attrs.fields(kind) if attrs.has(kind) else ()
    held = (value, *(getattr(value, field.name, None) for field in fields))
    return [each for each in held if isinstance(each, Secret)]


def shown_headers(headers: Iterable[tuple[str, str]], shown: Set[str]) -> dict[str, str]:
    """The headers, each value masked unless its name, in lower case, is among those shown."""
    return {k: v if k.lower() in shown else MASK for k, v in headers}


def shown_query(query: Iterable[tuple[str, str]], shown: Set[str]) -> str:
    """The query string for people, each value masked unless its name is among those shown."""
    return "&".join(f"{k}={v if k in shown else MASK}" for k, v in query)


class Echoes:
    """Secrets in whatever form a vendor may repeat them.

    A header's secret is also looked for without the scheme before it (`Bearer`). Texts of less
    than four characters are not: they would hide nothing, and eat up the words around them.

    Args:
        secrets: What was sent, and must not come back to the caller.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        whole = {secret.reveal() for secret in secrets}
        texts = {text for text in whole | {each.rpartition(" ")[2] for each in whole} if text[3:]}
        self._texts = sorted(texts, key=len, reverse=True)  # or a longer one's rest would remain

    def masked(self, said: T) -> T:
        """Text, bytes, or several of them, without the secrets in it.

        `None` for a number that one of them is, a passcode say; anything else as it is.
        """
        value: Any = said
        if isinstance(value, str):
            value = self._without(value)
        elif isinstance(value, bytes):
            value = self._without(value.decode("utf-8", "surrogateescape")).encode(
                "utf-8", "surrogateescape"
            )
        elif isinstance(value, (tuple, list)):
            several = cast("tuple[object, ...] | list[object]", value)
            value = type(several)(self.masked(each) for each in several)
        elif isinstance(value, (int, float)):
            value = value if f"{value:.15g}" not in self._texts else None
        return cast("T", value)

    def _without(self, said: str) -> str:
        lowered = said.lower()
        for text in self._texts:
            if _landmark(text) in lowered:  # long answers are searched fast that repeat nothing
                said = re.sub(_spelled(text), MASK, said, flags=re.IGNORECASE)
        return said


def _landmark(text: str) -> str:
    """The part of a text that stays as it is however the text is quoted or escaped."""
    return max(_PLAIN.findall(text), key=len, default="").lower()


_PLAIN = re.compile("[A-Za-z0-9]+")


def _spelled(text: str) -> str:
    """A pattern for a text, each character of which may be quoted, escaped, or neither."""
    return "".join(map(_character, re.sub(r"\\+", r"\\", text)))


@functools.lru_cache
def _character(character: str) -> str:
    """A pattern for a character; text inside text is escaped as often as it is wrapped."""
    if _PLAIN.fullmatch(character):
        return character
    number, raw = ord(character), character.encode("utf-8", "surrogatepass")
    in_url = {quote(raw, safe=""), quote_plus(raw), "".join(f"%{byte:02x}" for byte in raw)}
    in_html = {html.escape(character), f"&#{number};", f"&#x{number:x};"}
    in_json = {json.dumps(character)[1:-1], f"\\u{number:04x}"}
    in_repr = {repr(character)[1:-1], repr(raw)[2:-1]}
    ways = {character, *in_url, *in_html, *in_json, *in_repr}
    either = "|".join(_escaped(way) or r"\\" for way in sorted(ways, key=len, reverse=True))
    return f"(?:{either})++" if character == "\\" else rf"\\*+(?:{either})"


def _escaped(way: str) -> str:
    """A pattern for a way to write a character, itself escaped or quoted any number of times."""
    parts = r"\\*+".join(re.escape(part) for part in way.split("\\") if part)
    return parts if parts == "%" else parts.replace("%", "%(?:25)*")
