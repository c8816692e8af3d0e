from __future__ import annotations

import time

import httpx
import pytest

from loyalty_sdk._core.connections.recall import Recall, Recalled
from loyalty_sdk._core.errand import sent_out, sent_out_async
from loyalty_sdk.errors import DeadlineExceeded

from .toy import AsyncToy, Key, Toy


@pytest.fixture
def toy(colour):
    """A client that answers at once, and notes what it was asked."""
    asked = []

    def handle(request):
        asked.append(request)
        return httpx.Response(200, json={"id": "c1"})

    kind = colour.pick(Toy, AsyncToy)
    client = colour.keep(
        kind(auth=Key("synthetic"), transport=httpx.MockTransport(handle), deadline=5)
    )
    client.asked = asked
    return client


def out(colour, client, deadline):
    """A view of a client, and its errand."""
    return colour.pick(sent_out, sent_out_async)(client, deadline)


def test_calls_end_together(colour, toy):
    """Past the moment set for all of them, no call leaves."""
    view, errand = out(colour, toy, 3)
    assert colour(view.cards.get("c1")).id == "c1"
    errand.ends = time.monotonic() + 60
    assert colour(view.cards.get("c1")).id == "c1"
    errand.ends = time.monotonic()
    with pytest.raises(DeadlineExceeded, match="deadline of 3 s"):
        colour(view.cards.get("c1"))
    assert len(toy.asked) == 2


@pytest.mark.parametrize(
    ("own", "given", "holds"), [(5, 3, 3), (5, 8, 5), (None, 8, 8), (5, None, 5)]
)
def test_the_shorter_deadline_holds(colour, toy, own, given, holds):
    """The client's own, or the errand's; the client itself stays as it was."""
    client = toy.with_options(deadline=own)
    view, errand = out(colour, client, given)
    assert errand.options.deadline == holds
    assert client._runner.options.deadline == own
    colour.close(view)  # a view closes nothing
    assert colour(client.cards.get("c1")).id == "c1"


def test_a_call_can_be_called_back():
    """The one under way, and each that would come after it."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"id": "1"}))
    with Toy(auth=Key("synthetic"), transport=transport) as toy:
        view, errand = sent_out(toy, None)
        errand.recall = Recall()
        assert view.cards.get("c1").id == "1"
        errand.recall()
        with pytest.raises(Recalled):
            view.cards.get("c1")
