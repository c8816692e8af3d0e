"""Customers and what they hold.

https://docs.voucherify.io/api-reference/customers
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import READ_CUSTOMERS, changing
from ..answers import bad_query
from ..filters import REDEEMABLE_FIELDS, split_filters
from ..jobs import begin
from ..ledger import Activity
from ..paging import DATES, asked, behind_event, dated, in_order, orders, page, stretch, whole
from ..payload import CUSTOMER, Fields, anything, list_of, obj, read_body, read_list, text
from ..project import Project
from ..query import choice, known, limit, moment
from ..records import Json, Record

CEILING = 99
EVERYBODY = {"id": "seg_sandboxeverybody", "name": "Everybody", "object": "segment"}
CAMPAIGN_TYPES = (
    "DISCOUNT_COUPONS",
    "REFERRAL_PROGRAM",
    "GIFT_VOUCHERS",
    "PROMOTION",
    "LOYALTY_PROGRAM",
)
CHANGED: Fields = {name: CUSTOMER[name] for name in CUSTOMER if name not in ("id", "source_id")}
KNOWN: Fields = {"source_id": text, **CHANGED}
ONE_METADATA: Fields = {"source_ids": list_of(text, 10_000), "metadata": anything}


def list_redeemables(project: Project, asked: Asked) -> Response:
    """A page of what a customer holds."""
    switches, now = project.switches(), project.now
    filters, rest = split_filters(asked.request.query, REDEEMABLE_FIELDS)
    values = known(rest, ("limit", "order", "starting_after_id"))
    size = limit(values)
    order = choice(values, "order", ("id", "-id")) or switches.voucherify_default_order
    cursor = _cursor(values)
    customer = project.customer(asked.parts["customer_id"])
    found = filters.kept(project.state.redeemables(customer.id), now)
    page, has_more = stretch(found, size, cursor, lambda one: one.id, down=order == "-id")
    content: dict[str, object] = {
        "object": "list",
        "data_ref": "data",
        "data": [one.content for one in page],
        "total": len(found),
        "has_more": has_more,
    }
    if content["has_more"] and switches.voucherify_more_starting_after:
        content["more_starting_after"] = page[-1].id
    return json_response(200, content)


def list_customers(project: Project, one: Asked) -> Response:
    """A page of customers by its number, or those behind a date."""
    values = asked(one.request.query, "email", "city", "name", *_BY_DATE, *DATES)
    rows: Sequence[Record] = project.state.customer_rows()
    for name, field in (("email", "email"), ("city", "address.city"), ("name", "name")):
        if name in values:
            rows = [row for row in rows if row.text(field) == values[name]]
    if values.get("segment_id") not in (None, EVERYBODY["id"]):
        rows = []
    rows = dated(values, rows)
    order = choice(values, "order", orders("created_at", "updated_at", "source_id"))
    if "starting_after" in values:
        return _behind(values, rows, order)
    return page(values, in_order(rows, order), "customers", CEILING, has_more=True)


_BY_DATE = ("segment_id", "starting_after")


def _behind(values: dict[str, str], rows: Sequence[Record], order: str | None) -> Response:
    """Those made before a date, the newest first; by an order those behind it, the oldest first."""
    if order not in (None, "created_at", "updated_at"):
        raise bad_query("`starting_after` goes with the orders created_at and updated_at")
    edge, size = moment(values, "starting_after"), limit(values)
    found, key = rows, _created_at
    if order == "updated_at":
        found, key = sorted((row for row in rows if row.has(order)), key=_updated_at), _updated_at
    page, has_more = stretch(found, size, edge, key, down=order is None)
    shown = [row.content for row in page]
    return whole("customers", shown, total=len(rows), has_more=has_more)


def _created_at(row: Record) -> datetime:
    return row.created_at


def _updated_at(row: Record) -> datetime:
    return datetime.fromisoformat(row.content["updated_at"])


def create_customer(project: Project, one: Asked) -> Response:
    """Make a customer, or change the one whose id or source id it is."""
    known(one.request.query, ())
    body = read_body(one.request, CUSTOMER)
    if body.get("id"):
        project.customer(body["id"])
    return json_response(200, project.keep_customer(body).content())


def get_customer(project: Project, asked: Asked) -> Response:
    """One customer."""
    known(asked.request.query, ())
    return json_response(200, project.customer(asked.parts["customer_id"]).content())


def update_customer(project: Project, one: Asked) -> Response:
    """Change what the body names."""
    known(one.request.query, ())
    customer = project.customer(one.parts["customer_id"])
    body = read_body(one.request, CHANGED)
    return json_response(200, project.keep_customer({"id": customer.id, **body}).content())


def delete_customer(project: Project, one: Asked) -> Response:
    """Forget a customer."""
    known(one.request.query, ())
    project.state.remove_customer(project.customer(one.parts["customer_id"]))
    return Response(status=204)


def delete_permanently(project: Project, one: Asked) -> Response:
    """Forget a customer with all that happened to them."""
    known(one.request.query, ())
    customer = project.customer(one.parts["customer_id"])
    ledger = project.state.ledger
    gone = [event for event in ledger.activities if event.customer_id == customer.id]
    orders = [key for key, o in ledger.orders.items() if o.content["customer_id"] == customer.id]
    ledger.activities = [event for event in ledger.activities if event not in gone]
    for key in orders:
        del ledger.orders[key]
    project.state.remove_customer(customer)
    content: Json = {
        "id": project.ids.next("pd"),
        "created_at": project.today,
        "related_object_id": customer.id,
        "related_object": "customer",
        "status": "DONE",
        "data_json": {
            "events": len(gone),
            "customer_events": len(gone),
            "daily_events": 0,
            "segments": 0,
            "orders": len(orders),
            "order_events": 0,
            "customer": 1,
        },
        "object": "permanent_deletion",
    }
    return json_response(200, content)


def list_activity(project: Project, one: Asked) -> Response:
    """A page of what happened to a customer."""
    names = ("limit", "order", "starting_after_id", "start_date", "end_date")
    values = known(one.request.query, (*names, "campaign_id", "campaign_type", "category", "type"))
    choice(values, "category", ("ACTION", "EFFECT"))
    kind = choice(values, "campaign_type", CAMPAIGN_TYPES)
    customer = project.customer(one.parts["customer_id"])
    rows = [event for event in project.state.ledger.activities if event.customer_id == customer.id]
    if "campaign_id" in values:
        rows = [event for event in rows if event.campaign_id == values["campaign_id"]]
    if kind is not None:
        ids = {each.id for each in project.state.campaigns if each.campaign_type == kind}
        rows = [event for event in rows if event.campaign_id in ids]
    if "type" in values:
        rows = [event for event in rows if event.record.content["type"] == values["type"]]
    if "start_date" in values:
        begin_at = moment(values, "start_date")
        rows = [event for event in rows if event.record.created_at >= begin_at]
    if "end_date" in values:
        end_at = moment(values, "end_date")
        rows = [event for event in rows if event.record.created_at <= end_at]
    return _events(project, values, rows)


def _events(project: Project, values: dict[str, str], rows: list[Activity]) -> Response:
    says_cursor = project.switches().voucherify_more_starting_after
    return behind_event(values, [event.record for event in rows], says_cursor=says_cursor)


def list_segments(project: Project, one: Asked) -> Response:
    """The segments of a customer: in the sandbox there is one of everybody."""
    known(one.request.query, ())
    project.state.customer(one.parts["customer_id"])  # strangers would qualify, too
    return whole("data", [EVERYBODY], total=1)


def update_in_bulk(project: Project, one: Asked) -> Response:
    """Change customers, and make those who are new."""
    known(one.request.query, ())
    rows = read_list(one.request, obj(KNOWN))
    wrong: list[Any] = []
    for row in rows:
        if row.get("source_id"):
            project.keep_customer(row)
        else:
            wrong.append({"key": "missing_source_id", "message": "No source_id", "details": ""})
    result: Json = {"done_count": len(rows) - len(wrong), "failed_count": len(wrong)}
    return begin(project, "CUSTOMERS.BULK_UPDATE", {**result, "reports": [], "errors": wrong})


def update_metadata_in_bulk(project: Project, one: Asked) -> Response:
    """Keep the same with customers, and make those who are new."""
    known(one.request.query, ())
    body = read_body(one.request, ONE_METADATA, required=("source_ids", "metadata"))
    for source_id in body["source_ids"]:
        project.keep_customer({"source_id": source_id, "metadata": body["metadata"]})
    return begin(project, "CUSTOMERS.METADATA_UPDATE", {"errors": []})


def _cursor(values: dict[str, str]) -> str | None:
    cursor = values.get("starting_after_id")
    if cursor is not None and not cursor.startswith("rh_"):
        raise bad_query("Property .parameters.starting_after_id should be the id of a redeemable")
    return cursor


_CHANGE = changing("customers")
_ALL, _ONE = "v1/customers", "v1/customers/{customer_id}"
ROUTES: tuple[Route[Project], ...] = (
    Route(
        "GET",
        f"{_ONE}/redeemables",
        "list-customer-redeemables",
        list_redeemables,
        READ_CUSTOMERS,
    ),
    Route("GET", _ALL, "list-customers", list_customers, READ_CUSTOMERS),
    Route("POST", _ALL, "create-customer", create_customer, _CHANGE),
    Route("POST", f"{_ALL}/bulk/async", "update-customers-in-bulk", update_in_bulk, _CHANGE),
    Route(
        "POST",
        f"{_ALL}/metadata/async",
        "update-customers-metadata-in-bulk",
        update_metadata_in_bulk,
        _CHANGE,
    ),
    Route("GET", _ONE, "get-customer", get_customer, READ_CUSTOMERS),
    Route("PUT", _ONE, "update-customer", update_customer, _CHANGE),
    Route("DELETE", _ONE, "delete-customer", delete_customer, _CHANGE),
    Route(
        "POST",
        f"{_ONE}/permanent-deletion",
        "customer-permanently-deletion",
        delete_permanently,
        _CHANGE,
    ),
    Route("GET", f"{_ONE}/activity", "list-customer-activity", list_activity, READ_CUSTOMERS),
    Route("GET", f"{_ONE}/segments", "list-customer-segments", list_segments, READ_CUSTOMERS),
)
