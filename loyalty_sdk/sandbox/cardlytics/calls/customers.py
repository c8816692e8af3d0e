"""Customers.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..answers import bad_request
from ..bank import Bank
from ..payload import flag, integer, known, number, place, read_body


def get_customer(bank: Bank, one: Asked) -> Response:
    """A customer with accounts and programme."""
    known(one.request.query, ())
    return _shown(bank, bank.access.customer_of(one.parts["token"]))


def start_session(bank: Bank, one: Asked) -> Response:
    """Count a visit; the token stays the same."""
    customer_id = bank.access.customer_of(one.parts["token"])
    number(known(one.request.query, ("channelId",)), "channelId")
    visits = bank.state.customer(customer_id).visits
    bank.state.change(customer_id, visits=visits + 1)
    return _shown(bank, customer_id)


def put_enrollment(bank: Bank, one: Asked) -> Response:
    """Opt a customer in or out."""
    customer_id = bank.access.customer_of(one.parts["token"])
    place(known(one.request.query, ("channelId", "locationId")))
    body = read_body(one.request, {"optIn": flag}, required=("optIn",))
    bank.state.change(customer_id, is_opted_in=body["optIn"])
    return Response()


def put_primary_account(bank: Bank, one: Asked) -> Response:
    """Say to which account rewards are paid."""
    customer_id = bank.access.customer_of(one.parts["token"])
    known(one.request.query, ())
    body = read_body(one.request, {"accountId": integer}, required=("accountId",))
    accounts = bank.state.customer(customer_id).account_ids
    if body["accountId"] not in accounts:
        raise bad_request("accountId is no account of this customer.")
    bank.state.change(customer_id, primary=accounts.index(int(str(body["accountId"]))))
    return Response()


def _shown(bank: Bank, customer_id: str) -> Response:
    earned = sum(one.cents for one in bank.state.redemptions(customer_id) if one.is_mine)
    return json_response(200, bank.state.customer(customer_id).content(earned))


_ONE = "api/v1/customers/{token}"
ROUTES: tuple[Route[Bank], ...] = (
    Route("GET", _ONE, "get-customer", get_customer),
    Route("POST", f"{_ONE}/session", "start-session", start_session),
    Route("PUT", f"{_ONE}/enrollment", "put-enrollment", put_enrollment),
    Route("PUT", f"{_ONE}/accounts/primary", "put-primary-account", put_primary_account),
)
