"""Synthetic redemptions, of ads that the answer has and of ads that it has not.

https://docs.cardlytics.com/ads/v1/types/redemption.html
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Literal

import attrs

from ..synthetic import dice
from .ads import Ad
from .view import Json, View, in_zone

SETTLED_AFTER = timedelta(hours=11)
MISSING_AD_ID = 2_784_221

Shape = Literal["usual", "missing ad", "unsettled", "somebody else's", "other account", "forced"]
SHAPES: tuple[Shape, ...] = (
    "usual",
    "missing ad",
    "unsettled",
    "somebody else's",
    "other account",
    "forced",
)


@attrs.frozen(kw_only=True)
class Redemption:
    """One synthetic redemption.

    Attributes:
        redemption_id: Its id.
        ad_id: The ad that was redeemed.
        account_id: The account of the purchase.
        paid_account_id: The account that is paid.
        transaction_id: The bank's id of the purchase.
        cents: What was earned, in cents.
        purchase_cents: What was paid, in cents.
        redeemed_at: When it was processed.
        settled_at: When it was settled, if it was.
        is_mine: Whether it is the customer's own.
    """

    redemption_id: int
    ad_id: int
    account_id: int
    paid_account_id: int
    transaction_id: int
    cents: int
    purchase_cents: int
    redeemed_at: datetime
    settled_at: datetime | None
    is_mine: bool = True

    def redeemed_at_in(self, zone: tzinfo) -> datetime:
        """When it was processed, as clocks of a zone show it."""
        return in_zone(self.redeemed_at, zone)

    def content(self, view: View) -> Json:
        """The redemption as the vendor shows it."""
        settled = None if self.settled_at is None else view.naive(self.settled_at)
        by_type = view.form == "types"
        return {
            "redemptionId": str(self.redemption_id) if by_type else self.redemption_id,
            "accountId": self.account_id,
            "adId": self.ad_id,
            "amount": self.cents / 100,
            "redemptionDate" if by_type else "date": view.naive(self.redeemed_at),
            "isMyReward": self.is_mine,
            "paidAccountId": self.paid_account_id,
            "redeemingTransactionAmount": self.purchase_cents / 100,
            "transactionId": str(self.transaction_id) if by_type else self.transaction_id,
            "rewardSettlementRunDate": settled,
        }


def draft_redemptions(
    seed: int, customer: int, count: int, ads: tuple[Ad, ...], origin: datetime
) -> tuple[Redemption, ...]:
    """So many redemptions of a customer, the newest first; the first few have all shapes."""
    return tuple(_redemption(seed, customer, number, ads, origin) for number in range(count))


def _redemption(
    seed: int, customer: int, number: int, ads: tuple[Ad, ...], origin: datetime
) -> Redemption:
    source = dice(seed, "cardlytics-redemption", customer, number)
    shape = SHAPES[number % len(SHAPES)]
    account = 25_895_000_000 + customer
    redeemed_at = (origin - timedelta(days=2 + 5 * number, minutes=37)).replace(microsecond=0)
    purchase = source.randrange(500, 20_000)
    return Redemption(
        redemption_id=900_000 + customer * 10_000 + number,
        ad_id=MISSING_AD_ID if shape == "missing ad" or not ads else ads[number % len(ads)].ad_id,
        account_id=account,
        paid_account_id=388_836_454 if shape == "other account" else account,
        transaction_id=0 if shape == "forced" else 920_000_000 + customer * 10_000 + number,
        cents=max(1, purchase // 10),
        purchase_cents=purchase,
        redeemed_at=redeemed_at,
        settled_at=None if shape == "unsettled" else redeemed_at + SETTLED_AFTER,
        is_mine=shape != "somebody else's",
    )
