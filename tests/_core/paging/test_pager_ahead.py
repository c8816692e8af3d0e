"""Pages that are asked for before they are needed: `read_ahead()` and `concurrent()`."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import json
import os
import signal
import ssl
import threading
import time

import httpx
import pytest
import trustme

from loyalty_sdk import Retry
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.errors import ClientClosed, InvalidArgument, ServerError

from ..servers import Server
from ..toy import Key
from ..ways import WAYS, walking


def pause(colour, seconds):
    """Let what is under way go on for a moment."""
    if colour.is_async:
        colour(asyncio.sleep(seconds))
    else:
        time.sleep(seconds)


def until(colour, condition):
    """Let what is under way go on until something is so."""
    for _ in range(1000):
        if condition():
            return
        pause(colour, 0.005)
    raise AssertionError("it never came to that")


@pytest.fixture(autouse=True)
def _nobody_is_left(colour):
    """Whatever a test does, no thread of ours and no task is left behind."""
    yield
    assert not [t for t in threading.enumerate() if t.name.startswith("loyalty_sdk")]
    if colour.is_async:
        assert colour(tasks()) == 1


async def tasks():
    await asyncio.sleep(0.01)  # a generator that a test left behind is closed by a task
    return len(asyncio.all_tasks())


class Cards:
    """Serves numbered cards over a socket, and what goes wrong with them.

    Attributes:
        asked: The offset of each request, in the order in which they came.
        broken: Offsets that are answered with a 500.
        held: Offsets whose answer waits until the gate is open.
        gone: How many connections were hung up on while they waited.
        most: How many requests waited for their answer at once, at the most.
    """

    def __init__(self, count, size=2, slow=0.0, total=True):
        self.count, self.size, self.slow, self.total = count, size, slow, total
        self.asked, self.broken, self.held = [], set(), set()
        self.gate = threading.Event()
        self.gone = self.most = self._waiting = 0
        self._lock = threading.Lock()

    def script(self, connection):
        while request := connection.request():
            offset = int(request.split(b"offset=")[1].split()[0])
            with self._lock:
                self.asked.append(offset)
                self._waiting += 1
                self.most = max(self.most, self._waiting)
            if offset in self.held and not self._let_in(connection):
                return
            time.sleep(self.slow)
            with self._lock:
                self._waiting -= 1
            if offset in self.broken:
                connection.answer(b'{"message": "broken"}', 500)
            else:
                connection.answer(json.dumps(self.page(offset)).encode())

    def _let_in(self, connection):
        """Wait for the gate; whether the client waits, too."""
        connection.sock.settimeout(0.01)
        while not self.gate.is_set():
            with contextlib.suppress(TimeoutError):
                connection.sock.recv(1)
                with self._lock:
                    self.gone += 1
                return False
        connection.sock.settimeout(None)
        return True

    def page(self, offset):
        end = min(offset + self.size, self.count)
        body = {"data": [{"id": str(n)} for n in range(offset, end)]}
        if end < self.count:
            body["next"] = str(end)
        return body | ({"total": self.count} if self.total else {})

    def over_http(self, request):
        """Answer in process."""
        offset = int(request.url.params["offset"])
        self.asked.append(offset)
        if offset in self.broken:
            return httpx.Response(500, json={"message": "broken"})
        return httpx.Response(200, json=self.page(offset))


def numbers(items):
    return [int(item.id) for item in items]


def numbers_of_pages(pages):
    return [number for page in pages for number in numbers(page.items)]


# --- what is asked for, and when


@pytest.mark.parametrize("way", WAYS)
def test_everything_comes_in_order(colour, toy, way):
    """Each item once and in order, each page asked for once; cursor and total as ever."""
    cards = Cards(11)
    with walking(colour, toy(cards.over_http).cards.numbered(), way) as pager:
        assert (pager.total, pager.cursor, cards.asked) == (None, None, [])
        assert numbers(colour.items(pager)) == list(range(11))
        assert (pager.total, pager.cursor) == (11, None)
        assert sorted(cards.asked) == [0, 2, 4, 6, 8, 10]
        pages = colour.items(pager.pages("3"))
        assert numbers_of_pages(pages) == list(range(3, 11))
        assert [page.response.status for page in pages] == [200] * 4
    assert (pager.total, pager.cursor) == (11, None)


def test_the_next_page_is_asked_for_while_one_is_read(colour, toy):
    """Reading ahead asks for one page more than was handed out, and never for two."""
    cards = Cards(20)
    with (
        Server(cards.script) as server,
        colour.entered(toy(base_url=server.url).cards.numbered().read_ahead()) as pager,
    ):
        walk = colour.steps(pager)
        for handed_out in range(1, 8):
            walk()
            expected = [2 * page for page in range((handed_out + 1) // 2 + 1)]
            until(colour, lambda expected=expected: len(cards.asked) == len(expected))
            pause(colour, 0.01)
            assert cards.asked == expected


@pytest.mark.parametrize("count", [1, 3, 8])
def test_never_more_at_once_than_told(colour, toy, count):
    """That many requests are under way, and that many pages wait to be handed out; no more."""
    cards = Cards(60)
    cards.held = set(range(2, 60))
    with (
        Server(cards.script) as server,
        colour.entered(toy(base_url=server.url).cards.numbered().concurrent(count)) as pager,
    ):
        pages = colour.steps(pager.pages())
        for handed_out in range(1, 6):
            assert numbers(pages().items) == [2 * handed_out - 2, 2 * handed_out - 1]
            expected = list(range(0, 2 * (handed_out + count), 2))
            until(colour, lambda expected=expected: sorted(cards.asked) == expected)
            pause(colour, 0.02)
            assert sorted(cards.asked) == expected
            cards.gate.set()
        assert cards.most == count


def test_the_first_page_is_asked_for_alone(colour, toy):
    """It tells how many there are: nothing is asked for in vain."""
    cards = Cards(4, slow=0.02)
    cards.held.add(0)
    with (
        Server(cards.script) as server,
        colour.entered(toy(base_url=server.url).cards.numbered().concurrent(8)) as pager,
    ):
        threading.Timer(0.05, cards.gate.set).start()
        assert numbers(colour.items(pager)) == list(range(4))
        assert cards.asked == [0, 2]


def test_without_a_total_pages_behind_the_end_may_be_asked_for(colour, toy):
    """They are empty, nobody gets them, and nothing else comes of it."""
    cards = Cards(6, total=False)
    with colour.entered(toy(cards.over_http).cards.numbered().concurrent(4)) as pager:
        assert numbers(colour.items(pager)) == list(range(6))
        assert pager.total is None
    assert set(cards.asked) >= {0, 2, 4}
    assert max(cards.asked) <= 10


def test_no_more_at_once_than_there_are_connections(colour, toy):
    """What a client may not open at once waits for its turn, outside its deadline."""
    cards = Cards(40, slow=0.01)
    with Server(cards.script) as server:
        client = toy(base_url=server.url, max_connections=2)
        with colour.entered(client.cards.numbered().concurrent(8)) as pager:
            assert numbers(colour.items(pager)) == list(range(40))
        assert cards.most == server.connections == 2


def test_lists_that_lead_from_page_to_page_cannot_be_asked_at_once(colour, toy):
    """Nobody knows the second cursor before the first page: it is said, and what to do instead."""
    pager = toy(lambda _: None).cards.list()
    with pytest.raises(InvalidArgument, match=r"use read_ahead\(\)") as caught:
        pager.concurrent(4)
    assert (caught.value.argument, caught.value.operation) == ("pages", "toy.cards.list")


@pytest.mark.parametrize("pages", [0, -1, 1.5, True, "4", None])
def test_how_many_is_a_number(colour, toy, pages):
    """Anything but a whole number of one or more is refused, and nothing is begun."""
    with pytest.raises(InvalidArgument, match="pages: must be a whole number") as caught:
        toy(lambda _: None).cards.numbered().concurrent(pages)
    assert caught.value.operation == "toy.cards.numbered"


# --- when it goes wrong


@pytest.mark.parametrize("way", WAYS)
def test_an_error_comes_at_its_place(colour, toy, way):
    """Items before it first; then the error, with the cursor that finishes the walk exactly."""
    cards = Cards(20)
    cards.broken = {6}
    seen = []
    with walking(colour, toy(cards.over_http).cards.numbered(), way) as pager:
        with pytest.raises(ServerError) as caught:
            collect_into(colour, pager, seen)
        assert numbers(seen) == list(range(6))
        assert (caught.value.cursor, pager.cursor) == ("6", "6")
        assert caught.value.operation == "toy.cards.numbered"
        assert caught.value.attempts == 3
        cards.broken = set()
        rest = colour.items(pager.pages(caught.value.cursor))
    assert numbers_of_pages(rest) == list(range(6, 20))


def collect_into(colour, pager, seen):
    """Walk, keeping what came before an error."""

    async def collected():
        async for item in pager:
            seen.append(item)

    if colour.is_async:
        colour(collected())
    else:
        for item in pager:
            seen.append(item)


def test_a_page_that_is_tried_again_disturbs_no_other(colour, toy):
    """One answer fails once: it is repeated alone, and order and items stay what they are."""
    cards, failed = Cards(20), []

    def flaky(request):
        if request.url.params["offset"] == "6" and not failed:
            failed.append(1)
            return httpx.Response(503, json={})
        return cards.over_http(request)

    with colour.entered(toy(flaky).cards.numbered().concurrent(4)) as pager:
        assert numbers(colour.items(pager)) == list(range(20))
    assert sorted(cards.asked) == list(range(0, 20, 2))


def test_an_error_nobody_arrives_at_is_nobody_s(colour, toy):
    """The page ahead failed; who stops before it never hears of it."""
    cards = Cards(20)
    cards.broken = {2, 4}
    with colour.entered(toy(cards.over_http).cards.numbered().concurrent(4)) as pager:
        walk = colour.steps(pager)
        assert numbers([walk(), walk()]) == [0, 1]
        until(colour, lambda: len(cards.asked) == 1 + 2 * 3 + 2)


def test_a_token_is_renewed_once_for_all_pages(colour, toy):
    """Refused in the middle of a walk, four requests at once ask for one new token."""
    cards, renewed = Cards(30), []

    def vendor(request):
        if request.url.path == "/token":
            renewed.append(1)
            return httpx.Response(200, json={"access_token": f"token-{len(renewed)}"})
        if request.headers["authorization"] == "Bearer token-1" and len(cards.asked) >= 3:
            return httpx.Response(401, json={"message": "stale"})
        return cards.over_http(request)

    auth = ClientCredentials("https://id.test/token", "id-12345", "secret-12345")
    with colour.entered(toy(vendor, auth=auth).cards.numbered().concurrent(4)) as pager:
        assert numbers(colour.items(pager)) == list(range(30))
    assert len(renewed) == 2


# --- a list that changes while it is walked


@pytest.mark.parametrize(("then", "expected"), [(9, range(9)), (17, range(17))])
def test_a_total_that_changes(colour, toy, then, expected):
    """The latest page is believed: pages that are gone are dropped, and new ones asked for."""
    cards = Cards(13)

    def changing(request):
        if request.url.params["offset"] == "2":
            cards.count = then
        return cards.over_http(request)

    with colour.entered(toy(changing).cards.numbered().concurrent(3)) as pager:
        assert numbers(colour.items(pager)) == list(expected)
        assert pager.total == then


def test_a_short_page_moves_what_follows(colour, toy):
    """What was asked for at the wrong place is dropped; nothing is missed and nothing doubled."""
    cards = Cards(20, size=4)

    def short(request):
        cards.size = 3 if request.url.params["offset"] == "4" else 4
        return cards.over_http(request)

    with colour.entered(toy(short).cards.numbered().concurrent(3)) as pager:
        assert numbers(colour.items(pager)) == list(range(20))


# --- leaving


WAITING_FOR_AN_ANSWER = ("read ahead", "four at once")


@pytest.mark.parametrize("way", WAITING_FOR_AN_ANSWER)
@pytest.mark.parametrize("limits", [{}, {"timeout": None, "deadline": None}])
def test_leaving_cuts_off_what_waits_for_an_answer(colour, toy, way, limits):
    """A slow vendor is not waited for, whatever the time-outs; its connections are closed."""
    cards = Cards(20)
    cards.held = set(range(2, 20))
    with Server(cards.script) as server:
        client = toy(base_url=server.url, **limits)
        with walking(colour, client.cards.numbered(), way) as pager:
            walk = colour.steps(pager)
            assert numbers([walk(), walk()]) == [0, 1]
            expected = [0, 2] if way == "read ahead" else [0, 2, 4, 6, 8]
            until(colour, lambda: sorted(cards.asked) == expected)
            began = time.monotonic()
        assert time.monotonic() - began < 5
        until(colour, lambda: cards.gone == len(expected) - 1)
        cards.gate.set()
        pause(colour, 0.05)
        assert sorted(cards.asked) == expected, "nothing new starts"
        assert pager.cursor == "2"
        assert numbers_of_pages(colour.items(client.cards.numbered().pages("2"))) == [*range(2, 20)]


def test_leaving_cuts_off_tls_too(colour, toy):
    """The connection is cut below its encryption."""
    authority, cards = trustme.CA(), Cards(20)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    cards.held = set(range(2, 20))
    with Server(cards.script, context) as server:
        client = toy(base_url=server.url, ssl_context=trusting)
        with colour.entered(client.cards.numbered().concurrent(3)) as pager:
            walk = colour.steps(pager)
            walk()
            until(colour, lambda: len(cards.asked) == 4)
            began = time.monotonic()
        assert time.monotonic() - began < 5
        until(colour, lambda: cards.gone == 3)
        colour.close(client)


def test_leaving_ends_the_wait_before_a_retry(colour, toy):
    """A page ahead that is tried again later is not waited for either."""
    cards = Cards(20)
    cards.broken = {2}
    client = toy(cards.over_http, retry=Retry(initial_wait=30, max_wait=30), deadline=None)
    with colour.entered(client.cards.numbered().read_ahead()) as pager:
        walk = colour.steps(pager)
        walk()
        until(colour, lambda: cards.asked == [0, 2])
        pause(colour, 0.02)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert cards.asked == [0, 2]


def test_leaving_ends_the_renewal_of_a_token(colour, toy):
    """A page ahead may be held up by its token: that request is cut off, too."""
    cards, asked = Cards(20), []

    def script(connection):
        while request := connection.request():
            asked.append(request.split()[1].partition(b"?")[0])
            if asked.count(b"/token") == 2:
                connection.stall()
            elif asked[-1] == b"/token":
                connection.answer(b'{"access_token": "token-1"}')
            elif asked.count(b"/cards") == 2:
                connection.answer(b'{"message": "stale"}', 401)
            else:
                connection.answer(json.dumps(cards.page(0)).encode())

    with Server(script) as server:
        auth = ClientCredentials(f"{server.url}/token", "id-12345", "secret-12345")
        client = toy(base_url=server.url, auth=auth)
        with colour.entered(client.cards.numbered().read_ahead()) as pager:
            walk = colour.steps(pager)
            walk()
            until(colour, lambda: asked.count(b"/token") == 2)
            began = time.monotonic()
        assert time.monotonic() - began < 5
        with colour.entered(client._runner.session.door.one_renewal(0.1)):
            pass


def test_leaving_is_noticed_between_the_chunks_of_other_networking(colour, toy):
    """With networking of one's own, a body that drips is left at its next chunk."""
    cards, closed, begun = Cards(20), [], threading.Event()

    class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self):
            for _ in range(1000):
                begun.set()
                time.sleep(0.01)
                yield b" "

        async def __aiter__(self):
            for _ in range(1000):
                begun.set()
                await asyncio.sleep(0.01)
                yield b" "

        def close(self):
            closed.append(1)

        async def aclose(self):
            closed.append(1)

    def vendor(request):
        if request.url.params["offset"] == "0":
            return cards.over_http(request)
        return httpx.Response(200, stream=Dripping())

    with colour.entered(toy(vendor).cards.numbered().read_ahead()) as pager:
        walk = colour.steps(pager)
        walk()
        until(colour, begun.is_set)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert closed == [1]


@pytest.mark.parametrize("way", WAITING_FOR_AN_ANSWER)
def test_outside_there_are_no_more_pages(colour, toy, way):
    """Neither of a walk that was begun inside nor of a new one; the cursor goes on elsewhere."""
    cards = Cards(20)
    client = toy(cards.over_http)
    with walking(colour, client.cards.numbered(), way) as pager:
        pages = colour.steps(pager.pages())
        assert numbers(pages().items) == [0, 1]
        until(colour, lambda: len(cards.asked) > 1)
    with pytest.raises(ClientClosed, match="walk inside it") as caught:
        pages()
    assert (caught.value.cursor, caught.value.operation) == ("2", "toy.cards.numbered")
    with pytest.raises(ClientClosed):
        colour.items(pager)
    rest = colour.items(client.cards.numbered().pages(caught.value.cursor))
    assert numbers_of_pages(rest) == list(range(2, 20))


@pytest.mark.parametrize("way", WAITING_FOR_AN_ANSWER)
def test_a_walk_that_is_given_up_drops_its_pages(colour, toy, way):
    """Who breaks off a loop, or takes the first item only, gets nothing more in the background."""
    cards = Cards(60)
    cards.held = set(range(2, 60))
    with (
        Server(cards.script) as server,
        walking(colour, toy(base_url=server.url).cards.numbered(), way) as pager,
    ):
        walk = aiter(pager) if colour.is_async else iter(pager)
        assert colour.steps(walk)().id == "0"
        ahead = 1 if way == "read ahead" else 4
        until(colour, lambda: len(cards.asked) == 1 + ahead)
        colour(walk.aclose() if colour.is_async else walk.close())
        until(colour, lambda: cards.gone == ahead)
        cards.gate.set()
        assert colour(pager.first()).id == "0"
        assert numbers(colour(pager.collect(at_most=3))) == [0, 1, 2]
        assert len(colour.items(pager)) == 60


def test_an_error_in_the_consumer_leaves_nothing_behind(colour, toy):
    """Whatever ends the `with`: what is under way is closed."""
    cards = Cards(20)
    cards.held = set(range(2, 20))
    with Server(cards.script) as server:
        client = toy(base_url=server.url)

        def consume():
            with colour.entered(client.cards.numbered().concurrent(4)) as pager:
                walk = colour.steps(pager)
                walk()
                until(colour, lambda: len(cards.asked) == 5)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            consume()
        until(colour, lambda: cards.gone == 4)


@pytest.mark.parametrize("colour", ["blocking"], indirect=True)
def test_ctrl_c_leaves_nothing_behind(colour, toy):
    """Interrupted while it waits for a page, a walk ends; its threads and connections too."""
    cards = Cards(20)
    cards.held = set(range(4, 20))
    seen = []
    with Server(cards.script) as server:
        client = toy(base_url=server.url)
        cursors = []

        def consume():
            with client.cards.numbered().concurrent(4) as pager:
                for card in pager:
                    seen.append(card)
                    cursors.append(pager.cursor)
                    if len(seen) == 4:
                        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()

        with pytest.raises(KeyboardInterrupt):
            consume()
        assert numbers(seen) == list(range(4))
        assert cursors == ["1", "2", "3", "4"]
        until(colour, lambda: cards.gone == 4)
        cards.gate.set()
        assert client.cards.numbered().first().id == "0"


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_cancelling_leaves_nothing_behind(colour, toy):
    """A walk in a task that is cancelled, or takes too long, is gone; the pool is whole."""
    cards = Cards(20)
    cards.held = set(range(4, 20))

    async def scenario(client):
        seen = []

        async def consume():
            async with client.cards.numbered().concurrent(2) as pager:
                async for page in pager.pages():
                    seen.append(page.cursor)  # noqa: PERF401  # it is interrupted

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(consume(), 0.1)
        assert seen == ["2", "4"]
        assert await tasks() == 1
        return await client.cards.numbered().first()

    with Server(cards.script) as server:
        assert colour(scenario(toy(base_url=server.url, max_connections=2))).id == "0"
        until(colour, lambda: cards.gone == 2)


def test_pages_see_the_caller_s_context(colour, toy):
    """A credential that depends on a context variable is the walker's, also ahead."""
    cards, keys = Cards(20), []
    tenant = contextvars.ContextVar("tenant", default="nobody")

    def vendor(request):
        keys.append(request.headers["x-key"])
        return cards.over_http(request)

    async def walked(opened):
        tenant.set("me")
        async with opened as pager:
            return [card async for card in pager]

    opened = toy(vendor, auth=Key(tenant.get)).cards.numbered().concurrent(4)
    if colour.is_async:
        colour(walked(opened))
    else:
        context = contextvars.copy_context()
        context.run(tenant.set, "me")
        context.run(lambda: colour_all(opened))
    assert set(keys) == {"key:me"}


def colour_all(opened):
    with opened as pager:
        return list(pager)
