"""Wherever and however a walk ends, its cursor is true."""

from __future__ import annotations

import asyncio
import itertools

from conftest import Colour
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_sdk import AsyncPager, Pager
from loyalty_sdk._core.calls import Answer, Call, Listing, Page
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk._core.paging.crew_async import AsyncCrew
from loyalty_sdk.errors import LoyaltyError, ServerError

from ..ways import WAYS, walking


class Chain:
    """A list at rest whose server keeps its own mind about page sizes, totals and failures."""

    def __init__(self, count, sizes, total, failing):
        self.count, self.sizes, self.total, self.failing = count, sizes, total, failing
        self.asked = 0

    def listing(self):
        def page(cursor):
            offset = int(cursor or 0)
            return Call(method="GET", path=(), read=lambda response: self.page(offset))

        def following(page):
            end, most = int(page.cursor), 10**6 if page.total is None else page.total
            return map(str, range(end + len(page.items), most, len(page.items)))

        return Listing(
            page=page,
            after=lambda cursor, items: str(int(cursor or 0) + len(items)),
            following=following,
        )

    def page(self, offset):
        self.asked += 1
        if self.asked in self.failing:
            raise ServerError("broken", status=500)
        items = range(offset, min(offset + self.sizes[offset % len(self.sizes)], self.count))
        end = offset + len(items)
        total = {"honest": self.count, "none": None, "low": 0, "high": self.count + 50}[self.total]
        return Page(items=tuple(items), total=total, cursor=str(end) if items else None)

    def ask(self, call, operation, **_):
        return Answer(call.read(None), None)

    async def ask_async(self, call, operation):
        await asyncio.sleep(0)
        return Answer(call.read(None), None)

    def pager(self, colour):
        if colour.is_async:
            return AsyncPager(self.ask_async, self.listing(), "chain", AsyncCrew)
        return Pager(self.ask, self.listing(), "chain", Crew)


def parts(colour, pager, way, cursor, most):
    """What a walk brings from a cursor, about *most* items, where to go on, and if it is over."""
    came = []
    with walking(colour, pager, way) as walk:
        try:
            if cursor is None:
                step = colour.steps(walk)
                while len(came) < most:
                    came.append(step())
                return came, walk.cursor, walk.cursor is None
            step = colour.steps(walk.pages(cursor))
            while len(came) < most:
                came += step().items
            return came, walk.cursor, walk.cursor is None
        except (StopIteration, StopAsyncIteration):
            return came, None, True
        except LoyaltyError as error:
            return came, walk.cursor if came else error.cursor, False


@settings(max_examples=150)
@given(
    count=st.integers(0, 40),
    sizes=st.lists(st.integers(1, 7), min_size=1, max_size=3),
    total=st.sampled_from(["honest", "none", "low", "high"]),
    failing=st.sets(st.integers(1, 30), max_size=6),
    plan=st.lists(st.tuples(st.sampled_from(WAYS), st.integers(1, 15)), min_size=1, max_size=4),
)
def test_wherever_a_walk_ends_the_cursor_goes_on(count, sizes, total, failing, plan):
    """Left, failed and resumed in any of the ways, a list comes whole, and nothing twice."""
    for name in ("blocking", "async"):
        colour = Colour(name)
        chain = Chain(count, sizes, total, failing)
        came, cursor, over = [], None, False
        ways = itertools.cycle(plan)
        while not over:
            way, most = next(ways)
            new, cursor, over = parts(colour, chain.pager(colour), way, cursor, most)
            came += new
        colour.end()
        assert came == list(range(count))
