"""Every test in both colours and without waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import respx

from loyalty_sdk.testing import no_backoff

from .colours import BASE_URL, Colour


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    with no_backoff():
        yield


@pytest.fixture
def colour(colour: Any) -> Colour:
    """One colour of client, then the other."""
    return Colour(colour)


@pytest.fixture
def vendor() -> Iterator[respx.MockRouter]:
    """The vendor, answering below the clients' connections; nothing else can be reached."""
    with respx.mock(base_url=BASE_URL) as router:
        yield router
