"""Vouchers, gift cards and loyalty cards.

https://docs.voucherify.io/api-reference/vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing, reading
from ..answers import Refused, bad_form, bad_query
from ..filters import ANY_TEXT
from ..moments import millis_z
from ..paging import DATES, asked, behind, dated, filtered, in_order, orders, page
from ..payload import (
    Fields,
    anything,
    choice,
    flag,
    integer,
    list_of,
    moment,
    number,
    obj,
    read_body,
    read_moment,
    text,
)
from ..project import Project
from ..query import choice as chosen
from ..query import known
from ..records import Json, Record, part
from ..redeeming import adjust, card_of
from ..stock import Stocked
from ..vouchers import new_voucher

CEILING = 99
CARDS = {"GIFT_VOUCHER": "gift", "LOYALTY_CARD": "loyalty_card", "DISCOUNT_VOUCHER": "discount"}
FILTERS = {
    "id": ANY_TEXT,
    "code": ANY_TEXT,
    "type": ANY_TEXT,
    "campaign": ANY_TEXT,
    "campaign_id": ANY_TEXT,
    "category_id": ANY_TEXT,
    "holder_id": ANY_TEXT,
    "is_referral_code": ANY_TEXT,
    "redemption.redeemed_quantity": ANY_TEXT,
}
UPDATED: Fields = {
    "category": text,
    "category_id": text,
    "start_date": moment,
    "expiration_date": moment,
    "validity_timeframe": anything,
    "validity_day_of_week": list_of(integer, 7),
    "validity_hours": anything,
    "active": flag,
    "additional_info": text,
    "metadata": anything,
    "gift": obj({"effect": text, "amount": number, "balance": number}),
}
CREATED: Fields = {
    **UPDATED,
    "type": choice(*CARDS),
    "campaign": text,
    "campaign_id": text,
    "discount": anything,
    "loyalty_card": obj({"points": integer, "balance": integer}),
    "redemption": obj({"quantity": integer}),
    "validation_rules": list_of(text, 100),
}
GENERATED: Fields = {
    **CREATED,
    "code": text,
    "code_config": obj(
        {
            "length": integer,
            "charset": text,
            "prefix": text,
            "postfix": text,
            "pattern": text,
            "initial_count": integer,
        }
    ),
}


def list_vouchers(project: Project, one: Asked) -> Response:
    """A page of all vouchers, the newest first."""
    rows = [Record(created_at=v.created_at, content=v.content) for v in project.state.stock.all()]
    rows, rest = filtered(one.request.query, rows, FILTERS, project.now)
    ids = {value for name, value in rest if name.startswith("ids[")}
    rest = tuple(pair for pair in rest if not pair[0].startswith("ids["))
    values = asked(rest, "category", "campaign_id", "customer", "campaign", "code", *DATES)
    for name, field in _PLAIN.items():
        if name in values:
            rows = [row for row in rows if row.text(field) == values[name]]
    if ids:
        rows = [row for row in rows if row.text("id") in ids]
    order = chosen(values, "order", orders("created_at", "updated_at", "code"))
    return page(values, in_order(dated(values, rows), order), "vouchers", CEILING)


_PLAIN = {
    "category": "category_id",
    "campaign_id": "campaign_id",
    "campaign": "campaign",
    "customer": "holder_id",
    "code": "code",
}


def get_voucher(project: Project, one: Asked) -> Response:
    """One voucher."""
    known(one.request.query, ())
    return json_response(200, project.voucher(one.parts["code"]).content)


def create_voucher(project: Project, one: Asked) -> Response:
    """Make a voucher with a code of the caller's."""
    known(one.request.query, ())
    body = read_body(one.request, CREATED, required=("type",))
    return json_response(200, _made(project, one.parts["code"], body))


def generate_code(project: Project, one: Asked) -> Response:
    """Make a voucher with a code that is drawn, unless the body has one."""
    known(one.request.query, ())
    body = read_body(one.request, GENERATED, required=("type",))
    config = part(body, "code_config")
    code = body.get("code") or project.drawn(config)
    fields = {name: body[name] for name in body if name not in ("code", "code_config")}
    return json_response(200, _made(project, code, fields))


def update_voucher(project: Project, one: Asked) -> Response:
    """Change what the body names; null clears a field."""
    known(one.request.query, ())
    voucher = project.voucher(one.parts["code"])
    body = read_body(one.request, UPDATED)
    gift = body.pop("gift", None)
    if gift and voucher.content["gift"]:
        voucher.content["gift"]["effect"] = gift.get("effect")
    metadata = body.pop("metadata", None)
    if metadata is not None:
        voucher.content["metadata"] = {**voucher.content["metadata"], **metadata}
    voucher.content.update(_dated(body))
    voucher.touch(project.now)
    return json_response(200, voucher.content)


def delete_voucher(project: Project, one: Asked) -> Response:
    """Take a voucher away."""
    values = known(one.request.query, ("force",))
    if values.get("force") not in (None, "true", "false"):
        raise bad_query("Property .parameters.force should be a boolean")
    voucher = project.voucher(one.parts["code"])
    if voucher.holding is not None:
        project.state.take(voucher.holding["customer_id"], voucher.code)
    project.state.stock.remove(voucher.code)
    return Response(status=204)


def enable_voucher(project: Project, one: Asked) -> Response:
    """Switch a voucher on."""
    return _switched(project, one, active=True)


def disable_voucher(project: Project, one: Asked) -> Response:
    """Switch a voucher off."""
    return _switched(project, one, active=False)


def update_balance(project: Project, one: Asked) -> Response:
    """Add to the balance of a card, or take from it."""
    known(one.request.query, ())
    fields: Fields = {"amount": integer, "source_id": text, "reason": text}
    body = read_body(one.request, fields, required=("amount",))
    voucher = project.voucher(one.parts["code"])
    card = card_of(voucher.content)
    if card is None:
        raise bad_form("A discount voucher has no balance")
    if card.content["balance"] + body["amount"] < 0:
        raise bad_form("The balance would be below zero")
    adjust(project, card, body["amount"], body.get("reason"), body.get("source_id"))
    content = {
        "amount": body["amount"],
        "total": card.content[card.total],
        "balance": card.content["balance"],
        "type": "gift_voucher" if card.is_gift else "loyalty_card",
        "operation_type": "MANUAL",
        "object": "balance",
        "related_object": {"type": "voucher", "id": voucher.content["id"]},
    }
    return json_response(200, content)


def list_transactions(project: Project, one: Asked) -> Response:
    """A page of what changed the balance of a card."""
    values = known(one.request.query, ("limit", "order", "starting_after_id"))
    voucher = project.voucher(one.parts["code"])
    rows = project.state.ledger.transactions.get(voucher.code, ())
    return behind(values, rows, says_cursor=project.switches().voucherify_more_starting_after)


def _switched(project: Project, one: Asked, *, active: bool) -> Response:
    known(one.request.query, ())
    voucher = project.voucher(one.parts["code"])
    voucher.content["active"] = active
    voucher.touch(project.now)
    return json_response(200, voucher.content)


def _made(project: Project, code: str, body: Json) -> Json:
    if project.state.stock.get(code) is not None:
        raise Refused(
            409,
            "duplicate_found",
            "Duplicate resource key",
            details="Duplicate key found: code",
            resource_id=code,
            resource_type="voucher",
        )
    if body.get(CARDS[body["type"]]) is None:
        raise bad_form(f"Property .{CARDS[body['type']]} is required")
    return add_voucher(project, code, body).content


def add_voucher(project: Project, code: str, body: Mapping[str, Any]) -> Stocked:
    """Make a voucher and put it into the stock."""
    fields = _dated({name: value for name, value in body.items() if name not in _APART})
    quantity = part(body, "redemption").get("quantity")
    if fields.get("gift"):
        fields["gift"] = {"subtracted_amount": 0, "effect": None, **fields["gift"]}
        fields["gift"]["balance"] = fields["gift"].setdefault("amount", 0)
    if fields.get("loyalty_card"):
        points = fields["loyalty_card"].get("points") or 0
        fields["loyalty_card"] = {
            "points": points,
            "balance": points,
            "next_expiration_date": None,
            "next_expiration_points": None,
        }
    if fields.get("active") is None:
        fields["active"] = True
    fields["metadata"] = fields.get("metadata") or {}
    content = new_voucher(code, project.dice, project.now, fields)
    content["redemption"]["quantity"] = quantity
    return project.state.stock.add(content)


def _dated(fields: Json) -> Json:
    """The fields with whole moments for dates; a day alone begins in UTC."""
    given = (name for name in ("start_date", "expiration_date") if fields.get(name))
    return {**fields, **{name: millis_z(read_moment(fields[name])) for name in given}}


_APART = ("redemption", "validation_rules")


_READ, _CHANGE = reading("vouchers"), changing("vouchers")
_ONE = "v1/vouchers/{code}"
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/vouchers", "list-vouchers", list_vouchers, _READ),
    Route("POST", "v1/vouchers", "generate-random-code", generate_code, _CHANGE),
    Route("GET", _ONE, "get-voucher", get_voucher, _READ),
    Route("POST", _ONE, "create-voucher", create_voucher, _CHANGE),
    Route("PUT", _ONE, "update-voucher", update_voucher, _CHANGE),
    Route("DELETE", _ONE, "delete-voucher", delete_voucher, _CHANGE),
    Route("POST", f"{_ONE}/enable", "enable-voucher", enable_voucher, _CHANGE),
    Route("POST", f"{_ONE}/disable", "disable-voucher", disable_voucher, _CHANGE),
    Route("POST", f"{_ONE}/balance", "update-voucher-balance", update_balance, _CHANGE),
    Route("GET", f"{_ONE}/transactions", "list-voucher-transactions", list_transactions, _READ),
)
