"""Cardlytics' ads and redemptions in the wallet's words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.cardlytics import Ad, AdStatus, Creative, OfferAmount, Redemption
from loyalty_sdk.wallet import Member, Worth
from loyalty_sdk.wallet.cardlytics import ACTIVITY, REWARD

TEN = OfferAmount(Decimal(10))


@pytest.mark.parametrize(
    ("ad", "worth"),
    [
        (Ad(offer_amount=TEN, is_percentage_offer=True), Worth.percent(Decimal(10))),
        (Ad(offer_amount=TEN, is_percentage_offer=False), Worth.money(Decimal(10))),
        (Ad(offer_amount=TEN), Worth()),
        (Ad(is_percentage_offer=True), Worth()),
    ],
)
def test_the_worth_of_an_ad(ad, worth):
    """Percent or money, where it says which."""
    assert REWARD.reward(ad).worth == worth


def test_terms_are_those_of_the_only_creative():
    """Of several nobody knows which is shown."""
    creative = Creative(terms_and_conditions="a<br/>b")
    assert REWARD.reward(Ad(creatives=(creative,))).terms == "a<br/>b"
    assert REWARD.reward(Ad(creatives=(creative, creative))).terms is None
    assert REWARD.reward(Ad()).terms is None
    told = REWARD.reward(Ad(status=AdStatus.ACTIVATED))
    assert (told.status, told.vendor_status) == ("available", "ACTIVATED")


def test_a_time_without_a_zone_is_unknown():
    """It is no instant; the source has it."""
    naive, aware = dt.datetime(2024, 5, 1), dt.datetime(2024, 5, 1, tzinfo=dt.timezone.utc)
    told = ACTIVITY.activity(Redemption(redemption_date=naive, amount=Decimal("1.5")))
    assert told.when is None
    assert told.source.redemption_date == naive
    assert told.worth == Worth.money(Decimal("1.5"))
    assert told.vendor_kind == "to be settled"
    settled = ACTIVITY.activity(Redemption(redemption_date=aware, reward_settlement_run_date=aware))
    assert (settled.when, settled.vendor_kind) == (aware, "settled")


def test_a_redemption_brings_its_ad(party):
    """Where the ad is in the list it is the reward; else its id is all there is."""
    found = party.colour(party.wallet("cardlytics").activity(party.member))
    with_ad = [told for told in found if told.reward is not None]
    assert with_ad
    assert all(told.reward.id == told.reward_id for told in with_ad)
    assert [told for told in found if told.reward is None and told.reward_id]


def test_with_a_zone_times_are_known_and_can_be_left_out(party):
    """A client that knows its server's zone gives instants; without one nothing is left out."""
    since = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=1)
    changed = {"cardlytics": {"timezone": "Europe/London"}}
    zoned = party.wallet("cardlytics", changed=changed)
    assert all(told.when for told in party.colour(zoned.activity(party.member)))
    assert not party.colour(zoned.activity(party.member, since=since))
    assert party.colour(party.wallet("cardlytics").activity(party.member, since=since))


def test_a_token_that_is_known_is_not_asked_for(party):
    """It goes into the call as it is."""
    customer = party.sandbox.member.cardlytics_source_customer_id
    token = party.colour(party.client("cardlytics").tokens.get(customer))
    party.sandbox.forget_requests()
    for given in (token, token.reveal()):
        member = Member(cardlytics_token=given)
        assert party.colour(party.wallet("cardlytics").rewards(member))
        assert party.colour(party.wallet("cardlytics").activity(member))
    assert not [one for one in party.sandbox.requests if "/token" in one.target.partition("?")[0]]
    assert isinstance(attrs.evolve(member).cardlytics_token, Secret)
