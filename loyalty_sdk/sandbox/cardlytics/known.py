"""What faults must know of this vendor."""

from __future__ import annotations

OPERATIONS: tuple[str, ...] = (
    "get-redemptions",
    "get-token",
)
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "adType",
        "purchaseTypes",
        "requirementType",
        "status",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
