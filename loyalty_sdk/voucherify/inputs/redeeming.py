"""What is redeemed, for whom, and in which session.

https://docs.voucherify.io/api-reference/redemptions/redeem-stackable-discounts
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.voucherify.filters import RawFilter
from loyalty_sdk.voucherify.inputs.filters import QualificationFilters
from loyalty_sdk.voucherify.inputs.orders import OrderFields
from loyalty_sdk.voucherify.inputs.people import CustomerFields
from loyalty_sdk.voucherify.inputs.values import Amount, Count, Metadata


class CreditsFields(TypedDict, total=False):
    """How much of a gift card is to be used.

    Attributes:
        credits: In hundredths; no more than the balance.
    """

    credits: Amount


class PointsFields(TypedDict, total=False):
    """The reward that points are to be used for.

    Attributes:
        id: The id of the reward, `rew_...`.
        points: How many points, where they pay for an order.
    """

    id: str
    points: Count


class RedeemableFields(TypedDict, total=False):
    """Something to be redeemed.

    Attributes:
        object: What it is.
        id: The code of a voucher, or the id of a promotion.
        gift: How much of a gift card is to be used.
        reward: The reward that the points of a loyalty card are for.
    """

    object: Required[Literal["voucher", "promotion_tier", "promotion_stack"]]
    id: Required[str]
    gift: CreditsFields
    reward: PointsFields


class SessionFields(TypedDict, total=False):
    """A session that holds what was validated for one buyer.

    Attributes:
        key: Its key; the same key takes the place of what was held under it.
        type: `LOCK` to begin one.
        ttl: How long it lives, in `ttl_unit`; 7 days unless given.
        ttl_unit: The unit of that.
    """

    key: str
    type: Literal["LOCK"]
    ttl: Count
    ttl_unit: Literal[
        "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS"
    ]


Redeemables = Sequence[str | RedeemableFields]
"""What is to be redeemed, 1 to 30; a text is the code of a voucher."""


class RedeemFields(TypedDict, total=False):
    """What a validation and a redemption are about, besides the redeemables.

    Attributes:
        order: The order; a redemption keeps it.
        customer: The customer; a redemption makes one whose `source_id` is new.
        session: For a validation, `{"type": "LOCK"}` holds what is valid for this buyer, 7 days
            unless it says otherwise; for a redemption, the `key` of that session.
        tracking_id: Your id of the customer.
        metadata: What to keep with the redemption, and what its rules are checked against.
        expand: What to show more of.
    """

    order: OrderFields | None
    customer: CustomerFields | None
    session: SessionFields | None
    tracking_id: str | None
    metadata: Metadata | None
    expand: Sequence[Literal["order", "redemption", "redeemable", "category"]] | None


class RollbackFields(TypedDict, total=False):
    """What may be said of a rollback.

    Attributes:
        reason: Why it is made.
        tracking_id: Your id of the customer.
        customer: The customer, to change what is kept of them.
        order: The order, to change what is kept of it.
        metadata: What to keep with the redemption.
    """

    reason: Prose | None
    tracking_id: str | None
    customer: CustomerFields | None
    order: OrderFields | None
    metadata: Metadata | None


class QualifyFields(TypedDict, total=False):
    """What a customer's redeemables are to be fit for.

    Attributes:
        customer: The customer.
        order: The order.
        tracking_id: Your id of the customer.
        scenario: Which redeemables are looked at; all, unless given.
        sorting_rule: By what: the newest first (`DEFAULT`), or by what they take off.
        expand: What to show more of.
        filters: Which are listed; see `QualificationFilters`.
        starting_after: Begin behind those that were made at this moment; aware.
        metadata: What rules about the redemption's metadata are checked against.
        session: `{"type": "LOCK"}` shows how much of a gift card sessions hold.
    """

    customer: CustomerFields | None
    order: OrderFields | None
    tracking_id: str | None
    scenario: (
        Literal[
            "ALL",
            "CUSTOMER_WALLET",
            "AUDIENCE_ONLY",
            "PRODUCTS",
            "PRODUCTS_DISCOUNT",
            "PROMOTION_STACKS",
            "PRODUCTS_BY_CUSTOMER",
            "PRODUCTS_DISCOUNT_BY_CUSTOMER",
        ]
        | None
    )
    sorting_rule: Literal["DEFAULT", "BEST_DEAL", "LEAST_DEAL"] | None
    expand: Sequence[Literal["redeemable", "category", "validation_rules"]] | None
    filters: QualificationFilters | RawFilter | None
    starting_after: datetime | None
    metadata: Metadata | None
    session: SessionFields | None
