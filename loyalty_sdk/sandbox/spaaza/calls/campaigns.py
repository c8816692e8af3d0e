"""Campaigns.

https://docs.spaaza.com/api/get-campaigns
"""

from __future__ import annotations

from collections.abc import Mapping

from ...vendor import Asked, Route
from ...wire import Response
from ..access import AppRule, Caller
from ..answers import Version, denied, invalid
from ..select import USERS, boolean, integer, required_integer
from ..visit import Visit, query_of
from ..vouchers import Campaign, Json, User

INACTIVE_HIDDEN_SINCE: Version = (1, 4, 11)
WALLETS = ("wallet", "points_wallet")


def get_campaign(visit: Visit, one: Asked) -> Response:
    """One campaign."""
    caller = visit.access.caller(one.request, AppRule())
    values = query_of(one, "chain_id", "campaign_id", *USERS)
    chain_id = _chain(values, caller)
    user = visit.some_user(values, caller)
    found = visit.state.campaign(required_integer(values, "campaign_id"))
    if found is None or found.chain_id != chain_id:
        raise denied()
    return visit.ok("get-campaign", {"campaign": shown(visit, found, user)}, _warnings([found]))


def get_campaigns(visit: Visit, one: Asked) -> Response:
    """The campaigns of a chain."""
    caller = visit.access.caller(one.request, AppRule())
    values = query_of(one, *_FILTERS, *USERS)
    chain_id = _chain(values, caller)
    user = visit.some_user(values, caller)
    campaign_id, kind = integer(values, "campaign_id"), values.get("campaign_type")
    hidden = visit.version >= INACTIVE_HIDDEN_SINCE
    if "exclude_inactive" in values:
        hidden = boolean(values, "exclude_inactive")
    if "display_full_campaign" in values:
        boolean(values, "display_full_campaign")
    found = [
        each
        for each in visit.state.campaigns
        if each.chain_id == chain_id
        and campaign_id in (None, each.campaign_id)
        and kind in (None, each.campaign_type)
        and (each.active or not hidden)
    ]
    found.sort(key=lambda each: each.campaign_id % 10, reverse=_descending(values))
    results: Json = {"campaigns": [shown(visit, each, user) for each in found]}
    return visit.ok("get-campaigns", results, _warnings(found))


def shown(visit: Visit, campaign: Campaign, user: User | None) -> Json:
    """A campaign, and how far a customer is in it."""
    content = campaign.content()
    if user is not None and campaign.campaign_type in WALLETS:
        balance = visit.state.balance(user.user_id, campaign.campaign_id)
        content["user_progress"] = {"saved_amount": str(balance), "is_redeemable": balance > 0}
    return content


def _chain(values: Mapping[str, str], caller: Caller) -> int:
    if caller.kind == "user" and "chain_id" not in values:
        return next(iter(caller.chains))
    chain_id = required_integer(values, "chain_id")
    if chain_id not in caller.chains:
        raise denied()
    return chain_id


def _descending(values: Mapping[str, str]) -> bool:
    if values.get("order_by", "priority") != "priority":
        raise invalid("The parameter order_by must be priority")
    direction = values.get("order_dir", "ASC").upper()
    if direction not in ("ASC", "DESC"):
        raise invalid("The parameter order_dir must be ASC or DESC")
    return direction == "DESC"


def _warnings(campaigns: list[Campaign]) -> list[Json]:
    # The documents name this warning and give it no number.
    return [
        {
            "name": "objects_exceed_maximum_quantity",
            "description": "The assignments of a campaign are too many to be listed",
            "message": {"campaign_id": each.campaign_id},
        }
        for each in campaigns
        if each.too_many_assignments
    ]


_FILTERS = (
    "chain_id",
    "campaign_id",
    "campaign_type",
    "display_full_campaign",
    "exclude_inactive",
    "order_by",
    "order_dir",
)
ROUTES: tuple[Route[Visit], ...] = (
    Route("GET", "get-campaign", "get-campaign", get_campaign),
    Route("GET", "get-campaigns", "get-campaigns", get_campaigns),
)
