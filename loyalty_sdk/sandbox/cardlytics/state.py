"""What the sandbox's Cardlytics holds: customers, their ads and their redemptions.

All data are synthetic: made here from the seed, and about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from threading import RLock
from typing import Any

import attrs

from ..members import Member, Members
from ..synthetic import Clock
from .ads import ACTIVATED, NEW, REDEEMED, SERVED, STATUSES, Ad, draft_ads
from .customers import Customer
from .redemptions import Redemption, draft_redemptions

HEAVY_REDEMPTIONS = 2_000
HEAVY_ADS = 150
NOBODY = "no-user-available"
"""Whom version 2 knows in place of somebody who is not logged in."""


class CardlyticsState:
    """Everything the server holds. Thread-safe; a customer's data are made when asked for."""

    def __init__(self, seed: int, members: Members, now: Clock) -> None:
        """Know the members; dates count back from the moment `now` gives."""
        self._seed = seed
        self._lock = RLock()
        self._now = now
        self._origin = now()
        self._customers = {one.source_customer_id: one for one in _customers(members)}
        self._ads: dict[str, tuple[Ad, ...]] = {}
        self._redemptions: dict[str, tuple[Redemption, ...]] = {}

    def knows(self, source_customer_id: str) -> bool:
        """Whether there is such a customer."""
        return source_customer_id in self._customers

    def customer(self, source_customer_id: str) -> Customer:
        """A customer.

        Raises:
            LookupError: There is no such customer.
        """
        return self._customers[source_customer_id]

    def change(self, source_customer_id: str, **changes: Any) -> None:
        """Change fields of a customer.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            changed = attrs.evolve(self._customers[source_customer_id], **changes)
            self._customers[source_customer_id] = changed

    def customer_ids(self) -> tuple[str, ...]:
        """The source customer ids of all customers."""
        return tuple(name for name in self._customers if name != NOBODY)

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

    def change_ad(self, source_customer_id: str, ad_id: int, **changes: Any) -> None:
        """Change fields of an ad of a customer; the others stay as they are.

        Raises:
            LookupError: There is no such customer.
        """
        with self._lock:
            self._ads[source_customer_id] = tuple(
                attrs.evolve(ad, **changes) if ad.ad_id == ad_id else ad
                for ad in self.ads(source_customer_id)
            )

    def serve(self, source_customer_id: str, ad: Ad) -> None:
        """An ad was shown: a new one is served then."""
        if ad.status == NEW:
            self.change_ad(source_customer_id, ad.ad_id, status=SERVED)

    def activate(self, source_customer_id: str, ad: Ad) -> None:
        """An ad was activated, unless it was before."""
        if ad.status in (NEW, SERVED):
            changes = {"status": ACTIVATED, "activated_at": self._now()}
            self.change_ad(source_customer_id, ad.ad_id, **changes)

    def shown_by(self, source_customer_id: str, impression_token: str) -> Ad | None:
        """The ad of a customer that an impression token stands for."""
        ads = self.ads(source_customer_id)
        return next((ad for ad in ads if ad.is_shown_by(impression_token)), None)

    def purchase(self, source_customer_id: str, ad_id: str | int, cents: int) -> Redemption:
        """The customer pays at the merchant of an activated ad, and the purchase is processed.

        Args:
            source_customer_id: The customer.
            ad_id: The ad.
            cents: What is paid.

        Returns:
            The redemption, the customer's newest.

        Raises:
            LookupError: There is no such customer, or no such ad that is activated.
        """
        with self._lock:
            customer = self._customers[source_customer_id]
            ads = self.ads(source_customer_id)
            known = {str(ad.ad_id): ad for ad in ads if ad.status == ACTIVATED}
            ad, before = known[str(ad_id)], self.redemptions(source_customer_id)
            number = 1 + max((one.redemption_id for one in before), default=900_000)
            made = Redemption(
                redemption_id=number,
                ad_id=ad.ad_id,
                account_id=customer.account_ids[0],
                paid_account_id=customer.account_ids[customer.primary],
                transaction_id=number,
                cents=ad.reward_of(cents),
                purchase_cents=cents,
                redeemed_at=self._now().replace(microsecond=0),
                settled_at=None,
            )
            self.put(source_customer_id, (made, *before))
            self.change_ad(source_customer_id, ad.ad_id, status=REDEEMED)
            return made


def _moment(redemption: Redemption) -> datetime:
    return redemption.redeemed_at


def _customers(members: Members) -> Iterable[Customer]:
    yield _customer(members.everyday, ads=len(STATUSES), redemptions=12)
    yield _customer(members.heavy, ads=HEAVY_ADS, redemptions=HEAVY_REDEMPTIONS)
    empty = _customer(members.empty, ads=0, redemptions=0)
    yield attrs.evolve(empty, has_accounts=False)
    yield _customer(members.awkward, ads=2, redemptions=3)
    yield Customer(number=99, source_customer_id=NOBODY, ads=3, redemptions=0, has_accounts=False)


def _customer(member: Member, *, ads: int, redemptions: int) -> Customer:
    return Customer(
        number=member.number,
        source_customer_id=member.cardlytics_source_customer_id,
        ads=ads,
        redemptions=redemptions,
    )
