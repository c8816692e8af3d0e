"""What a redemption changes, and what undoing it changes back.

https://docs.voucherify.io/api-reference/redemptions
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .examine import Verdict, calculated
from .project import Project
from .records import Json, Record
from .state import Customer


def redeem(
    project: Project, verdict: Verdict, customer: Customer | None, order: Json | None
) -> Json:
    """Take from a voucher what a redemption takes; the redemption."""
    voucher = verdict.voucher or {}
    entry = entry_of(project, "r", verdict, customer, order)
    _take(project, voucher["code"], verdict.taken, entry["id"], back=False)
    entry |= {"amount": None, "status": "SUCCEEDED", **_taken(voucher, verdict.taken)}
    keep(project, entry)
    return entry


def fail(project: Project, verdict: Verdict, customer: Customer | None, order: Json | None) -> Json:
    """A redemption that fails: it is written down all the same."""
    problem = verdict.problem or {}
    entry = entry_of(project, "rf", verdict, customer, order)
    entry |= {"result": "FAILURE", "status": "FAILED"}
    entry |= {"failure_code": problem["key"], "failure_message": problem["message"]}
    keep(project, entry)
    return entry


def undo(project: Project, redemption: Json, reason: str | None, parent: str | None) -> Json:
    """Give back what a redemption took; the rollback."""
    identifier = project.ids.next("rr")
    link = {"id": identifier, "date": project.today, "rollback_order_mode": "WITH_ORDER"}
    redemption["status"] = "ROLLED_BACK"
    redemption["related_redemptions"] = {"rollbacks": [link]}
    shared = ("customer_id", "tracking_id", "customer", "voucher", "channel", "metadata")
    entry: Json = {
        "id": identifier,
        "object": "redemption_rollback",
        "date": project.today,
        **{name: redemption.get(name) for name in shared},
        "redemption": redemption["id"],
        "reason": reason,
        "result": "SUCCESS",
        "status": "SUCCEEDED",
        "order": without_discount(project, redemption.get("order")),
        "related_object_type": redemption["related_object_type"],
        "related_object_id": redemption["related_object_id"],
        "related_redemptions": {"redemptions": [{"id": redemption["id"], "date": project.today}]},
    }
    if parent is not None:
        entry["parent_rollback"] = parent
    voucher = redemption.get("voucher")
    if voucher is not None:
        taken = int(redemption["amount"] or 1)
        _take(project, voucher["code"], taken, identifier, back=True)
        entry |= _taken(voucher, -taken)
    if redemption.get("reward"):
        project.state.rewards.give_back(redemption["reward"]["id"])
    keep(project, entry)
    return entry


def entry_of(
    project: Project,
    prefix: str,
    verdict: Verdict | None,
    customer: Customer | None,
    order: Json | None,
) -> Json:
    """What all entries have: a redemption that went well, and took nothing yet."""
    voucher = verdict.voucher if verdict is not None else None
    return {
        "id": project.ids.next(prefix),
        "object": "redemption",
        "date": project.today,
        "customer_id": customer.id if customer else None,
        "tracking_id": customer.tracking_id if customer else None,
        "customer": customer.reference() if customer else None,
        "metadata": {},
        "amount": None,
        "redemption": None,
        "result": "SUCCESS",
        "status": "SUCCEEDED",
        "order": order,
        "channel": {"channel_id": project.access.server.id, "channel_type": "API"},
        "related_object_type": "voucher" if verdict else "redemption",
        "related_object_id": voucher["id"] if voucher else None,
        "voucher": voucher,
    }


def keep(project: Project, entry: Json) -> None:
    """Write an entry down."""
    project.state.ledger.redemptions[entry["id"]] = project.record(entry)
    back = ".rollback" if entry["object"] == "redemption_rollback" else ""
    word = "succeeded" if entry["result"] == "SUCCESS" else "failed"
    if entry["customer"] is not None:
        kind = f"customer.redemption{back}.{word}"
        project.happened(kind, entry["customer"], entry.get("voucher"))


def keep_order(project: Project, order: Mapping[str, Any] | None, off: int) -> Json | None:
    """Make or change the order of a redemption."""
    if not order:
        return None
    ledger = project.state.ledger
    known = ledger.order(order.get("id")) or ledger.order(order.get("source_id"))
    content = calculated(order, off, off)
    content["id"] = known.content["id"] if known else project.ids.next("ord")
    content["status"] = order.get("status") or "PAID"
    made = known.created_at if known else project.now
    content |= {"created_at": project.today, "updated_at": project.today if known else None}
    ledger.orders[content["id"]] = Record(created_at=made, content=content)
    return content


def without_discount(project: Project, order: Json | None) -> Json | None:
    """The order of a redemption that is undone."""
    if order is None:
        return None
    known = project.state.ledger.orders.get(order["id"])
    plain = {**order, **calculated(order, 0, -int(order["total_applied_discount_amount"]))}
    plain |= {"status": "CANCELED", "updated_at": project.today}
    if known is not None:
        project.state.ledger.orders[order["id"]] = Record(
            created_at=known.created_at, content=plain
        )
    return plain


@attrs.frozen
class Card:
    """The balance of a gift card or a loyalty card.

    Attributes:
        voucher: The card.
        content: Its balance, to be changed.
        total: Under which name everything stands that was ever put on it.
    """

    voucher: Json
    content: Json
    total: str

    @property
    def is_gift(self) -> bool:
        """Whether it holds credits, not points."""
        return self.total == "amount"


def card_of(voucher: Json) -> Card | None:
    """The balance of a voucher; `None` where it has none."""
    if voucher["gift"] is not None:
        return Card(voucher, voucher["gift"], "amount")
    if voucher["loyalty_card"] is not None:
        return Card(voucher, voucher["loyalty_card"], "points")
    return None


def adjust(
    project: Project, card: Card, amount: int, reason: str | None, source_id: str | None
) -> None:
    """Add to the balance of a card, or take from it."""
    card.content["balance"] += amount
    if amount >= 0:
        card.content[card.total] += amount
    else:
        taken = f"subtracted_{card.total}"
        card.content[taken] = (card.content.get(taken) or 0) - amount
    project.voucher(card.voucher["code"]).touch(project.now)
    kind = "ADDITION" if amount >= 0 else "REMOVAL"
    _transact(project, card, kind, amount, reason=reason, source_id=source_id)
    holder = project.state.customer(card.voucher["holder_id"] or "")
    if holder is not None and amount >= 0:
        added = "gift.balance_added" if card.is_gift else "loyalty_card.points_added"
        project.happened(f"customer.voucher.{added}", holder.reference(), card.voucher)


def _taken(voucher: Mapping[str, Any], taken: int) -> Json:
    if voucher["gift"]:
        return {"amount": taken, "gift": {"amount": taken}}
    if voucher["loyalty_card"]:
        return {"amount": taken, "loyalty_card": {"points": taken}}
    return {}


def _take(project: Project, code: str, taken: int, entry: str, *, back: bool) -> None:
    """Take from a voucher, or give back to it, what an entry says."""
    stocked = project.state.stock.get(code)
    if stocked is None:  # deleted since
        return
    sign, summary = -1 if back else 1, stocked.content["redemption"]
    summary["redeemed_quantity"] += sign
    card = card_of(stocked.content)
    if card is not None:
        card.content["balance"] -= sign * taken
        redeemed = f"redeemed_{card.total}"
        summary[redeemed] = (summary.get(redeemed) or 0) + sign * taken
        _transact(project, card, "REFUND" if back else "REDEMPTION", -sign * taken, entry=entry)
    stocked.touch(project.now)


def _transact(
    project: Project,
    card: Card,
    kind: str,
    amount: int,
    *,
    entry: str | None = None,
    reason: str | None = None,
    source_id: str | None = None,
) -> None:
    balance: Json = {
        "type": "gift_voucher" if card.is_gift else "loyalty_card",
        "total": card.content[card.total],
        "object": "balance",
        card.total: amount,
        "balance": card.content["balance"],
        "operation_type": "MANUAL" if entry is None else "AUTOMATIC",
        "related_object": {"id": card.voucher["id"], "type": "voucher"},
    }
    details: Json = {"balance": balance}
    if entry is not None:
        details["rollback" if kind == "REFUND" else "redemption"] = {"id": entry}
    content: Json = {
        "id": project.ids.next("vtx"),
        "source_id": source_id,
        "voucher_id": card.voucher["id"],
        "campaign_id": card.voucher["campaign_id"],
        "type": f"{'CREDITS' if card.is_gift else 'POINTS'}_{kind}",
        "source": "API",
        "reason": reason,
        "details": details,
        "related_transaction_id": None,
        "created_at": project.today,
    }
    project.state.ledger.transact(card.voucher["code"], project.record(content))
