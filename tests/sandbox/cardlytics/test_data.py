from __future__ import annotations

from typing import Any

import attrs
import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.cardlytics.ads import STATUSES

from .conftest import PLACE, CardlyticsCaller


@pytest.fixture
def fresh() -> Sandbox:
    """A sandbox whose data nobody has changed."""
    return Sandbox(seed=7)


def held(sandbox: Sandbox, member: str) -> tuple[list[Any], list[Any]]:
    """A member's redemptions and ads."""
    customer = getattr(sandbox.members, member).cardlytics_source_customer_id
    state = sandbox.cardlytics_state
    return list(state.redemptions(customer)), list(state.ads(customer))


def test_redemptions_do_and_do_not_match(fresh: Sandbox) -> None:
    """The everyday member has redemptions of listed ads and of ads that are not listed."""
    redemptions, ads = held(fresh, "everyday")
    known = {ad.ad_id for ad in ads}
    assert {one.ad_id in known for one in redemptions} == {True, False}


def test_every_documented_shape_is_there(fresh: Sandbox) -> None:
    """Settled and not, one's own and not, the same account and another, forced and not."""
    redemptions, _ = held(fresh, "everyday")
    assert {one.settled_at is None for one in redemptions} == {True, False}
    assert {one.is_mine for one in redemptions} == {True, False}
    assert {one.paid_account_id == one.account_id for one in redemptions} == {True, False}
    assert {one.transaction_id == 0 for one in redemptions} == {True, False}
    moments = [one.redeemed_at for one in redemptions]
    assert moments == sorted(moments, reverse=True)


def test_every_kind_of_ad_is_there(fresh: Sandbox) -> None:
    """Each status, an unknown one among them; percent and money; with and without limits."""
    _, ads = held(fresh, "everyday")
    assert [ad.status for ad in ads] == list(STATUSES)
    assert {ad.is_percentage for ad in ads} == {True, False}
    assert {ad.most is None for ad in ads} == {True, False}
    assert {ad.least for ad in ads} == {5.0, 0.0, None}
    assert {ad.activated_at is None for ad in ads} == {True, False}
    assert {ad.described for ad in ads} == {True, False}
    assert any(ad.purchase_types for ad in ads)


def test_members_hold_what_their_names_say(fresh: Sandbox) -> None:
    """The heavy one has thousands, the empty one nothing, and the awkward one a few."""
    counts = {
        member: tuple(map(len, held(fresh, member)))
        for member in ("everyday", "heavy", "empty", "awkward")
    }
    assert counts == {
        "everyday": (12, 7),
        "heavy": (2_000, 150),
        "empty": (0, 0),
        "awkward": (3, 2),
    }


def test_nothing_is_an_answer_too(cardlytics: CardlyticsCaller) -> None:
    """The empty member's list is empty, in either form of ads."""
    token = cardlytics.token(cardlytics.sandbox.members.empty.cardlytics_source_customer_id)
    path = f"/customers/{token}/redemptions"
    assert cardlytics(path, PLACE).json() == {"redemptions": [], "ads": []}
    cardlytics.sandbox.turn(cardlytics_ads="map")
    assert cardlytics(path, PLACE).json() == {"redemptions": [], "ads": {}}


def test_what_is_held_can_be_changed(fresh: Sandbox) -> None:
    """Redemptions and ads can be replaced; without ads every redemption's is missing."""
    state, customer = fresh.cardlytics_state, fresh.member.cardlytics_source_customer_id
    state.put_ads(customer, ())
    assert {one.ad_id for one in state.redemptions(customer)} == {2_784_221}
    first, second = state.redemptions(customer)[:2]
    state.put(customer, [second, attrs.evolve(first, ad_id=1)])
    assert [one.ad_id for one in state.redemptions(customer)] == [1, 2_784_221]


def test_an_unknown_customer_holds_nothing(fresh: Sandbox) -> None:
    """Asking for one, or changing one, is a LookupError."""
    state = fresh.cardlytics_state
    with pytest.raises(LookupError):
        state.redemptions("nobody")
    with pytest.raises(LookupError):
        state.ads("nobody")
    with pytest.raises(LookupError):
        state.put("nobody", ())
    with pytest.raises(LookupError):
        state.put_ads("nobody", ())
    assert set(state.customer_ids()) == {
        "bank-00000000",
        "bank-00000001",
        "bank-00000002",
        "bank/nl 50%+ü",
    }


def test_the_same_seed_gives_the_same_data() -> None:
    """Ads depend on the seed alone, but for dates, which count from the sandbox's start."""
    images = [
        [(ad.ad_id, ad.amount, ad.token) for ad in held(Sandbox(seed=seed), "heavy")[1]]
        for seed in (3, 3, 4)
    ]
    assert images[0] == images[1] != images[2]
