"""Files that are made of what the project holds.

https://docs.voucherify.io/api-reference/exports
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import cast

from ...synthetic import HEX_DIGITS, characters
from ...vendor import Asked, Route
from ...wire import Pairs, Response, json_response
from ..access import changing, reading
from ..answers import bad_form, not_found, unauthorized
from ..filters import ANY_TEXT, Filters, split_filters
from ..paging import asked, in_order, orders, page
from ..payload import Fields, anything, choice, list_of, obj, read_body, text
from ..project import Project
from ..query import choice as chosen
from ..query import known
from ..records import Json, Record, part, several

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "voucher": {
        "code": "code",
        "voucher_type": "type",
        "value": "discount.amount_off",
        "discount_type": "discount.type",
        "campaign": "campaign",
        "category": "category",
        "start_date": "start_date",
        "expiration_date": "expiration_date",
        "gift_balance": "gift.balance",
        "loyalty_balance": "loyalty_card.balance",
        "redemption_quantity": "redemption.quantity",
        "redemption_count": "redemption.redeemed_quantity",
        "active": "active",
        "id": "id",
        "is_referral_code": "is_referral_code",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "campaign_id": "campaign_id",
        "additional_info": "additional_info",
        "customer_id": "holder_id",
    },
    "redemption": {
        "id": "id",
        "object": "object",
        "voucher_code": "voucher.code",
        "customer_id": "customer_id",
        "date": "date",
        "result": "result",
        "campaign": "voucher.campaign",
        "customer_source_id": "customer.source_id",
        "customer_name": "customer.name",
        "tracking_id": "tracking_id",
        "order_id": "order.id",
        "order_amount": "order.amount",
        "failure_code": "failure_code",
        "failure_message": "failure_message",
    },
    "customer": {
        "name": "name",
        "source_id": "source_id",
        "id": "id",
        "description": "description",
        "email": "email",
        "created_at": "created_at",
        "address_city": "address.city",
        "address_state": "address.state",
        "address_line_1": "address.line_1",
        "address_line_2": "address.line_2",
        "address_country": "address.country",
        "address_postal_code": "address.postal_code",
        "updated_at": "updated_at",
        "phone": "phone",
        "birthdate": "birthdate",
    },
    "publication": {
        "voucher_code": "voucher.code",
        "customer_id": "customer_id",
        "date": "created_at",
        "channel": "channel",
        "customer_source_id": "customer.source_id",
        "campaign": "voucher.campaign",
    },
    "order": {
        "id": "id",
        "source_id": "source_id",
        "status": "status",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "amount": "amount",
        "discount_amount": "discount_amount",
        "total_discount_amount": "total_discount_amount",
        "total_amount": "total_amount",
        "customer_id": "customer_id",
    },
    "voucher_transactions": {
        "id": "id",
        "type": "type",
        "source_id": "source_id",
        "reason": "reason",
        "source": "source",
        "balance": "details.balance.balance",
        "amount": "details.balance.amount",
        "created_at": "created_at",
        "campaign_id": "campaign_id",
        "voucher_id": "voucher_id",
    },
    "points_expiration": {
        "id": "id",
        "campaign_id": "campaign_id",
        "voucher_id": "voucher_id",
        "status": "status",
        "expires_at": "expires_at",
        "points": "points",
    },
    "product": {"id": "id", "name": "name"},
    "sku": {"id": "id", "sku": "sku"},
}
"""The columns of each kind of file, and where their cells stand."""

USUAL = {
    "voucher": 4,
    "redemption": 6,
    "customer": 2,
    "publication": 4,
    "order": 3,
    "voucher_transactions": 8,
}
"""How many of the columns there are unless others are asked for."""

BODY: Fields = {
    "exported_object": choice(*COLUMNS),
    "parameters": obj(
        {"order": text, "fields": list_of(text, 100), "filters": anything, "campaign_id": text}
    ),
}
STEPS = {"SCHEDULED": "IN_PROGRESS", "IN_PROGRESS": "DONE", "DONE": "DONE"}


def create_export(project: Project, one: Asked) -> Response:
    """Ask for a file."""
    known(one.request.query, ())
    body = read_body(one.request, BODY, required=("exported_object",))
    parameters = part(body, "parameters")
    columns = COLUMNS[body["exported_object"]]
    for name in several(parameters, "fields"):
        if name not in columns:
            raise bad_form(f"Property .parameters.fields should not have {name}")
    _filters(parameters, columns)
    content: Json = {
        "id": project.ids.next("exp"),
        "object": "export",
        "created_at": project.today,
        "status": "SCHEDULED",
        "channel": "API",
        "exported_object": body["exported_object"],
        "parameters": parameters or None,
        "result": None,
        "user_id": None,
    }
    project.state.ledger.exports[content["id"]] = project.record(content)
    return json_response(200, content)


def list_exports(project: Project, one: Asked) -> Response:
    """A page of exports."""
    values = asked(one.request.query)
    order = chosen(values, "order", orders("created_at", "status"))
    return page(values, in_order(tuple(project.state.ledger.exports.values()), order), "exports")


def get_export(project: Project, one: Asked) -> Response:
    """One export, one step further with each look; with a token its file."""
    values = known(one.request.query, ("token",))
    row = _found(project, one)
    if "token" in values:
        return _file(project, row, values["token"])
    content = {**row.content, "status": STEPS[row.content["status"]]}
    if content["status"] == "DONE" and content["result"] is None:
        where = one.request.target.partition("?")[0]
        host = one.request.headers.get("host", "sandbox")
        token = characters(project.dice, 32, HEX_DIGITS)
        content["result"] = {"url": f"http://{host}{where}?token={token}"}
    project.state.ledger.exports[content["id"]] = Record(created_at=row.created_at, content=content)
    return json_response(200, content)


def delete_export(project: Project, one: Asked) -> Response:
    """Take an export away."""
    known(one.request.query, ())
    del project.state.ledger.exports[str(_found(project, one).content["id"])]
    return Response(status=204)


def _found(project: Project, one: Asked) -> Record:
    identifier = one.parts["export_id"]
    found = project.state.ledger.exports.get(identifier)
    if found is None:
        raise not_found("export", identifier)
    return found


def _file(project: Project, row: Record, token: str) -> Response:
    url = part(row.content, "result").get("url") or ""
    if not token or not url.endswith(f"?token={token}"):
        raise unauthorized()
    kind, parameters = row.content["exported_object"], part(row.content, "parameters")
    columns = COLUMNS[kind]
    names = several(parameters, "fields") or list(columns)[: USUAL.get(kind)]
    filters = _filters(parameters, columns)
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(names)
    for each in _rows(project, kind, parameters.get("campaign_id")):
        shown = Record(
            created_at=each.created_at,
            content={name: each.text(place) for name, place in columns.items()},
        )
        if filters.keep(shown, project.now):
            out.writerow(shown.content[name] for name in names)
    headers = (("content-type", "text/plain; charset=utf-8"),)
    return Response(headers=headers, body=written.getvalue().encode())


def _filters(parameters: Json, columns: Mapping[str, str]) -> Filters:
    pairs: Pairs = tuple(_pairs("filters", part(parameters, "filters")))
    filters, _ = split_filters(pairs, dict.fromkeys(columns, ANY_TEXT))
    return filters


def _pairs(name: str, value: object) -> Iterator[tuple[str, str]]:
    """A body's filters as the query of a list has them."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            yield from _pairs(f"{name}[{key}]", inner)
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            yield from _pairs(f"{name}[{index}]", inner)
    else:
        yield name, str(value)


def _rows(project: Project, kind: str, campaign_id: str | None) -> list[Record]:
    ledger, state = project.state.ledger, project.state
    if kind == "voucher":
        rows = [Record(created_at=v.created_at, content=v.content) for v in state.stock.all()]
        return [row for row in rows if campaign_id in (None, row.text("campaign_id"))]
    if kind == "customer":
        people = state.customers()
        return [Record(created_at=one.created_at, content=one.content()) for one in people]
    kept = {
        "redemption": ledger.redemptions.values(),
        "publication": ledger.publications,
        "order": ledger.orders.values(),
        "voucher_transactions": chain.from_iterable(ledger.transactions.values()),
    }
    return list(kept.get(kind, ()))


_READ, _CHANGE = reading("exports"), changing("exports")
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/exports", "list-exports", list_exports, _READ),
    Route("POST", "v1/exports", "create-export", create_export, _CHANGE),
    Route("GET", "v1/exports/{export_id}", "get-export", get_export, _READ),
    Route("DELETE", "v1/exports/{export_id}", "delete-export", delete_export, _CHANGE),
)
