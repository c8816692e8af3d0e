"""Spaaza's vouchers in the wallet's words."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from loyalty_sdk.spaaza import Voucher
from loyalty_sdk.wallet import Worth
from loyalty_sdk.wallet.spaaza import ACTIVITY, REWARD

FIVE = Decimal("5.00")
NOW = datetime.now(timezone.utc)


@pytest.mark.parametrize(
    ("voucher", "worth"),
    [
        ({"type": "basket", "voucher_currency_symbol": "€"}, Worth.money(FIVE, "€")),
        ({"type": "basket"}, Worth.money(FIVE)),
        ({"type": "honour", "voucher_currency_symbol": ""}, Worth.money(FIVE)),
        ({"type": "basket", "voucher_currency_symbol": "PTS"}, Worth.points(FIVE)),
        ({"type": "basket", "voucher_currency_symbol": "PTN"}, Worth.points(FIVE)),
        ({"type": "basket_pct", "voucher_currency_symbol": "€"}, Worth()),
        ({"type": "basket_fixed_unit"}, Worth()),
        ({"type": "basket", "voucher_amount": None}, Worth()),
        ({}, Worth()),
    ],
)
def test_the_worth_of_a_voucher(voucher, worth):
    """Its amount is money, or points; a share and units are not said."""
    assert REWARD.reward(Voucher(**{"voucher_amount": FIVE, **voucher})).worth == worth


@pytest.mark.parametrize(
    ("voucher", "status"),
    [
        ({"voucher_status": "generated"}, "available"),
        ({"voucher_status": "claimed", "voucher_locked": False}, "available"),
        ({"voucher_status": "claimed", "voucher_locked": True}, "blocked"),
        ({"voucher_status": "redeemed", "voucher_expiry_seconds_remaining": -5}, "used"),
        ({"voucher_status": "claimed", "voucher_expiry_seconds_remaining": 0}, "expired"),
        ({"voucher_status": "claimed", "voucher_expiry_seconds_remaining": 5}, "available"),
        ({"voucher_status": "claimed", "voucher_expiry_datetime_utc": NOW}, "expired"),
        (
            {"voucher_status": "claimed", "voucher_expiry_datetime_utc": NOW + timedelta(days=1)},
            "available",
        ),
        ({}, "unknown"),
    ],
)
def test_the_status_of_a_voucher(voucher, status):
    """Spaaza's word, unless the voucher is over or locked."""
    assert REWARD.reward(Voucher(**voucher)).status == status


def test_a_redeemed_voucher_is_an_activity():
    """What was redeemed of it, and the voucher itself."""
    voucher = Voucher(
        voucher_id="7", type="basket", voucher_status="redeemed", voucher_amount_redeemed=FIVE,
        voucher_title="Ten off", voucher_key="k",
    )  # fmt: skip
    told = ACTIVITY.activity(voucher)
    assert (told.kind, told.worth, told.when) == ("redeemed", Worth.money(FIVE), None)
    assert told.reward is not None
    assert (told.reward.title, told.reward.code, told.reward_id) == ("Ten off", "k", "7")


def test_the_vendor_knows_since_when(party):
    """It is asked for what was redeemed then or later."""
    wallet = party.wallet("spaaza")
    assert party.colour(wallet.activity(party.member))
    party.sandbox.forget_requests()
    assert not party.colour(wallet.activity(party.member, since=NOW + timedelta(days=1)))
    (asked,) = party.sandbox.requests
    assert "min_redeemed_datetime=" in asked.target
