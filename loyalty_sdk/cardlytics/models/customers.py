"""Customers, their accounts and the bank's programme.

https://docs.cardlytics.com/ads/v1/data/types/customer.html
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed

CurrencyUnit: TypeAlias = Literal["cash", "points"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Account(Model):
    """An account of a customer.

    https://docs.cardlytics.com/ads/v1/data/types/account.html

    Attributes:
        account_id: Cardlytics' id; what `customers.set_primary_account` takes.
        source_account_id: The bank's id.
        name: What it is called.
        is_primary: Whether rewards are paid to it.
        portfolio_name: The portfolio it belongs to.
        portfolio_id: The id of that.
    """

    account_id: str = promised("accountId")
    source_account_id: str | None = renamed("sourceAccountId")
    name: str | None = None
    is_primary: bool | None = renamed("isPrimary")
    portfolio_name: str | None = renamed("portfolioName")
    portfolio_id: str | None = renamed("portfolioId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Program(Model):
    """The bank's reward programme.

    https://docs.cardlytics.com/ads/v1/data/types/program.html

    Attributes:
        currency_exchange_rate: By what money is multiplied to be the programme's currency.
        currency_unit: What that currency is.
        is_cash_account: Whether rewards are money.
        culture_name: The language and the country, such as `en-US`.
        title: Its title.
        name: Its name.
        tagline: A line about it.
        description: More lines about it.
    """

    currency_exchange_rate: Decimal | None = renamed("currencyExchangeRate")
    currency_unit: CurrencyUnit | None = renamed("currencyUnit")
    is_cash_account: bool | None = renamed("isCashAccount")
    culture_name: str | None = renamed("cultureName")
    title: str | None = None
    name: str | None = None
    tagline: str | None = None
    description: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Customer(Model):
    """A customer.

    Attributes:
        is_opted_in: Whether the customer takes part.
        page_load_beacon: The address to call when a page with ads is shown.
        total_earned: What was earned in all, in the programme's currency.
        accounts: The accounts.
        program: The bank's programme.
    """

    is_opted_in: bool | None = renamed("isOptedIn")
    page_load_beacon: str | None = renamed("pageLoadBeacon")
    total_earned: Decimal | None = renamed("totalEarned")
    accounts: tuple[Account, ...] | None = None
    program: Program | None = None
