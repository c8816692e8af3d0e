"""What lists and qualifications are filtered by.

https://docs.voucherify.io/api-reference/listing-resources
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict

from loyalty_sdk.voucherify.filters import (
    CampaignStateConditions,
    CodesStateConditions,
    DateConditions,
    TextConditions,
)


class RedemptionFilters(TypedDict, total=False):
    """What redemptions can be filtered by.

    Attributes:
        voucher_code: The code of the voucher.
        related_object_id: The id of what was redeemed, `v_...` or `promo_...`.
        related_object_parent_id: The id of its campaign, `camp_...`.
        parent_redemption_id: The redemption that holds several together, `r_...`.
        failure_code: Why it failed, in the vendor's word.
        result: Whether it went well: `SUCCESS` or `FAILURE`.
        object: What it is: a `redemption` or a `redemption_rollback`.
        customer_id: Who redeemed, `cust_...`.
        campaign_name: The name of the campaign.
        user_login: Who did it by hand.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    voucher_code: TextConditions
    related_object_id: TextConditions
    related_object_parent_id: TextConditions
    parent_redemption_id: TextConditions
    failure_code: TextConditions
    result: TextConditions
    object: TextConditions
    customer_id: TextConditions
    campaign_name: TextConditions
    user_login: TextConditions
    junction: Literal["and", "or"]


class PublicationFilters(TypedDict, total=False):
    """What publications can be filtered by.

    Attributes:
        failure_code: Why it failed, in the vendor's word.
        result: Whether it went well: `SUCCESS` or `FAILURE`.
        customer_id: Who was published to, `cust_...`.
        campaign_name: The name of the campaign.
        voucher_type: The type of the voucher.
        is_referral_code: Whether the voucher belongs to a referral campaign.
        parent_object_id: The id of the campaign, `camp_...`.
        related_object_id: The id of the voucher, `v_...`.
        source_id: Your id of the publication.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    failure_code: TextConditions
    result: TextConditions
    customer_id: TextConditions
    campaign_name: TextConditions
    voucher_type: TextConditions
    is_referral_code: TextConditions
    parent_object_id: TextConditions
    related_object_id: TextConditions
    source_id: TextConditions
    junction: Literal["and", "or"]


WordConditions = TypedDict(
    "WordConditions",
    {
        "$in": Sequence[str],
        "$not_in": Sequence[str],
        "$is": Sequence[str],
        "$is_not": Sequence[str],
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
    },
    total=False,
)
"""Conditions of qualifications: they take lists."""


class QualificationFilters(TypedDict, total=False):
    """What qualifications can be filtered by.

    Attributes:
        category_id: The id of the category, `cat_...`.
        campaign_id: The id of the campaign, `camp_...`.
        campaign_type: The type of the campaign.
        resource_id: The id of the redeemable.
        resource_type: What it is: `voucher`, `campaign`, `promotion_tier`.
        voucher_type: The type of the voucher.
        code: The code of the voucher.
        holder_role: The customer's role.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    category_id: WordConditions
    campaign_id: WordConditions
    campaign_type: WordConditions
    resource_id: WordConditions
    resource_type: WordConditions
    voucher_type: WordConditions
    code: WordConditions
    holder_role: WordConditions
    junction: Literal["and", "or"]


class Dates(TypedDict, total=False):
    """A span of time, open at either end.

    Attributes:
        before: Earlier than this moment; aware.
        after: Later than this moment; aware.
    """

    before: datetime
    after: datetime


class CampaignFilters(TypedDict, total=False):
    """What campaigns can be filtered by; days of the week need a `RawFilter`.

    Attributes:
        campaigns: The name of the campaign.
        campaigns_id: Its id, `camp_...`.
        campaign_status: How far its making is.
        status: How far the making of its codes is.
        active: Whether it is switched on.
        is_referral_code: Whether it is a referral campaign: `TRUE` or `FALSE`.
        validity_timeframe: When it is valid.
        voucher_type: The type of its vouchers.
        categories: The names of its categories.
        category_ids: The ids of its categories.
        type: Whether there can be more vouchers later; `BULK` is either of two.
        created_date: When it was made.
        updated_at: When it was last changed.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    campaigns: TextConditions
    campaigns_id: TextConditions
    campaign_status: TextConditions
    status: CodesStateConditions
    active: CampaignStateConditions
    is_referral_code: TextConditions
    validity_timeframe: DateConditions
    voucher_type: TextConditions
    categories: TextConditions
    category_ids: TextConditions
    type: TextConditions
    created_date: DateConditions
    updated_at: DateConditions
    start_date: DateConditions
    expiration_date: DateConditions
    junction: Literal["and", "or"]


class TransactionFilters(TypedDict, total=False):
    """What the transactions of a member can be filtered by.

    Attributes:
        id: The id of the transaction, `vtx_...`.
        created_at: When it was made.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    id: TextConditions
    created_at: DateConditions
    junction: Literal["and", "or"]
