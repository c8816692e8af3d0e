"""A long CSV whose answers break: how far each came is told, and the rest can be had."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
from conftest import Colour

from loyalty_sdk import LoyaltyError
from loyalty_sdk.sandbox import FaultPlan, Sandbox

from .setting import SHAPE, client_for, each, in_colour, kinds_on, last_fault

RATE = 0.05
RECEIVED = "spaaza.get-vouchers.csv"
_FIRST = 100_001


@attrs.frozen(kw_only=True)
class Streamed:
    """What came of a long CSV.

    Attributes:
        colour: The colour of the client.
        rows: How many rows there are.
        streams: How many streams were asked for.
        faults: How many faults of each kind were brought about.
        errors: How often a stream ended with an error, by the kind of the last fault.
        wrong_counts: How many of these errors were wrong about the rows that had been handed out.
        lost: How many rows never came.
        doubled: How many came more than once.
        seconds: How long it took.
    """

    colour: str
    rows: int
    streams: int
    faults: Counter[str]
    errors: Counter[str]
    wrong_counts: int
    lost: int
    doubled: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether every row came, came once, and every error was right."""
        return not (self.lost or self.doubled or self.wrong_counts)


def one_of_each() -> tuple[FaultPlan, ...]:
    """Every fault that falls on a CSV falls once."""
    return tuple(
        FaultPlan(kind, at=2 * number, operation=RECEIVED, **SHAPE)
        for number, kind in enumerate(kinds_on(RECEIVED), 1)
    )


def some_of_all(
    rate: float = RATE, but: frozenset[str] = frozenset(), seed: int = 1
) -> tuple[FaultPlan, ...]:
    """Any of them falls on a share of the streams."""
    kinds = kinds_on(RECEIVED, but=but)
    return (FaultPlan(*kinds, seed=seed, rate=rate, operation=RECEIVED, **SHAPE),)


def read(colour: str, faults: Sequence[FaultPlan], *, rows: int, window: int) -> Streamed:
    """Read a CSV to its end, going on behind the last row after each error.

    Args:
        colour: The colour of the client.
        faults: What goes wrong.
        rows: How many rows there are.
        window: How many rows to ask for at a time.
    """
    with Sandbox(spaaza_csv_rows=rows) as sandbox, in_colour(colour) as made:
        sandbox.faults = faults
        reading = _Reading(sandbox, rows)
        began = time.monotonic()
        client = client_for("spaaza", sandbox, made)
        while reading.offset < rows:
            reading.window(client, made, window)
        return Streamed(
            colour=colour,
            rows=rows,
            streams=sandbox.count(RECEIVED, processed=None),
            faults=Counter(fault.kind for fault in sandbox.injected),
            errors=reading.errors,
            wrong_counts=reading.wrong_counts,
            lost=reading.came.count(0),
            doubled=sum(count - 1 for count in reading.came if count > 1),
            seconds=time.monotonic() - began,
        )


class _Reading:
    """On the way through the rows."""

    def __init__(self, sandbox: Sandbox, rows: int) -> None:
        self.came = bytearray(rows)
        self.errors: Counter[str] = Counter()
        self.wrong_counts = 0
        self.offset = 0
        self._sandbox = sandbox

    def window(self, client: Any, colour: Colour, size: int) -> None:
        """Read the next rows, as far as they come."""
        chain, before = self._sandbox.member.spaaza_chain_id, self.offset
        asked = client.vouchers.stream_csv(chain, results_offset=before, number_results=size)
        try:
            with colour.entered(asked) as rows:
                each(colour, rows, self._take)
        except LoyaltyError as error:
            self.errors[last_fault(self._sandbox)] += 1
            self.wrong_counts += error.rows != self.offset - before
            if self.errors.total() > len(self.came):
                raise

    def _take(self, row: Any) -> None:
        self.came[int(row.voucher_id) - _FIRST] += 1
        self.offset += 1
