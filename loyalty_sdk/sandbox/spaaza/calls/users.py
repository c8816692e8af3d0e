"""Customers and their cards.

https://docs.spaaza.com/api/get-user
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ...vendor import Asked, Route
from ...wire import FORM, Response
from ..access import AppRule
from ..answers import incomplete, invalid
from ..select import USERS, boolean, find_user
from ..visit import Visit, form_of, json_of, query_of
from ..vouchers import Json, User, naive
from .campaigns import WALLETS, shown

CHANGING = AppRule(user="never", privileged="must")
NAMES = ("username", "member_number", "authentication_point_identifier")
OWN = ("first_name", "last_name")
WRITTEN = (
    "auxiliary_identifier",
    "gender",
    "birthday",
    "phone_number",
    "language",
    "country_code",
    "address_streetname",
    "address_housenumber",
    "address_housenumber_extension",
    "address_line_2",
    "address_line_3",
    "address_towncity",
    "address_regionstate",
    "address_postalcode",
    "opt_in_secondary",
    "registered",
    "is_employee",
)
TAKEN = (
    *NAMES,
    *OWN,
    *WRITTEN,
    "affiliate_code",
    "branch_business_owner_code",
    "chain_id",
    "home_store_id",
    "mailing_list_sub_offered",
    "mailing_list_subscribed",
    "password",
    "printed_mailing_list_subscribed",
    "programme_opted_in",
    "referral_code",
    "store_id",
)


def get_card(visit: Visit, one: Asked) -> Response:
    """Who a customer is; the rest of its form is the sandbox's own, for it is not documented."""
    caller = visit.caller(one)
    values = query_of(one, "chain_id", *USERS)
    chain_id = visit.chain(values, caller, "admin")
    user = visit.user(values, caller)
    wallets = [
        shown(visit, each, user)
        for each in visit.state.campaigns
        if each.chain_id == chain_id and each.campaign_type in WALLETS
    ]
    return visit.ok("get-card", {"user_info": info(user), "sandbox_wallets": wallets})


def get_user(visit: Visit, one: Asked) -> Response:
    """What is written down of a customer."""
    names = ("chain_id", "display_signature", "optionalAttributes", *USERS)
    values = query_of(one, *names)
    app = AppRule(admin="must" if "username" in values else "may", privileged="must")
    caller = visit.caller(one, app)
    visit.chain(values, caller, "admin")
    if "display_signature" in values:
        boolean(values, "display_signature")
    user = visit.user(values, caller)
    return visit.ok("get-user", {"user_info": info(user)})


def add_user(visit: Visit, one: Asked) -> Response:
    """Add a customer, or change one who is there where that is asked for."""
    visit.caller(one, CHANGING, users=False)
    values = _fields(one, "update_if_exists")
    found = {
        user.user_id: user
        for name in NAMES
        if name in values and (user := find_user(visit.state.users, name, str(values[name])))
    }
    again = _yes(values.pop("update_if_exists", False), "update_if_exists")
    if found and not again:
        raise invalid("There is such a user")
    if len(found) > 1:
        raise invalid("These are several users")
    if "username" not in values and not found:
        raise incomplete("The parameter username is required")
    fresh = User(
        user_id=max(each.user_id for each in visit.state.users) + 1,
        username="",
        member_number=None,
        authentication_point_identifier=None,
        sparse=True,
        added_at=visit.now,
    )
    user = next(iter(found.values()), fresh)
    kept = visit.state.keep_user(_changed(user, values))
    results = {**info(kept), "user_type": "new", "updated_existing_user": bool(found)}
    return visit.ok("add-user", {"user_info": results})


def alter_user(visit: Visit, one: Asked) -> Response:
    """Change a customer; `user_id` names them, or the first other identifier that is sent."""
    caller = visit.caller(one, CHANGING)
    values = _fields(one, "user_id")
    named = next((name for name in ("user_id", *NAMES) if name in values), None)
    texts = {} if named is None or caller.kind == "user" else {named: str(values[named])}
    user = visit.user(texts, caller)
    values.pop("user_id", None)
    kept = visit.state.keep_user(_changed(user, values))
    return visit.ok("alter-user", {"user_info": info(kept)})


def info(user: User) -> Json:
    """What is written down of a customer, as the vendor shows it."""
    added = None if user.added_at is None else naive(user.added_at)
    return {
        **user.content(),
        **user.account(),
        **user.written,
        "member_number": user.member_number,
        "referral_code": user.referral_code,
        "created_date": added,
    }


def _changed(user: User, values: Mapping[str, Any]) -> User:
    own: Any = {name: str(values[name]) for name in (*NAMES, *OWN) if name in values}
    written = {name: values[name] for name in WRITTEN if name in values}
    return attrs.evolve(user, **own, written={**user.written, **written})


def _fields(one: Asked, *more: str) -> dict[str, Any]:
    """The fields, whether they come as a form or as JSON."""
    read = form_of if _is_form(one) else json_of
    return dict(read(one, *TAKEN, *more))


def _is_form(one: Asked) -> bool:
    return one.request.headers.get("content-type", "").startswith(FORM)


def _yes(value: object, name: str) -> bool:
    return value if isinstance(value, bool) else boolean({name: str(value)}, name)


ROUTES: tuple[Route[Visit], ...] = (
    Route("GET", "get-card", "get-card", get_card),
    Route("GET", "internal/get-user", "get-user", get_user),
    Route("POST", "internal/add-user", "add-user", add_user),
    Route("PUT", "internal/alter-user", "alter-user", alter_user),
)
