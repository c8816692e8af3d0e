"""How a vendor's object becomes a row of the wallet: a table, each line with where it is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

import attrs

from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import MissingField
from loyalty_sdk.wallet.models import (
    UNKNOWN,
    Activity,
    ActivityKind,
    Reward,
    RewardStatus,
    VendorName,
    Worth,
)

S = TypeVar("S", bound=Model)
V = TypeVar("V")


@attrs.frozen
class From(Generic[S, V]):
    """A line of a table.

    Attributes:
        said: Where the vendor says it, or that it does not.
        read: Reads it; `None` where the vendor does not say it.
    """

    said: str
    read: Callable[[S], V | None] | None = None

    def of(self, source: S) -> V | None:
        """What the vendor says; `None` also where it left out what it promises."""
        if self.read is None:
            return None
        try:
            return self.read(source)
        except MissingField:
            return None


@attrs.frozen(kw_only=True)
class RewardTable(Generic[S]):
    """How an object of a vendor is a `Reward`; for the lines see there.

    Attributes:
        page: The vendor's page about the object.
    """

    vendor: VendorName
    page: str
    id: From[S, str]
    code: From[S, str]
    title: From[S, str]
    vendor_status: From[S, str]
    status: From[S, RewardStatus]
    worth: From[S, Worth]
    issued: From[S, datetime]
    starts: From[S, datetime]
    expires: From[S, datetime]
    redeemed: From[S, datetime]
    terms: From[S, str]

    def reward(self, source: S) -> Reward:
        """The object as a reward."""
        return Reward(
            vendor=self.vendor,
            id=self.id.of(source),
            code=self.code.of(source),
            title=self.title.of(source),
            status=self.status.of(source) or "unknown",
            vendor_status=self.vendor_status.of(source),
            worth=self.worth.of(source) or UNKNOWN,
            issued=_instant(self.issued.of(source)),
            starts=_instant(self.starts.of(source)),
            expires=_instant(self.expires.of(source)),
            redeemed=_instant(self.redeemed.of(source)),
            terms=self.terms.of(source),
            source=source,
        )


@attrs.frozen(kw_only=True)
class ActivityTable(Generic[S]):
    """How an object of a vendor is an `Activity`; for the lines see there.

    Attributes:
        page: The vendor's page about the object.
    """

    vendor: VendorName
    page: str
    id: From[S, str]
    vendor_kind: From[S, str]
    kind: From[S, ActivityKind]
    when: From[S, datetime]
    worth: From[S, Worth]
    balance: From[S, Worth]
    reward_id: From[S, str]
    reward: From[S, Reward]

    def activity(self, source: S) -> Activity:
        """The object as an activity."""
        return Activity(
            vendor=self.vendor,
            id=self.id.of(source),
            kind=self.kind.of(source) or "unknown",
            vendor_kind=self.vendor_kind.of(source),
            when=_instant(self.when.of(source)),
            worth=self.worth.of(source) or UNKNOWN,
            balance=self.balance.of(source) or UNKNOWN,
            reward_id=self.reward_id.of(source),
            reward=self.reward.of(source),
            source=source,
        )


def lines(table: RewardTable[Any] | ActivityTable[Any]) -> Mapping[str, str]:
    """What a table says about each field, for documents and those who check them."""
    found = attrs.asdict(table, recurse=False)
    return {name: line.said for name, line in found.items() if isinstance(line, From)}


def _instant(moment: datetime | None) -> datetime | None:
    """A moment with a time zone; without one nobody knows when it was."""
    return None if moment is None or moment.utcoffset() is None else moment
