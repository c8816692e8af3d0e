"""Members of loyalty programs, and the rewards that they get for points."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import BadRequest, InvalidArgument, NotFound, ServerError
from loyalty_sdk.voucherify import PageCeiling

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)

CASES = [
    Case(
        "loyalties.list_members",
        {
            "campaign_id": "camp_1",
            "limit": 2,
            "customer": "cust_1",
            "code": "LC-0001",
            "created_at": {"after": MAY_1},
            "updated_at": {"before": MAY_1},
            "order": "-code",
        },
        "GET /v1/loyalties/camp_1/members?page=1&limit=2&customer=cust_1&code=LC-0001"
        "&created_at[after]=2026-05-01T00:00:00.000Z"
        "&updated_at[before]=2026-05-01T00:00:00.000Z&order=-code",
        None,
        "loyalties.list_members.200",
        {"items.0.loyalty_card.balance": 150, "items.1.holder_id": None, "total": 2},
    ),
    Case(
        "loyalties.add_member",
        {
            "campaign_id": "camp_1",
            "customer": {"source_id": "a"},
            "voucher": "LC-0001",
            "source_id": "p-1",
            "channel": "shop",
            "metadata": None,
        },
        "POST /v1/loyalties/camp_1/members",
        {
            "customer": {"source_id": "a"},
            "voucher": "LC-0001",
            "source_id": "p-1",
            "channel": "shop",
        },
        "loyalties.add_member.200",
        {"code": "LC-0001", "type": "LOYALTY_CARD"},
    ),
    Case(
        "loyalties.get_member",
        {"member_id": "LC 1"},
        "GET /v1/loyalties/members/LC 1",
        None,
        "loyalties.get_member.200",
        {"loyalty_card.next_expiration_date": date(2026, 6, 30)},
    ),
    Case(
        "loyalties.list_member_activity",
        {"member_id": "LC-1", "limit": None, "order": "created_at", "starting_after_id": "ev_1"},
        "GET /v1/loyalties/members/LC-1/activity?order=created_at&starting_after_id=ev_1",
        None,
        "loyalties.list_member_activity.200",
        {"items.0.type": "customer.rewarded.loyalty_points"},
    ),
    Case(
        "loyalties.list_member_transactions",
        {
            "member_id": "LC-1",
            "limit": 2,
            "order": "-id",
            "filters": {"id": {"$is": "vtx_1"}, "created_at": {"$more_than": 3}},
        },
        "GET /v1/loyalties/members/LC-1/transactions?limit=2&order=-id"
        "&filters[id][conditions][$is]=vtx_1&filters[created_at][conditions][$more_than]=3",
        None,
        "loyalties.list_member_transactions.200",
        {
            "items.0.details.reward.name": "Synthetic mug",
            "items.0.details.balance.points": -50,
            "items.1.reason": "a gesture",
        },
    ),
    Case(
        "loyalties.update_member_balance",
        {
            "member_id": "LC-1",
            "points": -5,
            "expiration_type": "CUSTOM_DATE",
            "expiration_date": MAY_1,
            "reason": "a mistake",
            "source_id": "t-1",
        },
        "POST /v1/loyalties/members/LC-1/balance",
        {
            "points": -5,
            "expiration_type": "CUSTOM_DATE",
            "expiration_date": "2026-05-01T00:00:00.000Z",
            "reason": "a mistake",
            "source_id": "t-1",
        },
        "loyalties.update_member_balance.200",
        {"balance": 250, "total": 310, "related_object.id": "v_synthetic7"},
    ),
    Case(
        "loyalties.list_member_pending_points",
        {"member_id": "LC-1", "limit": 7, "order": "id", "starting_after_id": "lopp_1"},
        "GET /v1/loyalties/members/LC-1/pending-points?limit=7&order=id&starting_after_id=lopp_1",
        None,
        "loyalties.list_member_pending_points.200",
        {
            "items.0.points": 20,
            "items.0.activates_at": date(2026, 2, 1),
            "items.0.details.earning_rule.source": {"banner": "A point a euro"},
            "items.0.details.event.entity_id": "cust_synthetic1",
        },
    ),
    Case(
        "loyalties.list_member_rewards",
        {"member_id": "LC-1", "affordable_only": True},
        "GET /v1/loyalties/members/LC-1/rewards?affordable_only=true",
        None,
        "loyalties.list_member_rewards.200",
        {
            "items.0.assignment.parameters.loyalty.points": 50,
            "items.1.reward.parameters.coin.exchange_ratio": Decimal("0.25"),
            "total": 2,
        },
    ),
    Case(
        "loyalties.redeem_reward",
        {"member_id": "LC-1", "reward": {"id": "rew_1", "points": 10}, "order": {"amount": 100}},
        "POST /v1/loyalties/members/LC-1/redemption",
        {"reward": {"id": "rew_1", "points": 10}, "order": {"amount": 100}},
        "loyalties.redeem_reward.200",
        {"loyalty_card.points": 50, "reward.name": "Synthetic reward 1"},
    ),
    Case(
        "loyalties.list_tiers",
        {"campaign_id": "camp_1", "order": "-created_at"},
        "GET /v1/loyalties/camp_1/tiers?limit=100&order=-created_at",
        None,
        "loyalties.list_tiers.200",
        {"items.0.points": {"from": 100, "to": 500}, "cursor": None, "total": 2},
    ),
    Case(
        "rewards.list",
        {"limit": 5, "assignment_id": "rewa_1"},
        "GET /v1/rewards?page=1&limit=5&assignment_id=rewa_1",
        None,
        "rewards.list.200",
        {
            "items.0.parameters.product.sku_id": "sku_synthetic1",
            "items.2.parameters.campaign.balance": 500,
            "total": 3,
        },
    ),
    Case(
        "rewards.get",
        {"reward_id": "rew_1"},
        "GET /v1/rewards/rew_1",
        None,
        "rewards.get.200",
        {"stock": 7, "attributes.description": "a mug"},
    ),
    Case(
        "rewards.get",
        {"reward_id": "rew_2"},
        "GET /v1/rewards/rew_2",
        None,
        "rewards.get.200-coin",
        {"type": "COIN", "stock": None},
    ),
    Case(
        "rewards.create",
        {
            "name": "Credits",
            "parameters": {"campaign": {"id": "camp_3", "balance": 500}},
            "attributes": {"image_url": None},
            "stock": None,
        },
        "POST /v1/rewards",
        {
            "name": "Credits",
            "parameters": {"campaign": {"id": "camp_3", "balance": 500}},
            "attributes": {"image_url": None},
        },
        "rewards.create.200",
        {"type": "CAMPAIGN"},
    ),
    Case(
        "rewards.update",
        {"reward_id": "rew_1", "stock": None, "metadata": {"shelf": "B"}},
        "PUT /v1/rewards/rew_1",
        {"stock": None, "metadata": {"shelf": "B"}},
        "rewards.update.200",
        {"stock": 9},
    ),
    Case(
        "rewards.list_assignments",
        {"reward_id": "rew_1"},
        "GET /v1/rewards/rew_1/assignments?page=1&limit=100",
        None,
        "rewards.list_assignments.200",
        {"items.1.related_object_id": "camp_synthetic5"},
    ),
    Case(
        "rewards.get_assignment",
        {"reward_id": "rew_1", "assignment_id": "rewa_1"},
        "GET /v1/rewards/rew_1/assignments/rewa_1",
        None,
        "rewards.get_assignment.200",
        {"parameters.loyalty.auto_redeem": False},
    ),
    Case(
        "rewards.assign",
        {
            "reward_id": "rew_1",
            "campaign": "camp_1",
            "parameters": {"loyalty": {"points": 50}},
            "validation_rules": None,
        },
        "POST /v1/rewards/rew_1/assignments",
        {"campaign": "camp_1", "parameters": {"loyalty": {"points": 50}}},
        "rewards.assign.200",
        {"id": "rewa_synthetic1"},
    ),
    Case(
        "rewards.update_assignment",
        {
            "reward_id": "rew_1",
            "assignment_id": "rewa_1",
            "parameters": {"loyalty": {"points": 60, "auto_redeem": True}},
        },
        "PUT /v1/rewards/rew_1/assignments/rewa_1",
        {"parameters": {"loyalty": {"points": 60, "auto_redeem": True}}},
        "rewards.update_assignment.200",
        {"parameters.loyalty.points": 60},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_members_or_rewards(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda r: r.delete("rew/1"), b"/v1/rewards/rew%2F1"),
        (lambda r: r.delete_assignment("rew_1", "a/1"), b"/v1/rewards/rew_1/assignments/a%2F1"),
    ],
    ids=range(2),
)
def test_what_is_taken_away(clients: Clients, call: Any, path: bytes) -> None:
    """A 204 gives `None`."""
    replay = Replay(recorded("rewards.delete.204"))
    assert call(clients.client(replay).rewards) is None
    assert [(r.method, r.url.raw_path) for r in replay.requests] == [("DELETE", path)]


@pytest.mark.parametrize(
    ("name", "call", "error"),
    [
        ("loyalties.get_member.404", lambda v: v.loyalties.get_member("none"), NotFound),
        (
            "loyalties.update_member_balance.400",
            lambda v: v.loyalties.update_member_balance("LC-1", points=-999),
            BadRequest,
        ),
        ("rewards.get.404", lambda v: v.rewards.get("none"), NotFound),
    ],
)
def test_what_the_vendor_refuses(
    clients: Clients, name: str, call: Any, error: type[Exception]
) -> None:
    """A refusal has the class of its status."""
    with pytest.raises(error):
        call(clients.client(Replay(recorded(name))))


REWARD: Any = {"product": {"id": "prod_1"}}
WRITES: list[Any] = [
    lambda v: v.loyalties.add_member("a", customer={"source_id": "b"}, source_id="c"),
    lambda v: v.loyalties.update_member_balance("a", points=1),
    lambda v: v.loyalties.redeem_reward("a", reward={"id": "rew_1"}),
    lambda v: v.rewards.create(name="a", parameters=REWARD),
    lambda v: v.rewards.update("a", name="b"),
    lambda v: v.rewards.delete("a"),
    lambda v: v.rewards.assign("a", campaign="b"),
    lambda v: v.rewards.update_assignment("a", "b", parameters={"loyalty": {"points": 1}}),
    lambda v: v.rewards.delete_assignment("a", "b"),
]


@pytest.mark.parametrize("write", WRITES, ids=range(len(WRITES)))
def test_no_write_is_repeated(clients: Clients, write: Any) -> None:
    """What may have arrived is sent once: points would come, or go, twice."""
    replay = Replay(httpx.Response(502), recorded("rewards.get.200"))
    with pytest.raises(ServerError):
        write(clients.client(replay))
    assert len(replay.requests) == 1


def test_more_tiers_than_were_asked_for(clients: Clients) -> None:
    """A list of one answer does not end in silence where there are more."""
    body = {"data_ref": "data", "data": [{"id": "ltr_1"}], "total": 3}
    pager = clients.client(Replay(httpx.Response(200, json=body))).loyalties
    with pytest.raises(PageCeiling):
        list(pager.list_tiers("camp_1", limit=1))


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda v: v.rewards.create(name="a", parameters={"gift": {}}), "parameters[gift]"),
        (
            lambda v: v.rewards.create(name="a", parameters={"coin": {"points_ratio": "1"}}),
            "parameters[coin][exchange_ratio]",
        ),
        (lambda v: v.rewards.create(name="a"), "parameters"),
        (lambda v: v.loyalties.add_member("a"), "customer"),
        (lambda v: v.loyalties.update_member_balance("a"), "points"),
        (lambda v: v.loyalties.update_member_balance("a", points=1.5), "points"),
        (lambda v: v.rewards.update_assignment("a", "b", parameters={}), "parameters[loyalty]"),
    ],
    ids=range(7),
)
def test_what_cannot_be_asked_for(clients: Clients, call: Any, argument: str) -> None:
    """It is refused by its place, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        call(clients.client(replay))
    assert caught.value.argument == argument
    assert replay.requests == []
