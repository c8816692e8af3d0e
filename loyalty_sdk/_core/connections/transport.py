"""What carries requests over connections of the SDK's own.

Two transports, blocking and async, on httpcore's public seams. They do what `httpx.HTTPTransport`
does, but take our own kind of request, since making one of httpx's takes longer than anything else
that we do for a call. The `sockets` below them keep the deadline. What they raise has the names
that httpx uses too; `translate` turns all of it into ours.
"""

from __future__ import annotations

import functools
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar, Protocol

import httpcore
import httpx

from loyalty_sdk._core.connections.forks import disown_in_children, replace_by_nothing
from loyalty_sdk._core.connections.network import Network, shared_ssl_context
from loyalty_sdk._core.connections.sockets import PatientBackend, WatchingBackend
from loyalty_sdk._core.connections.wire import (
    HiddenBytes,
    Incoming,
    Outgoing,
    Patience,
    Trace,
    extensions,
)
from loyalty_sdk.errors import (
    ClientClosed,
    ConnectionLost,
    InvalidArgument,
    LoyaltyError,
    NotSent,
    TimedOut,
)

Place = tuple[str, str]  # scheme and host: the environment's proxies depend on both

KEPT_ALIVE = 20
IDLE_SECONDS = 30.0


class SocketTransport:
    """Blocking connections."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._backend = PatientBackend()
        self._pools: dict[Place, httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()
        disown_in_children(self)

    def send(
        self, outgoing: Outgoing, patience: Patience | None, trace: Trace | None = None
    ) -> Incoming[Iterator[bytes]]:
        """Send one request, and wait for the head of the answer."""
        origin = Origin.of(outgoing.base_url)
        request = _request(origin, outgoing, extensions(patience, trace))
        answer = self._pool(origin).handle_request(request)
        headers = httpx.Headers(answer.headers)
        return Incoming(answer.status, headers, answer.iter_stream(), answer.close)

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()

    def disown(self) -> None:
        """Close every socket and ask nobody, after a fork or an interrupt: locks may be held."""
        for stream in list(self._backend.streams):
            stream.close()

    def _pool(self, origin: Origin) -> httpcore.ConnectionPool:
        with self._lock:
            if origin.place not in self._pools:
                self._pools[origin.place] = _Pool(
                    network_backend=self._backend, **pool_arguments(self._network, origin.url)
                )
            return self._pools[origin.place]


class _Pool(httpcore.ConnectionPool):
    """A pool whose lock an interrupted thread does not wait for itself.

    The library's own is taken in Python, so an interrupt may come right after; the library then
    cleans up and takes it again. This one is taken in one step, and may be taken twice.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._optional_thread_lock: Any = threading.RLock()


class AsyncTransport(Protocol):
    """What carries an async client's requests.

    Attributes:
        bears_cancelling: Whether it may be cancelled anywhere, and not only on the network.
    """

    bears_cancelling: ClassVar[bool]

    def __init__(self, network: Network) -> None: ...

    async def send(
        self, outgoing: Outgoing, patience: Patience, trace: Trace | None = None
    ) -> Incoming[AsyncIterator[bytes]]:
        """Send one request, and wait for the head of the answer."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


class AsyncSocketTransport:
    """Async connections. The deadline needs no help here: the door cancels."""

    bears_cancelling: ClassVar = False

    def __init__(self, network: Network) -> None:
        self._network = network
        self._backend = WatchingBackend()
        self._pools: dict[Place, httpcore.AsyncConnectionPool] = {}
        disown_in_children(self)

    async def send(
        self, outgoing: Outgoing, patience: Patience | None, trace: Trace | None = None
    ) -> Incoming[AsyncIterator[bytes]]:
        """Send one request, and wait for the head of the answer."""
        origin = Origin.of(outgoing.base_url)
        request = _request(origin, outgoing, extensions(patience, trace))
        answer = await self._pool(origin).handle_async_request(request)
        headers = httpx.Headers(answer.headers)
        return Incoming(answer.status, headers, answer.aiter_stream(), answer.aclose)

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def disown(self) -> None:
        """After a fork, in the child: let go of the copies of the parent's sockets."""
        for stream in list(self._backend.streams):
            if (sock := stream.get_extra_info("socket")) is not None and sock.fileno() >= 0:
                replace_by_nothing(sock)
        _inherited.append(self)

    def _pool(self, origin: Origin) -> httpcore.AsyncConnectionPool:
        if origin.place not in self._pools:
            self._pools[origin.place] = httpcore.AsyncConnectionPool(
                network_backend=self._backend, **pool_arguments(self._network, origin.url)
            )
        return self._pools[origin.place]


def pool_arguments(network: Network, url: httpx.URL) -> dict[str, Any]:
    """The arguments of a connection pool for the host of *url*."""
    return {
        "ssl_context": ssl_context_for(network, url),
        "proxy": _proxy(network.proxy_for(url)),
        "max_connections": network.max_connections,
        "max_keepalive_connections": min(KEPT_ALIVE, network.max_connections),
        "keepalive_expiry": IDLE_SECONDS,
    }


def ssl_context_for(network: Network, url: httpx.URL) -> ssl.SSLContext | None:
    """The TLS settings for a host; `None` where none are needed."""
    return network.ssl_context or (shared_ssl_context() if url.scheme == "https" else None)


def _proxy(proxy: httpx.Proxy | None) -> httpcore.Proxy | None:
    if proxy is None:
        return None
    return httpcore.Proxy(str(proxy.url), auth=_unshown(proxy.raw_auth))


def _unshown(auth: tuple[bytes, bytes] | None) -> tuple[bytes, bytes] | None:
    """The name and the password, for a library that logs the pair when it speaks SOCKS."""
    return auth and (HiddenBytes(auth[0]), HiddenBytes(auth[1]))


class Origin:
    """Where a base URL leads, in the parts that a request needs."""

    def __init__(self, base_url: str) -> None:
        self.url = url = httpx.URL(base_url)
        self.place: Place = (url.scheme, url.host)
        self.host = (b"host", url.netloc)
        self.root = f"{url.scheme}://{url.netloc.decode('ascii')}"
        self._path = "" if url.raw_path == b"/" else url.raw_path.decode("ascii")

    @staticmethod
    @functools.lru_cache
    def of(base_url: str) -> Origin:
        """The one of a base URL, taken apart once."""
        return Origin(base_url)

    def below(self, target: str) -> str:
        """A path and a query below it, from the root on."""
        whole = self._path + target
        return whole if whole.startswith("/") else f"/{whole}"


_EMPTY_BODIED = frozenset({"PATCH", "POST", "PUT"})


def _request(origin: Origin, outgoing: Outgoing, told: dict[str, Any]) -> httpcore.Request:
    pairs = outgoing.revealed().items()
    headers = [origin.host, *((k.encode("ascii"), v.encode("ascii")) for k, v in pairs)]
    if outgoing.content is not None or outgoing.method in _EMPTY_BODIED:
        headers.append((b"content-length", b"%d" % len(outgoing.content or b"")))
    return httpcore.Request(
        outgoing.method,
        httpcore.URL(
            scheme=origin.url.raw_scheme,
            host=origin.url.raw_host,
            port=origin.url.port,
            target=origin.below(outgoing.target.reveal()).encode("ascii"),
        ),
        headers=headers,
        content=outgoing.content,
        extensions=told,
    )


_inherited: list[AsyncSocketTransport] = []
"""What a child can only keep: the loop that could close it is the parent's."""


_REFUSED = frozenset({"LocalProtocolError", "InvalidURL", "UnsupportedProtocol"})
_NOT_SENT = frozenset({"ClientConnectorError", "ConnectError", "ProxyError"})
_TOO_LATE = frozenset({"ConnectTimeout", "PoolTimeout"})
_LIBRARIES = frozenset({"httpx", "httpcore", "h11", "anyio", "ssl", "socket", "aiohttp"})


def translate(error: Exception, patience: Patience | None = None) -> LoyaltyError | None:
    """Our error for one that a transport raised; `None` for one that is not about the network."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "TimeoutException" in names or isinstance(error, TimeoutError):
        timed_out = TimedOut("the attempt took too long")
        timed_out.sent = not names & _TOO_LATE and (patience is None or patience.sent)
        return timed_out
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if names & _REFUSED or isinstance(error, UnicodeError):  # its text may quote a header
        return InvalidArgument("request", f"cannot be sent: {type(error).__name__}")
    if names & _NOT_SENT or isinstance(error, ConnectionRefusedError):
        return NotSent(said)
    if isinstance(error, ImportError):  # httpcore brings in what SOCKS needs when it is needed
        return InvalidArgument("proxy", f"needs a package that is not installed: {error.name}")
    if isinstance(error, RuntimeError) and "closed" in str(error):
        return ClientClosed(said)
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _LIBRARIES:
        return ConnectionLost(said)
    return None
