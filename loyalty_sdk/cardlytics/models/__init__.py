"""What Cardlytics' Ad Server answers with.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics.models.ads import (
        Ad,
        AdCount,
        AdCounts,
        AdImage,
        AdLink,
        AdList,
        Beacons,
        Creative,
        OfferAmount,
        Percentage,
        PurchaseRequirement,
        PurchaseType,
        RequirementType,
        Tag,
    )
    from loyalty_sdk.cardlytics.models.collections import (
        CategoryGroup,
        Collection,
        CollectionMetadata,
        SubCollection,
    )
    from loyalty_sdk.cardlytics.models.customers import Account, CurrencyUnit, Customer, Program
    from loyalty_sdk.cardlytics.models.enums import AdStatus, ClientEvent, GroupType, Location
    from loyalty_sdk.cardlytics.models.merchants import MerchantLocation, NearbyMerchants
    from loyalty_sdk.cardlytics.models.redemptions import Redemption, RedemptionList
    from loyalty_sdk.cardlytics.models.rewards import RewardSummary, RewardSummaryTotals

__all__ = [
    "Account",
    "Ad",
    "AdCount",
    "AdCounts",
    "AdImage",
    "AdLink",
    "AdList",
    "AdStatus",
    "Beacons",
    "CategoryGroup",
    "ClientEvent",
    "Collection",
    "CollectionMetadata",
    "Creative",
    "CurrencyUnit",
    "Customer",
    "GroupType",
    "Location",
    "MerchantLocation",
    "NearbyMerchants",
    "OfferAmount",
    "Percentage",
    "Program",
    "PurchaseRequirement",
    "PurchaseType",
    "Redemption",
    "RedemptionList",
    "RequirementType",
    "RewardSummary",
    "RewardSummaryTotals",
    "SubCollection",
    "Tag",
]

_MODULES = (
    "ads",
    "collections",
    "customers",
    "enums",
    "merchants",
    "redemptions",
    "rewards",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
