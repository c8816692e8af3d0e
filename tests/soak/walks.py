"""Long lists, walked while answers fail: every item once, or an error with the cursor to go on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
from conftest import Colour

from loyalty_sdk import LoyaltyError
from loyalty_sdk.es_loyalty import SessionNotFound
from loyalty_sdk.sandbox import FaultPlan, Sandbox

from .lists import List, start_session
from .setting import SHAPE, client_for, each, in_colour, kinds_on, last_fault

RATE = 0.05
APART = 3
_MOST_ERRORS = 2_000

_LEADING_BACK = frozenset({"cursor_repeats", "cursor_cycle_2", "cursor_cycle_3"})
"""Right behind an error they cannot be told: the second call knows of no earlier cursor."""

_MOVING = frozenset({"items_inserted", "items_removed"})
"""Under these a walk by counting promises nothing."""


@attrs.frozen(kw_only=True)
class Walked:
    """How a walk went.

    Attributes:
        list: The list.
        colour: The colour of the client.
        way: How pages were asked for.
        items: How many items were there all the time.
        requests: How many requests the vendor received.
        faults: How many faults of each kind were brought about.
        errors: How often the walk ended with an error and went on from its cursor, by the kind of
            the last fault.
        lost: How many items never came.
        doubled: How many came more than once.
        strange: How many came that were never there.
        seconds: How long it took.
    """

    list: List
    colour: str
    way: str
    items: int
    requests: int
    faults: Counter[str]
    errors: Counter[str]
    lost: int
    doubled: int
    strange: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether every item came, and came once."""
        return not (self.lost or self.doubled or self.strange)


def one_of_each(which: List) -> tuple[FaultPlan, ...]:
    """Every fault that a walk can be asked to survive falls once, some requests apart."""
    return tuple(
        FaultPlan(kind, at=APART * number, operation=which.received, **SHAPE)
        for number, kind in enumerate(kinds_on(which.received, but=_lawless(which)), 1)
    )


def some_of_all(
    which: List, rate: float = RATE, but: frozenset[str] = frozenset(), seed: int = 1
) -> tuple[FaultPlan, ...]:
    """Any of them falls on a share of the requests."""
    kinds = kinds_on(which.received, but=but | _LEADING_BACK | _lawless(which))
    return (FaultPlan(*kinds, seed=seed, rate=rate, operation=which.received, **SHAPE),)


def _lawless(which: List) -> frozenset[str]:
    return _MOVING if which.about == "fast" else frozenset()


def walk(
    which: List,
    colour: str,
    faults: Sequence[FaultPlan],
    *,
    items: int,
    page: int | None = None,
    way: str = "serial",
) -> Walked:
    """Walk a list to its end, going on from the cursor after each error.

    Args:
        which: The list.
        colour: The colour of the client.
        faults: What goes wrong.
        items: How many items there are at the beginning, as far as the vendor serves so many.
        page: How many items a page has; as many as suit a long walk unless given.
        way: How pages are asked for: `serial` or one of the list's; serially after an error.
    """
    with Sandbox() as sandbox, in_colour(colour) as made:
        which.fill(sandbox, which.at_most(items, page))
        before = set(which.there(sandbox))
        if which.vendor == "es_loyalty":
            start_session(sandbox)
        sandbox.faults = faults
        began = time.monotonic()
        going = _Going(which, sandbox, made)
        going.walk(which.pager(client_for(which.vendor, sandbox, made), sandbox, page), way)
        seconds = time.monotonic() - began
        lasting, seen = before & set(which.there(sandbox)), Counter(going.came)
        joined = {one for fault in sandbox.injected for one in fault.items}
        return Walked(
            list=which,
            colour=colour,
            way=way,
            items=len(lasting),
            requests=sandbox.count(which.received, processed=None),
            faults=Counter(fault.kind for fault in sandbox.injected),
            errors=going.errors,
            lost=len(lasting - set(seen)),
            doubled=seen.total() - len(seen),
            strange=len(set(seen) - before - joined),
            seconds=seconds,
        )


class _Going:
    """On the way through a list."""

    def __init__(self, which: List, sandbox: Sandbox, colour: Colour) -> None:
        self.came: list[str] = []
        self.errors: Counter[str] = Counter()
        self._which = which
        self._sandbox = sandbox
        self._colour = colour
        self._cursor: str | None = None

    def walk(self, pager: Any, way: str) -> None:
        """Item by item, ahead of the reader, up to the first error; page by page then."""
        over = way != "serial" and self._goes(lambda: self._ahead(pager, way))
        while not over:
            over = self._goes(lambda: each(self._colour, pager.pages(self._cursor), self._page))

    def _ahead(self, pager: Any, way: str) -> None:
        opened = pager.read_ahead() if way == "read ahead" else pager.concurrent(4)
        with self._colour.entered(opened) as ahead:
            each(self._colour, ahead, self._item)

    def _goes(self, work: Any) -> bool:
        try:
            work()
        except LoyaltyError as error:
            self.errors[last_fault(self._sandbox)] += 1
            self._cursor = error.cursor
            if isinstance(error, SessionNotFound):
                start_session(self._sandbox)
            if self.errors.total() > _MOST_ERRORS:
                raise
            return False
        return True

    def _page(self, page: Any) -> None:
        self.came += map(self._which.identify, page.items)

    def _item(self, item: Any) -> None:
        self.came.append(self._which.identify(item))
