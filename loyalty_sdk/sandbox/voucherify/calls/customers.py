"""Customers and what they hold.

https://docs.voucherify.io/api-reference/customers
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import READ_CUSTOMERS
from ..answers import bad_query
from ..filters import REDEEMABLE_FIELDS, split_filters
from ..project import Project
from ..query import choice, known, limit


def list_redeemables(project: Project, asked: Asked) -> Response:
    """A page of what a customer holds."""
    switches, now = project.switches(), project.now
    filters, rest = split_filters(asked.request.query, REDEEMABLE_FIELDS)
    values = known(rest, ("limit", "order", "starting_after_id"))
    size = limit(values)
    order = choice(values, "order", ("id", "-id")) or switches.voucherify_default_order
    cursor = _cursor(values)
    customer = project.customer(asked.parts["customer_id"])
    found = [one for one in project.state.redeemables(customer.id) if filters.keep(one, now)]
    total = len(found)
    if order == "-id":
        found.reverse()
    if cursor is not None:
        found = [one for one in found if (one.id < cursor if order == "-id" else one.id > cursor)]
    page = found[:size]
    content: dict[str, object] = {
        "object": "list",
        "data_ref": "data",
        "data": [one.content for one in page],
        "total": total,
        "has_more": len(found) > size,
    }
    if content["has_more"] and switches.voucherify_more_starting_after:
        content["more_starting_after"] = page[-1].id
    return json_response(200, content)


def get_customer(project: Project, asked: Asked) -> Response:
    """One customer."""
    known(asked.request.query, ())
    return json_response(200, project.customer(asked.parts["customer_id"]).content())


def _cursor(values: dict[str, str]) -> str | None:
    cursor = values.get("starting_after_id")
    if cursor is not None and not cursor.startswith("rh_"):
        raise bad_query("Property .parameters.starting_after_id should be the id of a redeemable")
    return cursor


ROUTES: tuple[Route[Project], ...] = (
    Route(
        "GET",
        "v1/customers/{customer_id}/redeemables",
        "list-customer-redeemables",
        list_redeemables,
        READ_CUSTOMERS,
    ),
    Route("GET", "v1/customers/{customer_id}", "get-customer", get_customer, READ_CUSTOMERS),
)
