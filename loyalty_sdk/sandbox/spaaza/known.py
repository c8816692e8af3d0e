"""What faults must know of this vendor."""

from __future__ import annotations

OPERATIONS: tuple[str, ...] = (
    "get-campaigns",
    "get-login-status",
    "get-vouchers",
    "get-vouchers.csv",
    "login",
    "logout",
    "session",
)
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "basket_platform_type",
        "campaign_type",
        "gender",
        "signup_channel",
        "type",
        "voucher_status",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
