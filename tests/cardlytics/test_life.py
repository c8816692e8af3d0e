"""A customer's whole life on the sandbox, in both colours: enrolled, served, redeemed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from loyalty_sdk.cardlytics import AdStatus, ClientEvent
from loyalty_sdk.errors import BadRequest, NotFound
from loyalty_sdk.sandbox import Sandbox

from .colours import Colour

PLACE: dict[str, Any] = {"channel_id": 5, "location_id": 2}
EVERY = AdStatus(63)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    with Sandbox(seed=6) as running:
        yield running


class Caller:
    """The everyday member's calls, in either colour."""

    def __init__(self, colour: Colour, sandbox: Sandbox) -> None:
        self._colour = colour
        self.client = colour.client(**sandbox.cardlytics)
        self.customer = sandbox.member.cardlytics_source_customer_id
        self.token = colour.run(self.client.tokens.get(self.customer))

    def __call__(self, noun: str, verb: str, *args: Any, **kwargs: Any) -> Any:
        """What a call gives."""
        method = getattr(getattr(self.client, noun), verb)
        return self._colour.run(method(self.token, *args, **kwargs))

    def ad(self, ad_id: str) -> Any:
        """An ad as it is now."""
        return self("ads", "list", status=EVERY, **PLACE).ad(ad_id)


@pytest.fixture
def ask(colour: Colour, sandbox: Sandbox) -> Caller:
    """The everyday member's calls."""
    return Caller(colour, sandbox)


@pytest.mark.parametrize("ads", ["array", "map"])
def test_an_ad_is_shown_activated_and_redeemed(ask: Caller, sandbox: Sandbox, ads: Any) -> None:
    """Each step shows in the next one, up to the reward on the primary account."""
    sandbox.turn(cardlytics_ads=ads)
    assert ask("customers", "set_enrollment", False, **PLACE) is None
    assert ask("customers", "get").is_opted_in is False
    ask("customers", "set_enrollment", True, **PLACE)
    here = ask("customers", "start_session", channel_id=5)
    second = here.accounts[1]
    assert ask("customers", "set_primary_account", second.account_id) is None
    new = ask("ads", "list", status=AdStatus.NEW, **PLACE).ads[0]
    shown = {
        "impression_token": new.creatives[0].impression_token,
        "display_position": 0,
        "channel_id": 5,
        "location_id": 2,
        "display_type_id": 1,
    }
    ask("ads", "mark_served", [shown])
    assert ask.ad(new.ad_id).status is AdStatus.SERVED
    event = {"ad_id": new.ad_id, "channel_id": 5, "location_id": 2}
    ask("events", "send", [{**event, "event_type_id": ClientEvent.ACTIVATE_OFFER}])
    assert ask.ad(new.ad_id).status is AdStatus.ACTIVATED
    assert ask.ad(new.ad_id).activated_date is not None

    before = ask("rewards", "summary", **PLACE).rolling_twelve_months
    made = sandbox.cardlytics_state.purchase(ask.customer, new.ad_id, 4000)
    found = ask("redemptions", "list", **PLACE)
    assert found.redemptions[0].paid_account_id == second.account_id
    assert found.redemptions[0].amount == Decimal(made.cents) / 100
    assert found.ad_for(found.redemptions[0]).status is AdStatus.REDEEMED
    after = ask("rewards", "summary", **PLACE).rolling_twelve_months
    assert after.redemption_count == before.redemption_count + 1
    assert ask("customers", "get").total_earned >= after.total_reward_amount


def test_an_ad_is_parked_and_comes_back(ask: Caller) -> None:
    """Counts follow; parking has its own call, coming back is an event."""
    ad = ask("ads", "list", status=EVERY, include_parked=False, **PLACE).ads[0]
    token = ad.creatives[0].impression_token
    place = {"channel_id": 5, "location_id": 2}
    ask("ads", "park", [{"impression_token": token, "display_type_id": 1, **place}])
    assert ask.ad(ad.ad_id).is_parked
    assert ask("ads", "count", status=EVERY, include_parked=True).count == 2
    event = {"event_type_id": ClientEvent.UN_PARK_ALL_OFFERS, **place}
    ask("events", "send", [event], wrapper="clientEventCommand", before_v3=True)
    assert ask("ads", "counts").not_active_parked.count == 0


def test_stores_and_collections(ask: Caller) -> None:
    """What is near, and what belongs together; a customer's own ads only."""
    around = {"radius": 50_000, "max_merchant_limit": 3, **PLACE}
    near = ask("merchants", "nearby", 33.749, -84.388, **around).merchant_locations
    assert len(near) == 3
    ad_id = near[0].ad_id
    of_one = ask("merchants", "nearby_for_ad", ad_id, 33.749, -84.388, **around)
    assert {store.ad_id for store in of_one.merchant_locations} == {ad_id}
    inside = ask("collections", "get", "featured", **PLACE).sub_collections[0]
    assert ad_id in {ad.ad_id for ad in inside.ads}
    with pytest.raises(NotFound):
        ask("collections", "get", "unknown", **PLACE)
    with pytest.raises(BadRequest, match="account of this customer"):
        ask("customers", "set_primary_account", 1)
