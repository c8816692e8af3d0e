"""Households.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import timedelta

from ...vendor import Asked, Route
from ...wire import Response
from ..accounts import Account
from ..answers import answered, invalid
from ..moments import iso
from ..parts import Json
from ..programme import CUX, Programme
from ..query import known
from .members import named


def household(programme: Programme, asked: Asked) -> Response:
    """The household of a member, and who is in it."""
    known(asked.request.query, ())
    session = programme.session(asked)
    members = programme.household(session.account)
    if not members:
        raise invalid("Account is not part of a household")
    ledger = programme.ledger
    points = sum(ledger.points(one.account_id) for one in members)
    available = sum(ledger.available(one.account_id) for one in members)
    redeems = session.identifier_type != "PHONE_NUMBER"
    content: Json = {
        "id": members[0].account_id,
        "formedDate": iso(programme.opened - timedelta(days=200)),
        "balance": {
            "totalpointsBalance": points,
            "totaldollarBalance": points // 1000,
            "totalavailablePointsBalance": available,
            "totalavailableDollarBalance": available // 1000,
            **ledger.limits(available, redeems=redeems),
        },
        "membersCount": len(members),
        "members": [_member(one, members[0]) for one in members],
    }
    return answered(200, {"household": content})


def _member(one: Account, primary: Account) -> Json:
    """A member; the names are those of an invitation, for this page's are not at hand."""
    return {
        "accountID": one.account_id,
        **named(one),
        "loyaltyID": one.loyalty_id,
        "householdRole": "PRIMARY" if one == primary else "SECONDARY",
    }


ROUTES: tuple[Route[Programme], ...] = (
    Route(
        "GET",
        "client/users/{correlation_id}/household/members",
        "household-members",
        household,
        (CUX,),
    ),
)
