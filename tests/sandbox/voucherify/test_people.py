"""Customers, members, rewards, actions and exports over the socket: what is refused, and why."""

from __future__ import annotations

from typing import Any

import attrs
import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.voucherify.records import Record

from ..helpers import VoucherifyCaller
from .things import card, fresh, gift, shopper


def program(voucherify: VoucherifyCaller, kind: str = "LOYALTY_PROGRAM") -> str:
    """The id of a campaign of a type."""
    found = voucherify.get("/v1/campaigns", {"campaign_type": kind, "limit": 1})
    return str(found["campaigns"][0]["id"])


def started(voucherify: VoucherifyCaller, path: str, body: Any) -> str:
    """The id of an action that a call began."""
    answer = voucherify(path, method="POST", json=body)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["async_action_id"])


def test_a_customer_without_a_key_is_new_each_time(voucherify: VoucherifyCaller) -> None:
    """Only an id or a source id makes it the same one."""
    first, second = (voucherify.post("/v1/customers", {"name": "Ada"}) for _ in range(2))
    assert first["id"] != second["id"]
    assert first["source_id"] is None
    body = shopper()
    assert (
        voucherify.post("/v1/customers", body)["id"] == voucherify.post("/v1/customers", body)["id"]
    )


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "refusal"),
    [
        ("POST", "/v1/customers", {"id": "cust_nobody"}, (), (404, "not_found")),
        ("POST", "/v1/customers", {"colour": "red"}, (), (400, "invalid_payload")),
        ("PUT", "/v1/customers/x", {"source_id": "y"}, (), (404, "not_found")),
        ("GET", "/v1/customers/x/activity", None, (), (404, "not_found")),
        ("GET", "/v1/customers", None, {"page": 100}, (400, "page_over_limit")),
        ("GET", "/v1/customers", None, {"colour": "red"}, (400, "invalid_query_params")),
        ("GET", "/v1/customers", None, {"starting_after": "then"}, (400, "invalid_query_params")),
        (
            "GET",
            "/v1/customers",
            None,
            {"starting_after": "2026-01-01", "order": "-created_at"},
            (400, "invalid_query_params"),
        ),
        ("POST", "/v1/customers/bulk/async", {}, (), (400, "invalid_payload")),
        ("POST", "/v1/customers/bulk/async", [{"id": "x"}], (), (400, "invalid_payload")),
        ("POST", "/v1/customers/metadata/async", {"metadata": {}}, (), (400, "invalid_payload")),
        ("GET", "/v1/async-actions/aa_x", None, (), (404, "not_found")),
        ("GET", "/v1/async-actions", None, {"page": 1}, (400, "invalid_query_params")),
        ("POST", "/v1/exports", {"exported_object": "secrets"}, (), (400, "invalid_payload")),
        (
            "POST",
            "/v1/exports",
            {"exported_object": "order", "parameters": {"fields": ["colour"]}},
            (),
            (400, "invalid_payload"),
        ),
        (
            "POST",
            "/v1/exports",
            {"exported_object": "order", "parameters": {"filters": {"colour": {"x": "y"}}}},
            (),
            (400, "invalid_query_params"),
        ),
        ("GET", "/v1/exports/exp_x", None, {"token": "x"}, (404, "not_found")),
        ("GET", "/v1/rewards/rew_x/assignments", None, (), (404, "not_found")),
        ("POST", "/v1/rewards", {"name": "x", "parameters": {}}, (), (400, "invalid_payload")),
        (
            "POST",
            "/v1/rewards",
            {"name": "x", "parameters": {"coin": {"points_ratio": "x"}}},
            (),
            (400, "invalid_payload"),
        ),
        ("GET", "/v1/loyalties/members/none", None, (), (404, "not_found")),
        ("GET", "/v1/loyalties/camp_none/members", None, (), (404, "not_found")),
        ("POST", "/v1/campaigns/camp_none/vouchers", {}, (), (404, "not_found")),
        (
            "GET",
            "/v1/campaigns",
            None,
            {"filters[colour][conditions][$is]": "red"},
            (400, "invalid_query_params"),
        ),
    ],
)
def test_what_is_refused(
    voucherify: VoucherifyCaller, method: str, path: str, body: Any, query: Any, refusal: Any
) -> None:
    """The status and the vendor's word."""
    assert voucherify.refusal(method, path, body, query) == refusal


def test_a_gift_campaign_is_no_program(voucherify: VoucherifyCaller) -> None:
    """It has no members and no tiers, offers no rewards; a gift card is no member."""
    gifts = program(voucherify, "GIFT_VOUCHERS")
    assert voucherify.refusal("GET", f"/v1/loyalties/{gifts}/tiers") == (404, "not_found")
    (mug,) = (
        one["id"] for one in voucherify.get("/v1/rewards")["data"] if one["name"] == "Sandbox mug"
    )
    body = {"campaign": gifts}
    path = f"/v1/rewards/{mug}/assignments"
    assert voucherify.refusal("POST", path, body) == (400, "invalid_payload")
    path = f"/v1/loyalties/members/{gift(voucherify)}"
    assert voucherify.refusal("GET", path) == (404, "not_found")


def test_a_promotion_has_no_vouchers_but_tiers(voucherify: VoucherifyCaller) -> None:
    """A single promotion says which, and none can be added a voucher."""
    promotion = program(voucherify, "PROMOTION")
    assert voucherify.get(f"/v1/campaigns/{promotion}")["promotion"]["tiers"] == []
    path = f"/v1/campaigns/{promotion}/vouchers"
    assert voucherify.refusal("POST", path, {}) == (400, "invalid_payload")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"filters[campaigns][conditions][$contains]": "referral"}, 5),
        ({"filters[is_referral_code][conditions][$is]": "TRUE"}, 5),
        ({"is_referral_code": "false"}, 20),
        ({"filters[status][conditions][$active]": ""}, 25),
        ({"filters[active][conditions][$disabled]": ""}, 0),
        ({"campaign_status": "DRAFT"}, 0),
        ({"filters[created_date][conditions][$more_than]": "100000"}, 0),
        ({"filters[voucher_type][conditions][$is]": "LOYALTY_CARD"}, 5),
    ],
)
def test_campaigns_are_filtered(voucherify: VoucherifyCaller, query: Any, count: int) -> None:
    """By what they are called, are like, and how far they are."""
    assert voucherify.get("/v1/campaigns", query)["total"] == count


def test_a_member_is_no_stranger_s(voucherify: VoucherifyCaller) -> None:
    """A card of no program cannot join one; a date is needed for points that expire at one."""
    loose = card(voucherify)
    path = f"/v1/loyalties/{program(voucherify)}/members"
    body = {"customer": shopper(), "voucher": loose}
    assert voucherify.refusal("POST", path, body) == (404, "not_found")
    path = f"/v1/loyalties/members/{loose}/balance"
    body = {"points": 5, "expiration_type": "CUSTOM_DATE"}
    assert voucherify.refusal("POST", path, body) == (400, "invalid_payload")
    assert voucherify.refusal("POST", path, {"points": -999}) == (400, "invalid_payload")


def test_points_that_wait(voucherify: VoucherifyCaller) -> None:
    """A card shows how many there are, and the list agrees."""
    customer = voucherify.sandbox.member.voucherify_customer_id
    rows = voucherify.redeemables(customer, {"limit": 100})["data"]
    cards = (row["redeemable"]["voucher"] for row in rows if row["voucher_type"] == "LOYALTY_CARD")
    held = next(one for one in cards if one["loyalty_card"].get("pending_points"))
    path = f"/v1/loyalties/members/{held['code']}/pending-points"
    (waiting,) = voucherify.get(path)["data"]
    assert waiting["points"] == held["loyalty_card"]["pending_points"]


def test_points_that_pay_need_a_number(voucherify: VoucherifyCaller) -> None:
    """A reward without a price asks how many points are to be spent."""
    home = program(voucherify)
    member = voucherify.post(f"/v1/loyalties/{home}/members", {"customer": shopper()})["code"]
    voucherify.post(f"/v1/loyalties/members/{member}/balance", {"points": 50})
    coin = {"exchange_ratio": "0.5", "points_ratio": "10"}
    reward = voucherify.post("/v1/rewards", {"name": fresh("COIN"), "parameters": {"coin": coin}})
    assert reward["parameters"]["coin"] == {"exchange_ratio": 0.5, "points_ratio": 10}
    path = f"/v1/loyalties/members/{member}/redemption"
    body: Any = {"reward": {"id": reward["id"]}}
    assert voucherify.refusal("POST", path, body) == (404, "not_found")
    voucherify.post(f"/v1/rewards/{reward['id']}/assignments", {"campaign": home})
    assert voucherify.refusal("POST", path, body) == (400, "invalid_payload")
    body = {"reward": {"id": reward["id"], "points": 20}, "order": {"amount": 900}}
    done = voucherify.post(path, body)
    assert (done["loyalty_card"], done["order"]["amount"]) == ({"points": 20}, 900)
    voucherify(f"/v1/rewards/{reward['id']}", method="DELETE")
    voucherify.post(f"/v1/redemptions/{done['id']}/rollback")  # the reward is gone: no matter


def test_activity_can_be_narrowed(voucherify: VoucherifyCaller) -> None:
    """By campaign and its type, by name, and by date."""
    home, who = program(voucherify), shopper()
    voucherify.post(f"/v1/loyalties/{home}/members", {"customer": who})
    path = f"/v1/customers/{who['source_id']}/activity"
    counts = {
        (): 2,
        ("campaign_id", home): 1,
        ("campaign_id", "camp_none"): 0,
        ("campaign_type", "LOYALTY_PROGRAM"): 1,
        ("type", "customer.created"): 1,
        ("start_date", "2000-01-01"): 2,
        ("end_date", "2000-01-01"): 0,
        ("category", "ACTION"): 2,
    }
    found = {
        query: len(voucherify.get(path, dict([query]) if query else {})["data"]) for query in counts
    }
    assert found == counts


def test_an_action_moves_on_with_every_look(voucherify: VoucherifyCaller) -> None:
    """It is enqueued, in progress and done; a row without its key is a failure."""
    body = [shopper(), {"name": "nobody"}]
    action = started(voucherify, "/v1/customers/bulk/async", body)
    listed = voucherify.get("/v1/async-actions", {"limit": 1})["async_actions"][0]
    assert (listed["id"], listed["status"], "result" in listed) == (action, "ENQUEUED", False)
    looks = [voucherify.get(f"/v1/async-actions/{action}") for _ in range(3)]
    assert [look["status"] for look in looks] == ["IN_PROGRESS", "DONE", "DONE"]
    assert looks[0]["result"] is None
    assert (looks[2]["operation_status"], looks[2]["result"]["failed_count"]) == ("FAILED", 1)


@pytest.mark.parametrize(
    "kind",
    [
        "voucher",
        "redemption",
        "publication",
        "order",
        "voucher_transactions",
        "points_expiration",
        "product",
        "sku",
    ],
)
def test_a_file_of_each_kind(voucherify: VoucherifyCaller, kind: str) -> None:
    """It has its header, is text, and needs its token."""
    card(voucherify)
    export = voucherify.post("/v1/exports", {"exported_object": kind})["id"]
    looks = [voucherify.get(f"/v1/exports/{export}") for _ in range(2)]
    assert [look["status"] for look in looks] == ["IN_PROGRESS", "DONE"]
    token = looks[1]["result"]["url"].rpartition("=")[2]
    answer = voucherify(f"/v1/exports/{export}", {"token": token})
    assert answer.headers["content-type"].startswith("text/plain")
    assert "," in answer.text.splitlines()[0]
    assert voucherify.refusal("GET", f"/v1/exports/{export}", None, {"token": "x"})[0] == 401


def test_vouchers_of_one_campaign_are_exported(voucherify: VoucherifyCaller) -> None:
    """Columns and campaign are as asked for."""
    home = program(voucherify)
    mine = voucherify.post(f"/v1/campaigns/{home}/vouchers/{fresh('MINE')}", {})["code"]
    parameters = {
        "fields": ["campaign_id", "code"],
        "campaign_id": home,
        "filters": {"code": {"conditions": {"$is": mine}}, "junction": "and"},
    }
    body = {"exported_object": "voucher", "parameters": parameters}
    export = voucherify.post("/v1/exports", body)["id"]
    voucherify.get(f"/v1/exports/{export}")
    url = voucherify.get(f"/v1/exports/{export}")["result"]["url"]
    answer = voucherify(f"/v1/exports/{export}", {"token": url.rpartition("=")[2]})
    assert answer.text == f"campaign_id,code\n{home},{mine}\n"


def test_long_lists_can_be_put_there(http: httpx.Client) -> None:
    """Customers, vouchers and waiting points are those of the test then, in their order."""
    with Sandbox() as sandbox:
        state, voucherify = sandbox.voucherify_state, VoucherifyCaller(sandbox, http)
        forms = state.customers()[:3]
        state.put_customers(attrs.evolve(one, id=f"cust_{n}") for n, one in enumerate(forms))
        page = voucherify.get("/v1/customers", {"starting_after": "2100-01-01"})
        assert [one["id"] for one in page["customers"]] == ["cust_0", "cust_1", "cust_2"]
        new = voucherify.post("/v1/customers", {"name": "Ada"})["id"]
        page = voucherify.get("/v1/customers", {"starting_after": "2100-01-01", "limit": 1})
        assert ([one["id"] for one in page["customers"]], page["has_more"]) == ([new], True)
        code = card(voucherify)
        state.stock.put([{**state.stock.all()[-1].content}])
        rows = [Record(created_at=forms[0].created_at, content={"id": f"lopp_{n}"}) for n in "12"]
        state.ledger.pending[code] = rows
        waiting = voucherify.get(f"/v1/loyalties/members/{code}/pending-points")["data"]
        assert [one["id"] for one in waiting] == ["lopp_2", "lopp_1"]
        assert len(voucherify.get("/v1/vouchers")["vouchers"]) == 1
