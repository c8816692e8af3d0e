"""Customers, their standing and their cards.

https://docs.spaaza.com/api/get-user
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.spaaza.models.values import Instant

Gender: TypeAlias = (
    Literal[
        "male",
        "female",
        "nonbinary",
        "transgender",
        "agender",
        "genderqueer",
        "genderfluid",
        "bigender",
        "twospirit",
        "androgynous",
        "pangender",
        "neutrois",
        "demigender",
        "other",
    ]
    | str
)
"""Before version 1.4.10 `M` and `F`, which samples still show."""

UserType: TypeAlias = Literal["new", "registered"] | str


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
class LoyaltyStatus(Model):
    """Where a customer stands in a loyalty campaign.

    Attributes:
        campaign_id: The campaign.
        loyalty_level_id: The level.
        name: Its name.
        description: What it is.
        date_reached: Since when.
        points_balance_current: The points.
        monetary_balance_current: The money.
        points_to_proceed_next_level: How many points the next level is away.
        points_to_remain_current_level: How many points are needed to stay.
        last_review_date: When the level was last looked at.
        next_review_date: When it will be.
    """

    campaign_id: str | None = None
    loyalty_level_id: str | None = None
    name: str | None = None
    description: str | None = None
    date_reached: Instant | None = None
    points_balance_current: Decimal | None = None
    monetary_balance_current: Decimal | None = None
    points_to_proceed_next_level: Decimal | None = None
    points_to_remain_current_level: Decimal | None = None
    last_review_date: Instant | None = None
    next_review_date: Instant | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class SignupStore(Model):
    """The store in which a customer signed up.

    Attributes:
        signup_store_id: Spaaza's id of it.
        signup_store_name: Its name.
    """

    signup_store_id: str | None = None
    signup_store_name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class HomeStore(Model):
    """The store that a customer calls theirs.

    Attributes:
        home_store_id: Spaaza's id of it.
        home_store_name: Its name.
    """

    home_store_id: str | None = None
    home_store_name: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PushSubscription(Model):
    """Whether a customer takes push notifications.

    Attributes:
        subscribed: Whether they do.
        subscriptions: On what; their form is not documented.
    """

    subscribed: bool | None = None
    subscriptions: tuple[Any, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class UserInfo(User):
    """All that is known of a customer; it has all fields of `User`, too.

    Attributes:
        gender: The gender.
        birthday: The day of birth.
        phone_number: The telephone number.
        member_number: The number on the card.
        referral_code: The code by which they refer others.
        lang_code: The language, in an older form.
        registered: Whether they have registered.
        is_employee: Whether they work there.
        is_influencer: Whether they are an influencer.
        user_type: `new`, `registered`, ...
        updated_existing_user: Whether adding the user changed one who was there.
        obfuscated: Whether their data were made unreadable.
        opt_in_secondary: Whether they opted in for more.
        loyalty_status: Where they stand.
        points_wallet_total: The points in their wallet.
        signup_store: Where they signed up.
        home_store: Their own store.
        favorite_store: Their favourite; its form is not documented.
        created_date: When they were added.
        last_modified_date: When they were last changed.
        address_latitude: Where they live.
        address_longitude: Where they live.
        authentication_point: The other identity system; its form is not documented.
        average_basket_value: What they pay on average.
        number_of_purchases: How often they bought.
        days_since_last_purchase: How long ago that was.
        recency: How they are rated by how lately they bought.
        frequency: How by how often.
        monetary: How by how much.
        overall: How altogether.
        offline_shopper: Whether they buy in stores.
        online_shopper: Whether they buy online.
        push_notification_subscription: Whether they take push notifications.
        referred: Whether somebody referred them.
        referring_user: Who; its form is not documented.
        referral_channel: By what way; its form is not documented.
        business_group: Their group of businesses; its form is not documented.
        user_facebook_id: Their id at Facebook.
        user_facebook_access_token: A token for Facebook; a `Secret`.
    """

    gender: Gender | None = None
    birthday: date | None = None
    phone_number: str | None = None
    member_number: str | None = None
    referral_code: str | None = None
    lang_code: str | None = None
    registered: bool | None = None
    is_employee: bool | None = None
    is_influencer: bool | None = None
    user_type: UserType | None = None
    updated_existing_user: bool | None = None
    obfuscated: bool | None = None
    opt_in_secondary: bool | None = None
    loyalty_status: LoyaltyStatus | None = None
    points_wallet_total: Decimal | None = None
    signup_store: SignupStore | None = None
    home_store: HomeStore | None = None
    favorite_store: Any | None = None
    created_date: Instant | None = None
    last_modified_date: Instant | None = None
    address_latitude: Decimal | None = None
    address_longitude: Decimal | None = None
    authentication_point: Any | None = None
    average_basket_value: Decimal | None = None
    number_of_purchases: int | None = None
    days_since_last_purchase: Decimal | None = None
    recency: Decimal | None = None
    frequency: Decimal | None = None
    monetary: Decimal | None = None
    overall: Decimal | None = None
    offline_shopper: bool | None = None
    online_shopper: bool | None = None
    push_notification_subscription: PushSubscription | None = None
    referred: bool | None = None
    referring_user: Any | None = None
    referral_channel: Any | None = None
    business_group: Any | None = None
    user_facebook_id: str | None = None
    user_facebook_access_token: Hidden | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Card(Model):
    """A customer's card: who they are, where they stand, their vouchers and campaigns.

    Of its form no more is documented than is named here: the rest stands in `extra`, as sent.

    Attributes:
        user_info: The customer.
        result_type: The name of the call.
    """

    _has_form = False

    user_info: UserInfo | None = None
    result_type: str | None = None
