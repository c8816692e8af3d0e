"""Tokens and sessions.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import timedelta
from typing import cast, get_args

from ...switches import IdentifierType
from ...vendor import Asked, Route
from ...wire import Request, Response
from ..access import Session
from ..answers import answered, failed, invalid
from ..bodies import Fields, read_body, text
from ..parts import Json
from ..programme import CUX, Programme
from ..query import known

IDENTIFIER_HEADER = "x-identifier-type"
FIELDS: Fields = dict.fromkeys(("correlationId", "channel", "externalAgentSessionId"), text)


def issue_token(programme: Programme, asked: Asked) -> Response:
    """A bearer token."""
    content = programme.access.issue(asked.request, programme.switches())
    return answered(200, content).with_headers(("pragma", "no-cache"))


def start_session(programme: Programme, asked: Asked) -> Response:
    """A session for an account."""
    known(asked.request.query, ())
    kind = _identifier_type(programme, asked.request)
    fields = cast("dict[str, str]", read_body(asked.request, FIELDS))
    if "correlationId" not in fields:
        raise invalid("Must provide a session correlation ID")
    account = programme.state.account(kind, asked.parts["identifier"])
    if account is None:
        raise failed(404, "NOT_FOUND", "Account does not exist")
    lifetime = timedelta(seconds=programme.switches().es_loyalty_session_lifetime)
    session = Session(
        correlation_id=fields["correlationId"],
        account=account,
        identifier_type=kind,
        channel=fields.get("channel", "APP"),
        expires_at=programme.now + lifetime,
    )
    programme.access.start(session)
    return answered(200, _content(programme, session))


def _identifier_type(programme: Programme, request: Request) -> IdentifierType:
    default = programme.switches().es_loyalty_default_identifier_type
    kind = request.headers.get(IDENTIFIER_HEADER, default)
    if kind not in get_args(IdentifierType):
        raise invalid(f"Identifier type {kind} is not valid")
    return cast("IdentifierType", kind)


def _content(programme: Programme, session: Session) -> Json:
    """The account, and balances under the names of the balance call.

    Only the first two names are documented for this call.
    """
    account = session.account
    return {
        "accountId": account.account_id,
        "loyaltyId": account.loyalty_id,
        **balances(programme, session),
    }


def balances(programme: Programme, session: Session) -> Json:
    """What the account of a session has, and may redeem in it."""
    ledger, account_id = programme.ledger, session.account.account_id
    points, available = ledger.points(account_id), ledger.available(account_id)
    return {
        "pointsBalance": points,
        "dollarBalance": points // 1000,
        "availablePointsBalance": available,
        "availableDollarBalance": available // 1000,
        **ledger.limits(available, redeems=session.identifier_type != "PHONE_NUMBER"),
    }


ROUTES: tuple[Route[Programme], ...] = (
    Route("POST", "oauth/token", "token", issue_token),
    Route("POST", "client/users/{identifier}/sessions", "start-session", start_session, (CUX,)),
)
