"""A client of each colour, and a router in place of the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import respx

from loyalty_sdk import Retry
from loyalty_sdk.es_loyalty import AsyncESLoyalty, ESLoyalty

from .helpers import BASE, recorded


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    """Takes every request, and refuses those that no route is for."""
    with respx.mock(assert_all_called=False) as mocked:
        yield mocked


@pytest.fixture
def make(colour: Any) -> Callable[..., Any]:
    """Makes clients of one colour that waste no time between attempts."""

    def made(base_url: str | None = BASE, **options: Any) -> Any:
        options = {"retry": Retry(initial_wait=0), **options}
        return colour.keep(colour.pick(ESLoyalty, AsyncESLoyalty)(base_url, **options))

    return made


@pytest.fixture
def es(make: Callable[..., Any]) -> Any:
    """A client of one colour, with a synthetic token."""
    return make(token="synthetic-bearer")


@pytest.fixture
def answers(router: respx.MockRouter) -> Callable[..., respx.Route]:
    """Has the vendor give recorded answers, one after the other, to whatever is asked."""

    def given(*names: str) -> respx.Route:
        return router.route().mock(side_effect=[recorded(name) for name in names])

    return given
