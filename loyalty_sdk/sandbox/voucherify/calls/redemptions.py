"""Redemptions and rollbacks.

https://docs.voucherify.io/api-reference/redemptions
"""

from __future__ import annotations

from datetime import timedelta

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing, reading
from ..answers import Refused, not_found
from ..examine import Verdict, examine, stacking_rules
from ..filters import ANY_TEXT
from ..paging import DATES, asked, dated, filtered, in_order, orders, page
from ..payload import CUSTOMER, ORDER, Fields, anything, obj, read_body, text
from ..project import Project
from ..query import choice, known
from ..records import Json, part, several
from ..redeeming import entry_of, fail, keep, keep_order, redeem, undo
from ..state import Customer
from .validations import BODY

CEILING = 99
FILTERS = {
    "voucher_code": ANY_TEXT,
    "related_object_id": ANY_TEXT,
    "related_object_parent_id": ANY_TEXT,
    "parent_redemption_id": ANY_TEXT,
    "failure_code": ANY_TEXT,
    "result": frozenset({"SUCCESS", "FAILURE"}),
    "object": frozenset({"redemption", "redemption_rollback"}),
    "customer_id": ANY_TEXT,
    "campaign_name": ANY_TEXT,
    "user_login": ANY_TEXT,
}
PLACES = {
    "voucher_code": "voucher.code",
    "campaign_name": "voucher.campaign",
    "related_object_parent_id": "voucher.campaign_id",
    "parent_redemption_id": "redemption",
}
"""Where the fields stand that have other names in filters and orders."""
ROLLBACK: Fields = {
    "reason": text,
    "tracking_id": text,
    "customer": obj(CUSTOMER),
    "order": obj(ORDER),
    "metadata": anything,
}
THREE_MONTHS = timedelta(days=92)


def redeem_stacked(project: Project, one: Asked) -> Response:
    """Redeem; all of them or, where the project is set up so, those that can be."""
    known(one.request.query, ())
    body = read_body(one.request, BODY)
    key = part(body, "session").get("key")
    verdicts = examine(project, several(body, "redeemables"), body.get("order"), key)
    customer = project.customer_of(body.get("customer"))
    good = [verdict for verdict in verdicts if verdict.problem is None]
    bad = [verdict for verdict in verdicts if verdict.problem is not None]
    partial = project.switches().voucherify_application_mode == "PARTIAL"
    if bad and not (partial and good):
        raise _refused(project, bad[0], customer)
    order = keep_order(project, body.get("order"), sum(verdict.discount for verdict in good))
    made = [redeem(project, verdict, customer, order) for verdict in good]
    for entry in made:
        entry["metadata"] = part(body, "metadata")
        if key is not None:
            entry["session"] = {"key": key}
            project.state.ledger.release(entry["voucher"]["code"], key, project.now)
    content: Json = {"redemptions": made, "order": order}
    if len(made) > 1:
        content["parent_redemption"] = _parent(project, made, customer, order)
    content["inapplicable_redeemables"] = [verdict.outcome() for verdict in bad]
    content |= {"skipped_redeemables": [], "stacking_rules": stacking_rules(project)}
    return json_response(200, content)


def _refused(project: Project, verdict: Verdict, customer: Customer | None) -> Refused:
    problem = verdict.problem or {}
    failed = fail(project, verdict, customer, None)
    return Refused(
        problem["code"],
        problem["key"],
        problem["message"],
        details=problem["details"],
        resource_id=failed["id"],
        resource_type="redemption",
    )


def _parent(
    project: Project, made: list[Json], customer: Customer | None, order: Json | None
) -> Json:
    parent = entry_of(project, "r", None, customer, order)
    links = [{"id": child["id"], "date": child["date"]} for child in made]
    parent["related_redemptions"] = {"redemptions": links}
    for child in made:
        child["redemption"] = parent["id"]
    keep(project, parent)
    return parent


def list_redemptions(project: Project, one: Asked) -> Response:
    """A page of redemptions and rollbacks, the newest first."""
    rows = [*project.state.ledger.redemptions.values()]
    rows, rest = filtered(one.request.query, rows, FILTERS, project.now, PLACES)
    values = asked(rest, "result", "campaign", "customer", *DATES[:2])
    by = orders("created_at", "id", "voucher_code", "tracking_id", "customer_id")
    order = choice(values, "order", by)
    for name, field in _PLAIN.items():
        if name in values:
            rows = [row for row in rows if row.text(field) == values[name]]
    rows = in_order(dated(values, rows), order, PLACES)
    return page(values, rows, "redemptions", CEILING)


_PLAIN = {"result": "result", "campaign": "voucher.campaign", "customer": "customer_id"}


def get_redemption(project: Project, one: Asked) -> Response:
    """One redemption or rollback."""
    known(one.request.query, ())
    return json_response(200, _found(project, one.parts["redemption_id"]))


def get_voucher_redemptions(project: Project, one: Asked) -> Response:
    """How a voucher was redeemed."""
    known(one.request.query, ())
    voucher = project.voucher(one.parts["code"]).content
    entries = project.state.ledger.redemptions_of(voucher["code"])
    summary = voucher["redemption"]
    content = {
        "quantity": summary["quantity"],
        "redeemed_quantity": summary["redeemed_quantity"],
        "object": "list",
        "url": summary["url"],
        "data_ref": "redemption_entries",
        "total": len(entries),
        "redemption_entries": entries,
    }
    return json_response(200, content)


def roll_back(project: Project, one: Asked) -> Response:
    """Undo one redemption that stands alone."""
    body = _rollback_body(one)
    redemption = _to_undo(project, one.parts["redemption_id"])
    if redemption["redemption"] is not None or _children(project, redemption):
        raise Refused(400, None, "A stacked redemption is rolled back with its parent")
    return json_response(200, undo(project, redemption, body.get("reason"), None))


def roll_back_stacked(project: Project, one: Asked) -> Response:
    """Undo a redemption with everything that was redeemed with it."""
    body = _rollback_body(one)
    parent = _to_undo(project, one.parts["redemption_id"])
    children = _children(project, parent)
    reason = body.get("reason")
    if not children:
        alone = undo(project, parent, reason, None)
        return json_response(200, {"rollbacks": [alone], "order": alone["order"]})
    above = undo(project, parent, reason, None)
    rollbacks = [undo(project, child, reason, above["id"]) for child in children]
    content = {"rollbacks": rollbacks, "parent_rollback": above, "order": above["order"]}
    return json_response(200, content)


def _rollback_body(one: Asked) -> Json:
    """The body, and what the query says in its place."""
    values = known(one.request.query, ("reason", "tracking_id"))
    return {**values, **read_body(one.request, ROLLBACK)}


def _found(project: Project, identifier: str) -> Json:
    found = project.state.ledger.redemption(identifier)
    if found is None:
        raise not_found("redemption", identifier)
    return found


def _to_undo(project: Project, identifier: str) -> Json:
    found = _found(project, identifier)
    if found["status"] == "ROLLED_BACK":
        details = f"Redemption {identifier} is rolled back already"
        raise Refused(400, "already_rolled_back", "Already rolled back", details=details)
    if found["object"] != "redemption" or found["result"] == "FAILURE":
        raise Refused(400, None, "Only a successful redemption can be rolled back")
    if project.now - project.state.ledger.redemptions[identifier].created_at > THREE_MONTHS:
        raise Refused(400, None, "A redemption can be rolled back for three months")
    return found


def _children(project: Project, parent: Json) -> list[Json]:
    links = several(part(parent, "related_redemptions"), "redemptions")
    return [_found(project, link["id"]) for link in links]


_READ, _CHANGE = reading("redemptions"), changing("redemptions")
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/redemptions", "list-redemptions", list_redemptions, _READ),
    Route("POST", "v1/redemptions", "redeem-stacked-discounts", redeem_stacked, _CHANGE),
    Route("GET", "v1/redemptions/{redemption_id}", "get-redemption", get_redemption, _READ),
    Route(
        "POST",
        "v1/redemptions/{redemption_id}/rollback",
        "rollback-redemption",
        roll_back,
        _CHANGE,
    ),
    Route(
        "POST",
        "v1/redemptions/{redemption_id}/rollbacks",
        "rollback-stacked-redemptions",
        roll_back_stacked,
        _CHANGE,
    ),
    Route(
        "GET",
        "v1/vouchers/{code}/redemption",
        "get-voucher-redemptions",
        get_voucher_redemptions,
        _READ,
    ),
)
