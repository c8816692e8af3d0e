"""One-leaf mutations of a JSON body: every value and every key in turn, one change at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

Path = tuple[str | int, ...]

MISSING = "missing"
UNKNOWN_KEY = "brand_new_key"
NEW_WORD = "BRAND_NEW"
_TOKEN = "\ue000token:"  # stands for a number that Python's own writer would not write

REPLACED: dict[str, Any] = {
    "null": None,
    "text": "x y",
    "empty text": "",
    "a word": NEW_WORD,
    "a number": 7,
    "zero": 0,
    "a negative number": -7,
    "a fraction": 1.5,
    "30 digits": 10**30,
    "400 digits": f"{_TOKEN}{'9' * 400}",
    "a huge exponent": f"{_TOKEN}1e400",
    "beyond all exponents": f"{_TOKEN}1e999999999",
    "true": True,
    "false": False,
    "an empty array": [],
    "an array": [1],
    "an array of text": ["x"],
    "an empty object": {},
    "an object": {"a": 1},
    "a number as text": "7",
    "a fraction as text": "1.50",
    "true as text": "true",
    "a naive time": "2024-05-01T12:00:00",
    "an invalid time": "2024-13-45T99:00:00Z",
    "a date": "2024-05-01",
    "a time with an offset": "2024-05-01T12:00:00+02:00",
}
"""What a value is replaced by."""

APPENDED: dict[str, Any] = {
    "null": None,
    "text": "x",
    "a number": 7,
    "a fraction": 1.5,
    "true": True,
    "an array": [1],
    "an empty object": {},
    "an object": {"a": 1},
}
"""What joins an array."""


@attrs.frozen
class Mutation:
    """A body with one change.

    Attributes:
        path: Where the change is.
        kind: What the change is.
        was: What stood there before; `None` where nothing did.
        now: What stands there now; `None` where nothing does.
        was_empty: Whether it joins an array or an object that had nothing in it.
        content: The body.
    """

    path: Path
    kind: str
    was: Any
    now: Any
    content: bytes
    was_empty: bool = False

    @property
    def pattern(self) -> tuple[str, str]:
        """The place without the numbers of array items, and the kind."""
        return place("*" if isinstance(step, int) else step for step in self.path), self.kind


def place(path: Any) -> str:
    """A path as errors write it: `$.data[3].amount`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def mutations(body: Any) -> Iterator[Mutation]:
    """Every mutation of a body, in the order of its values."""
    box = [json.loads(json.dumps(body))]
    for path, holder, key in _walk((), box, 0):
        was = holder[key]
        for kind, value in _changes(was):
            holder[key] = value
            yield Mutation(path, kind, was, value, written(box[0]))
        holder[key] = was
        if isinstance(holder, dict):
            keys = list(holder.items())
            del holder[key]
            yield Mutation(path, MISSING, was, None, written(box[0]))
            holder.clear()
            holder.update(keys)
        yield from _grown(path, was, box)


def _changes(was: Any) -> Iterator[tuple[str, Any]]:
    for kind, value in REPLACED.items():
        if type(value) is not type(was) or value != was:
            yield kind, value
    if type(was) in (int, float):
        yield "the same number as text", json.dumps(was)
    if isinstance(was, str) and is_number(was):
        yield "the same text as a number", f"{_TOKEN}{was}"


def _grown(path: Path, was: Any, box: list[Any]) -> Iterator[Mutation]:
    if isinstance(was, dict) and UNKNOWN_KEY not in was:
        bare = not was
        was[UNKNOWN_KEY] = {"deep": [1, {"er": None}]}
        yield Mutation((*path, UNKNOWN_KEY), "unknown key", None, None, written(box[0]), bare)
        del was[UNKNOWN_KEY]
    if isinstance(was, list):
        bare = not was
        for kind, value in APPENDED.items():
            was.append(value)
            place_of_it = (*path, len(was) - 1)
            yield Mutation(place_of_it, f"{kind} appended", None, value, written(box[0]), bare)
            was.pop()


def _walk(path: Path, holder: Any, key: Any) -> Iterator[tuple[Path, Any, Any]]:
    yield path, holder, key
    held = holder[key]
    if isinstance(held, dict):
        for name in list(held):
            yield from _walk((*path, name), held, name)
    elif isinstance(held, list):
        for index in range(len(held)):
            yield from _walk((*path, index), held, index)


def written(body: Any) -> bytes:
    """A body as JSON."""
    text = json.dumps(body, ensure_ascii=False)
    while (begin := text.find(f'"{_TOKEN}')) >= 0:
        end = text.index('"', begin + 1)
        text = text[:begin] + text[begin + 1 + len(_TOKEN) : end] + text[end + 1 :]
    return text.encode()


def is_number(text: str) -> bool:
    """Whether JSON could write it as a number."""
    try:
        json.loads(text, parse_constant=lambda _: 1 / 0)
        return Decimal(text).is_finite()
    except (ValueError, InvalidOperation, ZeroDivisionError):
        return False


def is_wordy(value: Any) -> bool:
    """Whether it is text that means a word: neither a number, nor a time, nor a yes or no."""
    if not isinstance(value, str) or value in ("", "true", "false") or is_number(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return True
    return False
