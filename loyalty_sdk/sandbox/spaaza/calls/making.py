"""Making vouchers, and taking them away: those of wallets take out of them, and give back.

https://docs.spaaza.com/api/create-voucher
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from ...vendor import Asked, Route
from ...wire import Response
from ..answers import denied, invalid
from ..ledger import Entry
from ..numbers import amount_of, plain_number
from ..select import boolean, integer
from ..state import NEVER
from ..visit import Visit, form_of
from ..vouchers import Campaign, Json, Kind, User, Voucher
from .held import BY_NUMBER, LOCKING, locked, shown, usable

KINDS: Mapping[str, Kind] = {
    "basket": "basket",
    "basket_pct": "basket_pct",
    "honour": "honour",
    "basket_fixed_unit": "basket_fixed_unit",
}


def create_voucher(visit: Visit, one: Asked) -> Response:
    """Make a voucher; one of a wallet takes its amount out of it."""
    caller = visit.caller(one)
    values = form_of(one, *BY_NUMBER, *_CREATED)
    user = visit.user(values, caller, BY_NUMBER)
    campaign = visit.state.campaign(integer(values, "campaign_id"))
    if campaign is None or campaign.chain_id not in caller.chains:
        raise denied()
    if campaign.campaign_type not in ("wallet", "loyalty"):
        raise invalid("The campaign must be of the type wallet or loyalty")
    amount = amount_of(values, "voucher_amount") if "voucher_amount" in values else None
    if _flag(values, "delete_existing"):
        _delete_existing(visit, user, campaign)
    if campaign.campaign_type == "wallet":
        _take(visit, user, campaign, amount)
    voucher = locked(visit, _made(visit, user, campaign, amount, values), values)
    return visit.ok("create-voucher", shown(visit, visit.state.keep(voucher)))


def _made(
    visit: Visit,
    user: User,
    campaign: Campaign,
    amount: Decimal | None,
    values: Mapping[str, str],
) -> Voucher:
    kind = KINDS.get(values.get("voucher_type", "basket"))
    if kind is None:
        raise invalid("The parameter voucher_type is unknown")
    given: Json = {name: values[name] for name in _WRITTEN if name in values}
    if "voucher_discount_ratio" in values:
        ratio = amount_of(values, "voucher_discount_ratio")
        given["voucher_discount_ratio"] = plain_number(ratio)
    return Voucher(
        voucher_id=visit.state.next_voucher_id(),
        chain_id=campaign.chain_id,
        created_at=visit.now,
        expires_at=_expiry(values),
        status="claimed" if _flag(values, "set_claimed") else "generated",
        kind=kind,
        campaign=campaign,
        user=user,
        amount=plain_number(amount),
        given=given,
    )


def _expiry(values: Mapping[str, str]) -> datetime:
    text = values.get("expiry_date")
    if text is None:
        return NEVER
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise invalid("The parameter expiry_date must be a date") from None
    return datetime(day.year, day.month, day.day, tzinfo=NEVER.tzinfo)


def _flag(values: Mapping[str, str], name: str) -> bool:
    return name in values and boolean(values, name)


def _take(visit: Visit, user: User, wallet: Campaign, amount: Decimal | None) -> None:
    if amount is None or visit.state.balance(user.user_id, wallet.campaign_id) < amount:
        raise invalid("There is not as much in the wallet")
    _enter(visit, user, wallet, -amount, "A voucher was made")


def _delete_existing(visit: Visit, user: User, campaign: Campaign) -> None:
    for each in visit.state.vouchers(campaign.chain_id):
        if each.user == user and each.campaign == campaign and usable(each, visit.now):
            flow_back(visit, each)


def flow_back(visit: Visit, voucher: Voucher) -> None:
    """Take a voucher away; what it took from a wallet flows back."""
    visit.state.remove_voucher(voucher.voucher_id)
    campaign, user = voucher.campaign, voucher.user
    if campaign is not None and campaign.campaign_type == "wallet" and user is not None:
        _enter(visit, user, campaign, Decimal(str(voucher.amount or 0)), "A voucher was deleted")


def _enter(visit: Visit, user: User, wallet: Campaign, amount: Decimal, title: str) -> None:
    entry = Entry(
        user_id=user.user_id,
        campaign_id=wallet.campaign_id,
        amount=amount,
        at=visit.now,
        title=title,
    )
    visit.state.ledger.append(entry)


_WRITTEN = (
    "voucher_title",
    "voucher_text",
    "voucher_description",
    "voucher_notes",
    "voucher_honour_code",
    "voucher_image_url",
)
_CREATED = (
    *_WRITTEN,
    *LOCKING,
    "campaign_id",
    "voucher_amount",
    "voucher_type",
    "voucher_discount_ratio",
    "voucher_locking_code",
    "set_claimed",
    "delete_existing",
    "expiry_date",
)
ROUTES: tuple[Route[Visit], ...] = (
    Route("POST", "create-voucher", "create-voucher", create_voucher),
)
