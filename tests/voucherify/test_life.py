"""A member's life on the sandbox, in both colours: given, held, redeemed, undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from loyalty_sdk.errors import BadRequest, Conflict, NotFound
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
