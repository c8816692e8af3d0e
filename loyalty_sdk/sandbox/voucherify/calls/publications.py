"""Publications: vouchers given to customers.

https://docs.voucherify.io/api-reference/publications
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...synthetic import characters
from ...vendor import Asked, Route
from ...wire import Pairs, Response, json_response
from ..access import changing, reading
from ..answers import Refused, bad_form, bad_query
from ..campaigns import GIFTS, LOYALTY, Campaign
from ..filters import ANY_TEXT
from ..paging import asked, filtered, in_order, orders, page
from ..payload import CUSTOMER, Fields, anything, integer, obj, read_body, text
from ..project import Project
from ..query import choice, known
from ..records import Json, Record, part
from ..state import Customer
from ..stock import Stocked
from .vouchers import add_voucher

CEILING = 1000
MOST_AT_ONCE = 20
FILTERS: Mapping[str, frozenset[str]] = dict.fromkeys(
    (
        "failure_code",
        "result",
        "customer_id",
        "campaign_name",
        "voucher_type",
        "is_referral_code",
        "parent_object_id",
        "related_object_id",
        "source_id",
    ),
    ANY_TEXT,
)
PLACES: Mapping[str, str] = {
    "voucher_code": "voucher.code",
    "voucher_type": "voucher.type",
    "is_referral_code": "voucher.is_referral_code",
    "campaign_name": "voucher.campaign",
    "parent_object_id": "voucher.campaign_id",
    "related_object_id": "voucher.id",
}
"""Where the fields stand that have other names in filters and orders."""
BODY: Fields = {
    "voucher": text,
    "campaign": obj({"name": text, "count": integer}),
    "customer": obj(CUSTOMER),
    "source_id": text,
    "channel": text,
    "metadata": anything,
}


def create_publication(project: Project, one: Asked) -> Response:
    """Publish; a source id that is known is an error."""
    values = known(one.request.query, ("join_once",))
    body = read_body(one.request, BODY, required=("customer",))
    source_id = body.get("source_id")
    if source_id is not None and project.state.ledger.publication(source_id) is not None:
        details = f"There is a publication with the source id {source_id}"
        raise Refused(400, "duplicate_source_id", "Duplicate source id", details=details)
    return json_response(200, published(project, body, _once(values)))


def publish_by_get(project: Project, one: Asked) -> Response:
    """Publish, though it is a GET; a source id that is known gives what was published with it."""
    body, once = _from_query(one.request.query)
    source_id = body.get("source_id")
    found = None if source_id is None else project.state.ledger.publication(source_id)
    if found is not None:
        return json_response(200, found.content)
    return json_response(200, published(project, body, once))


def list_publications(project: Project, one: Asked) -> Response:
    """A page of publications, the newest first."""
    rows = project.state.ledger.publications
    rows, rest = filtered(one.request.query, rows, FILTERS, project.now, PLACES)
    names = ("campaign", "customer", "voucher", "result", "voucher_type", "is_referral_code")
    values = asked(rest, "source_id", *names)
    for name, field in _PLAIN.items():
        if name in values:
            rows = [row for row in rows if row.text(field) == values[name]]
    if "voucher_type" in values:
        rows = [row for row in rows if _kind(row) == values["voucher_type"]]
    by = orders("id", "voucher_code", "tracking_id", "customer_id", "created_at", "channel")
    rows = in_order(rows, choice(values, "order", by), PLACES)
    return page(values, rows, "publications", CEILING)


_PLAIN = {
    "campaign": "voucher.campaign",
    "customer": "customer_id",
    "voucher": "voucher.code",
    "result": "result",
    "is_referral_code": "voucher.is_referral_code",
    "source_id": "source_id",
}


def _kind(publication: Record) -> str:
    return "loyalty" if publication.has("voucher.loyalty_card") else "discount"


def published(project: Project, body: Json, once: bool) -> Json:
    """The publication of what a body names, with all that it changes.

    Raises:
        Refused: It cannot be published.
    """
    customer = project.customer_of(body.get("customer"))
    if customer is None:
        raise Refused(400, "invalid_customer", "Invalid customer")
    if (body.get("voucher") is None) is (body.get("campaign") is None):
        raise bad_form("Either voucher or campaign is required")
    given = _suitable(project, body, customer, once)
    for voucher in given:
        voucher.content["publish"]["count"] += 1
        voucher.content["holder_id"] = customer.id
        if voucher.holding is None:
            project.state.give(customer.id, voucher.content, project.now)
        voucher.touch(project.now)
        project.happened("customer.publication.succeeded", customer.reference(), voucher.content)
    content: Json = {
        "id": project.ids.next("pub"),
        "object": "publication",
        "created_at": project.today,
        "customer_id": customer.id,
        "tracking_id": customer.tracking_id,
        "customer": customer.content(),
        "metadata": part(body, "metadata"),
        "channel": body.get("channel") or "API",
        "source_id": body.get("source_id"),
        "result": "SUCCESS",
        "vouchers_id": [voucher.content["id"] for voucher in given],
    }
    if part(body, "campaign").get("count") is None:
        content["voucher"] = given[0].content
    else:
        content["vouchers"] = [voucher.code for voucher in given]
    project.state.ledger.publications.append(project.record(content))
    return content


def _suitable(project: Project, body: Json, customer: Customer, once: bool) -> Sequence[Stocked]:
    """The vouchers to publish: the one that is named, or new ones of a campaign."""
    if body.get("voucher") is not None:
        voucher = project.voucher(body["voucher"])
        if voucher.content["publish"]["count"] > 0:
            raise Refused(
                400,
                "voucher_already_published",
                "Voucher already published",
                details=f"Voucher {voucher.code} was published before",
            )
        if voucher.content["active"] is False:
            raise Refused(400, "voucher_disabled", "voucher is disabled", details=voucher.code)
        return [voucher]
    campaign = project.campaign(str(body["campaign"].get("name")))
    joined = [v for v in _held(project, customer) if v.content["campaign_id"] == campaign.id]
    if once and joined:
        return joined[:1]
    count = body["campaign"].get("count") or 1
    if not 1 <= count <= MOST_AT_ONCE:
        raise bad_form(f"Property .campaign.count should be from 1 to {MOST_AT_ONCE}")
    return [grown(project, campaign) for _ in range(count)]


def _held(project: Project, customer: Customer) -> list[Stocked]:
    return [v for v in project.state.stock.all() if v.content["holder_id"] == customer.id]


def grown(project: Project, campaign: Campaign, code: str | None = None, **own: Any) -> Stocked:
    """One more voucher of a campaign: all campaigns of the sandbox make them as they are asked.

    Args:
        project: The project.
        campaign: The campaign.
        code: The code; `None` draws one.
        **own: What it does not take from the campaign.
    """
    fields: Json = {"campaign": campaign.name, "campaign_id": campaign.id}
    if campaign.campaign_type == GIFTS:
        fields |= {"type": "GIFT_VOUCHER", "gift": {"amount": 5000, "effect": "APPLY_TO_ORDER"}}
    elif campaign.campaign_type == LOYALTY:
        fields |= {"type": "LOYALTY_CARD", "loyalty_card": {"points": 0}}
    else:
        discount = {"type": "PERCENT", "percent_off": 10, "effect": "APPLY_TO_ORDER"}
        fields |= {"discount": discount, "redemption": {"quantity": 1}}
    campaign.vouchers_count += 1
    return add_voucher(project, code or characters(project.dice, 8), {**fields, **own})


def _once(values: dict[str, str]) -> bool:
    join_once = values.get("join_once")
    if join_once not in (None, "true", "false"):
        raise bad_query("Property .parameters.join_once should be a boolean")
    return join_once == "true"


def _from_query(query: Pairs) -> tuple[Json, bool]:
    """The body that a query stands for: objects are written as `customer[source_id]`."""
    body: dict[str, Any] = {}
    values = dict(query)
    once = _once({"join_once": values.pop("join_once")} if "join_once" in values else {})
    for name, value in values.items():
        outer, _, inner = name.partition("[")
        if outer not in BODY or outer == "channel":
            raise bad_query(f"Property .parameters.{name} is not allowed")
        if inner:
            body.setdefault(outer, {})[inner.removesuffix("]")] = value
        else:
            body[outer] = value
    if isinstance(body.get("campaign"), str):
        body["campaign"] = {"name": body["campaign"]}
    count = part(body, "campaign").get("count")
    if count is not None:
        if not count.isdecimal():
            raise bad_query("Property .parameters.campaign[count] should be an integer")
        body["campaign"]["count"] = int(count)
    return body, once


_PATH = "v1/publications"
_CHANGE = changing("publications")
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", _PATH, "list-publications", list_publications, reading("publications")),
    Route("POST", _PATH, "create-publication", create_publication, _CHANGE),
    Route("GET", f"{_PATH}/create", "create-publication-1", publish_by_get, _CHANGE),
)
