"""Asking all vendors at once, blocking: a thread each, all of them gone at the end."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from typing import Any, ClassVar, Generic, TypeVar

from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.errand import sent_out
from loyalty_sdk._core.hiding.frames import emptied
from loyalty_sdk._core.paging.crew import Crew, ThreadErrand
from loyalty_sdk._core.paging.pager import Pager
from loyalty_sdk.wallet.found import Batch, Found
from loyalty_sdk.wallet.models import Activity, Reward, VendorName
from loyalty_sdk.wallet.party import Party, Tally
from loyalty_sdk.wallet.questions import Quest
from loyalty_sdk.wallet.steps import Mapped, Rows, Steps

T = TypeVar("T", bound="Reward | Activity")


class Collecting:
    """Asks all, and collects what they give."""

    gives: ClassVar[str] = "Found[{}]"

    def __init__(self, party: Party) -> None:
        self.party = party

    def ask(self, quest: Quest[T]) -> Found[T]:
        """What all vendors give."""
        with gathering(quest, self.party, self.party.at_most, self.party.ends()) as batches:
            return quest.found(list(batches))


class Streaming:
    """Asks all, and hands out what they give as it comes."""

    gives: ClassVar[str] = "AbstractContextManager[Iterator[Batch[{}]]]"

    def __init__(self, party: Party) -> None:
        self.party = party

    def ask(self, quest: Quest[T]) -> AbstractContextManager[Iterator[Batch[T]]]:
        """What gives batches inside a `with`; on leaving it, nothing is asked any more."""
        return gathering(quest, self.party, None, None)


@contextmanager
def gathering(
    quest: Quest[T], party: Party, at_most: int | None, ends: float | None
) -> Generator[Iterator[Batch[T]]]:
    """Batches of all vendors, as they come.

    Args:
        quest: What is asked.
        party: Whom.
        at_most: How many rows of a vendor at the most; `None` for all.
        ends: When the time for all is over; `None`: each batch has its own.
    """
    with ExitStack() as stack:
        asked = [
            stack.enter_context(closing(_Asked(vendor, quest, party, at_most, ends)))
            for vendor in quest.steps
        ]
        crew = stack.enter_context(Crew(max(1, len(asked))))
        yield _arriving(crew, asked)


def _arriving(crew: Crew, asked: list[_Asked[T]]) -> Iterator[Batch[T]]:
    under_way = {crew.start(vendor.next): vendor for vendor in asked}
    while under_way:
        errand = crew.first(under_way)
        vendor = under_way.pop(errand)
        batch = vendor.brought(errand)
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
        view, self._errand = sent_out(party.clients[vendor], party.deadline)
        self._tally = Tally(vendor, quest, at_most)
        self._rows = _walked(quest.steps[vendor](view))
        self._party, self._ends = party, ends

    def next(self, recall: Recall) -> Mapped[T] | None:
        """The next rows; `None` when there are no more."""
        self._errand.recall = recall
        self._errand.ends = self._party.ends() if self._ends is None else self._ends
        return next(self._rows, None)

    def brought(self, errand: ThreadErrand[Mapped[T] | None]) -> Batch[T]:
        """What came of asking for the next rows."""
        try:
            return self._tally.came(errand.result())
        except Exception as error:
            problem = error
        emptied(problem)  # what its frames hold is let go
        return self._tally.failed(problem)

    def close(self) -> None:
        """Nothing more is asked for."""
        self._rows.close()


def _walked(steps: Steps[T]) -> Generator[Mapped[T]]:
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
                answer = step
            elif isinstance(step.found, Pager):
                try:
                    for page in step.found.pages():
                        yield step.of(page.items)
                except step.end:
                    yield Mapped((), may_be_cut=True)
            else:
                yield step.of(step.found)
