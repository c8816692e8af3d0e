"""The synthetic campaigns of the sandbox's Voucherify project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..synthetic import LETTERS_AND_DIGITS, characters, dice
from .moments import millis_z

COUPONS = "DISCOUNT_COUPONS"
GIFTS = "GIFT_VOUCHERS"
LOYALTY = "LOYALTY_PROGRAM"
REFERRALS = "REFERRAL_PROGRAM"
PROMOTION = "PROMOTION"
CAMPAIGN_TYPES = (COUPONS, GIFTS, LOYALTY, REFERRALS, PROMOTION)
PER_TYPE = 5
_CODES = {"length": 8, "charset": LETTERS_AND_DIGITS, "prefix": None, "postfix": None}
_TENTH = {"type": "PERCENT", "percent_off": 10, "effect": "APPLY_TO_ORDER"}
_ONCE = {"redemption": {"quantity": 1}, "code_config": _CODES}
VOUCHERS: Mapping[str, Mapping[str, Any] | None] = {
    COUPONS: {"type": "DISCOUNT_VOUCHER", "discount": _TENTH, **_ONCE, "is_referral_code": False},
    GIFTS: {
        "type": "GIFT_VOUCHER",
        "gift": {"amount": 5000, "balance": 5000, "effect": "APPLY_TO_ORDER"},
        "redemption": {"quantity": None},
        "code_config": _CODES,
    },
    LOYALTY: {
        "type": "LOYALTY_CARD",
        "loyalty_card": {"points": 0},
        "redemption": {"quantity": None},
        "code_config": _CODES,
    },
    REFERRALS: {"type": "DISCOUNT_VOUCHER", "discount": _TENTH, **_ONCE, "is_referral_code": True},
    PROMOTION: None,
}
"""What the vouchers of a campaign are like, by its type."""


@attrs.define(kw_only=True)
class Campaign:
    """One synthetic campaign; it gets more vouchers as they are asked for."""

    id: str
    name: str
    campaign_type: str
    created_at: datetime
    vouchers_count: int = 100

    @property
    def voucher(self) -> Mapping[str, Any] | None:
        """What its vouchers are like."""
        return VOUCHERS[self.campaign_type]

    def content(self) -> dict[str, object]:
        """The campaign as the vendor shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "description": None,
            "campaign_type": self.campaign_type,
            "type": "AUTO_UPDATE",
            "voucher": self.voucher,
            "auto_join": False,
            "join_once": True,
            "use_voucher_metadata_schema": False,
            "validity_timeframe": None,
            "validity_day_of_week": None,
            "validity_hours": None,
            "activity_duration_after_publishing": None,
            "vouchers_count": self.vouchers_count,
            "start_date": None,
            "expiration_date": None,
            "active": True,
            "metadata": {"synthetic": True},
            "created_at": millis_z(self.created_at),
            "updated_at": None,
            "category": None,
            "category_id": None,
            "categories": [],
            "creation_status": "DONE",
            "vouchers_generation_status": "DONE",
            "protected": False,
            "object": "campaign",
        }


def campaigns(seed: int, now: datetime) -> tuple[Campaign, ...]:
    """All campaigns, newest first."""
    made: list[Campaign] = []
    for number in range(PER_TYPE * len(CAMPAIGN_TYPES)):
        source = dice(seed, "voucherify-campaign", number)
        kind = CAMPAIGN_TYPES[number % len(CAMPAIGN_TYPES)]
        made.append(
            Campaign(
                id="camp_" + characters(source, 24),
                name=f"Sandbox {kind.replace('_', ' ').lower()} {number}",
                campaign_type=kind,
                created_at=now - timedelta(days=30 + number, minutes=source.randrange(1440)),
            )
        )
    return tuple(made)
