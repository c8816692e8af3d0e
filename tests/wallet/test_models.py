"""The wallet's own words."""

from __future__ import annotations

import pickle
from datetime import datetime, timezone
from decimal import Decimal

import pytest

from loyalty_sdk import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.voucherify import Gift
from loyalty_sdk.wallet import Activity, Member, Reward, Worth

SOURCE = Gift(amount=None)
MIDNIGHT = datetime(2024, 5, 1, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("worth", "shown"),
    [
        (Worth.money(Decimal("12.50"), "EUR"), "12.50 EUR"),
        (Worth.money(Decimal("12.50")), "12.50"),
        (Worth.money(Decimal(5), ""), "5"),
        (Worth.points(300), "300 points"),
        (Worth.percent(Decimal("7.5")), "7.5 %"),
        (Worth.units(Decimal(2)), "2 units"),
        (Worth(), "unknown"),
    ],
)
def test_worth_is_one_thing(worth, shown):
    """It says how much of what; a value like any other."""
    assert str(worth) == shown
    assert pickle.loads(pickle.dumps(worth)) == worth


@pytest.mark.parametrize("make", [Worth.money, Worth.points, Worth.percent, Worth.units])
def test_without_an_amount_it_is_unknown(make):
    """What a vendor does not say is not zero."""
    assert make(None) == Worth()


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        (("money",), "amount"),
        (("unknown", Decimal(1)), "amount"),
        (("points", Decimal(1), "EUR"), "currency"),
    ],
)
def test_a_worth_of_no_kind_is_refused(arguments, argument):
    """An amount without a kind, a kind without an amount, points with a currency."""
    with pytest.raises(InvalidArgument, match=f"^{argument}: "):
        Worth(*arguments)


def test_a_member_may_be_unknown_to_any_vendor():
    """Whoever knows them is listed; no identifier is shown."""
    member = Member(es_identifier="ada@example.com", es_identifier_type="EMAIL", spaaza_chain=7,
                    spaaza_member_number="0042")  # fmt: skip
    assert member.known_to == ("es_loyalty", "spaaza")
    assert member.spaaza_user == {"member_number": "0042"}
    assert repr(member) == "<Member of es_loyalty, spaaza>"
    assert repr(Member()) == "<Member of no vendor>"
    assert Member(cardlytics_customer=0).known_to == ("cardlytics",)


def test_a_token_is_hidden():
    """A text becomes a secret; one that is a secret stays it."""
    assert isinstance(Member(cardlytics_token="synthetic-token").cardlytics_token, Secret)
    assert Member(cardlytics_token=Secret("synthetic-token")).known_to == ("cardlytics",)


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({"es_identifier": ""}, "es_identifier"),
        ({"voucherify_customer": ".."}, "voucherify_customer"),
        ({"cardlytics_customer": "a\n"}, "cardlytics_customer"),
        ({"cardlytics_token": ""}, "cardlytics_token"),
        ({"cardlytics_token": 5}, "cardlytics_token"),
        ({"cardlytics_token": "a", "cardlytics_customer": "b"}, "cardlytics_customer"),
        ({"spaaza_chain": 7}, "spaaza_chain"),
        ({"spaaza_user_id": 7}, "spaaza_chain"),
        ({"spaaza_chain": 7, "spaaza_user_id": 7, "spaaza_username": "a"}, "spaaza_chain"),
        ({"spaaza_chain": "seven", "spaaza_user_id": 7}, "spaaza_chain"),
        ({"spaaza_chain": 7, "spaaza_user_id": -7}, "spaaza_user_id"),
        ({"spaaza_chain": 7, "spaaza_username": " "}, "spaaza_username"),
    ],
)
def test_identifiers_that_cannot_be_used(given, argument):
    """They are refused by name when the member is made."""
    with pytest.raises(InvalidArgument, match=f"^{argument}: "):
        Member(**given)


def test_a_reward_is_shown_as_a_table():
    """Each field that says something, in text and in HTML; the vendor's HTML is only text."""
    reward = Reward(
        vendor="spaaza", title="<b>Ten\x1b off</b>", worth=Worth.points(5), expires=MIDNIGHT,
        source=SOURCE,
    )  # fmt: skip
    lines = str(reward).splitlines()
    assert "title    <b>Ten  off</b>" in lines
    assert "worth    5 points" in lines
    assert not [line for line in lines if line.startswith(("code", "source", "issued"))]
    assert "<td>&lt;b&gt;Ten\x1b off&lt;/b&gt;</td>" in reward._repr_html_()


def test_an_activity_is_shown_as_a_table():
    """The reward that it belongs to by its title, or by what there is of it."""
    for named in ({"title": "Ten off"}, {"code": "Ten off"}, {"id": "Ten off"}):
        reward = Reward(vendor="spaaza", source=SOURCE, **named)
        assert "Ten off" in str(Activity(vendor="spaaza", reward=reward, source=SOURCE))
    nameless = Reward(vendor="spaaza", source=SOURCE)
    shown = str(Activity(vendor="spaaza", reward=nameless, reward_id="r_1", source=SOURCE))
    assert "reward_id  r_1" in shown
