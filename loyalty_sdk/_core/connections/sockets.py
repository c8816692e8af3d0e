"""The sockets themselves: each step on them knows how much time is left, and notes what was sent.

They stand on httpcore's seam for the network; the time travels in its time-outs (`wire.Patience`).
"""

from __future__ import annotations

import contextlib
import math
import socket
import ssl
import weakref
from collections.abc import Iterable
from typing import Any

import httpcore

from loyalty_sdk._core.connections.wire import UNWATCHED, Patience

_PIECE = 16 * 1024
_AT_ONCE = 256 * 1024
"""What asyncio reads from a socket at once; anyio cuts less off it by copying all the rest."""


class PatientBackend(httpcore.SyncBackend):
    """Sockets that keep a deadline."""

    def __init__(self) -> None:
        self.streams: weakref.WeakSet[_PatientStream] = weakref.WeakSet()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; all of them share one time-out."""
        problem: Exception | None = None
        for address in _addresses(host, port):
            try:
                left = _left(timeout, httpcore.ConnectTimeout)
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
            except httpcore.ConnectError as refused:
                problem = refused
            else:
                return _PatientStream(stream, self.streams)
        raise problem or httpcore.ConnectError(f"{host} has no address")


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        problem = httpcore.ConnectError(f"{host} cannot be looked up: {unknown}")
    else:
        return [str(entry[4][0]) for entry in found]
    raise problem


class _PatientStream(httpcore.NetworkStream):
    """A connection that asks before each step how much time is left."""

    def __init__(
        self, inner: httpcore.NetworkStream, among: weakref.WeakSet[_PatientStream]
    ) -> None:
        self._inner = inner
        self._awaits_answer = False
        self._writes = 0
        self._handshake = _Handshake()
        self._among = among
        among.add(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout, httpcore.ReadTimeout)
        with _reached(timeout, self._inner):
            data = self._inner.read(max_bytes, left)
        self._awaits_answer = False
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._handshake.check()
        for start in range(0, len(buffer), _PIECE):  # a slow reader must not drip it out of us
            piece = buffer[start : start + _PIECE]
            left = _left(timeout, httpcore.WriteTimeout)
            _mark_sent(timeout)
            self._awaits_answer = True
            self._writes += 1
            self._inner.write(piece, left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            left = _left(timeout, httpcore.ConnectTimeout)
            return _PatientStream(
                self._inner.start_tls(ssl_context, server_hostname, left), self._among
            )
        except BaseException as problem:  # nobody else knows of the connection yet
            self._inner.close()
            self._handshake.failed(problem)
            return self

    def get_extra_info(self, info: str) -> Any:
        # The pool takes an idle connection with something to read for one that the vendor closed.
        # It may look just when another thread has begun to use it, and would close it on that one.
        busy, writes = self._awaits_answer, self._writes
        found = self._inner.get_extra_info(info)
        if info == "is_readable":
            return found and not busy and writes == self._writes
        return found


class WatchingBackend(httpcore.AsyncNetworkBackend):
    """Sockets that tell when something is sent: where the door cancels, nobody else could say."""

    def __init__(self) -> None:
        made: Any = httpcore.AnyIOBackend()  # checkers do not see that it is one
        self._inner: httpcore.AsyncNetworkBackend = made
        self.streams: weakref.WeakSet[_WatchedStream] = weakref.WeakSet()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        with _step(timeout):
            return _WatchedStream(
                await self._inner.connect_tcp(host, port, timeout, local_address, socket_options),
                self.streams,
            )


class _WatchedStream(httpcore.AsyncNetworkStream):
    def __init__(
        self, inner: httpcore.AsyncNetworkStream, among: weakref.WeakSet[_WatchedStream]
    ) -> None:
        self._inner = inner
        self._handshake = _Handshake()
        self._among = among
        among.add(self)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _step(timeout):
            return await self._inner.read(max(max_bytes, _AT_ONCE), _timer(timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._handshake.check()
        with _step(timeout):
            _mark_sent(timeout)
            await self._inner.write(buffer, _timer(timeout))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            with _step(timeout):
                return _WatchedStream(
                    await self._inner.start_tls(ssl_context, server_hostname, timeout),
                    self._among,
                )
        except BaseException as problem:  # a cancelled one the library would leave open
            await self._inner.aclose()
            self._handshake.failed(problem)
            return self

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Handshake:
    """A failed handshake, told of at the first use of the connection.

    Behind a proxy the library's pool loses a place when the handshake itself raises. A connection
    that breaks when it is used it copes with.
    """

    def __init__(self) -> None:
        self._problem: BaseException | None = None

    def failed(self, problem: BaseException) -> None:
        """Remember why."""
        self._problem = problem

    def check(self) -> None:
        """Go on, unless it failed."""
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem


def _left(timeout: float | None, too_late: type[Exception]) -> float | None:
    if not isinstance(timeout, Patience):
        return timeout
    left = timeout.left()
    if left <= 0:
        raise too_late("the time is used up")
    return None if left == math.inf else left


def _step(timeout: float | None) -> contextlib.AbstractContextManager[None]:
    return timeout.step if isinstance(timeout, Patience) else UNWATCHED


def _timer(timeout: float | None) -> float | None:
    """The time-out of an async step: none where the door cancels, for every timer takes time."""
    return None if isinstance(timeout, Patience) else timeout


def _reached(
    timeout: float | None, stream: httpcore.NetworkStream
) -> contextlib.AbstractContextManager[None]:
    """While inside, a request that may be called back waits on the socket of *stream*."""
    if not isinstance(timeout, Patience) or timeout.recall is None:
        return UNWATCHED
    return timeout.recall.reaching(stream.get_extra_info("socket"))


def _mark_sent(timeout: float | None) -> None:
    if isinstance(timeout, Patience):
        timeout.sent = True
