"""Validations, sessions, redemptions and rollbacks over the socket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock, VoucherifyCaller
from .things import card, coupon, fresh, gift, named, shopper

LOCK = {"type": "LOCK"}


def reasons(validation: Any) -> list[str]:
    """Why nothing is applied."""
    rows = validation["redeemables"]
    return [row["result"]["error"]["key"] for row in rows if row["status"] == "INAPPLICABLE"]


@pytest.fixture
def lonely(http: Any) -> Any:
    """A sandbox of the test's own, whose clock can be moved."""
    clock = MovableClock(datetime(2026, 5, 1, 12, tzinfo=UTC))
    with Sandbox(now=clock) as sandbox:
        yield VoucherifyCaller(sandbox, http), clock


@pytest.mark.parametrize(
    ("discount", "off"),
    [
        ({"type": "AMOUNT", "amount_off": 300}, 300),
        ({"type": "AMOUNT", "amount_off": 99_999}, 1000),
        ({"type": "PERCENT", "percent_off": 12.5}, 125),
        ({"type": "PERCENT", "percent_off": 50, "amount_limit": 200}, 200),
        ({"type": "FIXED", "fixed_amount": 700}, 300),
        ({"type": "FIXED", "fixed_amount": 2000}, 0),
        ({"type": "UNIT", "unit_off": 1}, 0),
    ],
)
def test_what_a_discount_takes_off(voucherify: VoucherifyCaller, discount: Any, off: int) -> None:
    """Never more than the order costs."""
    code = coupon(voucherify, discount=discount)
    found = voucherify.post("/v1/validations", named(code, order={"amount": 1000}))
    assert found["valid"] is True
    assert found["order"]["total_discount_amount"] == off
    assert found["order"]["total_amount"] == 1000 - off
    assert found["redeemables"][0]["result"] == {"discount": discount}


def test_an_order_costs_what_its_items_cost(voucherify: VoucherifyCaller) -> None:
    """Price times quantity, or the line's own amount."""
    items = [{"price": 200, "quantity": 3}, {"amount": 400, "product_id": "p"}]
    found = voucherify.post("/v1/validations", named(coupon(voucherify), order={"items": items}))
    assert found["order"]["amount"] == 1000
    assert [item["amount"] for item in found["order"]["items"]] == [600, 400]


def test_several_are_applied_one_after_the_other(voucherify: VoucherifyCaller) -> None:
    """The second takes its part of what the first has left."""
    codes = coupon(voucherify), coupon(voucherify), gift(voucherify, 500)
    found = voucherify.post("/v1/validations", named(*codes, order={"amount": 1000}))
    assert [row["order"]["total_discount_amount"] for row in found["redeemables"]] == [
        100,
        190,
        690,
    ]
    assert found["redeemables"][2]["result"] == {"gift": {"balance": 500, "credits": 500}}


def test_an_expansion_shows_more(voucherify: VoucherifyCaller) -> None:
    """Metadata and campaign come where they are asked for."""
    code = coupon(voucherify, metadata={"a": 1}, campaign="Spring")
    plain = voucherify.post("/v1/validations", named(code))["redeemables"][0]
    more = named(code, options={"expand": ["redeemable"]})
    expanded = voucherify.post("/v1/validations", more)["redeemables"][0]
    assert "metadata" not in plain
    assert (expanded["metadata"], expanded["campaign_name"]) == ({"a": 1}, "Spring")


def test_a_no_is_no_error(voucherify: VoucherifyCaller) -> None:
    """The answer is a 200 that says no, and why."""
    off, over = coupon(voucherify, active=False), coupon(voucherify)
    voucherify(f"/v1/vouchers/{over}", method="PUT", json={"expiration_date": "2020-01-01"})
    later = coupon(voucherify, start_date="2999-01-01T00:00:00Z")
    used = coupon(voucherify, redemption={"quantity": 0})
    found = voucherify.post("/v1/validations", named(off, over, later, used, "NO-SUCH-CODE"))
    assert found["valid"] is False
    assert "order" not in found
    assert reasons(found) == [
        "voucher_disabled",
        "voucher_expired",
        "voucher_not_active",
        "quantity_exceeded",
        "not_found",
    ]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({}, "missing_redeemables"),
        ({"redeemables": []}, "missing_redeemables"),
        ({"redeemables": [{"object": "voucher"}]}, "invalid_payload"),
        (named("A", "A"), "duplicated_redeemables"),
        (named(*[f"A{n}" for n in range(31)]), "invalid_payload"),
        (named("A", session={"type": "KEY"}), "invalid_payload"),
        (named("A", order={"items": [{"prise": 1}]}), "invalid_payload"),
    ],
)
def test_a_request_that_makes_no_sense(voucherify: VoucherifyCaller, body: Any, key: str) -> None:
    """It is an error, unlike a no."""
    for path in ("/v1/validations", "/v1/redemptions"):
        assert voucherify.refusal("POST", path, body) == (400, key)


def test_a_part_may_be_enough(voucherify: VoucherifyCaller) -> None:
    """Under PARTIAL what can be applied is, and the rest is told apart."""
    voucherify.sandbox.turn(voucherify_application_mode="PARTIAL")
    good, bad = coupon(voucherify), coupon(voucherify, active=False)
    body = named(good, bad, order={"amount": 1000})
    found = voucherify.post("/v1/validations", body)
    assert found["valid"] is True
    assert [row["id"] for row in found["redeemables"]] == [good]
    assert [row["id"] for row in found["inapplicable_redeemables"]] == [bad]
    redeemed = voucherify.post("/v1/redemptions", body)
    assert [row["voucher"]["code"] for row in redeemed["redemptions"]] == [good]
    assert [row["id"] for row in redeemed["inapplicable_redeemables"]] == [bad]
    assert voucherify.post("/v1/validations", named(bad))["valid"] is False
    assert voucherify.refusal("POST", "/v1/redemptions", named(bad)) == (400, "voucher_disabled")


# --- sessions


def test_a_session_holds_a_use(voucherify: VoucherifyCaller) -> None:
    """Nobody else can have it, until it is released or used with the key."""
    code = coupon(voucherify)
    session = voucherify.post("/v1/validations", named(code, session=LOCK))["session"]
    assert (session["type"], session["ttl"], session["ttl_unit"]) == ("LOCK", 7, "DAYS")
    assert session["key"].startswith("ssn_")
    assert reasons(voucherify.post("/v1/validations", named(code))) == ["quantity_exceeded"]
    assert voucherify.refusal("POST", "/v1/redemptions", named(code)) == (400, "quantity_exceeded")
    mine = {"key": session["key"]}
    assert voucherify.post("/v1/validations", named(code, session=mine))["valid"] is True
    found = voucherify.post("/v1/redemptions", named(code, session=mine))
    assert found["redemptions"][0]["session"] == mine


def test_a_session_is_released(voucherify: VoucherifyCaller) -> None:
    """Afterwards others can have what it held; there is nothing to release twice."""
    code, key = coupon(voucherify), fresh("session")
    voucherify.post("/v1/validations", named(code, session={**LOCK, "key": key}))
    path = f"/v1/vouchers/{code}/sessions/{key}"
    assert voucherify(path, method="DELETE").status_code == 204
    assert voucherify.post("/v1/validations", named(code))["valid"] is True
    assert voucherify.refusal("DELETE", path) == (404, "not_found")


def test_one_key_is_one_session(voucherify: VoucherifyCaller) -> None:
    """A second validation with the key takes the place of the first: nothing is held twice."""
    code, session = gift(voucherify, 1000), {**LOCK, "key": fresh("session")}
    body = named(code, order={"amount": 600}, session=session)
    for _ in range(2):
        assert voucherify.post("/v1/validations", body)["valid"] is True
    rest = voucherify.post("/v1/validations", named(code, order={"amount": 1000}))
    assert rest["redeemables"][0]["result"]["gift"]["credits"] == 400


def test_a_no_holds_nothing(voucherify: VoucherifyCaller) -> None:
    """What cannot be redeemed begins no session."""
    good, bad = coupon(voucherify), coupon(voucherify, active=False)
    assert "session" not in voucherify.post("/v1/validations", named(good, bad, session=LOCK))
    assert voucherify.post("/v1/validations", named(good))["valid"] is True


@pytest.mark.parametrize(
    ("session", "alive", "over"),
    [
        ({}, {"days": 6}, {"days": 1}),
        ({"ttl": 3, "ttl_unit": "HOURS"}, {"hours": 2}, {"hours": 1}),
        ({"ttl": 90, "ttl_unit": "SECONDS"}, {"seconds": 89}, {"seconds": 1}),
    ],
)
def test_a_session_ends(lonely: Any, session: Any, alive: Any, over: Any) -> None:
    """After seven days, unless it was told otherwise."""
    voucherify, clock = lonely
    code = coupon(voucherify)
    voucherify.post("/v1/validations", named(code, session={**LOCK, **session}))
    clock.advance(**alive)
    assert voucherify.post("/v1/validations", named(code))["valid"] is False
    clock.advance(**over)
    assert voucherify.post("/v1/validations", named(code))["valid"] is True


# --- redeeming


def test_a_coupon_is_used_up(voucherify: VoucherifyCaller) -> None:
    """A second redemption fails, and is written down as failed."""
    code, whom = coupon(voucherify), shopper()
    body = named(code, order={"amount": 1000, "source_id": fresh("order")}, customer=whom)
    found = voucherify.post("/v1/redemptions", {**body, "metadata": {"till": 7}})
    (entry,) = found["redemptions"]
    assert (entry["result"], entry["status"], entry["metadata"]) == (
        "SUCCESS",
        "SUCCEEDED",
        {"till": 7},
    )
    assert entry["customer"]["source_id"] == whom["source_id"]
    assert entry["order"] == found["order"]
    assert "parent_redemption" not in found
    answer = voucherify("/v1/redemptions", method="POST", json=body)
    assert (answer.status_code, answer.json()["key"]) == (400, "quantity_exceeded")
    failed = voucherify.get(f"/v1/redemptions/{answer.json()['resource_id']}")
    assert (failed["result"], failed["failure_code"]) == ("FAILURE", "quantity_exceeded")
    entries = voucherify.get(f"/v1/vouchers/{code}/redemption")
    assert (entries["quantity"], entries["redeemed_quantity"], entries["total"]) == (1, 1, 2)
    assert [one["id"] for one in entries["redemption_entries"]] == [entry["id"], failed["id"]]


def test_credits_are_taken_and_given_back(voucherify: VoucherifyCaller) -> None:
    """A gift card pays what it can; a rollback gives it back, once."""
    code, order = gift(voucherify, 5000), fresh("order")
    body = named(code, order={"amount": 1200, "source_id": order})
    (entry,) = voucherify.post("/v1/redemptions", body)["redemptions"]
    assert (entry["amount"], entry["gift"]) == (1200, {"amount": 1200})
    voucher = voucherify.get(f"/v1/vouchers/{code}")
    assert voucher["gift"]["balance"] == 3800
    assert voucher["redemption"]["redeemed_amount"] == 1200
    assert voucherify.get(f"/v1/orders/{order}")["total_amount"] == 0
    back = voucherify.post(f"/v1/redemptions/{entry['id']}/rollback", {"reason": "returned"})
    assert (back["object"], back["amount"], back["reason"]) == (
        "redemption_rollback",
        -1200,
        "returned",
    )
    voucher = voucherify.get(f"/v1/vouchers/{code}")
    assert voucher["gift"]["balance"] == 5000
    assert voucher["redemption"]["redeemed_quantity"] == 0
    assert voucherify.get(f"/v1/orders/{order}")["status"] == "CANCELED"
    assert voucherify.get(f"/v1/redemptions/{entry['id']}")["status"] == "ROLLED_BACK"
    again = voucherify.refusal("POST", f"/v1/redemptions/{entry['id']}/rollback", {})
    assert again == (400, "already_rolled_back")
    rows = voucherify.get(f"/v1/vouchers/{code}/transactions")["data"]
    assert [row["type"] for row in rows] == ["CREDITS_REFUND", "CREDITS_REDEMPTION"]
    assert rows[0]["details"]["rollback"] == {"id": back["id"]}


@pytest.mark.parametrize(
    ("make", "more", "key"),
    [
        (gift, {"gift": {"credits": 5001}}, "gift_amount_exceeded"),
        (card, {"reward": {"id": "rew_1", "points": 301}}, "loyalty_card_points_exceeded"),
    ],
)
def test_a_card_pays_no_more_than_it_has(
    voucherify: VoucherifyCaller, make: Any, more: Any, key: str
) -> None:
    """What was asked for explicitly is too much."""
    one = {"object": "voucher", "id": make(voucherify), **more}
    body = {"redeemables": [one], "order": {"amount": 9000}}
    assert reasons(voucherify.post("/v1/validations", body)) == [key]
    assert voucherify.refusal("POST", "/v1/redemptions", body) == (400, key)


def test_points_are_taken_and_given_back(voucherify: VoucherifyCaller) -> None:
    """A loyalty card has points for credits."""
    code = card(voucherify, 300)
    one = {"object": "voucher", "id": code, "reward": {"id": "rew_1", "points": 120}}
    (entry,) = voucherify.post("/v1/redemptions", {"redeemables": [one]})["redemptions"]
    assert entry["loyalty_card"] == {"points": 120}
    assert voucherify.get(f"/v1/vouchers/{code}")["loyalty_card"]["balance"] == 180
    voucherify.post(f"/v1/redemptions/{entry['id']}/rollback")
    assert voucherify.get(f"/v1/vouchers/{code}")["loyalty_card"]["balance"] == 300


def test_several_are_redeemed_and_undone_with_their_parent(voucherify: VoucherifyCaller) -> None:
    """A child cannot be undone alone; the parent undoes all."""
    codes = coupon(voucherify), gift(voucherify, 5000)
    found = voucherify.post("/v1/redemptions", named(*codes, order={"amount": 1000}))
    parent, children = found["parent_redemption"], found["redemptions"]
    assert [child["redemption"] for child in children] == [parent["id"]] * 2
    links = parent["related_redemptions"]["redemptions"]
    assert [link["id"] for link in links] == [child["id"] for child in children]
    assert found["order"]["total_amount"] == 0
    alone = voucherify.refusal("POST", f"/v1/redemptions/{children[0]['id']}/rollback", {})
    assert alone == (400, None)
    back = voucherify.post(f"/v1/redemptions/{parent['id']}/rollbacks", {"reason": "returned"})
    assert [one["redemption"] for one in back["rollbacks"]] == [one["id"] for one in children]
    assert back["parent_rollback"]["redemption"] == parent["id"]
    assert voucherify.get(f"/v1/vouchers/{codes[1]}")["gift"]["balance"] == 5000
    assert voucherify.refusal("POST", f"/v1/redemptions/{parent['id']}/rollbacks", {}) == (
        400,
        "already_rolled_back",
    )


def test_one_that_stands_alone_is_undone_either_way(voucherify: VoucherifyCaller) -> None:
    """The plural form takes it too, and has no parent then."""
    (entry,) = voucherify.post("/v1/redemptions", named(coupon(voucherify)))["redemptions"]
    back = voucherify.post(f"/v1/redemptions/{entry['id']}/rollbacks", query={"reason": "returned"})
    assert [one["reason"] for one in back["rollbacks"]] == ["returned"]
    assert "parent_rollback" not in back


def test_what_cannot_be_undone(lonely: Any) -> None:
    """A rollback, a failure, what nobody knows, and what is older than three months."""
    voucherify, clock = lonely
    code = coupon(voucherify)
    (entry,) = voucherify.post("/v1/redemptions", named(code))["redemptions"]
    answer = voucherify("/v1/redemptions", method="POST", json=named(code))
    failed = answer.json()["resource_id"]
    old = voucherify.post("/v1/redemptions", named(coupon(voucherify)))["redemptions"][0]
    back = voucherify.post(f"/v1/redemptions/{entry['id']}/rollback")
    for identifier in (back["id"], failed):
        path = f"/v1/redemptions/{identifier}/rollback"
        assert voucherify.refusal("POST", path, {}) == (400, None)
    assert voucherify.refusal("POST", "/v1/redemptions/r_none/rollback", {}) == (404, "not_found")
    clock.advance(days=93)
    path = f"/v1/redemptions/{old['id']}/rollback"
    assert voucherify.refusal("POST", path, {}) == (400, None)


def test_a_rollback_outlives_its_voucher(voucherify: VoucherifyCaller) -> None:
    """A voucher that was deleted since gets nothing back, and that is no error."""
    code = coupon(voucherify)
    (entry,) = voucherify.post("/v1/redemptions", named(code))["redemptions"]
    voucherify(f"/v1/vouchers/{code}", method="DELETE")
    assert voucherify.post(f"/v1/redemptions/{entry['id']}/rollback")["result"] == "SUCCESS"


def test_redemptions_are_listed(voucherify: VoucherifyCaller) -> None:
    """Newest first, in pages, by filters, up to page 99."""
    code, whom = coupon(voucherify), shopper()
    (entry,) = voucherify.post("/v1/redemptions", named(code, customer=whom))["redemptions"]
    voucherify("/v1/redemptions", method="POST", json=named(code))

    def found(**query: Any) -> list[str]:
        return [one["id"] for one in voucherify.get("/v1/redemptions", query)["redemptions"]]

    by_code = {"filters[voucher_code][conditions][$is]": code}
    failed, good = found(**by_code)
    assert good == entry["id"]
    assert failed.startswith("rf_")
    assert found(**by_code, order="created_at") == [good, failed]
    assert found(**by_code, result="FAILURE") == [failed]
    assert found(**by_code, limit=1, page=2) == [good]
    assert found(customer=entry["customer_id"]) == [good]
    assert found(**{"created_at[after]": "2999-01-01T00:00:00Z"}) == []
    assert found(**by_code, campaign="none") == []
    assert voucherify.refusal("GET", "/v1/redemptions", query={"page": 100})[1] == "page_over_limit"
    bad = {"filters[colour][conditions][$is]": "red"}
    assert voucherify.refusal("GET", "/v1/redemptions", query=bad)[0] == 400


def test_lists_are_as_long_as_they_should_be(voucherify: VoucherifyCaller) -> None:
    """The clock of the list is the sandbox's own."""
    before = datetime.now(UTC) - timedelta(minutes=1)
    voucherify.post("/v1/redemptions", named(coupon(voucherify)))
    query = {"created_at[after]": before.isoformat(), "limit": 1}
    assert voucherify.get("/v1/redemptions", query)["total"] >= 1
