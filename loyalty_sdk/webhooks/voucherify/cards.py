"""What Voucherify's events tell of the points and credits of cards.

https://docs.voucherify.io/api-reference/project-settings-webhooks
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.balances import VoucherBalance, VoucherTransaction
from loyalty_sdk.voucherify.models.loyalties import PendingPoints
from loyalty_sdk.voucherify.models.orders import Order
from loyalty_sdk.voucherify.models.redemptions import Redemption
from loyalty_sdk.voucherify.models.references import CustomerReference, Identified
from loyalty_sdk.voucherify.models.vouchers import Voucher
from loyalty_sdk.webhooks.voucherify.campaigns import Campaign


@attrs.frozen(kw_only=True, weakref_slot=False)
class BalanceData(Model):
    """Points or credits were added to a card.

    Attributes:
        voucher: The card.
        balance: What was added, and how much there is now.
        transaction: The card's transaction.
        customer: The customer.
        campaign: The card's campaign.
    """

    voucher: Voucher = promised()
    balance: VoucherBalance | None = None
    transaction: VoucherTransaction | None = None
    customer: CustomerReference | None = None
    campaign: Campaign | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ExpiredPointsData(Model):
    """Points expired.

    Attributes:
        voucher: The loyalty card.
        points: How many.
        buckets: Where they were kept.
        transaction: The card's transaction.
        customer: The customer.
        campaign: The card's campaign.
    """

    voucher: Voucher = promised()
    points: Decimal | None = None
    buckets: tuple[Identified, ...] | None = None
    transaction: VoucherTransaction | None = None
    customer: CustomerReference | None = None
    campaign: Campaign | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PendingPointsData(Model):
    """Points that do not count yet were added, changed, cancelled, or count from now on.

    Attributes:
        voucher: The loyalty card.
        pending_points: The points: how many, and from when on they count.
        voucher_pending_points_balance: How many there are now.
        balance: How many count, once they do.
        transaction: The card's transaction, once they do.
        order: What was bought.
        customer: The customer.
        campaign: The card's campaign.
    """

    voucher: Voucher = promised()
    pending_points: PendingPoints | None = None
    voucher_pending_points_balance: VoucherBalance | None = None
    balance: VoucherBalance | None = None
    transaction: VoucherTransaction | None = None
    order: Order | None = None
    customer: CustomerReference | None = None
    campaign: Campaign | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class TransactionData(Model):
    """A loyalty card or a gift card has a new transaction.

    Attributes:
        transaction: The transaction.
        voucher: The card.
        balance: How much there is now.
        campaign: The card's campaign.
        holder: Who holds it.
        holder_loyalty_tier: The tier of who holds it.
        order: What was bought.
        event: What led to it.
        custom_event: The event that led to it.
        earning_rule: The rule that gave points.
        segment: The segment that gave points.
        loyalty_tier: The tier that counted.
        redemption: The redemption that it belongs to.
        rollback: The rollback that it belongs to.
        reward: What was paid with points.
        source_voucher: The card that points came from.
        destination_voucher: The card that points went to.
    """

    transaction: VoucherTransaction = promised()
    voucher: Voucher | None = None
    balance: VoucherBalance | None = None
    campaign: Campaign | None = None
    holder: CustomerReference | None = None
    holder_loyalty_tier: Identified | None = None
    order: Order | None = None
    event: Identified | None = None
    custom_event: Identified | None = None
    earning_rule: Identified | None = None
    segment: Identified | None = None
    loyalty_tier: Identified | None = None
    redemption: Redemption | None = None
    rollback: Redemption | None = None
    reward: Identified | None = None
    source_voucher: Voucher | None = None
    destination_voucher: Voucher | None = None
