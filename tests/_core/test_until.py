"""Calls that are made again until the vendor has done its work, in both colours."""

from __future__ import annotations

import itertools
import time

import httpx
import pytest

from loyalty_sdk._core.calls import Call, Until
from loyalty_sdk._core.endpoint import Resource, endpoint
from loyalty_sdk._core.retry import backoff
from loyalty_sdk.errors import NotFound, StillRunning
from loyalty_sdk.testing import no_backoff


class Jobs(Resource):
    """Work that takes a while."""

    @endpoint
    def wait(self, *, every: float = 0.05, at_most: float = 5) -> Call[dict]:
        """Wait for it."""
        return Call(
            method="GET",
            path=("job",),
            read=lambda response: response.json(),
            repeatable=True,
            until=Until(done=lambda job: job["done"], every=every, at_most=at_most),
        )


@pytest.fixture(autouse=True)
def _at_once():
    with no_backoff():
        yield


def job(done_after, asked):
    def handler(request):
        asked.append(request)
        return httpx.Response(200, json={"done": len(asked) >= done_after, "asked": len(asked)})

    return handler


@pytest.mark.parametrize("rounds", [1, 4])
def test_it_is_asked_until_it_is_done(toy, colour, rounds):
    """The result is the first answer that is done, and nothing is asked after it."""
    asked = []
    client = toy(job(rounds, asked))
    assert colour(Jobs(client._runner).wait()) == {"done": True, "asked": rounds}
    assert len(asked) == rounds


def test_raw_gives_the_last_response(toy, colour):
    """On `.raw` the response is that of the answer that was done."""
    client = toy(job(2, []))
    answer = colour(Jobs(client.raw._runner).wait())
    assert answer.response.json() == answer.data == {"done": True, "asked": 2}


def test_waiting_ends(toy, colour):
    """After the time that was given the error holds what was said last."""
    asked = []
    client = toy(job(1_000_000, asked))
    with pytest.raises(StillRunning, match=r"toy\.jobs\.wait: not done within 0\.05 s") as caught:
        colour(Jobs(client._runner).wait(at_most=0.05))
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.latest == {"done": False, "asked": len(asked)}


def test_an_error_ends_the_waiting(toy, colour):
    """A call that fails is not asked again by the waiting."""
    asked = []

    def handler(request):
        asked.append(request)
        return httpx.Response(404)

    with pytest.raises(NotFound):
        colour(Jobs(toy(handler)._runner).wait())
    assert len(asked) == 1


def test_the_pause_is_kept(toy, colour):
    """Between two questions lie the seconds that were asked for."""
    moments = []

    def handler(request):
        moments.append(time.monotonic())
        return httpx.Response(200, json={"done": len(moments) == 3})

    backoff.scale = 1
    colour(Jobs(toy(handler)._runner).wait(every=0.05))
    assert all(later - earlier >= 0.05 for earlier, later in itertools.pairwise(moments))
