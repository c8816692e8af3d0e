"""What lists and qualifications are filtered by.

https://docs.voucherify.io/api-reference/listing-resources
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict

from loyalty_sdk.voucherify.filters import TextConditions


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
