"""What all tests share: a clean environment, recorded answers, and one test for both colours."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest

hypothesis.settings.register_profile("here", deadline=None)  # machines are slow at times
hypothesis.settings.load_profile("here")

pytest_plugins = ("loyalty_sdk.testing.plugin",)

RECORDED = Path(__file__).parent / "recorded"
VENDORS = ("VOUCHERIFY_", "SPAAZA_", "ES_LOYALTY_", "CARDLYTICS_")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's real account or proxy is ever used by a test."""
    for name in list(os.environ):
        if name.startswith(VENDORS) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `voucherify/customers.list_redeemables.200`."""
    kept = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    body = kept["text"] if "text" in kept else json.dumps(kept["body"])
    return httpx.Response(kept["status"], headers=kept["headers"], content=body.encode())


class Colour:
    """Runs what a client of either colour gives: `colour(client.things.get(1))` is the result."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"
        self._loop = asyncio.Runner() if self.is_async else None
        self._clients: list[Any] = []

    def pick(self, blocking: Any, asynchronous: Any) -> Any:
        """The one of the two that has this colour."""
        return asynchronous if self.is_async else blocking

    def keep(self, client: Any) -> Any:
        """Close a client when the test is over."""
        self._clients.append(client)
        return client

    def __call__(self, given: Any) -> Any:
        """The result of a call: awaited, where there is something to await."""
        return self._loop.run(given) if self._loop is not None else given

    def items(self, pager: Any) -> list[Any]:
        """Every item of a pager, or of an iterator."""

        async def listed() -> list[Any]:
            return [item async for item in pager]

        return self(listed()) if self.is_async else list(pager)

    def taken(self, pager: Any, count: int) -> list[Any]:
        """The first items, the pager left where it is then."""

        async def listed() -> list[Any]:
            items: list[Any] = []
            walk = aiter(pager)
            while len(items) < count:
                items.append(await anext(walk))
            await walk.aclose()
            return items

        if self.is_async:
            return self(listed())
        walk = iter(pager)
        return [next(walk) for _ in range(count)]

    def steps(self, pager: Any) -> Callable[[], Any]:
        """What gives the next item of a walk each time it is called."""
        walk = aiter(pager) if self.is_async else iter(pager)

        async def awaited() -> Any:
            return await anext(walk)

        return lambda: self(awaited()) if self.is_async else next(walk)

    @contextlib.contextmanager
    def entered(self, opened: Any) -> Iterator[Any]:
        """A context manager of this colour, entered."""
        if not self.is_async:
            with opened as given:
                yield given
            return
        given = self(opened.__aenter__())
        try:
            yield given
        except BaseException as error:
            if not self(opened.__aexit__(type(error), error, error.__traceback__)):
                raise
        else:
            self(opened.__aexit__(None, None, None))

    def together(self, count: int, call: Callable[[], Any]) -> list[Any]:
        """The results, or errors, of the same call made many times at once."""

        async def gathered() -> list[Any]:
            return await asyncio.gather(*(call() for _ in range(count)), return_exceptions=True)

        return self(gathered()) if self.is_async else _in_threads(count, call)

    def close(self, client: Any) -> None:
        """Close a client now."""
        self(client.aclose() if self.is_async else client.close())

    def end(self) -> None:
        """Close every client that was kept, and the event loop."""
        for client in self._clients:
            self.close(client)
        if self._loop is not None:
            self._loop.close()


def _in_threads(count: int, call: Callable[[], Any]) -> list[Any]:
    results: list[Any] = []

    def one() -> None:
        try:
            results.append(call())
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(params=["blocking", "async"])
def colour(request: pytest.FixtureRequest) -> Iterator[Colour]:
    """Each test that asks for it runs twice, once in each colour."""
    made = Colour(request.param)
    yield made
    made.end()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was skipped is a failure: nothing may pass by not being run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if "CI" in os.environ and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
