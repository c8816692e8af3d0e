from __future__ import annotations

import asyncio
import gc
import os
import socket
import stat
import subprocess
import sys
import textwrap

import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core.connections.transport_aiohttp import AiohttpTransport
from loyalty_sdk.errors import (
    ClientClosed,
    ConnectionLost,
    InvalidArgument,
    MissingExtra,
    NotSent,
    TimedOut,
    UnexpectedRedirect,
)
from tests.conftest import Colour

from ..servers import Server, answer, keeping, proxying
from ..toy import AsyncToy, Key, Toy
from .test_network import (  # noqa: F401  # what holds for all sockets, once more for these
    test_a_proxy_of_ones_own,
    test_an_environment_s_proxy_that_is_none,
    test_the_environments_proxy_is_used,
)
from .test_transport import (  # noqa: F401
    LONG,
    authority,
    test_a_broken_answer_is_a_lost_connection,
    test_a_connection_the_vendor_closed_is_opened_anew,
    test_a_drip_that_is_in_time_is_read,
    test_a_handshake_that_is_given_up_is_closed,
    test_a_name_that_is_none,
    test_a_refused_connection_was_not_sent,
    test_a_request_is_what_httpx_would_send,
    test_a_reset_mid_body,
    test_a_tls_handshake_that_hangs,
    test_an_address_alone_is_a_place_too,
    test_an_untrusted_certificate,
    test_connections_are_kept_alive,
    test_no_more_connections_than_allowed,
    test_nothing_outlives_its_time,
    test_the_deadline_covers_all_attempts,
    test_threads_open_one_pool,
    test_time_outs_hold_through_tls,
    test_waiting_for_a_connection_counts_and_sends_nothing,
    test_without_any_limit_it_takes_as_long_as_it_takes,
    tls,
    trusting,
)

ONCE = Retry(attempts=1)


@pytest.fixture
def colour():
    """These sockets are async ones."""
    made = Colour("async")
    yield made
    made.end()


@pytest.fixture
def toy(colour):
    """Makes clients that use them, unless they are given others."""

    def make(**options):
        if options.setdefault("transport", None) is None:
            options["sockets"] = "aiohttp"
        return colour.keep(
            AsyncToy(**{"auth": Key("k"), "retry": Retry(initial_wait=0), **options})
        )

    return make


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_is_sent_twice_unasked(colour, toy, method):
    """A kept connection that breaks under a request: whether it is repeated says the call."""

    def script(connection):
        connection.request()
        connection.answer()
        connection.request()
        connection.reset()

    with Server(script) as server:
        client = toy(base_url=server.url)
        colour(client.request(method, "x"))
        with pytest.raises(ConnectionLost):
            colour(client.request(method, "x"))
        assert len(server.requests) == 2


def test_only_what_was_asked_for(colour, toy):
    """Cookies are not kept, redirects not followed, and compressed bodies are ours to read."""
    first = answer(b'{"id": "c1"}', 200, "set-cookie: a=b; path=/")
    with Server(keeping(first, answer(b"", 302, "location: /elsewhere"))) as server:
        client = toy(base_url=server.url, retry=ONCE)
        assert colour(client.cards.get("c1")).id == "c1"
        with pytest.raises(UnexpectedRedirect):
            colour(client.cards.get("c1"))
        assert b"cookie" not in b"".join(server.requests).lower()


def test_a_proxy_that_refuses(colour, toy):
    """What a proxy does not let through was not sent; a proxy of another kind is refused."""
    with Server(proxying([])) as proxy:
        client = toy(base_url="https://toy.test", proxy=proxy.url)
        with pytest.raises(NotSent, match="the proxy says 502"):
            colour(client.cards.top_up("c1"))
    client = toy(base_url="https://toy.test", proxy="socks5://127.0.0.1:1")
    with pytest.raises(InvalidArgument, match='sockets="aiohttp"'):
        colour(client.cards.get("c1"))


def test_what_is_no_http_shows_no_address(colour, toy):
    """The library's text would quote the URL, and with it what stands in the query."""
    with Server(lambda c: (c.request(), c.send(b"garbage\r\n\r\n"))) as server:
        client = toy(base_url=server.url, retry=ONCE)
        with pytest.raises(ConnectionLost) as caught:
            colour(client.request("GET", "x", params={"q": "PLANTED"}))
    assert "PLANTED" not in f"{caught.value} {caught.value!r}"


def test_cancelled_calls_cost_no_place(colour, toy):
    """Wherever a call is cancelled, the only connection that there may be can be had again."""

    def slow(connection):
        while connection.request():
            for piece in (LONG[:60], LONG[60:]):
                connection.server.over.wait(0.01)
                connection.send(piece)

    async def cancelled(client, after):
        with pytest.raises((TimeoutError, TimedOut)):
            await asyncio.wait_for(client.request("GET", "x"), after)

    with Server(slow) as server:
        client = toy(base_url=server.url, max_connections=1)
        for step in range(12):
            colour(cancelled(client, step * 0.0015))
        assert colour(client.request("GET", "x")) is None


def test_they_are_closed_with_the_client(colour, toy):
    """After that calls say so; a client that was never used has nothing to close."""
    with Server(keeping()) as server:
        client = toy(base_url=server.url)
        colour(client.cards.get("c1"))
        colour.close(client)
        with pytest.raises(ClientClosed):
            colour(client.cards.get("c1"))
    colour.close(toy(base_url="https://toy.test"))
    colour(AiohttpTransport(client._runner.session.network).aclose())


def test_a_body_that_is_not_read_is_left(colour, toy):
    """What an error needs no more of is cut off; the next call has a connection of its own."""
    bomb = answer(LONG, 200, "content-encoding: br")
    with Server(keeping(bomb, answer())) as server:
        client = toy(base_url=server.url, max_connections=1)
        assert colour(client.cards.get("c1")).id == "c1"


def test_words_that_name_no_sockets():
    """Other words than the two are refused, and so are sockets beside networking of one's own."""
    for wrong in ("aio", 3, True):
        with pytest.raises(InvalidArgument) as caught:
            AsyncToy(auth=Key("k"), base_url="https://toy.test", sockets=wrong)
        assert caught.value.argument == "sockets"
    with pytest.raises(TypeError, match="no option 'sockets'"):
        Toy(auth=Key("k"), base_url="https://toy.test", sockets="aiohttp")


def test_without_the_extra(monkeypatch):
    """The error names the package and how to come by it."""
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "loyalty_sdk._core.connections.transport_aiohttp")
    with pytest.raises(MissingExtra, match=r"pip install 'loyalty-sdk\[aiohttp\]'"):
        AsyncToy(auth=Key("k"), base_url="https://toy.test", sockets="aiohttp")


FORKING = """
    import asyncio, os, stat, sys
    sys.path.insert(0, {tests!r})
    from _core.servers import Server, keeping
    from _core.toy import AsyncToy, Key

    async def get(toy):
        async with toy:
            return (await toy.cards.get("c1")).id == "c1"

    async def main():
        with Server(keeping()) as server:
            toy = AsyncToy(auth=Key("k"), base_url=server.url, sockets="aiohttp", deadline=5)
            await toy.cards.get("c1")
            numbers = [sock.fileno() for sock in toy._runner.session.door._own._sockets]
            child = os.fork()
            if not child:
                left = [number for number in numbers if stat.S_ISSOCK(os.fstat(number).st_mode)]
                print(left, asyncio.run(get(toy)), flush=True)
                os._exit(0)
            os.waitpid(child, 0)
            await get(toy)
            print(len(numbers), server.connections)

    asyncio.run(main())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_child_lets_go_of_its_parent_s_connections():
    """It opens its own, and the parent's go on."""
    tests = os.path.dirname(os.path.dirname(__file__))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(FORKING).format(tests=tests)],
        capture_output=True, text=True, timeout=60, cwd=os.path.dirname(tests), check=False,
    )  # fmt: skip
    assert done.stdout == "[] True\n1 2\n", done.stderr


def test_in_a_child_nothing_is_closed_twice():
    """The number of a socket stays taken, and one that was closed before is left alone."""
    transport = AiohttpTransport(None)
    one, closed = (transport._socket((socket.AF_INET, socket.SOCK_STREAM, 0)) for _ in range(2))
    closed.close()
    transport.disown()
    assert not stat.S_ISSOCK(os.fstat(one.fileno()).st_mode)
    one.close()
    gc.collect()
