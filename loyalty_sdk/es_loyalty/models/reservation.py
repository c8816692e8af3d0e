"""Points set aside for a redemption, by a member or by a household.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, Shaped, renamed
from loyalty_sdk.es_loyalty.models._shapes import listed, moment

RedemptionType: TypeAlias = Literal["DISCOUNT", "TENDER"] | str
AccountType: TypeAlias = Literal["POINTS_TRANSFER", "CORP - NONPOS", "REDEEM"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Contribution(Model):
    """What one member of a household gives to a redemption.

    Attributes:
        redeem_amount: The points.
    """

    redeem_amount: Decimal | None = renamed("RedeemAmount")


@attrs.frozen(kw_only=True, weakref_slot=False)
class AuditEntry(Model):
    """Who did something to a reservation, and when.

    Attributes:
        call_id: The id of the call.
        date_iso: When it was made, as text.
        date_epoch: When it was made, in milliseconds.
        id: The id of the event.
        type: The kind of event, such as `CLIENT`.
        username: The name that stands for the redeemer; it may be the loyalty id.
    """

    call_id: str | None = renamed("callId")
    date_iso: str | None = renamed("dateISO")
    date_epoch: int | None = renamed("dateEpoch")
    id: str | None = None
    type: Literal["CLIENT"] | str | None = None
    username: str | None = None

    @property
    def date(self) -> datetime | None:
        """When it was made; by the epoch, where the vendor sends both."""
        return moment(self.date_epoch, self.date_iso)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Audit(Model):
    """The history of a reservation.

    Attributes:
        version: Its version.
        created: How it was made.
        updated: How it was last changed.
    """

    version: int | None = None
    created: AuditEntry | None = None
    updated: AuditEntry | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class AssociatedTransaction(Model):
    """A transaction that belongs to a reservation; what it holds is not documented: see `extra`."""

    _has_form = False


@attrs.frozen(kw_only=True, weakref_slot=False)
class Redemption(Model):
    """What is known of a redemption: of a household's, at the level of either.

    Attributes:
        redeemer: The account of the one who redeems for the household.
        total_requested_redemption_amount: How much is redeemed in all.
        id: The id of the redemption.
        contributors: What each member gives, by account id.
        redemption_id: The code of the redemption offer; it groups redemptions in reports.
        available_points_balance: The points that can be redeemed.
        consumed: Whether the household's points are used up.
        token: The token of the redemption.
        redeemer_name: The name of the redemption.
        redeemer_id: Who redeems: the partner or business unit, by which catalogues are found.
        object_type: The type of object and the token: it begins with `RESERVATION`.
        reserved_points: The points set aside.
        points: The points redeemed.
        loyalty_id: The loyalty id of the redeemer.
        audit: Who made and changed it.
        reservation_duration: How long it holds, in hours.
        session_id: The session that it was made in.
        dollar_amount: What it is worth in dollars.
        associated_transaction: The transaction that belongs to it.
        initiator_contribution: The points that the member gives who began it.
    """

    redeemer: str | None = renamed("Redeemer")
    total_requested_redemption_amount: Decimal | None = renamed("TotalRequestedRedemptionAmount")
    id: str | None = renamed("ID")
    contributors: Mapping[str, Contribution] | None = renamed("Contributors")
    redemption_id: str | None = renamed("redemptionId")
    available_points_balance: Decimal | None = renamed("AvailablePointsBalance")
    consumed: bool | None = renamed("Consumed")
    token: str | None = renamed("Token")
    redeemer_name: str | None = renamed("redeemerName")
    redeemer_id: str | None = renamed("redeemerId")
    object_type: Literal["RESERVATION"] | str | None = renamed("ObjectType")
    reserved_points: Decimal | None = renamed("ReservedPoints")
    points: Decimal | None = renamed("Points")
    loyalty_id: str | None = renamed("LoyaltyId")
    audit: Audit | None = None
    reservation_duration: Decimal | None = renamed("ReservationDuration")
    session_id: str | None = renamed("SessionID")
    dollar_amount: Decimal | None = renamed("DollarAmount")
    associated_transaction: AssociatedTransaction | None = renamed("associatedTransaction")
    initiator_contribution: Decimal | None = renamed("initiatorContribution")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Household(Redemption):
    """The part that a household has in a redemption."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class CatalogueItem(Model):
    """A product that points are redeemed for.

    Attributes:
        catalogue_item_name: Its name.
        product_code: The code of the product.
        quantity: How many.
        total_points_amount: The points for all of them.
        redemption_type: How it is paid for.
        catalogue_item_id: Its id in the catalogue.
        points_amount: The points for each.
    """

    catalogue_item_name: str | None = renamed("catalogueItemName")
    product_code: str | None = renamed("productCode")
    quantity: Decimal | None = None
    total_points_amount: Decimal | None = renamed("totalPointsAmount")
    redemption_type: RedemptionType | None = renamed("redemptionType")
    catalogue_item_id: str | None = renamed("catalogueItemId")
    points_amount: Decimal | None = renamed("pointsAmount")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Reservation(Redemption):
    """Points set aside for a redemption.

    Attributes:
        account_id: The account, or the household's where it redeems.
        expired_at_epoch: When the points are free again, in milliseconds.
        points_balance: The points left after the reservation.
        created_at_epoch: When the household was made, in milliseconds.
        household: The household's part, where one redeems.
        catalogue_items: What is redeemed.
        redemption_name: The name of the redemption.
        account_type: The kind of account transaction, `REDEEM`.
    """

    account_id: str | None = renamed("AccountID")
    expired_at_epoch: int | None = renamed("ExpiredAt")
    points_balance: Decimal | None = renamed("PointsBalance")
    created_at_epoch: int | None = renamed("CreatedAt")
    household: Household | None = renamed("Household")
    catalogue_items: Annotated[tuple[CatalogueItem, ...], Shaped(listed)] | None = renamed(
        "catalogueItems"
    )
    redemption_name: str | None = renamed("redemptionName")
    account_type: AccountType | None = renamed("accountType")

    @property
    def expired_at(self) -> datetime | None:
        """When the points are free again."""
        return moment(self.expired_at_epoch)

    @property
    def created_at(self) -> datetime | None:
        """When the household was made."""
        return moment(self.created_at_epoch)
