"""What the sandbox's Cardlytics holds: customers, their ads and their redemptions.

All data are synthetic: made here from the seed, and about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from threading import RLock

import attrs

from ..members import Member, Members
from ..synthetic import Clock
from .ads import STATUSES, Ad, draft_ads
from .redemptions import Redemption, draft_redemptions

HEAVY_REDEMPTIONS = 2_000
HEAVY_ADS = 150


@attrs.frozen(kw_only=True)
class Customer:
    """One synthetic customer.

    Attributes:
        number: What the data are derived from.
        source_customer_id: The bank's id of the customer.
        ads: How many ads the customer begins with.
        redemptions: How many redemptions the customer begins with.
    """

    number: int
    source_customer_id: str
    ads: int
    redemptions: int


class CardlyticsState:
    """Everything the server holds. Thread-safe; a customer's data are made when asked for."""

    def __init__(self, seed: int, members: Members, now: Clock) -> None:
        """Know the members; dates count back from the moment `now` gives."""
        self._seed = seed
        self._lock = RLock()
        self._origin = now()
        self._customers = {one.source_customer_id: one for one in _customers(members)}
        self._ads: dict[str, tuple[Ad, ...]] = {}
        self._redemptions: dict[str, tuple[Redemption, ...]] = {}

    def knows(self, source_customer_id: str) -> bool:
        """Whether there is such a customer."""
        return source_customer_id in self._customers

    def customer_ids(self) -> tuple[str, ...]:
        """The source customer ids of all customers."""
        return tuple(self._customers)

    def ads(self, source_customer_id: str) -> tuple[Ad, ...]:
        """A customer's ads.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            customer = self._customers[source_customer_id]
            if source_customer_id not in self._ads:
                self._ads[source_customer_id] = draft_ads(
                    self._seed, customer.number, customer.ads, self._origin
                )
            return self._ads[source_customer_id]

    def redemptions(self, source_customer_id: str) -> tuple[Redemption, ...]:
        """A customer's redemptions, the newest first.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            customer = self._customers[source_customer_id]
            if source_customer_id not in self._redemptions:
                self._redemptions[source_customer_id] = draft_redemptions(
                    self._seed,
                    customer.number,
                    customer.redemptions,
                    self.ads(source_customer_id),
                    self._origin,
                )
            return self._redemptions[source_customer_id]

    def put(self, source_customer_id: str, redemptions: Iterable[Redemption]) -> None:
        """Replace a customer's redemptions.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            self._customers[source_customer_id]
            self._redemptions[source_customer_id] = tuple(
                sorted(redemptions, key=_moment, reverse=True)
            )

    def put_ads(self, source_customer_id: str, ads: Iterable[Ad]) -> None:
        """Replace a customer's ads.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            self._customers[source_customer_id]
            self._ads[source_customer_id] = tuple(ads)


def _moment(redemption: Redemption) -> datetime:
    return redemption.redeemed_at


def _customers(members: Members) -> Iterable[Customer]:
    yield _customer(members.everyday, ads=len(STATUSES), redemptions=12)
    yield _customer(members.heavy, ads=HEAVY_ADS, redemptions=HEAVY_REDEMPTIONS)
    yield _customer(members.empty, ads=0, redemptions=0)
    yield _customer(members.awkward, ads=2, redemptions=3)


def _customer(member: Member, *, ads: int, redemptions: int) -> Customer:
    return Customer(
        number=member.number,
        source_customer_id=member.cardlytics_source_customer_id,
        ads=ads,
        redemptions=redemptions,
    )
