"""Points that wait, and tiers, of the older loyalty API.

https://docs.voucherify.io/api-reference/loyalties/list-member-pending-points
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.references import Identified


@attrs.frozen(kw_only=True, weakref_slot=False)
class LoyaltyBalance(Model):
    """The balance of a loyalty card after a change.

    Attributes:
        points: How many points were added; negative where they were taken.
        total: All points that were ever added.
        balance: What is left.
        type: Which card it is: `loyalty_card`.
        operation_type: Whether somebody did it, or a rule.
        related_object: The card.
        object: The kind of object, `balance`.
    """

    points: int | None = None
    total: int | None = None
    balance: int | None = None
    type: str | None = None
    operation_type: str | None = None
    related_object: Identified | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PointsEvent(Model):
    """The event that points are for.

    Attributes:
        id: Its id, `ev_...`.
        type: Its name, such as `customer.order.paid`.
        group_id: The request that caused it.
        entity_id: What caused it.
        created_at: When it was.
        category: Whether somebody did it (`ACTION`), or it came of something (`EFFECT`).
        event_source: Through what it came.
    """

    id: str | None = None
    type: str | None = None
    group_id: str | None = None
    entity_id: str | None = None
    created_at: datetime | None = None
    category: Literal["ACTION", "EFFECT"] | str | None = None
    event_source: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class EarningRule(Model):
    """The rule that gives points.

    Attributes:
        id: Its id, `ern_...`.
        source: What it is called: `banner`.
    """

    id: str | None = None
    source: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PendingPointsDetails(Model):
    """Where points come from that wait.

    Attributes:
        loyalty_tier: The tier that the rule belongs to.
        holder_loyalty_tier: The tier of the holder at that time.
        event: The event that they are for.
        earning_rule: The rule that gives them.
        order: The order that they are for.
    """

    loyalty_tier: Identified | None = None
    holder_loyalty_tier: Identified | None = None
    event: PointsEvent | None = None
    earning_rule: EarningRule | None = None
    order: Identified | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PendingPoints(Model):
    """Points that are not on the card yet.

    Attributes:
        id: Their id, `lopp_...`.
        voucher_id: The card, `v_...`.
        campaign_id: The program, `camp_...`.
        customer_id: Whose card it is, `cust_...`.
        order_id: The order that they are for, `ord_...`.
        points: How many.
        activates_at: The day on which they are added to the card.
        details: Where they come from.
        created_at: When they were made.
        updated_at: When they were last changed.
    """

    id: str = promised()
    voucher_id: str | None = None
    campaign_id: str | None = None
    customer_id: str | None = None
    order_id: str | None = None
    points: int | None = None
    activates_at: date | None = None
    details: PendingPointsDetails | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class LoyaltyTier(Model):
    """A tier of a loyalty program.

    Attributes:
        id: Its id, `ltr_...`.
        name: Its name.
        campaign_id: Its program, `camp_...`.
        points: From how many points on, and to how many.
        config: The same once more.
        earning_rules: What rules give in it, by their ids.
        rewards: What rewards cost in it, by their ids.
        expiration: When a member leaves it.
        metadata: Whatever you keep with it.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `loyalty_tier`.
    """

    id: str = promised()
    name: str | None = None
    campaign_id: str | None = None
    points: Mapping[str, Any] | None = None
    config: Mapping[str, Any] | None = None
    earning_rules: Mapping[str, Any] | None = None
    rewards: Mapping[str, Any] | None = None
    expiration: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None
