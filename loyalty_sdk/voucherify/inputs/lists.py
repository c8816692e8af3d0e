"""What lists are asked for with.

https://docs.voucherify.io/api-reference/pagination
"""

from __future__ import annotations

from typing import Literal, TypedDict

from loyalty_sdk.voucherify.filters import RawFilter
from loyalty_sdk.voucherify.inputs.filters import Dates, PublicationFilters, RedemptionFilters


class RedemptionList(TypedDict, total=False):
    """Which redemptions are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        result: Only those with this result: `SUCCESS`, `FAILURE`.
        campaign: Only those of this campaign, by name.
        customer: Only those of this customer, by id.
        created_at: Only those of this span of time; aware.
        order: By what; a leading `-` means descending.
        filters: Which are listed; see `RedemptionFilters`.
    """

    limit: int
    result: str | None
    campaign: str | None
    customer: str | None
    created_at: Dates | None
    order: (
        Literal[
            "created_at",
            "-created_at",
            "id",
            "-id",
            "voucher_code",
            "-voucher_code",
            "tracking_id",
            "-tracking_id",
            "customer_id",
            "-customer_id",
        ]
        | None
    )
    filters: RedemptionFilters | RawFilter | None


class VoucherList(TypedDict, total=False):
    """Which vouchers are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        code: Only the one with this code.
        category: Only those of this category.
        campaign: Only those of this campaign, by name.
        campaign_id: Only those of this campaign, by id.
        customer: Only those of this customer, by id.
        created_at: Only those made in this span of time; aware.
        updated_at: Only those changed in this span of time; aware.
        order: By what; a leading `-` means descending. The newest first, unless given.
        filters: Which are listed; the documents name no fields.
    """

    limit: int
    code: str | None
    category: str | None
    campaign: str | None
    campaign_id: str | None
    customer: str | None
    created_at: Dates | None
    updated_at: Dates | None
    order: Literal["created_at", "-created_at", "updated_at", "-updated_at", "code", "-code"] | None
    filters: RawFilter | None


class PublicationList(TypedDict, total=False):
    """Which publications are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        source_id: Only the one with this id of yours.
        campaign: Only those of this campaign, by name.
        customer: Only those of this customer, by id.
        voucher: Only those of the voucher with this code.
        result: Only those with this result.
        voucher_type: Only those of discounts, or of loyalty cards.
        is_referral_code: Only those of referral campaigns, or all others.
        order: By what; a leading `-` means descending.
        filters: Which are listed; see `PublicationFilters`.
    """

    limit: int
    source_id: str | None
    campaign: str | None
    customer: str | None
    voucher: str | None
    result: Literal["SUCCESS", "FAILURE"] | None
    voucher_type: Literal["discount", "loyalty"] | None
    is_referral_code: bool | None
    order: (
        Literal[
            "id",
            "-id",
            "voucher_code",
            "-voucher_code",
            "tracking_id",
            "-tracking_id",
            "customer_id",
            "-customer_id",
            "created_at",
            "-created_at",
            "channel",
            "-channel",
        ]
        | None
    )
    filters: PublicationFilters | RawFilter | None


class OrderList(TypedDict, total=False):
    """Which orders are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        order: By what; a leading `-` means descending.
    """

    limit: int
    order: Literal["created_at", "-created_at", "updated_at", "-updated_at"] | None


class TransactionList(TypedDict, total=False):
    """Which transactions are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor (10).
        order: By id; a leading `-` means descending.
        starting_after_id: Begin behind this transaction, `vtx_...`.
    """

    limit: int | None
    order: Literal["id", "-id"] | None
    starting_after_id: str | None
