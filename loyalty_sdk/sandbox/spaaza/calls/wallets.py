"""Wallets.

https://docs.spaaza.com/api/user-wallet-ledger
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response
from ..access import AppRule
from ..answers import Version, denied, incomplete, invalid
from ..ledger import Entry
from ..numbers import amount_of, plain_number
from ..select import integer
from ..visit import Visit, form_of, query_of
from ..vouchers import Json, iso

BY_NUMBER = (
    "user_id",
    "member_number",
    "authentication_point_identifier",
    "auxiliary_identifier",
)
TYPES = {"wallet": "wallet", "points": "points_wallet", "entries": "entries_wallet"}
APP_SINCE: Version = (1, 5, 4)


def user_wallet_ledger(visit: Visit, one: Asked) -> Response:
    """What changed a customer's wallets, the newest first."""
    newer = visit.version >= APP_SINCE
    caller = visit.caller(one, AppRule(privileged="must" if newer else "may"))
    values = query_of(one, "chain_id", "type", *BY_NUMBER)
    if newer and caller.kind == "privileged" and "chain_id" in values:
        raise invalid("The parameter chain_id does not go with privileged authentication")
    visit.chain(values, caller, "admin")
    user = visit.user(values, caller, BY_NUMBER)
    kind = values.get("type")
    wanted = None if kind is None else TYPES.get(kind, kind)
    entries: list[Json] = []
    for entry in reversed(visit.state.ledger):
        wallet = visit.state.campaign(entry.campaign_id)
        mine = wallet is not None and entry.user_id == user.user_id
        if wallet is not None and mine and wanted in (None, wallet.campaign_type):
            entries.append(entry.content(wallet))
    return visit.ok("user-wallet-ledger", {"type": kind, "ledger": entries})


def add_user_purchase_progress(visit: Visit, one: Asked) -> Response:
    """Put something into a wallet, or take it out."""
    caller = visit.caller(one, users=False)
    names = (*BY_NUMBER, "username")
    values = form_of(one, *names, "campaign_id", "amount", "log_message")
    user = visit.user(values, caller, names)
    wallet = visit.state.campaign(integer(values, "campaign_id"))
    if wallet is None or wallet.chain_id not in caller.chains:
        raise denied()
    if not values.get("log_message"):
        raise incomplete("The parameter log_message is required")
    amount = amount_of(values, "amount")
    if amount != round(amount, 2):
        raise invalid("The parameter amount has more than two decimals")
    if visit.state.balance(user.user_id, wallet.campaign_id) + amount < 0:
        raise invalid("There is not as much in the wallet")
    who = 1 if caller.user is None else caller.user.user_id
    entry = Entry(
        user_id=user.user_id,
        campaign_id=wallet.campaign_id,
        amount=amount,
        at=visit.now,
        title=values["log_message"],
        mutator=who,
    )
    visit.state.ledger.append(entry)
    results: Json = {
        "result_method": "post",
        "username": None if caller.user is None else caller.user.username,
        "params": dict(values),
        "user_purchase_progress": {
            "id": 17_000_000 + len(visit.state.ledger),
            "user_id": user.user_id,
            "currency_id": 2,
            "amount": str(plain_number(amount)),
            "progress_type": "Manual",
            "log_message": entry.title,
            "created_date": iso(visit.now),
            "mutation_owner_id": who,
        },
    }
    return visit.ok("add-user-purchase-progress", results)


ROUTES: tuple[Route[Visit], ...] = (
    Route("GET", "user-wallet-ledger", "user-wallet-ledger", user_wallet_ledger),
    Route(
        "POST",
        "auth/add-user-purchase-progress",
        "add-user-purchase-progress",
        add_user_purchase_progress,
    ),
)
