"""A member's life on the sandbox, in both colours: joins, earns, holds, locks, redeems, undoes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from conftest import Colour

from loyalty_sdk import AsyncSpaaza, Spaaza
from loyalty_sdk.errors import BadRequest, InvalidArgument, NotFound, PermissionDenied
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.spaaza.state import APP_HOSTNAME

CHAIN = 1743
ENTITY = {"entity_type": "chain", "entity_id": CHAIN}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    with Sandbox(seed=6) as running:
        yield running


@pytest.fixture
def spaaza(colour: Colour, sandbox: Sandbox) -> Any:
    """A client with a token of the sandbox's app."""
    return client(colour, sandbox)


def client(colour: Colour, sandbox: Sandbox, **arguments: Any) -> Any:
    """A client of the sandbox; with the privileged token, unless it has other credentials."""
    given: dict[str, Any] = {"base_url": sandbox.spaaza["base_url"], **arguments}
    if "auth" not in arguments:
        given = {**sandbox.spaaza, "app_hostname": APP_HOSTNAME, **arguments}
    return colour.keep(colour.pick(Spaaza, AsyncSpaaza)(**given))


def logged_in(colour: Colour, sandbox: Sandbox, login: Any) -> Any:
    """A client with a session."""
    nobody = client(colour, sandbox, auth=None)
    entered = colour(nobody.sessions.login(**login))
    return client(colour, sandbox, auth=entered.auth)


def campaign(sandbox: Sandbox, kind: str) -> int:
    """The id of a campaign of a type."""
    return next(c.campaign_id for c in sandbox.spaaza_state.campaigns if c.campaign_type == kind)


def test_a_member_s_whole_life(colour: Colour, sandbox: Sandbox, spaaza: Any) -> None:
    """Each step shows in the next one, and the wallet agrees with its ledger."""
    wallet = campaign(sandbox, "wallet")
    member = colour(
        spaaza.users.add(username="ada@example.com", member_number="0009001", first_name="Ada")
    )
    assert (member.user_type, member.updated_existing_user) == ("new", False)
    again = colour(spaaza.users.add(username="ada@example.com", update_if_exists=True))
    assert (again.user_id, again.updated_existing_user) == (member.user_id, True)
    altered = colour(spaaza.users.alter(user_id=member.user_id, phone_number="+31-0"))
    assert (altered.first_name, altered.phone_number) == ("Ada", "+31-0")
    assert colour(spaaza.users.get(user_id=member.user_id)).phone_number == "+31-0"

    basket = {"retailer_basket_code": "order-1", "basket_total_price": Decimal("200.00")}
    buyer = {"member_programme": "spaaza", "member_number": "0009001"}
    price = colour(spaaza.baskets.get_price(entity=ENTITY, basket=basket, user=buyer))
    assert price.purchase_progress == ({"campaign_id": wallet, "amount": 20},)
    colour(spaaza.baskets.add(entity=ENTITY, basket=basket, user=buyer))
    gesture = colour(
        spaaza.wallets.add_progress(wallet, Decimal("5.25"), "A gesture", user_id=member.user_id)
    )
    assert gesture.user_purchase_progress.amount == Decimal("5.25")

    held = colour(
        spaaza.vouchers.create(
            user_id=member.user_id, campaign_id=wallet, voucher_amount=10, voucher_title="Ten"
        )
    )
    key = held.voucher_key
    assert (held.voucher_status, held.voucher_title) == ("generated", "Ten")
    with pytest.raises(BadRequest):
        colour(spaaza.vouchers.redeem(key, chain_id=CHAIN))
    assert colour(spaaza.vouchers.claim(key, user_id=member.user_id)).voucher_status == "claimed"
    assert colour(spaaza.vouchers.unclaim(key, user_id=member.user_id)).voucher_status == (
        "generated"
    )
    colour(spaaza.vouchers.claim(voucher_id=held.voucher_id, user_id=member.user_id))

    locked = colour(spaaza.vouchers.lock(key, retailer_basket_code="order-2"))
    assert (locked.voucher_locked, locked.voucher_retailer_basket_code_exclusive) == (
        True,
        "order-2",
    )
    assert colour(spaaza.vouchers.unlock(key)).voucher_locked is False

    part = colour(spaaza.vouchers.redeem(key, chain_id=CHAIN, amount=Decimal("2.50")))
    rest = part.regenerated_voucher
    assert (part.voucher_status, part.voucher_amount) == ("redeemed", Decimal("2.5"))
    assert (rest.voucher_status, rest.voucher_amount) == ("claimed", Decimal("7.5"))
    mine = colour(spaaza.vouchers.get_for_user(chain_id=CHAIN, user_id=member.user_id))
    assert [voucher.voucher_id for voucher in mine.all] == [rest.voucher_id]

    colour(spaaza.vouchers.delete(rest.voucher_key, user_id=member.user_id))
    with pytest.raises(NotFound) as caught:
        colour(spaaza.vouchers.redeem(rest.voucher_key, chain_id=CHAIN))
    assert (caught.value.code, caught.value.number) == ("voucher_not_found", "183")
    ledger = colour(spaaza.wallets.get_ledger(user_id=member.user_id, type="wallet")).ledger
    assert [entry.amount for entry in ledger] == [Decimal("7.5"), -10, Decimal("5.25"), 20]
    assert [entry.kind for entry in ledger[-2:]] == ["manual", "campaignContribution"]
    shown = colour(spaaza.campaigns.get(CHAIN, wallet, user_id=member.user_id))
    assert shown.user_progress.saved_amount == sum(entry.amount for entry in ledger)
    card = colour(spaaza.users.get_card(user_id=member.user_id))
    assert card.user_info.username == "ada@example.com"


def test_several_are_claimed_at_once_or_none(colour: Colour, sandbox: Sandbox, spaaza: Any) -> None:
    """They are locked for one purchase, whose void unlocks them."""
    user = sandbox.members.empty.spaaza_user_id
    loyalty = campaign(sandbox, "loyalty")
    made = [
        colour(spaaza.vouchers.create(user_id=user, campaign_id=loyalty, voucher_amount=5))
        for _ in range(3)
    ]
    keys = [voucher.voucher_key for voucher in made]
    with pytest.raises(NotFound):
        colour(spaaza.vouchers.claim_many(CHAIN, [*keys, "unknown"], user_id=user))
    colour(spaaza.vouchers.claim_many(CHAIN, keys, user_id=user, retailer_basket_code="order-9"))
    mine = colour(spaaza.vouchers.get_for_user(chain_id=CHAIN, user_id=user)).all
    assert {(each.voucher_status, each.voucher_locked) for each in mine} == {("claimed", True)}
    void = {"retailer_basket_code": "order-9", "basket_total_price": 0}
    colour(spaaza.baskets.get_price(entity=ENTITY, basket=void))
    mine = colour(spaaza.vouchers.get_for_user(chain_id=CHAIN, user_id=user)).all
    assert {each.voucher_locked for each in mine} == {False}
    ended = colour(spaaza.vouchers.expire(keys[0], user_id=user, chain_id=CHAIN))
    assert ended.voucher_key == keys[0]
    assert len(colour(spaaza.vouchers.get_for_user(chain_id=CHAIN, user_id=user)).all) == 2
    all_of_them = colour(spaaza.vouchers.get_for_user(chain_id=CHAIN, user_id=user, filter="all"))
    assert len(all_of_them.all) == 3


def test_vouchers_go_with_a_purchase(colour: Colour, sandbox: Sandbox, spaaza: Any) -> None:
    """Those that are found are redeemed; others are warnings, and the purchase is kept."""
    user = sandbox.members.empty.spaaza_user_id
    voucher = colour(
        spaaza.vouchers.create(
            user_id=user, campaign_id=campaign(sandbox, "loyalty"), voucher_amount=5
        )
    )
    basket = {
        "retailer_basket_code": "order-3",
        "basket_total_price": 20,
        "basket_vouchers": [{"voucher_key": voucher.voucher_key}, {"voucher_key": "unknown"}],
    }
    answer = colour(spaaza.raw.baskets.add(entity=ENTITY, basket=basket))
    (warning,) = answer.warnings
    assert (warning.name, warning.details["message"]) == (
        "voucher_not_found",
        {"voucher_key": "unknown"},
    )
    found = colour(
        spaaza.vouchers.list(CHAIN, voucher_id=voucher.voucher_id, show_redeemed=True).first()
    )
    assert found.redeeming_basket.extra["retailer_basket_code"] == "order-3"


def test_an_anonymous_purchase_is_claimed(colour: Colour, sandbox: Sandbox, spaaza: Any) -> None:
    """By a customer of the app, who gets what it earns; nobody else can claim it then."""
    customer = logged_in(colour, sandbox, sandbox.spaaza_user)
    basket = {"retailer_basket_code": "order-4", "basket_total_price": 30}
    colour(spaaza.baskets.add(entity=ENTITY, basket=basket))
    colour(customer.baskets.claim("order-4"))
    (entry,) = colour(customer.wallets.get_ledger()).ledger
    assert (entry.amount, entry.retailer_basket_code) == (3, "order-4")
    with pytest.raises(PermissionDenied):
        colour(
            spaaza.baskets.claim(
                "order-4", chain_id=CHAIN, user_id=sandbox.members.empty.spaaza_user_id
            )
        )


def test_customers_see_and_do_what_is_theirs(colour: Colour, sandbox: Sandbox) -> None:
    """They name nobody, change themselves, and do not unlock or redeem."""
    customer = logged_in(colour, sandbox, sandbox.spaaza_user)
    me = sandbox.members.everyday
    assert colour(customer.users.get()).user_id == str(me.spaaza_user_id)
    assert colour(customer.users.alter(phone_number="+31-1")).phone_number == "+31-1"
    vouchers = colour(customer.vouchers.get_for_user())
    free = next(each for each in vouchers.all if each.voucher_status == "generated")
    assert colour(customer.vouchers.claim(free.voucher_key)).voucher_status == "claimed"
    with pytest.raises(PermissionDenied):
        colour(customer.vouchers.unlock(free.voucher_key))
    with pytest.raises(PermissionDenied):
        colour(customer.vouchers.redeem(free.voucher_key, chain_id=CHAIN))
    with pytest.raises(PermissionDenied):
        colour(customer.users.get(user_id=sandbox.members.heavy.spaaza_user_id))


def test_staff_say_the_chain_and_no_app(colour: Colour, sandbox: Sandbox) -> None:
    """They name the app only to look somebody up by the e-mail address."""
    staff = logged_in(colour, sandbox, sandbox.spaaza_admin)
    member = sandbox.members.everyday
    with pytest.raises(BadRequest):
        colour(staff.users.get(user_id=member.spaaza_user_id))
    with pytest.raises(InvalidArgument):
        colour(staff.users.get(chain_id=CHAIN, username=member.spaaza_username))
    found = colour(
        staff.users.get(chain_id=CHAIN, username=member.spaaza_username, app_hostname=APP_HOSTNAME)
    )
    assert found.user_id == str(member.spaaza_user_id)
    held = colour(
        staff.vouchers.create(
            user_id=member.spaaza_user_id,
            campaign_id=campaign(sandbox, "loyalty"),
            set_claimed=True,
            voucher_type="honour",
            voucher_honour_code="HON",
        )
    )
    back = colour(
        staff.vouchers.unclaim(held.voucher_key, user_id=member.spaaza_user_id, chain_id=CHAIN)
    )
    assert (back.voucher_status, back.voucher_honour_code) == ("generated", "HON")
    ledger = colour(staff.wallets.get_ledger(chain_id=CHAIN, user_id=member.spaaza_user_id))
    assert ledger.ledger == ()
    campaigns = colour(staff.raw.campaigns.list(CHAIN, order_by="priority", order_dir="DESC"))
    assert {each.chain_id for each in campaigns.data} == {str(CHAIN)}
    assert [each.name for each in campaigns.warnings] == ["objects_exceed_maximum_quantity"]


def test_a_code_is_used_once_where_the_chain_says_so(
    colour: Colour, sandbox: Sandbox, spaaza: Any
) -> None:
    """Then a second purchase is refused, and a voucher is not locked for one that was made."""
    sandbox.turn(spaaza_basket_codes_once=True)
    basket = {"retailer_basket_code": "order-5", "basket_total_price": 30}
    colour(spaaza.baskets.add(entity=ENTITY, basket=basket))
    with pytest.raises(BadRequest) as caught:
        colour(spaaza.baskets.add(entity=ENTITY, basket=basket))
    assert caught.value.code == "basket_already_exists"
    voucher = colour(
        spaaza.vouchers.create(
            user_id=sandbox.members.empty.spaaza_user_id,
            campaign_id=campaign(sandbox, "loyalty"),
        )
    )
    with pytest.raises(BadRequest) as caught:
        colour(spaaza.vouchers.lock(voucher.voucher_key, retailer_basket_code="order-5"))
    assert caught.value.code == "basket_already_exists"


def test_the_campaign_of_a_voucher_as_an_object(colour: Colour, sandbox: Sandbox) -> None:
    """From 1.6.5 on; its fields are flat, too."""
    sandbox.turn(spaaza_campaign="nested")
    newer = client(colour, sandbox, api_version="1.6.5")
    user = sandbox.members.everyday.spaaza_user_id
    for voucher in colour(newer.vouchers.get_for_user(chain_id=CHAIN, user_id=user)).all:
        assert voucher.campaign_id == voucher.campaign.id
        assert voucher.campaign.assignment_count is not None
