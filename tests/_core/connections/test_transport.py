from __future__ import annotations

import asyncio
import itertools
import socket
import ssl
import threading
import time

import httpcore
import httpx
import pytest
import trustme

from loyalty_sdk import Retry
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.connections.transport import translate
from loyalty_sdk.errors import (
    ClientClosed,
    ConnectionLost,
    DeadlineExceeded,
    InvalidArgument,
    NotSent,
    TimedOut,
)

from ..servers import Server, answer, keeping

ONCE = Retry(attempts=1)
HEAD = b"HTTP/1.1 200 OK\r\nx-padding: " + b"x" * 500
LONG = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n" + b" " * 500
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 200


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def trusting(authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


# --- the deadline, on the socket itself


def dripping(data):
    return lambda connection: (connection.request(), connection.drip(data))


def stalling(data=b""):
    return lambda connection: (connection.request(), connection.send(data), connection.stall())


SLOW = {
    "headers that drip": dripping(HEAD),
    "a body that drips": dripping(LONG),
    "chunks that drip": dripping(CHUNKED),
    "no first byte": stalling(),
    "a body that stalls": stalling(LONG[:100]),
    "no reading": lambda connection: connection.stall(),
}


@pytest.mark.parametrize(
    ("slow", "limit"),
    [
        *((slow, "deadline") for slow in SLOW),
        ("headers that drip", "timeout"),
        ("no first byte", "timeout"),
    ],
)
def test_nothing_outlives_its_time(colour, toy, slow, limit):
    """Neither silence nor one byte at a time gets past a limit, in either colour."""
    with Server(SLOW[slow]) as server:
        client = toy(base_url=server.url, retry=ONCE, **{limit: 0.3})
        began = time.monotonic()
        with pytest.raises(TimedOut) as caught:
            colour(client.cards.get("c1"))
        assert 0.29 <= time.monotonic() - began <= 1
    assert isinstance(caught.value, DeadlineExceeded) is (limit == "deadline")
    assert caught.value.sent


def test_the_deadline_covers_all_attempts(colour, toy):
    """Attempts that time out are repeated only as long as the whole call has time."""
    with Server(stalling()) as server:
        client = toy(
            base_url=server.url, timeout=0.4, deadline=1, retry=Retry(attempts=9, initial_wait=0)
        )
        began = time.monotonic()
        with pytest.raises(DeadlineExceeded, match=r"deadline of 1 s \(3 attempts\)") as caught:
            colour(client.cards.get("c1"))
        assert 0.99 <= time.monotonic() - began <= 2
        assert (caught.value.attempts, server.connections) == (3, 3)


def test_a_large_body_is_not_drawn_out_of_us(colour, toy):
    """A server that hardly reads what is sent to it gets no more time either."""

    def script(connection):
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        while not connection.server.over.wait(0.01):
            connection.sock.recv(2048)

    with Server(script) as server:
        client = toy(base_url=server.url, retry=ONCE, timeout=0.3)
        began = time.monotonic()
        with pytest.raises(TimedOut):
            colour(client.request("POST", "x", json={"a": "x" * 30_000_000}))
        assert time.monotonic() - began <= 3  # busy machines; all of it would take minutes


def test_a_tls_handshake_that_hangs(colour, toy):
    """A server that accepts and says nothing is left in time, and nothing was sent."""
    with Server(lambda connection: connection.stall()) as server:
        url = server.url.replace("http:", "https:")
        client = toy(base_url=url, retry=ONCE, timeout=0.3)
        began = time.monotonic()
        with pytest.raises(TimedOut) as caught:
            colour(client.cards.top_up("c1"))
        assert 0.29 <= time.monotonic() - began <= 1
    assert caught.value.sent is False


def test_a_handshake_that_is_given_up_is_closed(colour, toy):
    """Nothing stays open of a connection that never came about."""
    closed = threading.Event()

    def script(connection):
        while connection.sock.recv(65536):
            pass
        closed.set()

    with Server(script) as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(TimedOut):
            colour(toy(base_url=url, retry=ONCE, timeout=0.1).cards.get("c1"))
        if colour.is_async:
            colour(asyncio.sleep(0.01))
        assert closed.wait(0.3)


def test_a_write_that_never_left_is_repeated_after_a_time_out(colour, toy, tls, trusting):
    """The handshake hangs once: the write was not sent, so it is safe to try again."""
    turns = itertools.count()

    def script(connection):
        if next(turns) == 0:
            connection.stall()
        connection.sock = tls.wrap_socket(connection.sock, server_side=True)
        keeping()(connection)
        connection.sock.close()

    with Server(script) as server:
        url = server.url.replace("http:", "https:")
        client = toy(base_url=url, ssl_context=trusting, timeout=0.2)
        assert colour(client.cards.top_up("c1")).id == "c1"
        assert len(server.requests) == 1
        colour.close(client)


def test_waiting_for_a_connection_counts_and_sends_nothing(colour, toy):
    """With the pool used up, the call that waits times out, and may be sent again."""
    turns = itertools.count()

    def call():
        if next(turns) == 0:
            return client.cards.top_up("c1")
        while not (colour.is_async or server.connections):
            time.sleep(0.001)
        return client.with_options(timeout=0.1).cards.top_up("c1")

    with Server(stalling()) as server:
        client = toy(base_url=server.url, retry=ONCE, timeout=0.3, max_connections=1)
        results = colour.together(3, call)
        assert sorted(result.sent for result in results) == [False, False, True]
        assert len(server.requests) == 1


def test_time_outs_hold_through_tls(colour, toy, tls, trusting):
    """Encrypted drips are cut off like plain ones."""
    with Server(dripping(LONG), tls) as server:
        client = toy(base_url=server.url, ssl_context=trusting, retry=ONCE, deadline=0.3)
        began = time.monotonic()
        with pytest.raises(DeadlineExceeded):
            colour(client.cards.get("c1"))
        assert 0.29 <= time.monotonic() - began <= 1
        colour.close(client)


def test_a_drip_that_is_in_time_is_read(colour, toy):
    """Slow is no fault."""
    with Server(lambda c: (c.request(), c.drip(answer(), 0.001))) as server:
        assert colour(toy(base_url=server.url, timeout=2).cards.get("c1")).id == "c1"


def test_without_any_limit_it_takes_as_long_as_it_takes(colour, toy):
    """`None` for both is no limit, on the socket too."""
    with Server(lambda c: (c.request(), c.drip(answer(), 0.001))) as server:
        client = toy(base_url=server.url, timeout=None, deadline=None)
        assert colour(client.cards.get("c1")).id == "c1"


def test_a_handshake_that_fails_behind_a_proxy_costs_no_place(colour, toy, tls, trusting):
    """The only connection that there may be can be had again, and the failed one is closed."""
    turns, closed = itertools.count(), threading.Event()

    def script(connection):
        connection.request()
        connection.send(b"HTTP/1.1 200 Connected\r\n\r\n")
        if next(turns) == 0:
            while connection.sock.recv(65536):
                pass
            closed.set()
            return
        with tls.wrap_socket(connection.sock, server_side=True) as connection.sock:
            connection.request()
            connection.answer()

    with Server(script) as proxy:
        client = toy(
            base_url="https://127.0.0.1",
            proxy=proxy.url,
            ssl_context=trusting,
            max_connections=1,
            retry=ONCE,
        )
        with pytest.raises(TimedOut):
            colour(client.with_options(timeout=0.1).cards.get("c1"))
        if colour.is_async:
            colour(asyncio.sleep(0.01))
        assert closed.wait(1)
        assert colour(client.with_options(timeout=2).cards.get("c1")).id == "c1"


# --- what can break


def test_a_refused_connection_was_not_sent(colour, toy):
    """Nobody listens: any call is repeated, and the error is a `ConnectionError`."""
    with Server(keeping()) as server:
        url = server.url
    with pytest.raises(NotSent) as caught:
        colour(toy(base_url=url).cards.top_up("c1"))
    assert caught.value.attempts == 3
    assert isinstance(caught.value, ConnectionError)


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 70 + ".invalid"])
def test_a_name_that_is_none(colour, toy, host):
    """A host that cannot be looked up, or cannot even be asked for, is one of our errors."""
    with pytest.raises((NotSent, InvalidArgument)):
        colour(toy(base_url=f"https://{host}", retry=ONCE).cards.get("c1"))


@pytest.mark.parametrize(
    "cut",
    [b"", b"HTTP/1.1 200", LONG[:60], CHUNKED[:60], b"garbage\r\n\r\n", b"\x00" * 50],
)
def test_a_broken_answer_is_a_lost_connection(colour, toy, cut):
    """Whatever is cut off or is no HTTP may have been done by the vendor."""
    with Server(lambda c: (c.request(), c.send(cut))) as server:
        with pytest.raises(ConnectionLost):
            colour(toy(base_url=server.url).cards.top_up("c1"))
        assert len(server.requests) == 1


def test_a_reset_mid_body(colour, toy):
    """A connection that is reset while the body comes is lost, not truncated."""

    def script(connection):
        connection.request()
        connection.send(LONG[:100])
        time.sleep(0.05)
        connection.reset()

    with Server(script) as server, pytest.raises(ConnectionLost):
        colour(toy(base_url=server.url, retry=ONCE).cards.get("c1"))


def test_an_untrusted_certificate(colour, toy, tls):
    """TLS is verified unless a context of the caller's own says otherwise; nothing was sent."""
    with Server(keeping(), tls) as server:
        with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
            colour(toy(base_url=server.url, retry=ONCE).cards.get("c1"))
        assert server.requests == []


def test_connections_are_kept_alive(colour, toy, tls, trusting):
    """Calls one after another share a connection, views too; TLS is shaken hands for once."""
    with Server(keeping(), tls) as server:
        client = toy(base_url=server.url, ssl_context=trusting)
        for calling in (client, client.with_options(timeout=5), client):
            colour(calling.cards.get("c1"))
        assert (len(server.requests), server.connections) == (3, 1)
        colour.close(client)


def test_a_connection_the_vendor_closed_is_opened_anew(colour, toy):
    """An idle connection that is gone costs nothing, for writes either."""
    with Server(lambda c: (c.request(), c.answer())) as server:
        client = toy(base_url=server.url, retry=ONCE)
        for _ in range(3):
            colour(client.cards.top_up("c1"))
            time.sleep(0.02)
        assert (len(server.requests), server.connections) == (3, 3)


def test_no_more_connections_than_allowed(colour, toy):
    """Calls beyond `max_connections` wait for their turn."""

    def slow(connection):
        while connection.request():
            time.sleep(0.005)
            connection.answer()

    with Server(slow) as server:
        client = toy(base_url=server.url, max_connections=3)
        results = colour.together(24, lambda: client.cards.get("c1"))
        assert {type(result).__name__ for result in results} == {"Card"}
        assert server.connections <= 3


def test_threads_open_one_pool(colour, toy):
    """Clients used for the first time by many at once open one set of connections."""
    with Server(keeping()) as server:
        client = toy(base_url=server.url, max_connections=2)
        results = colour.together(40, lambda: client.cards.top_up("c1"))
        assert {type(result).__name__ for result in results} == {"Card"}
        assert (server.connections <= 2, len(server.requests)) == (True, 40)


# --- names for what went wrong


@pytest.mark.parametrize(
    ("raised", "ours"),
    [
        (httpx.LocalProtocolError("Illegal header value b'PLANTED'"), InvalidArgument),
        (httpx.InvalidURL("PLANTED"), InvalidArgument),
        (httpx.UnsupportedProtocol("x"), InvalidArgument),
        ("PLANTED\u2713".encode, InvalidArgument),
        (httpx.ProxyError("x"), NotSent),
        (httpcore.ConnectError("x"), NotSent),
        (ConnectionRefusedError("x"), NotSent),
        (RuntimeError("Event loop is closed"), ClientClosed),
        (httpx.DecodingError("x"), ConnectionLost),
        (httpx.TooManyRedirects("x"), ConnectionLost),
        (httpx.WriteError(""), ConnectionLost),
        (ssl.SSLError("x"), ConnectionLost),
        (BrokenPipeError("x"), ConnectionLost),
        (httpx.ReadTimeout("x"), TimedOut),
        (TimeoutError(), TimedOut),
    ],
)  # fmt: skip
def test_everything_that_breaks_has_a_name_of_ours(raised, ours):
    """What the libraries below raise becomes one of our errors; texts that quote are dropped."""
    if callable(raised):
        try:
            raised("ascii")
        except UnicodeError as error:
            raised = error
    translated = translate(raised)
    assert type(translated) is ours
    assert "PLANTED" not in str(translated)


@pytest.mark.parametrize("raised", [KeyError("x"), RuntimeError("x"), AssertionError()])
def test_what_is_not_about_the_network_is_left_alone(colour, toy, raised):
    """A bug in the caller's own transport comes out as what it is."""

    def handler(_):
        raise raised

    assert translate(raised) is None
    with pytest.raises(type(raised)):
        colour(toy(handler).cards.get("c1"))


def test_a_package_that_a_proxy_needs():
    """A SOCKS proxy needs a package that does not come along; the error names it."""
    problem = translate(ModuleNotFoundError("No module named 'socksio'", name="socksio"))
    assert isinstance(problem, InvalidArgument)
    assert "proxy: needs a package that is not installed: socksio" in str(problem)


# --- what goes out


@pytest.mark.parametrize("below", ["", "/v1", "/v%201/x"])
@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", ("cards", "a/b c"), {"params": {"q": "ä&=", "n": 3}}),
        ("DELETE", ("cards", "c1"), {}),
        ("POST", ("cards",), {}),
        ("PUT", ("cards",), {"json": {"a": "ä"}}),
        ("PATCH", ("cards",), {}),
    ],
)
def test_a_request_is_what_httpx_would_send(colour, toy, below, method, path, more):
    """Our own sockets are given the same bytes as httpx's, without its making a request first."""
    given = colour.pick(httpx.HTTPTransport, httpx.AsyncHTTPTransport)
    with Server(keeping()) as server:
        for transport in (None, given()):
            client = toy(base_url=server.url + below, retry=ONCE, transport=transport)
            colour(client.request(method, *path, **more))
        ours, theirs = server.requests
    assert _parts(ours) == _parts(theirs)


def _parts(request):
    head, _, body = request.partition(b"\r\n\r\n")
    line, *headers = head.split(b"\r\n")
    pairs = (header.partition(b": ") for header in headers)
    told = sorted((name.lower(), value) for name, _, value in pairs)
    if line.startswith(b"DELETE"):  # to say that it has no body is usual, too
        told = [pair for pair in told if pair != (b"content-length", b"0")]
    return line, told, body


def test_an_address_alone_is_a_place_too(colour, toy):
    """Without a path there is a slash; a path that ends with one keeps it."""
    with Server(keeping()) as server:
        for url in (server.url, f"{server.url}/t/", f"{server.url}/t"):
            call = Call(
                method="GET", path=(), read=lambda _: None, base_url=url, params=[("a", "b")]
            )
            colour(toy(base_url="https://elsewhere.test")._runner.run(call, "toy.call"))
        lines = [request.split(b" ")[1] for request in server.requests]
    assert lines == [b"/?a=b", b"/t/?a=b", b"/t?a=b"]
