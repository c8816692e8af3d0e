"""Clients of version 2 in both colours, and recorded answers for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx
from conftest import recorded as recorded_by_path

from loyalty_sdk.cardlytics.v2 import AsyncCardlyticsPublisher, CardlyticsPublisher

BASE_URL = "https://publisher.example.com"


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `ads.get.200`."""
    return recorded_by_path(f"cardlytics_v2/{name}")


class Caller:
    """Makes clients of one colour, and waits for what their calls give."""

    def __init__(self, shared: Any) -> None:
        self.run = shared
        self.together = shared.together
        self.close = shared.close
        self._shared = shared

    def client(self, base_url: str | None = BASE_URL, **arguments: Any) -> Any:
        """A client of this colour."""
        kind = self._shared.pick(CardlyticsPublisher, AsyncCardlyticsPublisher)
        return self._shared.keep(kind(base_url, **arguments))

    def http_client(self) -> Any:
        """A caller's own httpx client of this colour."""
        return self._shared.keep(self._shared.pick(httpx.Client, httpx.AsyncClient)())


@pytest.fixture
def caller(colour: Any) -> Caller:
    """One colour of client, then the other."""
    return Caller(colour._shared)


@pytest.fixture
def vendor() -> Iterator[respx.MockRouter]:
    """The vendor, answering below the clients' connections; nothing else can be reached."""
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router
