"""Where a blocking client's requests go out: opened late, shared by views, closed once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import httpx

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.connections.network import Network
from loyalty_sdk._core.connections.recall import Recalled
from loyalty_sdk._core.connections.transport import SocketTransport, translate
from loyalty_sdk._core.connections.wire import Incoming, Outgoing, Patience, collect, still_unread
from loyalty_sdk._core.hiding import quiet
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk._core.rows.stream import Arriving
from loyalty_sdk.errors import ClientClosed, LoyaltyError, TimedOut, UnreadableAnswer

T = TypeVar("T")


class Door:
    """Sends one request and reads one answer.

    A `KeyboardInterrupt` may come between any two steps of the library below, which is not made
    for that: its pool may have lost a place. So an interrupted request costs the pool, which others
    finish their requests with, and the next request opens a new one.

    Args:
        network: How to reach the vendor, for connections of the SDK's own.
        transport: The caller's own networking, instead; the SDK closes it.
        http_client: The caller's own client, instead; the SDK never closes it.
    """

    def __init__(
        self,
        network: Network,
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        self._network = network
        self._given = transport
        self._http_client = http_client
        self._own: SocketTransport | None = None
        self._closed = False
        self._start_afresh()

    @contextmanager
    def one_renewal(self, seconds: float | None) -> Generator[None]:
        """Hold the right to renew the token, waiting for it *seconds* at the most."""
        self._stay_in_one_process()
        renewing = self._renewing
        try:
            if not renewing.acquire(timeout=-1 if seconds is None else max(0.0, seconds)):
                raise TimedOut("another thread took too long to renew the token")
            yield
        finally:
            with suppress(RuntimeError):  # not ours; after an interrupt only the lock can tell
                renewing.release()

    def crew(self, hands: int) -> Crew:
        """Those who ask beside the caller: no more at once than there are connections for."""
        return Crew(min(hands, self._network.max_connections))

    def exchange(self, outgoing: Outgoing, patience: Patience | None) -> Response:
        """Send a request and read the whole answer.

        Raises:
            LoyaltyError: Whatever goes wrong; nothing of httpx's comes out of here.
        """
        flight = self._take_off()
        try:
            return self._step(lambda: self._exchange(outgoing, patience), patience)
        finally:
            self._flights.discard(flight)

    def open(self, outgoing: Outgoing, patience: Patience | None) -> Arriving:
        """Send a request and wait for the first byte of the answer's body.

        Raises:
            LoyaltyError: Whatever goes wrong; so does reading from what is opened.
        """
        flight = self._take_off()
        try:
            return self._step(lambda: self._open(outgoing, patience, flight), patience)
        except BaseException:
            self._flights.discard(flight)
            raise

    def close(self) -> None:
        """Close what the SDK opened, and a transport that was handed over for good."""
        self._stay_in_one_process()
        self._closed = True
        own, self._own = self._own, None
        if own is not None:
            own.close()
        while self._left_behind:
            self._left_behind.pop().disown()
        if self._given is not None:
            self._given.close()

    def _exchange(self, outgoing: Outgoing, patience: Patience | None) -> Response:
        answer = self._send(outgoing, patience)
        try:
            return _read_whole(answer, patience)
        finally:
            answer.close()

    def _open(self, outgoing: Outgoing, patience: Patience | None, flight: object) -> Arriving:
        answer = self._send(outgoing, patience)

        def close() -> None:
            try:
                self._step(answer.close, patience)
            finally:
                self._flights.discard(flight)

        try:
            chunks = self._steps(_in_time(answer.chunks, patience), patience)
            return Arriving(answer, chunks, patience, close)
        except BaseException:
            close()
            raise

    def _send(self, outgoing: Outgoing, patience: Patience | None) -> Incoming[Iterable[bytes]]:
        if self._closed:
            raise ClientClosed("the client is closed")
        if patience is not None:  # what is not ours to watch may have sent it at any moment
            patience.sent = self._http_client is not None or self._given is not None
        trace = quiet.hush if quiet.is_logged() else None
        if self._http_client is not None:
            try:
                answer = self._http_client.send(
                    outgoing.bare(patience, trace),
                    stream=True,
                    auth=outgoing.joining(),
                    follow_redirects=False,
                )
            except httpx.HTTPStatusError as refused:  # a hook that calls raise_for_status()
                answer = refused.response
            return _incoming(still_unread(answer))
        if self._given is not None:
            return _incoming(self._given.handle_request(outgoing.whole(patience, trace)))
        return self._transport().send(outgoing, patience, trace)

    def _transport(self) -> SocketTransport:
        self._stay_in_one_process()
        with self._opening:
            if self._own is None:
                self._own = SocketTransport(self._network)
            return self._own

    def _take_off(self) -> object:
        """Count a request as under way."""
        self._stay_in_one_process()
        flight = object()
        self._flights.add(flight)
        return flight

    def _step(self, work: Callable[[], T], patience: Patience | None) -> T:
        """Do a part of a request; what goes wrong comes out as an error of ours.

        It is raised outside the `except` block, so that it does not hold the frames of the failure,
        in which the secrets are.
        """
        try:
            return work()
        except LoyaltyError as ours:
            problem = ours.with_traceback(None)
        except Exception as error:
            translated = translate(error, patience)
            if translated is None:
                raise
            problem = translated
        except Recalled:
            raise
        except BaseException:
            self._give_the_pool_up()
            raise
        problem.__context__ = None
        raise problem

    def _steps(self, chunks: Iterator[bytes], patience: Patience | None) -> Iterator[bytes]:
        """The chunks, each a step."""
        while (chunk := self._step(lambda: next(chunks, None), patience)) is not None:
            yield chunk

    def _give_the_pool_up(self) -> None:
        own, self._own = self._own, None
        if own is None:
            return
        if len(self._flights) > 1:  # others are still at it
            self._left_behind.append(own)
        else:
            own.disown()

    def _stay_in_one_process(self) -> None:
        if self._process != os.getpid():  # forked: connections and held locks are the parent's
            self._start_afresh()

    def _start_afresh(self) -> None:
        self._own = None
        self._left_behind: list[SocketTransport] = []
        self._flights: set[object] = set()
        self._renewing, self._opening = threading.RLock(), threading.Lock()
        self._process = os.getpid()


def _read_whole(answer: Incoming[Iterable[bytes]], patience: Patience | None) -> Response:
    """The answer with its body."""
    try:
        chunks = _in_time(answer.chunks, patience)
        return answer.with_body(collect(chunks, answer.headers.get("content-encoding", "")))
    except UnreadableAnswer as problem:
        return answer.without_body(problem)


def _incoming(answer: httpx.Response) -> Incoming[Iterable[bytes]]:
    """An answer of somebody else's networking."""
    stream = answer.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise TypeError("the transport of a blocking client must give a blocking stream")
    return Incoming(answer.status_code, answer.headers, stream, answer.close)


def _in_time(chunks: Iterable[bytes], patience: Patience | None) -> Iterator[bytes]:
    """The chunks, as long as there is time; the SDK's own sockets keep it too, others may not."""
    for chunk in chunks:
        yield chunk
        if patience is not None and patience.left() <= 0:
            raise TimedOut("the attempt took too long")
