"""Voucherify over its socket: credentials, errors, limits, pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from loyalty_sdk.sandbox import Request, Sandbox

from ..helpers import MovableClock, VoucherifyCaller, app_headers, bearer


def walk(voucherify: VoucherifyCaller, customer: str, **query: Any) -> list[str]:
    """All ids of a list, page after page, falling back on the last item's id."""
    ids: list[str] = []
    while True:
        page = voucherify.redeemables(customer, query)
        ids += [item["id"] for item in page["data"]]
        if not page["has_more"]:
            return ids
        query["starting_after_id"] = page.get("more_starting_after", ids[-1])


# Credentials


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-App-Id": "sandbox-wrong", "X-App-Token": "sandbox-wrong"},
        {"Authorization": "Bearer sandbox-wrong"},
        {"Authorization": "Basic c2FuZGJveA=="},
    ],
)
def test_bad_credentials_are_unauthorized(
    voucherify: VoucherifyCaller, headers: dict[str, str]
) -> None:
    """Missing, wrong and misplaced credentials give the documented 401."""
    answer = voucherify("/v1/campaigns", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "message": "Unauthorized", "key": "unauthorized"}


def test_half_a_pair_of_keys_is_unauthorized(voucherify: VoucherifyCaller) -> None:
    """The id needs its own token, and the halves of two pairs do not fit."""
    headers = app_headers(voucherify.sandbox.voucherify)
    del headers["X-App-Token"]
    assert voucherify("/v1/campaigns", headers=headers).status_code == 401
    headers["X-App-Token"] = voucherify.sandbox.voucherify_powerless["app_token"]
    assert voucherify("/v1/campaigns", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("path", "permission"),
    [
        ("/v1/customers/x/redeemables", "customers.details.read"),
        ("/v1/customers/x", "customers.details.read"),
        ("/v1/campaigns", "campaigns.read"),
    ],
)
def test_weak_credentials_lack_the_permission(
    voucherify: VoucherifyCaller, path: str, permission: str
) -> None:
    """Good keys without permissions give 403 and the name of what they lack."""
    answer = voucherify(path, headers=app_headers(voucherify.sandbox.voucherify_powerless))
    assert answer.status_code == 403
    error = answer.json()
    assert (error["code"], error["key"]) == (403, "missing_required_permission")
    assert permission in error["details"]
    assert error["request_id"].startswith("v-")


# Errors


def test_an_unknown_customer_is_not_found(voucherify: VoucherifyCaller) -> None:
    """A 404 has the documented members."""
    answer = voucherify("/v1/customers/nobody/redeemables")
    assert answer.status_code == 404
    error = answer.json()
    assert error.pop("request_id").startswith("v-")
    assert error == {
        "code": 404,
        "key": "not_found",
        "message": "Resource not found",
        "details": "Cannot find customer with id nobody",
        "resource_id": "nobody",
        "resource_type": "customer",
    }
    assert voucherify("/v1/customers/nobody").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/customers/x/", "/v1/customers/x/redeemables/y", "/v2/campaigns"]
)
def test_an_unknown_path_is_not_found(voucherify: VoucherifyCaller, path: str) -> None:
    """A path that no operation has gives the vendor's 404."""
    answer = voucherify(path)
    assert answer.status_code == 404
    assert answer.json()["key"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/customers/x/redeemables", "GET"),
        ("DELETE", "/v1/campaigns", "GET"),
        ("GET", "/v1/oauth/token", "POST"),
        ("PATCH", "/v1/customers/x", "GET, PUT, DELETE"),
    ],
)
def test_a_wrong_method_is_not_allowed(
    voucherify: VoucherifyCaller, method: str, path: str, allowed: str
) -> None:
    """A known path under a wrong verb gives 405 and the verbs that would do."""
    answer = voucherify(path, method=method)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed
    assert answer.json()["code"] == 405


@pytest.mark.parametrize(
    "query",
    [
        {"limt": 1},
        {"page": 1},
        {"limit": 0},
        {"limit": 101},
        {"limit": "ten"},
        {"limit": "-1"},
        {"limit": ""},
        {"limit": "1.0"},
        {"order": "created_at"},
        {"order": ""},
        {"starting_after_id": "v_1"},
        {"starting_after_id": ""},
        {"starting_after": "rh_1"},
        {"filter[id][conditions][$is]": "rh_1"},
        {"[filters][id][conditions][$is]": "rh_1"},
        {"filters[status][conditions][$is]": "ACTIVE"},
        [("limit", 1), ("limit", 2)],
    ],
)
def test_a_bad_query_parameter_is_refused(voucherify: VoucherifyCaller, query: Any) -> None:
    """Unknown, repeated and unreadable parameters give 400 invalid_query_params."""
    member = voucherify.sandbox.member.voucherify_customer_id
    answer = voucherify(f"/v1/customers/{member}/redeemables", query)
    assert answer.status_code == 400
    error = answer.json()
    assert (error["code"], error["key"]) == (400, "invalid_query_params")
    assert error["request_id"].startswith("v-")


def test_plain_reads_take_no_unknown_parameters_either(voucherify: VoucherifyCaller) -> None:
    """The other reads refuse what they do not know as well."""
    member = voucherify.sandbox.member.voucherify_customer_id
    assert voucherify(f"/v1/customers/{member}", {"expand": 1}).status_code == 400
    assert voucherify("/v1/campaigns", {"starting_after_id": "x"}).status_code == 400


def test_other_media_types_are_not_acceptable(voucherify: VoucherifyCaller) -> None:
    """Only JSON is on offer."""
    headers = app_headers(voucherify.sandbox.voucherify)
    for accept, status in (("text/csv", 406), ("text/html, */*;q=0.1", 200)):
        answer = voucherify("/v1/campaigns", headers={**headers, "Accept": accept})
        assert answer.status_code == status


def test_an_oversized_body_gets_the_framework_envelope(sandbox: Sandbox) -> None:
    """A body over the documented size gives the error shape of the web framework."""
    answer = httpx.post(
        sandbox.voucherify_oauth["token_url"], content=b"x" * 10_485_761, trust_env=False
    )
    assert answer.status_code == 413
    assert answer.json() == {
        "statusCode": 413,
        "error": "Request Entity Too Large",
        "message": "Payload content length greater than maximum allowed: 10485760",
    }


# Rate limit


def test_every_answer_tells_the_rate_limit(voucherify: VoucherifyCaller) -> None:
    """Limit, remaining calls and the time of the next call are on successes and errors."""
    answers = [
        voucherify("/v1/campaigns"),
        voucherify("/x"),
        voucherify("/v1/campaigns", headers={}),
    ]
    remaining = [int(answer.headers["X-Rate-Limit-Remaining"]) for answer in answers]
    assert remaining == [remaining[0], remaining[0] - 1, remaining[0] - 2]
    for answer in answers:
        assert answer.headers["X-Rate-Limit-Limit"] == "100000"
        assert abs(int(answer.headers["X-Rate-Limit-Retry"]) - datetime.now(UTC).timestamp()) < 5
        assert "Retry-After" not in answer.headers


@pytest.mark.parametrize("kind", ["api_calls", "api_calls_cycle"])
def test_calls_beyond_the_limit_are_refused_until_the_period_ends(kind: Any) -> None:
    """A 429 says when to come back, and then the calls count anew."""
    clock = MovableClock(datetime(2026, 5, 1, 12, 0, tzinfo=UTC))
    sandbox = Sandbox(
        now=clock,
        voucherify_rate_limit=2,
        voucherify_rate_period=90,
        voucherify_rate_limit_type=kind,
    )
    request = Request.parse("GET", "/voucherify/v1/campaigns")
    assert [sandbox.answer(request).status for _ in range(2)] == [401, 401]
    clock.advance(seconds=20)
    refused = sandbox.answer(request)
    headers = dict(refused.headers)
    assert refused.status == 429
    assert refused.body == b'{"code":429,"message":"Too many requests hit the API too quickly."}'
    assert headers["Retry-After"] == "70"
    assert headers["X-Rate-Limit-Type"] == kind
    assert headers["X-Rate-Limit-Remaining"] == "0"
    retry = datetime.fromtimestamp(int(headers["X-Rate-Limit-Retry"]), UTC)
    assert retry == datetime(2026, 5, 1, 12, 1, 30, tzinfo=UTC)
    clock.advance(seconds=69)
    assert sandbox.answer(request).status == 429
    clock.advance(seconds=1)
    assert sandbox.answer(request).status == 401


# Redeemables


def test_the_envelope_is_the_documented_one(voucherify: VoucherifyCaller) -> None:
    """A page names its list, its items, the total and whether there is more."""
    member = voucherify.sandbox.member.voucherify_customer_id
    page = voucherify.redeemables(member)
    assert list(page) == [
        "object",
        "data_ref",
        "data",
        "total",
        "has_more",
        "more_starting_after",
    ]
    assert (page["object"], page["data_ref"], page["total"]) == ("list", "data", 18)
    assert len(page["data"]) == 10
    assert page["has_more"] is True
    assert page["more_starting_after"] == page["data"][-1]["id"]
    last = voucherify.redeemables(member, {"starting_after_id": page["more_starting_after"]})
    assert len(last["data"]) == 8
    assert (last["total"], last["has_more"]) == (18, False)
    assert "more_starting_after" not in last


def test_a_customer_without_redeemables_has_an_empty_page(voucherify: VoucherifyCaller) -> None:
    """An empty list is a page with nothing in it."""
    empty = voucherify.sandbox.members.empty.voucherify_customer_id
    assert voucherify.redeemables(empty) == {
        "object": "list",
        "data_ref": "data",
        "data": [],
        "total": 0,
        "has_more": False,
    }


def test_the_source_id_will_do(voucherify: VoucherifyCaller) -> None:
    """The merchant's id works when it is fully encoded, and only then."""
    awkward = voucherify.sandbox.members.awkward
    assert "/" in awkward.voucherify_source_id
    page = voucherify.redeemables(quote(awkward.voucherify_source_id, safe=""))
    assert {item["customer_id"] for item in page["data"]} == {awkward.voucherify_customer_id}
    half = quote(awkward.voucherify_source_id, safe="/")
    assert voucherify(f"/v1/customers/{half}/redeemables").status_code == 404


def test_both_orders_are_by_id(voucherify: VoucherifyCaller) -> None:
    """`id` ascends, `-id` descends, and walking gives every item once."""
    member = voucherify.sandbox.member.voucherify_customer_id
    ascending = walk(voucherify, member, order="id", limit=7)
    assert ascending == sorted(ascending)
    assert len(set(ascending)) == 18
    assert walk(voucherify, member, order="-id", limit=5) == ascending[::-1]


@pytest.mark.parametrize("order", ["id", "-id"])
def test_the_default_order_is_a_switch(voucherify: VoucherifyCaller, order: Any) -> None:
    """Without `order` the switch decides."""
    member = voucherify.sandbox.member.voucherify_customer_id
    voucherify.sandbox.turn(voucherify_default_order=order)
    assert walk(voucherify, member) == walk(voucherify, member, order=order)


@pytest.mark.parametrize("told", [True, False])
def test_the_cursor_may_be_left_out(voucherify: VoucherifyCaller, told: bool) -> None:
    """With the switch off a page that has more does not say after which id."""
    member = voucherify.sandbox.member.voucherify_customer_id
    voucherify.sandbox.turn(voucherify_more_starting_after=told)
    page = voucherify.redeemables(member, {"limit": 3})
    assert page["has_more"] is True
    assert ("more_starting_after" in page) is told
    assert len(walk(voucherify, member, limit=3)) == 18


def test_a_long_list_can_be_walked(voucherify: VoucherifyCaller) -> None:
    """The heavy customer's thousands come in pages of a hundred, each item once."""
    heavy = voucherify.sandbox.members.heavy.voucherify_customer_id
    ids = walk(voucherify, heavy, limit=100)
    assert len(ids) == len(set(ids)) == 2500
    assert voucherify.sandbox.count("voucherify.list-customer-redeemables") == 25


def test_filters_count_in_the_total_and_in_the_pages(voucherify: VoucherifyCaller) -> None:
    """`total` is the number of all matches, whatever the page."""
    member = voucherify.sandbox.member.voucherify_customer_id
    query = {
        "filters[voucher_type][conditions][$in][0]": "GIFT_VOUCHER",
        "filters[voucher_type][conditions][$in][1]": "LOYALTY_CARD",
        "limit": 1,
    }
    page = voucherify.redeemables(member, query)
    assert (page["total"], len(page["data"]), page["has_more"]) == (4, 1, True)
    assert len(walk(voucherify, member, **query)) == 4


def test_a_cursor_outlives_its_item() -> None:
    """Walking goes on when the item that the cursor names has been removed meanwhile."""
    sandbox = Sandbox()
    member = sandbox.member.voucherify_customer_id
    ids = [held.id for held in sandbox.voucherify_state.redeemables(member)]
    sandbox.voucherify_state.remove_redeemable(member, ids[4])
    added = sandbox.voucherify_state.add_redeemable(member)
    with sandbox, httpx.Client(trust_env=False) as client:
        call = VoucherifyCaller(sandbox, client)
        assert walk(call, member, order="id", starting_after_id=ids[4]) == [*ids[5:], added]
    with pytest.raises(LookupError):
        sandbox.voucherify_state.remove_redeemable(member, ids[4])


# Plain reads


def test_a_customer_can_be_read(voucherify: VoucherifyCaller) -> None:
    """A customer is found by either identifier."""
    member = voucherify.sandbox.member
    by_id = voucherify(f"/v1/customers/{member.voucherify_customer_id}").json()
    by_source = voucherify(f"/v1/customers/{quote(member.voucherify_source_id)}").json()
    assert by_id == by_source
    assert by_id["object"] == "customer"
    assert by_id["metadata"] == {"synthetic": True}


def test_campaigns_come_in_numbered_pages(voucherify: VoucherifyCaller) -> None:
    """Campaigns have pages from 1, newest first, their own data_ref and no has_more."""
    first = voucherify("/v1/campaigns", {"limit": 20}).json()
    second = voucherify("/v1/campaigns", {"limit": 20, "page": 2}).json()
    assert set(first) == {"object", "data_ref", "campaigns", "total"}
    assert (first["data_ref"], first["total"]) == ("campaigns", 25)
    assert len(first["campaigns"]) == 20
    both = [one["created_at"] for one in first["campaigns"] + second["campaigns"]]
    assert both == sorted(both, reverse=True)
    assert len(both) == 25
    assert voucherify("/v1/campaigns", {"page": 3, "limit": 20}).json()["campaigns"] == []
    oldest = voucherify("/v1/campaigns", {"order": "created_at", "limit": 1}).json()
    assert oldest["campaigns"][0]["created_at"] == both[-1]


def test_campaigns_can_be_narrowed_by_type(voucherify: VoucherifyCaller) -> None:
    """`campaign_type` keeps one type and refuses an unknown one."""
    page = voucherify("/v1/campaigns", {"campaign_type": "LOYALTY_PROGRAM"}).json()
    assert page["total"] == 5
    assert {one["campaign_type"] for one in page["campaigns"]} == {"LOYALTY_PROGRAM"}
    for query in ({"campaign_type": "GAMES"}, {"page": 0}, {"page": 101}, {"order": "name"}):
        assert voucherify("/v1/campaigns", query).status_code == 400


def test_a_bearer_token_may_stand_instead_of_keys(voucherify: VoucherifyCaller) -> None:
    """A token of the right scope opens the same calls."""
    token = voucherify.token("customers").json()["access_token"]
    member = voucherify.sandbox.member.voucherify_customer_id
    answer = voucherify(f"/v1/customers/{member}/redeemables", headers=bearer(token))
    assert answer.status_code == 200
