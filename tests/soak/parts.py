"""The parts of `python -m tests.soak`: what each runs at full length, and what it prints."""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from . import concurrency, crowds, deadlines, interruption, streams, walks, writes
from .lists import LISTS, List
from .setting import COLOURS, VENDORS
from .slow import CASES
from .table import Tallies, show

STRIDES = {"blocking": 101, "async": 1}
"""How far apart the moments are at which a call is broken off: blocking ones have thousands."""
SHORT_WALKS = 5
"""How often a list is walked that holds no more than a hundred pages."""


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
    every = [*itertools.product(LISTS, COLOURS)]
    outcomes = itertools.chain(
        (walks.walk(*one, walks.one_of_each(one[0]), items=1_500, page=5) for one in every),
        long_walks(size.items, LISTS),
        walks_ahead(size.items // 20, LISTS),
    )
    return _by_fault("walks", outcomes)


def long_walks(items: int, lists: Iterable[List]) -> Iterator[walks.Walked]:
    """Lists walked at their longest; of a hundred pages several times, so that enough is faulty."""
    for which, colour in itertools.product(lists, COLOURS):
        for seed in range(1, 2 if which.at_most(items) == items else 1 + SHORT_WALKS):
            yield walks.walk(which, colour, walks.some_of_all(which, seed=seed), items=items)


def walks_ahead(items: int, lists: Iterable[List]) -> Iterator[walks.Walked]:
    """Lists whose pages are asked for before they are needed, each under other faults."""
    for seed, (which, colour) in enumerate(itertools.product(lists, COLOURS), 1):
        faults = walks.some_of_all(which, seed=seed)
        for way in which.ways:
            yield walks.walk(which, colour, faults, items=items, page=25, way=way)


def streamed(size: Size) -> bool:
    """The CSV while each fault falls once, and long while 5 % of the streams are faulty."""
    window = max(1, size.rows // 500)
    outcomes = itertools.chain(
        (streams.read(one, streams.one_of_each(), rows=3_000, window=30) for one in COLOURS),
        (
            streams.read(one, streams.some_of_all(), rows=size.rows, window=window)
            for one in COLOURS
        ),
    )
    return _by_fault("streams", outcomes)


def written(_: Size) -> bool:
    """Every call that must not be repeated, under each fault; and crowds of them."""
    alone = itertools.starmap(writes.under_faults, itertools.product(writes.writes(), COLOURS))
    behind = itertools.starmap(writes.behind_token, itertools.product(writes.RENEWING, COLOURS))
    many = (crowds.crowd(*one, 500) for one in itertools.product(VENDORS, COLOURS))
    right = _by_fault("writes", itertools.chain(alone, behind))
    return _shown("many writes at once", many) and right


def timed(_: Size) -> bool:
    """Every slow server, for each deadline."""
    outcomes = itertools.chain.from_iterable(map(deadlines.measure_all, deadlines.DEADLINES))
    told = itertools.starmap(deadlines.stated, itertools.product(deadlines.STATED, COLOURS))
    right = _shown("deadlines", outcomes)
    return _shown("waits beyond the deadline", told) and right


def broken_off(_: Size) -> bool:
    """Cancelled and interrupted everywhere."""
    everywhere = itertools.product(COLOURS, interruption.CALLS, (False, True))
    outcomes = itertools.chain(
        (
            interruption.everywhere(*one, warm=warm, stride=STRIDES[one[0]])
            for *one, warm in everywhere
        ),
        map(interruption.while_slow, CASES),
        map(interruption.interrupted_walk, (10_000,), (2_000,)),
    )
    return _shown("broken off", outcomes)


def crowded(size: Size) -> bool:
    """64 threads and 512 tasks on one client of each vendor."""
    few = size.requests // 25  # so that all have a token before it ends
    jobs = [("voucherify", size.requests, 5), *((one, few, 1) for one in concurrency.OTHERS)]
    outcomes = (
        concurrency.ask_many(vendor, colour, count, expiries=expiries)
        for (vendor, count, expiries), colour in itertools.product(jobs, COLOURS)
    )
    return _shown("one client", outcomes)


PARTS: dict[str, Callable[[Size], bool]] = {
    "walks": walked,
    "streams": streamed,
    "writes": written,
    "deadlines": timed,
    "interruption": broken_off,
    "concurrency": crowded,
}


def _by_fault(title: str, outcomes: Iterable[Any]) -> bool:
    """Print what came of each run, and then of each fault; whether all is well."""
    shown, tallies = show(title, outcomes), Tallies()
    for one in shown:
        tallies.add(one.faults, one.errors, one.lost, one.doubled)
    tallies.show(f"{title}, by fault")
    return all(one.right for one in shown)


def _shown(title: str, outcomes: Iterable[Any]) -> bool:
    """Print what came of each run; whether all is well."""
    return all(one.right for one in show(title, outcomes))


def main() -> int:
    """Run the parts that are named; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
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
