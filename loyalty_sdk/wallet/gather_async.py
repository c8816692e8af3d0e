"""Asking all vendors at once, async: a task each, all of them gone at the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    aclosing,
    asynccontextmanager,
    closing,
)
from typing import Any, ClassVar, Generic, TypeVar

from loyalty_sdk._core.errand import sent_out_async
from loyalty_sdk._core.hiding.frames import emptied
from loyalty_sdk._core.paging.crew_async import AsyncCrew, TaskErrand
from loyalty_sdk._core.paging.pager import AsyncPager
from loyalty_sdk.wallet.found import Batch, Found
from loyalty_sdk.wallet.models import Activity, Reward, VendorName
from loyalty_sdk.wallet.party import Party, Tally
from loyalty_sdk.wallet.questions import Quest
from loyalty_sdk.wallet.steps import Mapped, Rows, Steps

T = TypeVar("T", bound="Reward | Activity")


class AsyncCollecting:
    """Asks all, and collects what they give."""

    gives: ClassVar[str] = "Found[{}]"

    def __init__(self, party: Party) -> None:
        self.party = party

    async def ask(self, quest: Quest[T]) -> Found[T]:
        """What all vendors give."""
        async with gathering(quest, self.party, self.party.at_most, self.party.ends()) as batches:
            return quest.found([batch async for batch in batches])


class AsyncStreaming:
    """Asks all, and hands out what they give as it comes."""

    gives: ClassVar[str] = "AbstractAsyncContextManager[AsyncIterator[Batch[{}]]]"

    def __init__(self, party: Party) -> None:
        self.party = party

    def ask(self, quest: Quest[T]) -> AbstractAsyncContextManager[AsyncIterator[Batch[T]]]:
        """What gives batches inside an `async with`; on leaving it, nothing is asked any more."""
        return gathering(quest, self.party, None, None)


@asynccontextmanager
async def gathering(
    quest: Quest[T], party: Party, at_most: int | None, ends: float | None
) -> AsyncGenerator[AsyncIterator[Batch[T]]]:
    """Batches of all vendors, as they come.

    Args:
        quest: What is asked.
        party: Whom.
        at_most: How many rows of a vendor at the most; `None` for all.
        ends: When the time for all is over; `None`: each batch has its own.
    """
    async with AsyncExitStack() as stack:
        asked = [
            await stack.enter_async_context(aclosing(_Asked(vendor, quest, party, at_most, ends)))
            for vendor in quest.steps
        ]
        crew = await stack.enter_async_context(AsyncCrew(max(1, len(asked))))
        yield _arriving(crew, asked)


async def _arriving(crew: AsyncCrew, asked: list[_Asked[T]]) -> AsyncIterator[Batch[T]]:
    under_way = {crew.start(vendor.next): vendor for vendor in asked}
    while under_way:
        errand = await crew.first(under_way)
        vendor = under_way.pop(errand)
        batch = await vendor.brought(errand)
        if not batch.is_last:
            under_way[crew.start(vendor.next)] = vendor
        yield batch


class _Asked(Generic[T]):
    """One vendor while it is asked, one answer at a time."""

    def __init__(
        self,
        vendor: VendorName,
        quest: Quest[T],
        party: Party,
        at_most: int | None,
        ends: float | None,
    ) -> None:
        view, self._errand = sent_out_async(party.clients[vendor], party.deadline)
        self._tally = Tally(vendor, quest, at_most)
        self._rows = _walked(quest.steps[vendor](view))
        self._party, self._ends = party, ends

    async def next(self) -> Mapped[T] | None:
        """The next rows; `None` when there are no more."""
        self._errand.ends = self._party.ends() if self._ends is None else self._ends
        return await anext(self._rows, None)

    async def brought(self, errand: TaskErrand[Mapped[T] | None]) -> Batch[T]:
        """What came of asking for the next rows."""
        try:
            return self._tally.came(await errand.result())
        except Exception as error:
            problem = error
        emptied(problem)  # what its frames hold is let go
        return self._tally.failed(problem)

    async def aclose(self) -> None:
        """Nothing more is asked for."""
        await self._rows.aclose()


async def _walked(steps: Steps[T]) -> AsyncGenerator[Mapped[T]]:
    """The rows that a vendor's steps hand out, page after page."""
    answer: Any = None
    with closing(steps):
        while True:
            try:
                step = steps.send(answer)
            except StopIteration:
                return
            answer = None
            if not isinstance(step, Rows):
                answer = await step
            elif isinstance(step.found, AsyncPager):
                try:
                    async with aclosing(step.found._pages()) as pages:
                        async for page in pages:
                            yield step.of(page.items)
                except step.end:
                    yield Mapped((), may_be_cut=True)
            else:
                yield step.of(step.found)
