"""What a customer holds.

https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.values import (
    CampaignType,
    Role,
    Status,
    VoucherKind,
)
from loyalty_sdk.voucherify.models.vouchers import Voucher


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redeemable(Model):
    """What can be redeemed, and whether it can be now.

    Attributes:
        type: What it is: a `voucher`.
        voucher: The voucher.
        status: Whether it can be redeemed, or why not.
    """

    type: Literal["voucher"] | str = promised()
    voucher: Voucher = promised()
    status: Status | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CustomerRedeemable(Model):
    """Something redeemable in the hands of a customer.

    Attributes:
        id: The id of this holding, `rh_...`.
        created_at: When it was assigned.
        redeemable_id: The id of what is held.
        redeemable_object: What is held: a `voucher`.
        customer_id: Who holds it.
        holder_role: In which role.
        campaign_id: The campaign it comes from.
        campaign_type: The type of that campaign.
        voucher_type: The type of the voucher.
        redeemable: What is held, in full.
    """

    id: str = promised()
    redeemable_id: str = promised()
    redeemable_object: Literal["voucher"] | str = promised()
    customer_id: str = promised()
    redeemable: Redeemable = promised()
    created_at: datetime | None = None
    holder_role: Role | None = None
    campaign_id: str | None = None
    campaign_type: CampaignType | None = None
    voucher_type: VoucherKind | None = None
