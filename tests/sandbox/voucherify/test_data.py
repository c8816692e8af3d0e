"""The synthetic data of Voucherify: every documented shape is there."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from loyalty_sdk.sandbox import Sandbox

ITEM_KEYS = [
    "id",
    "created_at",
    "redeemable_id",
    "redeemable_object",
    "customer_id",
    "holder_role",
    "campaign_id",
    "campaign_type",
    "voucher_type",
    "redeemable",
]
VOUCHER_KEYS = {
    "id",
    "code",
    "campaign",
    "campaign_id",
    "category",
    "category_id",
    "categories",
    "type",
    "discount",
    "gift",
    "loyalty_card",
    "start_date",
    "expiration_date",
    "validity_timeframe",
    "validity_hours",
    "validity_day_of_week",
    "active",
    "additional_info",
    "metadata",
    "assets",
    "is_referral_code",
    "created_at",
    "updated_at",
    "holder_id",
    "redemption",
    "publish",
    "object",
}


@pytest.fixture(scope="module")
def everyday() -> list[Any]:
    """The everyday member's redeemables."""
    sandbox = Sandbox()
    held = sandbox.voucherify_state.redeemables(sandbox.member.voucherify_customer_id)
    return [one.content for one in held]


@pytest.fixture(scope="module")
def heavy() -> list[Any]:
    """The heavy member's redeemables."""
    sandbox = Sandbox()
    held = sandbox.voucherify_state.redeemables(sandbox.members.heavy.voucherify_customer_id)
    return [one.content for one in held]


def vouchers(items: list[Any]) -> list[Any]:
    """The vouchers inside redeemables."""
    return [item["redeemable"]["voucher"] for item in items]


def test_there_are_hundreds_of_customers() -> None:
    """The project is not empty around the well-known members."""
    state = Sandbox().voucherify_state
    assert len(state.customer_ids()) == 300
    counts = [len(state.redeemables(one)) for one in state.customer_ids()]
    assert max(counts) == 2500
    assert min(counts) == 0


def test_every_item_has_the_documented_keys(heavy: list[Any]) -> None:
    """Items have the sample's keys; vouchers too, and `referrer_id` only for referrals."""
    for item in heavy:
        assert list(item) == ITEM_KEYS
        voucher = item["redeemable"]["voucher"]
        referral = item["campaign_type"] == "REFERRAL_PROGRAM"
        assert set(voucher) == VOUCHER_KEYS | ({"referrer_id"} if referral else set())
        assert voucher["is_referral_code"] is referral


def test_every_discount_shape_is_there(everyday: list[Any]) -> None:
    """All five kinds, both forms of units, formulas, limits and a missing effect occur."""
    discounts = [one["discount"] for one in vouchers(everyday) if one["discount"]]
    kinds = Counter(one["type"] for one in discounts)
    assert set(kinds) == {"AMOUNT", "PERCENT", "UNIT", "FIXED"}
    units = [one for one in discounts if one["type"] == "UNIT"]
    assert [one for one in units if "units" in one and one["effect"] == "ADD_MANY_ITEMS"]
    assert [one for one in units if "unit_off" in one and one["sku"]]
    assert [one for one in units if one.get("unit_off") == 1.5 and one["sku"] is None]
    assert [one for one in discounts if "effect" not in one]
    assert [one for one in discounts if one.get("percent_off", 0) % 1 == 0.5]
    for name in ("amount_off_formula", "fixed_amount_formula", "percent_off_formula"):
        assert [one for one in discounts if name in one]
    assert [one for one in discounts if "aggregated_amount_limit" in one and "amount_limit" in one]


def test_gifts_and_loyalty_cards_balance(heavy: list[Any]) -> None:
    """Balances follow from the other numbers, as the page says."""
    for voucher in vouchers(heavy):
        gift, card, redemption = voucher["gift"], voucher["loyalty_card"], voucher["redemption"]
        if gift:
            spent = gift["subtracted_amount"] + redemption["redeemed_amount"]
            assert gift["balance"] == gift["amount"] - spent
        if card:
            gone = card.get("expired_points", 0) + card.get("subtracted_points", 0)
            assert card["balance"] == card["points"] - gone - redemption["redeemed_points"]
    cards = [one["loyalty_card"] for one in vouchers(heavy) if one["loyalty_card"]]
    assert [one for one in cards if one.get("pending_points")]
    assert [one for one in cards if one["next_expiration_date"] is None]
    assert [one for one in vouchers(heavy) if one["gift"] and one["gift"]["effect"] is None]


def test_every_enumerated_value_is_there(everyday: list[Any]) -> None:
    """All statuses, roles, campaign types (and none) and voucher types occur in one walk."""
    assert {one["redeemable"]["status"] for one in everyday} == {
        "ACTIVE",
        "USED",
        "DISABLED",
        "NOT_ACTIVE_YET",
        "EXPIRED",
        "NO_BALANCE",
    }
    assert {one["holder_role"] for one in everyday} == {"OWNER", "REFERRER", "REFEREE"}
    assert {one["campaign_type"] for one in everyday} == {
        "DISCOUNT_COUPONS",
        "GIFT_VOUCHERS",
        "LOYALTY_PROGRAM",
        "PROMOTION",
        "REFERRAL_PROGRAM",
        None,
    }
    assert {one["voucher_type"] for one in everyday} == {
        "DISCOUNT_VOUCHER",
        "GIFT_VOUCHER",
        "LOYALTY_CARD",
    }


def test_statuses_agree_with_the_dates(heavy: list[Any]) -> None:
    """What is expired has an end in the past, what is disabled is not active, and so on."""
    now = datetime.now().astimezone()
    for item in heavy:
        voucher, status = item["redeemable"]["voucher"], item["redeemable"]["status"]
        end = voucher["expiration_date"]
        assert (status == "EXPIRED") is (end is not None and datetime.fromisoformat(end) < now)
        assert (status == "DISABLED") is (voucher["active"] is False)
        start = voucher["start_date"]
        later = start is not None and datetime.fromisoformat(start) > now
        assert (status == "NOT_ACTIVE_YET") is later


def test_validity_categories_and_nulls_are_there(everyday: list[Any]) -> None:
    """Timeframe, hours, weekdays, categories, a null `active` and nested metadata occur."""
    held = vouchers(everyday)
    assert [
        one for one in held if one["validity_timeframe"] == {"interval": "P2D", "duration": "PT1H"}
    ]
    assert [one for one in held if one["validity_day_of_week"] == [0, 1, 6]]
    assert [one for one in held if one["validity_hours"] and one["validity_hours"]["daily"]]
    assert [one for one in held if one["categories"] and one["category_id"]]
    assert [one for one in held if one["active"] is None]
    assert [one for one in held if one["campaign_id"] is None and one["campaign"] is None]
    assert [one for one in held if one["metadata"] == {}]
    assert [one for one in held if one["metadata"].get("deep") == {"x": None}]
    assert [one for one in held if one["redemption"]["quantity"] == 5]
    assert all(one["publish"]["count"] == 1 for one in held)
    assert all(
        "%2B" in one["assets"]["qr"]["url"] or "+" not in one["assets"]["qr"]["id"] for one in held
    )


def test_timestamps_come_in_all_documented_forms(heavy: list[Any]) -> None:
    """Milliseconds with Z, trimmed fractions and microseconds with offset stand side by side."""
    millis = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
    micros = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
    trimmed = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?\+00:00")
    for item in heavy:
        voucher = item["redeemable"]["voucher"]
        assert millis.fullmatch(item["created_at"])
        assert micros.fullmatch(voucher["updated_at"])
        assert trimmed.fullmatch(voucher["created_at"])
    dates = [one["loyalty_card"] for one in vouchers(heavy) if one["loyalty_card"]]
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\d", one["next_expiration_date"])
        for one in dates
        if one["next_expiration_date"]
    )


def test_ids_are_unique_and_look_right(heavy: list[Any]) -> None:
    """Identifiers have the vendor's prefixes and lengths."""
    assert len({one["id"] for one in heavy}) == len(heavy)
    assert len({one["redeemable_id"] for one in heavy}) == len(heavy)
    for item in heavy:
        assert re.fullmatch(r"rh_0e[0-9a-f]{16}", item["id"])
        assert re.fullmatch(r"v_[A-Za-z0-9]{32}", item["redeemable_id"])
        assert re.fullmatch(r"cust_[A-Za-z0-9]{24}", item["customer_id"])
        assert item["redeemable_id"] == item["redeemable"]["voucher"]["id"]


def test_holdings_can_be_replaced() -> None:
    """A test can put its own redeemables into a customer's hands."""
    sandbox = Sandbox()
    state, members = sandbox.voucherify_state, sandbox.members
    held = state.redeemables(members.everyday.voucherify_customer_id)
    state.put(members.empty.voucherify_customer_id, reversed(held[:3]))
    assert state.redeemables(members.empty.voucherify_customer_id) == held[:3]
    with pytest.raises(LookupError):
        state.put("nobody", [])
