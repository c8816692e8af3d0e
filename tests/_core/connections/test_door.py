from __future__ import annotations

import asyncio
import contextlib
import itertools
import signal
import socket
import threading
import time

import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core.connections import door_async
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk.errors import DeadlineExceeded, TimedOut

from ..interrupts import interrupted_at
from ..rows.test_stream import lines
from ..servers import OK, Server, answer, keeping
from ..toy import AsyncToy, Key, Toy

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
    assert 0.29 <= time.monotonic() - began <= 1
    assert body.closed


class Busy(Dripping):
    """A body that never lets anybody else work."""

    def __init__(self):
        super().__init__()
        self.sent = 0

    def __iter__(self):
        while self.sent < 100:
            time.sleep(0.01)
            self.sent += 1
            yield b" "

    async def __aiter__(self):
        for chunk in iter(self):
            yield chunk


def test_the_deadline_holds_for_a_body_that_leaves_the_event_loop_no_turn(colour, toy):
    """Chunks that are all there already are left in time, too."""
    body = Busy()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=body))
    with pytest.raises(DeadlineExceeded):
        colour(toy(deadline=0.1, retry=ONCE, transport=transport).cards.get("c1"))
    assert body.sent < 100
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
    assert time.monotonic() - began < 5
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


def served(connection):
    """Cards, and rows in two pieces."""
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while request := connection.request():
        if b"/lines" in request:
            connection.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            connection.send(b"a\r\nid,points\n\r\n")
            connection.send(b"4\r\n1,5\n\r\n0\r\n\r\n")
        else:
            connection.answer()


async def a_card(toy):
    return (await toy.cards.get("c1")).id


async def some_rows(toy):
    async with lines(toy) as rows:
        return [row.id async for row in rows]


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


@pytest.mark.parametrize("work", [a_card, some_rows])
@pytest.mark.parametrize("times", [1, 3])
def test_cancelling_at_any_moment_leaves_the_pool_whole(work, times):
    """Whatever a request is at when it is cancelled, its place is free again, and its socket."""

    async def run(url):
        async with AsyncToy(auth=Key("key-1"), base_url=url, max_connections=1, deadline=5) as toy:
            done = 0
            for rounds in range(0, 240, 2):
                done += await cancelled_after(rounds, work(toy), times) is not None
                if rounds % 20 == 0:
                    assert await work(toy)
            (pool,) = toy._runner.session.door._own._pools.values()
            assert all(connection.is_idle() for connection in pool.connections)
            assert len(asyncio.all_tasks()) == 1
            return done

    with Server(served) as server:
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


def a_card_blocking(toy):
    toy.cards.get("c1")


def some_rows_blocking(toy):
    with lines(toy) as rows:
        assert [row.id for row in rows] == ["1"]


@pytest.mark.parametrize("work", [a_card_blocking, some_rows_blocking])
def test_a_call_may_be_interrupted_at_any_moment(work):
    """Ctrl-C costs neither the only connection that there may be nor its place in the pool."""
    with Server(served) as server:
        for warm in (False, True):
            for moment in itertools.count(1 + warm, 61):
                with Toy(
                    auth=Key("key-1"),
                    base_url=server.url,
                    max_connections=1,
                    deadline=3,
                    retry=ONCE,
                ) as toy:
                    if warm:
                        work(toy)
                    over = not interrupted_at(moment, lambda toy=toy: work(toy))
                    work(toy)
                if over:
                    break


def interrupt():
    """Press Ctrl-C."""
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


@pytest.mark.parametrize("work", [a_card_blocking, some_rows_blocking])
def test_an_interrupt_closes_the_connection(work):
    """Nothing is left behind of a call that nobody waits for any more; the next one is like new."""
    closed = threading.Event()

    def script(connection):
        connection.request()
        if server.connections == 1:
            interrupt()
            connection.request()
            closed.set()
        else:
            connection.answer(b"id,points\n1,5\n" if work is some_rows_blocking else OK)

    with Server(script) as server, Toy(auth=Key("key-1"), base_url=server.url) as toy:
        with pytest.raises(KeyboardInterrupt):
            work(toy)
        assert closed.wait(5)
        work(toy)


def test_an_interrupt_is_no_matter_of_the_caller_s_own_networking():
    """It is the caller's to close."""
    turns = itertools.count()

    def handler(request):
        if next(turns) == 0:
            raise KeyboardInterrupt
        return httpx.Response(200, content=OK)

    with Toy(auth=Key("key-1"), transport=httpx.MockTransport(handler)) as toy:
        with pytest.raises(KeyboardInterrupt):
            toy.cards.get("c1")
        assert toy.cards.get("c1").id == "c1"


def test_an_interrupt_is_no_matter_of_other_threads():
    """Whoever reads a stream meanwhile goes on; what is left behind is closed in the end."""

    def script(connection):
        if b"/lines" in connection.request():
            connection.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            connection.send(b"e\r\nid,points\n1,5\n\r\n")
            flowing.set()
            go_on.wait(5)
            connection.send(b"4\r\n2,6\n\r\n0\r\n\r\n")
        else:
            interrupt()
            connection.stall()

    flowing, go_on, came = threading.Event(), threading.Event(), []
    with Server(script) as server:
        toy = Toy(auth=Key("key-1"), base_url=server.url, deadline=5)
        door = toy._runner.session.door

        def reading():
            with lines(toy) as rows:
                came.extend(row.id for row in rows)

        other = threading.Thread(target=reading)
        other.start()
        assert flowing.wait(5)
        with pytest.raises(KeyboardInterrupt):
            toy.cards.get("c1")
        (left_behind,) = door._left_behind
        go_on.set()
        other.join(5)
        assert (came, door._own) == (["1", "2"], None)
        sockets = [kept.get_extra_info("socket") for kept in left_behind._backend.streams]
        toy.close()
        assert {sock.fileno() for sock in sockets} == {-1}


def test_an_answer_that_comes_as_the_caller_gives_up_is_closed():
    """It came in the very turn of cancelling: it is nobody's, and its connection is free again."""

    async def work():
        task.cancel()
        return "an answer"

    async def run():
        nonlocal task
        closed = []

        async def close(answer):
            closed.append(answer)

        task = asyncio.create_task(door_async._Steps().taken(work(), close))
        with pytest.raises(asyncio.CancelledError):
            await task
        return closed

    task = None
    assert asyncio.run(run()) == ["an answer"]


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

    def enter(seconds):
        with door.one_renewal(seconds):
            inside.set()

    with door.one_renewal(None), Crew(1) as others, pytest.raises(TimedOut):
        others.start(lambda _: enter(-1)).result()
    assert not inside.is_set()
    enter(0)
    assert inside.is_set()
