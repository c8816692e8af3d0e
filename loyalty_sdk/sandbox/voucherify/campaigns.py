"""The synthetic campaigns of the sandbox's Voucherify project."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from ..synthetic import characters, dice
from .moments import millis_z

COUPONS = "DISCOUNT_COUPONS"
GIFTS = "GIFT_VOUCHERS"
LOYALTY = "LOYALTY_PROGRAM"
REFERRALS = "REFERRAL_PROGRAM"
PROMOTION = "PROMOTION"
CAMPAIGN_TYPES = (COUPONS, GIFTS, LOYALTY, REFERRALS, PROMOTION)
PER_TYPE = 5


@attrs.frozen(kw_only=True)
class Campaign:
    """One synthetic campaign."""

    id: str
    name: str
    campaign_type: str
    created_at: datetime

    def content(self) -> dict[str, object]:
        """The campaign as the vendor shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "description": None,
            "campaign_type": self.campaign_type,
            "type": "AUTO_UPDATE",
            "auto_join": False,
            "join_once": True,
            "use_voucher_metadata_schema": False,
            "validity_timeframe": None,
            "validity_day_of_week": None,
            "validity_hours": None,
            "activity_duration_after_publishing": None,
            "vouchers_count": 100,
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
