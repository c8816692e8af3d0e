"""Clients of both colours for every test that asks for them."""

from __future__ import annotations

import pytest
from conftest import Colour

from .replay import Clients


@pytest.fixture
def clients(colour: Colour) -> Clients:
    """What makes clients of one colour, and then of the other."""
    return Clients(colour)
