"""A member's life on the sandbox, in both colours: rewarded, held, redeemed, undone, linked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from loyalty_sdk.errors import BadRequest
from loyalty_sdk.es_loyalty import RedeemPart
from loyalty_sdk.sandbox import Sandbox

SHOP = "SANDBOX_GROCERY"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    with Sandbox(seed=6) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox, colour: Any, make: Any) -> Any:
    """A client of the sandbox, in either colour."""
    return make(**sandbox.es_loyalty)


@pytest.fixture
def me(sandbox: Sandbox, colour: Any, client: Any) -> Any:
    """A session of the everyday member."""
    return colour(client.sessions.start(sandbox.member.es_loyalty_identifier)).correlation_id


def test_points_are_given_held_redeemed_and_undone(colour: Any, client: Any, me: Any) -> None:
    """Each step shows in the next one, and the history tells all of it."""

    def balances() -> tuple[int, int]:
        found = colour(client.members.balance(me))
        return int(found.points_balance), int(found.available_points_balance)

    first, _ = balances()
    reward = colour(
        client.rewards.issue(
            me, business_unit=SHOP, issuer_id="p", reward_id="sandbox-reward-1", reward_amount=5000
        )
    )
    assert balances() == (first + 5000, first + 5000)
    hold = colour(client.reservations.make(me, reservation_amount=3000))
    assert balances() == (first + 5000, first + 2000)
    colour(client.reservations.change(me, hold.reservation_token, reservation_amount=2000))
    with pytest.raises(BadRequest):
        colour(client.reservations.change(me, hold.reservation_token, reservation_amount=2001))
    assert balances() == (first + 5000, first + 3000)
    token = hold.reservation_token
    redeemed = colour(client.redemptions.issue(me, business_unit=SHOP, reservation_token=token))
    assert balances() == (first + 3000, first + 3000)
    with pytest.raises(BadRequest):
        colour(client.redemptions.issue(me, business_unit=SHOP, reservation_token=token))
    for receipt in (redeemed, reward):
        colour(client.transactions.void(me, receipt.transaction_id))
    assert balances() == (first, first)
    with pytest.raises(BadRequest, match="already voided"):
        colour(client.transactions.void(me, reward.transaction_id))

    rows = colour.items(client.transactions.history(me))[:4]
    actions = [(row.request_action, row.net_amount) for row in rows]
    assert actions == [
        ("VOID", -5000),
        ("VOID", 2000),
        ("ADHOC_REDEEM", -2000),
        ("ADHOC_REWARD", 5000),
    ]
    (part,) = rows[2].transaction_parts
    assert isinstance(part, RedeemPart)
    assert part.part_details.reservation.token == token
    assert rows[3].metadata.void_metadata.void_id == rows[0].transaction_id


def test_points_that_are_let_go(colour: Any, client: Any, me: Any) -> None:
    """They are free at once, and cannot be redeemed any more."""
    hold = colour(client.reservations.make(me, catalogue_items=[{"id": "mug", "quantity": 3}]))
    cancelled = colour(client.reservations.cancel(me, hold.reservation_token))
    assert (cancelled.status, cancelled.session_id) == ("CANCELLED", me)
    found = colour(client.members.balance(me))
    assert found.points_balance == found.available_points_balance
    with pytest.raises(BadRequest):
        colour(client.reservations.cancel(me, hold.reservation_token))


def test_offers_are_found_and_answered(colour: Any, client: Any, me: Any) -> None:
    """What is accepted is no best offer any more; an answer to a declined one is refused."""
    best = colour(client.offers.best(me))
    assert colour(client.offers.respond(me, best.id)).acceptance_state == "ACCEPTED"
    other = colour(client.offers.best(me))
    assert other.id != best.id
    colour(client.offers.respond(me, other.id, "DECLINED"))
    with pytest.raises(BadRequest, match="declined offer"):
        colour(client.offers.respond(me, other.id))
    assert colour(client.offers.respond_to_all(me)) == ()
    assert colour(client.offers.best(me)) is None
    states = {one.id: one.acceptance_state for one in colour(client.offers.list(me))}
    assert states[best.id] == "ACCEPTED"


def test_links_of_which_some_fail(colour: Any, client: Any, me: Any) -> None:
    """A card is linked once, and only a linked one can be taken away."""
    card = {"link_id": "card-1", "last4": "0042"}
    assert colour(client.partners.change_links(me, "bank", add=[card])).complete
    again = colour(client.partners.change_links(me, "bank", add=[card], remove=[card, card]))
    assert (again.complete, again.unprocessed) == (False, 2)
    (outcome,) = again.by_type.values()
    assert [one.link_id for one in outcome.unprocessed_items.add] == ["card-1"]


def test_a_household_and_its_pages(sandbox: Sandbox, colour: Any, client: Any, me: Any) -> None:
    """Two members; badges and sweeps are walked page by page."""
    household = colour(client.households.members(me))
    assert household.household.id == sandbox.member.es_loyalty_account_id
    assert len(household.people) == household.household.members_count == 2
    badges = colour.items(client.badges.list(me, page_size=3))
    assert len({one.badge_id for one in badges}) == 7
    sweeps = client.points.upcoming_sweep(me, page_size=2)
    months = [one.sweep_month for one in colour.items(sweeps)]
    assert months == sorted(set(months))
    assert colour(client.members.profile(me)).first_name == "Ada"


def test_a_session_by_phone_number(sandbox: Sandbox, colour: Any, client: Any) -> None:
    """It sees the points, and cannot redeem them."""
    number = "+15550100000"
    session = colour(client.sessions.start(number, identifier_type="PHONE_NUMBER"))
    assert colour(client.members.balance(session.correlation_id)).user_max_redeem_points == 0
    with pytest.raises(BadRequest, match="not eligible"):
        colour(client.reservations.make(session.correlation_id, reservation_amount=2000))
