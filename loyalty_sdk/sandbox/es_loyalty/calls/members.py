"""Who members are, and what they have.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from ...synthetic import FIRST_NAMES, LAST_NAMES
from ...vendor import Asked, Route
from ...wire import Response
from ..accounts import Account
from ..answers import answered
from ..parts import Json
from ..programme import CUX, Programme
from ..query import known
from .sessions import balances


def profile(programme: Programme, asked: Asked) -> Response:
    """A member's profile."""
    known(asked.request.query, ())
    account = programme.account(asked)
    number = account.number
    content: Json = {
        "dateOfBirth": f"{1980 + number}-05-17",
        "gender": ("F", "M", "Other", "PreferNotToSay")[number % 4],
        **named(account),
        "email": account.email,
        "businessName": "",
        "phoneNumber": account.identifier("PHONE_NUMBER"),
        "street": f"{number + 1} Synthetic Street",
        "street2": "",
        "suite": str(number),
        "city": "Toronto",
        "provinceState": "ON",
        "postalZipCode": "A1A 1A1",
        "countryCode": "CA",
        "languagePreference": account.locale,
        "registrationDetails": {"channel": "APP"},
    }
    if number % 2:
        content["Referral"] = {
            "code": f"SANDBOX-REFERRAL-{number}",
            "referrer": named(programme.state.accounts[0]),
            "currentRewardCount": number,
            "rewardCap": 10,
        }
    return answered(200, content)


def balance(programme: Programme, asked: Asked) -> Response:
    """A member's balance."""
    known(asked.request.query, ())
    session = programme.session(asked)
    content = balances(programme, session)
    return answered(200, {"balance": content["dollarBalance"], **content})


def named(account: Account) -> Json:
    """The name of a member."""
    return {
        "firstName": FIRST_NAMES[account.number % len(FIRST_NAMES)],
        "lastName": LAST_NAMES[account.number % len(LAST_NAMES)],
    }


_SESSION = "client/users/{correlation_id}"
ROUTES: tuple[Route[Programme], ...] = (
    Route("GET", f"{_SESSION}/profile", "member-profile", profile, (CUX,)),
    Route("GET", f"{_SESSION}/balance", "member-balance", balance, (CUX,)),
)
