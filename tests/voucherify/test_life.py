"""A member's life on the sandbox, in both colours: given, held, redeemed, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from loyalty_sdk.errors import BadRequest, Conflict, NotFound, Unauthorized
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.voucherify import Hundredths, PageCeiling

from .replay import Clients


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    with Sandbox(seed=6) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox, clients: Clients) -> Any:
    """A client of the sandbox, in either colour."""
    keys = sandbox.voucherify
    return clients.client(auth=None, **keys)


def campaign(sandbox: Sandbox, kind: str) -> str:
    """The id of a campaign of a type."""
    state = sandbox.voucherify_state
    return next(one.id for one in state.campaigns if one.campaign_type == kind)


def test_a_gift_card_is_given_held_redeemed_and_undone(sandbox: Sandbox, client: Any) -> None:
    """Each step shows in the next one, and every balance agrees with its transactions."""
    member = {"source_id": "lifelong@example.com", "name": "Lifelong Member"}
    given = client.publications.create(
        customer=member,
        campaign={"name": campaign(sandbox, "GIFT_VOUCHERS")},
        source_id="welcome-1",
    )
    code = given.voucher.code
    assert client.publications.list(source_id="welcome-1").first().id == given.id

    (found,) = list(client.qualifications.check_eligibility(customer=member, order={"amount": 900}))
    assert (found.id, found.result.gift.credits) == (code, Hundredths(900))

    order = {"source_id": "order-1", "amount": 3000}
    held = client.validations.validate([code], order=order, session={"type": "LOCK"})
    assert held.valid
    other = {"object": "voucher", "id": code, "gift": {"credits": 5000}}
    refused = client.validations.validate([other], order=order)
    assert [one.reason.key for one in refused.not_applied] == ["gift_amount_exceeded"]
    with pytest.raises(BadRequest) as caught:
        client.redemptions.redeem([other], order=order)
    assert caught.value.code == "gift_amount_exceeded"

    redeemed = client.redemptions.redeem(
        [code], order=order, customer=member, session={"key": held.session.key}
    )
    (entry,) = redeemed.redemptions
    assert (entry.gift.amount, redeemed.order.total_amount) == (Hundredths(3000), Hundredths(0))
    assert client.vouchers.get(code).gift.balance == Hundredths(2000)
    assert client.vouchers.update_balance(code, amount=250, reason="a gesture").balance == 2250

    back = client.redemptions.rollback(entry.id, reason="returned")
    assert (back.object, back.gift.amount) == ("redemption_rollback", Hundredths(-3000))
    with pytest.raises(BadRequest) as caught:
        client.redemptions.rollback_stacked(entry.id)
    assert caught.value.code == "already_rolled_back"
    assert client.redemptions.get(entry.id).status == "ROLLED_BACK"
    assert client.orders.get("order-1").status == "CANCELED"

    rows = list(client.vouchers.list_transactions(code, limit=2, order="id"))
    assert [row.type for row in rows] == [
        "CREDITS_REDEMPTION",
        "CREDITS_ADDITION",
        "CREDITS_REFUND",
    ]
    card = client.vouchers.get(code).gift
    assert rows[-1].details.balance.balance == card.balance == 5250
    assert client.vouchers.get_redemptions(code).total == 3
    assert len(list(client.redemptions.list(limit=1))) == 3


def test_several_at_once_are_undone_with_their_parent(client: Any) -> None:
    """The plural form of the rollback undoes everything."""
    client.vouchers.create(
        "TEN",
        type="DISCOUNT_VOUCHER",
        discount={"type": "PERCENT", "percent_off": 10},
        redemption={"quantity": 1},
    )
    client.vouchers.create("FIFTY", type="GIFT_VOUCHER", gift={"amount": 5000})
    with pytest.raises(Conflict):
        client.vouchers.create("TEN", type="LOYALTY_CARD", loyalty_card={"points": 1})
    done = client.redemptions.redeem(["TEN", "FIFTY"], order={"amount": 1000})
    assert done.order.total_discount_amount == 1000
    back = client.redemptions.rollback_stacked(done.parent_redemption.id)
    assert len(back.rollbacks) == 2
    assert client.vouchers.get("FIFTY").gift.balance == 5000
    assert client.validations.validate(["TEN"]).valid


def test_a_session_is_let_go(client: Any) -> None:
    """What was held for one buyer is there for others then."""
    client.vouchers.create("ONE", type="GIFT_VOUCHER", gift={"amount": 100})
    order = {"amount": 100}
    held = client.validations.validate(["ONE"], order=order, session={"type": "LOCK"})
    client.vouchers.release_session("ONE", held.session.key)
    with pytest.raises(NotFound):
        client.vouchers.release_session("ONE", held.session.key)
    again = client.validations.validate(["ONE"], order=order)
    assert again.redeemables[0].result.gift.credits == 100


def test_a_voucher_is_changed_switched_and_deleted(client: Any) -> None:
    """Each change is seen by the next call."""
    code = client.vouchers.generate(
        type="LOYALTY_CARD", loyalty_card={"points": 5}, code_config={"prefix": "LC-"}
    ).code
    assert code.startswith("LC-")
    assert client.vouchers.update(code, additional_info="x").additional_info == "x"
    assert client.vouchers.update(code, additional_info=None).additional_info is None
    assert client.vouchers.disable(code).active is False
    refused = client.validations.validate([code])
    assert [one.reason.key for one in refused.not_applied] == ["voucher_disabled"]
    assert client.vouchers.enable(code).active is True
    assert client.vouchers.list(code=code).first().code == code
    assert client.vouchers.delete(code) is None
    with pytest.raises(NotFound):
        client.vouchers.get(code)


def test_orders_and_events(client: Any) -> None:
    """An order is made once by its source id; an event makes its customer."""
    first = client.orders.create(source_id="o-1", amount=500)
    second = client.orders.create(source_id="o-1", status="PAID")
    assert (first.id, second.status) == (second.id, "PAID")
    assert client.orders.update("o-1", metadata={"a": 1}).metadata == {"a": 1}
    assert [order.id for order in client.orders.list()] == [first.id]
    event = client.events.track(event="visited", customer={"source_id": "new@example.com"})
    assert event.customer.source_id == "new@example.com"


def test_the_vendors_own_ceiling(client: Any) -> None:
    """A list that is longer than its pages raises behind the last one, and says where."""
    found = []
    with pytest.raises(PageCeiling) as caught:
        found.extend(voucher.id for voucher in client.vouchers.list(limit=2))
    assert len(set(found)) == len(found) == 198
    assert caught.value.cursor == "198"


def test_a_member_joins_earns_and_gets_a_reward(sandbox: Sandbox, client: Any) -> None:
    """Points come, are held for one purchase, go for a reward, and come back."""
    program = campaign(sandbox, "LOYALTY_PROGRAM")
    ada = client.customers.create(source_id="ada@example.com", name="Ada")
    assert client.customers.create(source_id="ada@example.com", email="a@example.com").id == ada.id
    card = client.loyalties.add_member(program, customer={"id": ada.id}).code
    assert client.loyalties.list_members(program, customer=ada.id).first().code == card
    assert list(client.loyalties.list_member_rewards(card, affordable_only=True)) == []

    assert client.loyalties.update_member_balance(card, points=250, reason="hello").balance == 250
    offer = client.loyalties.list_member_rewards(card, affordable_only=True).first()
    assert offer.assignment.parameters.loyalty.points == 100

    wanted = {"object": "voucher", "id": card, "reward": {"id": offer.reward.id, "points": 200}}
    held = client.validations.validate([wanted], session={"type": "LOCK"})
    assert [o.reason.key for o in client.validations.validate([wanted]).not_applied] == [
        "loyalty_card_points_exceeded"
    ]
    client.vouchers.release_session(card, held.session.key)

    stock = client.rewards.get(offer.reward.id).stock
    done = client.loyalties.redeem_reward(card, reward={"id": offer.reward.id})
    assert (done.loyalty_card.points, client.rewards.get(offer.reward.id).stock) == (100, stock - 1)
    client.redemptions.rollback(done.id)
    assert client.rewards.get(offer.reward.id).stock == stock
    rows = list(client.loyalties.list_member_transactions(card, limit=2, order="id"))
    assert [row.details.balance.points for row in rows] == [250, -100, 100]
    assert client.loyalties.get_member(card).loyalty_card.balance == 250

    happened = [one.type for one in client.loyalties.list_member_activity(card, limit=2)]
    assert happened == [
        "customer.redemption.rollback.succeeded",
        "customer.redemption.succeeded",
        "customer.voucher.loyalty_card.points_added",
        "customer.publication.succeeded",
    ]
    assert len(list(client.customers.list_activity(ada.id, order="created_at"))) == 6
    assert len(list(client.loyalties.list_tiers(program))) == 2
    assert client.customers.list_segments(ada.id).first().name == "Everybody"


def test_a_reward_is_made_assigned_and_taken_back(sandbox: Sandbox, client: Any) -> None:
    """A program offers what is assigned to it, at its price."""
    program = campaign(sandbox, "LOYALTY_PROGRAM")
    card = client.loyalties.add_member(program, customer={"source_id": "b@example.com"}).code
    reward = client.rewards.create(name="A trip", parameters={"product": {"id": "prod_1"}}, stock=1)
    offered = client.rewards.assign(
        reward.id, campaign=program, parameters={"loyalty": {"points": 5}}
    )
    price = {"loyalty": {"points": 7}}
    client.rewards.update_assignment(reward.id, offered.id, parameters=price)
    assert client.rewards.get_assignment(reward.id, offered.id).parameters.loyalty.points == 7
    assert [one.id for one in client.rewards.list(assignment_id=offered.id)] == [reward.id]
    assert [one.reward.name for one in client.loyalties.list_member_rewards(card)] == [
        "Sandbox mug",
        "A trip",
    ]
    with pytest.raises(BadRequest) as caught:
        client.loyalties.redeem_reward(card, reward={"id": reward.id})
    assert caught.value.code == "loyalty_card_points_exceeded"
    assert client.rewards.update(reward.id, stock=None, name="A long trip").stock is None
    client.rewards.delete_assignment(reward.id, offered.id)
    assert list(client.rewards.list_assignments(reward.id)) == []
    client.rewards.delete(reward.id)
    with pytest.raises(NotFound):
        client.rewards.get(reward.id)


def test_a_campaign_grows(sandbox: Sandbox, client: Any) -> None:
    """With a code of one's own, with one that is drawn, and with many in an action."""
    gifts = client.campaigns.list(campaign_type="GIFT_VOUCHERS", limit=2).first()
    assert gifts.voucher.gift.amount == 5000
    assert client.campaigns.add_voucher(gifts.id, "MINE").campaign_id == gifts.id
    with pytest.raises(Conflict):
        client.campaigns.add_voucher(gifts.name, "MINE")
    drawn = client.campaigns.generate_voucher(gifts.id, code_config={"pattern": "G-##"})
    assert drawn.code.startswith("G-")
    action = client.campaigns.generate_vouchers(gifts.id, 3)
    done = client.async_actions.wait(action.async_action_id, every=0.01)
    assert (done.operation_status, done.result.done_count) == ("SUCCESS", 3)
    assert client.campaigns.get(gifts.name).vouchers_count == 105


def test_customers_are_walked_changed_and_forgotten(sandbox: Sandbox, client: Any) -> None:
    """By pages and by date all come once; many change in one action."""
    soon = datetime.now(timezone.utc) + timedelta(days=1)
    pages = [one.id for one in client.customers.list()]
    by_date = [one.id for one in client.customers.list(limit=40, starting_after=soon)]
    assert by_date == pages
    oldest = client.customers.list(
        limit=60, starting_after=datetime(2000, 1, 1, tzinfo=timezone.utc), order="created_at"
    )
    assert [one.id for one in oldest] == pages[::-1]
    with pytest.raises(PageCeiling):
        list(client.customers.list(limit=2))

    bulk = [{"source_id": "new@example.com", "name": "New"}, {"source_id": "two@example.com"}]
    action = client.customers.update_in_bulk(bulk)
    assert not client.async_actions.get(action.async_action_id).is_done
    assert client.async_actions.wait(action.async_action_id, every=0.01).result.done_count == 2
    both = [one["source_id"] for one in bulk]
    more = client.customers.update_metadata_in_bulk(both, {"tier": "gold"})
    assert [one.id for one in client.async_actions.list(limit=1)] == [
        more.async_action_id,
        action.async_action_id,
    ]
    new = client.customers.get("new@example.com")
    assert (new.name, new.metadata) == ("New", {"tier": "gold"})
    assert client.customers.update(new.id, name=None).name is None
    assert client.customers.delete(new.id) is None
    assert client.customers.delete_permanently("two@example.com").data_json.customer == 1
    for gone in both:
        with pytest.raises(NotFound):
            client.customers.get(gone)


def test_an_export_becomes_a_file(client: Any, tmp_path: Path) -> None:
    """It is asked for, waited for, saved, listed and deleted."""
    client.customers.create(source_id="ada@example.com", name="Ada")
    filters = {"source_id": {"conditions": {"$in": ["ada@example.com"]}}}
    asked = client.exports.create(exported_object="customer", parameters={"filters": filters})
    assert (asked.status, asked.token) == ("SCHEDULED", None)
    done = client.exports.wait(asked.id, every=0.01)
    saved = client.exports.download(done.id, done.token, tmp_path / "customers.csv")
    assert saved.read_text() == "name,source_id\nAda,ada@example.com\n"
    with pytest.raises(Unauthorized):
        client.exports.download(done.id, "another-token", tmp_path / "nothing.csv")
    assert [one.token for one in client.exports.list(order="created_at")] == [done.token]
    client.exports.delete(done.id)
    assert list(client.exports.list()) == []
