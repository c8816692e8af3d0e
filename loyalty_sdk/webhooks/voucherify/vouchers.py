"""What Voucherify's events tell of vouchers, publications and redemptions.

https://docs.voucherify.io/api-reference/project-settings-webhooks
"""

from __future__ import annotations

from datetime import datetime

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.orders import Order
from loyalty_sdk.voucherify.models.promotions import PromotionTier
from loyalty_sdk.voucherify.models.publications import Publication
from loyalty_sdk.voucherify.models.redemptions import Redemption
from loyalty_sdk.voucherify.models.references import CustomerReference, Identified
from loyalty_sdk.voucherify.models.vouchers import Voucher
from loyalty_sdk.webhooks.voucherify.campaigns import Campaign


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherData(Model):
    """A voucher was made, changed, switched on or off, or deleted.

    Attributes:
        voucher: The voucher.
        campaign: Its campaign.
    """

    voucher: Voucher = promised()
    campaign: Campaign | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PublicationData(Model):
    """A customer was given a voucher.

    Attributes:
        publication: The publication.
        voucher: The voucher, where it is one.
        vouchers: The vouchers, where they are several.
        customer: The customer.
        campaign: The voucher's campaign.
        user: Who gave it by hand.
        created_at: When.
    """

    publication: Publication = promised()
    voucher: Voucher | None = None
    vouchers: tuple[Voucher, ...] | None = None
    customer: CustomerReference | None = None
    campaign: Campaign | None = None
    user: Identified | None = None
    created_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionData(Model):
    """Something was redeemed or rolled back, or should have been.

    Attributes:
        redemption: The redemption, with the reason where it failed.
        redemption_rollback: The rollback, where it is one.
        customer: Who redeemed.
        order: What was bought.
        voucher: The voucher.
        holder: Who holds the voucher.
        campaign: Its campaign.
        promotion_tier: The promotion, where it was one.
        promotion_stack: The stack that it belongs to.
        created_at: When.
    """

    redemption: Redemption = promised()
    redemption_rollback: Redemption | None = None
    customer: CustomerReference | None = None
    order: Order | None = None
    voucher: Voucher | None = None
    holder: CustomerReference | None = None
    campaign: Campaign | None = None
    promotion_tier: PromotionTier | None = None
    promotion_stack: Identified | None = None
    created_at: datetime | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class HolderData(Model):
    """A voucher has got a holder, or has none any more.

    Attributes:
        voucher: The voucher.
        holder: Who holds it.
        customer: The customer.
        campaign: The voucher's campaign.
    """

    voucher: Voucher = promised()
    holder: CustomerReference | None = None
    customer: CustomerReference | None = None
    campaign: Campaign | None = None
