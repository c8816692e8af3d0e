"""Looks for markers where people and programs look: logs, crash reports, stores.

What is *shown* of a value is what a reporter prints that calls `repr` on every local variable and
goes into containers: Sentry and pytest do the first and go into mappings and sequences, rich also
into the fields of attrs and data classes that their repr has. A `Secret` shows its mask. Attributes
that no repr shows are not searched in frames: whoever has a client has its credentials.

What is *kept* by a value is more: whatever `copy`, pickle, `attrs.asdict`, cattrs, msgspec and
`json.dumps` make of it, and all texts in its attributes, slots and containers, however deep, where
only a `Secret` is closed.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import TracebackType
from typing import Any

import attrs
import cattrs
import msgspec

from loyalty_sdk import Secret

from .markers import Markers

TESTS = str(Path(__file__).parent.parent)
_DEEPEST = 12
_ATOMS = (type(None), bool, int, float, type, Secret)


class Finder:
    """Says where the markers of a scene are seen; no answer is a good answer."""

    def __init__(self, markers: Markers) -> None:
        self._markers = markers

    def in_text(self, where: str, text: str | bytes) -> Iterator[str]:
        """Markers in a text."""
        shown = text.decode("latin-1") if isinstance(text, bytes) else text
        for name in self._markers.within(shown):
            yield f"{name} in {where}: {shown[:400]!r}"

    def shown(self, where: str, value: object) -> Iterator[str]:
        """Markers in what a crash reporter prints of a value."""
        for path, text in _printed(where, value):
            yield from self.in_text(path, text)

    def held(self, where: str, value: object) -> Iterator[str]:
        """Markers in a value, and in everything that can be reached from it."""
        yield from self.shown(where, value)
        yield from self.in_text(f"str({where})", str(value))
        for path, text in _reachable(where, value):
            yield from self.in_text(path, text)

    def kept(self, where: str, value: object) -> Iterator[str]:
        """Markers in a value, and in anything that can be made of it without calling `reveal`."""
        yield from self.held(where, value)
        for how, make in MADE.items():
            try:
                made = make(value)
            except REFUSALS as refused:
                yield from self.in_text(f"{how}({where}) refused", repr(refused))
            else:
                yield from self.held(f"{how}({where})", made)

    def in_error(self, error: BaseException) -> Iterator[str]:
        """Markers in an exception, in those it leads to, and in the frames of all of them."""
        for where, each in _chain("error", error):
            yield from self.in_text(f"{where} text", f"{each} {each!r} {each.args!r}")
            yield from self.kept(where, each)
            yield from self._in_frames(where, each.__traceback__)
        report = _without_ours(traceback.TracebackException.from_exception(error))
        yield from self.in_text("a report", "".join(report.format()))

    def in_records(self, records: Iterable[logging.LogRecord]) -> Iterator[str]:
        """Markers in log records: their message, their arguments and everything added to them."""
        for record in records:
            where = f"log of {record.name}"
            yield from self.in_text(where, record.getMessage())
            yield from self.shown(where, vars(record))

    def _in_frames(self, where: str, tb: TracebackType | None) -> Iterator[str]:
        for frame, line in traceback.walk_tb(tb):
            code = frame.f_code
            if code.co_filename.startswith(TESTS):
                continue
            place = f"{where} frame {code.co_qualname} at {Path(code.co_filename).name}:{line}"
            for name, value in frame.f_locals.items():
                yield from self.shown(f"{place} {name}", value)


MADE: Mapping[str, Callable[[Any], object]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": pickle.dumps,
    "old pickle": lambda value: pickle.dumps(value, 2),
    "state": lambda value: value.__getstate__(),
    "asdict": attrs.asdict,
    "astuple": attrs.astuple,
    "unstructure": cattrs.unstructure,
    "builtins": msgspec.to_builtins,
    "msgspec": msgspec.json.encode,
    "json": json.dumps,
    "json of str": lambda value: json.dumps(value, default=str),
    "json of attributes": lambda value: json.dumps(value, default=vars),
    "vars": vars,
    "format": "{}".format,
    "percent": lambda value: "%s %r" % (value, value),  # noqa: UP031  # as logging does it
}
"""What programs make of a value to store it or to send it elsewhere."""

REFUSALS = (TypeError, AttributeError, ValueError, LookupError, pickle.PicklingError)


def _chain(where: str, error: BaseException | None) -> Iterator[tuple[str, BaseException]]:
    """An exception, its causes, contexts and members, each once."""
    seen: set[int] = set()
    waiting = [(where, error)]
    while waiting:
        place, each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield place, each
        waiting += [(f"{place}.cause", each.__cause__), (f"{place}.context", each.__context__)]
        waiting += [(f"{place}.member", one) for one in getattr(each, "exceptions", ())]


def _without_ours(report: traceback.TracebackException) -> traceback.TracebackException:
    """The report without the lines of the tests, which name their markers."""
    for each in (report, report.__cause__, report.__context__):
        if each is not None:
            kept = [line for line in each.stack if not line.filename.startswith(TESTS)]
            each.stack = traceback.StackSummary.from_list(kept)
            if each is not report:
                _without_ours(each)
    return report


def _printed(where: str, value: object, depth: int = 0) -> Iterator[tuple[str, str | bytes]]:
    """The texts that a reporter prints of a value."""
    if isinstance(value, _ATOMS):
        return
    try:
        yield where, repr(value)
    except AttributeError:  # half made, when it was interrupted
        return
    if isinstance(value, (str, bytes, bytearray)):
        return
    if depth < _DEEPEST:
        for name, inner in _contents(value):
            yield from _printed(f"{where}{name}", inner, depth + 1)


def _contents(value: object) -> Iterator[tuple[str, object]]:
    """What is in a container, and the fields that the repr of an attrs or data class has."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"[{key!r} itself]", key
            yield f"[{key!r}]", inner
    elif isinstance(value, (list, tuple, Set)) or type(value).__name__ == "deque":
        for index, inner in enumerate(value):  # type: ignore[arg-type]
            yield f"[{index}]", inner
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.repr is True:
                yield f".{field.name}", getattr(value, field.name, None)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            if each.repr:
                yield f".{each.name}", getattr(value, each.name, None)


def _reachable(where: str, value: object) -> Iterator[tuple[str, str | bytes]]:
    """Every text in a value, through containers, attributes and slots; a `Secret` is closed."""
    seen: set[int] = set()
    waiting: list[tuple[str, object, int]] = [(where, value, 0)]
    keep: list[object] = []  # what is made on the way must live, or its id would be used again
    while waiting:
        place, each, depth = waiting.pop()
        if isinstance(each, (str, bytes, bytearray)):
            yield place, bytes(each) if isinstance(each, bytearray) else each
            continue
        closed = isinstance(each, _ATOMS) or inspect.isroutine(each) or inspect.ismodule(each)
        if closed or id(each) in seen or depth > _DEEPEST:
            continue
        seen.add(id(each))
        keep.append(each)
        waiting += [(f"{place}{name}", inner, depth + 1) for name, inner in _contents(each)]
        waiting += [(f"{place}.{name}", inner, depth + 1) for name, inner in _attributes(each)]


def _attributes(value: object) -> Iterator[tuple[str, object]]:
    yield from getattr(value, "__dict__", {}).items()
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            hidden = slot.startswith("__") and not slot.endswith("__")
            name = f"_{kind.__name__.lstrip('_')}{slot}" if hidden else slot
            try:
                yield name, object.__getattribute__(value, name)
            except AttributeError:
                continue
