"""Who is asked, and what came of each so far: what both colours of gathering share."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import attrs

from loyalty_sdk.wallet.found import Batch
from loyalty_sdk.wallet.models import Activity, Reward, VendorName
from loyalty_sdk.wallet.questions import Quest
from loyalty_sdk.wallet.steps import Mapped

T = TypeVar("T", bound="Reward | Activity")


@attrs.frozen(kw_only=True, eq=False)
class Party:
    """Who may be asked, and how.

    Attributes:
        clients: The vendors' clients, all of one colour.
        cardlytics_place: Where Cardlytics' customers are served.
        deadline: Seconds that a whole question may take, or one batch where it is streamed.
        at_most: How many rows of a vendor are collected.
    """

    clients: Mapping[VendorName, Any]
    cardlytics_place: Mapping[str, Any]
    deadline: float | None
    at_most: int

    def ends(self) -> float | None:
        """When the time is over that begins now."""
        return None if self.deadline is None else time.monotonic() + self.deadline


class Tally(Generic[T]):
    """What came of one vendor so far, and whether there is to be more.

    Args:
        vendor: The vendor.
        quest: What is asked.
        room: How many rows are kept at the most; `None` for all.
    """

    def __init__(self, vendor: VendorName, quest: Quest[T], room: int | None) -> None:
        self._vendor: VendorName = vendor
        self._quest = quest
        self._room = room
        self._more = False

    def came(self, rows: Mapped[T] | None) -> Batch[T]:
        """What is wanted of some rows; `None` when there are no more."""
        if rows is None:
            return Batch(vendor=self._vendor, more=self._more, is_last=True)
        items = tuple(filter(self._quest.wanted, rows.items))
        kept = items[: self._room]
        if self._room is not None:
            self._room -= len(kept)
        is_full = len(kept) < len(items)
        self._more |= is_full or rows.may_be_cut
        return Batch(vendor=self._vendor, items=kept, more=is_full, is_last=is_full)

    def failed(self, error: Exception) -> Batch[T]:
        """No more rows come."""
        return Batch(vendor=self._vendor, error=error, more=self._more, is_last=True)
