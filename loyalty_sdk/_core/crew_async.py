"""Pages asked for beside an async caller: a few tasks, all of them gone when it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, Self, TypeVar

from loyalty_sdk._core.crew import Inside, over

T = TypeVar("T")


class TaskErrand(Generic[T]):
    """Something that a crew was sent for."""

    def __init__(self, inside: Inside, task: asyncio.Task[T]) -> None:
        self._inside = inside
        self._task = task

    async def result(self) -> T:
        """What it brings, once it is there; or the error that it ended with.

        Raises:
            ClientClosed: The crew was left.
        """
        self._inside.check()
        try:
            await asyncio.wait([self._task])
        finally:
            self.cancel()  # who does not wait any more, a cancelled caller, needs it no more
        if self._task.cancelled():
            raise over()
        return self._task.result()

    def cancel(self) -> None:
        """Call it back; nobody needs it any more."""
        _cancel(self._task)


class AsyncCrew(Inside):
    """Does things beside the caller, in its context, until it is left.

    Args:
        hands: How many things it does at once; what is beyond that waits.
    """

    def __init__(self, hands: int) -> None:
        self._hands = asyncio.Semaphore(hands)
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Callable[[], Awaitable[T]]) -> TaskErrand[T]:
        """Send for something.

        Raises:
            ClientClosed: The crew was left.
        """
        self.check()
        task = asyncio.create_task(self._done(work))
        self._tasks.add(task)
        task.add_done_callback(self._back)
        return TaskErrand(self, task)

    async def _done(self, work: Callable[[], Awaitable[T]]) -> T:
        async with self._hands:
            return await work()

    def _back(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # asyncio complains of one that nobody has asked for

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.leave()
        for task in self._tasks:
            _cancel(task)
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _cancel(task: asyncio.Task[Any]) -> None:
    """Cancel a task once: a second time would break off how it cleans up after the first."""
    if not task.cancelling():
        task.cancel()
