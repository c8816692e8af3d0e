"""An async client's sockets through aiohttp, which does with less work for many calls at once.

It is the door that keeps the deadline, by cancelling; aiohttp's own time-outs, cookies, redirects
and second tries are switched off. Only a client with `sockets="aiohttp"` imports this file.
"""

from __future__ import annotations

import asyncio
import base64
import io
import socket
import weakref
from collections.abc import AsyncIterator, Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

import aiohttp
import attrs
import httpx
from yarl import URL

from loyalty_sdk._core.connections.forks import disown_in_children, replace_by_nothing
from loyalty_sdk._core.connections.network import Network
from loyalty_sdk._core.connections.transport import IDLE_SECONDS, Origin, Place, ssl_context_for
from loyalty_sdk._core.connections.wire import Incoming, Outgoing, Patience, Trace
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk.errors import ConnectionLost, InvalidArgument, LoyaltyError, NotSent

_WITHOUT_LIMIT = aiohttp.ClientTimeout(total=None, sock_connect=None)


class AiohttpTransport:
    """Async connections, which any cancelling leaves whole."""

    bears_cancelling: ClassVar = True

    def __init__(self, network: Network) -> None:
        self._network = network
        self._ways: dict[Place, _Way] = {}
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._session: aiohttp.ClientSession | None = None
        disown_in_children(self)

    async def send(
        self, outgoing: Outgoing, patience: Patience, trace: Trace | None = None
    ) -> Incoming[AsyncIterator[bytes]]:
        """Send one request, and wait for the head of the answer."""
        origin = Origin.of(outgoing.base_url)
        way = self._way(origin)
        await _notice_what_closed()
        try:
            answer = await self._opened().request(
                outgoing.method,
                URL(origin.root + origin.below(outgoing.target.reveal()), encoded=True),
                headers={**outgoing.revealed(), **way.headers},
                data=None if outgoing.content is None else io.BytesIO(outgoing.content),
                allow_redirects=False,
                timeout=_WITHOUT_LIMIT,
                trace_request_ctx=patience,
                ssl=way.ssl,
                proxy=way.proxy,
                proxy_headers=way.proxy_headers,
            )
        except aiohttp.ClientResponseError as error:  # its text would quote the URL
            problem = _unanswered(error)
        else:
            headers = httpx.Headers(answer.raw_headers)
            return Incoming(answer.status, headers, answer.content.iter_any(), _closing(answer))
        raise problem

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def disown(self) -> None:
        """After a fork, in the child: let go of the copies of the parent's sockets."""
        for sock in list(self._sockets):
            if sock.fileno() >= 0:
                replace_by_nothing(sock)
        _inherited.append(self)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._network.max_connections,
                    keepalive_timeout=IDLE_SECONDS,
                    socket_factory=self._socket,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("content-type",),
                trace_configs=[_tracing()],
            )
            self._session._retry_connection = False  # it is the call that says what is repeated
        return self._session

    def _way(self, origin: Origin) -> _Way:
        if origin.place not in self._ways:
            self._ways[origin.place] = _Way.to(origin, self._network)
        return self._ways[origin.place]

    def _socket(self, address: Any) -> socket.socket:
        family, kind, protocol, *_ = address
        made = socket.socket(family, kind, protocol)
        self._sockets.add(made)
        return made


_inherited: list[AiohttpTransport] = []
"""What a child can only keep: the loop that could close it is the parent's."""


@attrs.frozen
class _Way:
    """How a host is reached, in aiohttp's words.

    Attributes:
        ssl: The TLS settings.
        proxy: The proxy.
        headers: What the proxy is told with every request, where it can read them.
        proxy_headers: What it is told when it opens a tunnel to the host.
    """

    ssl: Any
    proxy: URL | None = None
    headers: Mapping[str, str] = attrs.field(default=EMPTY, repr=False)
    proxy_headers: Mapping[str, str] = attrs.field(default=EMPTY, repr=False)

    @classmethod
    def to(cls, origin: Origin, network: Network) -> _Way:
        """The way to a host."""
        tls = ssl_context_for(network, origin.url) or True
        proxy = network.proxy_for(origin.url)
        if proxy is None:
            return cls(tls)
        if proxy.url.scheme not in ("http", "https"):
            raise InvalidArgument("proxy", 'must be http or https with sockets="aiohttp"')
        words = base64.b64encode(b":".join(proxy.raw_auth)).decode() if proxy.raw_auth else None
        told = {"proxy-authorization": f"Basic {words}"} if words else EMPTY
        tunnel = origin.url.scheme == "https"
        url = URL(str(proxy.url), encoded=True)
        return cls(tls, url, *((EMPTY, told) if tunnel else (told, EMPTY)))


def _tracing() -> aiohttp.TraceConfig:
    """What notes that a request has a connection: from then on it may have left."""
    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_end.append(_on_its_way)
    tracing.on_connection_reuseconn.append(_on_its_way)
    return tracing


async def _on_its_way(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
    context.trace_request_ctx.sent = True


async def _notice_what_closed() -> None:
    """Let the event loop find out which idle connections the vendor has closed by now.

    Where the caller has kept it busy it does not know: one turn to look, and one to act.
    """
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def _unanswered(error: aiohttp.ClientResponseError) -> LoyaltyError:
    """Our error for an answer that is none."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return NotSent(f"the proxy says {error.status}")
    return ConnectionLost(f"{type(error).__name__}: {error.message}")


def _closing(answer: aiohttp.ClientResponse) -> Any:
    async def close() -> None:
        answer.close()

    return close
