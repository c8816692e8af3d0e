"""What Voucherify's events tell of customers: what they are, get and do.

https://docs.voucherify.io/api-reference/project-settings-webhooks
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.balances import VoucherBalance
from loyalty_sdk.voucherify.models.customers import Customer, Segment
from loyalty_sdk.voucherify.models.loyalties import LoyaltyTier
from loyalty_sdk.voucherify.models.orders import Order
from loyalty_sdk.voucherify.models.promotions import PromotionTier
from loyalty_sdk.voucherify.models.publications import Publication
from loyalty_sdk.voucherify.models.redemptions import RedeemedReward, Redemption
from loyalty_sdk.voucherify.models.references import CustomerReference, Identified
from loyalty_sdk.voucherify.models.rewards import RewardAssignment
from loyalty_sdk.voucherify.models.vouchers import Voucher
from loyalty_sdk.webhooks.voucherify.campaigns import Campaign


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerData(Model):
    """A customer was made, changed or deleted.

    Attributes:
        customer: The customer.
    """

    customer: Customer = promised()


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardData(Model):
    """A customer was rewarded, for a referral say.

    Attributes:
        customer: The customer.
        holder: Who holds the voucher.
        voucher: The voucher.
        campaign: Its campaign.
        redemption: The redemption that led to it.
        reward: The reward.
        referral_tier: The tier that it belongs to.
        balance: What was added.
        custom_event: The event that led to it.
        customer_event: The segment or the type of event that led to it.
    """

    customer: CustomerReference = promised()
    holder: CustomerReference | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    redemption: Redemption | None = None
    reward: RedeemedReward | None = None
    referral_tier: Identified | None = None
    balance: VoucherBalance | None = None
    custom_event: Identified | None = None
    customer_event: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class EarnedPointsData(Model):
    """A customer earned points.

    Attributes:
        customer: The customer.
        holder: Who holds the card.
        voucher: The loyalty card.
        campaign: Its campaign.
        loyalty_tier: The tier that counted.
        earning_rule: The rule that gave them.
        balance: The points, and how many there are now.
        order: What was bought.
        event: What led to it.
        publication: The publication that led to it.
    """

    customer: CustomerReference = promised()
    holder: CustomerReference | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    loyalty_tier: LoyaltyTier | None = None
    earning_rule: Identified | None = None
    balance: VoucherBalance | None = None
    order: Order | None = None
    event: Identified | None = None
    publication: Publication | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RewardRedemptionData(Model):
    """Points were exchanged for a reward.

    Attributes:
        customer: The customer.
        reward_redemption: The exchange, with its `state` in `extra`.
        reward: The reward.
        reward_assignment: What it costs.
        source: What led to it, such as a redemption.
        balance: What was added.
        holder: Who holds the card.
        voucher: The loyalty card.
        campaign: Its campaign.
        publication: How the reward was given.
    """

    customer: CustomerReference = promised()
    reward_redemption: Identified | None = None
    reward: RedeemedReward | None = None
    reward_assignment: RewardAssignment | None = None
    source: Identified | None = None
    balance: VoucherBalance | None = None
    holder: CustomerReference | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    publication: Publication | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class SegmentData(Model):
    """A customer came into a segment, or left it.

    Attributes:
        customer: The customer.
        segment: The segment.
        voucher: The voucher that a distribution gave.
        campaign: The voucher's campaign.
        publication: How it was given.
        promotion_tier: The promotion that a distribution told of.
    """

    customer: Customer = promised()
    segment: Segment | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    publication: Publication | None = None
    promotion_tier: PromotionTier | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class TierData(Model):
    """A customer has another loyalty tier, or keeps one, or has none any more.

    Attributes:
        customer: The customer.
        campaign: The campaign.
        loyalty_tier: The tier that was reached, kept or left.
        loyalty_tier_from: The tier before.
        loyalty_tier_to: The tier now.
        created_at: When.
    """

    customer: CustomerReference = promised()
    campaign: Campaign | None = None
    loyalty_tier: LoyaltyTier | None = None
    loyalty_tier_from: LoyaltyTier | None = None
    loyalty_tier_to: LoyaltyTier | None = None
    created_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class OrderData(Model):
    """A customer's order was made, paid, changed or cancelled.

    Attributes:
        order: The order.
        customer: The customer.
        referrer: Who referred the customer.
        redemption: What was redeemed with it.
        voucher: The voucher that a distribution gave.
        campaign: The voucher's campaign.
        publication: How it was given.
        promotion_tier: The promotion that a distribution told of.
    """

    order: Order = promised()
    customer: CustomerReference | None = None
    referrer: CustomerReference | None = None
    redemption: Redemption | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    publication: Publication | None = None
    promotion_tier: PromotionTier | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomEventData(Model):
    """A customer did something that you track.

    Attributes:
        event: What they did; its `metadata` is in `extra`.
        event_schema: How such events look.
        customer: The customer.
        referral: Who referred them.
        loyalty: The card that points are for.
        voucher: The voucher that a distribution gave.
        campaign: The voucher's campaign.
        publication: How it was given.
        promotion_tier: The promotion that a distribution told of.
    """

    event: Identified = promised()
    event_schema: Identified | None = None
    customer: CustomerReference | None = None
    referral: Mapping[str, Any] | None = None
    loyalty: Mapping[str, Any] | None = None
    voucher: Voucher | None = None
    campaign: Campaign | None = None
    publication: Publication | None = None
    promotion_tier: PromotionTier | None = None
