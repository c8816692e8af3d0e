"""Validations, and the sessions that hold what was validated.

https://docs.voucherify.io/api-reference/validations/validate-stackable-discounts
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing
from ..answers import not_found
from ..examine import (
    REDEEMABLES,
    SESSION,
    Verdict,
    calculated,
    examine,
    stacking_rules,
)
from ..ledger import Session
from ..payload import CUSTOMER, ORDER, Fields, anything, choice, list_of, obj, read_body, text
from ..project import Project
from ..query import known
from ..records import Json, part, several

BODY: Fields = {
    "redeemables": REDEEMABLES,
    "order": obj(ORDER),
    "customer": obj(CUSTOMER),
    "session": obj(SESSION),
    "tracking_id": text,
    "metadata": anything,
    "options": obj({"expand": list_of(choice("order", "redemption", "redeemable", "category"), 4)}),
}
SEVEN_DAYS = 7
_UNITS = {
    "DAYS": timedelta(days=1),
    "HOURS": timedelta(hours=1),
    "MINUTES": timedelta(minutes=1),
    "SECONDS": timedelta(seconds=1),
    "MILLISECONDS": timedelta(milliseconds=1),
    "MICROSECONDS": timedelta(microseconds=1),
    "NANOSECONDS": timedelta(microseconds=0.001),
}


def validate(project: Project, asked: Asked) -> Response:
    """Say of each redeemable whether it can be applied; hold them, where a session is asked for."""
    known(asked.request.query, ())
    body = read_body(asked.request, BODY)
    session = part(body, "session")
    key = session.get("key")
    verdicts = examine(project, several(body, "redeemables"), body.get("order"), key)
    mode = project.switches().voucherify_application_mode
    good = [one for one in verdicts if one.problem is None]
    valid = bool(good) if mode == "PARTIAL" else len(good) == len(verdicts)
    expanded = "redeemable" in several(part(body, "options"), "expand")
    outcomes = [one.outcome(expanded=expanded) for one in verdicts]
    content: Json = {
        "id": project.ids.next("valid"),
        "valid": valid,
        "redeemables": outcomes,
        "skipped_redeemables": [],
        "inapplicable_redeemables": [],
        "tracking_id": body.get("tracking_id"),
        "stacking_rules": stacking_rules(project),
    }
    if mode == "PARTIAL":
        content["redeemables"] = [one for one in outcomes if one["status"] == "APPLICABLE"]
        content["inapplicable_redeemables"] = [
            one for one in outcomes if one["status"] == "INAPPLICABLE"
        ]
    if valid:
        off = sum(one.discount for one in good)
        content["order"] = calculated(body.get("order"), off, off)
        if session.get("type") == "LOCK":
            content["session"] = _lock(project, session, good)
    return json_response(200, content)


def release(project: Project, asked: Asked) -> Response:
    """Let go of what a session holds of a voucher."""
    known(asked.request.query, ())
    code = project.voucher(asked.parts["code"]).code
    key = asked.parts["session_key"]
    if not project.state.ledger.release(code, key, project.now):
        raise not_found("session", key)
    return Response(status=204)


def _lock(project: Project, given: Json, verdicts: Sequence[Verdict]) -> Json:
    ttl, unit = given.get("ttl") or SEVEN_DAYS, given.get("ttl_unit") or "DAYS"
    key = given.get("key") or project.ids.next("ssn")
    held = {one.voucher["code"]: one.taken for one in verdicts if one.voucher is not None}
    ends = project.now + ttl * _UNITS[unit]
    project.state.ledger.open(Session(key=key, ends=ends, held=held))
    return {"key": key, "type": "LOCK", "ttl": ttl, "ttl_unit": unit}


ROUTES: tuple[Route[Project], ...] = (
    Route(
        "POST",
        "v1/validations",
        "validate-stacked-discounts",
        validate,
        changing("validations"),
    ),
    Route(
        "DELETE",
        "v1/vouchers/{code}/sessions/{session_key}",
        "release-validation-session",
        release,
        changing("vouchers"),
    ),
)
