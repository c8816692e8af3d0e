"""ES Loyalty's issuances and transactions in the wallet's words."""

from __future__ import annotations

from decimal import Decimal

import httpx
import pytest
from conftest import recorded

from loyalty_sdk.es_loyalty import Issuance, Transaction
from loyalty_sdk.wallet import Worth
from loyalty_sdk.wallet.es_loyalty import ACTIVITY, MOST, REWARD

from .party import member_of


@pytest.mark.parametrize(
    ("issuance", "worth"),
    [
        (Issuance(reward_type="POINTS", reward_value=Decimal(500)), Worth.points(500)),
        (Issuance(reward_type="DOLLARS", reward_value=Decimal("5.5")), Worth.money(Decimal("5.5"))),
        (Issuance(reward_type="DOLLARS"), Worth()),
        (Issuance(reward_type="STARS", reward_value=Decimal(5)), Worth()),
        (Issuance(reward_value=Decimal(5)), Worth()),
    ],
)
def test_the_worth_of_an_issuance(issuance, worth):
    """Points or dollars, as its type says; nothing else is known."""
    assert REWARD.reward(issuance).worth == worth


@pytest.mark.parametrize(
    ("transaction", "worth"),
    [
        (Transaction(net_amount=-5, net_amount_dollars=Decimal(1)), Worth.points(-5)),
        (Transaction(net_amount_dollars=Decimal("0.05")), Worth.money(Decimal("0.05"))),
        (Transaction(net_amount_in_dollars=Decimal("0.05")), Worth.money(Decimal("0.05"))),
        (Transaction(), Worth()),
    ],
)
def test_the_worth_of_a_transaction(transaction, worth):
    """Its points go first; then the dollars, under either name."""
    assert ACTIVITY.activity(transaction).worth == worth


def test_a_transaction_leaves_a_balance():
    """In points, where it says so."""
    told = ACTIVITY.activity(Transaction(new_point_balance=Decimal(70), transaction_id="t"))
    assert (told.balance, told.id) == (Worth.points(70), "t")
    assert ACTIVITY.activity(Transaction()).balance == Worth()


def test_as_many_as_there_are_at_the_most_may_not_be_all(party):
    """There are no pages: where a hundred come, there may be more."""
    body = recorded("es_loyalty/issuances.list.200").json()
    one = (body if isinstance(body, list) else next(iter(body.values())))[0]
    answers = {
        "sessions": recorded("es_loyalty/sessions.start.200").json(),
        "issuances": [one] * MOST,
    }

    def handle(request):
        return httpx.Response(200, json=answers[request.url.path.rpartition("/")[2]])

    changed = {"transport": httpx.MockTransport(handle), "base_url": "https://es.example.com"}
    wallet = party.wallet("es_loyalty", changed={"es_loyalty": changed})
    found = party.colour(wallet.rewards(party.member))
    assert len(found) == MOST
    assert found.more == {"es_loyalty"}
    assert not found.errors


def test_what_the_vendor_does_not_go_back_to_may_be_more(party):
    """The history ends where the vendor refuses to go on; that is no error."""
    wallet = party.wallet("es_loyalty")
    found = party.colour(wallet.activity(member_of(party.sandbox, "awkward")))
    assert len(found) > 0
    assert found.errors == {}
    assert found.more == {"es_loyalty"}
