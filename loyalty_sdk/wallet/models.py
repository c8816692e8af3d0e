"""The few words that a wallet has for what four vendors say.

Nothing is converted, added up or concluded: what a vendor does not say is `None` or `unknown`. The
vendor's own object stays at hand as `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeAlias

import attrs

from loyalty_sdk._core.given.arguments import identifier, number, path_part, plain_text
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk._core.reading.shown import html_table, text_table
from loyalty_sdk.errors import InvalidArgument

VendorName: TypeAlias = Literal["es_loyalty", "voucherify", "cardlytics", "spaaza"]
RewardStatus: TypeAlias = Literal["available", "not_yet", "used", "expired", "blocked", "unknown"]
ActivityKind: TypeAlias = Literal[
    "earned", "redeemed", "expired", "adjusted", "transferred", "reversed", "failed", "unknown"
]
WorthKind: TypeAlias = Literal["money", "points", "percent", "units", "unknown"]


@attrs.frozen
class Worth:
    """What something is worth, in exactly one way; made by `Worth.money(...)` and its like.

    Attributes:
        kind: Which way that is.
        amount: How much; `None` where the kind is `unknown`, and only there.
        currency: Of money, the currency as the vendor writes it, a code or a sign; `None` where it
            does not say, and for all that is no money.
    """

    kind: WorthKind = "unknown"
    amount: Decimal | None = None
    currency: str | None = None

    def __attrs_post_init__(self) -> None:
        if (self.kind == "unknown") != (self.amount is None):
            raise InvalidArgument("amount", "must be given, unless what it is worth is unknown")
        if self.currency is not None and self.kind != "money":
            raise InvalidArgument("currency", "belongs to money")

    @classmethod
    def money(cls, amount: Decimal | None, currency: str | None = None) -> Worth:
        """So much money, in whole units of its currency; unknown where there is no amount."""
        return cls() if amount is None else cls("money", amount, currency or None)

    @classmethod
    def points(cls, amount: Decimal | int | None) -> Worth:
        """So many points."""
        return cls() if amount is None else cls("points", Decimal(amount))

    @classmethod
    def percent(cls, amount: Decimal | None) -> Worth:
        """So many percent of a purchase: 10 is a tenth."""
        return cls() if amount is None else cls("percent", amount)

    @classmethod
    def units(cls, amount: Decimal | None) -> Worth:
        """So many units of a product."""
        return cls() if amount is None else cls("units", amount)

    def __str__(self) -> str:
        if self.amount is None:
            return "unknown"
        unit = {"money": self.currency or "", "percent": "%"}.get(self.kind, self.kind)
        return f"{self.amount} {unit}".rstrip()


UNKNOWN = Worth()
NOTHING = "-"


@attrs.frozen
class _Shown:
    """A value that is shown as a table of the fields that say something."""

    columns: ClassVar[Mapping[str, Callable[[Any], Any]]]

    def cells(self) -> list[str]:
        """What it has in the columns of a table of several."""
        return [_words(read(self)) for read in self.columns.values()]

    def _fields(self) -> list[tuple[str, str]]:
        fields = attrs.fields_dict(type(self))
        told = {name: _words(getattr(self, name)) for name in fields if name != "source"}
        return [(name, words) for name, words in told.items() if words != NOTHING]

    def __str__(self) -> str:
        return text_table((), self._fields())

    def _repr_html_(self) -> str:
        """A table for notebooks; the vendor's texts are escaped."""
        return html_table(("field", "value"), self._fields())


@attrs.frozen(kw_only=True)
class Reward(_Shown):
    """Something that a member holds: a voucher, an issuance, a redeemable, an offer.

    Attributes:
        vendor: Whose it is.
        id: The vendor's id, where it gives one.
        code: What one shows to redeem it.
        title: A few words about it.
        status: Whether it can be used. `available`: now, if need be once the member claimed or
            activated it; `not_yet`: its time is to come; `used`: nothing of it is left;
            `expired`; `blocked`: somebody switched it off or locked it; `unknown`.
        vendor_status: The vendor's own word for that.
        worth: What it is worth.
        issued: When the member got it; aware, as all times here.
        starts: When it begins to be good.
        expires: When it ceases to be.
        redeemed: When it was redeemed.
        terms: Terms and conditions, as sent; some vendors send HTML.
        source: The vendor's own object.
    """

    vendor: VendorName
    id: str | None = None
    code: str | None = None
    title: str | None = None
    status: RewardStatus = "unknown"
    vendor_status: str | None = None
    worth: Worth = UNKNOWN
    issued: datetime | None = None
    starts: datetime | None = None
    expires: datetime | None = None
    redeemed: datetime | None = None
    terms: str | None = None
    source: Model

    columns: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "vendor": lambda reward: reward.vendor,
        "code": lambda reward: reward.code or reward.id,
        "title": lambda reward: reward.title,
        "worth": lambda reward: reward.worth,
        "status": lambda reward: _with_own_word(reward.status, reward.vendor_status),
        "expires": lambda reward: reward.expires and f"{reward.expires:%Y-%m-%d}",
    }


@attrs.frozen(kw_only=True)
class Activity(_Shown):
    """Something that happened: a transaction, a redemption.

    Attributes:
        vendor: Whose it is.
        id: The vendor's id, where it gives one.
        kind: What happened; `unknown` where the vendor's word may mean several things.
        vendor_kind: The vendor's own word for that.
        when: When it happened; aware.
        worth: How much it was about, signed as the vendor signs it.
        balance: What is left after it.
        reward_id: The id of the reward that it belongs to.
        reward: That reward, where the vendor sends it along.
        source: The vendor's own object.
    """

    vendor: VendorName
    id: str | None = None
    kind: ActivityKind = "unknown"
    vendor_kind: str | None = None
    when: datetime | None = None
    worth: Worth = UNKNOWN
    balance: Worth = UNKNOWN
    reward_id: str | None = None
    reward: Reward | None = attrs.field(default=None, repr=False)
    source: Model

    columns: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "vendor": lambda activity: activity.vendor,
        "when": lambda activity: activity.when and f"{activity.when:%Y-%m-%d %H:%M}",
        "kind": lambda activity: _with_own_word(activity.kind, activity.vendor_kind),
        "worth": lambda activity: activity.worth,
        "balance": lambda activity: activity.balance,
        "reward": lambda activity: (
            (activity.reward and activity.reward.title) or activity.reward_id
        ),
    }


def _with_own_word(word: str, own: str | None) -> str:
    """The word, and the vendor's own where it says something else."""
    return word if own is None or own.lower() == word else f"{word} ({own})"


def _words(value: object) -> str:
    if value is None or value == UNKNOWN:
        return NOTHING
    if isinstance(value, Reward):
        return value.title or value.code or value.id or NOTHING
    return str(value)


def _opt_identifier(_: object, attribute: attrs.Attribute[Any], value: str | int | None) -> None:
    if value is not None:
        identifier(attribute.name, value)


def _hidden(value: str | Secret | None) -> Secret | None:
    if value is None:
        return None
    hidden = value if isinstance(value, Secret) else Secret(plain_text("cardlytics_token", value))
    path_part("cardlytics_token", hidden)
    return hidden


_SPAAZA = ("user_id", "username", "member_number", "authentication_point_identifier")


@attrs.frozen(kw_only=True, repr=False)
class Member:
    """How each vendor knows one person. A vendor that does not know them is not asked.

    Attributes:
        es_identifier: ES Loyalty: the account's id, or another identifier.
        es_identifier_type: What kind of identifier that is.
        voucherify_customer: Voucherify: the customer's id (`cust_...`), or your source id.
        cardlytics_token: Cardlytics: the customer's security token; a text becomes a `Secret`.
        cardlytics_customer: Or your own id of the customer, by which the token is asked for.
        spaaza_chain: Spaaza: the chain, and exactly one of what follows.
        spaaza_user_id: Spaaza's id of the user.
        spaaza_username: Or the e-mail address.
        spaaza_member_number: Or the member number.
        spaaza_authentication_point_identifier: Or the id in another identity system.

    Raises:
        InvalidArgument: An identifier cannot be used, or some do not go together.
    """

    es_identifier: str | int | None = attrs.field(default=None, validator=_opt_identifier)
    es_identifier_type: Literal[
        "ACCOUNT_ID",
        "LOYALTY_ID",
        "EXTERNAL_ID",
        "EMAIL",
        "PARTNER_LINK_ID",
        "PHONE_NUMBER",
        "EXTERNAL_AGENT_ID",
    ] = "ACCOUNT_ID"
    voucherify_customer: str | int | None = attrs.field(default=None, validator=_opt_identifier)
    cardlytics_token: Secret | None = attrs.field(default=None, converter=_hidden)
    cardlytics_customer: str | int | None = attrs.field(default=None, validator=_opt_identifier)
    spaaza_chain: int | str | None = None
    spaaza_user_id: int | str | None = None
    spaaza_username: str | None = attrs.field(default=None, validator=_opt_identifier)
    spaaza_member_number: str | None = attrs.field(default=None, validator=_opt_identifier)
    spaaza_authentication_point_identifier: str | None = attrs.field(
        default=None, validator=_opt_identifier
    )

    def __attrs_post_init__(self) -> None:
        for name in ("spaaza_chain", "spaaza_user_id"):
            if (value := getattr(self, name)) is not None:
                number(name, value)
        if len(self.spaaza_user) != (self.spaaza_chain is not None):
            raise InvalidArgument("spaaza_chain", "goes with exactly one way to name the user")
        if self.cardlytics_token is not None and self.cardlytics_customer is not None:
            raise InvalidArgument("cardlytics_customer", "is not needed where there is a token")

    @property
    def spaaza_user(self) -> Mapping[str, Any]:
        """How Spaaza's calls name the user."""
        given = {name: getattr(self, f"spaaza_{name}") for name in _SPAAZA}
        return {name: value for name, value in given.items() if value is not None}

    @property
    def known_to(self) -> tuple[VendorName, ...]:
        """The vendors that know this person."""
        cardlytics = self.cardlytics_token or self.cardlytics_customer
        known: dict[VendorName, object] = {
            "es_loyalty": self.es_identifier,
            "voucherify": self.voucherify_customer,
            "cardlytics": cardlytics,
            "spaaza": self.spaaza_chain,
        }
        return tuple(vendor for vendor, by in known.items() if by is not None)

    def __repr__(self) -> str:
        return f"<Member of {', '.join(self.known_to) or 'no vendor'}>"
