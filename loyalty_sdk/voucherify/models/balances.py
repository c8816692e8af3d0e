"""What changed the balance of a gift card or a loyalty card.

https://docs.voucherify.io/api-reference/vouchers/list-voucher-transactions
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.references import Identified

TransactionType: TypeAlias = (
    Literal[
        "CREDITS_REDEMPTION",
        "CREDITS_REFUND",
        "CREDITS_ADDITION",
        "CREDITS_REMOVAL",
        "PENDING_POINTS_ACTIVATION",
        "POINTS_ACCRUAL",
        "POINTS_REDEMPTION",
        "POINTS_REFUND",
        "POINTS_ADDITION",
        "POINTS_REMOVAL",
        "POINTS_EXPIRATION",
        "POINTS_TRANSFER_IN",
        "POINTS_TRANSFER_OUT",
    ]
    | str
)


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherBalance(Model):
    """The balance of a card after a change: hundredths on a gift card, points on a loyalty card.

    Attributes:
        type: Which card it is.
        amount: How much was added; negative where it was taken.
        points: The same in the transactions of a loyalty card.
        total: Everything that was ever put on it.
        balance: What is left.
        operation_type: Whether somebody did it, or a redemption or a rule.
        related_object: The voucher.
        object: The kind of object, `balance`.
    """

    type: Literal["gift_voucher", "loyalty_card"] | str | None = None
    amount: Decimal | None = None
    points: Decimal | None = None
    total: Decimal | None = None
    balance: Decimal | None = None
    operation_type: Literal["MANUAL", "AUTOMATIC"] | str | None = None
    related_object: Identified | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class TransactionDetails(Model):
    """Why a balance changed: what belongs to the type of the transaction is there.

    Attributes:
        balance: The balance afterwards.
        order: The order.
        redemption: The redemption.
        rollback: What undid it.
        event: The event that points are for.
        custom_event: The same, of your own.
        event_schema: How that event is defined.
        earning_rule: The rule that gave points.
        segment: The segment of customers.
        loyalty_tier: The tier that the rule belongs to.
        holder_loyalty_tier: The tier of the holder at that time.
        reward: The reward that points paid for.
        pending_points: The points that were activated.
        source_voucher: Where points came from.
        destination_voucher: Where points went to.
    """

    balance: VoucherBalance | None = None
    order: Identified | None = None
    redemption: Identified | None = None
    rollback: Identified | None = None
    event: Identified | None = None
    custom_event: Identified | None = None
    event_schema: Identified | None = None
    earning_rule: Identified | None = None
    segment: Identified | None = None
    loyalty_tier: Identified | None = None
    holder_loyalty_tier: Identified | None = None
    reward: Identified | None = None
    pending_points: Mapping[str, Any] | None = None
    source_voucher: Mapping[str, Any] | None = None
    destination_voucher: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherTransaction(Model):
    """One change of the balance of a card.

    Attributes:
        id: Its id, `vtx_...`.
        type: What it was; credits are of gift cards, points of loyalty cards.
        source_id: Your id.
        voucher_id: The card, `v_...`.
        campaign_id: Its campaign, `camp_...`.
        source: Through which channel.
        reason: Why.
        details: What belongs to it.
        related_transaction_id: The other side of a transfer.
        created_at: When it was made.
    """

    id: str = promised()
    type: TransactionType | None = None
    source_id: str | None = None
    voucher_id: str | None = None
    campaign_id: str | None = None
    source: str | None = None
    reason: str | None = None
    details: TransactionDetails | None = None
    related_transaction_id: str | None = None
    created_at: datetime | None = None
