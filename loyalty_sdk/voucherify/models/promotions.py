"""Promotions: discounts that need no code.

https://docs.voucherify.io/api-reference/promotions/promotion-tier-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.discounts import Discount
from loyalty_sdk.voucherify.models.references import RuleAssignments
from loyalty_sdk.voucherify.models.values import Day
from loyalty_sdk.voucherify.models.vouchers import Category, ValidityHours, ValidityTimeframe


@attrs.frozen(kw_only=True, weakref_slot=False)
class PromotionAction(Model):
    """What a promotion does.

    Attributes:
        discount: What it takes off; told apart by class, see `Discount`.
    """

    discount: Discount | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PromotionCampaign(Model):
    """The campaign of a promotion.

    Attributes:
        id: Its id, `camp_...`.
        name: Its name.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        active: Whether it is switched on.
        category_id: The id of its category.
        object: The kind of object, `campaign`.
    """

    id: str | None = None
    name: str | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    active: bool | None = None
    category_id: str | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PromotionTier(Model):
    """A discount that whoever fulfils its rules gets, without a code.

    Attributes:
        id: Its id, `promo_...`.
        name: Its name.
        banner: What to show to customers.
        action: What it does.
        hierarchy: Its rank; lower comes first.
        promotion_id: The id of its promotion.
        campaign: Its campaign.
        campaign_id: The id of its campaign.
        active: Whether it is switched on.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        validity_timeframe: Recurring periods in which it is.
        validity_day_of_week: The days of the week on which it is.
        validity_hours: The hours in which it is.
        summary: How often it was redeemed, and for how much.
        validation_rule_assignments: The rules that hold for it.
        category_id: The id of its category.
        categories: Its categories.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `promotion_tier`.
    """

    id: str = promised()
    name: str | None = None
    banner: str | None = None
    action: PromotionAction | None = None
    hierarchy: int | None = None
    promotion_id: str | None = None
    campaign: PromotionCampaign | None = None
    campaign_id: str | None = None
    active: bool | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    validity_timeframe: ValidityTimeframe | None = None
    validity_day_of_week: tuple[Day, ...] | None = None
    validity_hours: ValidityHours | None = None
    summary: Mapping[str, Any] | None = None
    validation_rule_assignments: RuleAssignments | None = None
    category_id: str | None = None
    categories: tuple[Category, ...] | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None
