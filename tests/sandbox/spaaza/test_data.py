"""The synthetic data of Spaaza: every documented shape is there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.spaaza.vouchers import Voucher

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
VOUCHER_KEYS = [
    "voucher_key",
    "voucher_id",
    "voucher_created_datetime",
    "voucher_status",
    "voucher_locked",
    "campaign_id",
    "campaign_type",
    "campaign_title",
    "redeeming_basket",
    "voucher_expiry_datetime_utc",
    "voucher_expiry_seconds_remaining",
    "voucher_currency_id",
    "voucher_currency_symbol",
    "voucher_amount_original",
    "voucher_amount_redeemed",
    "voucher_amount",
    "voucher_text",
    "voucher_honour_code",
    "voucher_title",
    "voucher_description",
    "voucher_notes",
    "voucher_image_url",
    "type",
    "user",
]


@pytest.fixture(scope="module")
def vouchers() -> tuple[Voucher, ...]:
    """All vouchers of the main chain."""
    return Sandbox(now=lambda: NOW).spaaza_state.vouchers(1743)


@pytest.fixture(scope="module")
def shown(vouchers: tuple[Voucher, ...]) -> list[Any]:
    """All vouchers of the main chain as they are shown."""
    return [one.content(NOW, nested_campaign=False) for one in vouchers]


def test_there_are_thousands_and_a_handful(vouchers: tuple[Voucher, ...]) -> None:
    """One chain has thousands of vouchers, the everyday member ten of them."""
    members = Sandbox().members
    owners = [one.user.user_id for one in vouchers if one.user]
    assert len(vouchers) > 2000
    assert owners.count(members.everyday.spaaza_user_id) == 10
    assert owners.count(members.heavy.spaaza_user_id) > 1000
    assert owners.count(members.empty.spaaza_user_id) == 0


def test_every_voucher_has_the_keys_of_the_sample(shown: list[Any]) -> None:
    """A voucher has the keys of the page's sample, and a user the sample's 21."""
    for voucher in shown:
        assert list(voucher) == VOUCHER_KEYS
        assert voucher["user"] is None or len(voucher["user"]) == 21


def test_every_enumerated_value_is_there(shown: list[Any]) -> None:
    """All statuses and types occur, in every combination."""
    pairs = {(one["voucher_status"], one["type"]) for one in shown}
    assert pairs == {
        (status, kind)
        for status in ("generated", "claimed", "redeemed")
        for kind in ("basket", "basket_pct", "honour", "basket_fixed_unit")
    }


def test_amounts_come_in_mixed_forms(shown: list[Any]) -> None:
    """Money is a whole number, a fraction, a text or null; honour vouchers have none."""
    forms: set[object] = {type(one["voucher_amount"]) for one in shown}
    assert forms == {int, float, str, type(None)}
    assert {type(one["voucher_amount_redeemed"]) for one in shown} == forms
    for voucher in shown:
        if voucher["type"] == "honour":
            assert voucher["voucher_amount"] is voucher["voucher_currency_symbol"] is None
            assert voucher["voucher_honour_code"]
    assert {one["voucher_honour_code"] for one in shown} >= {"", None}


def test_baskets_are_null_empty_or_objects(shown: list[Any]) -> None:
    """A redeeming basket is null unless redeemed, and then an object or an empty list."""
    forms: set[tuple[bool, object]] = {
        (one["voucher_status"] == "redeemed", type(one["redeeming_basket"])) for one in shown
    }
    assert forms == {(False, type(None)), (True, dict), (True, list)}


def test_expiry_is_written_in_two_ways(shown: list[Any]) -> None:
    """Most expiries are naive UTC, some have an offset, and some never come."""
    naive = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
    texts = [one["voucher_expiry_datetime_utc"] for one in shown]
    with_offset = [text for text in texts if not naive.fullmatch(text)]
    assert 0 < len(with_offset) < len(texts) / 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one) for one in with_offset)
    assert "2050-01-01 00:00:00" in texts


def test_the_remaining_seconds_count_down_to_nothing() -> None:
    """The seconds to the expiry are counted at the moment of the answer, and end at 0."""
    voucher = Voucher(
        voucher_id=1, chain_id=1, created_at=NOW, expires_at=NOW.replace(hour=13), status="claimed"
    )
    seconds = [
        voucher.content(at, nested_campaign=False)["voucher_expiry_seconds_remaining"]
        for at in (NOW, NOW.replace(minute=59, second=59), NOW.replace(hour=14))
    ]
    assert seconds == [3600, 1, 0]


def test_locks_end_by_themselves() -> None:
    """A voucher is locked until the lock's end, which stays written down."""
    voucher = Voucher(
        voucher_id=1, chain_id=1, created_at=NOW, expires_at=NOW, locked_until=NOW.replace(hour=13)
    )
    assert voucher.locked(NOW)
    assert not voucher.locked(NOW.replace(hour=13))


def test_owners_locks_expiry_and_regeneration_vary(vouchers: tuple[Voucher, ...]) -> None:
    """There are vouchers of full users, sparse users and nobody; locked, expired, regenerated."""
    users = [one.user for one in vouchers]
    assert None in users
    assert {one.sparse for one in users if one} == {True, False}
    assert {one.locked(NOW) for one in vouchers} == {True, False}
    assert {one.expires_at <= NOW for one in vouchers} == {True, False}
    assert {one.regenerated for one in vouchers} == {True, False}
    assert {one.campaign is None for one in vouchers} == {True, False}


def test_keys_and_ids_are_unique(shown: list[Any]) -> None:
    """Each voucher has an id of its own and a key of 64 hexadecimal digits."""
    assert len({one["voucher_id"] for one in shown}) == len(shown)
    assert len({one["voucher_key"] for one in shown}) == len(shown)
    assert all(re.fullmatch(r"[0-9a-f]{64}", one["voucher_key"]) for one in shown)


def test_vouchers_can_be_replaced() -> None:
    """A test can put its own vouchers in place of all others."""
    state = Sandbox().spaaza_state
    mine = Voucher(voucher_id=5, chain_id=1743, created_at=NOW, expires_at=NOW)
    state.put([mine])
    assert state.vouchers(1743) == (mine,)
    assert state.voucher_ids() == (5,)
