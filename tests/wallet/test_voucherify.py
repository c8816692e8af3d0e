"""Voucherify's redeemables and redemptions in the wallet's words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loyalty_sdk.voucherify import (
    AmountDiscount,
    CustomerRedeemable,
    FixedDiscount,
    Gift,
    LoyaltyCard,
    PercentDiscount,
    RedeemedGift,
    RedeemedPoints,
    Redemption,
    UnitDiscount,
    UnitsDiscount,
    Voucher,
)
from loyalty_sdk.voucherify.models.values import Hundredths
from loyalty_sdk.wallet import Worth
from loyalty_sdk.wallet.voucherify import ACTIVITY, REDEEMED, REWARD

TEN = Hundredths(1000)


@pytest.mark.parametrize(
    ("voucher", "worth"),
    [
        (Voucher(gift=Gift(balance=TEN)), Worth.money(Decimal("10.00"))),
        (Voucher(gift=Gift(amount=TEN)), Worth()),
        (Voucher(loyalty_card=LoyaltyCard(balance=70)), Worth.points(70)),
        (Voucher(loyalty_card=LoyaltyCard(points=70)), Worth()),
        (Voucher(discount=AmountDiscount(amount_off=TEN)), Worth.money(Decimal("10.00"))),
        (Voucher(discount=AmountDiscount(amount_off=TEN, amount_off_formula="A")), Worth()),
        (Voucher(discount=AmountDiscount()), Worth()),
        (Voucher(discount=PercentDiscount(percent_off=Decimal(7))), Worth.percent(Decimal(7))),
        (
            Voucher(discount=PercentDiscount(percent_off=Decimal(7), percent_off_formula="A")),
            Worth(),
        ),
        (Voucher(discount=UnitDiscount(unit_off=Decimal(2))), Worth.units(Decimal(2))),
        (Voucher(discount=UnitDiscount(unit_off=Decimal(2), unit_off_formula="A")), Worth()),
        (Voucher(discount=UnitsDiscount()), Worth()),
        (Voucher(discount=FixedDiscount(fixed_amount=TEN)), Worth()),
        (Voucher(), Worth()),
    ],
)
def test_the_worth_of_a_voucher(voucher, worth):
    """What is left on a card, or what a discount is known to take off."""
    assert REDEEMED.reward(voucher).worth == worth


@pytest.mark.parametrize(
    ("redemption", "worth"),
    [
        (Redemption(gift=RedeemedGift(amount=TEN), amount=TEN), Worth.money(Decimal("10.00"))),
        (Redemption(gift=RedeemedGift()), Worth()),
        (Redemption(loyalty_card=RedeemedPoints(points=-7)), Worth.points(-7)),
        (Redemption(amount=Decimal(7)), Worth()),
    ],
)
def test_the_worth_of_a_redemption(redemption, worth):
    """What was taken from a card; an amount alone does not say of what."""
    assert ACTIVITY.activity(redemption).worth == worth


def test_a_rollback_keeps_its_words():
    """What it is and what became of it, and the voucher that it is about."""
    voucher = Voucher(id="v_1", campaign="Welcome")
    told = ACTIVITY.activity(
        Redemption(
            object="redemption_rollback", result="SUCCESS", status="SUCCEEDED", voucher=voucher,
            related_object_id="v_1",
        )
    )  # fmt: skip
    assert (told.kind, told.vendor_kind) == ("reversed", "redemption_rollback SUCCEEDED")
    assert told.reward is not None
    assert (told.reward.title, told.reward.id, told.reward_id) == ("Welcome", "v_1", "v_1")


def test_a_redeemable_without_what_is_promised_is_a_row():
    """Its fields are unknown, and the object is there."""
    told = REWARD.reward(CustomerRedeemable(id="rh_1"))
    assert (told.id, told.code, told.status, told.worth) == (None, None, "unknown", Worth())


def test_a_customers_redemptions(party):
    """What was redeemed is an activity, by either id of the customer."""
    held = party.colour(party.wallet("voucherify").activity(party.member))
    assert held.asked == ("voucherify",)
    assert held.is_whole
