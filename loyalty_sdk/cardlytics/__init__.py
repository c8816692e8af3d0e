"""Cardlytics: card-linked offers and what customers earn by them.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics.client import (
        AsyncCardlytics,
        Cardlytics,
        CardlyticsSurface,
        PemFile,
    )
    from loyalty_sdk.cardlytics.errors import TokenExpired
    from loyalty_sdk.cardlytics.models import (
        Ad,
        AdImage,
        AdLink,
        AdStatus,
        Beacons,
        Creative,
        Location,
        OfferAmount,
        Percentage,
        PurchaseRequirement,
        PurchaseType,
        Redemption,
        RedemptionList,
        RequirementType,
        Tag,
    )
    from loyalty_sdk.cardlytics.redemptions import Redemptions
    from loyalty_sdk.cardlytics.tokens import Tokens

__all__ = [
    "Ad",
    "AdImage",
    "AdLink",
    "AdStatus",
    "AsyncCardlytics",
    "Beacons",
    "Cardlytics",
    "CardlyticsSurface",
    "Creative",
    "Location",
    "OfferAmount",
    "PemFile",
    "Percentage",
    "PurchaseRequirement",
    "PurchaseType",
    "Redemption",
    "RedemptionList",
    "Redemptions",
    "RequirementType",
    "Tag",
    "TokenExpired",
    "Tokens",
]

_MODULES = ("client", "errors", "tokens", "redemptions", "models")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
