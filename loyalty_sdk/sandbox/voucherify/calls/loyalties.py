"""Members of loyalty programs and their points: the vendor's first loyalty API.

https://docs.voucherify.io/api-reference/loyalties
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing, reading
from ..answers import Refused, bad_form, not_found
from ..campaigns import LOYALTY, Campaign
from ..examine import Verdict
from ..filters import ANY_TEXT
from ..paging import (
    DATES,
    asked,
    behind,
    behind_event,
    dated,
    filtered,
    in_order,
    orders,
    page,
    whole,
)
from ..payload import (
    CUSTOMER,
    ORDER,
    Fields,
    anything,
    choice,
    integer,
    moment,
    obj,
    read_body,
    text,
)
from ..project import Project
from ..query import choice as chosen
from ..query import known, limit
from ..records import Json, Record, part
from ..redeeming import adjust, card_of, keep_order, redeem
from ..stock import Stocked
from .publications import published

JOINING: Fields = {
    "voucher": text,
    "customer": obj(CUSTOMER),
    "source_id": text,
    "channel": text,
    "metadata": anything,
}
BALANCE: Fields = {
    "points": integer,
    "expiration_type": choice("PROGRAM_RULES", "CUSTOM_DATE", "NON_EXPIRING"),
    "expiration_date": moment,
    "reason": text,
    "source_id": text,
}
REDEEMED: Fields = {
    "reward": obj({"id": text, "points": integer}),
    "order": obj(ORDER),
    "metadata": anything,
}
TIERS = (("Silver", 0, 499), ("Gold", 500, None))


def list_members(project: Project, one: Asked) -> Response:
    """A page of the cards of a program, the newest first."""
    program = _program(project, one)
    values = asked(one.request.query, "customer", "code", *DATES)
    rows = [
        Record(created_at=card.created_at, content=card.content)
        for card in project.state.stock.all()
        if card.content["campaign_id"] == program.id
    ]
    if "customer" in values:
        holder = project.state.customer(values["customer"])
        rows = [row for row in rows if holder and row.content["holder_id"] == holder.id]
    if "code" in values:
        rows = [row for row in rows if row.content["code"] == values["code"]]
    order = chosen(values, "order", orders("created_at", "updated_at", "code"))
    return page(values, in_order(dated(values, rows), order), "vouchers")


def add_member(project: Project, one: Asked) -> Response:
    """Give a customer a card of a program."""
    known(one.request.query, ())
    program = _program(project, one)
    body = read_body(one.request, JOINING, required=("customer",))
    if body.get("voucher") is None:
        body["campaign"] = {"name": program.id}
    elif project.voucher(body["voucher"]).content["campaign_id"] != program.id:
        raise not_found("voucher", body["voucher"])
    return json_response(200, published(project, body, once=False)["voucher"])


def get_member(project: Project, one: Asked) -> Response:
    """One card."""
    known(one.request.query, ())
    return json_response(200, _card(project, one).content)


def list_activity(project: Project, one: Asked) -> Response:
    """A page of what happened to a card."""
    values = known(one.request.query, ("limit", "order", "starting_after_id"))
    code = _card(project, one).code
    rows = [event.record for event in project.state.ledger.activities if event.code == code]
    says_cursor = project.switches().voucherify_more_starting_after
    return behind_event(values, rows, says_cursor=says_cursor)


def update_balance(project: Project, one: Asked) -> Response:
    """Add points to a card, or take from it."""
    known(one.request.query, ())
    body = read_body(one.request, BALANCE, required=("points",))
    if body.get("expiration_type") == "CUSTOM_DATE" and body.get("expiration_date") is None:
        raise bad_form("Property .expiration_date is required")
    voucher = _card(project, one).content
    card = card_of(voucher)
    if card is None or card.content["balance"] + body["points"] < 0:
        raise bad_form("The balance would be below zero")
    adjust(project, card, body["points"], body.get("reason"), body.get("source_id"))
    content: Json = {
        "points": body["points"],
        "total": card.content["points"],
        "balance": card.content["balance"],
        "type": "loyalty_card",
        "object": "balance",
        "related_object": {"type": "voucher", "id": voucher["id"]},
        "operation_type": "MANUAL",
    }
    return json_response(200, content)


def list_transactions(project: Project, one: Asked) -> Response:
    """A page of what changed the points of a card."""
    rows = project.state.ledger.transactions.get(_card(project, one).code, [])
    rows, rest = filtered(one.request.query, rows, {"id": ANY_TEXT}, project.now)
    values = known(rest, ("limit", "order", "starting_after_id"))
    return behind(values, rows, says_cursor=project.switches().voucherify_more_starting_after)


def list_pending_points(project: Project, one: Asked) -> Response:
    """A page of the points that are not on a card yet."""
    values = known(one.request.query, ("limit", "order", "starting_after_id"))
    card = _card(project, one)
    rows = project.state.ledger.pending.get(card.code) or _pending_now(project, card)
    return behind(values, rows, says_cursor=False)


def _pending_now(project: Project, card: Stocked) -> list[Record]:
    points = card.content["loyalty_card"].get("pending_points")
    content: Json = {
        "id": f"lopp_{card.content['id'][2:]}",
        "voucher_id": card.content["id"],
        "campaign_id": card.content["campaign_id"],
        "customer_id": card.content["holder_id"],
        "order_id": None,
        "points": points,
        "activates_at": project.today[:10],
        "details": {},
        "created_at": card.content["created_at"],
        "updated_at": None,
    }
    return [Record(created_at=card.created_at, content=content)] if points else []


def list_rewards(project: Project, one: Asked) -> Response:
    """What a member may get for points."""
    values = known(one.request.query, ("affordable_only",))
    affordable = chosen(values, "affordable_only", ("true", "false")) == "true"
    card = _card(project, one).content
    most = card["loyalty_card"]["balance"] if affordable else None
    shown = [
        {"reward": reward, "assignment": assignment, "object": "loyalty_reward"}
        for reward, assignment in project.state.rewards.offered(card["campaign_id"])
        if most is None or (_price(assignment) or 0) <= most
    ]
    return whole("data", shown, total=len(shown))


def redeem_reward(project: Project, one: Asked) -> Response:
    """Take points for a reward."""
    known(one.request.query, ())
    body = read_body(one.request, REDEEMED, required=("reward",))
    card = _card(project, one).content
    identifier = body["reward"].get("id")
    offers = project.state.rewards.offered(card["campaign_id"])
    found = next((pair for pair in offers if pair[0]["id"] == identifier), None)
    if found is None:
        raise not_found("reward", str(identifier))
    reward, assignment = found
    price = _price(assignment)
    points = body["reward"].get("points") if price is None else price
    if not points:
        raise bad_form("Property .reward.points is required for a reward that pays")
    if points > card["loyalty_card"]["balance"]:
        key = "loyalty_card_points_exceeded"
        raise Refused(400, key, key.replace("_", " "), details=card["code"])
    verdict = Verdict(
        redeemable={"object": "voucher", "id": card["code"]}, voucher=card, taken=points
    )
    holder = project.state.customer(card["holder_id"] or "")
    entry = redeem(project, verdict, holder, keep_order(project, body.get("order"), 0))
    entry["metadata"] = part(body, "metadata")
    entry["reward"] = {"id": identifier, "name": reward["name"], "assignment_id": assignment["id"]}
    project.state.rewards.take(str(identifier))
    return json_response(200, entry)


def list_tiers(project: Project, one: Asked) -> Response:
    """The tiers of a program: in the sandbox each has two."""
    values = known(one.request.query, ("limit", "order"))
    order = chosen(values, "order", orders("created_at", "updated_at"))
    program = _program(project, one)
    made = program.content()["created_at"]
    tiers: list[Json] = [
        {
            "id": f"ltr_{program.id[5:]}{name.lower()}",
            "name": name,
            "campaign_id": program.id,
            "points": {"from": least, "to": most},
            "config": {"points": {"from": least, "to": most}},
            "earning_rules": {},
            "rewards": {},
            "metadata": {},
            "created_at": made,
            "updated_at": None,
            "object": "loyalty_tier",
        }
        for name, least, most in TIERS
    ]
    shown = tiers[::-1] if order and order.startswith("-") else tiers
    return whole("data", shown[: limit(values)], total=len(tiers))


def _price(assignment: Json) -> int | None:
    points: int | None = part(part(assignment, "parameters"), "loyalty").get("points")
    return points


def _program(project: Project, one: Asked) -> Campaign:
    program = project.campaign(one.parts["campaign_id"])
    if program.campaign_type != LOYALTY:
        raise not_found("campaign", one.parts["campaign_id"])
    return program


def _card(project: Project, one: Asked) -> Stocked:
    found = project.voucher(one.parts["member_id"])
    if not found.content["loyalty_card"]:
        raise not_found("voucher", one.parts["member_id"])
    return found


_READ, _CHANGE = reading("loyalties"), changing("loyalties")
_PROGRAM, _MEMBER = "v1/loyalties/{campaign_id}", "v1/loyalties/members/{member_id}"
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", f"{_MEMBER}/activity", "list-member-activity", list_activity, _READ),
    Route("POST", f"{_MEMBER}/balance", "update-loyalty-card-balance", update_balance, _CHANGE),
    Route(
        "GET",
        f"{_MEMBER}/transactions",
        "list-loyalty-card-transactions",
        list_transactions,
        _READ,
    ),
    Route(
        "GET",
        f"{_MEMBER}/pending-points",
        "list-member-pending-points",
        list_pending_points,
        _READ,
    ),
    Route("GET", f"{_MEMBER}/rewards", "list-member-rewards", list_rewards, _READ),
    Route("POST", f"{_MEMBER}/redemption", "redeem-reward", redeem_reward, _CHANGE),
    Route("GET", _MEMBER, "get-member", get_member, _READ),
    Route("GET", f"{_PROGRAM}/members", "list-members", list_members, _READ),
    Route("POST", f"{_PROGRAM}/members", "add-member", add_member, _CHANGE),
    Route("GET", f"{_PROGRAM}/tiers", "list-loyalty-tiers", list_tiers, _READ),
)
