"""Cardlytics' Publisher API, version 2, and the Rewards Platform, which has the same calls.

https://docs.cardlytics.com/ads/v2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics.v2.ads import (
        Ads,
    )
    from loyalty_sdk.cardlytics.v2.auth import (
        NO_USER_AVAILABLE,
        REWARDS_URL,
        CustomerSession,
        InstitutionSession,
        RewardsSession,
    )
    from loyalty_sdk.cardlytics.v2.client import (
        AsyncCardlyticsPublisher,
        CardlyticsPublisher,
        PublisherSurface,
    )
    from loyalty_sdk.cardlytics.v2.customers import Customers
    from loyalty_sdk.cardlytics.v2.events import (
        Events,
    )
    from loyalty_sdk.cardlytics.v2.inputs import (
        AdSelection,
        Channel,
        ClientEventMessage,
        CustomerLocation,
        EventMetadata,
    )
    from loyalty_sdk.cardlytics.v2.models import (
        Account,
        AccountStatus,
        AccountType,
        ActivationModel,
        ActivationState,
        Ad,
        AdAssetList,
        AdList,
        AdRankings,
        AdReward,
        AdType,
        AlertOptInStatus,
        CallsToAction,
        CallToAction,
        Card,
        CardType,
        CopyAsset,
        CustomerProfile,
        CustomerRedemptions,
        CustomerRewardSummary,
        Image,
        ImageAsset,
        ImageSizes,
        OptInStatus,
        Portfolio,
        PurchaseChannel,
        PurchaseRequirement,
        Received,
        Redemption,
        RedemptionEligibility,
        RedemptionState,
        RewardSummaryTotals,
        RewardType,
        TargetingIndicator,
        VisibilityState,
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
    "AdSelection",
    "AdType",
    "Ads",
    "AlertOptInStatus",
    "AsyncCardlyticsPublisher",
    "CallToAction",
    "CallsToAction",
    "Card",
    "CardType",
    "CardlyticsPublisher",
    "Channel",
    "ClientEventMessage",
    "CopyAsset",
    "CustomerLocation",
    "CustomerProfile",
    "CustomerRedemptions",
    "CustomerRewardSummary",
    "CustomerSession",
    "Customers",
    "EventMetadata",
    "Events",
    "Image",
    "ImageAsset",
    "ImageSizes",
    "InstitutionSession",
    "NO_USER_AVAILABLE",
    "OptInStatus",
    "Portfolio",
    "PublisherSurface",
    "PurchaseChannel",
    "PurchaseRequirement",
    "REWARDS_URL",
    "Received",
    "Redemption",
    "RedemptionEligibility",
    "RedemptionState",
    "RewardSummaryTotals",
    "RewardType",
    "RewardsSession",
    "TargetingIndicator",
    "VisibilityState",
]

_MODULES = (
    "client",
    "auth",
    "models",
    "ads",
    "customers",
    "events",
    "inputs",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
