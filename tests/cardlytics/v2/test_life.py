"""A customer's life on the sandbox's version 2, in both colours and of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from loyalty_sdk.auth import Auth
from loyalty_sdk.cardlytics.v2 import CustomerSession, RewardsSession
from loyalty_sdk.errors import BadRequest
from loyalty_sdk.sandbox import Sandbox

from .conftest import Caller

NOON = datetime(2026, 6, 15, 12, tzinfo=timezone.utc)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own, in the middle of a year."""
    with Sandbox(seed=6, now=lambda: NOON) as running:
        yield running


def session(sandbox: Sandbox, kind: str) -> Auth:
    """The everyday member's session of a kind."""
    rewards = sandbox.cardlytics_rewards
    if kind == "rewards":
        return RewardsSession(**rewards)
    return CustomerSession(rewards["source_customer_id"])


def told(name: str, ad: Any = None, kind: str = "AdInteraction") -> dict[str, Any]:
    """An event."""
    event = {"client_event_type": kind, "client_event": name, "client_event_timestamp": NOON}
    if ad is None:
        return event
    metadata = {"section": "Landing", "channel": "OLB", "serve_token": ad.ad_serve_token}
    return {**event, "client_event_metadata": metadata}


@pytest.mark.parametrize("kind", ["publisher", "rewards"])
def test_an_ad_is_shown_activated_and_redeemed(caller: Caller, sandbox: Sandbox, kind: str) -> None:
    """Each step shows in the next one; events are what changes ads."""
    client = caller.client(**sandbox.cardlytics, auth=session(sandbox, kind))

    def ad_of(ad_id: str) -> Any:
        both = ["VISIBLE", "PARKED"]
        return caller.run(client.ads.get("OLB", visibility_states=both)).ad(ad_id)

    parked = caller.run(client.ads.get("OLB", visibility_states=["PARKED"]))
    (new,) = parked.ads
    assert (new.activation_state, new.visibility_state) == ("NEW", "PARKED")
    caller.run(client.events.send([told("UnParkOffer", new)]))
    caller.run(client.events.send([told("AdViewableImpression", new, "AdImpression")]))
    assert ad_of(new.ad_id).activation_state == "SERVED"
    caller.run(client.events.send([told("ActivateOffer", new)]))
    activated = ad_of(new.ad_id)
    assert (activated.activation_state, activated.visibility_state) == ("ACTIVATED", "VISIBLE")
    assert activated.activation_date == NOON

    before = caller.run(client.customers.get_reward_summary()).rewards_summary.all_time
    customer = sandbox.cardlytics_rewards["source_customer_id"]
    made = sandbox.cardlytics_state.purchase(customer, new.ad_id, cents=4000)
    found = caller.run(client.customers.list_redemptions())
    assert found.redemptions[0].amount == Decimal(made.cents) / 100
    assert found.ad_for(found.redemptions[0]).redemption_state == "FULLY_REDEEMED"
    assert None in [found.ad_for(one) for one in found.redemptions]
    after = caller.run(client.customers.get_reward_summary()).rewards_summary.all_time
    assert after.redemption_count == before.redemption_count + 1
    profile = caller.run(client.customers.get_profile())
    assert (profile.enrollment_opt_in_status, len(profile.accounts)) == ("ACTIVE", 2)


def test_ads_are_chosen(caller: Caller, sandbox: Sandbox) -> None:
    """By state and category, so many at the most, with images, stores and ended ones on demand."""
    client = caller.client(**sandbox.cardlytics, auth=session(sandbox, "publisher"))

    def ads(**which: Any) -> Any:
        return caller.run(client.ads.get("OLB", **which))

    usual = ads()
    assert usual.order == tuple(ad.ad_id for ad in usual.ads)
    assert all(ad.assets is None for ad in usual.ads)
    assert len(ads(include_expired_ads=True).ads) == len(usual.ads) + 1
    assert ads(return_metadata=True).ads[0].assets.logo.value.large.width == 627
    assert len(ads(max_ad_limit=2).ads) == 2
    served = ads(activation_states=["SERVED"]).ads
    assert {ad.activation_state for ad in served} == {"SERVED"}
    redeemed = ads(redemption_states=["FULLY_REDEEMED"]).ads
    assert {ad.redemption_state for ad in redeemed} == {"FULLY_REDEEMED"}
    group = usual.categories[usual.ads[0].ad_id]
    assert {ad.ad_id for ad in ads(category_ids=[group.id]).ads} == set(group.ad_ids)
    assert ads(curation_ids=["1"]).ads == ads(sections=["Other"]).ads == ()
    here = {"latitude": 33.749, "longitude": -84.388}
    near = ads(customer_location=here, return_store_location=True).store_locations
    assert near is not None
    assert near.keys() == {ad.ad_id for ad in usual.ads}


def test_events_name_ads_of_the_customer(caller: Caller, sandbox: Sandbox) -> None:
    """One that names none is refused; one that needs none is taken."""
    client = caller.client(**sandbox.cardlytics, auth=session(sandbox, "publisher"))
    (parked,) = caller.run(client.ads.get("OLB", visibility_states=["PARKED"])).ads
    stranger = type(parked)(ad_id="1", ad_serve_token="AAAA")
    with pytest.raises(BadRequest, match=r"Validation failed: The event names no ad"):
        caller.run(client.events.send([told("ActivateOffer", stranger)]))
    every = [
        told("LogEnrollment", kind="SessionAction"),
        told("UnParkAllOffers", None, "SessionAction"),
    ]
    assert caller.run(client.events.send(every)).request_id
    assert caller.run(client.ads.get("OLB", visibility_states=["PARKED"])).ads == ()


def test_requests_may_be_named(caller: Caller, sandbox: Sandbox) -> None:
    """`X-CDLX-Request-Id` comes back."""
    client = caller.client(**sandbox.cardlytics, auth=session(sandbox, "publisher"))
    named = client.with_options(headers={"X-CDLX-Request-Id": "my-request-1"})
    assert caller.run(named.customers.get_profile()).request_id == "my-request-1"
