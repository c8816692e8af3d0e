"""A sandbox for all wallets, and a party that makes them in either colour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loyalty_sdk.sandbox import Sandbox

from .party import Party


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for the tests of a file; they only read."""
    with Sandbox() as opened:
        yield opened


@pytest.fixture
def party(colour, sandbox) -> Party:
    """Makes wallets of the test's colour."""
    return Party(colour, sandbox)
