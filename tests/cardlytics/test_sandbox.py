"""The client against the sandbox, over a real socket, with every switch in every position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from loyalty_sdk.cardlytics import AdStatus, Percentage, TokenExpired
from loyalty_sdk.errors import APIError, BadRequest, NotFound, ServerError
from loyalty_sdk.sandbox import Sandbox

from .colours import Colour

PLACE: dict[str, Any] = {"channel_id": 5, "location_id": 2}
ZONE = "America/New_York"


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    """One server for all tests of this file; its data avoid the hour that clocks show twice."""
    with Sandbox(seed=7, now=lambda: datetime(2026, 1, 15, 12, tzinfo=timezone.utc)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(served: Sandbox) -> Sandbox:
    """The server with the switches as they are at first."""
    served.turn(
        cardlytics_server_version="5.3",
        cardlytics_timezone="UTC",
        cardlytics_token_lifetime=3600,
        cardlytics_redemption_form="sample",
        cardlytics_ads="array",
        cardlytics_errors="nested",
        cardlytics_failing=False,
    )
    served.forget_requests()
    return served


def listed(colour: Colour, sandbox: Sandbox, customer: str = "", **arguments: Any) -> Any:
    """A member's redemptions, the everyday member's unless named."""
    client = colour.client(**sandbox.cardlytics, timezone=arguments.pop("timezone", None))
    named = customer or sandbox.member.cardlytics_source_customer_id
    token = colour.run(client.tokens.get(named))
    return colour.run(client.redemptions.list(token, **PLACE, **arguments))


@pytest.mark.parametrize("form", ["sample", "types"])
@pytest.mark.parametrize("ads", ["array", "map"])
def test_all_forms_read_alike(
    colour: Colour,
    sandbox: Sandbox,
    form: Literal["sample", "types"],
    ads: Literal["array", "map"],
) -> None:
    """Whatever the form of dates, ids and ads, the list is the same, and nothing in it unknown."""
    sandbox.turn(cardlytics_redemption_form=form, cardlytics_ads=ads)
    answer = listed(colour, sandbox)
    held = sandbox.cardlytics_state.redemptions(sandbox.member.cardlytics_source_customer_id)
    assert [one.redemption_id for one in answer.redemptions] == [
        str(one.redemption_id) for one in held
    ]
    for read, one in zip(answer.redemptions, held, strict=True):
        assert read.redemption_date == one.redeemed_at.replace(tzinfo=None)
        assert (read.amount, read.is_my_reward) == (Decimal(one.cents) / 100, one.is_mine)
        assert (read.reward_settlement_run_date is None) is (one.settled_at is None)
    assert not any(one.extra for one in (answer, *answer.redemptions, *answer.ads))


def test_redemptions_find_their_ads(colour: Colour, sandbox: Sandbox) -> None:
    """Those whose ad is listed find it; the others get `None`."""
    answer = listed(colour, sandbox)
    ids = {ad.ad_id for ad in answer.ads}
    found = [answer.ad_for(one) for one in answer.redemptions]
    assert [None if ad is None else ad.ad_id for ad in found] == [
        one.ad_id if one.ad_id in ids else None for one in answer.redemptions
    ]
    assert None in found


def test_offers_and_states_are_read(colour: Colour, sandbox: Sandbox) -> None:
    """Percent and money are told apart, and every state is known but one."""
    ads = listed(colour, sandbox).ads
    assert {type(ad.offer) for ad in ads} == {Percentage, Decimal}
    known = AdStatus.NEW | AdStatus.SERVED | AdStatus.ACTIVATED | AdStatus.PROCESSING
    known |= AdStatus.REDEEMED | AdStatus.EXPIRED
    assert sum(1 for ad in ads if not ad.status & known) == 1


@pytest.mark.parametrize("zone", ["UTC", ZONE])
def test_times_are_the_servers(colour: Colour, sandbox: Sandbox, zone: str) -> None:
    """A client told the server's zone reads the true moments, in summer and winter."""
    sandbox.turn(cardlytics_timezone=zone)
    heavy = sandbox.members.heavy.cardlytics_source_customer_id
    answer = listed(colour, sandbox, heavy, timezone=zone)
    held = sandbox.cardlytics_state.redemptions(heavy)
    off = [
        one.redemption_id
        for read, one in zip(answer.redemptions, held, strict=True)
        if read.redemption_date.astimezone(timezone.utc) != one.redeemed_at
    ]
    assert off == []


def test_aware_dates_ask_for_true_moments(colour: Colour, sandbox: Sandbox) -> None:
    """Bounds in any zone reach the server in its own, and both count."""
    sandbox.turn(cardlytics_timezone=ZONE)
    held = sandbox.cardlytics_state.redemptions(sandbox.member.cardlytics_source_customer_id)
    newer, older = held[2].redeemed_at, held[5].redeemed_at
    answer = listed(
        colour,
        sandbox,
        timezone=ZoneInfo(ZONE),
        start_date=older.astimezone(ZoneInfo("Asia/Tokyo")),
        end_date=newer,
    )
    found = [one.redemption_id for one in answer.redemptions]
    assert found == [str(one.redemption_id) for one in held[2:6]]


def test_naive_dates_ask_as_they_are(colour: Colour, sandbox: Sandbox) -> None:
    """Without a zone a naive bound means what the server's clock shows."""
    held = sandbox.cardlytics_state.redemptions(sandbox.member.cardlytics_source_customer_id)
    bound = held[3].redeemed_at.replace(tzinfo=None)
    newer = listed(colour, sandbox, start_date=bound + timedelta(seconds=1)).redemptions
    older = listed(colour, sandbox, end_date=bound.isoformat()).redemptions
    assert (len(newer), len(older)) == (3, len(held) - 3)
    assert listed(colour, sandbox, end_date=datetime(2000, 1, 1).date()).redemptions == ()


def test_an_awkward_customer_is_reached(colour: Colour, sandbox: Sandbox) -> None:
    """A customer id with a slash, a blank, a percent sign and an umlaut arrives as it is."""
    customer = sandbox.members.awkward.cardlytics_source_customer_id
    assert len(listed(colour, sandbox, customer).redemptions) == 3


@pytest.mark.parametrize("ads", ["array", "map"])
def test_nothing_is_an_empty_list(
    colour: Colour, sandbox: Sandbox, ads: Literal["array", "map"]
) -> None:
    """A customer without redemptions has a list all the same."""
    sandbox.turn(cardlytics_ads=ads)
    answer = listed(colour, sandbox, sandbox.members.empty.cardlytics_source_customer_id)
    assert (answer.redemptions, answer.ads) == ((), ())


@pytest.mark.parametrize("errors", ["nested", "flat"])
def test_an_expired_token_says_so(
    colour: Colour, sandbox: Sandbox, errors: Literal["nested", "flat"]
) -> None:
    """It is raised at once and repeated never; a new token works."""
    sandbox.turn(cardlytics_errors=errors)
    client = colour.client(**sandbox.cardlytics, session_id="checkout 7")
    customer = sandbox.member.cardlytics_source_customer_id
    token = colour.run(client.tokens.get(customer))
    sandbox.expire_customer_tokens()
    with pytest.raises(TokenExpired, match="expired at") as caught:
        colour.run(client.redemptions.list(token, **PLACE))
    assert (caught.value.code, caught.value.status) == ("Forbidden", 403)
    assert caught.value.request_id
    assert sandbox.count("cardlytics.get-redemptions") == 1
    fresh = colour.run(client.tokens.get(customer))
    assert colour.run(client.redemptions.list(fresh, **PLACE)).redemptions


def test_a_lifetime_of_nothing_expires_at_once(colour: Colour, sandbox: Sandbox) -> None:
    """A server's own clock ends tokens too."""
    sandbox.turn(cardlytics_token_lifetime=0)
    with pytest.raises(TokenExpired):
        listed(colour, sandbox)


def test_a_malformed_token_is_a_bad_request(colour: Colour, sandbox: Sandbox) -> None:
    """So are parameters that the server requires and did not get."""
    client = colour.client(**sandbox.cardlytics)
    with pytest.raises(BadRequest, match="malformed"):
        colour.run(client.redemptions.list("nonsense", **PLACE))
    token = colour.run(client.tokens.get(sandbox.member.cardlytics_source_customer_id))
    with pytest.raises(BadRequest, match="channelId is required"):
        colour.run(client.redemptions.list(token))


def test_an_unknown_customer_is_not_found(colour: Colour, sandbox: Sandbox) -> None:
    """There is no token for nobody."""
    with pytest.raises(NotFound, match="customer was not found") as caught:
        listed(colour, sandbox, "nobody")
    assert caught.value.code == "NotFound"


def test_an_older_server_is_not_found(colour: Colour, sandbox: Sandbox) -> None:
    """Its page of HTML is a plain `NotFound`."""
    sandbox.turn(cardlytics_server_version="3.9")
    with pytest.raises(NotFound, match="no error object") as caught:
        listed(colour, sandbox)
    assert caught.value.response is not None
    assert caught.value.response.text().startswith("<!DOCTYPE html>")


def test_an_older_server_leaves_things_out(colour: Colour, sandbox: Sandbox) -> None:
    """What a version does not have reads as `None`."""
    sandbox.turn(cardlytics_server_version="4.0")
    assert {ad.purchase_requirement for ad in listed(colour, sandbox).ads} == {None}


def test_a_wrong_verb_is_a_page(colour: Colour, sandbox: Sandbox) -> None:
    """A 405 comes without an error object."""
    with pytest.raises(APIError) as caught:
        colour.run(colour.client(**sandbox.cardlytics).request("POST", "api", "v1", "token"))
    assert (caught.value.status, caught.value.code) == (405, None)


def test_a_failing_server_is_asked_again(colour: Colour, sandbox: Sandbox) -> None:
    """A call that only reads is tried three times."""
    sandbox.turn(cardlytics_failing=True)
    with pytest.raises(ServerError):
        colour.run(colour.client(**sandbox.cardlytics).tokens.get("1"))
    assert sandbox.count("cardlytics.get-token", status=500) == 3
