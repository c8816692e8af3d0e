"""Rewards, and the programs that offer them.

https://docs.voucherify.io/api-reference/rewards
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing, reading
from ..answers import bad_form, not_found
from ..campaigns import LOYALTY
from ..paging import page
from ..payload import Fields, anything, flag, integer, list_of, obj, read_body, text
from ..project import Project
from ..query import known
from ..records import Json, Record, part
from ..rewards import dated, new_assignment, new_reward

CHANGED: Fields = {
    "name": text,
    "parameters": obj(
        {
            "campaign": obj({"id": text, "balance": integer}),
            "coin": obj({"exchange_ratio": text, "points_ratio": text}),
            "product": obj({"id": text, "sku_id": text}),
        }
    ),
    "stock": integer,
    "attributes": obj({"image_url": text, "description": text}),
    "metadata": anything,
}
PRICE: Fields = {"parameters": obj({"loyalty": obj({"points": integer, "auto_redeem": flag})})}
ASSIGNED: Fields = {"campaign": text, **PRICE, "validation_rules": list_of(text, 100)}


def list_rewards(project: Project, one: Asked) -> Response:
    """A page of rewards, the newest first."""
    values = known(one.request.query, ("limit", "page", "assignment_id"))
    rows = list(project.state.rewards.all.values())
    assignment = values.get("assignment_id")
    if assignment is not None:
        found = project.state.rewards.assignments.get(assignment)
        rows = [row for row in rows if found and row.content["id"] == found.content["reward_id"]]
    return page(values, rows[::-1], "data")


def get_reward(project: Project, one: Asked) -> Response:
    """One reward."""
    known(one.request.query, ())
    return json_response(200, _reward(project, one).content)


def create_reward(project: Project, one: Asked) -> Response:
    """Make a reward."""
    known(one.request.query, ())
    body = _numbers(read_body(one.request, CHANGED, required=("name", "parameters")))
    if len(part(body, "parameters")) != 1:
        raise bad_form("Property .parameters should have one of campaign, coin, product")
    content = dated(new_reward(project.ids.next("rew"), body), project.now)
    project.state.rewards.all[content["id"]] = project.record(content)
    return json_response(200, content)


def update_reward(project: Project, one: Asked) -> Response:
    """Change what the body names."""
    known(one.request.query, ())
    row = _reward(project, one)
    body = _numbers(read_body(one.request, CHANGED))
    content = {**row.content, **body, "updated_at": project.today}
    kept = Record(created_at=row.created_at, content=content)
    project.state.rewards.all[content["id"]] = kept
    return json_response(200, content)


def delete_reward(project: Project, one: Asked) -> Response:
    """Take a reward away, and out of all programs."""
    known(one.request.query, ())
    identifier = _reward(project, one).content["id"]
    rewards = project.state.rewards
    del rewards.all[identifier]
    left = rewards.assignments.items()
    rewards.assignments = {k: v for k, v in left if v.content["reward_id"] != identifier}
    return Response(status=204)


def list_assignments(project: Project, one: Asked) -> Response:
    """A page of the programs that offer a reward."""
    values = known(one.request.query, ("limit", "page"))
    identifier = _reward(project, one).content["id"]
    rows = project.state.rewards.assignments.values()
    return page(values, [row for row in rows if row.content["reward_id"] == identifier], "data")


def get_assignment(project: Project, one: Asked) -> Response:
    """One assignment."""
    known(one.request.query, ())
    return json_response(200, _assignment(project, one).content)


def create_assignment(project: Project, one: Asked) -> Response:
    """Let a program offer a reward."""
    known(one.request.query, ())
    identifier = str(_reward(project, one).content["id"])
    body = read_body(one.request, ASSIGNED, required=("campaign",))
    program = project.campaign(body["campaign"])
    if program.campaign_type != LOYALTY:
        raise bad_form("Property .campaign should be a loyalty program")
    body["campaign"] = program.id
    content = dated(new_assignment(project.ids.next("rewa"), identifier, body), project.now)
    project.state.rewards.assignments[content["id"]] = project.record(content)
    return json_response(200, content)


def update_assignment(project: Project, one: Asked) -> Response:
    """Change what a reward costs in a program."""
    known(one.request.query, ())
    row = _assignment(project, one)
    body = read_body(one.request, PRICE, required=("parameters",))
    content = {**row.content, **body, "updated_at": project.today}
    kept = Record(created_at=row.created_at, content=content)
    project.state.rewards.assignments[content["id"]] = kept
    return json_response(200, content)


def delete_assignment(project: Project, one: Asked) -> Response:
    """Take a reward out of a program."""
    known(one.request.query, ())
    del project.state.rewards.assignments[str(_assignment(project, one).content["id"])]
    return Response(status=204)


def _numbers(body: Json) -> Json:
    """What points are worth is asked for in texts, and shown in numbers."""
    coin = part(part(body, "parameters"), "coin")
    if not coin:
        return body
    try:
        exchange, points = float(coin["exchange_ratio"]), int(coin["points_ratio"])
    except (KeyError, ValueError):
        raise bad_form("Property .parameters.coin should have two numbers") from None
    return {**body, "parameters": {"coin": {"exchange_ratio": exchange, "points_ratio": points}}}


def _reward(project: Project, one: Asked) -> Record:
    identifier = one.parts["reward_id"]
    found = project.state.rewards.all.get(identifier)
    if found is None:
        raise not_found("reward", identifier)
    return found


def _assignment(project: Project, one: Asked) -> Record:
    identifier = one.parts["assignment_id"]
    found = project.state.rewards.assignments.get(identifier)
    if found is None or found.content["reward_id"] != one.parts["reward_id"]:
        raise not_found("reward_assignment", identifier)
    return found


_READ, _CHANGE = reading("rewards"), changing("rewards")
_ONE = "v1/rewards/{reward_id}"
_EACH = f"{_ONE}/assignments/{{assignment_id}}"
ROUTES: tuple[Route[Project], ...] = (
    Route("GET", "v1/rewards", "list-rewards", list_rewards, _READ),
    Route("POST", "v1/rewards", "create-reward", create_reward, _CHANGE),
    Route("GET", _ONE, "get-reward", get_reward, _READ),
    Route("PUT", _ONE, "update-reward", update_reward, _CHANGE),
    Route("DELETE", _ONE, "delete-reward", delete_reward, _CHANGE),
    Route("GET", f"{_ONE}/assignments", "list-reward-assignments", list_assignments, _READ),
    Route("POST", f"{_ONE}/assignments", "create-reward-assignment", create_assignment, _CHANGE),
    Route("GET", _EACH, "get-reward-assignment", get_assignment, _READ),
    Route("PUT", _EACH, "update-reward-assignment", update_assignment, _CHANGE),
    Route("DELETE", _EACH, "delete-reward-assignment", delete_assignment, _CHANGE),
)
