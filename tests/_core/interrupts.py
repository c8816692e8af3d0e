"""A `KeyboardInterrupt` at any moment at which the SDK, or the HTTP library below it, can get one.

Python looks for signals when it has entered a function and when a call has come back; not when a
`with` takes a lock or gives it back, for instance.
"""

from __future__ import annotations

import dis
import functools
import gc
import itertools
import os
import sys
import warnings
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import h11
import httpcore
import httpx

import loyalty_sdk

_FOLDERS = tuple(
    os.path.dirname(module.__file__ or "") for module in (loyalty_sdk, httpcore, httpx, h11)
)


def interrupted_at(moment: int, work: Callable[[], Any]) -> bool:
    """Do some work, and interrupt it at the so many-th moment.

    Python closes a socket that was made at that very moment, and that nobody has yet; it says so in
    a warning, which is no news here.

    Returns:
        Whether it came to that moment.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        came_to_it = _comes_to(moment, work)
        gc.collect(1)  # what came in between may have been lost with its frames
    return came_to_it


def _comes_to(moment: int, work: Callable[[], Any]) -> bool:
    count, before = 0, sys.gettrace()

    def tracing(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(_FOLDERS):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode" and frame.f_lasti in _moments(frame.f_code):
            count += 1
            if count == moment:
                raise KeyboardInterrupt
        return tracing

    sys.settrace(tracing)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


@functools.cache
def _moments(code: CodeType) -> frozenset[int]:
    """The instructions before which Python looks for signals."""
    pairs = itertools.pairwise(dis.get_instructions(code))
    return frozenset(
        after.offset
        for before, after in pairs
        if before.opname == "RESUME" or before.opname.startswith("CALL")
    )
