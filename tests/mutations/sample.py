"""Which mutations the test suite makes: all would take minutes.

Of a list every item is looked at by itself, behind another one: what is read of an item does not
depend on how many there are. Of places that differ only in the number of an array's item, one is
changed. And of the changes that are no more than another wrong type some are left out, always the
same ones.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from .judge import HARMLESS, base_of
from .mutate import Mutation, mutations
from .recordings import Recording
from .refusals import is_refusal

ONE_OF = 6


def sampled(recording: Recording, seen: set[tuple[str, str, str]]) -> Iterator[Mutation]:
    """Some mutations of a recorded answer.

    Args:
        recording: The answer.
        seen: Which places of which operation were changed how; more are noted here.
    """
    shared = not is_refusal(recording)  # each error is one of its own
    for body in _bodies(recording):
        for mutation in mutations(body):
            key = (recording.operation if shared else recording.name, *mutation.pattern)
            if key not in seen:
                seen.add(key)
                if _is_chosen(mutation):
                    yield mutation


def every(recording: Recording) -> Iterator[Mutation]:
    """Every mutation of a recorded answer."""
    for body in _bodies(recording):
        yield from mutations(body)


def _is_chosen(mutation: Mutation) -> bool:
    if mutation.kind in HARMLESS or mutation.kind == "a word":
        return True
    return zlib.crc32("".join(mutation.pattern).encode()) % ONE_OF == 0


def _bodies(recording: Recording) -> Iterator[Any]:
    """The body, or where it holds a list one body for each item, behind the shortest one."""
    body = recording.body
    items = body
    for step in base_of(recording):
        items = items[step]
    if not isinstance(items, list) or len(items) < 3:
        yield body
        return
    shortest = min(items, key=lambda item: len(json.dumps(item)))
    for item in items:
        yield _with(body, base_of(recording), [shortest, item])


def _with(body: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    held = dict(body) if isinstance(body, dict) else dict(enumerate(body))
    held[step] = _with(held[step], tuple(rest), value)
    return held if isinstance(body, dict) else list(held.values())
