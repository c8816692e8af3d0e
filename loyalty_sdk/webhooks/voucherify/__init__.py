"""Voucherify's webhooks, version v2024-01-01.

https://docs.voucherify.io/api-reference/introduction-to-webhooks
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.voucherify.campaigns import (
        Campaign,
        CampaignData,
        DistributionData,
        RuleData,
    )
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
    from loyalty_sdk.webhooks.voucherify.envelope import (
        ApiKey,
        Cause,
        CauseSource,
        Envelope,
        Sender,
    )
    from loyalty_sdk.webhooks.voucherify.receiver import VoucherifyWebhooks
    from loyalty_sdk.webhooks.voucherify.types import EventData
    from loyalty_sdk.webhooks.voucherify.vouchers import (
        HolderData,
        PublicationData,
        RedemptionData,
        VoucherData,
    )

__all__ = [
    "ApiKey",
    "BalanceData",
    "Campaign",
    "CampaignData",
    "Cause",
    "CauseSource",
    "CustomEventData",
    "CustomerData",
    "DistributionData",
    "EarnedPointsData",
    "Envelope",
    "EventData",
    "ExpiredPointsData",
    "HolderData",
    "OrderData",
    "PendingPointsData",
    "PublicationData",
    "RedemptionData",
    "RewardData",
    "RewardRedemptionData",
    "RuleData",
    "SegmentData",
    "Sender",
    "TierData",
    "TransactionData",
    "VoucherData",
    "VoucherifyWebhooks",
]

_MODULES = ("receiver", "envelope", "types", "campaigns")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
