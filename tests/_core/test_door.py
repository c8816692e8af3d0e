from __future__ import annotations

import asyncio
import contextlib
import threading
import time

import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk.errors import DeadlineExceeded, TimedOut

from .servers import Server, answer, keeping
from .toy import AsyncToy, Key

ONCE = Retry(attempts=1)


class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of the caller's own networking that comes slowly."""

    def __init__(self):
        self.closed = 0

    def __iter__(self):
        for _ in range(100):
            time.sleep(0.02)
            yield b" "

    async def __aiter__(self):
        for _ in range(100):
            await asyncio.sleep(0.02)
            yield b" "

    def close(self):
        self.closed += 1

    async def aclose(self):
        self.closed += 1


@pytest.mark.parametrize("own", ["transport", "http_client"])
def test_the_deadline_holds_between_chunks_of_networking_of_ones_own(colour, toy, own):
    """A body that drips is left in time, and closed, whoever brings it."""
    body = Dripping()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=body))
    options = {"transport": transport}
    if own == "http_client":
        client = colour.pick(httpx.Client, httpx.AsyncClient)(transport=transport)
        options = {"http_client": colour.keep(client)}
    began = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        colour(toy(deadline=0.3, retry=ONCE, **options).cards.get("c1"))
    assert 0.29 <= time.monotonic() - began <= 0.4
    assert body.closed


def test_a_hanging_transport_is_cancelled_on_an_async_client():
    """The async door needs no help of the transport."""

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            await asyncio.sleep(10)

    async def run():
        async with AsyncToy(auth=Key("key-1"), transport=Hanging(), timeout=0.1, retry=ONCE) as toy:
            await toy.cards.top_up("c1")

    began = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        asyncio.run(run())
    assert time.monotonic() - began < 0.2
    assert caught.value.sent


def test_the_callers_cancelling_comes_through():
    """A task that is cancelled is cancelled, and its connection given back."""

    async def run(url):
        async with AsyncToy(auth=Key("key-1"), base_url=url, max_connections=1) as toy:
            task = asyncio.create_task(toy.cards.get("slow"))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await toy.cards.get("c1")

    def script(connection):
        while request := connection.request():
            if b"slow" in request:
                connection.stall()
                return
            connection.send(answer())

    with Server(script) as server:
        assert asyncio.run(run(server.url)).id == "c1"


async def cancelled_after(rounds, work, times):
    """What some work gives, unless it is cancelled after so many rounds of the event loop."""
    task = asyncio.create_task(work)
    for _ in range(rounds + 1):
        await asyncio.sleep(0)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    with contextlib.suppress(asyncio.CancelledError):
        return await task


@pytest.mark.parametrize("times", [1, 3])
def test_cancelling_at_any_moment_leaves_the_pool_whole(times):
    """Whatever a request is at when it is cancelled, its place is free again, and its socket."""

    async def run(url):
        async with AsyncToy(auth=Key("key-1"), base_url=url, max_connections=1, deadline=5) as toy:
            done = 0
            for rounds in range(0, 240, 2):
                done += await cancelled_after(rounds, toy.cards.get("c1"), times) is not None
                if rounds % 20 == 0:
                    assert (await toy.cards.get("c1")).id == "c1"
            (pool,) = toy._runner.session.door._own._pools.values()
            assert all(connection.is_idle() for connection in pool.connections)
            assert len(asyncio.all_tasks()) == 1
            return done

    with Server(keeping()) as server:
        assert asyncio.run(run(server.url)) < 120


@pytest.mark.parametrize("own", [False, True])
def test_a_time_out_at_any_moment_leaves_the_pool_whole(own):
    """The SDK's own time-out cancels too; and so does one of the caller's."""

    async def run(url):
        async with AsyncToy(auth=Key("key-1"), base_url=url, max_connections=1) as toy:
            brief = toy.with_options(retry=ONCE, timeout=None)
            for number in range(100):
                limit = number * 2e-5 + 1e-6
                with contextlib.suppress(TimeoutError):
                    if own:
                        await brief.with_options(deadline=limit).cards.get("c1")
                    else:
                        async with asyncio.timeout(limit):
                            await brief.cards.get("c1")
            assert (await toy.with_options(deadline=5).cards.get("c1")).id == "c1"

    with Server(keeping()) as server:
        asyncio.run(run(server.url))


def test_the_callers_own_time_out_comes_through():
    """`asyncio.timeout` around a call raises its own error, not ours."""

    async def run(url):
        async with AsyncToy(auth=Key("key-1"), base_url=url) as toy, asyncio.timeout(0.05):
            await toy.cards.get("c1")

    with (
        Server(lambda c: (c.request(), c.stall())) as server,
        pytest.raises(TimeoutError) as caught,
    ):
        asyncio.run(run(server.url))
    assert type(caught.value) is TimeoutError


@pytest.mark.parametrize("kind", [httpx.AsyncByteStream, httpx.SyncByteStream])
def test_a_body_of_the_other_colour(colour, toy, kind):
    """A transport that gives the wrong kind of stream has a bug, and hears about it."""

    class Odd(kind):
        pass

    client = toy(lambda _: httpx.Response(200, stream=Odd()), retry=ONCE)
    if (kind is httpx.AsyncByteStream) is colour.is_async:
        return
    with pytest.raises((TypeError, RuntimeError)):
        colour(client.cards.get("c1"))


def test_one_renewal_at_a_time_across_threads(toy, colour):
    """The right to renew is given to one, and back, also after an error."""
    door = toy(lambda _: httpx.Response(200))._runner.session.door
    if colour.is_async:

        async def tried():
            async with door.one_renewal(None):
                with pytest.raises(TimedOut):
                    async with door.one_renewal(0.02):
                        raise AssertionError("not reached")
            async with door.one_renewal(0.02):
                return True

        assert colour(tried())
        return
    inside = threading.Event()
    with pytest.raises(KeyError), door.one_renewal(None):
        raise KeyError
    with door.one_renewal(None), pytest.raises(TimedOut), door.one_renewal(-1):
        inside.set()
    with door.one_renewal(0):
        inside.set()
    assert inside.is_set()
