"""What faults must know of this vendor."""

from __future__ import annotations

from .calls import ROUTES

OPERATIONS: tuple[str, ...] = tuple(route.name for route in ROUTES)
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "AccountStatus",
        "Channel",
        "EventType",
        "LoyaltyStatus",
        "MappedRequestAction",
        "ObjectType",
        "RequestAction",
        "ReversalType",
        "SessionIdentifierType",
        "acceptanceMethod",
        "acceptanceState",
        "accountType",
        "action",
        "currency",
        "gender",
        "issuanceType",
        "metadataType",
        "priceMatrix",
        "redemptionType",
        "rewardType",
        "status",
        "type",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
