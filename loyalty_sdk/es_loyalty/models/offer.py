"""Offers to a member, and what the member said to them.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/best-offer
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import moment

OfferType: TypeAlias = Literal["FLAT", "MULTIPLIER", "PERCENTAGE"] | str
AcceptanceState: TypeAlias = Literal["ACCEPTED", "NONE", "COMPLETED"] | str
AcceptanceMethod: TypeAlias = Literal["LTC"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Offer(Model):
    """An offer; whatever else the vendor says of it is in `extra`.

    Attributes:
        id: The id of the offer.
        type: How it rewards: so many points, a multiple of the base, or a share of the spend.
        rank: How important it is, 0 to 9; the smallest number goes first.
        acceptance_state: Whether the member has accepted it.
        acceptance_method: How it is accepted; `LTC`, load to card, before it can be earned by.
        short_description1: A line about it.
        short_description2: Another one.
        long_description: What to show of it.
    """

    _has_form = False

    id: str = promised()
    type: OfferType | None = None
    rank: int | None = None
    acceptance_state: AcceptanceState | None = renamed("acceptanceState")
    acceptance_method: AcceptanceMethod | None = renamed("acceptanceMethod")
    short_description1: str | None = renamed("shortDescription1")
    short_description2: str | None = renamed("shortDescription2")
    long_description: str | None = renamed("longDescription")


@attrs.frozen(kw_only=True, weakref_slot=False)
class OfferAcceptance(Model):
    """What a member said to an offer.

    Attributes:
        account_id: The account that the offer is to.
        offer_code: The key of the offer.
        acceptance_date_iso: When it was accepted, as text.
        acceptance_date_epoch: When it was accepted, in milliseconds.
        acceptance_state: Whether it is accepted.
        effective_date_iso: When it begins, as text.
        effective_date_epoch: When it begins, in milliseconds.
        expiry_date_iso: When it ends, as text; empty where it never does.
        expiry_date_epoch: When it ends, in milliseconds.
        version: How often the offer was changed.
    """

    account_id: str = promised("accountID")
    offer_code: str = promised("offerCode")
    acceptance_date_iso: str | None = renamed("acceptanceDate")
    acceptance_date_epoch: int | None = renamed("acceptanceDateEpoch")
    acceptance_state: AcceptanceState | None = renamed("acceptanceState")
    effective_date_iso: str | None = renamed("effectiveDate")
    effective_date_epoch: int | None = renamed("effectiveDateEpoch")
    expiry_date_iso: str | None = renamed("expiryDate")
    expiry_date_epoch: int | None = renamed("expiryDateEpoch")
    version: int | None = None

    @property
    def acceptance_date(self) -> datetime | None:
        """When it was accepted; by the epoch, where the vendor sends both."""
        return moment(self.acceptance_date_epoch, self.acceptance_date_iso)

    @property
    def effective_date(self) -> datetime | None:
        """When it begins; by the epoch, where the vendor sends both."""
        return moment(self.effective_date_epoch, self.effective_date_iso)

    @property
    def expiry_date(self) -> datetime | None:
        """When it ends; by the epoch, where the vendor sends both."""
        return moment(self.expiry_date_epoch, self.expiry_date_iso)
