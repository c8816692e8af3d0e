from __future__ import annotations

import asyncio
import gzip
import time

import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core import wire
from loyalty_sdk._core.wire import Patience
from loyalty_sdk.errors import (
    AnswerTooLarge,
    APIError,
    ClientClosed,
    ConnectionLost,
    InvalidArgument,
    NotFound,
    NotSent,
    PermissionDenied,
    ServerError,
    TimedOut,
    UnreadableAnswer,
)

from .servers import Server, answer
from .test_runner import credentials
from .toy import AsyncToy, Key

ONCE = Retry(attempts=1)
HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def rows_of(colour, client, most=None, **options):
    """The rows of the toy's export, as many as wanted."""
    rows = []

    async def awaited():
        async with client.cards.export(**options) as stream:
            async for row in stream:
                rows.append(row)
                if len(rows) == most:
                    break

    def blocking():
        with client.cards.export(**options) as stream:
            for row in stream:
                rows.append(row)
                if len(rows) == most:
                    break

    try:
        colour(awaited()) if colour.is_async else blocking()
    except Exception as error:
        error.seen = rows
        raise
    return rows


def text(content, status=200, **headers):
    return lambda _: httpx.Response(
        status, headers={k.replace("_", "-"): v for k, v in headers.items()}, stream=httpx.ByteStream(content)
    )


def test_rows_come_out(colour, toy):
    """The rows of the body, also the last one without a line break."""
    assert rows_of(colour, toy(text(b"a\nb\nc"))) == ["a", "b", "c"]
    assert rows_of(colour, toy(text(b"\xef\xbb\xbfx\n"))) == ["\ufeffx"]
    assert rows_of(colour, toy(text(b""))) == []


def test_what_it_is_shows_after_the_blanks(colour, toy):
    """Blank beginnings are waited through, in as many pieces as they come."""
    for rest, error in ((b"a\n", None), (b'{"no": 1}', PermissionDenied)):

        def script(connection, rest=rest):
            connection.request()
            for piece in (HEAD, chunk(b" "), chunk(b"\n"), chunk(rest), b"0\r\n\r\n"):
                connection.send(piece)
                time.sleep(0.01)

        with Server(script) as server:
            client = toy(base_url=server.url, retry=ONCE)
            if error is None:
                assert rows_of(colour, client) == [" ", "a"]
            else:
                with pytest.raises(error):
                    rows_of(colour, client)


def test_compressed_rows(colour, toy):
    """Decompressed as they come, in members as many as there are."""
    packed = gzip.compress(b"a\n") + gzip.compress(b"b\n")
    assert rows_of(colour, toy(text(packed, content_encoding="gzip"))) == ["a", "b"]
    with pytest.raises(UnreadableAnswer, match="ends too early") as caught:
        rows_of(colour, toy(text(packed[:-6], content_encoding="gzip"), retry=ONCE))
    assert caught.value.seen[0] == "a"
    with pytest.raises(UnreadableAnswer, match="encoded as 'br'") as caught:
        rows_of(colour, toy(text(b"a\n", content_encoding="br"), retry=ONCE))
    assert caught.value.operation == "toy.cards.export"


def test_rows_come_as_they_arrive(colour, toy):
    """The first row is handed out while the vendor is still writing; leaving closes."""
    gone = []

    def script(connection):
        connection.request()
        connection.send(HEAD + chunk(b"a\n"))
        gone.append(connection.sock.recv(1))

    with Server(script) as server:
        client = toy(base_url=server.url, max_connections=1)
        assert rows_of(colour, client, most=1) == ["a"]
        for _ in range(100):
            if gone:
                break
            colour(asyncio.sleep(0.003)) if colour.is_async else time.sleep(0.003)
        assert gone == [b""]


def test_the_connection_is_given_back(colour, toy):
    """After the last row the connection serves the next call, in or after the block."""
    with Server(lambda c: [c.answer(b"a\nb\n") for _ in iter(c.request, b"")]) as server:
        client = toy(base_url=server.url, max_connections=1, timeout=1)
        for _ in range(3):
            assert rows_of(colour, client) == ["a", "b"]
        assert (len(server.requests), server.connections) == (3, 1)


def test_opening_is_a_call_like_any_other(colour, toy):
    """It is repeated until the first byte is there."""
    turns = iter([httpx.Response(503), httpx.ReadError("x"), httpx.Response(200, content=b"a\n")])

    def handler(_):
        given = next(turns)
        if isinstance(given, Exception):
            raise given
        return given

    assert rows_of(colour, toy(handler)) == ["a"]


def test_a_stale_token_is_renewed(colour, toy):
    """Once, and the export is asked for again."""
    tokens = iter(["old", "new"])

    def handler(request):
        if request.url.host == "id.test":
            return httpx.Response(200, json={"access_token": next(tokens)})
        if request.headers["authorization"] == "Bearer old":
            return httpx.Response(401, json={"message": "stale"})
        return httpx.Response(200, content=b"a\n")

    assert rows_of(colour, toy(handler, auth=credentials())) == ["a"]
    with pytest.raises(APIError, match="401"):
        rows_of(colour, toy(lambda _: httpx.Response(401, json={}), auth=Key("key-1")))


@pytest.mark.parametrize(
    ("handler", "error"),
    [
        (text(b'{"message": "m"}', 404), NotFound), (text(b"<html>", 500), ServerError),
        (text(b'{"no": 1}'), PermissionDenied), (text(b"[1]"), UnreadableAnswer),
        (text(b"\xef\xbb\xbf <html>"), UnreadableAnswer), (text(b"{", content_encoding="gzip"), UnreadableAnswer),
    ],
)  # fmt: skip
def test_what_is_no_rows_is_an_error(colour, toy, handler, error):
    """A refusal, or JSON or HTML where rows should be, is what it is, with its operation."""
    with pytest.raises(error) as caught:
        rows_of(colour, toy(handler, retry=ONCE))
    assert (caught.value.operation, caught.value.seen) == ("toy.cards.export", [])


def test_an_error_body_has_the_common_limit(colour, toy, monkeypatch):
    """What is no stream is not read without end."""
    monkeypatch.setattr(wire.Body.__init__, "__defaults__", ("", 1000))
    with pytest.raises(AnswerTooLarge):
        rows_of(colour, toy(text(b"{" * 2000), retry=ONCE))


def test_nothing_is_repeated_after_the_first_byte(colour, toy):
    """Rows that were handed out are not handed out again: what breaks then is an error."""

    def script(connection):
        connection.request()
        connection.send(HEAD + chunk(b"a\nb\n"))
        time.sleep(0.03)
        connection.reset()

    with Server(script) as server:
        with pytest.raises(ConnectionLost) as caught:
            rows_of(colour, toy(base_url=server.url))
        assert (caught.value.seen, len(server.requests)) == (["a", "b"], 1)
    assert caught.value.operation == "toy.cards.export"


@pytest.mark.parametrize(("body", "seen"), [(b"a\nbad\nb\n", ["a"]), (b"a\ncut", ["a"])])
def test_a_row_that_cannot_be_read(colour, toy, body, seen):
    """The rows before it came; then there is an error that names it."""
    with pytest.raises(UnreadableAnswer) as caught:
        rows_of(colour, toy(text(body)))
    assert (caught.value.seen, caught.value.operation) == (seen, "toy.cards.export")


def test_counting_afterwards(colour, toy):
    """On request, one more call says whether these were all."""

    def handler(request):
        if request.url.path == "/count":
            return httpx.Response(200, json={"count": 2})
        return httpx.Response(200, content=body)

    body = b"a\nb\n"
    assert rows_of(colour, toy(handler, max_connections=1), check=True) == ["a", "b"]
    body = b"a\n"
    with pytest.raises(UnreadableAnswer, match="1 rows came, and there are 2") as caught:
        rows_of(colour, toy(handler), check=True)
    assert caught.value.seen == ["a"]


def test_the_deadline_ends_at_the_first_row(colour, toy):
    """Before it, silence is cut off; after it, only silence is, however long the rest takes."""

    def rows_dripping(connection):
        connection.request()
        connection.send(HEAD)
        for _ in range(8):
            if connection.server.over.wait(0.05):
                return
            connection.send(chunk(b"a\n"))
        connection.send(b"0\r\n\r\n")

    with Server(rows_dripping) as server:
        client = toy(base_url=server.url, deadline=0.2, timeout=0.2, retry=ONCE)
        assert rows_of(colour, client) == ["a"] * 8


@pytest.mark.parametrize("before", [b"", b"a\n", b"no row yet"])
def test_silence_is_cut_off(colour, toy, before):
    """Whether before the first row or after it."""

    def script(connection):
        connection.request()
        connection.send(HEAD + (chunk(before) if before else b""))
        connection.stall()

    with Server(script) as server:
        began = time.monotonic()
        with pytest.raises(TimedOut) as caught:
            rows_of(colour, toy(base_url=server.url, timeout=0.2, retry=ONCE))
        assert 0.19 <= time.monotonic() - began <= 0.3
    assert caught.value.seen == (["a"] if before == b"a\n" else [])


def test_without_limits_a_stream_waits(colour, toy):
    """`None` for both, on the socket too."""
    with Server(lambda c: (c.request(), c.drip(answer(b"a\nb\n"), 0.001))) as server:
        client = toy(base_url=server.url, timeout=None, deadline=None)
        assert rows_of(colour, client) == ["a", "b"]
        client = toy(base_url=server.url, timeout=None)
        assert rows_of(colour, client) == ["a", "b"]


def test_refused_before_anything_is_sent(colour, toy):
    """A closed client and a dead host fail while opening."""
    client = toy(text(b"a\n"))
    colour.close(client)
    with pytest.raises(ClientClosed):
        rows_of(colour, client)
    with Server(lambda c: None) as server:
        url = server.url
    with pytest.raises(NotSent):
        rows_of(colour, toy(base_url=url))


def test_streams_beyond_the_pool_wait_for_their_turn():
    """An async stream holds its place until it is left."""

    async def run():
        transport = httpx.MockTransport(text(b"a\n" * 5))
        async with AsyncToy(
            auth=Key("key-1"), transport=transport, max_connections=1, timeout=0.1, retry=ONCE
        ) as toy:
            async with toy.cards.export() as rows:
                assert await anext(rows) == "a"
                with pytest.raises(TimedOut) as caught:
                    await toy.cards.get("c1")
                assert caught.value.sent is False
            async with toy.cards.export() as rows:
                return [row async for row in rows]

    assert asyncio.run(run()) == ["a"] * 5


def test_the_callers_error_comes_through(colour, toy):
    """What is raised inside the block is not touched, and the stream is closed."""
    client = toy(text(b"a\nb\n"))

    async def awaited():
        async with client.cards.export():
            raise KeyError("mine")

    def blocking():
        with client.cards.export():
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        colour(awaited()) if colour.is_async else blocking()


def test_help_shows_a_context_manager(toy, colour):
    """The signature says what a stream gives."""
    import inspect

    shown = str(inspect.signature(toy(text(b"")).cards.export))
    assert "ContextManager" in shown
    assert "str" in shown
    assert type(toy(text(b"")).cards).export.__doc__.startswith("Every card's id")
    assert type(toy(text(b"")).cards).export(None).call.path == ("export",)


def test_patience_can_begin_anew():
    """The end is postponed, or taken away."""
    patience = Patience.until(time.monotonic() - 1)
    patience.postpone(5)
    assert 4.9 < patience.left() <= 5
    patience.postpone(None)
    assert patience.left() == float("inf")


def test_arguments_are_checked_before(colour, toy):
    """A stream has no other rules than a call."""
    with pytest.raises(InvalidArgument):
        colour(toy(text(b"")).request("GET", ""))
