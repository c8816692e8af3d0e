"""What Spaaza's events are about.

https://docs.spaaza.com/api/voucher-webhook, https://docs.spaaza.com/api/wallet-webhook
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.coerce import utc_instant
from loyalty_sdk._core.reading.model import Model, Reading
from loyalty_sdk.spaaza import User, Voucher

Instant = Annotated[datetime, Reading(utc_instant)]
"""A moment; Spaaza's times without an offset are in UTC."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class MutationBasket(Model):
    """The purchase that changed a wallet.

    Attributes:
        id: Its id.
        created_date: When it was.
        retailer_basket_code: Your code of it.
        total_value: What it was worth.
    """

    id: str | None = None
    created_date: Instant | None = None
    retailer_basket_code: str | None = None
    total_value: Decimal | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class MutationCampaign(Model):
    """The wallet.

    Attributes:
        campaign_id: Its id.
        campaign_type: Its type.
        campaign_title: Its title.
        campaign_title_localised: The title in the customer's language.
        contributing_campaign: The campaign that changed it; its form is not documented.
    """

    campaign_id: str | None = None
    campaign_type: str | None = None
    campaign_title: str | None = None
    campaign_title_localised: str | None = None
    contributing_campaign: Any | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PointsMutation(Model):
    """A customer's wallet changed.

    Attributes:
        amount: By how much.
        earn_or_spend: Whether there is more or less now.
        type: What changed it, in the vendor's word.
        campaign: The wallet.
        basket: The purchase that changed it.
        user: The customer.
        currency_id: Spaaza's id of the currency.
        receipt_id: The receipt.
        returned_item: What was returned; its form is not documented.
        created_date: When it was written down.
        timestamp_microsecond: The same, to the microsecond.
    """

    amount: Decimal | None = None
    earn_or_spend: Literal["earn", "spend"] | str | None = None
    type: str | None = None
    campaign: MutationCampaign | None = None
    basket: MutationBasket | None = None
    user: User | None = None
    currency_id: str | None = None
    receipt_id: str | None = None
    returned_item: Any | None = None
    created_date: Instant | None = None
    timestamp_microsecond: Instant | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Envelope(Model):
    """What stands around the data.

    Attributes:
        id: The id of what it is about, such as `voucher275221`; not of the event.
        type: What happened.
        chain_id: The chain.
        created: When.
    """

    id: str | None = None
    type: str | None = None
    chain_id: str | None = None
    created: Instant | None = None

    @property
    def key(self) -> str | None:
        """Type, id and time together; `None` where one is missing: the others tell too little."""
        if self.id is None or self.type is None or self.created is None:
            return None
        return f"{self.type} {self.id} {self.created.isoformat()}"


EventData: TypeAlias = Voucher | PointsMutation
"""What the events that are documented are about."""

DATA_BY_TYPE: Mapping[str, type[EventData]] = {
    "shopper.voucher-issued": Voucher,
    "shopper.voucher-claimed": Voucher,
    "shopper.voucher-redeemed": Voucher,
    "shopper.voucher-expiring": Voucher,
    "shopper.points-mutation": PointsMutation,
}
"""The class of the data, for the types of events that are documented."""
