"""Customers: who they are, whether they take part, and where their rewards go.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from loyalty_sdk._core.arguments import flag, number, query
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, get, hidden, reading, write
from loyalty_sdk.cardlytics.ads import place
from loyalty_sdk.cardlytics.models import Customer, Location


class Customers(Resource[R_co]):
    """Customers. `token` is the one from `cardlytics.tokens.get`; it is shown nowhere."""

    @endpoint
    def get(self, token: str | Secret) -> Call[Customer]:
        """A customer with accounts and programme.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/get-customers.html
        """
        return get(self, Customer, customer(hidden(token)))

    @endpoint
    def start_session(self, token: str | Secret, *, channel_id: int | str) -> Call[Customer]:
        """Say that a customer has come, and get the customer. Never repeated.

        The token stays the same.

        Args:
            token: The customer's security token.
            channel_id: Where the customer is served, a number that Cardlytics gave you.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/post-customers-session.html
        """
        token = hidden(token)
        params = query(channelId=number("channel_id", channel_id, 0))
        read = reading(self, lambda body, to: to.one(Customer, body))
        return Call(method="POST", path=customer(token, "session"), params=params, read=read)

    @endpoint
    def set_enrollment(
        self,
        token: str | Secret,
        opt_in: bool,
        *,
        channel_id: int | str,
        location_id: Location | int | str,
    ) -> Call[None]:
        """Let a customer take part, or no longer. Never repeated.

        Args:
            token: The customer's security token.
            opt_in: Whether the customer takes part.
            channel_id: Where the customer is served.
            location_id: The place there, see `Location`.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/put-customers-enrollment.html
        """
        token = hidden(token)
        params = query(**place(channel_id, location_id))
        json = {"optIn": flag("opt_in", opt_in)}
        return write("PUT", customer(token, "enrollment"), json=json, params=params)

    @endpoint
    def set_primary_account(self, token: str | Secret, account_id: int | str) -> Call[None]:
        """Say to which account rewards are paid. Never repeated.

        Args:
            token: The customer's security token.
            account_id: Cardlytics' id of the account, `account.account_id`.

        https://docs.cardlytics.com/ads/v1/endpoints/customers/put-customers-account-primary.html
        """
        token = hidden(token)
        json = {"accountId": int(number("account_id", account_id, 0))}
        return write("PUT", customer(token, "accounts", "primary"), json=json)
