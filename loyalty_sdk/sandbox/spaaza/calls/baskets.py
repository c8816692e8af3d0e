"""Purchases: a member's earn a tenth for the first wallet of the chain.

What the vendor answers is not documented beyond what is answered here.

https://docs.spaaza.com/api/add-basket
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from ...vendor import Asked, Route
from ...wire import Response
from ..access import AppRule, Caller
from ..answers import Refused, denied, incomplete, invalid
from ..ledger import Basket, Entry
from ..numbers import amount_of, plain_number
from ..select import integer
from ..visit import Visit, form_of, json_of, section, several
from ..vouchers import Campaign, Json, User, Voucher
from .vouchers import redeem

EARNED = Decimal("0.1")
ENTITY = (
    "entity_type",
    "entity_id",
    "branch_business_owner_code",
    "employee_code",
    "employee_name",
)
BASKET = (
    "retailer_basket_code",
    "basket_platform_type",
    "basket_total_price",
    "basket_currency",
    "basket_items",
    "basket_vouchers",
    "basket_timestamp_iso8601",
    "basket_timezone_name",
    "basket_notes",
    "basket_tax",
    "payment_methods",
    "shipping_charge",
)
CLAIMERS = ("user_id", "member_number", "authentication_point_identifier", "username")
CLAIMED = ("chain_id", "basket_id", "retailer_basket_code", "supplementary_basket_code")


@attrs.frozen(kw_only=True)
class _Sent:
    """A purchase as it was sent."""

    chain_id: int
    user: User | None
    code: str
    total: Decimal
    vouchers: list[Any]
    items: list[Any]


def add_basket(visit: Visit, one: Asked) -> Response:
    """Keep a purchase, redeem its vouchers, and give the member what it earns."""
    sent = _sent(visit, one)
    known = [each for each in visit.state.baskets if each.chain_id == sent.chain_id]
    if visit.switches.spaaza_basket_codes_once and sent.code in {each.code for each in known}:
        raise Refused("basket_already_exists", "There is a basket with this code")
    basket = Basket(
        basket_id=710_000 + len(visit.state.baskets),
        chain_id=sent.chain_id,
        code=sent.code,
        total=sent.total,
        user_id=None if sent.user is None else sent.user.user_id,
    )
    visit.state.baskets.append(basket)
    warnings = [each for named in sent.vouchers if (each := _redeemed(visit, sent, named, basket))]
    if sent.user is not None:
        _earn(visit, sent.user, basket)
    return visit.ok("add-basket", {}, warnings)


def get_basket_price(visit: Visit, one: Asked) -> Response:
    """What a purchase would earn; one without items and at 0 unlocks the vouchers tied to it."""
    sent = _sent(visit, one)
    if not sent.items and sent.total == 0:
        _void(visit, sent)
    wallet = _wallet(visit, sent.chain_id)
    progress: list[Json] = []
    if sent.user is not None and wallet is not None and sent.total:
        earned = plain_number(sent.total * EARNED)
        progress = [{"campaign_id": wallet.campaign_id, "amount": earned}]
    results: Json = {"purchase_progress": progress, "vouchers_created": []}
    warnings = [_unknown(named) for named in sent.vouchers if _voucher(visit, sent, named) is None]
    return visit.ok("get-basket-price", results, warnings)


def claim_basket(visit: Visit, one: Asked) -> Response:
    """Give an anonymous purchase to a customer."""
    caller = visit.caller(one, AppRule(privileged="never"))
    values = form_of(one, *CLAIMED, *CLAIMERS)
    if caller.kind == "user" and "chain_id" in values:
        raise invalid("The parameter chain_id does not go with user authentication")
    chain_id = visit.chain(values, caller, "admin", "privileged")
    user = visit.user(values, caller, CLAIMERS)
    index, basket = _basket(visit, chain_id, values)
    if basket.user_id is not None:
        raise denied()
    visit.state.baskets[index] = attrs.evolve(basket, user_id=user.user_id)
    _earn(visit, user, basket)
    return visit.ok("claim-basket", {})


def _sent(visit: Visit, one: Asked) -> _Sent:
    caller = visit.caller(one, users=False)
    body = json_of(one, "entity", "user", "basket")
    entity = section("entity", body.get("entity"), *ENTITY)
    if entity.get("entity_type") != "chain":
        raise invalid("entity_type must be chain")
    chain = {"chain_id": str(entity.get("entity_id", ""))}
    chain_id = visit.chain(chain, caller, "admin", "privileged")
    basket = section("basket", body.get("basket"), *BASKET)
    if not basket.get("retailer_basket_code"):
        raise incomplete("retailer_basket_code is required")
    return _Sent(
        chain_id=chain_id,
        user=_member(visit, caller, body),
        code=str(basket["retailer_basket_code"]),
        total=amount_of(basket, "basket_total_price"),
        vouchers=several("basket_vouchers", basket.get("basket_vouchers", [])),
        items=several("basket_items", basket.get("basket_items", [])),
    )


def _member(visit: Visit, caller: Caller, body: Mapping[str, Any]) -> User | None:
    if "user" not in body:
        return None
    member = section("user", body["user"], "member_programme", "member_number")
    number = {"member_number": str(member.get("member_number", ""))}
    return visit.user(number, caller, ("member_number",))


def _voucher(visit: Visit, sent: _Sent, named: Any) -> Voucher | None:
    key = section("basket_vouchers", named, "voucher_key").get("voucher_key")
    found = visit.state.voucher(sent.chain_id, str(key), None)
    usable = found is not None and found.status != "redeemed" and found.expires_at > visit.now
    return found if usable else None


def _redeemed(visit: Visit, sent: _Sent, named: Any, basket: Basket) -> Json | None:
    """Redeem a voucher with a purchase; a warning, where it cannot be."""
    voucher = _voucher(visit, sent, named)
    if voucher is None or voucher.only_basket not in (None, sent.code):
        return _unknown(named)
    shown: Json = {"basket_id": basket.basket_id, "retailer_basket_code": basket.code}
    redeem(visit, voucher, None, shown)
    return None


def _unknown(named: Any) -> Json:
    return {
        "code": 183,
        "name": "voucher_not_found",
        "description": "There is no such voucher",
        "message": named,
    }


def _void(visit: Visit, sent: _Sent) -> None:
    for each in visit.state.vouchers(sent.chain_id):
        if each.only_basket == sent.code:
            visit.state.keep(attrs.evolve(each, locked_until=None, only_basket=None))


def _wallet(visit: Visit, chain_id: int) -> Campaign | None:
    wallets = (each for each in visit.state.campaigns if each.campaign_type == "wallet")
    return next((each for each in wallets if each.chain_id == chain_id), None)


def _earn(visit: Visit, user: User, basket: Basket) -> None:
    wallet = _wallet(visit, basket.chain_id)
    if wallet is not None and basket.total:
        entry = Entry(
            user_id=user.user_id,
            campaign_id=wallet.campaign_id,
            amount=round(basket.total * EARNED, 2),
            at=visit.now,
            title="Earn as you spend",
            basket=basket.code,
        )
        visit.state.ledger.append(entry)


def _basket(visit: Visit, chain_id: int, values: Mapping[str, str]) -> tuple[int, Basket]:
    basket_id, code = integer(values, "basket_id"), values.get("retailer_basket_code")
    if basket_id is None and code is None and "supplementary_basket_code" not in values:
        raise incomplete("basket_id or retailer_basket_code is required")
    for index, each in enumerate(visit.state.baskets):
        if each.chain_id == chain_id and (each.basket_id == basket_id or each.code == code):
            return index, each
    raise denied()


ROUTES: tuple[Route[Visit], ...] = (
    Route("POST", "auth/add-basket", "add-basket", add_basket),
    Route("POST", "auth/get-basket-price", "get-basket-price", get_basket_price),
    Route("POST", "auth/claim-basket", "claim-basket", claim_basket),
)
