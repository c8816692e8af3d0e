"""What is done with one voucher.

The documents name no errors for vouchers in a wrong state, such as redeemed ones: here they are
`invalid_parameter`.

https://docs.spaaza.com/api/vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import attrs

from ...vendor import Asked, Route
from ...wire import Response
from ..access import AppRule, Caller
from ..answers import Refused, Version, denied, incomplete, invalid
from ..numbers import amount_of, plain_number
from ..select import USERS, integer
from ..visit import Visit, form_of, json_of, query_of, section, several
from ..vouchers import Json, User, Voucher
from .held import BY_NUMBER, LOCKING, locked, shown, usable
from .making import flow_back

IDS = ("voucher_key", "voucher_id")
BY_ANY_ID = (*BY_NUMBER, "username", "auxiliary_identifier")
CLAIMING = AppRule(privileged="must")
MOST_CLAIMED = 10
USUAL_LOCK = 3600
BASKETS_KNOWN_SINCE: Version = (1, 5, 6)


def get_user_vouchers(visit: Visit, one: Asked) -> Response:
    """The vouchers of one customer that are neither redeemed nor expired, unless all are asked."""
    caller = visit.caller(one)
    values = query_of(one, "chain_id", "filter", *BY_NUMBER)
    chain_id = visit.chain(values, caller, "admin", "privileged")
    user = visit.user(values, caller, BY_NUMBER)
    mine = [
        each
        for each in visit.state.vouchers(chain_id)
        if each.user == user and (values.get("filter") == "all" or usable(each, visit.now))
    ]
    shown = [(each, each.user_content(visit.now, visit.nested_campaigns)) for each in mine]
    results: Json = {
        "basket_vouchers": [content for each, content in shown if each.kind != "honour"],
        "honour_vouchers": [content for each, content in shown if each.kind == "honour"],
        "var_price_vouchers": [],
    }
    return visit.ok("get-user-vouchers", results)


def claim_voucher(visit: Visit, one: Asked) -> Response:
    """Claim a voucher for a customer."""
    voucher, user, _ = _claiming(visit, one)
    return visit.ok("claim-voucher", shown(visit, _claim(visit, voucher, user)))


def claim_vouchers(visit: Visit, one: Asked) -> Response:
    """Claim several vouchers, all of them or none, and lock them if asked."""
    caller = visit.caller(one, AppRule(admin="may", privileged="must"), users=False)
    body = json_of(one, "entity", "user", "vouchers", "locking")
    entity = section("entity", body.get("entity"), "chain_id")
    chain_id = visit.chain(_texts(entity), caller, "admin", "privileged")
    user = visit.user(_texts(section("user", body.get("user"), *USERS)), caller)
    named = several("vouchers", body.get("vouchers"))
    if not 1 <= len(named) <= MOST_CLAIMED:
        raise invalid(f"vouchers must be a list of 1 to {MOST_CLAIMED}")
    locking = _texts(section("locking", body.get("locking", {}), *LOCKING))
    found = [_voucher(visit, chain_id, _texts(section("vouchers", each, *IDS))) for each in named]
    for each in found:
        _check_claimable(each, user, visit.now)
    for each in found:
        _lock_if_asked(visit, _claim(visit, each, user), locking)
    return visit.ok("claim-vouchers", {})


def unclaim_voucher(visit: Visit, one: Asked) -> Response:
    """Take back that a voucher was claimed."""
    voucher, _, caller = _claiming(visit, one)
    if voucher.status != "claimed":
        raise invalid("The voucher is not claimed")
    if caller.kind == "user" and voucher.locked(visit.now):
        raise denied()
    kept = visit.state.keep(attrs.evolve(voucher, status="generated"))
    return visit.ok("unclaim-voucher", shown(visit, kept))


def lock_voucher(visit: Visit, one: Asked) -> Response:
    """Lock a voucher, for a time and for one basket."""
    caller = visit.caller(one)
    values = form_of(one, *IDS, *LOCKING, "voucher_locking_code")
    voucher = _own(visit, caller, values)
    if voucher.kind != "basket":
        raise invalid("Only a voucher of the type basket can be locked")
    if voucher.status == "redeemed" or voucher.locked(visit.now):
        raise invalid("The voucher is locked or redeemed")
    _check_basket_is_new(visit, voucher, values)
    kept = visit.state.keep(locked(visit, voucher, {"voucher_lock_period": _USUAL, **values}))
    return visit.ok("lock-voucher", shown(visit, kept))


def unlock_voucher(visit: Visit, one: Asked) -> Response:
    """Unlock a voucher; what ties it to one basket goes, too."""
    caller = visit.caller(one, users=False)
    voucher = _own(visit, caller, form_of(one, *IDS))
    kept = visit.state.keep(
        attrs.evolve(voucher, locked_until=None, locking_code=None, only_basket=None)
    )
    return visit.ok("unlock-voucher", shown(visit, kept))


def redeem_voucher(visit: Visit, one: Asked) -> Response:
    """Redeem a voucher; the rest of one of which a part is redeemed becomes another one."""
    caller = visit.caller(one, users=False)
    values = form_of(one, *IDS, "chain_id", "user_id", "amount")
    chain_id = visit.chain(values, caller, "admin", "privileged")
    voucher = _voucher(visit, chain_id, values)
    user = visit.some_user(values, caller, ("user_id",))
    if user is not None and voucher.user not in (None, user):
        raise denied()
    if voucher.status != "claimed" or voucher.expires_at <= visit.now:
        raise invalid("The voucher is not claimed, or is expired")
    amount = amount_of(values, "amount") if "amount" in values else None
    used, rest = redeem(visit, attrs.evolve(voucher, user=user or voucher.user), amount)
    results = shown(visit, used)
    if rest is not None:
        results["regenerated_voucher"] = rest.user_content(visit.now, visit.nested_campaigns)
    return visit.ok("redeem-voucher", results)


def redeem(
    visit: Visit, voucher: Voucher, amount: Decimal | None, basket: Json | None = None
) -> tuple[Voucher, Voucher | None]:
    """Redeem a voucher or a part of it, and make one of the rest."""
    worth = None if voucher.amount is None else Decimal(str(voucher.amount))
    part = worth if amount is None else amount
    if part is not None and (worth is None or not 0 < part <= worth):
        raise invalid("The amount is not in the voucher")
    used = attrs.evolve(
        voucher,
        status="redeemed",
        redeemed_at=visit.now,
        locked_until=None,
        amount=plain_number(part),
        amount_redeemed=plain_number(part),
        basket=[] if basket is None else basket,
        given={**voucher.given, "voucher_amount_original": plain_number(worth)},
    )
    visit.state.keep(used)
    if worth is None or part is None or part == worth:
        return used, None
    rest = attrs.evolve(
        voucher,
        voucher_id=visit.state.next_voucher_id(),
        created_at=visit.now,
        amount=plain_number(worth - part),
        amount_redeemed=0,
        locked_until=None,
        only_basket=None,
        locking_code=None,
        parent=voucher.voucher_id,
    )
    return used, visit.state.keep(rest)


def expire_voucher(visit: Visit, one: Asked) -> Response:
    """Let a claimed voucher expire now."""
    voucher = _ending(visit, one)
    visit.state.keep(attrs.evolve(voucher, expires_at=visit.now))
    return visit.ok("expire-voucher", {"voucher_key": voucher.key})


def delete_voucher(visit: Visit, one: Asked) -> Response:
    """Delete a claimed voucher; what it took from a wallet flows back."""
    voucher = _ending(visit, one)
    flow_back(visit, voucher)
    return visit.ok("delete-voucher", {"voucher_key": voucher.key})


def _claiming(visit: Visit, one: Asked) -> tuple[Voucher, User, Caller]:
    caller = visit.caller(one, CLAIMING)
    values = form_of(one, *IDS, "third_party_id", "chain_id", *BY_ANY_ID)
    chain_id = visit.chain(values, caller, "admin")
    user = visit.user(values, caller, BY_ANY_ID)
    voucher = _voucher(visit, chain_id, values)
    if voucher.user not in (None, user):
        raise denied()
    return voucher, user, caller


def _claim(visit: Visit, voucher: Voucher, user: User) -> Voucher:
    _check_claimable(voucher, user, visit.now)
    return visit.state.keep(attrs.evolve(voucher, status="claimed", user=user))


def _check_claimable(voucher: Voucher, user: User, now: datetime) -> None:
    if voucher.user not in (None, user):
        raise denied()
    if voucher.status != "generated" or not usable(voucher, now):
        raise invalid("The voucher is claimed, redeemed or expired")


def _ending(visit: Visit, one: Asked) -> Voucher:
    values = form_of(one, *IDS, "user_id", "chain_id")
    rule = AppRule() if "chain_id" in values else AppRule(privileged="must")
    caller = visit.caller(one, rule)
    user = visit.user(values, caller, ("user_id",))
    voucher = _voucher(visit, visit.chain(values, caller), values)
    if voucher.user != user:
        raise denied()
    if voucher.status != "claimed":
        raise invalid("The voucher is not claimed")
    return voucher


def _own(visit: Visit, caller: Caller, values: Mapping[str, str]) -> Voucher:
    """A voucher that the caller may see; customers see their own."""
    voucher = next(
        (found for chain in caller.chains if (found := _find(visit, chain, values))), None
    )
    if voucher is None or (caller.kind == "user" and not _is_of(voucher, caller)):
        raise _not_found()
    return voucher


def _is_of(voucher: Voucher, caller: Caller) -> bool:
    owner, asking = voucher.user, caller.user
    return owner is not None and asking is not None and owner.user_id == asking.user_id


def _voucher(visit: Visit, chain_id: int, values: Mapping[str, str]) -> Voucher:
    found = _find(visit, chain_id, values)
    if found is None:
        raise _not_found()
    return found


def _find(visit: Visit, chain_id: int, values: Mapping[str, str]) -> Voucher | None:
    if not {*IDS, "third_party_id"} & values.keys():
        raise incomplete("voucher_key or voucher_id is required")
    key, voucher_id = values.get("voucher_key"), integer(values, "voucher_id")
    return visit.state.voucher(chain_id, key, voucher_id)


def _not_found() -> Refused:
    return Refused("voucher_not_found", "There is no such voucher")


def _lock_if_asked(visit: Visit, voucher: Voucher, values: Mapping[str, str]) -> None:
    if values:
        _check_basket_is_new(visit, voucher, values)
        visit.state.keep(locked(visit, voucher, {"voucher_lock_period": _USUAL, **values}))


def _check_basket_is_new(visit: Visit, voucher: Voucher, values: Mapping[str, str]) -> None:
    if not visit.switches.spaaza_basket_codes_once or visit.version < BASKETS_KNOWN_SINCE:
        return
    code = values.get("retailer_basket_code")
    if any((each.chain_id, each.code) == (voucher.chain_id, code) for each in visit.state.baskets):
        raise Refused("basket_already_exists", "There is a basket with this code")


def _texts(values: Json) -> dict[str, str]:
    """The values of a JSON object as a form would have them."""
    return {name: str(value) for name, value in values.items()}


_USUAL = str(USUAL_LOCK)
ROUTES: tuple[Route[Visit], ...] = (
    Route("GET", "get-user-vouchers", "get-user-vouchers", get_user_vouchers),
    Route("POST", "claim-voucher", "claim-voucher", claim_voucher),
    Route("PUT", "claim-voucher", "claim-voucher", claim_voucher),
    Route("POST", "claim-vouchers", "claim-vouchers", claim_vouchers),
    Route("POST", "unclaim-voucher", "unclaim-voucher", unclaim_voucher),
    Route("PUT", "unclaim-voucher", "unclaim-voucher", unclaim_voucher),
    Route("PUT", "lock-voucher", "lock-voucher", lock_voucher),
    Route("PUT", "unlock-voucher", "unlock-voucher", unlock_voucher),
    Route("POST", "unlock-voucher", "unlock-voucher", unlock_voucher),
    Route("POST", "auth/redeem-voucher", "redeem-voucher", redeem_voucher),
    Route("PUT", "auth/redeem-voucher", "redeem-voucher", redeem_voucher),
    Route("POST", "expire-voucher", "expire-voucher", expire_voucher),
    Route("PUT", "expire-voucher", "expire-voucher", expire_voucher),
    Route("DELETE", "delete-voucher", "delete-voucher", delete_voucher),
)
