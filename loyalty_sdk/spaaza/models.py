"""What Spaaza answers with.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.coerce import utc_instant
from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.model import Model, Reading, promised, renamed
from loyalty_sdk.spaaza.auth import AdminSession, UserSession

VoucherStatus: TypeAlias = Literal["generated", "claimed", "redeemed"] | str
VoucherType: TypeAlias = Literal["basket", "basket_pct", "honour", "basket_fixed_unit"] | str

Instant = Annotated[datetime, Reading(utc_instant)]
"""A moment; Spaaza's times without an offset are in UTC."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class EntityCode(Model):
    """A code that stands for a customer.

    Attributes:
        type: What kind of code it is.
        code: The code.
    """

    type: str | None = None
    code: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class OptInProgramme(Model):
    """Whether a customer takes part in the programme.

    Attributes:
        programme_opted_in: Whether they do.
        join_date: Since when.
    """

    programme_opted_in: bool | None = None
    join_date: Instant | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class User(Model):
    """The customer whom a voucher belongs to.

    Attributes:
        id: Spaaza's id.
        user_id: The same id.
        first_name: The first name.
        last_name: The last name.
        username: The e-mail address.
        authentication_point_identifier: The id in another identity system.
        auxiliary_identifier: One more id.
        mailing_list: What is known of mailing lists; its form is not documented.
        entity_code: The code that stands for the customer.
        opt_in_programme: Whether they take part in the programme.
        signup_channel: Where they signed up; its form is not documented.
        country_code: The country, ISO 3166 alpha-2.
        language: The language, BCP 47.
        address_streetname: The street.
        address_housenumber: The number in it.
        address_housenumber_extension: What follows the number.
        address_line_2: The second line of the address.
        address_line_3: The third line of the address.
        address_towncity: The town.
        address_regionstate: The region.
        address_postalcode: The postal code.
    """

    id: str = promised()
    user_id: str = promised()
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    authentication_point_identifier: str | None = None
    auxiliary_identifier: str | None = None
    mailing_list: Any | None = None
    entity_code: EntityCode | None = None
    opt_in_programme: OptInProgramme | None = None
    signup_channel: Any | None = None
    country_code: str | None = None
    language: str | None = None
    address_streetname: str | None = None
    address_housenumber: str | None = None
    address_housenumber_extension: str | None = None
    address_line_2: str | None = None
    address_line_3: str | None = None
    address_towncity: str | None = None
    address_regionstate: str | None = None
    address_postalcode: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemingBasket(Model):
    """The purchase that a voucher was redeemed with; its fields are not documented: see `extra`."""

    _has_form = False


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoucherCampaign(Model):
    """The campaign of a voucher, where the API sends it as an object.

    Attributes:
        id: Its id.
        title: Its title.
        type: Its type.
    """

    id: str | None = None
    title: str | None = None
    type: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Voucher(Model):
    """A voucher of a chain.

    Attributes:
        voucher_key: The unique key, by which calls name it.
        voucher_id: Spaaza's id.
        type: What it does: `basket` (an amount off), `basket_pct` (a share off), `honour` (what
            `voucher_honour_code` says), ...
        voucher_status: `generated`, then `claimed`, then `redeemed`.
        voucher_created_datetime: When it was made.
        voucher_locked: Whether it is locked now.
        campaign_id: The campaign's id, whether the API sent the campaign flat or as an object.
        campaign_type: The campaign's type, likewise.
        campaign_title: The campaign's title, likewise.
        campaign: The campaign as an object, where the API sent one.
        redeeming_basket: The purchase that it was redeemed with.
        voucher_expiry_datetime_utc: When it expires.
        voucher_expiry_seconds_remaining: How many seconds that was ahead.
        voucher_currency_id: Spaaza's id of the currency.
        voucher_currency_symbol: The currency's sign.
        voucher_amount_original: What it was worth at first, exactly as sent.
        voucher_amount_redeemed: What was redeemed of it.
        voucher_amount: What it is worth; do not compute a balance from it.
        voucher_text: Any text.
        voucher_honour_code: A code by which another system decides.
        voucher_title: A title.
        voucher_description: A longer text.
        voucher_notes: Terms and conditions.
        voucher_image_url: The address of an image.
        user: The customer whom it belongs to.
    """

    voucher_key: str = promised()
    voucher_id: str = promised()
    type: VoucherType = promised()
    voucher_status: VoucherStatus | None = None
    voucher_created_datetime: Instant | None = None
    voucher_locked: bool | None = None
    campaign_id: str | None = None
    campaign_type: str | None = None
    campaign_title: str | None = None
    campaign: VoucherCampaign | None = None
    redeeming_basket: RedeemingBasket | None = None
    voucher_expiry_datetime_utc: Instant | None = None
    voucher_expiry_seconds_remaining: int | None = None
    voucher_currency_id: str | None = None
    voucher_currency_symbol: str | None = None
    voucher_amount_original: Decimal | None = None
    voucher_amount_redeemed: Decimal | None = None
    voucher_amount: Decimal | None = None
    voucher_text: str | None = None
    voucher_honour_code: str | None = None
    voucher_title: str | None = None
    voucher_description: str | None = None
    voucher_notes: str | None = None
    voucher_image_url: str | None = None
    user: User | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Session(Model):
    """Somebody is logged in. The key is a `Secret`; the value can be neither pickled nor shown.

    Attributes:
        session_key: The key.
        session_user_id: Who is logged in.
        session_username: Their name.
        session_auth_method: How they logged in.
        session_key_validity: For how many hours the key is good.
        session_expires_date: Until when.
        app_hostname: The app they logged in to, for a customer; `None` for somebody on the staff.
    """

    session_key: Hidden = promised()
    session_user_id: str = promised()
    session_username: str | None = None
    session_auth_method: str | None = None
    session_key_validity: int | None = None
    session_expires_date: Instant | None = None
    app_hostname: str | None = None

    @property
    def auth(self) -> AdminSession | UserSession:
        """What a client of this session is made with: `Spaaza(auth=session.auth)`."""
        if self.app_hostname is None:
            return AdminSession(self.session_user_id, self.session_key)
        return UserSession(self.session_user_id, self.session_key, self.app_hostname)


@attrs.frozen(kw_only=True, weakref_slot=False)
class PasscodeRequired(Model):
    """A passcode was sent by e-mail: `spaaza.sessions.verify(passcode, this.passcode_key)`.

    Attributes:
        passcode_key: What goes with the passcode; a `Secret`.
        passcode_expiry_date: Until when the passcode is good.
    """

    passcode_key: Hidden = promised("session_passcode_key")
    passcode_expiry_date: Instant | None = renamed("session_passcode_expiry_date")
