"""Qualifications: what a customer may use.

https://docs.voucherify.io/api-reference/qualifications/check-eligibility
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...vendor import Asked, Route
from ...wire import Pairs, Response, json_response
from ..access import changing
from ..answers import bad_form
from ..examine import SESSION, Verdict, amount_of, calculated, examine, stacking_rules
from ..filters import ANY_TEXT, split_filters
from ..payload import (
    CUSTOMER,
    ORDER,
    Fields,
    anything,
    choice,
    integer,
    list_of,
    moment,
    obj,
    read_body,
    read_moment,
    text,
)
from ..project import Project
from ..query import known
from ..records import Json, Record, part, several

SCENARIOS = (
    "ALL",
    "CUSTOMER_WALLET",
    "AUDIENCE_ONLY",
    "PRODUCTS",
    "PRODUCTS_DISCOUNT",
    "PROMOTION_STACKS",
    "PRODUCTS_BY_CUSTOMER",
    "PRODUCTS_DISCOUNT_BY_CUSTOMER",
)
SORTING = ("BEST_DEAL", "LEAST_DEAL", "DEFAULT")
OPTIONS: Fields = {
    "limit": integer,
    "starting_after": moment,
    "filters": anything,
    "expand": list_of(choice("redeemable", "category", "validation_rules"), 3),
    "sorting_rule": choice(*SORTING),
}
BODY: Fields = {
    "customer": obj(CUSTOMER),
    "order": obj(ORDER),
    "tracking_id": text,
    "scenario": choice(*SCENARIOS),
    "options": obj(OPTIONS),
    "session": obj(SESSION),
    "metadata": anything,
}
FILTERS = {
    "category_id": ANY_TEXT,
    "campaign_id": ANY_TEXT,
    "campaign_type": ANY_TEXT,
    "resource_id": ANY_TEXT,
    "resource_type": ANY_TEXT,
    "voucher_type": ANY_TEXT,
    "code": ANY_TEXT,
    "holder_role": ANY_TEXT,
}
DEFAULT_LIMIT, MOST = 5, 50


def check_eligibility(project: Project, asked: Asked) -> Response:
    """The redeemables that the customer holds and may use, the newest first.

    The sandbox has no promotions, so the scenarios differ in nothing.
    """
    known(asked.request.query, ())
    body = read_body(asked.request, BODY)
    options = part(body, "options")
    size = DEFAULT_LIMIT if options.get("limit") is None else options["limit"]
    if not 1 <= size <= MOST:
        raise bad_form(f"Property .options.limit should be from 1 to {MOST}")
    filters, _ = split_filters(tuple(_flat(part(options, "filters"))), FILTERS)
    kept = (row for row in _qualified(project, body) if filters.keep(row, project.now))
    rows = [*islice(kept, size + 1)]
    shown = [_shown(project, row, body) for row in rows[:size]]
    content: Json = {"object": "list", "data_ref": "data", "data": shown, "total": len(shown)}
    content["has_more"] = len(rows) > size
    if content["has_more"] and project.switches().voucherify_more_starting_after:
        content["more_starting_after"] = shown[-1]["created_at"]
    answer: Json = {"redeemables": content, "tracking_id": body.get("tracking_id")}
    answer |= {"order": calculated(body.get("order"), 0, 0)}
    return json_response(200, {**answer, "stacking_rules": stacking_rules(project)})


def _qualified(project: Project, body: Json) -> Iterable[Record]:
    """What the customer holds and can be applied, in the order asked for."""
    rule = part(body, "options").get("sorting_rule") or "DEFAULT"
    found = _newest_first(project, body)
    if rule == "DEFAULT":
        return found
    return sorted(
        found, key=lambda row: row.content["verdict"].discount, reverse=rule == "BEST_DEAL"
    )


def _newest_first(project: Project, body: Json) -> Iterator[Record]:
    """What the customer holds and can be applied; each is looked at when its turn comes."""
    named = part(body, "customer")
    identifier = named.get("id") or named.get("source_id")
    if identifier is None:
        return
    edge = part(body, "options").get("starting_after")
    customer = project.customer(str(identifier))
    for one in project.state.newest_first(customer.id, edge and read_moment(edge)):
        content: Any = one.content
        voucher: Json = content["redeemable"]["voucher"]
        verdict = _examined(project, voucher, body)
        if verdict.problem is None:
            names = {"resource_id": voucher["id"], "resource_type": "voucher"}
            row = {**content, **voucher, **names, "verdict": verdict}
            row |= {"voucher_type": voucher["type"], "created_at": content["created_at"]}
            yield Record(created_at=one.created_at, content=row)


def _examined(project: Project, voucher: Json, body: Json) -> Verdict:
    redeemable = {"object": "voucher", "id": voucher["code"]}
    return examine(project, [redeemable], body.get("order"), None)[0]


def _shown(project: Project, row: Record, body: Json) -> Json:
    content = row.content
    shown: Json = content["verdict"].outcome()
    del shown["status"]
    if content["gift"] and part(body, "session").get("type") == "LOCK":
        locked = project.state.ledger.locked(content["code"], project.now)
        shown["result"]["gift"]["locked_credits"] = locked
    if amount_of(body.get("order")) == 0:
        del shown["order"]
    return {
        **shown,
        "created_at": content["created_at"],
        "categories": content["categories"],
        "campaign_name": content["campaign"],
        "campaign_id": content["campaign_id"],
        "metadata": content["metadata"],
    }


def _flat(filters: Mapping[str, Any]) -> Pairs:
    """The filters of a body as the query of a list would have them."""
    pairs: list[tuple[str, str]] = []
    for field, value in filters.items():
        if field == "junction":
            pairs.append(("filters[junction]", str(value)))
            continue
        conditions = part(part(filters, field), "conditions")
        if not conditions:
            raise bad_form(f"Property .options.filters.{field} should have conditions")
        for name, wanted in conditions.items():
            key = f"filters[{field}][conditions][{name}]"
            if isinstance(wanted, list):
                listed = enumerate(several(conditions, name))
                pairs += [(f"{key}[{index}]", str(one)) for index, one in listed]
            else:
                pairs.append((key, str(wanted)))
    return tuple(pairs)


ROUTES: tuple[Route[Project], ...] = (
    Route(
        "POST",
        "v1/qualifications",
        "check-eligibility",
        check_eligibility,
        changing("qualifications"),
    ),
)
