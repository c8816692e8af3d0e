"""Vouchers over the socket: made, changed, switched, listed, taken away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loyalty_sdk.sandbox.voucherify.known import OPERATIONS

from ..helpers import VoucherifyCaller, app_headers
from .things import card, coupon, fresh, gift


def test_a_voucher_is_made_with_a_code(voucherify: VoucherifyCaller) -> None:
    """It can be had by its code and by its id, and nobody holds it."""
    code = coupon(voucherify, metadata={"season": "winter"})
    voucher = voucherify.get(f"/v1/vouchers/{code}")
    assert voucher["discount"] == {"type": "PERCENT", "percent_off": 10}
    assert voucher["redemption"]["quantity"] == 1
    assert voucher["holder_id"] is None
    assert voucher["publish"]["count"] == 0
    assert voucherify.get(f"/v1/vouchers/{voucher['id']}") == voucher


def test_a_code_is_taken_once(voucherify: VoucherifyCaller) -> None:
    """A second voucher with the same code is a conflict."""
    code = coupon(voucherify)
    body = {"type": "LOYALTY_CARD", "loyalty_card": {"points": 1}}
    assert voucherify.refusal("POST", f"/v1/vouchers/{code}", body) == (409, "duplicate_found")


@pytest.mark.parametrize(
    ("config", "begins", "length"),
    [
        (None, "", 8),
        ({"length": 5, "prefix": "P-", "postfix": "-S", "charset": "A"}, "P-AAAAA-S", 9),
        ({"pattern": "X-##", "charset": "7"}, "X-77", 4),
    ],
)
def test_a_code_is_drawn(
    voucherify: VoucherifyCaller, config: Any, begins: str, length: int
) -> None:
    """Its form is as asked for."""
    body = {"type": "GIFT_VOUCHER", "gift": {"amount": 100}, "code_config": config}
    code = voucherify.post("/v1/vouchers", body)["code"]
    assert code.startswith(begins)
    assert len(code) == length
    assert voucherify("/v1/vouchers/" + code, method="DELETE").status_code == 204


def test_a_code_may_be_given_all_the_same(voucherify: VoucherifyCaller) -> None:
    """Where the body has a code none is drawn."""
    code = fresh("GIVEN")
    body = {"type": "LOYALTY_CARD", "loyalty_card": {}, "code": code}
    assert voucherify.post("/v1/vouchers", body)["code"] == code


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "type"),
        ({"type": "COUPON"}, "type"),
        ({"type": "GIFT_VOUCHER"}, "gift"),
        ({"type": "GIFT_VOUCHER", "gift": {"amount": "5"}}, "gift.amount"),
        ({"type": "GIFT_VOUCHER", "gift": {"amount": True}}, "gift.amount"),
        ({"type": "LOYALTY_CARD", "loyalty_card": []}, "loyalty_card"),
        ({"type": "LOYALTY_CARD", "loyalty_card": {"points": 1.5}}, "loyalty_card.points"),
        ({"type": "LOYALTY_CARD", "active": "yes"}, "active"),
        ({"type": "LOYALTY_CARD", "start_date": "soon"}, "start_date"),
        ({"type": "LOYALTY_CARD", "validation_rules": ["a", 5]}, "validation_rules[1]"),
        ({"type": "LOYALTY_CARD", "validation_rules": "a"}, "validation_rules"),
        ({"type": "LOYALTY_CARD", "validity_day_of_week": [1] * 8}, "validity_day_of_week"),
        ({"type": "LOYALTY_CARD", "colour": "red"}, "colour"),
        ({"type": "LOYALTY_CARD", "additional_info": 5}, "additional_info"),
    ],
)
def test_a_body_that_is_not_as_documented(
    voucherify: VoucherifyCaller, body: Any, field: str
) -> None:
    """It is refused with the name of the field."""
    answer = voucherify(f"/v1/vouchers/{fresh('BAD')}", method="POST", json=body)
    assert (answer.status_code, answer.json()["key"]) == (400, "invalid_payload")
    assert f".{field} " in answer.json()["details"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'"text"', b"null"])
def test_a_body_that_is_no_object(voucherify: VoucherifyCaller, content: bytes) -> None:
    """The vendor's web framework refuses it, with an error of another shape."""
    headers = {**app_headers(voucherify.sandbox.voucherify), "content-type": "application/json"}
    url = voucherify.sandbox.voucherify["base_url"] + "/v1/vouchers/A"
    answer = voucherify.http.put(url, content=content, headers=headers)
    if answer.status_code == 404:  # the voucher is looked for first
        answer = voucherify.http.post(url, content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {
        "statusCode": 400,
        "error": "Bad Request",
        "message": "Invalid request payload JSON format",
    }


def test_a_body_of_another_kind(voucherify: VoucherifyCaller) -> None:
    """Only JSON is taken."""
    answer = voucherify("/v1/events", method="POST", data={"event": "x"})
    assert answer.status_code == 415


def test_a_voucher_is_changed(voucherify: VoucherifyCaller) -> None:
    """What is named is changed, null clears it, and metadata are added to."""
    code = coupon(voucherify, metadata={"a": 1}, additional_info="x", category="c")
    body = {
        "additional_info": None,
        "metadata": {"b": 2},
        "expiration_date": "2020-01-01",
    }
    changed = voucherify(f"/v1/vouchers/{code}", method="PUT", json=body).json()
    assert changed["additional_info"] is None
    assert changed["metadata"] == {"a": 1, "b": 2}
    assert changed["category"] == "c"
    assert changed["expiration_date"] == "2020-01-01T00:00:00.000Z"
    assert changed["updated_at"] is not None
    assert voucherify.refusal("PUT", f"/v1/vouchers/{code}", {"type": "X"})[0] == 400
    gift_code = gift(voucherify)
    body = {"gift": {"effect": "APPLY_TO_ITEMS"}}
    changed = voucherify(f"/v1/vouchers/{gift_code}", method="PUT", json=body).json()
    assert changed["gift"]["effect"] == "APPLY_TO_ITEMS"


def test_a_voucher_is_switched_off_and_on(voucherify: VoucherifyCaller) -> None:
    """Twice is like once."""
    code = coupon(voucherify)
    for switch, active in (("disable", False), ("disable", False), ("enable", True)):
        assert voucherify.post(f"/v1/vouchers/{code}/{switch}")["active"] is active


def test_a_change_shows_in_what_the_holder_has(voucherify: VoucherifyCaller) -> None:
    """A customer's redeemable is the same voucher, with a status of its own."""
    member = voucherify.sandbox.members.awkward.voucherify_customer_id
    held = voucherify.redeemables(member)["data"][0]["redeemable"]
    code = held["voucher"]["code"]
    voucherify.post(f"/v1/vouchers/{code}/disable")
    try:
        found = voucherify.redeemables(member)["data"][0]["redeemable"]
        assert (found["status"], found["voucher"]["active"]) == ("DISABLED", False)
    finally:
        voucherify.post(f"/v1/vouchers/{code}/enable")
    assert voucherify.redeemables(member)["data"][0]["redeemable"]["status"] == held["status"]


@pytest.mark.parametrize("force", [None, "true", "false"])
def test_a_voucher_is_taken_away(voucherify: VoucherifyCaller, force: str | None) -> None:
    """It is gone, and cannot be taken away again."""
    code = coupon(voucherify)
    query = {} if force is None else {"force": force}
    answer = voucherify(f"/v1/vouchers/{code}", query, method="DELETE")
    assert (answer.status_code, answer.content) == (204, b"")
    assert voucherify.refusal("GET", f"/v1/vouchers/{code}") == (404, "not_found")
    assert voucherify.refusal("DELETE", f"/v1/vouchers/{code}")[0] == 404
    assert voucherify.refusal("DELETE", f"/v1/vouchers/{code}", query={"force": "yes"})[0] == 400


def test_a_balance_goes_up_and_down(voucherify: VoucherifyCaller) -> None:
    """Each change is a transaction; nothing goes below zero, and a coupon has no balance."""
    code = gift(voucherify, 1000)
    path = f"/v1/vouchers/{code}/balance"
    more = voucherify.post(path, {"amount": 500, "reason": "a gesture", "source_id": "t-1"})
    assert (more["balance"], more["total"], more["amount"]) == (1500, 1500, 500)
    less = voucherify.post(path, {"amount": -700})
    assert (less["balance"], less["total"]) == (800, 1500)
    assert voucherify.get(f"/v1/vouchers/{code}")["gift"]["subtracted_amount"] == 700
    assert voucherify.refusal("POST", path, {"amount": -801}) == (400, "invalid_payload")
    assert voucherify.refusal("POST", path, {}) == (400, "invalid_payload")
    other = f"/v1/vouchers/{coupon(voucherify)}/balance"
    assert voucherify.refusal("POST", other, {"amount": 1})[0] == 400
    rows = voucherify.get(f"/v1/vouchers/{code}/transactions", {"order": "id"})["data"]
    assert [row["type"] for row in rows] == ["CREDITS_ADDITION", "CREDITS_REMOVAL"]
    assert (rows[0]["reason"], rows[0]["source_id"]) == ("a gesture", "t-1")


def test_points_are_counted_alike(voucherify: VoucherifyCaller) -> None:
    """A loyalty card has points for credits."""
    code = card(voucherify, 300)
    found = voucherify.post(f"/v1/vouchers/{code}/balance", {"amount": -50})
    assert (found["type"], found["balance"], found["total"]) == ("loyalty_card", 250, 300)
    (row,) = voucherify.get(f"/v1/vouchers/{code}/transactions")["data"]
    assert row["type"] == "POINTS_REMOVAL"
    assert row["details"]["balance"]["points"] == -50


@pytest.mark.parametrize("says_cursor", [True, False])
def test_transactions_have_pages(voucherify: VoucherifyCaller, says_cursor: bool) -> None:
    """They go on behind an id, newest first; the vendor leaves its cursor out at times."""
    voucherify.sandbox.turn(voucherify_more_starting_after=says_cursor)
    code = gift(voucherify)
    for amount in range(1, 4):
        voucherify.post(f"/v1/vouchers/{code}/balance", {"amount": amount})
    path = f"/v1/vouchers/{code}/transactions"
    first = voucherify.get(path, {"limit": 2})
    assert first["has_more"]
    assert ("more_starting_after" in first) is says_cursor
    rest = voucherify.get(path, {"limit": 2, "starting_after_id": first["data"][-1]["id"]})
    amounts = [r["details"]["balance"]["amount"] for r in (*first["data"], *rest["data"])]
    assert amounts == [3, 2, 1]
    assert rest["has_more"] is False


def test_the_list_has_everything(voucherify: VoucherifyCaller) -> None:
    """What customers hold and what was made since, newest first, up to page 99."""
    newest = coupon(voucherify)
    found = voucherify.get("/v1/vouchers", {"limit": 2})
    assert found["vouchers"][0]["code"] == newest
    assert found["total"] > 4000
    assert found["data_ref"] == "vouchers"
    second = voucherify.get("/v1/vouchers", {"limit": 1, "page": 2})["vouchers"]
    assert second == found["vouchers"][1:]
    assert voucherify.refusal("GET", "/v1/vouchers", query={"page": 100}) == (
        400,
        "page_over_limit",
    )


def test_the_list_can_be_narrowed(voucherify: VoucherifyCaller) -> None:
    """By code, campaign, customer, date, ids and filters."""
    spring = fresh("Spring")
    one, other = coupon(voucherify, campaign=spring), coupon(voucherify, metadata={"a": "x"})

    def codes(**query: Any) -> list[str]:
        return [v["code"] for v in voucherify.get("/v1/vouchers", query)["vouchers"]]

    identifier = voucherify.get(f"/v1/vouchers/{other}")["id"]
    assert codes(code=one) == [one]
    assert codes(campaign=spring) == [one]
    assert codes(**{"ids[0]": identifier}) == [other]
    assert codes(**{"filters[code][conditions][$in][0]": one}) == [one]
    member = voucherify.sandbox.members.awkward.voucherify_customer_id
    assert len(codes(customer=member)) == 3
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert codes(**{"created_at[after]": tomorrow}) == []
    assert codes(**{"created_at[before]": tomorrow, "code": one}) == [one]
    assert codes(**{"updated_at[after]": tomorrow}) == []
    assert codes(code=one, order="code") == [one]
    for bad in ({"created_at[after]": "soon"}, {"order": "type"}, {"colour": "red"}, {"page": 0}):
        assert voucherify.refusal("GET", "/v1/vouchers", query=bad)[0] == 400


def test_weak_keys_may_do_nothing(voucherify: VoucherifyCaller) -> None:
    """Reading and changing need their own permissions."""
    weak = app_headers(voucherify.sandbox.voucherify_powerless)
    for method, permission in (("GET", "vouchers.read"), ("DELETE", "vouchers.modify")):
        answer = voucherify("/v1/vouchers/A", method=method, headers=weak)
        assert answer.status_code == 403
        assert permission in answer.json()["details"]


def test_each_operation_has_a_name_of_its_own() -> None:
    """The record and the fault plans go by it."""
    assert len(set(OPERATIONS)) == len(OPERATIONS)
