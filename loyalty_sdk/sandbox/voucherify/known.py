"""What faults must know of this vendor."""

from __future__ import annotations

from .calls import ROUTES

OPERATIONS: tuple[str, ...] = tuple(route.name for route in ROUTES)
"""All calls, as the record of the sandbox names them."""

OPEN_VALUES: frozenset[str] = frozenset(
    (
        "campaign_type",
        "category",
        "channel_type",
        "conversion_event_type",
        "creation_status",
        "effect",
        "exported_object",
        "holder_role",
        "object",
        "operation_status",
        "operation_type",
        "period_type",
        "redeemable_object",
        "redeemables_application_mode",
        "redeemables_no_effect_rule",
        "redeemables_products_application_mode",
        "redeemables_rollback_order_mode",
        "redeemables_sorting_rule",
        "related_object",
        "related_object_type",
        "result",
        "rollback_order_mode",
        "status",
        "target",
        "ttl_unit",
        "type",
        "validation_status",
        "voucher_type",
        "vouchers_generation_status",
    )
)
"""The keys where the documents list values, or say that a list may grow."""
