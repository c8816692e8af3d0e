"""Which class describes the data of which type of event; one class where the keys are the same.

https://docs.voucherify.io/api-reference/project-settings-webhooks,
https://docs.voucherify.io/api-reference/distribution-webhooks
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from loyalty_sdk.webhooks.voucherify.campaigns import CampaignData, DistributionData, RuleData
from loyalty_sdk.webhooks.voucherify.cards import (
    BalanceData,
    ExpiredPointsData,
    PendingPointsData,
    TransactionData,
)
from loyalty_sdk.webhooks.voucherify.customers import (
    CustomerData,
    CustomEventData,
    EarnedPointsData,
    OrderData,
    RewardData,
    RewardRedemptionData,
    SegmentData,
    TierData,
)
from loyalty_sdk.webhooks.voucherify.vouchers import (
    HolderData,
    PublicationData,
    RedemptionData,
    VoucherData,
)

EventData: TypeAlias = (
    BalanceData
    | CampaignData
    | CustomEventData
    | CustomerData
    | DistributionData
    | EarnedPointsData
    | ExpiredPointsData
    | HolderData
    | OrderData
    | PendingPointsData
    | PublicationData
    | RedemptionData
    | RewardData
    | RewardRedemptionData
    | RuleData
    | SegmentData
    | TierData
    | TransactionData
    | VoucherData
)
"""What the events that are documented are about."""

_TYPES: Mapping[type[EventData], str] = {
    BalanceData: """
        voucher.gift.balance_added voucher.gift.balance_aded
        voucher.loyalty_card.points_added voucher.loyalty_card.points_aded
        customer.voucher.gift.balance_added customer.voucher.loyalty_card.points_added
    """,  # the vendor writes "aded", too
    CampaignData: """
        campaign.created campaign.updated campaign.enabled campaign.disabled campaign.deleted
        campaign.vouchers.generation.completed
        campaign.loyalty_tier.created campaign.loyalty_tier.updated campaign.loyalty_tier.deleted
        campaign.promotion_tier.created campaign.promotion_tier.updated
        campaign.promotion_tier.enabled campaign.promotion_tier.disabled
        campaign.promotion_tier.deleted
    """,
    CustomEventData: "customer.custom_event",
    CustomerData: "customer.created customer.updated customer.deleted",
    DistributionData: "manual_distribution_schedule",
    EarnedPointsData: "customer.rewarded.loyalty_points",
    ExpiredPointsData: """
        voucher.loyalty_card.points_expired customer.voucher.loyalty_card.points_expired
    """,
    HolderData: "customer.holder.assignment.created customer.holder.assignment.deleted",
    OrderData: """
        customer.order.created customer.order.paid customer.order.updated customer.order.canceled
    """,
    PendingPointsData: """
        voucher.loyalty_card.pending_points.activated
        voucher.loyalty_card.pending_points.added voucher.loyalty_card.pending_points.aded
        voucher.loyalty_card.pending_points.canceled voucher.loyalty_card.pending_points.updated
        customer.voucher.loyalty_card.pending_points.activated
        customer.voucher.loyalty_card.pending_points.added
        customer.voucher.loyalty_card.pending_points.canceled
        customer.voucher.loyalty_card.pending_points.updated
    """,
    PublicationData: "publication.succeeded voucher.published customer.publication.succeeded",
    RedemptionData: """
        redemption.succeeded redemption.failed
        redemption.rollback.succeeded redemption.rollback.failed
        customer.redemption.succeeded customer.redemption.rollback.succeeded
    """,
    RewardData: "customer.rewarded",
    RewardRedemptionData: """
        customer.reward_redemptions.created customer.reward_redemptions.pending
        customer.reward_redemptions.completed
    """,
    RuleData: """
        business_validation_rule.created business_validation_rule.updated
        business_validation_rule.deleted business_validation_rule.assignment.created
        business_validation_rule.assignment.deleted
    """,
    SegmentData: "customer.segment.entered customer.segment.left",
    TierData: """
        customer.loyalty.tier.joined customer.loyalty.tier.upgraded
        customer.loyalty.tier.downgraded customer.loyalty.tier.prolonged
        customer.loyalty.tier.left
    """,
    TransactionData: """
        voucher.gift.transaction.created voucher.loyalty_card.transaction.created
    """,
    VoucherData: """
        voucher.created voucher.updated voucher.enabled voucher.disabled voucher.deleted
    """,
}

DATA_BY_TYPE: Mapping[str, type[EventData]] = {
    name: model for model, names in _TYPES.items() for name in names.split()
}
"""The class of the data, for the types of events whose data is documented."""
