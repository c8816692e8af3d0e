"""One sandbox for all exports, and exports of either colour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import loyalty_sdk
from loyalty_sdk.export import export, export_async
from loyalty_sdk.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for the tests of a file; they only read."""
    with Sandbox() as opened:
        yield opened


class Exporter:
    """Makes clients and exports of one colour."""

    def __init__(self, colour, sandbox):
        self.colour = colour
        self.sandbox = sandbox
        self.member = sandbox.member

    def client(self, name, **changes):
        """A client of the sandbox's vendor."""
        cls = getattr(loyalty_sdk, self.colour.pick(name, f"Async{name}"))
        return self.colour.keep(cls(**getattr(self.sandbox, name.lower()), **changes))

    def vouchers(self, **arguments):
        """A list that has 9 pages."""
        spaaza = self.client("Spaaza")
        return spaaza.vouchers.list(self.member.spaaza_chain_id, number_results=200, **arguments)

    def export(self, source, path, **options):
        """An export in this colour."""
        return self.colour(self.colour.pick(export, export_async)(source, path, **options))


@pytest.fixture
def exporter(colour, sandbox):
    """Exports in the test's colour."""
    return Exporter(colour, sandbox)
