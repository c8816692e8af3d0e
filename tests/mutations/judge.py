"""What must hold of a mutated answer, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import (
    APIError,
    LoyaltyError,
    MissingField,
    PagingError,
    UnreadableAnswer,
)

from .mutate import MISSING, UNKNOWN_KEY, Mutation, Path, is_wordy, place, written
from .reachable import lost
from .recordings import READERS, GaveUp, Recording, items_of, only

HARMLESS = {"null", MISSING, "unknown key", "null appended"}
"""What never makes a page unreadable."""


@attrs.frozen
class Verdict:
    """What came of one mutation.

    Attributes:
        outcome: `decoded`, `refused` with the path, or `lost`.
        wrong: What is wrong with that; nothing, where nothing is.
    """

    outcome: str
    wrong: str = ""


def judged(recording: Recording, mutation: Mutation) -> Verdict:
    """Read a mutated answer of success with each reader, and say whether everything holds."""
    slow, *faster = (_outcome(recording, mutation, reader) for reader in READERS)
    for found in faster:  # one that stumbles gives up; else it gives what the slow one gives
        if not isinstance(found, GaveUp) and not _same(found, slow):
            return Verdict("lost", f"a faster reader gives {found!r:.300}, not {slow!r:.300}")
    if isinstance(slow, LoyaltyError):
        wrong = _wrong_with_error(recording, mutation, slow)
        return Verdict("lost" if wrong else "refused", wrong)
    if isinstance(slow, Exception):
        return Verdict("lost", f"{type(slow).__name__} escapes: {slow}")
    wrong = "; ".join(_wrong_with(recording, mutation, slow))
    return Verdict("lost" if wrong else "decoded", wrong)


def _wrong_with_error(recording: Recording, mutation: Mutation, error: LoyaltyError) -> str:
    path = place(mutation.path)
    base = base_of(recording)
    if isinstance(error, MissingField):
        fits = error.path == path or mutation.path == base
        return "" if fits else f"{error!r}"
    if isinstance(error, PagingError):  # there is more, and nothing is left to go on by
        within = mutation.path[: len(base)] == base
        return f"{error!r}" if within and mutation.path != base else ""
    if isinstance(error, APIError):
        return "" if "result" in mutation.path else f"{error!r}"
    if not isinstance(error, UnreadableAnswer):
        return f"{error!r}"
    if len(error.problems) != 1 or not _names(mutation, error.problems[0].partition(": ")[0]):
        return f"names {error.problems}"
    return "" if _may_be_refused(mutation, base) else f"is refused: {error}"


def _names(mutation: Mutation, named: str) -> bool:
    """Whether a path is the one of what is wrong."""
    path, around = place(mutation.path), place(mutation.path[:-1])
    if isinstance(mutation.now, (list, dict)) and named.startswith((f"{path}.", f"{path}[")):
        return True  # a part of what stands there now
    if mutation.kind == MISSING and named.startswith(f"{around}."):
        return True  # what an object of this kind has in its place
    joined = mutation.kind.endswith(" appended") or mutation.was_empty
    if joined and named == around:
        return True  # what was taken for one object are several, and for nothing is something
    return named == path


def _may_be_refused(mutation: Mutation, base: Path) -> bool:
    """Whether it is no page any more without what was taken from it."""
    if mutation.path == base[: len(mutation.path)]:
        return True
    if mutation.kind == "a word" and is_wordy(mutation.was):
        return False
    if mutation.kind == "null appended" and mutation.was_empty:
        return True  # an empty array stands for no object, one with anything in it does not
    if mutation.path == (UNKNOWN_KEY,) and mutation.was_empty:
        return True  # the object that stands for "nothing" is the one that is empty
    return mutation.kind not in HARMLESS


def _wrong_with(recording: Recording, mutation: Mutation, result: Any) -> Iterator[str]:
    """What of the body is not in the result."""
    base = base_of(recording)
    sent: Any = parse(mutation.content)
    items = items_of(result)
    if recording.operation.endswith(".request"):
        if result != sent:
            yield "is not what was sent"
        return
    if not _has_models(items):
        return
    for step in base:
        try:
            sent = sent[step]
        except (KeyError, IndexError, TypeError):
            return
    yield from (f"{path} is lost" for path in lost(items, sent, place(base)))


def _has_models(items: Any) -> bool:
    return isinstance(items, Model) or (isinstance(items, tuple) and bool(items))


_BASES: dict[str, Path] = {}


def base_of(recording: Recording) -> Path:
    """Where in the body stands what is read, found by where nothing of it is lost."""
    if recording.name not in _BASES:
        _BASES[recording.name] = _base_of(recording)
    return _BASES[recording.name]


def _base_of(recording: Recording) -> Path:
    body = parse(written(recording.body))
    try:
        items = items_of(recording.decoded(written(recording.body)))
    except APIError:
        return ()
    if not _has_models(items):
        return _longest_spine(body)
    for path, node in _nodes((), body):
        if isinstance(node, dict | list) and not list(lost(items, node, place(path))):
            return path
    raise AssertionError(f"{recording.name}: what was read stands nowhere in the body")


def _longest_spine(body: Any) -> Path:
    """Where an empty list stands: the deepest empty array or object, or the body itself."""
    empty = [path for path, node in _nodes((), body) if node in ([], {})]
    return max(empty, key=len, default=())


def _nodes(path: Path, node: Any) -> Iterator[tuple[Path, Any]]:
    """The values of a body, those above before those below."""
    level = [(path, node)]
    while level:
        yield from level
        level = [((*at, step), inner) for at, held in level for step, inner in _inside(held)]


def _inside(held: Any) -> list[tuple[str | int, Any]]:
    if isinstance(held, dict):
        return list(held.items())
    return list(enumerate(held)) if isinstance(held, list) else []


def _outcome(recording: Recording, mutation: Mutation, reader: str) -> Any:
    with only(reader):
        try:
            return recording.decoded(mutation.content)
        except Exception as error:
            return error


def _same(fast: Any, slow: Any) -> bool:
    if isinstance(fast, Exception) or isinstance(slow, Exception):
        return type(fast) is type(slow) and str(fast) == str(slow)
    return fast == slow and repr(fast) == repr(slow)
