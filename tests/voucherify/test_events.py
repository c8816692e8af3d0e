from __future__ import annotations

import httpx
import pytest

from loyalty_sdk.errors import InvalidArgument, ServerError

from .replay import Case, Clients, Replay, recorded

CASE = Case(
    "events.track",
    {
        "event": "visited_shop",
        "customer": {"source_id": "shopper-1@example.com"},
        "referral": {"code": "SYN-0007", "referrer_id": "cust_2"},
        "loyalty": {"code": "SYN-0004"},
        "metadata": {"shop": "Utrecht"},
    },
    "POST /v1/events",
    {
        "event": "visited_shop",
        "customer": {"source_id": "shopper-1@example.com"},
        "referral": {"code": "SYN-0007", "referrer_id": "cust_2"},
        "loyalty": {"code": "SYN-0004"},
        "metadata": {"shop": "Utrecht"},
    },
    "events.track.200",
    {
        "type": "visited_shop",
        "customer.id": "cust_synthetic1",
        "referral": {"code": "SYN-0007"},
        "loyalty": {"code": "SYN-0004"},
    },
)


def test_an_event_is_told(clients: Clients) -> None:
    """The call sends what the documents say, and its answer can be read."""
    CASE.check(clients)


def test_an_event_is_told_once(clients: Clients) -> None:
    """A replay would give points twice."""
    replay = Replay(httpx.Response(502), recorded("events.track.200"))
    with pytest.raises(ServerError):
        clients.client(replay).events.track(event="visited_shop", customer={"id": "cust_1"})
    assert len(replay.requests) == 1


@pytest.mark.parametrize("left_out", ["event", "customer"])
def test_an_event_needs_a_name_and_a_customer(clients: Clients, left_out: str) -> None:
    """What is missing is named, and nothing is sent."""
    given = {"event": "visited_shop", "customer": {"id": "cust_1"}}
    del given[left_out]
    with pytest.raises(InvalidArgument) as caught:
        clients.client(Replay()).events.track(**given)
    assert caught.value.argument == left_out
