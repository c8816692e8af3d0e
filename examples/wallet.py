"""What one member holds with each vendor, fetched at once, as a table.

It uses the embedded sandbox unless real credentials are in the environment::

    python examples/wallet.py
    VOUCHERIFY_APP_ID=... VOUCHERIFY_APP_TOKEN=... python examples/wallet.py --customer cust_...
    SPAAZA_TOKEN_ID=... SPAAZA_TOKEN_SECRET=... python examples/wallet.py --chain 1743 --user 6
    ES_LOYALTY_BASE_URL=... ES_LOYALTY_TOKEN=... python examples/wallet.py --account 41b7...
    CARDLYTICS_BASE_URL=... CARDLYTICS_CERT=... python examples/wallet.py --source-customer 6

A vendor that fails is shown as such; the others are shown all the same.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from datetime import datetime

import attrs
from rich.console import Console
from rich.table import Table

from loyalty_sdk import AsyncCardlytics, AsyncESLoyalty, AsyncSpaaza, AsyncVoucherify, LoyaltyError
from loyalty_sdk.cardlytics import Ad, Redemption
from loyalty_sdk.es_loyalty import Issuance
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.spaaza import Voucher as SpaazaVoucher
from loyalty_sdk.voucherify import (
    AmountDiscount,
    CustomerRedeemable,
    FixedDiscount,
    PercentDiscount,
    Voucher,
)

MOST = 8


@attrs.frozen
class Row:
    """One line of the table."""

    code: str
    what: str
    worth: str
    status: str
    expires: str


@attrs.frozen
class Source:
    """A vendor, and how to fetch what the member holds there."""

    vendor: str
    member: str
    rows: Callable[[], AsyncIterator[Row]]


def main() -> None:
    """Fetch from every vendor at once and print one table each."""
    arguments = _arguments()
    with ExitStack() as stack:
        sources = _sources(arguments, stack)
        held = asyncio.run(_all_at_once(sources))
    console = Console()
    for source, outcome in zip(sources, held, strict=True):
        console.print(_table(source, outcome))


async def _all_at_once(sources: list[Source]) -> list[list[Row] | LoyaltyError]:
    return await asyncio.gather(*(_rows_or_error(source) for source in sources))


async def _rows_or_error(source: Source) -> list[Row] | LoyaltyError:
    try:
        return [row async for row in source.rows()]
    except LoyaltyError as error:
        return error


def _sources(arguments: argparse.Namespace, stack: ExitStack) -> list[Source]:
    """The vendors whose credentials are set, or else those of the sandbox."""
    real: list[Source] = []
    if "ES_LOYALTY_BASE_URL" in os.environ:
        real.append(_es_loyalty(AsyncESLoyalty, _given(arguments, "account")))
    if "VOUCHERIFY_APP_ID" in os.environ:
        real.append(_voucherify(AsyncVoucherify, _given(arguments, "customer")))
    if "CARDLYTICS_BASE_URL" in os.environ:
        real.append(_cardlytics(AsyncCardlytics, _given(arguments, "source_customer")))
    if "SPAAZA_TOKEN_ID" in os.environ:
        chain, user = _given(arguments, "chain"), _given(arguments, "user")
        real.append(_spaaza(AsyncSpaaza, chain, user))
    if real:
        return real
    sandbox = stack.enter_context(Sandbox())
    member = sandbox.member
    return [
        _es_loyalty(lambda: AsyncESLoyalty(**sandbox.es_loyalty), member.es_loyalty_identifier),
        _voucherify(lambda: AsyncVoucherify(**sandbox.voucherify), member.voucherify_customer_id),
        _cardlytics(
            lambda: AsyncCardlytics(**sandbox.cardlytics), member.cardlytics_source_customer_id
        ),
        _spaaza(
            lambda: AsyncSpaaza(**sandbox.spaaza),
            str(member.spaaza_chain_id),
            str(member.spaaza_user_id),
        ),
    ]


# --- ES Loyalty: start a session, then ask for what was issued


def _es_loyalty(client: Callable[[], AsyncESLoyalty], account_id: str) -> Source:
    async def rows() -> AsyncIterator[Row]:
        async with client() as es:
            session = await es.sessions.start(account_id)
            for issuance in await es.issuances.list(session.correlation_id, limit=100):
                yield _es_loyalty_row(issuance)

    return Source("ES Loyalty", f"account {account_id}", rows)


def _es_loyalty_row(issuance: Issuance) -> Row:
    value, unit = issuance.reward_value, (issuance.reward_type or "").lower()
    return Row(
        code=issuance.issuance_code,
        what=issuance.issuance_type or "-",
        worth="-" if value is None else f"{value} {unit}",
        status=issuance.status or "-",
        expires=_day(issuance.expiry_date),
    )


# --- Voucherify: everything redeemable, page after page


def _voucherify(client: Callable[[], AsyncVoucherify], customer_id: str) -> Source:
    async def rows() -> AsyncIterator[Row]:
        async with client() as voucherify:
            async for held in voucherify.customers.list_redeemables(customer_id):
                yield _voucherify_row(held)

    return Source("Voucherify", customer_id, rows)


def _voucherify_row(held: CustomerRedeemable) -> Row:
    voucher = held.redeemable.voucher
    return Row(
        code=voucher.code,
        what=voucher.campaign or voucher.type,
        worth=_voucherify_worth(voucher),
        status=held.redeemable.status or "-",
        expires=_day(voucher.expiration_date),
    )


def _voucherify_worth(voucher: Voucher) -> str:
    """The worth in words; Voucherify's amounts name no currency."""
    if voucher.gift and voucher.gift.balance is not None:
        return f"{voucher.gift.balance.major} left"
    if voucher.loyalty_card and voucher.loyalty_card.balance is not None:
        return f"{voucher.loyalty_card.balance} points"
    match voucher.discount:
        case AmountDiscount(amount_off=amount) if amount is not None:
            return f"{amount.major} off"
        case PercentDiscount(percent_off=percent) if percent is not None:
            return f"{percent} % off"
        case FixedDiscount(fixed_amount=amount) if amount is not None:
            return f"{amount.major} fixed"
        case None:
            return "-"
        case other:
            return str(other.type)


# --- Cardlytics: get the customer's token, then the redemptions, joined with their ads


def _cardlytics(client: Callable[[], AsyncCardlytics], source_customer_id: str) -> Source:
    async def rows() -> AsyncIterator[Row]:
        async with client() as cardlytics:
            token = await cardlytics.tokens.get(source_customer_id)
            found = await cardlytics.redemptions.list(token, channel_id=2, location_id=9999)
            for redemption in found.redemptions:
                yield _cardlytics_row(redemption, found.ad_for(redemption))

    return Source("Cardlytics", f"customer {source_customer_id}", rows)


def _cardlytics_row(redemption: Redemption, ad: Ad | None) -> Row:
    return Row(
        code=redemption.redemption_id,
        what=(ad.merchant_name if ad else None) or f"ad {redemption.ad_id}, not in the list",
        worth="-" if redemption.amount is None else f"{redemption.amount} earned",
        status="settled" if redemption.reward_settlement_run_date else "to be settled",
        expires="-",
    )


# --- Spaaza: the vouchers of one user of a chain


def _spaaza(client: Callable[[], AsyncSpaaza], chain_id: str, user_id: str) -> Source:
    async def rows() -> AsyncIterator[Row]:
        async with client() as spaaza:
            async for voucher in spaaza.vouchers.list(chain_id, user_id=user_id):
                yield _spaaza_row(voucher)

    return Source("Spaaza", f"user {user_id} of chain {chain_id}", rows)


def _spaaza_row(voucher: SpaazaVoucher) -> Row:
    amount, symbol = voucher.voucher_amount, voucher.voucher_currency_symbol or ""
    return Row(
        code=voucher.voucher_honour_code or voucher.voucher_key[:8],
        what=voucher.voucher_title or voucher.campaign_title or voucher.type,
        worth="-" if amount is None else f"{symbol}{amount}",
        status=voucher.voucher_status or "-",
        expires=_day(voucher.voucher_expiry_datetime_utc),
    )


# --- what is shown


def _day(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment:%Y-%m-%d}"


def _table(source: Source, outcome: list[Row] | LoyaltyError) -> Table:
    table = Table(title=f"{source.vendor}: {source.member}", title_justify="left")
    if isinstance(outcome, LoyaltyError):
        table.add_column("could not be fetched")
        table.add_row(str(outcome))
        return table
    for column in ("code", "what", "worth", "status", "expires"):
        table.add_column(column)
    for row in outcome[:MOST]:
        table.add_row(row.code, row.what, row.worth, row.status, row.expires)
    if len(outcome) > MOST:
        table.caption = f"and {len(outcome) - MOST} more"
    return table


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What one member holds with each vendor.")
    parser.add_argument("--account", help="ES Loyalty: the account's id")
    parser.add_argument("--customer", help="Voucherify: the customer's id or source id")
    parser.add_argument("--source-customer", help="Cardlytics: your own id of the customer")
    parser.add_argument("--chain", help="Spaaza: the chain's id")
    parser.add_argument("--user", help="Spaaza: the user's id")
    return parser.parse_args()


def _given(arguments: argparse.Namespace, name: str) -> str:
    value: str | None = getattr(arguments, name)
    if value is None:
        raise SystemExit(f"real credentials are set: say whose with --{name.replace('_', '-')}")
    return value


if __name__ == "__main__":
    main()
