"""Points that are given and redeemed out of turn.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from typing import cast

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import answered, invalid
from ..bodies import demand, demand_business_unit, read_body, text, whole
from ..parts import Json
from ..programme import PARTNER, Programme
from ..query import known

REWARD_IDS = "sandbox-reward"
"""How the identifiers of rewards begin."""

_COMMON = dict.fromkeys(("businessUnit", "externalReferenceId", "channel"), text)
REWARD = {**_COMMON, "issuerId": text, "rewardId": text, "rewardAmount": whole}
REDEMPTION = {**_COMMON, "reservationToken": text}


def issue_reward(programme: Programme, asked: Asked) -> Response:
    """Give points, or take them."""
    known(asked.request.query, ())
    account = programme.account(asked)
    body = read_body(asked.request, REWARD)
    demand(body, "issuerId", "rewardId", "rewardAmount")
    demand_business_unit(body, "[{}]")
    if not str(body["rewardId"]).startswith(REWARD_IDS):
        raise invalid("Reward identifier is invalid")
    reward: Json = {
        "issuerId": body["issuerId"],
        "rewardName": "Sandbox reward",
        "rewardId": body["rewardId"],
    }
    amount = cast("int", body["rewardAmount"])
    made = programme.ledger.reward(account, amount, reward, *around(body))
    return answered(200, {"transactionId": made, "message": "Ad hoc reward was issued"})


def issue_redemption(programme: Programme, asked: Asked) -> Response:
    """Redeem what a reservation holds."""
    known(asked.request.query, ())
    account = programme.redeeming(asked)
    body = read_body(asked.request, REDEMPTION)
    demand_business_unit(body, "{}")
    demand(body, "reservationToken")
    hold = programme.ledger.held(str(body["reservationToken"]), account)
    made = programme.ledger.redeem(hold, *around(body))
    return answered(200, {"transactionId": made, "message": "Ad hoc redemption was issued"})


def around(body: Json) -> tuple[Json, Json]:
    """What a body says of the transaction that it makes, and of its metadata."""
    names = {"businessUnit": "BusinessUnit", "channel": "Channel"}
    more = {names[key]: value for key, value in body.items() if key in names}
    reference = body.get("externalReferenceId")
    return more, {} if reference is None else {"ExternalReferenceId": reference}


_SESSION = "client/users/{correlation_id}"
ROUTES: tuple[Route[Programme], ...] = (
    Route("POST", f"{_SESSION}/adhoc-reward/", "issue-reward", issue_reward, (PARTNER,)),
    Route("POST", f"{_SESSION}/adhoc-redemption", "issue-redemption", issue_redemption, (PARTNER,)),
)
