"""Finds secrets in what a vendor repeats of a request, in whatever form it does."""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Iterable
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus, unquote

from loyalty_sdk._core.hiding.redact import MASK, Secret

T = TypeVar("T")

_SHORTEST, _LONGEST_WORD = 4, 7
_PLAIN = re.compile("[A-Za-z0-9]+")


class Echoes:
    """Takes secrets out of a vendor's words.

    A header's secret is also looked for without the scheme before it (`Bearer`). Texts of less
    than four characters are not: they would hide nothing, and eat up the words around them.

    Args:
        secrets: What was sent, and must not come back to the caller.
        perhaps: What was sent and may be secret or not; what may be a plain word is one only where
            it stands alone, or it would eat up parts of the vendor's.
    """

    def __init__(self, secrets: Iterable[Secret], perhaps: Iterable[Secret] = ()) -> None:
        certain, uncertain = _texts(secrets), _texts(perhaps)
        self._words = {text for text in uncertain - certain if len(text) <= _LONGEST_WORD}
        # The longest first, or the rest of a longer one would remain.
        self._texts = sorted(certain | uncertain, key=len, reverse=True)

    def masked(self, said: T) -> T:
        """Text, bytes, or several of them, without the secrets in it.

        `None` for a number that one of them is, a passcode say; anything else as it is.
        """
        value: Any = said
        if isinstance(value, str):
            value = self._without(value)
        elif isinstance(value, bytes):
            text = self._without(value.decode("utf-8", "surrogateescape"))
            value = text.encode("utf-8", "surrogateescape")
        elif isinstance(value, (tuple, list)):
            several = cast("tuple[object, ...] | list[object]", value)
            value = type(several)(self.masked(each) for each in several)
        elif isinstance(value, (int, float)):
            value = None if f"{value:.15g}" in self._texts else value
        return cast("T", value)

    def _without(self, said: str) -> str:
        for text in self._texts:
            landmark = _landmark(text)
            if landmark not in said.lower():  # long answers are searched fast that repeat nothing
                continue
            is_word = text in self._words
            pattern = rf"(?<!\w){_pattern(text)}(?!\w)" if is_word else _pattern(text)
            said = re.sub(pattern, MASK, said, flags=re.IGNORECASE)
            if not is_word and landmark in said.lower() and _unwrapped(text) in _unwrapped(said):
                return MASK  # quoted more than once, and not worth finding the place
        return said


def _texts(secrets: Iterable[Secret]) -> set[str]:
    whole = {secret.reveal() for secret in secrets}
    bare = {text.rpartition(" ")[2] for text in whole}
    return {text for text in whole | bare if len(text) >= _SHORTEST}


def _landmark(text: str) -> str:
    """The part of a text that stays as it is however the text is quoted or escaped."""
    return max(_PLAIN.findall(text), key=len, default="").lower()


def _pattern(text: str) -> str:
    """A pattern for a text, each character of which may be quoted, escaped, or neither."""
    return "".join(map(_character, re.sub(r"\\+", r"\\", text)))


@functools.lru_cache
def _character(character: str) -> str:
    if _PLAIN.fullmatch(character):
        return character
    number, raw = ord(character), character.encode("utf-8", "surrogatepass")
    in_url = {quote(raw, safe=""), quote_plus(raw), "".join(f"%{byte:02x}" for byte in raw)}
    in_html = {html.escape(character), f"&#{number};", f"&#x{number:x};"}
    in_json = {json.dumps(character)[1:-1], f"\\u{number:04x}"}
    in_repr = {repr(character)[1:-1], repr(raw)[2:-1]}
    ways = sorted({*in_url, *in_html, *in_json, *in_repr}, key=len, reverse=True)
    either = "|".join([*filter(None, map(_escaped, ways)), re.escape(character)])
    return f"(?:{either})++" if character == "\\" else rf"\\*+(?:{either})"


def _escaped(way: str) -> str:
    """A pattern for a way to write a character, in a text that was escaped any number of times."""
    return r"\\*+".join(re.escape(part) for part in way.split("\\") if part)


def _unwrapped(text: str) -> str:
    """A text without quoting, escapes and spaces, to compare what is left."""
    for _ in range(_LAYERS):
        text = html.unescape(unquote(text))
        text = _UNICODE.sub(lambda escape: chr(int(escape[1], 16)), text)
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NOISE.sub("", paired).lower()


_LAYERS = 3
_UNICODE = re.compile(r"\\+u([0-9a-fA-F]{4})")
_NOISE = re.compile(r"[\\+ ]")
