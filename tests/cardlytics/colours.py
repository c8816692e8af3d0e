"""Clients of either colour, and recorded answers for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
from conftest import recorded as recorded_by_path

from loyalty_sdk.cardlytics import AsyncCardlytics, Cardlytics

BASE_URL = "https://cardlytics.example.com"
TOKEN = "00000000-5E11-4B54-A2F8-5E1175E11755"


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `redemptions.list.200`."""
    return recorded_by_path(f"cardlytics/{name}")


def body_of(name: str) -> Any:
    """The JSON of a recorded answer."""
    return recorded(name).json()


class Colour:
    """Makes clients of one colour, and waits for what their calls give."""

    def __init__(self, shared: Any) -> None:
        self._shared = shared
        self.run: Callable[[Any], Any] = shared

    def client(self, base_url: str | None = BASE_URL, **arguments: Any) -> Any:
        """A client of this colour."""
        kind = self._shared.pick(Cardlytics, AsyncCardlytics)
        return self._shared.keep(kind(base_url, **arguments))

    def http_client(self, **arguments: Any) -> Any:
        """A caller's own httpx client of this colour."""
        kind = self._shared.pick(httpx.Client, httpx.AsyncClient)
        return self._shared.keep(kind(**arguments))
