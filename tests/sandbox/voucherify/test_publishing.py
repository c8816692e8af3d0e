"""Publications, qualifications, orders and events over the socket."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from ..helpers import VoucherifyCaller
from .things import coupon, fresh, gift, named, shopper


def campaign(voucherify: VoucherifyCaller, kind: str) -> str:
    """The id of a campaign of a type."""
    state = voucherify.sandbox.voucherify_state
    return next(one.id for one in state.campaigns if one.campaign_type == kind)


# --- publications


def test_a_voucher_is_published_once(voucherify: VoucherifyCaller) -> None:
    """The customer holds it then, and nobody can be given it again."""
    code, whom = coupon(voucherify), shopper()
    body = {"voucher": code, "customer": {**whom, "name": "Ada"}, "metadata": {"letter": 1}}
    found = voucherify.post("/v1/publications", body)
    assert found["voucher"]["code"] == code
    assert found["customer"]["name"] == "Ada"
    assert found["voucher"]["publish"]["count"] == 1
    (held,) = voucherify.redeemables(whom["source_id"])["data"]
    assert held["redeemable"]["voucher"]["holder_id"] == found["customer_id"]
    again = voucherify.refusal("POST", "/v1/publications", body)
    assert again == (400, "voucher_already_published")


@pytest.mark.parametrize(
    ("kind", "voucher_type"),
    [
        ("GIFT_VOUCHERS", "GIFT_VOUCHER"),
        ("LOYALTY_PROGRAM", "LOYALTY_CARD"),
        ("DISCOUNT_COUPONS", "DISCOUNT_VOUCHER"),
    ],
)
def test_a_campaign_makes_what_is_published(
    voucherify: VoucherifyCaller, kind: str, voucher_type: str
) -> None:
    """Each publication gets a voucher of the campaign's own kind."""
    body = {"campaign": {"name": campaign(voucherify, kind)}, "customer": shopper()}
    first, second = (voucherify.post("/v1/publications", body)["voucher"] for _ in range(2))
    assert first["type"] == voucher_type
    assert first["code"] != second["code"]


def test_join_once_gives_the_same_code(voucherify: VoucherifyCaller) -> None:
    """A customer who has one of the campaign gets that again."""
    name = campaign(voucherify, "GIFT_VOUCHERS")
    body = {"campaign": {"name": name}, "customer": shopper()}
    query = {"join_once": "true"}
    first, second = (voucherify.post("/v1/publications", body, query) for _ in range(2))
    assert first["voucher"]["code"] == second["voucher"]["code"]
    bad = {"join_once": "maybe"}
    assert voucherify.refusal("POST", "/v1/publications", body, bad)[0] == 400


def test_several_are_published_at_once(voucherify: VoucherifyCaller) -> None:
    """Then there are codes in place of a voucher."""
    name = campaign(voucherify, "DISCOUNT_COUPONS")
    body = {"campaign": {"name": name, "count": 3}, "customer": shopper()}
    found = voucherify.post("/v1/publications", body)
    assert len(found["vouchers"]) == len(found["vouchers_id"]) == 3
    assert "voucher" not in found
    body["campaign"] = {"name": name, "count": 21}
    assert voucherify.refusal("POST", "/v1/publications", body)[0] == 400


def test_a_source_id_is_taken_once(voucherify: VoucherifyCaller) -> None:
    """A POST refuses it; the GET gives what was published with it."""
    source_id, name = fresh("publication"), campaign(voucherify, "GIFT_VOUCHERS")
    whom = shopper()
    body = {"campaign": {"name": name}, "customer": whom, "source_id": source_id}
    first = voucherify.post("/v1/publications", body)
    again = voucherify.refusal("POST", "/v1/publications", body)
    assert again == (400, "duplicate_source_id")
    query = {
        "source_id": source_id,
        "customer[source_id]": whom["source_id"],
        "campaign[name]": name,
    }
    assert voucherify.get("/v1/publications/create", query)["id"] == first["id"]
    found = voucherify.get("/v1/publications", {"source_id": source_id})
    assert [one["id"] for one in found["publications"]] == [first["id"]]


def test_the_get_publishes_each_time_without_a_source_id(voucherify: VoucherifyCaller) -> None:
    """Though it is a GET it is a write: that is why nobody may repeat it."""
    query = {
        "customer[source_id]": shopper()["source_id"],
        "campaign": campaign(voucherify, "GIFT_VOUCHERS"),
        "join_once": "false",
    }
    first, second = (voucherify.get("/v1/publications/create", query) for _ in range(2))
    assert first["voucher"]["code"] != second["voucher"]["code"]
    counted = {"campaign[name]": query["campaign"], "campaign[count]": "2"}
    whom = {"customer[source_id]": shopper()["source_id"]}
    found = voucherify.get("/v1/publications/create", {**whom, **counted})
    assert len(found["vouchers"]) == 2
    for bad in ({"colour": "red"}, {"channel": "x"}, {"campaign[count]": "two"}):
        query = {**whom, **counted, **bad}
        assert voucherify.refusal("GET", "/v1/publications/create", query=query)[0] == 400


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"voucher": "A"}, (400, "invalid_payload")),
        ({"voucher": "A", "customer": {}}, (400, "invalid_customer")),
        ({"voucher": "A", "customer": {"id": "cust_none"}}, (404, "not_found")),
        ({"customer": {"source_id": "x"}}, (400, "invalid_payload")),
        (
            {"voucher": "A", "campaign": {"name": "B"}, "customer": {"source_id": "x"}},
            (400, "invalid_payload"),
        ),
        ({"voucher": "NO-SUCH", "customer": {"source_id": "x"}}, (404, "not_found")),
        ({"campaign": {"name": "none"}, "customer": {"source_id": "x"}}, (404, "not_found")),
    ],
)
def test_what_cannot_be_published(voucherify: VoucherifyCaller, body: Any, refusal: Any) -> None:
    """It must be clear what, and to whom."""
    assert voucherify.refusal("POST", "/v1/publications", body) == refusal


def test_a_voucher_that_is_switched_off_is_not_published(voucherify: VoucherifyCaller) -> None:
    """It is not suitable."""
    body = {"voucher": coupon(voucherify, active=False), "customer": shopper()}
    assert voucherify.refusal("POST", "/v1/publications", body) == (400, "voucher_disabled")


def test_publications_are_listed(voucherify: VoucherifyCaller) -> None:
    """By voucher, customer, kind and filters, newest first."""
    code = coupon(voucherify)
    made = voucherify.post("/v1/publications", {"voucher": code, "customer": shopper()})

    def found(**query: Any) -> list[str]:
        return [one["id"] for one in voucherify.get("/v1/publications", query)["publications"]]

    assert found(voucher=code) == [made["id"]]
    assert found(customer=made["customer_id"], voucher_type="discount") == [made["id"]]
    assert found(voucher=code, voucher_type="loyalty") == []
    assert found(voucher=code, is_referral_code="false") == [made["id"]]
    by = {"filters[customer_id][conditions][$is]": made["customer_id"]}
    assert found(**by, order="-id") == [made["id"]]
    assert found(limit=1)[0] == made["id"]
    assert voucherify.refusal("GET", "/v1/publications", query={"page": 1001}) == (
        400,
        "page_over_limit",
    )
    assert voucherify.get("/v1/publications", {"page": 1000})["publications"] == []


# --- qualifications


def test_what_a_customer_may_redeem(voucherify: VoucherifyCaller) -> None:
    """Only what can be redeemed now, newest first; the list goes on at a date."""
    member = voucherify.sandbox.members.heavy.voucherify_customer_id
    body: Any = {"customer": {"id": member}, "order": {"amount": 5000}, "options": {"limit": 3}}
    first = voucherify.post("/v1/qualifications", body)["redeemables"]
    assert (len(first["data"]), first["total"], first["has_more"]) == (3, 3, True)
    dates = [datetime.fromisoformat(one["created_at"]) for one in first["data"]]
    assert dates == sorted(dates, reverse=True)
    body["options"]["starting_after"] = first["more_starting_after"]
    second = voucherify.post("/v1/qualifications", body)["redeemables"]
    assert datetime.fromisoformat(second["data"][0]["created_at"]) < dates[-1]
    assert first["data"][0]["order"]["total_amount"] <= 5000


def test_the_default_is_five(voucherify: VoucherifyCaller) -> None:
    """And fifty is the most; without a customer there is nothing."""
    member = voucherify.sandbox.members.heavy.voucherify_customer_id
    body: Any = {"customer": {"id": member}}
    found = voucherify.post("/v1/qualifications", body)["redeemables"]["data"]
    assert len(found) == 5
    assert "order" not in found[0]
    for limit in (0, 51):
        bad = {**body, "options": {"limit": limit}}
        assert voucherify.refusal("POST", "/v1/qualifications", bad)[0] == 400
    assert voucherify.post("/v1/qualifications", {})["redeemables"]["data"] == []


def test_the_best_deal_comes_first(voucherify: VoucherifyCaller) -> None:
    """Or the least one."""
    member = voucherify.sandbox.member.voucherify_customer_id
    order = {"amount": 100_000}

    def offs(rule: str) -> list[int]:
        options = {"limit": 50, "sorting_rule": rule}
        body = {"customer": {"id": member}, "order": order, "options": options}
        rows = voucherify.post("/v1/qualifications", body)["redeemables"]["data"]
        return [row["order"]["total_applied_discount_amount"] for row in rows]

    assert offs("BEST_DEAL") == sorted(offs("BEST_DEAL"), reverse=True)
    assert offs("LEAST_DEAL") == offs("BEST_DEAL")[::-1] or offs("LEAST_DEAL") == sorted(
        offs("BEST_DEAL")
    )


def test_qualifications_are_filtered(voucherify: VoucherifyCaller) -> None:
    """By conditions in the body, which take lists."""
    member = voucherify.sandbox.member.voucherify_customer_id

    def kinds(**filters: Any) -> set[str]:
        options = {"limit": 50, "filters": filters}
        body = {"customer": {"id": member}, "options": options}
        rows = voucherify.post("/v1/qualifications", body)["redeemables"]["data"]
        return {next(iter(row["result"])) for row in rows}

    assert kinds(voucher_type={"conditions": {"$in": ["GIFT_VOUCHER"]}}) == {"gift"}
    both = {"voucher_type": {"conditions": {"$in": ["GIFT_VOUCHER", "LOYALTY_CARD"]}}}
    assert kinds(**both, junction="and") == {"gift", "loyalty_card"}
    for bad in (
        {"voucher_type": ["GIFT_VOUCHER"]},
        {"colour": {"conditions": {"$in": ["red"]}}},
    ):
        options = {"filters": bad}
        body = {"customer": {"id": member}, "options": options}
        assert voucherify.refusal("POST", "/v1/qualifications", body)[0] == 400


def test_a_qualification_shows_what_sessions_hold(voucherify: VoucherifyCaller) -> None:
    """Where it is asked about, the credits under a lock are told."""
    code, whom = gift(voucherify, 1000), shopper()
    voucherify.post("/v1/publications", {"voucher": code, "customer": whom})
    voucherify.post("/v1/validations", named(code, order={"amount": 400}, session={"type": "LOCK"}))
    body = {"customer": whom, "order": {"amount": 100}, "session": {"type": "LOCK"}}
    (found,) = voucherify.post("/v1/qualifications", body)["redeemables"]["data"]
    assert found["result"]["gift"] == {"balance": 1000, "credits": 100, "locked_credits": 400}


# --- orders and events


def test_an_order_is_made_once(voucherify: VoucherifyCaller) -> None:
    """The same source id, or id, changes it."""
    source_id, whom = fresh("order"), shopper()
    items = [{"price": 500, "quantity": 2}]
    body = {"source_id": source_id, "items": items, "customer": whom, "metadata": {"a": 1}}
    made = voucherify.post("/v1/orders", body)
    assert (made["amount"], made["status"], made["customer"]["object"]) == (
        1000,
        "CREATED",
        "customer",
    )
    again = voucherify.post("/v1/orders", {"source_id": source_id, "status": "PAID"})
    assert (again["id"], again["status"], again["amount"]) == (made["id"], "PAID", 1000)
    by_id = voucherify.post("/v1/orders", {"id": made["id"], "items": [{"amount": 700}]})
    assert (by_id["id"], by_id["amount"]) == (made["id"], 700)
    assert voucherify.get(f"/v1/orders/{source_id}") == voucherify.get(f"/v1/orders/{made['id']}")


def test_an_order_is_changed(voucherify: VoucherifyCaller) -> None:
    """What is left out stays as it is; an id cannot be changed."""
    made = voucherify.post("/v1/orders", {"amount": 1000, "metadata": {"a": 1}})
    path = f"/v1/orders/{made['id']}"
    changed = voucherify(path, method="PUT", json={"status": "FULFILLED"}).json()
    assert (changed["amount"], changed["status"], changed["metadata"]) == (
        1000,
        "FULFILLED",
        {"a": 1},
    )
    assert changed["created_at"] == made["created_at"]
    assert changed["updated_at"] is not None
    assert voucherify.refusal("PUT", path, {"id": "x"})[0] == 400
    assert voucherify.refusal("PUT", "/v1/orders/none", {}) == (404, "not_found")
    assert voucherify.refusal("GET", "/v1/orders/none") == (404, "not_found")


def test_orders_are_listed(voucherify: VoucherifyCaller) -> None:
    """Newest first, up to page 100."""
    first, second = (voucherify.post("/v1/orders", {"amount": n})["id"] for n in (1, 2))
    found = voucherify.get("/v1/orders", {"limit": 2})["orders"]
    assert [one["id"] for one in found] == [second, first]
    assert voucherify.get("/v1/orders", {"order": "created_at"})["orders"][0]["id"] != second
    assert voucherify.refusal("GET", "/v1/orders", query={"page": 101})[1] == "page_over_limit"


def test_an_event_makes_its_customer(voucherify: VoucherifyCaller) -> None:
    """Who did it is known from then on."""
    whom = {**shopper(), "name": "Bram"}
    found = voucherify.post("/v1/events", {"event": "visited", "customer": whom})
    assert (found["object"], found["type"], found["referral"]) == ("event", "visited", None)
    assert voucherify.get(f"/v1/customers/{whom['source_id']}")["name"] == "Bram"
    changed = voucherify.post("/v1/events", {"event": "e", "customer": {**whom, "name": "Ada"}})
    assert changed["customer"]["name"] == "Ada"
    assert changed["customer"]["id"] == found["customer"]["id"]
    for bad in ({"event": "e"}, {"customer": whom}, {"event": "e", "customer": {"name": "x"}}):
        assert voucherify.refusal("POST", "/v1/events", bad) == (400, "invalid_payload")


def test_a_customer_may_get_another_source_id(voucherify: VoucherifyCaller) -> None:
    """By the id: the old source id is nobody's then."""
    whom = shopper()
    made = voucherify.post("/v1/events", {"event": "e", "customer": whom})["customer"]
    renamed = {"id": made["id"], **shopper()}
    voucherify.post("/v1/events", {"event": "e", "customer": renamed})
    assert voucherify.get(f"/v1/customers/{renamed['source_id']}")["id"] == made["id"]
    assert voucherify.refusal("GET", f"/v1/customers/{whom['source_id']}")[0] == 404


def test_dates_are_days_too(voucherify: VoucherifyCaller) -> None:
    """A day alone begins in UTC."""
    tomorrow = (datetime.now() + timedelta(days=2)).date().isoformat()
    query = {"created_at[after]": tomorrow}
    assert voucherify.get("/v1/vouchers", query)["vouchers"] == []
