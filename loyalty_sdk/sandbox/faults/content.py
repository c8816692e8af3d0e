"""Answers that arrive whole and are wrong, or right in a way that nobody expects.

Each function gives the changed answer, or `None` where it finds nothing to change.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import cast

import attrs

from ..wire import Response
from .jsontext import Json, Leaf, broken, is_literal, leaves, literal, objects, read, write
from .known import KNOWN
from .occasion import Occasion
from .refusals import html

GZIP = 31
PIECE = 65_536

UNKNOWN = "SANDBOX_UNKNOWN"
UNKNOWN_FIELD = "sandboxUnknown"
UNKNOWN_NUMBER = 4096


def truncated_json(occasion: Occasion, response: Response) -> Response | None:
    """The answer up to a place in it, said to be all."""
    body = _json(response)
    if body is None:
        return None
    return attrs.evolve(response, body=body[: occasion.dice.randrange(1, len(body))])


def html_in_200(_: Occasion, response: Response) -> Response | None:
    """A page for people with status 200, as of a network that wants a login first."""
    return html(200, "Welcome to the sandbox network") if _succeeded(response) else None


def wrong_content_type(_: Occasion, response: Response) -> Response | None:
    """The right answer, said to be something else."""
    return None if _json(response) is None else _with_header(response, "content-type", "text/html")


def invalid_utf8(occasion: Occasion, response: Response) -> Response | None:
    """The answer with bytes in a text that are no UTF-8."""

    def change(content: object) -> bool:
        texts = [leaf for leaf in leaves(content) if _is_text(leaf)]
        if not texts:
            return _add(content, broken("x"))
        leaf = occasion.dice.choice(texts)
        leaf.put(broken(cast("str", leaf.value)))
        return True

    return changed_json(response, change)


def nan(occasion: Occasion, response: Response) -> Response | None:
    """The answer with `NaN` for a number."""

    def change(content: object) -> bool:
        numbers = [leaf for leaf in leaves(content) if is_literal(leaf.value)]
        if not numbers:
            return _add(content, literal("NaN"))
        occasion.dice.choice(numbers).put(literal("NaN"))
        return True

    return changed_json(response, change)


def long_number(occasion: Occasion, response: Response) -> Response | None:
    """The answer with a number of 30 digits; identifiers and what pages count stay."""

    def change(content: object) -> bool:
        found = [leaf for leaf in leaves(content) if is_literal(leaf.value)]
        in_lists = any(leaf.in_list for leaf in leaves(content))
        numbers = [one for one in found if one.in_list == in_lists and _is_amount(one.key)]
        digits = literal("".join(str(occasion.dice.randrange(1, 10)) for _ in range(30)))
        if not numbers:
            return _add(content, digits)
        occasion.dice.choice(numbers).put(digits)
        return True

    return changed_json(response, change)


def deep_nesting(occasion: Occasion, response: Response) -> Response | None:
    """The answer with lists within lists in a field that nobody knows."""
    depth = occasion.tuning.depth
    return changed_json(response, lambda content: _add(content, literal("[" * depth + "]" * depth)))


def too_large(occasion: Occasion, response: Response) -> Response | None:
    """The right answer behind more white space than anybody would read."""
    body = _json(response)
    if body is None:
        return None
    blanks = max(0, occasion.tuning.large - len(body))
    length = ("content-length", str(blanks + len(body)))
    headers = (*response.headers, length)
    return attrs.evolve(response, headers=headers, body=_padded(blanks, body))


def gzip_bomb(occasion: Occasion, response: Response) -> Response | None:
    """The same, compressed to a thousandth."""
    body = _json(response)
    if body is None:
        return None
    blanks = max(0, occasion.tuning.large - len(body))
    headers = (*response.headers, ("content-encoding", "gzip"))
    return attrs.evolve(response, headers=headers, body=_compressed(_padded(blanks, body)))


def unknown_fields(_: Occasion, response: Response) -> Response | None:
    """The answer with one more field in each of its objects."""

    def change(content: object) -> bool:
        found = list(objects(content))
        for one in found:
            one[UNKNOWN_FIELD] = {"listed": ["synthetic", literal("1"), None, True]}
        return bool(found)

    return changed_json(response, change)


def unknown_enums(occasion: Occasion, response: Response) -> Response | None:
    """The answer with a value that nobody knows wherever the documents list the known ones."""
    names = KNOWN[occasion.asked.vendor].OPEN_VALUES

    def change(content: object) -> bool:
        found = [(one, key) for one in objects(content) for key in one if key in names]
        found = [(one, key) for one, key in found if _is_open(one, key)]
        for one, key in found:
            one[key] = _unknown(one[key])
        return bool(found)

    return changed_json(response, change)


def changed_json(response: Response, change: Callable[[object], bool]) -> Response | None:
    """The answer with its content changed.

    Args:
        response: The vendor's answer.
        change: Changes the content, and says whether there was anything to change.
    """
    body = _json(response)
    if body is None:
        return None
    content = read(body)
    return attrs.evolve(response, body=write(content)) if change(content) else None


def _json(response: Response) -> bytes | None:
    """The body of an answer that went well and is JSON."""
    declared = dict(response.headers).get("content-type", "")
    body = response.body
    fits = _succeeded(response) and "json" in declared and isinstance(body, bytes)
    return body if fits and isinstance(body, bytes) and len(body) > 1 else None


def _succeeded(response: Response) -> bool:
    return 200 <= response.status < 300


def _with_header(response: Response, name: str, value: str) -> Response:
    kept = tuple(pair for pair in response.headers if pair[0].lower() != name)
    return attrs.evolve(response, headers=(*kept, (name, value)))


def _add(content: object, value: object) -> bool:
    """Put a value into a field that nobody knows, of the first object."""
    first = next(objects(content), None)
    if first is None:
        return False
    first[UNKNOWN_FIELD] = value
    return True


def _is_text(leaf: Leaf) -> bool:
    return isinstance(leaf.value, str) and not is_literal(leaf.value)


def _is_amount(key: str) -> bool:
    """Whether a number says how much, rather than which one or how many rows there are."""
    names = key.lower()
    return not names.endswith(("id", "key", "code")) and key not in ("total", "results_count_total")


def _is_open(one: Json, key: str) -> bool:
    """Whether a value here may be one that nobody knows: neither null nor what makes it a list."""
    value: object = one[key]
    return value not in (None, "list", "ok", []) and not isinstance(value, dict)


def _unknown(value: object) -> object:
    if isinstance(value, list):
        return [UNKNOWN]
    return literal(str(UNKNOWN_NUMBER)) if is_literal(value) else UNKNOWN


def _padded(blanks: int, body: bytes) -> Iterator[bytes]:
    piece = b" " * PIECE
    for _ in range(blanks // PIECE):
        yield piece
    yield piece[: blanks % PIECE] + body


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(level=1, wbits=GZIP)
    for piece in pieces:
        compressed = compressor.compress(piece)
        if compressed:
            yield compressed
    yield compressor.flush()
