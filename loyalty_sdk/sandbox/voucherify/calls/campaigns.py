"""Campaigns.

https://docs.voucherify.io/api-reference/campaigns
"""

from __future__ import annotations

from collections.abc import Mapping

from ...vendor import Asked, Route
from ...wire import Pairs, Response, json_response
from ..access import changing, reading
from ..answers import Refused, bad_form
from ..campaigns import CAMPAIGN_TYPES, PROMOTION, Campaign
from ..filters import ANY_TEXT
from ..jobs import begin
from ..paging import filtered, page
from ..payload import Fields, anything, integer, moment, obj, read_body, text
from ..project import Project
from ..query import MAX_PAGE, choice, known
from ..query import integer as number
from ..records import Json, Record, part
from .publications import grown

MOST = 1000
STATES = ("DONE", "IN_PROGRESS", "FAILED", "DRAFT", "MODIFYING")
FILTERS: Mapping[str, frozenset[str]] = dict.fromkeys(
    (
        "campaigns",
        "campaigns_id",
        "campaign_status",
        "is_referral_code",
        "voucher_type",
        "categories",
        "category_ids",
        "type",
        "updated_at",
        "start_date",
        "expiration_date",
        "validity_timeframe",
    ),
    ANY_TEXT,
)
FITTING: dict[str, tuple[str, ...]] = {"status": ("$active",), "active": ("$enabled", "$active")}
"""Conditions that all campaigns of the sandbox fulfil; the others none does."""

JOINING: Fields = {
    "category": text,
    "redemption": obj({"quantity": integer}),
    "start_date": moment,
    "expiration_date": moment,
    "additional_info": text,
    "metadata": anything,
}
DRAWN: Fields = {
    **JOINING,
    "code": text,
    "code_config": obj(
        {"length": integer, "charset": text, "prefix": text, "postfix": text, "pattern": text}
    ),
}


def list_campaigns(project: Project, asked: Asked) -> Response:
    """A page of campaigns, the newest first unless asked otherwise."""
    rows = [_row(campaign) for campaign in project.state.campaigns]
    fits, query = _by_state(asked.request.query)
    rows, rest = filtered(query, rows if fits else [], FILTERS, project.now)
    names = ("campaign_type", "campaign_status", "is_referral_code", "expand")
    values = known(rest, ("limit", "page", "order", *names))
    kind = choice(values, "campaign_type", CAMPAIGN_TYPES)
    status = choice(values, "campaign_status", STATES)
    referring = choice(values, "is_referral_code", ("true", "false"))
    choice(values, "expand", ("category", "access_settings_assignments"))
    number(values, "page", 1, MAX_PAGE)
    rows = [row for row in rows if kind in (None, row.text("campaign_type"))]
    rows = [row for row in rows if status in (None, row.text("campaign_status"))]
    if referring is not None:
        rows = [row for row in rows if row.text("is_referral_code") == referring.upper()]
    by = ("created_at", "-created_at", "updated_at", "-updated_at")
    order = choice(values, "order", by) or "-created_at"
    rows.sort(key=lambda row: row.created_at, reverse=order.startswith("-"))
    by_id = {campaign.id: campaign for campaign in project.state.campaigns}
    return page(values, rows, "campaigns", show=lambda row: by_id[row.content["id"]].content())


def _row(campaign: Campaign) -> Record:
    """A campaign with the names under which it is filtered."""
    content = campaign.content()
    voucher = campaign.voucher or {}
    more: Json = {
        "campaigns": campaign.name,
        "campaigns_id": campaign.id,
        "campaign_status": content["creation_status"],
        "is_referral_code": "TRUE" if voucher.get("is_referral_code") else "FALSE",
        "voucher_type": voucher.get("type"),
    }
    return Record(created_at=campaign.created_at, content={**content, **more})


def _by_state(query: Pairs) -> tuple[bool, Pairs]:
    """Whether campaigns fit the filters by state, and the query without these.

    The date that others call `created_at` has a name of its own here.
    """
    rest: list[tuple[str, str]] = []
    fits = True
    for name, value in query:
        field, _, condition = name.removeprefix("filters[").partition("][conditions][")
        if name.startswith("filters[") and field in FITTING:
            fits = fits and condition.removesuffix("]") in FITTING[field]
        else:
            rest.append((name.replace("filters[created_date]", "filters[created_at]"), value))
    return fits, tuple(rest)


def get_campaign(project: Project, one: Asked) -> Response:
    """One campaign, by its id or its name."""
    known(one.request.query, ())
    campaign = project.campaign(one.parts["campaign_id"])
    content = campaign.content()
    empty: Json = {"object": "list", "data_ref": "data", "data": [], "total": 0}
    content["validation_rules_assignments"] = empty
    if campaign.campaign_type == PROMOTION:
        tiers: Json = {"object": "list", "data_ref": "tiers", "tiers": [], "total": 0}
        content["promotion"] = {**tiers, "has_more": False}
    return json_response(200, content)


def add_voucher(project: Project, one: Asked) -> Response:
    """Add a voucher with a code of the caller's."""
    known(one.request.query, ())
    campaign = _growing(project, one)
    body = read_body(one.request, JOINING)
    return json_response(
        200, grown(project, campaign, _free(project, one.parts["code"]), **body).content
    )


def add_vouchers(project: Project, one: Asked) -> Response:
    """Add vouchers with codes that are drawn: one at once, several in an action."""
    count = number(known(one.request.query, ("vouchers_count",)), "vouchers_count", 1, MOST)
    campaign = _growing(project, one)
    body = read_body(one.request, DRAWN)
    config, code = part(body, "code_config"), body.pop("code", None)
    body.pop("code_config", None)
    codes = [_free(project, code or project.drawn(config)) for _ in range(count)]
    made = [grown(project, campaign, each, **body) for each in codes]
    if count == 1:
        return json_response(200, made[0].content)
    result: Json = {"message": f"{count} vouchers were made", "done_count": count}
    return begin(project, "CAMPAIGN.VOUCHERS_GENERATE", result)


def _growing(project: Project, one: Asked) -> Campaign:
    campaign = project.campaign(one.parts["campaign_id"])
    if campaign.campaign_type == PROMOTION:
        raise bad_form("A promotion has no vouchers")
    return campaign


def _free(project: Project, code: str) -> str:
    if project.state.stock.get(code) is not None:
        raise Refused(
            409,
            "duplicate_found",
            "Duplicate resource key",
            details="Duplicate key found: code",
            resource_id=code,
            resource_type="voucher",
        )
    return code


_READ, _CHANGE = reading("campaigns"), changing("campaigns")
_ONE = "v1/campaigns/{campaign_id}"
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/campaigns", "list-campaigns", list_campaigns, _READ),
    Route("GET", _ONE, "get-campaign", get_campaign, _READ),
    Route("POST", f"{_ONE}/vouchers", "add-vouchers-to-campaign", add_vouchers, _CHANGE),
    Route(
        "POST",
        f"{_ONE}/vouchers/{{code}}",
        "add-voucher-with-specific-code-to-campaign",
        add_voucher,
        _CHANGE,
    ),
)
