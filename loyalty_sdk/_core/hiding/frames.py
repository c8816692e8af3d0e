"""What a traceback shows: where things went wrong, not the values that were at hand there.

Crash reporters print the local variables of every frame. Errors of ours are raised anew and have
no frames of the failure. What passes through (an interrupt, a cancellation, an exception out of
the caller's own function) keeps its lines and loses their values.
"""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from loyalty_sdk.errors import LoyaltyError

P = ParamSpec("P")
T = TypeVar("T")


def emptied(error: BaseException) -> BaseException:
    """The exception, with nothing left in the frames that it came through.

    Call it behind the `except` block, and raise what it gives. What was being handled when ours
    began is the caller's, and left alone.
    """
    ours = isinstance(error, LoyaltyError)
    if ours or not isinstance(error, Exception):  # what led to it may have quoted a secret
        error.__cause__, error.__context__, error.__suppress_context__ = None, None, False
    if ours:
        return error.with_traceback(None)
    theirs = sys.exc_info()[1]
    seen: list[BaseException | None] = [None, theirs]
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.append(each)
            traceback.clear_frames(each.__traceback__)
            waiting += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]
    tb = error.__traceback__
    return error.with_traceback(tb and tb.tb_next)  # raising it again adds the line left out


def unseen(function: Callable[P, T]) -> Callable[P, T]:
    """The function, no frame of which has its arguments any more when it raises."""
    work: Callable[..., T] = function

    @functools.wraps(function)
    def calling(*args: P.args, **kwargs: P.kwargs) -> T:
        given: list[Any] = [kwargs, args]
        del args, kwargs
        try:
            return work(*given.pop(), **given.pop())
        except BaseException as error:
            problem = error
        given.clear()
        raise emptied(problem)

    return calling


def construct_unseen(kind: Any) -> None:
    """Let the constructor that a class writes itself be unseen."""
    if "__init__" in vars(kind):
        kind.__init__ = unseen(kind.__init__)
