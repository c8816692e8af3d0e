"""What faults must know of this vendor."""

from __future__ import annotations

from .calls import ROUTES

OPERATIONS: tuple[str, ...] = tuple(dict.fromkeys(route.name for route in ROUTES))
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "adType",
        "currencyUnit",
        "purchaseTypes",
        "requirementType",
        "status",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
