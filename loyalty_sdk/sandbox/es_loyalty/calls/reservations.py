"""Setting points aside, changing how many, and letting them go.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from typing import cast

from ...vendor import Asked, Route
from ...wire import Response
from ..accounts import Account
from ..answers import answered, invalid
from ..bodies import (
    Check,
    amount_text,
    demand,
    list_of,
    obj,
    points_of_accounts,
    positive,
    read_body,
    text,
    whole,
)
from ..ledger import NOT_ELIGIBLE
from ..parts import Json
from ..programme import CUX, POS, Programme
from ..query import known

POINTS_OF_AN_ITEM = 500
BY_LETTER = ("STATEMENT_CREDIT", "DIRECT_DEPOSIT")

_ABOUT = dict.fromkeys(("redeemerId", "redemptionId"), text)
HOLD: dict[str, Check] = {
    **_ABOUT,
    "businessUnit": text,
    "reservationAmount": amount_text,
    "contributions": points_of_accounts,
    "catalogueItems": list_of(obj({"id": text, "quantity": positive})),
    "fulfillmentEmailKey": text,
}
CHANGE: dict[str, Check] = {
    **_ABOUT,
    "reservationAmount": whole,
    "catalogueItems": list_of(obj({"productCode": text, "quantity": positive})),
}


def make(programme: Programme, asked: Asked) -> Response:
    """Set points aside."""
    known(asked.request.query, ())
    account = programme.redeeming(asked)
    body = read_body(asked.request, HOLD)
    if body.get("redemptionId") in BY_LETTER:
        demand(body, "fulfillmentEmailKey")
    points = _points(body)
    shares = _shares(programme, account, body, points)
    token = programme.token()
    programme.ledger.hold(token, account, shares, _about(body))
    return answered(200, {"reservationToken": token})


def change(programme: Programme, asked: Asked) -> Response:
    """Set fewer points aside; what the vendor answers is not documented."""
    known(asked.request.query, ())
    account = programme.redeeming(asked)
    body = read_body(asked.request, CHANGE)
    demand(body, "reservationAmount")
    if "redemptionId" in body:
        demand(body, "redeemerId")
    if "catalogueItems" in body:
        demand(body, "redemptionId", "redeemerId")
    hold = programme.ledger.held(asked.parts["token"], account)
    programme.ledger.lower(hold, cast("int", body["reservationAmount"]), _about(body))
    return answered(200, {"reservationToken": hold.token})


def cancel(programme: Programme, asked: Asked) -> Response:
    """Let points go."""
    known(asked.request.query, ())
    session = programme.session(asked)
    hold = programme.ledger.held(asked.parts["token"], session.account)
    programme.ledger.release(hold)
    content = {
        "status": "CANCELLED",
        "reservationToken": hold.token,
        "sessionId": session.correlation_id,
    }
    return answered(200, content)


def _points(body: Json) -> int:
    if "reservationAmount" in body:
        return int(str(body["reservationAmount"]))
    items = cast("list[Json]", body.get("catalogueItems") or [])
    if not items:
        demand(body, "reservationAmount")
    return sum(POINTS_OF_AN_ITEM * cast("int", one.get("quantity", 1)) for one in items)


def _shares(programme: Programme, account: Account, body: Json, points: int) -> dict[str, int]:
    """Whose points they are; a household's member may name what each one gives."""
    given = cast("dict[str, int]", body.get("contributions") or {})
    if not given:
        return {account.account_id: points}
    household = {one.account_id for one in programme.household(account)}
    if not given.keys() <= household or sum(given.values()) != points:
        raise invalid(NOT_ELIGIBLE)
    return given


def _about(body: Json) -> Json:
    return {name: body[name] for name in _ABOUT if name in body}


_RESERVATIONS = "client/users/{correlation_id}/reservations"
ROUTES: tuple[Route[Programme], ...] = (
    Route("POST", f"{_RESERVATIONS}/", "make-reservation", make, (CUX, POS)),
    Route("PUT", f"{_RESERVATIONS}/{{token}}", "change-reservation", change, (POS,)),
    Route("DELETE", f"{_RESERVATIONS}/{{token}}", "cancel-reservation", cancel, (CUX, POS)),
)
