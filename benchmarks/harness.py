"""Contenders measured side by side: interleaved in rounds, medians, ratios inside a round.

A row is a question, such as how long one small call takes, and its contenders: the SDK, the
physical limit, and what a user would pick instead. In a round they take turns, in an order that is
shuffled for every turn, until each has had its share of time. A round's figure is the lower
quartile of what was measured in it: other work of the machine disturbs some of the calls, and is
nobody's fault. A ratio is taken inside each round, where whatever slowed one contender slowed the
other; the median of the rounds is what is compared with the target.
"""

from __future__ import annotations

import gc
import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from benchmarks.setting import Measure, Setting

Unit: TypeAlias = Literal["µs", "ms", "kB", "MiB"]

UNITS: Mapping[Unit, float] = {"µs": 1e-6, "ms": 1e-3, "kB": 1e3, "MiB": 2.0**20}
OURS = "loyalty_sdk"
SHARE = 0.1


@attrs.frozen
class Contender:
    """One way to do the job of a row.

    Attributes:
        name: What it is called in the table.
        prepare: Sets it up, and gives what measures it: in seconds, or in bytes.
        needs: The modules that must be installed for it.
    """

    name: str
    prepare: Callable[[Setting], Measure]
    needs: tuple[str, ...] = ()

    def is_installed(self) -> bool:
        """Whether everything that it needs can be imported."""
        return all(importlib.util.find_spec(module) is not None for module in self.needs)


@attrs.frozen(kw_only=True)
class Target:
    """What one contender of ours must reach, measured by another contender of the same round.

    Attributes:
        at_most: How many times the other's figure it may be; or, as a `difference`, how much more
            in the row's unit.
        of: The other contender.
        ours: Which contender of ours is meant.
        hoped: What to look for after that.
        difference: Whether the figures are subtracted instead of divided.
    """

    at_most: float
    of: str
    ours: str = OURS
    hoped: float | None = None
    difference: bool = False


@attrs.frozen(kw_only=True)
class Row:
    """A question, its contenders, and what ours must reach.

    Attributes:
        name: What to call it on the command line.
        what: What is measured, in words.
        unit: How figures are shown.
        base: The contender that ratios in the table are to: the limit, where there is one to
            reach, or what there is without the SDK.
        contenders: Everybody, in the order of the table.
        targets: What must be reached.
        most_rounds: How many rounds are enough, where the figures hardly vary, as memory's do.
    """

    name: str
    what: str
    unit: Unit
    base: str
    contenders: tuple[Contender, ...]
    targets: tuple[Target, ...] = ()
    most_rounds: int | None = None


@attrs.frozen
class Figures:
    """What was measured of one row.

    Attributes:
        row: The row.
        rounds: Of each round the figure of every contender that is installed.
    """

    row: Row
    rounds: Sequence[Mapping[str, float]]

    def has(self, name: str) -> bool:
        """Whether a contender was measured."""
        return all(name in figures for figures in self.rounds)

    def median(self, name: str) -> float:
        """A contender's figure, in the row's unit."""
        return statistics.median(one[name] for one in self.rounds) / UNITS[self.row.unit]

    def relative(self, name: str) -> float | None:
        """How many times the base's figure a contender's is; `None` where one is not installed."""
        base = self.row.base
        return self.ratio(name, base) if self.has(name) and self.has(base) else None

    def ratio(self, name: str, of: str) -> float:
        """How many times another's figure a contender's is."""
        return statistics.median(one[name] / one[of] for one in self.rounds)

    def difference(self, name: str, of: str) -> float:
        """How much more a contender's figure is than another's, in the row's unit."""
        apart = statistics.median(one[name] - one[of] for one in self.rounds)
        return apart / UNITS[self.row.unit]

    def measured(self, target: Target) -> float | None:
        """What a target's contender came to; `None` where one of the two is not installed."""
        if not (self.has(target.ours) and self.has(target.of)):
            return None
        compare = self.difference if target.difference else self.ratio
        return compare(target.ours, target.of)

    def missed(self) -> list[Target]:
        """The targets that were not reached."""
        return [target for target in self.row.targets if not self.is_reached(target)]

    def is_reached(self, target: Target) -> bool:
        """Whether a target was reached; also where there is nothing to compare with."""
        measured = self.measured(target)
        return measured is None or measured <= target.at_most


def run(row: Row, setting: Setting, rounds: int, shuffling: random.Random) -> Figures:
    """Measure a row.

    Args:
        row: The row.
        setting: What its contenders are set up in.
        rounds: How often each is measured.
        shuffling: Shuffles the contenders of each round.
    """
    ready = {one.name: one.prepare(setting) for one in row.contenders if one.is_installed()}
    for measure in () if setting.quick else ready.values():
        measure()  # caches fill and connections open
    gc.collect()
    share = 0.0 if setting.quick else SHARE
    gc.freeze()  # or one contender's classes would slow another's collections
    try:
        count = min(rounds, row.most_rounds or rounds)
        return Figures(row, [_round(ready, shuffling, share) for _ in range(count)])
    finally:
        gc.unfreeze()


def _round(
    ready: Mapping[str, Measure], shuffling: random.Random, share: float
) -> Mapping[str, float]:
    """The figures of one round; a contender that is slow has one turn in it."""
    found: dict[str, list[float]] = {name: [] for name in ready}
    ends = time.perf_counter() + share * len(ready)
    order = list(ready)
    while True:
        shuffling.shuffle(order)
        for name in order:
            figures = ready[name]()
            found[name] += figures if isinstance(figures, list) else [figures]
        if time.perf_counter() >= ends:
            return {name: lower_quartile(figures) for name, figures in found.items()}


def lower_quartile(figures: Sequence[float]) -> float:
    """The figure that a quarter of the others stays below."""
    return sorted(figures)[len(figures) // 4]


def chosen(rows: Iterable[Row], names: Sequence[str]) -> list[Row]:
    """The rows with these names, or all.

    Raises:
        LookupError: There is no row with one of the names.
    """
    known = {row.name: row for row in rows}
    for name in names:
        if name not in known:
            raise LookupError(f"there is no row {name!r}; there are {', '.join(known)}")
    return [known[name] for name in names] if names else list(known.values())
