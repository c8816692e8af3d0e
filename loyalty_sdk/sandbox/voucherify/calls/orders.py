"""Orders.

https://docs.voucherify.io/api-reference/orders
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing, reading
from ..answers import not_found
from ..examine import calculated
from ..paging import asked, in_order, orders, page
from ..payload import ORDER, ORDER_AND_PEOPLE, UPDATED_ORDER, Fields, read_body
from ..project import Project
from ..query import choice, known
from ..records import Json, Record

CREATED: Fields = {**ORDER, **ORDER_AND_PEOPLE}
UPDATED: Fields = {**UPDATED_ORDER, **ORDER_AND_PEOPLE}


def list_orders(project: Project, one: Asked) -> Response:
    """A page of orders, the newest first."""
    values = asked(one.request.query)
    order = choice(values, "order", orders("created_at", "updated_at"))
    rows = in_order(tuple(project.state.ledger.orders.values()), order)
    return page(values, rows, "orders")


def create_order(project: Project, one: Asked) -> Response:
    """Make an order, or change the one whose id or source id it is."""
    known(one.request.query, ())
    body = read_body(one.request, CREATED)
    ledger = project.state.ledger
    found = ledger.order(body.get("id")) or ledger.order(body.get("source_id"))
    return json_response(200, _kept(project, body, found))


def get_order(project: Project, one: Asked) -> Response:
    """One order."""
    known(one.request.query, ())
    return json_response(200, _found(project, one).content)


def update_order(project: Project, one: Asked) -> Response:
    """Change what the body names."""
    known(one.request.query, ())
    found = _found(project, one)
    return json_response(200, _kept(project, read_body(one.request, UPDATED), found))


def _found(project: Project, one: Asked) -> Record:
    identifier = one.parts["order_id"]
    found = project.state.ledger.order(identifier)
    if found is None:
        raise not_found("order", identifier)
    return found


def _kept(project: Project, body: Json, found: Record | None) -> Json:
    before = dict(found.content) if found is not None else {}
    customer = project.customer_of(body.pop("customer", None))
    body.pop("referrer", None)
    if "items" in body and "amount" not in body:
        before.pop("amount", None)
    merged = {**before, **body}
    if customer is not None:
        merged["customer_id"] = customer.id
    content = calculated(merged, merged.get("total_discount_amount") or 0, 0)
    content["id"] = before.get("id") or body.get("id") or project.ids.next("ord")
    content["status"] = merged.get("status") or "CREATED"
    content["created_at"] = before.get("created_at") or project.today
    content["updated_at"] = project.today if found is not None else None
    if content["customer_id"]:
        content["customer"] = {"id": content["customer_id"], "object": "customer"}
    made = found.created_at if found is not None else project.now
    project.state.ledger.orders[content["id"]] = Record(created_at=made, content=content)
    return content


_READ, _CHANGE = reading("orders"), changing("orders")
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/orders", "list-orders", list_orders, _READ),
    Route("POST", "v1/orders", "create-order", create_order, _CHANGE),
    Route("GET", "v1/orders/{order_id}", "get-order", get_order, _READ),
    Route("PUT", "v1/orders/{order_id}", "update-order", update_order, _CHANGE),
)
