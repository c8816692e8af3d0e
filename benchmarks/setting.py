"""What contenders are set up in: a server, an event loop, and the clock."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Measure: TypeAlias = "Callable[[], float | list[float]]"
"""Measures once, or a few times in a row: in seconds, or in bytes."""

BURST = 0.03

_clock = time.perf_counter


class Setting:
    """Where the contenders of one row are set up; a context manager that takes everything down.

    Args:
        quick: Only see whether everything runs: each contender acts once, on little data.
    """

    def __init__(self, *, quick: bool = False) -> None:
        self.quick = quick
        self._stack = ExitStack()
        self._servers: dict[str, str] = {}
        self._loop: asyncio.Runner | None = None

    def __enter__(self) -> Setting:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def size(self, full: int, little: int) -> int:
        """How many items to work on."""
        return little if self.quick else full

    def opened(self, manager: AbstractContextManager[T]) -> T:
        """Enter a context that is left when the row is done."""
        return self._stack.enter_context(manager)

    def opened_async(self, manager: AbstractAsyncContextManager[T]) -> T:
        """The same for an async context, in the event loop of this setting."""
        entered = self.run(manager.__aenter__())
        self._stack.callback(lambda: self.run(manager.__aexit__(None, None, None)))
        return entered

    def run(self, work: Awaitable[T]) -> T:
        """Run to its end in the event loop that all async contenders share."""
        if self._loop is None:
            self._loop = self.opened(asyncio.Runner())

        async def whole() -> T:
            return await work

        return self._loop.run(whole())

    def server(self, answers: str = "benchmarks.pages:answer") -> str:
        """The address of a loopback server with canned answers, in a process of its own.

        Args:
            answers: Where the function is that gives the answer to a target, `module:name`.
        """
        if answers not in self._servers:
            self._servers[answers] = self.opened(_served(answers))
        return self._servers[answers]

    def timed(self, act: Callable[[], object], *, of: int = 1) -> Measure:
        """Measures how long an act takes, a few times in a row.

        Args:
            act: What to measure.
            of: How many pieces of work one act is; the time of one piece is given.
        """

        def measure() -> list[float]:
            times: list[float] = []
            ends = _clock() + BURST
            while (began := _clock()) < ends or not times:
                act()
                times.append((_clock() - began) / of)
            return times

        return measure

    def timed_async(self, act: Callable[[], Awaitable[object]], *, of: int = 1) -> Measure:
        """The same for an act that is awaited."""

        async def measure() -> list[float]:
            times: list[float] = []
            ends = _clock() + BURST
            while (began := _clock()) < ends or not times:
                await act()
                times.append((_clock() - began) / of)
            return times

        return lambda: self.run(measure())


def stay_on_core(number: int) -> None:
    """Keep this process on one core, where the system can and there are several."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


@contextlib.contextmanager
def _served(answers: str) -> Generator[str]:
    command = [sys.executable, "-m", "benchmarks.server", answers]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                raise RuntimeError("the server with canned answers did not start")
            yield address
        finally:
            process.kill()
