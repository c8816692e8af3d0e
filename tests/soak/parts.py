"""The parts of `python -m tests.soak`: what each runs at full length, and what it prints."""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from . import concurrency, crowds, deadlines, interruption, streams, walks, writes
from .lists import LISTS
from .setting import COLOURS, VENDORS
from .slow import CASES
from .table import Tallies, show


@attrs.frozen(kw_only=True)
class Size:
    """How long the long forms are.

    Attributes:
        items: How many items each list has.
        rows: How many rows the CSV has.
        requests: How many requests one client makes, from many threads or tasks.
    """

    items: int = 100_000
    rows: int = 500_000
    requests: int = 50_000


def walked(size: Size) -> bool:
    """Every list while each fault falls once, and long while 5 % of the answers are faulty."""
    once = [
        walks.walk(each, colour, walks.one_of_each(each), items=1_500, page=5)
        for each, colour in itertools.product(LISTS, COLOURS)
    ]
    long = [
        walks.walk(each, colour, walks.some_of_all(each), items=size.items)
        for each, colour in itertools.product(LISTS, COLOURS)
    ]
    ahead = [
        walks.walk(each, colour, walks.some_of_all(each), items=size.items // 20, page=50, way=way)
        for each, colour in itertools.product(LISTS, COLOURS)
        for way in each.ways
    ]
    return _by_fault("walks", [*once, *long, *ahead])


def streamed(size: Size) -> bool:
    """The CSV while each fault falls once, and long while 5 % of the streams are faulty."""
    once = [streams.read(each, streams.one_of_each(), rows=3_000, window=30) for each in COLOURS]
    window = max(1, size.rows // 500)
    long = [
        streams.read(each, streams.some_of_all(), rows=size.rows, window=window) for each in COLOURS
    ]
    return _by_fault("streams", [*once, *long])


def written(_: Size) -> bool:
    """Every call that must not be repeated, under each fault; and crowds of them."""
    behind = itertools.product(writes.RENEWING, COLOURS)
    alone = [
        *itertools.starmap(writes.under_faults, itertools.product(writes.writes(), COLOURS)),
        *itertools.starmap(writes.behind_token, behind),
    ]
    crowds = [crowds.crowd(*each, 500) for each in itertools.product(VENDORS, COLOURS)]
    return _by_fault("writes", alone) & _shown("many writes at once", crowds)


def timed(_: Size) -> bool:
    """Every slow server, for each deadline."""
    outcomes = itertools.chain.from_iterable(map(deadlines.measure_all, deadlines.DEADLINES))
    told = itertools.starmap(deadlines.stated, itertools.product(deadlines.STATED, COLOURS))
    return _shown("deadlines", outcomes) & _shown("waits beyond the deadline", told)


def broken_off(_: Size) -> bool:
    """Cancelled and interrupted everywhere."""
    calls = itertools.product(interruption.CALLS, (False, True))
    outcomes = [
        interruption.everywhere(colour, what, warm=warm, stride=1 if colour == "async" else 101)
        for (what, warm), colour in itertools.product(calls, COLOURS)
    ]
    outcomes += map(interruption.while_slow, CASES)
    return _shown("broken off", [*outcomes, interruption.interrupted_walk(10_000, 2_000)])


def crowded(size: Size) -> bool:
    """64 threads and 512 tasks on one client of each vendor."""
    few = size.requests // 50
    jobs = [("voucherify", size.requests), *((vendor, few) for vendor in concurrency.OTHERS)]
    return _shown(
        "one client",
        (
            concurrency.ask_many(vendor, colour, count, expiries=5 if count > few else 1)
            for (vendor, count), colour in itertools.product(jobs, COLOURS)
        ),
    )


PARTS: dict[str, Callable[[Size], bool]] = {
    "walks": walked,
    "streams": streamed,
    "writes": written,
    "deadlines": timed,
    "interruption": broken_off,
    "concurrency": crowded,
}


def _by_fault(title: str, outcomes: Sequence[Any]) -> bool:
    """Print what came of each fault, and then of each run; whether all is well."""
    tallies = Tallies()
    for each in outcomes:
        tallies.add(each.faults, each.errors, each.lost, each.doubled)
    tallies.show(f"{title}, by fault")
    return _shown(title, outcomes)


def _shown(title: str, outcomes: Iterable[Any]) -> bool:
    """Print what came of each run; whether all is well."""
    listed = list(outcomes)
    show(title, listed)
    return all(each.right for each in listed)


def main() -> int:
    """Run the parts that are named; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all unless named: {[*PARTS]}")
    for field in attrs.fields(Size):
        parser.add_argument(f"--{field.name}", type=int, default=field.default, metavar="N")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(unknown)}")
    size = Size(items=given.items, rows=given.rows, requests=given.requests)
    wrong: list[str] = []
    for name in given.parts or PARTS:
        began = time.monotonic()
        print(f"\n## {name}")
        if not PARTS[name](size):
            wrong.append(name)
        print(f"\n{name}: {time.monotonic() - began:.0f} s", flush=True)
    print(f"\ndid not hold: {', '.join(wrong)}" if wrong else "\nall held")
    return 1 if wrong else 0
