"""How calls name a customer, and what is written down of one.

https://docs.spaaza.com/api/add-user
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from loyalty_sdk.spaaza.inputs.values import Id


class UserByNumber(TypedDict, total=False):
    """A customer, in one way at the most; who asks with their own session names nobody.

    Attributes:
        user_id: Spaaza's id.
        member_number: Or the number on the card.
        authentication_point_identifier: Or the id in another identity system.
    """

    user_id: Id | None
    member_number: str | None
    authentication_point_identifier: str | None


class UserByName(UserByNumber, total=False):
    """The same as `UserByNumber`, and one way more.

    Attributes:
        username: Or the e-mail address.
    """

    username: str | None


class UserByAnyId(UserByName, total=False):
    """The same as `UserByName`, and one way more.

    Attributes:
        auxiliary_identifier: Or one more id.
    """

    auxiliary_identifier: str | None


class UserByAny(UserByAnyId, total=False):
    """The same as `UserByAnyId`, and one way more.

    Attributes:
        referral_code: Or the code by which the customer refers others.
    """

    referral_code: str | None


class WhichCard(UserByAny, total=False):
    """Whose card is asked for; it has all fields of `UserByAny`, too.

    Attributes:
        chain_id: The chain; staff must say it.
    """

    chain_id: Id | None


class WhichUser(WhichCard, total=False):
    """Which user is asked for; it has all fields of `WhichCard`, too.

    Attributes:
        display_signature: Whether to show the user's signature.
        optional_attributes: What to show besides: `permissions`, for somebody on the staff.
    """

    display_signature: bool | None
    optional_attributes: str | None


class UserFields(TypedDict, total=False):
    """What is written down of a customer.

    The four that name one (`username`, `member_number`, `authentication_point_identifier`,
    `auxiliary_identifier`) are fields like the others here.

    Attributes:
        chain_id: The chain.
        username: The e-mail address.
        member_number: The number on the card.
        authentication_point_identifier: The id in another identity system.
        auxiliary_identifier: One more id.
        first_name: The first name.
        last_name: The last name.
        gender: The gender, in the words of `Gender`.
        birthday: The day of birth.
        phone_number: The telephone number.
        language: The language, BCP 47.
        country_code: The country, ISO 3166 alpha-2.
        address_streetname: The street.
        address_housenumber: The number in it.
        address_housenumber_extension: What follows the number.
        address_line_2: The second line of the address.
        address_line_3: The third line of the address.
        address_towncity: The town.
        address_regionstate: The region.
        address_postalcode: The postal code.
        branch_business_owner_code: Your code of the store where the customer signed up.
        store_id: Spaaza's id of that store.
        home_store_id: Spaaza's id of the customer's own store.
        mailing_list_sub_offered: Whether the mailing list was offered.
        mailing_list_subscribed: Whether the customer takes it.
        printed_mailing_list_subscribed: Whether the customer takes the printed one.
        opt_in_secondary: Whether the customer opted in for more.
        programme_opted_in: Whether the customer takes part in the programme.
        registered: Whether the customer has registered.
        is_employee: Whether the customer works there.
        referral_code: For a new customer, the code of who referred them.
    """

    chain_id: Id | None
    username: str | None
    member_number: str | None
    authentication_point_identifier: str | None
    auxiliary_identifier: str | None
    first_name: str | None
    last_name: str | None
    gender: str | None
    birthday: date | None
    phone_number: str | None
    language: str | None
    country_code: str | None
    address_streetname: str | None
    address_housenumber: str | None
    address_housenumber_extension: str | None
    address_line_2: str | None
    address_line_3: str | None
    address_towncity: str | None
    address_regionstate: str | None
    address_postalcode: str | None
    branch_business_owner_code: str | None
    store_id: Id | None
    home_store_id: Id | None
    mailing_list_sub_offered: bool | None
    mailing_list_subscribed: bool | None
    printed_mailing_list_subscribed: bool | None
    opt_in_secondary: bool | None
    programme_opted_in: bool | None
    registered: bool | None
    is_employee: bool | None
    referral_code: str | None


class NewUser(UserFields, total=False):
    """A customer who is added; it has all fields of `UserFields`, too.

    Attributes:
        affiliate_code: A code of a campaign that the customer comes from.
        update_if_exists: Whether one who is there already is changed.
    """

    affiliate_code: str | None
    update_if_exists: bool | None


class UserChanges(UserFields, total=False):
    """What is to be changed of a customer; it has all fields of `UserFields`, too.

    Attributes:
        user_id: Spaaza's id: names the customer, and then the others are what is changed. Without
            it one of the others names them, and keeps its value; which, where there are several,
            is not documented.
    """

    user_id: Id | None
