"""What lists are asked for with.

https://docs.voucherify.io/api-reference/pagination
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypedDict

from loyalty_sdk.voucherify.filters import RawFilter, RedeemableFilters
from loyalty_sdk.voucherify.inputs.filters import (
    CampaignFilters,
    Dates,
    PublicationFilters,
    RedemptionFilters,
    TransactionFilters,
)


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


class RedeemableList(TypedDict, total=False):
    """What of a customer's redeemables is listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor (10).
        order: By holder id; a leading `-` means descending.
        starting_after_id: Begin behind this holder id (`rh_...`).
        filters: Which are listed; see `RedeemableFilters`.
    """

    limit: int | None
    order: Literal["id", "-id"] | None
    starting_after_id: str | None
    filters: RedeemableFilters | RawFilter | None


class TierList(TypedDict, total=False):
    """How the tiers of a loyalty program are listed.

    Attributes:
        limit: How many there may be, 1 to 100; 100 unless given.
        order: By what; a leading `-` means descending.
    """

    limit: int
    order: Literal["created_at", "-created_at", "updated_at", "-updated_at"] | None


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


class CustomerList(TypedDict, total=False):
    """Which customers are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        email: Only those with this e-mail address.
        city: Only those who live in this city.
        name: Only those with this name.
        segment_id: Only those of this segment, `seg_...`.
        created_at: Only those made in this span of time; aware.
        updated_at: Only those changed in this span of time; aware.
        order: By what; a leading `-` means descending. The newest first, unless given.
        starting_after: Go on by date, without a ceiling: those made before this moment, the newest
            first; with `order` `created_at` or `updated_at` those made or changed after it, the
            oldest first. Aware.
    """

    limit: int
    email: str | None
    city: str | None
    name: str | None
    segment_id: str | None
    created_at: Dates | None
    updated_at: Dates | None
    order: (
        Literal["created_at", "-created_at", "updated_at", "-updated_at", "source_id", "-source_id"]
        | None
    )
    starting_after: datetime | None


class ActivityList(TypedDict, total=False):
    """Which events of a customer are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor (10).
        order: By when they were; a leading `-` means descending.
        starting_after_id: Begin behind this event.
        start_date: Only from this moment on; aware.
        end_date: Only up to this moment; aware.
        campaign_id: Only those of this campaign, by id.
        campaign_type: Only those of campaigns of this type.
        category: Only what was done (`ACTION`), or what came of it (`EFFECT`).
        type: Only those of this name, such as `customer.redemption.succeeded`.
    """

    limit: int | None
    order: Literal["created_at", "-created_at"] | None
    starting_after_id: str | None
    start_date: datetime | None
    end_date: datetime | None
    campaign_id: str | None
    campaign_type: (
        Literal[
            "DISCOUNT_COUPONS", "REFERRAL_PROGRAM", "GIFT_VOUCHERS", "PROMOTION", "LOYALTY_PROGRAM"
        ]
        | None
    )
    category: Literal["ACTION", "EFFECT"] | None
    type: str | None


class CampaignList(TypedDict, total=False):
    """Which campaigns are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        campaign_type: Only those of this type.
        campaign_status: Only those whose making is so far.
        is_referral_code: Only referral campaigns, or all others.
        expand: What else is given with them.
        order: By what; a leading `-` means descending. The newest first, unless given.
        filters: Which are listed; see `CampaignFilters`.
    """

    limit: int
    campaign_type: (
        Literal[
            "PROMOTION", "GIFT_VOUCHERS", "REFERRAL_PROGRAM", "DISCOUNT_COUPONS", "LOYALTY_PROGRAM"
        ]
        | None
    )
    campaign_status: Literal["DONE", "IN_PROGRESS", "FAILED", "DRAFT", "MODIFYING"] | None
    is_referral_code: bool | None
    expand: Literal["category", "access_settings_assignments"] | None
    order: Literal["created_at", "-created_at", "updated_at", "-updated_at"] | None
    filters: CampaignFilters | RawFilter | None


class MemberList(TypedDict, total=False):
    """Which members of a loyalty program are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        customer: Only the cards of this customer, by id or by your own.
        code: Only the card with this code.
        created_at: Only those made in this span of time; aware.
        updated_at: Only those changed in this span of time; aware.
        order: By what; a leading `-` means descending. The newest first, unless given.
    """

    limit: int
    customer: str | None
    code: str | None
    created_at: Dates | None
    updated_at: Dates | None
    order: Literal["created_at", "-created_at", "updated_at", "-updated_at", "code", "-code"] | None


class MemberActivityList(TypedDict, total=False):
    """Which events of a member are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor (10).
        order: By when they were; a leading `-` means descending.
        starting_after_id: Begin behind this event.
    """

    limit: int | None
    order: Literal["created_at", "-created_at"] | None
    starting_after_id: str | None


class MemberTransactionList(TransactionList, total=False):
    """Which transactions of a member are listed, and how.

    It has all fields of `TransactionList`, too.

    Attributes:
        filters: Which are listed; see `TransactionFilters`.
    """

    filters: TransactionFilters | RawFilter | None


class PendingPointsList(TypedDict, total=False):
    """Which points that wait are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor (10).
        order: By id; a leading `-` means descending.
        starting_after_id: Begin behind these, `lopp_...`.
    """

    limit: int | None
    order: Literal["id", "-id"] | None
    starting_after_id: str | None


class RewardList(TypedDict, total=False):
    """Which rewards are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        assignment_id: Only the one of this assignment.
    """

    limit: int
    assignment_id: str | None


class AssignmentList(TypedDict, total=False):
    """How the assignments of a reward are listed.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
    """

    limit: int


class ExportList(TypedDict, total=False):
    """How exports are listed.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given.
        order: By what; a leading `-` means descending.
    """

    limit: int
    order: Literal["created_at", "-created_at", "status", "-status"] | None


class ActionList(TypedDict, total=False):
    """Which asynchronous actions are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 100; 100 unless given, `None` leaves it to the vendor.
        end_date: Only those asked for before this moment; aware.
    """

    limit: int | None
    end_date: datetime | None
