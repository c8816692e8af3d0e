"""The toy vendor's client, in the colour of the test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from loyalty_sdk import Retry

from .toy import AsyncToy, Key, Toy

Handler = Callable[[httpx.Request], httpx.Response]
MakeToy = Callable[..., Any]


@pytest.fixture
def toy(colour: Any) -> MakeToy:
    """Makes clients: `toy(handler, ...)` in process, `toy(base_url=...)` over sockets."""

    def make(handler: Handler | None = None, **options: Any) -> Any:
        if handler is not None:
            options.setdefault("transport", httpx.MockTransport(handler))
        options.setdefault("auth", Key("k-12345"))
        options.setdefault("retry", Retry(initial_wait=0))
        return colour.keep(colour.pick(Toy, AsyncToy)(**options))

    return make
