"""Customers' security tokens.

https://docs.cardlytics.com/ads/v1/endpoints/get-token.html
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..answers import bad_request, not_found
from ..bank import Bank
from ..payload import known


def get_token(bank: Bank, one: Asked) -> Response:
    """A new token for a customer."""
    values = known(one.request.query, ("sourceCustomerId",))
    customer_id = values.get("sourceCustomerId", "")
    if not customer_id:
        raise bad_request("sourceCustomerId is required.")
    if not bank.state.knows(customer_id):
        raise not_found("customer")
    lifetime = bank.switches().cardlytics_token_lifetime
    return json_response(200, {"token": bank.access.give(customer_id, lifetime)})


ROUTES: tuple[Route[Bank], ...] = (Route("GET", "api/v1/token", "get-token", get_token),)
