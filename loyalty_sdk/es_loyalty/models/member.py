"""A member's profile and balance.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/member-management/member-profile
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, renamed

Gender: TypeAlias = Literal["M", "F", "Other", "PreferNotToSay"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Referrer(Model):
    """Who referred a member.

    Attributes:
        first_name: The first name.
        last_name: The last name.
    """

    first_name: str | None = renamed("firstName")
    last_name: str | None = renamed("lastName")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Referral(Model):
    """How a member was referred.

    Attributes:
        code: The code of the referral.
        referrer: Who referred them.
        current_reward_count: How often the referrer was rewarded.
        reward_cap: How often that may be.
    """

    code: str | None = None
    referrer: Referrer | None = None
    current_reward_count: int | None = renamed("currentRewardCount")
    reward_cap: int | None = renamed("rewardCap")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Profile(Model):
    """A member's profile.

    Attributes:
        date_of_birth: The date of birth, as `YYYY-MM-DD`.
        gender: The gender.
        first_name: The first name.
        last_name: The last name.
        email: The e-mail address.
        business_name: The name of the business.
        phone_number: The phone number.
        street: The street.
        street2: The second line of it.
        suite: The suite or apartment.
        city: The city.
        province_state: The province or state.
        postal_zip_code: The postal or zip code.
        postal_code: The same under a name that the vendor has deprecated.
        country_code: The country.
        language_preference: The language.
        registration_details: How the member registered, in the client's own form.
        referral: How the member was referred, if so.
    """

    date_of_birth: str | None = renamed("dateOfBirth")
    gender: Gender | None = None
    first_name: str | None = renamed("firstName")
    last_name: str | None = renamed("lastName")
    email: str | None = None
    business_name: str | None = renamed("businessName")
    phone_number: str | None = renamed("phoneNumber")
    street: str | None = None
    street2: str | None = None
    suite: str | None = None
    city: str | None = None
    province_state: str | None = renamed("provinceState")
    postal_zip_code: str | None = renamed("postalZipCode")
    postal_code: str | None = renamed("postalCode")
    country_code: str | None = renamed("countryCode")
    language_preference: str | None = renamed("languagePreference")
    registration_details: Mapping[str, Any] | None = renamed("registrationDetails")
    referral: Referral | None = renamed("Referral")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Balance(Model):
    """What a member has, and may redeem; the limits are 0 where nothing can be redeemed.

    Attributes:
        balance: The account's total in dollars.
        points_balance: The points.
        dollar_balance: The same in dollars, rounded down.
        available_points_balance: The points without those that are set aside.
        available_dollar_balance: The same in dollars.
        user_min_redeem_points: The fewest points that can be redeemed at once.
        user_max_redeem_points: The most points that can be redeemed at once.
        user_min_redeem_dollars: The fewest in dollars.
        user_max_redeem_dollars: The most in dollars.
    """

    balance: Decimal | None = None
    points_balance: Decimal | None = renamed("pointsBalance")
    dollar_balance: Decimal | None = renamed("dollarBalance")
    available_points_balance: Decimal | None = renamed("availablePointsBalance")
    available_dollar_balance: Decimal | None = renamed("availableDollarBalance")
    user_min_redeem_points: Decimal | None = renamed("userMinRedeemPoints")
    user_max_redeem_points: Decimal | None = renamed("userMaxRedeemPoints")
    user_min_redeem_dollars: Decimal | None = renamed("userMinRedeemDollars")
    user_max_redeem_dollars: Decimal | None = renamed("userMaxRedeemDollars")
