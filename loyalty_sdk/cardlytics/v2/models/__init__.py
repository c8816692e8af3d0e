"""What version 2 answers with.

https://docs.cardlytics.com/ads/v2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics.v2.models.ads import (
        ActivationModel,
        ActivationState,
        Ad,
        AdAssetList,
        AdList,
        AdRankings,
        AdReward,
        AdType,
        CallsToAction,
        CallToAction,
        CopyAsset,
        Image,
        ImageAsset,
        ImageSizes,
        PurchaseChannel,
        PurchaseRequirement,
        RedemptionState,
        RewardType,
        VisibilityState,
    )
    from loyalty_sdk.cardlytics.v2.models.customers import (
        Account,
        AccountStatus,
        AccountType,
        AlertOptInStatus,
        Card,
        CardType,
        CustomerProfile,
        CustomerRedemptions,
        CustomerRewardSummary,
        OptInStatus,
        Portfolio,
        Received,
        Redemption,
        RedemptionEligibility,
        RewardSummaryTotals,
        TargetingIndicator,
    )

__all__ = [
    "Account",
    "AccountStatus",
    "AccountType",
    "ActivationModel",
    "ActivationState",
    "Ad",
    "AdAssetList",
    "AdList",
    "AdRankings",
    "AdReward",
    "AdType",
    "AlertOptInStatus",
    "CallToAction",
    "CallsToAction",
    "Card",
    "CardType",
    "CopyAsset",
    "CustomerProfile",
    "CustomerRedemptions",
    "CustomerRewardSummary",
    "Image",
    "ImageAsset",
    "ImageSizes",
    "OptInStatus",
    "Portfolio",
    "PurchaseChannel",
    "PurchaseRequirement",
    "Received",
    "Redemption",
    "RedemptionEligibility",
    "RedemptionState",
    "RewardSummaryTotals",
    "RewardType",
    "TargetingIndicator",
    "VisibilityState",
]

_MODULES = (
    "ads",
    "customers",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
