"""JSON to models: a fast reader first, and where that stumbles a slow one, which finds every fault.

Both follow the coercion table in `coerce`; the fast one either raises or gives exactly what the
slow one gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn, Protocol, TypeVar, cast

import msgspec

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.fast import FastReader, WellRead
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import UnreadableAnswer

M = TypeVar("M", bound=Model)
T = TypeVar("T")


class Reader(Protocol):
    """What an answer's own reading is written with: the fast and the slow way look the same."""

    def one(self, model: type[M], value: object, path: str = "$") -> M:
        """Read an object; *path* is where it stands in the answer."""
        ...

    def many(self, model: type[M], values: object, path: str = "$") -> tuple[M, ...]:
        """Read an array of objects."""
        ...


def decode(content: bytes, read: Callable[[Any, Reader], T], shape: Shape | None = None) -> T:
    """Read a JSON body.

    Args:
        content: The bytes as they came, decompressed.
        read: Given the parsed body and a reader, makes the result. It may be called again.
        shape: Where models stand in the body, as a rule. A body of this shape is read faster;
            what stands there is nothing that `read` could look into, but only pass to the reader.

    Raises:
        UnreadableAnswer: It is not JSON, or values have forms that the table does not allow; each
            problem begins with its wire path.
    """
    try:
        if shape is not None:
            return read(shape.parse(content), FastReader())
    except Exception:  # whatever it is, the body is read again as if nothing were known of it
        pass
    fast_reader = FastReader()
    try:
        return read(parse(content), fast_reader)
    except Exception:  # whatever it is, the slow reader finds out, and where
        pass
    return _decode_slowly(content, read, fast_reader.well_read)


def _decode_slowly(content: bytes, read: Callable[[Any, Reader], T], well_read: WellRead) -> T:
    from loyalty_sdk._core.reading import (
        slow,  # few programs ever need it, and cattrs takes long to load
    )

    problems: list[str] = []
    try:
        return read(parse(content), slow.SlowReader(well_read))
    except slow.Faults as faults:
        problems = faults.problems
    except RecursionError:
        problems = ["$: nested too deeply"]
    except coerce.Mismatch as mismatch:
        problems = [f"$: {mismatch}"]
    raise UnreadableAnswer(problems)


_fast_parse = msgspec.json.Decoder(float_hook=Decimal).decode


def parse(content: bytes) -> Any:
    """Parse JSON; numbers with a fraction or an exponent are `Decimal`, exactly as written.

    Raises:
        UnreadableAnswer: It is not JSON.
    """
    problem = ""
    try:
        return _fast_parse(content)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError):
        pass
    try:
        text = content.decode("utf-8-sig")
        return _whole_text(json.loads(text, parse_float=Decimal, parse_constant=_no_constant))
    except UnicodeDecodeError:
        problem = "not UTF-8"
    except RecursionError:
        problem = "nested too deeply"
    except ArithmeticError:
        problem = "a number beyond all bounds"
    except ValueError:
        problem = "not JSON" if content.strip() else "empty where JSON is expected"
    raise UnreadableAnswer(f"$: {problem}")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole_text(value: Any) -> Any:
    """The value with half surrogate pairs replaced: they could be neither printed nor stored."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_text(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {_whole_text(key): _whole_text(item) for key, item in pairs}
    return value
