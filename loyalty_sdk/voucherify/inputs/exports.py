"""What exports are asked for with.

https://docs.voucherify.io/api-reference/exports/create-export
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict


class ExportParameterFields(TypedDict, total=False):
    """Which rows and columns an export has.

    Attributes:
        order: By what; a leading `-` means descending. Which words there are depends on the object.
        fields: The columns; a few, unless given.
        filters: Which rows, in the vendor's form: `{"code": {"conditions": {"$in": ["A"]}}}`.
        campaign_id: The campaign, of vouchers.
    """

    order: str
    fields: Sequence[str]
    filters: Mapping[str, Any]
    campaign_id: str


class ExportFields(TypedDict, total=False):
    """What is exported.

    Attributes:
        exported_object: What the rows are.
        parameters: Which rows and columns.
    """

    exported_object: Required[
        Literal[
            "voucher",
            "redemption",
            "customer",
            "publication",
            "order",
            "points_expiration",
            "voucher_transactions",
            "product",
            "sku",
        ]
    ]
    parameters: ExportParameterFields | None
