"""Servers that take their time, each in its own way, and that come to their senses when told to."""

from __future__ import annotations

import contextlib
import functools
import gzip
import socket
import ssl
from collections.abc import Callable, Generator
from typing import Any

import attrs
import trustme
from _core.servers import Connection, Server, answer

from loyalty_sdk.auth import ClientCredentials

PAGE = b'{"object": "list", "data_ref": "data", "data": [], "has_more": false, "total": 0}'
TOKEN = b'{"access_token": "t", "expires_in": 900}'
ROWS = b"voucher_id,voucher_key\n"
KEYS = {"app_id": "id", "app_token": "token"}
Script = Callable[[Connection], Any]


@attrs.frozen(kw_only=True)
class Slow:
    """A server that takes its time.

    Attributes:
        options: What a client needs to meet it; it may have one connection only.
        port: Where clients connect to.
        heal: Makes it answer at once from now on, where it can.
    """

    options: dict[str, Any]
    port: int
    heal: Callable[[], None] | None = None


Serving = Callable[[], contextlib.AbstractContextManager[Slow]]


@attrs.frozen(kw_only=True)
class Case:
    """One way to take one's time.

    Attributes:
        name: What the server does.
        serve: Opens the server.
        asks: What is asked of it: a `call`, a `page`, a `stream`'s first row, or a large `upload`.
        held: Whether another call of the same client holds on to what this one needs.
        early: Whether it may be given up before the deadline.
    """

    name: str
    serve: Serving
    asks: str = "call"
    held: bool = False
    early: bool = False

    def __str__(self) -> str:
        return self.name


def well(connection: Connection) -> None:
    """A script: answer at once, tokens, rows, or an empty page."""
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while request := connection.request():
        if b".csv" in request:
            connection.send(endless() + chunk(ROWS) + chunk(b"1,a\n"))
            connection.send(chunk(b"2,b\n3,c\n") + chunk(b""))
        else:
            connection.answer(TOKEN if request.startswith(b"POST") else PAGE)


def endless(*headers: str) -> bytes:
    """The head of an answer in chunks."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 200 OK\r\n{lines}transfer-encoding: chunked\r\n\r\n".encode()


def chunk(data: bytes) -> bytes:
    """One chunk; an empty one is the last."""
    return b"%x\r\n%s\r\n" % (len(data), data)


@contextlib.contextmanager
def _meeting(script: Script, healed: Script = well, **options: Any) -> Generator[Slow]:
    with Server(script) as server:

        def heal() -> None:
            server.script = healed
            server.hang_up()

        usual = {"base_url": server.url, "max_connections": 1}
        keys = {} if "auth" in options else KEYS
        yield Slow(options=usual | keys | options, port=server.port, heal=heal)


def _plain(script: Script) -> Serving:
    return lambda: _meeting(script)


@contextlib.contextmanager
def _encrypted(script: Script, healed: Script) -> Generator[Slow]:
    with _meeting(script, healed, ssl_context=_tls()[1]) as slow:
        slow.options["base_url"] = f"https://127.0.0.1:{slow.port}"
        yield slow


@contextlib.contextmanager
def _token(script: Script) -> Generator[Slow]:
    with _meeting(script, auth=None) as slow:
        url = f"{slow.options['base_url']}/token"
        slow.options["auth"] = ClientCredentials(url, "id", "secret", style="app_headers")
        yield slow


@contextlib.contextmanager
def _proxy(script: Script) -> Generator[Slow]:
    with _meeting(script, _tunnel(well), ssl_context=_tls()[1]) as slow:
        slow.options.update(proxy=slow.options["base_url"], base_url="https://127.0.0.1")
        yield slow


@contextlib.contextmanager
def _refusing() -> Generator[Slow]:
    with socket.socket() as unused:  # bound, and nobody listens
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        yield Slow(options={"base_url": f"http://127.0.0.1:{port}", **KEYS}, port=port)


@contextlib.contextmanager
def _full() -> Generator[Slow]:
    """A listener whose queue is full: a further connection gets no answer at all."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        port = listener.getsockname()[1]
        # Those that wait are no connections of the client, but go to the same port.
        yield Slow(options={"base_url": f"http://127.0.0.1:{port}", **KEYS}, port=0)


@functools.cache
def _tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS settings of the servers, and of clients that trust them."""
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    authority.configure_trust(ours)
    return theirs, ours


def _in_tls(script: Script) -> Script:
    def wrapped(connection: Connection) -> None:
        connection.sock = _tls()[0].wrap_socket(connection.sock, server_side=True)
        try:
            script(connection)
        finally:
            connection.sock.close()

    return wrapped


def _tunnel(script: Script) -> Script:
    """A proxy that lets everybody through, to a server that runs the script."""

    def tunnelled(connection: Connection) -> None:
        connection.request()
        connection.send(b"HTTP/1.1 200 Connected\r\n\r\n")
        _in_tls(script)(connection)

    return tunnelled


def _each(then: Callable[[Connection], Any]) -> Script:
    """A script that reads each request and then does something."""

    def script(connection: Connection) -> None:
        while connection.request():
            then(connection)

    return script


def _drip(head: bytes, piece: bytes) -> Callable[[Connection], None]:
    def then(connection: Connection) -> None:
        connection.send(head)
        while not connection.server.over.wait(0.02):
            connection.send(piece)

    return then


def _silence(head: bytes) -> Callable[[Connection], None]:
    def then(connection: Connection) -> None:
        connection.send(head)
        connection.stall()

    return then


def _refusal(status: int, *headers: str, body: bytes = b"") -> Script:
    return _each(lambda connection: connection.answer(body, status, *headers))


def _flood(connection: Connection) -> None:
    connection.send(endless())
    while not connection.server.over.is_set():
        connection.send(chunk(b" ") * 1000)


def _drop(connection: Connection) -> None:
    connection.request()
    connection.reset()


_OK = b"HTTP/1.1 200 OK\r\n"
_PART = answer(PAGE)[:-9]
_HANDSHAKE = _drip(b"\x16\x03\x03\x3f\xff", b"\x02")  # a record that never is complete
_GZIP = gzip.compress(PAGE * 50)
_BOMB = gzip.compress(bytes(256 * 1024 * 1024), 1)

_DRIPPING_HEADERS = _each(_drip(_OK + b"x-a: ", b"a"))
_DRIPPING_BODY = _each(_drip(answer(PAGE * 9)[:-500], b"{"))
_STALLING_BODY = _each(_silence(_PART))
_SILENT = _each(Connection.stall)

CASES = (
    Case(name="refuses connections", serve=_refusing, early=True),
    Case(name="lets connections wait", serve=_full),
    Case(name="accepts, and says nothing", serve=_plain(Connection.stall)),
    Case(name="never answers a request", serve=_plain(_SILENT)),
    Case(name="drips headers", serve=_plain(_DRIPPING_HEADERS)),
    Case(name="sends header after header", serve=_plain(_each(_drip(_OK, b"x-a: a\r\n")))),
    Case(
        name="says 102 again and again",
        serve=_plain(_each(_drip(b"", b"HTTP/1.1 102 Processing\r\n\r\n"))),
    ),
    Case(name="drips the body", serve=_plain(_DRIPPING_BODY)),
    Case(name="drips a page's body", serve=_plain(_DRIPPING_BODY), asks="page"),
    Case(name="drips chunks", serve=_plain(_each(_drip(endless(), chunk(b" "))))),
    Case(
        name="drips a gzip body",
        serve=_plain(
            _each(_drip(endless("content-encoding: gzip") + chunk(_GZIP[:12]), chunk(b"\0")))
        ),
    ),
    Case(name="sends tiny chunks without end", serve=_plain(_each(_flood)), early=True),
    Case(
        name="sends a body that unpacks to 256 MiB",
        serve=_plain(_refusal(200, "content-encoding: gzip", body=_BOMB)),
        early=True,
    ),
    Case(name="stalls within the body", serve=_plain(_STALLING_BODY)),
    Case(name="stalls within a page's body", serve=_plain(_STALLING_BODY), asks="page"),
    Case(
        name="stalls within a refusal's body",
        serve=_plain(_each(_silence(answer(b'{"message": "no"}', 500)[:-3]))),
    ),
    Case(
        name="503, again at once, for ever",
        serve=_plain(_refusal(503, "retry-after: 0")),
        early=True,
    ),
    Case(
        name="503, again in a second, for ever",
        serve=_plain(_refusal(503, "retry-after: 1")),
        early=True,
    ),
    Case(name="503 on a page, for ever", serve=_plain(_refusal(503)), asks="page", early=True),
    Case(name="429, for ever", serve=_plain(_refusal(429)), early=True),
    Case(name="drops every connection", serve=_plain(_drop), early=True),
    Case(
        name="TLS: no handshake",
        serve=lambda: _encrypted(Connection.stall, _in_tls(well)),
    ),
    Case(
        name="TLS: drips the handshake",
        serve=lambda: _encrypted(_HANDSHAKE, _in_tls(well)),
    ),
    Case(
        name="TLS: drips the body",
        serve=lambda: _encrypted(_in_tls(_DRIPPING_BODY), _in_tls(well)),
    ),
    Case(
        name="TLS: stalls within the body",
        serve=lambda: _encrypted(_in_tls(_STALLING_BODY), _in_tls(well)),
    ),
    Case(name="never gives the token", serve=lambda: _token(_SILENT)),
    Case(name="drips the token", serve=lambda: _token(_DRIPPING_BODY)),
    Case(name="another call waits for the token", serve=lambda: _token(_SILENT), held=True),
    Case(name="another call has the connection", serve=_plain(_SILENT), held=True),
    Case(
        name="a page, another call has the connection",
        serve=_plain(_SILENT),
        asks="page",
        held=True,
    ),
    Case(name="the proxy says nothing", serve=lambda: _proxy(Connection.stall)),
    Case(name="the proxy drips its answer", serve=lambda: _proxy(_DRIPPING_HEADERS)),
    Case(
        name="the proxy, then no handshake",
        serve=lambda: _proxy(_each(_silence(b"HTTP/1.1 200 Connected\r\n\r\n"))),
    ),
    Case(
        name="the proxy, then the body drips",
        serve=lambda: _proxy(_tunnel(_DRIPPING_BODY)),
    ),
    Case(name="does not read", serve=_plain(lambda c: c.server.over.wait(10)), asks="upload"),
    Case(
        name="a stream: blank lines, no first byte",
        serve=_plain(_each(_drip(endless(), chunk(b"\n")))),
        asks="stream",
    ),
    Case(
        name="a stream: drips the header",
        serve=_plain(_each(_drip(endless() + chunk(b"voucher_id"), chunk(b"x")))),
        asks="stream",
    ),
    Case(
        name="a stream: no first row",
        serve=_plain(_each(_silence(endless() + chunk(ROWS)))),
        asks="stream",
    ),
)
