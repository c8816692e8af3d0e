"""What is asked for beside an async caller: a few tasks, all of them gone when it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Generic, Self, TypeVar

from loyalty_sdk._core.paging.crew import Inside, over

T = TypeVar("T")


class TaskErrand(Generic[T]):
    """Something that a crew was sent for."""

    def __init__(self, inside: Inside, task: asyncio.Task[T]) -> None:
        self._inside = inside
        self.task = task

    async def result(self) -> T:
        """What it brings, once it is there; or the error that it ended with.

        Raises:
            ClientClosed: The crew was left.
        """
        self._inside.check()
        try:
            await asyncio.wait([self.task])
        finally:
            self.cancel()  # who does not wait any more, a cancelled caller, needs it no more
        if self.task.cancelled():
            raise over()
        return self.task.result()

    def cancel(self) -> None:
        """Call it back; nobody needs it any more."""
        _cancel(self.task)


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

    async def first(self, errands: Collection[TaskErrand[T]]) -> TaskErrand[T]:
        """One of several that is back, as soon as there is one.

        Raises:
            ClientClosed: The crew was left.
        """
        self.check()
        tasks = [errand.task for errand in errands]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(errand for errand in errands if errand.task in done)

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
