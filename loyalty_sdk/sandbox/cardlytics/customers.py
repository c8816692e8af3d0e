"""Customers as the bank's programme knows them."""

from __future__ import annotations

import attrs

from .view import Json

PROGRAM: Json = {
    "currencyExchangeRate": 1.0,
    "currencyUnit": "cash",
    "isCashAccount": True,
    "cultureName": "en-US",
    "title": "Sandbox Rewards",
    "name": "sandbox-rewards",
    "tagline": "Sand in your pocket",
    "description": "Synthetic rewards of a synthetic bank.",
}


@attrs.frozen(kw_only=True)
class Customer:
    """One synthetic customer.

    Attributes:
        number: What the data are derived from.
        source_customer_id: The bank's id of the customer.
        ads: How many ads the customer begins with.
        redemptions: How many redemptions the customer begins with.
        is_opted_in: Whether the customer takes part.
        has_accounts: Whether there is an account at all.
        primary: Which account is the primary one.
        visits: How many sessions were started.
    """

    number: int
    source_customer_id: str
    ads: int
    redemptions: int
    is_opted_in: bool = True
    has_accounts: bool = True
    primary: int = 0
    visits: int = 0

    @property
    def account_ids(self) -> tuple[int, ...]:
        """Cardlytics' ids of the accounts."""
        return (25_895_000_000 + self.number, 388_836_454 + self.number) * self.has_accounts

    def content(self, earned_cents: int) -> Json:
        """The customer as version 1 shows it."""
        return {
            "isOptedIn": self.is_opted_in,
            "pageLoadBeacon": f"https://sandbox.example.com/page/{self.number}",
            "totalEarned": earned_cents / 100,
            "accounts": [
                self._account(index, account) for index, account in enumerate(self.account_ids)
            ],
            "program": PROGRAM,
        }

    def _account(self, index: int, account: int) -> Json:
        return {
            "accountId": account,
            "sourceAccountId": self.source_account_id(account),
            "name": ("Everyday account", "Savings account")[index],
            "isPrimary": index == self.primary,
            "portfolioName": "Sandbox Standard",
            "portfolioId": 7,
        }

    def source_account_id(self, account: int) -> str:
        """The bank's id of an account."""
        return f"acc-{self.number}-{account}"
