"""Cardlytics: card-linked offers and what customers earn by them.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics._certificate import PemFile
    from loyalty_sdk.cardlytics.ads import Ads
    from loyalty_sdk.cardlytics.client import (
        AsyncCardlytics,
        Cardlytics,
        CardlyticsSurface,
    )
    from loyalty_sdk.cardlytics.collections import Collections
    from loyalty_sdk.cardlytics.customers import Customers
    from loyalty_sdk.cardlytics.errors import TokenExpired
    from loyalty_sdk.cardlytics.events import Events
    from loyalty_sdk.cardlytics.inputs.events import ClientEventMessage, ServedAd, Showing
    from loyalty_sdk.cardlytics.inputs.places import (
        AdsByStatus,
        AdsInPlace,
        CollectionAds,
        Place,
        RedemptionSpan,
        StorePlace,
    )
    from loyalty_sdk.cardlytics.merchants import Merchants
    from loyalty_sdk.cardlytics.models import (
        Account,
        Ad,
        AdCount,
        AdCounts,
        AdImage,
        AdLink,
        AdList,
        AdStatus,
        Beacons,
        CategoryGroup,
        ClientEvent,
        Collection,
        CollectionMetadata,
        Creative,
        CurrencyUnit,
        Customer,
        GroupType,
        Location,
        MerchantLocation,
        NearbyMerchants,
        OfferAmount,
        Percentage,
        Program,
        PurchaseRequirement,
        PurchaseType,
        Redemption,
        RedemptionList,
        RequirementType,
        RewardSummary,
        RewardSummaryTotals,
        SubCollection,
        Tag,
    )
    from loyalty_sdk.cardlytics.redemptions import Redemptions
    from loyalty_sdk.cardlytics.rewards import Rewards
    from loyalty_sdk.cardlytics.tokens import Tokens

__all__ = [
    "Account",
    "Ad",
    "AdCount",
    "AdCounts",
    "AdImage",
    "AdLink",
    "AdList",
    "AdStatus",
    "Ads",
    "AdsByStatus",
    "AdsInPlace",
    "AsyncCardlytics",
    "Beacons",
    "Cardlytics",
    "CardlyticsSurface",
    "CategoryGroup",
    "ClientEvent",
    "ClientEventMessage",
    "Collection",
    "CollectionAds",
    "CollectionMetadata",
    "Collections",
    "Creative",
    "CurrencyUnit",
    "Customer",
    "Customers",
    "Events",
    "GroupType",
    "Location",
    "MerchantLocation",
    "Merchants",
    "NearbyMerchants",
    "OfferAmount",
    "PemFile",
    "Percentage",
    "Place",
    "Program",
    "PurchaseRequirement",
    "PurchaseType",
    "Redemption",
    "RedemptionList",
    "RedemptionSpan",
    "Redemptions",
    "RequirementType",
    "RewardSummary",
    "RewardSummaryTotals",
    "Rewards",
    "ServedAd",
    "Showing",
    "StorePlace",
    "SubCollection",
    "Tag",
    "TokenExpired",
    "Tokens",
]

_MODULES = (
    "client",
    "errors",
    "tokens",
    "models",
    "ads",
    "collections",
    "customers",
    "events",
    "merchants",
    "redemptions",
    "rewards",
    "inputs.events",
    "inputs.places",
)

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
