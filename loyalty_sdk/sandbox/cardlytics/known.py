"""What faults must know of this vendor."""

from __future__ import annotations

from .calls import ROUTES as V1_ROUTES
from .v2 import ROUTES as V2_ROUTES

ROUTES = (*V1_ROUTES, *V2_ROUTES)

OPERATIONS: tuple[str, ...] = tuple(dict.fromkeys(route.name for route in ROUTES))
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "activationModel",
        "activationState",
        "adType",
        "alertOptInStatus",
        "cardType",
        "currencyUnit",
        "enrollmentOptInStatus",
        "purchaseChannel",
        "purchaseChannels",
        "purchaseTypes",
        "redemptionEligibility",
        "redemptionState",
        "requirementType",
        "rewardType",
        "status",
        "targetingIndicator",
        "type",
        "visibilityState",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
