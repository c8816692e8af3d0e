"""JSON to be changed here and there, every number elsewhere kept as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

_MARK = "\ue001"
_MARKED = re.compile(f'"{_MARK}([^"]*){_MARK}"')
_BROKEN = "\ue002"

Json = dict[str, Any]


def read(body: bytes) -> object:
    """The content of a JSON text; its numbers are literals, as `literal` makes them.

    Raises:
        ValueError: It is no JSON.
    """
    content: object = json.loads(body, parse_float=literal, parse_int=literal)
    return content


def write(content: object) -> bytes:
    """The text of a content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    whole = _MARKED.sub(r"\1", text).encode()
    return whole.replace(_BROKEN.encode(), b"\xff\xc3")


def literal(text: str) -> str:
    """A value that is written exactly so, JSON or not."""
    return f"{_MARK}{text}{_MARK}"


def broken(text: str) -> str:
    """A text that is written with bytes in it that are no UTF-8."""
    return text + _BROKEN


def is_literal(value: object) -> bool:
    """Whether a value is a number, or something else that is written as it stands."""
    return isinstance(value, str) and value.startswith(_MARK)


class Leaf:
    """One value of a JSON object that is neither an object nor a list.

    Attributes:
        holder: The object.
        key: Its key.
        in_list: Whether a list stands above it.
    """

    __slots__ = ("holder", "in_list", "key")

    def __init__(self, holder: Json, key: str, in_list: bool) -> None:
        self.holder: Json = holder
        self.key: str = key
        self.in_list: bool = in_list

    @property
    def value(self) -> object:
        """What stands there."""
        return self.holder[self.key]

    def put(self, value: object) -> None:
        """Put something else there."""
        self.holder[self.key] = value


def leaves(content: object, in_list: bool = False) -> Iterator[Leaf]:
    """All leaves of all objects, in order."""
    if isinstance(content, list):
        for one in cast("list[object]", content):
            yield from leaves(one, True)
    elif isinstance(content, dict):
        pairs = cast("Json", content)
        for key, value in list(pairs.items()):
            if isinstance(value, dict | list):
                yield from leaves(cast("object", value), in_list)
            else:
                yield Leaf(pairs, key, in_list)


def objects(content: object) -> Iterator[Json]:
    """All objects, the outermost first."""
    if isinstance(content, dict):
        pairs = cast("Json", content)
        yield pairs
        for value in list(pairs.values()):
            yield from objects(value)
    elif isinstance(content, list):
        for one in cast("list[object]", content):
            yield from objects(one)
