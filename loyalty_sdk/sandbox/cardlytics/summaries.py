"""What was earned, by spans of time; the same in both versions but for some names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from .redemptions import Redemption
from .view import Json, in_zone


def spans(redemptions: Iterable[Redemption], now: datetime, zone: tzinfo) -> dict[str, Json]:
    """Summaries of a customer's own redemptions, by span."""
    mine = [one for one in redemptions if one.is_mine]
    today = in_zone(now, zone)
    month = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year = month.replace(month=1)
    before = (month - timedelta(days=1)).replace(day=1)
    bounds = {
        "allTime": (datetime.min, datetime.max),
        "yearToDate": (year, datetime.max),
        "previousYear": (year.replace(year=year.year - 1), year),
        "previousMonth": (before, month),
        "rollingTwelveMonths": (today - timedelta(days=365), datetime.max),
        "currentMonth": (month, datetime.max),
    }
    found = {
        name: _summary(one for one in mine if first <= in_zone(one.redeemed_at, zone) < last)
        for name, (first, last) in bounds.items()
    }
    waiting = _summary(one for one in mine if one.settled_at is None)
    known = ("redemptionCount", "totalRedeemingTransactionAmount")
    return {**found, "pending": {name: waiting[name] for name in known}}


def _summary(redemptions: Iterable[Redemption]) -> Json:
    several = list(redemptions)
    return {
        "redemptionCount": len(several),
        "redeemedOfferCount": len({one.ad_id for one in several}),
        "totalRedeemingTransactionAmount": sum(one.purchase_cents for one in several) / 100,
        "totalRewardAmount": sum(one.cents for one in several) / 100,
    }
