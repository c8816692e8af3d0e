"""Whether redeemables can be applied to an order, and what becomes of it.

https://docs.voucherify.io/guides/validation
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from .answers import Refused
from .payload import Fields, choice, integer, list_of, obj, text
from .project import Project
from .records import Json, part, several
from .vouchers import DISABLED, EXPIRED, NOT_ACTIVE_YET, status_of

MOST_REDEEMABLES = 30
REDEEMABLES = list_of(
    obj(
        {
            "object": choice("voucher", "promotion_tier", "promotion_stack"),
            "id": text,
            "gift": obj({"credits": integer}),
            "reward": obj({"id": text, "points": integer}),
        }
    ),
    MOST_REDEEMABLES,
)
SESSION: Fields = {
    "key": text,
    "type": choice("LOCK"),
    "ttl": integer,
    "ttl_unit": choice(
        "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS", "MICROSECONDS", "NANOSECONDS"
    ),
}

_WORDS = {
    DISABLED: ("voucher_disabled", "voucher is disabled"),
    EXPIRED: ("voucher_expired", "voucher expired"),
    NOT_ACTIVE_YET: ("voucher_not_active", "voucher is not active yet"),
}


@attrs.frozen(kw_only=True)
class Verdict:
    """What is to be said of one redeemable.

    Attributes:
        redeemable: What the body names.
        voucher: The voucher, where there is one.
        problem: Why it cannot be applied: the members of an error object.
        taken: What it takes of the voucher: a use, credits or points.
        discount: What it takes off the order.
        order: The order with it applied.
    """

    redeemable: Json
    voucher: Json | None = None
    problem: Json | None = None
    taken: int = 1
    discount: int = 0
    order: Json = attrs.field(factory=dict[str, Any])

    def outcome(self, *, expanded: bool = False) -> Json:
        """The verdict as the vendor shows it."""
        content: Json = {
            "status": "APPLICABLE" if self.problem is None else "INAPPLICABLE",
            "id": self.redeemable["id"],
            "object": self.redeemable["object"],
        }
        if self.problem is not None:
            details = {"message": self.problem["message"], "key": self.problem["key"]}
            return {**content, "result": {"error": self.problem, "details": details}}
        voucher = self.voucher or {}
        content |= {"order": self.order, "result": self._result(voucher)}
        if expanded:
            content |= {"metadata": voucher["metadata"], "campaign_id": voucher["campaign_id"]}
            content["campaign_name"] = voucher["campaign"]
        lists: Json = {"data": [], "total": 0, "data_ref": "data", "object": "list"}
        return {**content, "applicable_to": lists, "inapplicable_to": lists}

    def _result(self, voucher: Mapping[str, Any]) -> Json:
        if voucher["gift"]:
            return {"gift": {"balance": voucher["gift"]["balance"], "credits": self.taken}}
        if voucher["loyalty_card"]:
            return {"loyalty_card": {"points": self.taken}}
        return {"discount": voucher["discount"]}


def examine(
    project: Project, redeemables: Sequence[Json], order: Json | None, session: str | None
) -> list[Verdict]:
    """What is to be said of each redeemable, one applied after the other.

    Raises:
        Refused: There is none, or one is named twice.
    """
    named = [(one.get("object"), one.get("id")) for one in redeemables]
    if not named:
        raise Refused(400, "missing_redeemables", "Missing redeemables")
    if any(not kind or not identifier for kind, identifier in named):
        raise Refused(400, "invalid_payload", "Invalid payload", details="id and object are needed")
    if len(set(named)) < len(named):
        raise Refused(400, "duplicated_redeemables", "Duplicated redeemables")
    verdicts: list[Verdict] = []
    discount = 0
    for redeemable in redeemables:
        verdict = _verdict(project, redeemable, order, discount, session)
        discount += verdict.discount
        verdicts.append(verdict)
    return verdicts


def _verdict(
    project: Project, redeemable: Json, order: Json | None, discount: int, session: str | None
) -> Verdict:
    found = project.state.stock.get(redeemable["id"])
    if redeemable["object"] != "voucher" or found is None:
        return Verdict(redeemable=redeemable, problem=_missing(redeemable))
    voucher, left = found.content, max(0, amount_of(order) - discount)
    locked = project.state.ledger.locked(voucher["code"], project.now, session)
    taken, most, word = _claim(voucher, redeemable, left, locked)
    known = _WORDS.get(status_of(voucher, project.now))
    if known is None and most is not None and taken > most:
        known = (word, word.replace("_", " "))
    if known is not None:
        return Verdict(redeemable=redeemable, voucher=voucher, problem=_problem(*known, voucher))
    off = taken if voucher["gift"] else _taken_off(voucher["discount"], left)
    applied = calculated(order, discount + off, off)
    return Verdict(redeemable=redeemable, voucher=voucher, taken=taken, discount=off, order=applied)


def _claim(voucher: Json, redeemable: Json, left: int, locked: int) -> tuple[int, int | None, str]:
    """How much is wanted of a voucher, how much is free, and the word for too little."""
    if voucher["gift"]:
        balance = voucher["gift"]["balance"] - locked
        wanted = part(redeemable, "gift").get("credits")
        wanted = min(left, balance) if wanted is None else wanted
        return wanted, balance, "gift_amount_exceeded"
    if voucher["loyalty_card"]:
        points = part(redeemable, "reward").get("points")
        balance = voucher["loyalty_card"]["balance"] - locked
        return points or 0, balance, "loyalty_card_points_exceeded"
    quantity = voucher["redemption"]["quantity"]
    used = voucher["redemption"]["redeemed_quantity"] + locked
    return 1, None if quantity is None else quantity - used, "quantity_exceeded"


def _taken_off(discount: Json | None, left: int) -> int:
    """What a discount takes off; units are added to an order, and take nothing off here."""
    kind = None if discount is None else discount["type"]
    if discount is None or kind == "UNIT":
        return 0
    if kind == "AMOUNT":
        off = discount["amount_off"]
    elif kind == "PERCENT":
        off = round(left * discount["percent_off"] / 100)
        limit = discount.get("amount_limit")
        off = off if limit is None else min(off, limit)
    else:
        off = left - discount["fixed_amount"]
    return max(0, min(int(off), left))


def _missing(redeemable: Json) -> Json:
    kind, identifier = redeemable["object"], redeemable["id"]
    return {
        "code": 404,
        "key": "not_found",
        "message": "Resource not found",
        "details": f"Cannot find {kind} with id {identifier}",
        "resource_id": identifier,
        "resource_type": kind,
    }


def _problem(key: str, message: str, voucher: Json) -> Json:
    return {
        "code": 400,
        "key": key,
        "message": message,
        "details": voucher["code"],
        "resource_id": voucher["id"],
        "resource_type": "voucher",
    }


def amount_of(order: Mapping[str, Any] | None) -> int:
    """What an order costs before anything is taken off."""
    if not order:
        return 0
    items = several(order, "items")
    summed = sum(_line(item) for item in items)
    amount = order.get("amount")
    return int(summed if items or amount is None else amount)


def _line(item: Mapping[str, Any]) -> int:
    amount = item.get("amount")
    price = item.get("price") or 0
    return int(price * (item.get("quantity") or 1) if amount is None else amount)


def calculated(order: Mapping[str, Any] | None, discount: int, applied: int) -> Json:
    """An order with so much taken off in all, and so much of it by what was applied last."""
    given = order or {}
    amount = amount_of(order)
    items = [
        {
            "object": "order_item",
            **{name: value for name, value in item.items() if value is not None},
            "amount": _line(item),
            "initial_amount": _line(item),
            "subtotal_amount": _line(item),
        }
        for item in several(given, "items")
    ]
    return {
        "id": given.get("id"),
        "source_id": given.get("source_id"),
        "status": given.get("status"),
        "amount": amount,
        "initial_amount": amount,
        "discount_amount": discount,
        "total_discount_amount": discount,
        "applied_discount_amount": applied,
        "total_applied_discount_amount": applied,
        "items_discount_amount": 0,
        "items_applied_discount_amount": 0,
        "total_amount": amount - discount,
        "items": items,
        "metadata": part(given, "metadata"),
        "customer_id": given.get("customer_id"),
        "referrer_id": given.get("referrer_id"),
        "object": "order",
    }


def stacking_rules(project: Project) -> Json:
    """The project's rules for several redeemables at once."""
    return {
        "redeemables_limit": MOST_REDEEMABLES,
        "applicable_redeemables_limit": MOST_REDEEMABLES,
        "applicable_redeemables_per_category_limit": MOST_REDEEMABLES,
        "applicable_exclusive_redeemables_limit": 1,
        "applicable_exclusive_redeemables_per_category_limit": 1,
        "exclusive_categories": [],
        "joint_categories": [],
        "redeemables_application_mode": project.switches().voucherify_application_mode,
        "redeemables_sorting_rule": "REQUESTED_ORDER",
        "redeemables_products_application_mode": "STACK",
        "redeemables_no_effect_rule": "REDEEM_ANYWAY",
        "no_effect_skip_categories": [],
        "no_effect_redeem_anyway_categories": [],
        "redeemables_rollback_order_mode": "WITH_ORDER",
    }
