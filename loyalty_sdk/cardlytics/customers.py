"""Customers: who they are, whether they take part, and where their rewards go.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import flag, number, query
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import asked, customer, get, hidden, reading, write
from loyalty_sdk.cardlytics.inputs.places import Place
from loyalty_sdk.cardlytics.models.customers import Customer


class Customers(Resource[R_co]):
    """Customers. `token` is the one from `cardlytics.tokens.get`; it is shown nowhere."""

    @endpoint
    def get(self, token: str | Secret) -> Call[Customer]:
        """A customer with accounts and programme. Repeated after a failure.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/get-customers.html
        """
        return get(self, Customer, customer(hidden(token)))

    @endpoint
    def start_session(self, token: str | Secret, *, channel_id: int | str) -> Call[Customer]:
        """Say that a customer has come, and get the customer; the token stays. Never repeated.

        `channel_id` is where the customer is served, a number that Cardlytics gave you.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/post-customers-session.html
        """
        token = hidden(token)
        params = query(channelId=number("channel_id", channel_id, 0))
        read = reading(self, lambda body, to: to.one(Customer, body))
        return Call(method="POST", path=customer(token, "session"), params=params, read=read)

    @endpoint
    def set_enrollment(
        self, token: str | Secret, opt_in: bool, **place: Unpack[Place]
    ) -> Call[None]:
        """Let a customer take part, or no longer; see `Place`. Never repeated.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/put-customers-enrollment.html
        """
        token = hidden(token)
        json = {"optIn": flag("opt_in", opt_in)}
        path = customer(token, "enrollment")
        return write("PUT", path, json=json, params=asked(Place, place))

    @endpoint
    def set_primary_account(self, token: str | Secret, account_id: int | str) -> Call[None]:
        """Say to which account rewards are paid, by `account.account_id`. Never repeated.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/put-customers-account-primary.html
        """
        token = hidden(token)
        json = {"accountId": int(number("account_id", account_id, 0))}
        return write("PUT", customer(token, "accounts", "primary"), json=json)
