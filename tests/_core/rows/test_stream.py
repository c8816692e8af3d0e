from __future__ import annotations

import asyncio
import gc
import gzip
import itertools
import sys
import threading
import time
import traceback
import tracemalloc
import zlib
from decimal import Decimal

import attrs
import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core.calls import Call, Stream
from loyalty_sdk._core.endpoint import Resource, stream
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk._core.rows.csvarrow import ArrowRows
from loyalty_sdk._core.rows.csvrows import CsvRows
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.errors import (
    AnswerTooLarge,
    APIError,
    ClientClosed,
    ConnectionLost,
    DeadlineExceeded,
    LoyaltyError,
    NotSent,
    PermissionDenied,
    RateLimited,
    ServerError,
    StreamInUse,
    TimedOut,
    Unauthorized,
    UnexpectedRedirect,
    UnreadableAnswer,
)

from ..servers import Server, answer
from ..toy import Key

ONCE = Retry(attempts=1)
HEADER = b"id,points\n"
BODY = HEADER + b"1,5\n2,6\n3,7\n"
IDS = ["1", "2", "3"]
OPEN = b"HTTP/1.1 200 OK\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Line(Model):
    """A line of a statement."""

    id: str = promised()
    points: Decimal | None = None


class Statements(Resource):
    """Long answers of the toy."""

    @stream
    def read(self, *, counted: bool = False) -> Stream[Line]:
        """Every line."""

        def no_lines(response):
            return decode(response.content, refused)

        def refused(body, reader):
            if isinstance(body, dict) and "error" in body:
                raise PermissionDenied(body["error"])
            raise UnreadableAnswer("$: no lines")

        def check(count):
            return Call(
                method="GET",
                path=("count",),
                read=lambda response: None if response.json() == count else "not all came",
            )

        return Stream(
            call=Call(method="GET", path=("lines",), read=no_lines, repeatable=True),
            rows=lambda: CsvRows(Line),
            arrow=lambda: ArrowRows(Line),
            check=check if counted else None,
            after=lambda count: f"behind {count}",
        )


def lines(client, **arguments):
    """The stream of a client's lines."""
    return Statements(client._runner).read(**arguments)


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def chunked(*parts):
    return CHUNKED + b"".join(map(chunk, parts)) + END


def giving(*answers):
    """A script: each connection gets the next answer, the last one for ever, and is closed."""
    left = [one.replace(b"\r\n", b"\r\nconnection: close\r\n", 1) for one in answers]

    def script(connection):
        if connection.request():
            connection.send(left.pop(0) if len(left) > 1 else left[0])

    return script


class Reader:
    """Reads a stream in the colour of the test, row by row or as Arrow record batches."""

    def __init__(self, colour, way="rows"):
        self.colour = colour
        self.way = way

    def ids(self, one):
        """The ids of a row, or of a batch."""
        return [one.id] if self.way == "rows" else one["id"].to_pylist()

    def begun(self, rows):
        """What is iterated."""
        return rows if self.way == "rows" else rows.to_arrow_batches()

    def all(self, opened, seen=None, leave=lambda seen: False):
        """The ids that come; kept in *seen* when an error ends them."""
        seen = [] if seen is None else seen

        async def read_async():
            async with opened as rows:
                async for one in self.begun(rows):
                    for row_id in self.ids(one):
                        seen.append(row_id)
                    if leave(seen):
                        break

        def read():
            with opened as rows:
                for one in self.begun(rows):
                    for row_id in self.ids(one):
                        seen.append(row_id)
                    if leave(seen):
                        break

        self.colour(read_async() if self.colour.is_async else read())
        return seen

    def failing(self, kind, opened):
        """The error that ends a stream, and the ids before it."""
        seen = []
        with pytest.raises(kind) as caught:
            self.all(opened, seen)
        error = caught.value
        assert (error.operation, error.rows) == ("toy.statements.read", len(seen))
        assert error.cursor == f"behind {len(seen)}"
        assert (f"(after {len(seen)} rows)" in str(error)) is bool(seen)
        return error, seen


@pytest.fixture
def reader(colour, request):
    return Reader(colour, getattr(request, "param", "rows"))


BOTH_WAYS = pytest.mark.parametrize("reader", ["rows", "arrow"], indirect=True)


# --- rows as they arrive


@pytest.mark.parametrize("packed", [False, True])
def test_rows_come_before_the_body_is_whole(toy, reader, packed):
    """A row is handed out while the server waits with the next one, packed or not."""
    taken = threading.Semaphore(0)

    def script(connection):
        packer = zlib.compressobj(wbits=31)
        connection.request()
        connection.send(CHUNKED[:-2] + b"content-encoding: gzip\r\n" * packed + b"\r\n")
        for part in (HEADER + b"1,5\n", b"2,6\n", b"3,7\n"):
            data = packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH) if packed else part
            connection.send(chunk(data))
            assert taken.acquire(timeout=5)
        connection.send(chunk(packer.flush()) + END if packed else END)

    with Server(script) as server:
        opened = lines(toy(base_url=server.url))
        assert reader.all(opened, leave=lambda seen: taken.release()) == IDS


def test_the_memory_does_not_grow(toy, reader):
    """A long body takes no more memory than a short one."""
    part = b"".join(b"%d,5\n" % number for number in range(1_000))

    def script(connection):
        connection.request()
        connection.send(CHUNKED + chunk(HEADER))
        for _ in range(100):
            connection.send(chunk(part))
        connection.send(END)

    class Few(list):
        def append(self, item):
            self[:] = [item]

    with Server(script) as server:
        client = toy(base_url=server.url)
        reader.all(lines(client), Few())
        tracemalloc.start()
        try:
            reader.all(lines(client), Few())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 3_000_000


def test_a_packed_body_of_any_length_is_unpacked_in_pieces(toy, reader):
    """A few bytes that unpack to many rows are no more than pieces of 1 MiB in memory."""
    body = gzip.compress(HEADER + b"1,5\n" + b"\n" * 100_000_000 + b"2,6\n", 1)
    with Server(giving(answer(body, 200, "content-encoding: gzip"))) as server:
        client = toy(base_url=server.url)
        tracemalloc.start()
        try:
            seen = reader.all(lines(client), leave=len)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert seen == ["1"]
    assert peak < 16_000_000


@BOTH_WAYS
@pytest.mark.parametrize("body", [HEADER, HEADER[:-1], b"\xef\xbb\xbf\r\n" + HEADER])
def test_no_rows_are_no_error(toy, reader, body):
    """A header alone is a stream without rows."""
    with Server(giving(answer(body))) as server:
        assert reader.all(lines(toy(base_url=server.url))) == []


def test_not_even_a_header_is_an_error(toy, reader):
    """An empty body is no list without rows, but a list that did not come."""
    with (
        Server(giving(answer(b""))) as server,
        pytest.raises(UnreadableAnswer, match="no header"),
    ):
        reader.all(lines(toy(base_url=server.url)))


@BOTH_WAYS
def test_blank_beginnings(toy, reader):
    """A body may begin with any number of empty lines, and they may come one by one."""
    blank = [b"\n"] * 3_000
    with Server(giving(chunked(b"\xef", b"\xbb\xbf", *blank, BODY))) as server:
        assert reader.all(lines(toy(base_url=server.url))) == IDS


def test_other_ways_to_send(colour, reader, toy):
    """The caller's own transport and client give the same rows."""

    def handler(request):
        return httpx.Response(
            200, content=gzip.compress(BODY), headers={"content-encoding": "gzip"}
        )

    assert reader.all(lines(toy(handler))) == IDS
    client = colour.keep(
        colour.pick(httpx.Client, httpx.AsyncClient)(transport=httpx.MockTransport(handler))
    )
    assert reader.all(lines(toy(http_client=client))) == IDS


# --- cuts


PACKED = gzip.compress(BODY, mtime=0)
GZIP = "content-encoding: gzip"
CUTS = {
    "chunked": (CHUNKED + chunk(BODY), ConnectionLost),
    "within a chunk": (CHUNKED + b"99\r\n" + BODY, ConnectionLost),
    "by length": (answer(BODY + b"4,8\n")[:-4], ConnectionLost),
    "without the gzip trailer": (
        OPEN.replace(b"\r\n\r\n", f"\r\n{GZIP}\r\n\r\n".encode()) + PACKED[:-8],
        UnreadableAnswer,
    ),
    "within the gzip trailer": (answer(PACKED[:-3], 200, GZIP), UnreadableAnswer),
    "within quotes": (OPEN + BODY + b'4,"8\n', UnreadableAnswer),
    "within a row": (OPEN + BODY + b"4", UnreadableAnswer),
    "within a character": (OPEN + BODY + b"4,\xe2\x82", UnreadableAnswer),
    "within a packed row": (answer(gzip.compress(BODY + b"4"), 200, GZIP), UnreadableAnswer),
}


@BOTH_WAYS
@pytest.mark.parametrize("cut", CUTS)
def test_every_visible_cut_is_an_error(toy, reader, cut):
    """The rows before it come; then it is an error, and nothing is asked again."""
    sent, kind = CUTS[cut]
    with Server(giving(sent)) as server:
        error, seen = reader.failing(kind, lines(toy(base_url=server.url)))
        assert (seen, len(server.requests)) == (IDS, 1)
    assert (error.attempts, error.__context__, error.__cause__) == (1, None, None)
    assert error.request.url.endswith("/lines")


def counting(sent, count):
    """A script: lines, and how many there are."""

    def script(connection):
        while request := connection.request():
            if request.startswith(b"GET /lines"):
                connection.send(sent)
                if sent.startswith(OPEN):
                    return
            else:
                connection.answer(b"%d" % count)

    return script


@BOTH_WAYS
@pytest.mark.parametrize("sent", [OPEN + BODY, chunked(BODY), answer(BODY)])
def test_a_cut_that_cannot_be_seen_is_counted(toy, reader, sent):
    """Only a count tells a clean close from the end; it needs no second connection."""
    with Server(counting(sent, 3)) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        assert reader.all(lines(client, counted=True)) == IDS
        assert len(server.requests) == 2
    with Server(counting(sent, 4)) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        assert reader.all(lines(client)) == IDS
        error, seen = reader.failing(UnreadableAnswer, lines(client, counted=True))
        assert (error.message, seen, len(server.requests)) == ("not all came", IDS, 3)


def test_a_count_that_fails(toy, reader):
    """What goes wrong with the count is an error of its own, after the rows."""

    def script(connection):
        while request := connection.request():
            lines_first = request.startswith(b"GET /lines")
            connection.send(chunked(BODY) if lines_first else answer(b"{}", 403))

    with Server(script) as server:
        error, seen = reader.failing(
            PermissionDenied, lines(toy(base_url=server.url), counted=True)
        )
        assert (seen, error.attempts) == (IDS, 1)


def test_nothing_is_counted_when_the_reader_leaves_early(toy, reader):
    """Who did not want all rows is not told that they are not all."""
    with Server(counting(chunked(BODY), 99)) as server:
        client = toy(base_url=server.url)
        assert reader.all(lines(client, counted=True), leave=len) == ["1"]
        assert len(server.requests) == 1


def test_a_place_is_free_once_the_rows_are_read(colour, toy):
    """The connection is let go at the end of the body, not only at the end of the `with`."""
    with Server(counting(chunked(BODY), 3)) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)

        def blocking():
            with lines(client) as rows:
                return [row.id for row in rows], client.request("GET", "count")

        async def asynchronous():
            async with lines(client) as rows:
                return [row.id async for row in rows], await client.request("GET", "count")

        assert colour(asynchronous() if colour.is_async else blocking()) == (IDS, 3)


# --- answers that are no rows


NO = b'{"error": "no"}'
TOO_LARGE = gzip.compress(b"[" + b" " * 70_000_000, 1)
REFUSALS = {
    "JSON with a 4xx": (answer(NO, 403), PermissionDenied),
    "JSON with a 5xx": (answer(NO, 501), ServerError),
    "an error inside a 200": (answer(NO), PermissionDenied),
    "the same, packed": (answer(gzip.compress(NO), 200, GZIP), PermissionDenied),
    "the same after a mark and a blank": (
        chunked(b"\xef\xbb", b"\xbf", b" ", NO),
        PermissionDenied,
    ),
    "an HTML page": (answer(b"<html>Bad gateway</html>", 501), ServerError),
    "an HTML page inside a 200": (answer(b"\r\n<html>Welcome</html>"), UnreadableAnswer),
    "JSON that is no error": (answer(b'[{"id": 1}]'), UnreadableAnswer),
    "CSV with a 4xx": (answer(BODY, 403), PermissionDenied),
    "nothing with a 4xx": (answer(b"", 403), PermissionDenied),
    "a way elsewhere": (answer(b"", 302, "location: /elsewhere"), UnexpectedRedirect),
    "a 4xx that is not packed as it says": (answer(NO, 403, GZIP), PermissionDenied),
    "a 4xx packed in an unknown way": (answer(NO, 403, "content-encoding: br"), PermissionDenied),
    "a 4xx that is cut": (answer(PACKED[:-9], 403, GZIP), PermissionDenied),
    "a 4xx that is too large": (answer(TOO_LARGE, 403, GZIP), PermissionDenied),
    "a 200 that is not packed as it says": (answer(BODY, 200, GZIP), UnreadableAnswer),
    "a 200 packed in an unknown way": (answer(BODY, 200, "content-encoding: br"), UnreadableAnswer),
    "JSON that is too large": (answer(TOO_LARGE, 200, GZIP), AnswerTooLarge),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_an_answer_that_is_no_rows(colour, toy, refusal):
    """It is raised before the `with` body runs, and the connection's place is free again."""
    sent, kind = REFUSALS[refusal]
    with Server(giving(sent, sent, chunked(BODY))) as server:
        client = toy(base_url=server.url, retry=ONCE, max_connections=1, deadline=5)

        def blocking():
            with lines(client):
                pytest.fail("there are no rows")

        async def asynchronous():
            async with lines(client):
                pytest.fail("there are no rows")

        for _ in range(2):
            with pytest.raises(kind) as caught:
                colour(asynchronous() if colour.is_async else blocking())
        assert type(caught.value) is kind
        assert (caught.value.operation, caught.value.__context__) == ("toy.statements.read", None)
        if isinstance(caught.value, APIError):
            assert caught.value.status == int(sent.split()[1])
        assert Reader(colour).all(lines(client)) == IDS


# --- what is repeated


@pytest.mark.parametrize(
    "failure",
    [
        answer(b"{}", 503),
        answer(b"{}", 500),
        answer(b"{}", 429, "retry-after: 0"),
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-le",
        CHUNKED,
        answer(BODY)[: -len(BODY)],
        CHUNKED + chunk(b"\n"),
    ],
)
def test_it_is_repeated_until_the_body_begins(toy, reader, failure):
    """A failure before the first byte of the body is tried again."""
    with Server(giving(failure, failure, chunked(BODY))) as server:
        assert reader.all(lines(toy(base_url=server.url))) == IDS
        assert len(server.requests) == 3


def test_a_refused_connection_is_repeated(toy, reader):
    """What never left is tried again, as often as any call, and then it is an error."""
    asked = []

    def handler(request):
        asked.append(request)
        if len(asked) % 3:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, content=BODY)

    assert (reader.all(lines(toy(handler))), len(asked)) == (IDS, 3)
    error, seen = reader.failing(
        NotSent, lines(toy(base_url="http://127.0.0.1:1", retry=Retry(attempts=2, initial_wait=0)))
    )
    assert (seen, error.attempts) == ([], 2)


@BOTH_WAYS
@pytest.mark.parametrize("begun", [b"i", HEADER, HEADER + b"1,5\n", HEADER + b'1,5\n"'])
def test_nothing_is_repeated_once_the_body_begins(toy, reader, begun):
    """After the first byte a cut is an error at once, rows or not."""
    with Server(giving(CHUNKED + chunk(begun), chunked(BODY))) as server:
        _, seen = reader.failing(ConnectionLost, lines(toy(base_url=server.url)))
        assert (seen, len(server.requests)) == (IDS[: begun.count(b"1,5")], 1)


def test_the_last_failure_is_told(toy, reader):
    """When all attempts fail, the error says how many there were."""
    with Server(giving(answer(b"{}", 429))) as server:
        error, _ = reader.failing(RateLimited, lines(toy(base_url=server.url)))
        assert (error.attempts, len(server.requests)) == (3, 3)


@pytest.mark.parametrize("stays", [False, True])
def test_a_refused_token_is_renewed_once(toy, reader, stays):
    """Credentials that went stale are fetched anew and the request sent once more."""
    tokens = itertools.count(1)
    refused = [b"t1", b"t2"] if stays else [b"t1"]

    def script(connection):
        while request := connection.request():
            if b"/token" in request:
                connection.answer(b'{"access_token": "t%d", "expires_in": 900}' % next(tokens))
            elif any(b"Bearer " + token in request for token in refused):
                connection.answer(b"{}", 401)
            else:
                connection.send(chunked(BODY))

    with Server(script) as server:
        auth = ClientCredentials(f"{server.url}/token", "id-1", "secret-1")
        client = toy(base_url=server.url, auth=auth, max_connections=1, deadline=5)
        if stays:
            reader.failing(Unauthorized, lines(client))
        else:
            assert reader.all(lines(client)) == IDS
        asked = [request.split()[1] for request in server.requests]
        assert asked == [b"/token", b"/lines"] * 2


# --- time


def dripping(data):
    return lambda connection: (connection.request(), connection.drip(data))


def stalling(data=b""):
    return lambda connection: (connection.request(), connection.send(data), connection.stall())


def blank_for_ever(connection):
    connection.request()
    connection.send(CHUNKED + chunk(HEADER))
    while not connection.server.over.is_set():
        connection.send(chunk(b"\n" * 10_000))


SLOW = {
    "no first byte": stalling(),
    "headers that drip": dripping(b"HTTP/1.1 200 OK\r\nx-padding: " + b"x" * 500),
    "no body": stalling(CHUNKED),
    "a refusal that stalls": stalling(answer(b"{}", 403)[:-1]),
    "JSON that stalls": stalling(CHUNKED + chunk(b"{")),
    "a blank beginning that drips": dripping(CHUNKED + chunk(b"\n") * 200),
    "a header that stalls": stalling(CHUNKED + chunk(b"id,poi")),
    "no first row": stalling(CHUNKED + chunk(HEADER)),
    "a first row that drips": dripping(CHUNKED + chunk(HEADER) + chunk(b"1") * 500),
    "blank lines for ever": blank_for_ever,
}


@pytest.mark.parametrize("limit", ["timeout", "deadline"])
@pytest.mark.parametrize("slow", SLOW)
def test_before_the_first_row_the_limits_hold(toy, reader, slow, limit):
    """Neither silence nor drops outlive the time, as long as there is no row."""
    with Server(SLOW[slow]) as server:
        client = toy(base_url=server.url, retry=ONCE, **{limit: 0.3})
        began = time.monotonic()
        error, seen = reader.failing(TimedOut, lines(client))
        assert 0.29 <= time.monotonic() - began <= 1
    assert isinstance(error, DeadlineExceeded) is (limit == "deadline")
    assert seen == []


@BOTH_WAYS
@pytest.mark.parametrize("begun", [b"1,5\n", b"1,5\n2,", b'1,5\n"'])
def test_after_the_first_row_silence_is_a_time_out(toy, reader, begun):
    """A server that stalls then is left after `timeout`; it has nothing to do with the deadline."""
    with Server(stalling(CHUNKED + chunk(HEADER + begun))) as server:
        client = toy(base_url=server.url, timeout=0.3, deadline=0.3)
        began = time.monotonic()
        error, seen = reader.failing(TimedOut, lines(client))
        assert 0.29 <= time.monotonic() - began <= 1
        assert (type(error), seen, len(server.requests)) == (TimedOut, ["1"], 1)


@BOTH_WAYS
@pytest.mark.parametrize(
    "limits",
    [
        {"timeout": 0.3, "deadline": 0.3},
        {"timeout": None, "deadline": 0.3},
        {"timeout": 0.3, "deadline": None},
        {"timeout": None, "deadline": None},
    ],
)
def test_a_stream_that_flows_may_outlive_all_limits(toy, reader, limits):
    """As long as rows come, a stream takes the time it takes."""

    def script(connection):
        connection.request()
        connection.send(CHUNKED + chunk(HEADER + b"1,5\n"))
        for _ in range(8):
            connection.server.over.wait(0.06)
            connection.send(chunk(b"2,6\n"))
        connection.send(END)

    with Server(script) as server:
        assert len(reader.all(lines(toy(base_url=server.url, **limits)))) == 9


def test_a_slow_reader_is_not_a_slow_server(colour, toy):
    """Time that the caller spends on a row is not the server's."""
    with Server(giving(chunked(HEADER + b"1,5\n", b"2,6\n", b"3,7\n"))) as server:
        client = toy(base_url=server.url, timeout=0.25, deadline=0.25)

        def blocking():
            with lines(client) as rows:
                for row in rows:
                    time.sleep(0.3)
                    yield row.id

        async def asynchronous():
            async with lines(client) as rows:
                seen = []
                async for row in rows:
                    await asyncio.sleep(0.3)
                    seen.append(row.id)
                return seen

        assert (colour(asynchronous()) if colour.is_async else list(blocking())) == IDS


# --- leaving early


class Endless:
    """A script that gives rows for ever, and tells when the client is gone; then the next."""

    def __init__(self):
        self.gone = threading.Event()

    def __call__(self, connection):
        while request := connection.request():
            if request.startswith(b"GET /count"):
                connection.answer(b"3")
                continue
            connection.send(CHUNKED + chunk(HEADER))
            try:
                for number in itertools.count(1):
                    connection.send(chunk(b"%d,5\n" % number * 10))
                    connection.server.over.wait(0.001)
            except OSError:
                self.gone.set()
                return


class Bored(Exception):
    pass


def leave_by_break(rows):
    for _ in rows:
        break


def leave_by_error(rows):
    next(rows)
    raise Bored


def leave_unread(rows):
    del rows


def leave_after_many(rows):
    assert len([row.id for row, _ in zip(rows, range(500), strict=False)]) == 500


async def leave_by_break_async(rows):
    async for _ in rows:
        break


async def leave_by_error_async(rows):
    await anext(rows)
    raise Bored


async def leave_unread_async(rows):
    del rows


async def leave_after_many_async(rows):
    for _ in range(100):
        await anext(rows)


async def leave_by_cancelling(rows):
    task = asyncio.current_task()
    asyncio.get_running_loop().call_later(0.02, task.cancel)
    async for _ in rows:
        pass


async def leave_by_running_out_of_time(rows):
    async with asyncio.timeout(0.02):
        async for _ in rows:
            pass


BLOCKING = [leave_by_break, leave_by_error, leave_unread, leave_after_many]
ASYNC = [
    leave_by_break_async,
    leave_by_error_async,
    leave_unread_async,
    leave_after_many_async,
    leave_by_cancelling,
    leave_by_running_out_of_time,
]
LEFT = (Bored, asyncio.CancelledError, TimeoutError)


@pytest.mark.parametrize("leave", BLOCKING, ids=lambda leave: leave.__name__)
@pytest.mark.parametrize("colour", ["blocking"], indirect=True)
def test_leaving_early_closes_the_connection(toy, leave):
    """Whatever ends the `with`, the server sees it, and the only place is free again."""
    script = Endless()
    with Server(script) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        threads = threading.active_count()
        try:
            with lines(client) as rows:
                leave(rows)
        except LEFT:
            pass
        assert client.request("GET", "count") == 3
        assert script.gone.wait(2)
        with pytest.raises(ClientClosed, match="inside `with`"):
            list(rows)
        gc.collect()
        assert threading.active_count() <= threads + 1  # the server's own, of the next connection


@pytest.mark.parametrize("leave", ASYNC, ids=lambda leave: leave.__name__)
@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_leaving_early_closes_the_connection_async(colour, toy, leave):
    """The same for async clients, where the reader may be cancelled; no task is left behind."""
    script = Endless()

    async def walk():
        try:
            async with lines(client) as rows:
                await leave(rows)
        except LEFT:
            pass
        assert await client.request("GET", "count") == 3
        with pytest.raises(ClientClosed, match="inside `with`"):
            await anext(rows)
        await asyncio.sleep(0.01)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    with Server(script) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        colour(walk())
        assert script.gone.wait(2)
    gc.collect()


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_no_generator_of_ours_is_left_to_the_event_loop(colour, toy, monkeypatch):
    """What was left early is closed there and then, not whenever the loop gets round to it."""
    script, left = Endless(), []

    async def walk():
        loop = asyncio.get_running_loop()
        hook = loop._asyncgen_finalizer_hook
        sys.set_asyncgen_hooks(finalizer=lambda made: (left.append(made.__qualname__), hook(made)))
        async with lines(client) as rows:
            await leave_after_many_async(rows)

    with Server(script) as server:
        client = toy(base_url=server.url)
        colour(walk())
    assert not [name for name in left if name.startswith(("AsyncArriving", "Async.", "_timely"))]


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_a_reader_that_was_forgotten(colour, toy):
    """A task that still waits for a row when the `with` ends gets an error."""

    def script(connection):
        while request := connection.request():
            if request.startswith(b"GET /count"):
                connection.answer(b"3")
            else:
                connection.send(CHUNKED + chunk(HEADER + b"1,5\n"))

    async def forget():
        async with lines(client) as rows:
            await anext(rows)
            forgotten.append(asyncio.create_task(anext(rows)))
            await asyncio.sleep(0.02)

    async def walk():
        with pytest.raises(RuntimeError, match="somebody else is reading"):
            await forget()
        assert await client.request("GET", "count") == 3
        with pytest.raises(ConnectionLost):
            await forgotten[0]

    forgotten = []

    with Server(script) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        colour(walk())


@pytest.mark.parametrize("colour", ["blocking"], indirect=True)
def test_a_thread_that_still_reads(toy):
    """Leaving is an error while another thread reads, and that one ends with an error too."""
    ended = []

    def read(rows):
        try:
            next(rows)
        except LoyaltyError as error:
            ended.append(error)

    def leave():
        with lines(client) as rows:
            next(rows)
            other.append(threading.Thread(target=read, args=(rows,)))
            other[0].start()
            time.sleep(0.05)

    other = []
    with Server(stalling(CHUNKED + chunk(HEADER + b"1,5\n"))) as server:
        client = toy(base_url=server.url, timeout=0.5, max_connections=1)
        with pytest.raises(StreamInUse, match="somebody else is reading"):
            leave()
        other[0].join(5)
    assert [isinstance(error, (ConnectionLost, TimedOut)) for error in ended] == [True]


def test_a_stream_that_is_never_opened_sends_nothing(colour, toy):
    """Only entering the `with` sends something."""
    with Server(giving(chunked(BODY))) as server:
        opened = lines(toy(base_url=server.url))
        del opened
        gc.collect()
        assert server.connections == 0


def test_a_client_that_is_closed_meanwhile(colour, toy):
    """Reading on from a closed client is an error of ours."""
    with Server(Endless()) as server:
        client = toy(base_url=server.url)

        def blocking():
            with lines(client) as rows:
                next(rows)
                client.close()
                for _ in rows:
                    pass

        async def asynchronous():
            async with lines(client) as rows:
                await anext(rows)
                await client.aclose()
                async for _ in rows:
                    pass

        with pytest.raises((ConnectionLost, ClientClosed)):
            colour(asynchronous() if colour.is_async else blocking())


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_waiting_for_the_first_byte_can_be_cancelled(colour, toy):
    """The place is free again, and the connection closed."""

    def script(connection):
        if connection.request().startswith(b"GET /count"):
            connection.answer(b"3")
        else:
            connection.send(CHUNKED)
            connection.stall()

    async def walk():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), lines(client):
                pytest.fail("there are no rows")
        assert await client.request("GET", "count") == 3

    with Server(script) as server:
        client = toy(base_url=server.url, max_connections=1, deadline=2)
        colour(walk())


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_streams_share_the_places(colour, toy):
    """More streams than places wait for each other, and all count without a standstill."""
    with Server(counting(chunked(BODY), 3)) as server:
        client = toy(base_url=server.url, max_connections=2, deadline=5)

        async def one():
            async with lines(client, counted=True) as rows:
                return [row.id async for row in rows]

        async def walk():
            return await asyncio.gather(*(one() for _ in range(6)))

        assert colour(walk()) == [IDS] * 6
        assert server.connections <= 2


# --- secrets


FAILURES = {
    "a cut": CHUNKED + chunk(BODY),
    "a broken row": chunked(HEADER + b"1,PLANTED-5\n"),
    "a refusal that repeats it": answer(b'{"message": "bad key PLANTED-5"}', 403),
    "no CSV": answer(b"PLANTED-5,x\n1,2\n"),
}


@BOTH_WAYS
@pytest.mark.parametrize("failure", FAILURES)
def test_no_secret_is_in_an_error(toy, reader, failure):
    """Neither the error nor anything it holds shows the key, or what a cell held."""
    with Server(giving(FAILURES[failure])) as server:
        client = toy(base_url=server.url, retry=ONCE, auth=Key("PLANTED-5"))
        error, _ = reader.failing(LoyaltyError, lines(client))
        assert b"PLANTED-5" in server.requests[0]
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    assert "PLANTED" not in shown
