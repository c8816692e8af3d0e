"""What calls take by name; each field has the vendor's name, written in snake case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Required, TypeAlias, TypedDict
from uuid import UUID

from loyalty_sdk._core.given.arguments import identifier, within
from loyalty_sdk._core.given.inputs import Between, Writing
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.es_loyalty._arguments import days, epoch, session_id
from loyalty_sdk.es_loyalty.models.session import SessionChannel
from loyalty_sdk.es_loyalty.models.transaction import RequestAction

__all__ = [
    "BadgeList",
    "BadgeLocale",
    "CardLink",
    "CatalogueItemFields",
    "HoldChanges",
    "HoldFields",
    "IssuanceList",
    "IssuanceLocale",
    "IssuanceType",
    "LinkChanges",
    "OfferList",
    "OfferLocale",
    "OfferView",
    "ProductFields",
    "RedemptionFields",
    "RewardFields",
    "SessionFields",
    "SweepList",
    "TransactionList",
    "TransactionLocale",
    "VoidFields",
]

LARGEST_PAGE = 150
"""How many transactions a page has at the most."""

_LARGEST = 10**15

OfferLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA", "EN", "FR"] | str
BadgeLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA"] | str
TransactionLocale: TypeAlias = Literal["en-CA", "en-US", "fr-CA", "EN", "FR"] | str
IssuanceLocale: TypeAlias = Literal["en-CA", "fr-CA"] | str
IssuanceType: TypeAlias = Literal["voucher"] | str

Count = Annotated[int, Between(1, _LARGEST)]
Amount = Annotated[int, Between(0, _LARGEST)]
AtMoment = Annotated[datetime, Writing(epoch)] | Annotated[int, Writing(epoch)]
SessionName = (
    Annotated[str, Writing(session_id)]
    | Annotated[UUID, Writing(session_id)]
    | Annotated[Secret, Writing(session_id)]
)


def _as_text(argument: str, value: int) -> str:
    return str(within(argument, value, 0, _LARGEST))


def _contributions(argument: str, value: Mapping[Any, Any]) -> dict[str, int | None]:
    named = ((identifier(argument, account), account) for account in value)
    return {name: within(f"{argument}[{name}]", value[key], 0, _LARGEST) for name, key in named}


def _digits(count: int) -> Writing:
    def write(argument: str, value: str | int) -> str | int:
        written = identifier(argument, value)
        if len(written) != count or not (written.isascii() and written.isdecimal()):
            raise InvalidArgument(argument, f"must have {count} digits")
        return written if isinstance(value, str) else value

    return Writing(write)


class SessionFields(TypedDict, total=False):
    """What may be said of a session.

    Attributes:
        channel: Where the member is, such as `APP`; custom ones are possible. It is left to the
            vendor's settings unless given.
        correlation_id: The name of the session in all later calls, unique in the world; a new UUID
            unless given.
        external_agent_session_id: The session of an outside agent, where that is enabled; it goes
            with `EXTERNAL_AGENT_ID`.
    """

    channel: SessionChannel | None
    correlation_id: SessionName | None
    external_agent_session_id: SessionName | None


class TransactionList(TypedDict, total=False):
    """Which transactions are listed, and how.

    Attributes:
        limit: How many a page has, 1 to 150; 150 unless given, `None` leaves it to the vendor (30).
        transaction_id: Begin at this transaction; whether it comes itself depends on the vendor.
            Not older than 100 days.
        from_: Where the search begins: an aware datetime, or milliseconds since 1970. By the
            documents it is now unless given, so the later end; but an error text says that it
            should not be after `to`. It is sent as given.
        to: Where the search ends, likewise; the vendor goes back a year unless given.
        locale: The language of the texts; the account's unless given.
        transaction_type: Only this kind of transaction, such as `ADHOC_REDEEM`; where the vendor
            has enabled it.
        external_transaction_id: Only those that the client gave this id; where the vendor has
            enabled it.
    """

    limit: Annotated[int, Between(1, LARGEST_PAGE)] | None
    transaction_id: str | None
    from_: AtMoment | None
    to: AtMoment | None
    locale: TransactionLocale | None
    transaction_type: RequestAction | None
    external_transaction_id: str | None


class IssuanceList(TypedDict, total=False):
    """Which issuances are listed.

    Attributes:
        from_: The start of the range: an aware datetime, or milliseconds since 1970; within the
            last year. The vendor begins now unless given.
        to: The end of the range, likewise; the expiry date unless given.
        until: The end of the range in days: 0 or more, or a `timedelta` of whole days.
        limit: How many at the most, 1 or more; the vendor gives 20 unless given.
        max_results: How many at the most, 1 or more; the vendor takes more than 100 for 100, and
            gives 20 unless given. Which of the two wins is not documented.
        locale: The language of the texts; the vendor decides unless given.
        type: The kind of issuance, at present only `voucher`.
        business_unit: Only what is for this business unit.
        status: Only what is in this state.
    """

    from_: AtMoment | None
    to: AtMoment | None
    until: Annotated[int, Writing(days)] | Annotated[timedelta, Writing(days)] | None
    limit: Count | None
    max_results: Count | None
    locale: IssuanceLocale | None
    type: IssuanceType | None
    business_unit: str | None
    status: Literal["AVAILABLE", "REDEEMED", "EXPIRED"] | None


class OfferView(TypedDict, total=False):
    """How offers are shown.

    Attributes:
        locale: The language of the texts; the account's unless given.
        business_units: Only what is for these business units.
    """

    locale: OfferLocale | None
    business_units: Sequence[str] | None


class OfferList(OfferView, total=False):
    """Which offers are listed.

    Attributes:
        max_results: How many at the most; the vendor gives no more than 100.
        from_: From when on: an aware datetime, or milliseconds since 1970.
        until: How many days from then on.
    """

    max_results: Count | None
    from_: AtMoment | None
    until: Amount | None


class SweepList(TypedDict, total=False):
    """How a list comes.

    Attributes:
        page_size: How many a page has; the vendor decides unless given.
    """

    page_size: Count | None


class BadgeList(SweepList, total=False):
    """How badges come.

    Attributes:
        locale: The language of the texts; the account's unless given.
    """

    locale: BadgeLocale | None


class VoidFields(TypedDict, total=False):
    """What may be said of an undoing.

    Attributes:
        external_reference_id: Your own id of it.
        channel: Where the member is, such as `APP`.
    """

    external_reference_id: str | None
    channel: str | None


class RewardFields(TypedDict, total=False):
    """Points that are given or taken, out of turn.

    Attributes:
        business_unit: The business unit that gives them.
        issuer_id: The partner or business unit that issues them.
        reward_id: The id of the reward.
        reward_amount: How many points; below 0 they are taken.
        external_reference_id: Your own id of the reward.
        channel: Where the member is, such as `APP`.
    """

    business_unit: Required[str]
    issuer_id: Required[str]
    reward_id: Required[str]
    reward_amount: Required[Annotated[int, Between(-_LARGEST, _LARGEST)]]
    external_reference_id: str | None
    channel: str | None


class RedemptionFields(TypedDict, total=False):
    """A redemption of points that are set aside.

    Attributes:
        business_unit: The business unit that it is at.
        reservation_token: What `reservations.make` gave.
        external_reference_id: Your own id of the redemption.
        channel: Where the member is, such as `APP`.
    """

    business_unit: Required[str]
    reservation_token: Required[str]
    external_reference_id: str | None
    channel: str | None


class CatalogueItemFields(TypedDict, total=False):
    """Something that points are redeemed for.

    Attributes:
        id: Its name in the catalogue.
        quantity: How many, 1 or more.
    """

    id: Required[str]
    quantity: Count | None


class HoldFields(TypedDict, total=False):
    """Points that are to be set aside.

    Attributes:
        business_unit: The business unit that they are for.
        redeemer_id: Who redeems: a partner or a business unit.
        redemption_id: The code of the redemption offer.
        reservation_amount: How many points; left out, the sum of the items.
        contributions: What each member of a household gives: points by account id.
        catalogue_items: What they are redeemed for.
        fulfillment_email_key: Which of the account's addresses is written to. The vendor demands
            it with the redemption ids `STATEMENT_CREDIT` and `DIRECT_DEPOSIT`, and only there.
    """

    business_unit: str | None
    redeemer_id: str | None
    redemption_id: str | None
    reservation_amount: Annotated[int, Writing(_as_text)] | None
    contributions: Annotated[Mapping[str, int], Writing(_contributions)] | None
    catalogue_items: Sequence[CatalogueItemFields] | None
    fulfillment_email_key: str | None


class ProductFields(TypedDict, total=False):
    """Something that points are redeemed for, as a change of a reservation names it.

    Attributes:
        product_code: The code of the product.
        quantity: How many, 1 or more.
    """

    product_code: Required[str]
    quantity: Count | None


class HoldChanges(TypedDict, total=False):
    """What becomes of points that are set aside.

    Attributes:
        reservation_amount: How many points remain so; no more than there were.
        redemption_id: The code of the redemption offer.
        redeemer_id: Who redeems; goes with a redemption id.
        catalogue_items: What they are redeemed for; goes with both.
    """

    reservation_amount: Required[Amount]
    redemption_id: str | None
    redeemer_id: str | None
    catalogue_items: Sequence[ProductFields] | None


class CardLink(TypedDict, total=False):
    """A link between an account and a partner's card.

    Attributes:
        account_id: The account.
        link_id: The partner's id of the card, such as a hash of its number.
        last4: The last four digits of the card; as text they keep their zeros.
        bin: The bank's number, six digits.
        metadata: More about the card, such as `{"cardType": "D", "cardholderType": "Retail"}`.
    """

    account_id: str | None
    link_id: Required[str]
    last4: Required[Annotated[str, _digits(4)] | Annotated[int, _digits(4)]]
    bin: Annotated[str, _digits(6)] | Annotated[int, _digits(6)] | None
    metadata: Mapping[str, Any] | None


class LinkChanges(TypedDict, total=False):
    """What is to be done with links of one type.

    Attributes:
        link_type: The type of link; `PAYMENT_CARD` unless given.
        add: Those that are new.
        remove: Those that are no more.
        update: Those that are changed.
    """

    link_type: str | None
    add: Sequence[CardLink] | None
    remove: Sequence[CardLink] | None
    update: Sequence[CardLink] | None
