"""What faults must know of this vendor."""

from __future__ import annotations

OPERATIONS: tuple[str, ...] = (
    "list-issuances",
    "start-session",
    "token",
    "transaction-history",
)
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
        "accountType",
        "action",
        "currency",
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
