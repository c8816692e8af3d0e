"""Where an async client's requests go out. Few files but this one import asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

import httpx

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.connections.network import Network
from loyalty_sdk._core.connections.transport import AsyncSocketTransport, AsyncTransport, translate
from loyalty_sdk._core.connections.wire import Body, Incoming, Outgoing, Patience, still_unread
from loyalty_sdk._core.hiding import quiet
from loyalty_sdk._core.paging.crew_async import AsyncCrew
from loyalty_sdk._core.rows.stream import AsyncArriving
from loyalty_sdk.errors import (
    ClientClosed,
    LoyaltyError,
    TimedOut,
    UnreadableAnswer,
    WrongEventLoop,
)

T = TypeVar("T")
Work: TypeAlias = Coroutine[Any, Any, T]
_Answer: TypeAlias = Incoming[AsyncIterable[bytes]]


class AsyncDoor:
    """Sends one request and reads one answer.

    At most as many requests are under way as the pool has connections: past that httpx times out
    in droves.

    Args:
        network: How to reach the vendor, for connections of the SDK's own.
        transport: The caller's own networking, instead; the SDK closes it.
        http_client: The caller's own client, instead; the SDK never closes it.
        sockets: What carries requests on connections of the SDK's own.
    """

    def __init__(
        self,
        network: Network,
        transport: httpx.AsyncBaseTransport | None = None,
        http_client: httpx.AsyncClient | None = None,
        sockets: type[AsyncTransport] = AsyncSocketTransport,
    ) -> None:
        self._network = network
        self._sockets = sockets
        self._given = transport
        self._http_client = http_client
        self._own: AsyncTransport | None = None
        self._process = os.getpid()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._start_afresh()

    @contextlib.asynccontextmanager
    async def one_renewal(self, seconds: float | None) -> AsyncGenerator[None]:
        """Hold the right to renew the token, waiting for it *seconds* at the most."""
        self._stay_on_one_loop()
        try:
            async with asyncio.timeout(seconds):
                await self._renewing.acquire()
        except TimeoutError:
            problem = TimedOut("another task took too long to renew the token")
        else:
            try:
                yield
            finally:
                self._renewing.release()
            return
        raise problem

    def crew(self, hands: int) -> AsyncCrew:
        """Those who ask beside the caller: no more at once than there are connections for."""
        return AsyncCrew(min(hands, self._network.max_connections))

    async def exchange(self, outgoing: Outgoing, patience: Patience | None) -> Response:
        """Send a request and read the whole answer.

        Raises:
            LoyaltyError: Whatever goes wrong; nothing of httpx's comes out of here.
        """
        return await _translating(self._exchange(outgoing, patience), patience)

    async def open(self, outgoing: Outgoing, patience: Patience | None) -> AsyncArriving:
        """Send a request and wait for the first byte of the answer's body.

        Raises:
            LoyaltyError: Whatever goes wrong; so does reading from what is opened.
        """
        self._stay_on_one_loop()
        gate = _Held(self._gate)
        known = _known(patience)
        answer = await _translating(self._opened(outgoing, known, gate), known)

        async def close() -> None:
            try:
                await self._unbroken(answer.close(), known)
            finally:
                gate.release()

        arriving = AsyncArriving(answer, self._timely(answer, known), known, close)
        try:
            await arriving.begin()
        except BaseException:
            await arriving.aclose()
            raise
        return arriving

    async def aclose(self) -> None:
        """Close what the SDK opened, and a transport that was handed over for good."""
        self._stay_in_one_process()
        self._closed = True
        own, self._own = self._own, None
        if own is not None and self._loop in (None, asyncio.get_running_loop()):
            await _Steps().taken(own.aclose())  # on another loop they can only be dropped
        if self._given is not None:
            await self._given.aclose()

    async def _exchange(self, outgoing: Outgoing, patience: Patience | None) -> Response:
        self._stay_on_one_loop()
        known = _known(patience)
        async with _within(known), self._gate:
            return await self._unbroken(self._whole(outgoing, known), known)

    async def _whole(self, outgoing: Outgoing, patience: Patience) -> Response:
        answer = await self._send(outgoing, patience)
        try:
            return await _read_whole(answer, patience)
        finally:
            await answer.close()

    async def _opened(self, outgoing: Outgoing, patience: Patience, gate: _Held) -> _Answer:
        async with _within(patience):
            await gate.acquire()
            try:
                sending = self._send(outgoing, patience)
                return await self._unbroken(sending, patience, lambda answer: answer.close())
            except BaseException:
                gate.release()
                raise

    async def _timely(self, answer: _Answer, patience: Patience) -> AsyncGenerator[bytes]:
        """The chunks of a long body, each in its time."""
        chunks = aiter(answer.chunks)

        async def following() -> bytes | None:
            async with _within(patience):
                chunk = await self._unbroken(_next(chunks), patience)
            _check_time(patience)
            return chunk

        while (chunk := await _translating(following(), patience)) is not None:
            yield chunk

    async def _unbroken(
        self, work: Work[T], patience: Patience, unwanted: Callable[[T], Work[None]] | None = None
    ) -> T:
        """Work with connections; where these need it, no cancelling comes between two steps."""
        given = self._http_client is not None or self._given is not None
        if given or self._sockets.bears_cancelling:
            return await work
        patience.step = steps = _Steps()
        return await steps.taken(work, unwanted)

    async def _send(self, outgoing: Outgoing, patience: Patience) -> _Answer:
        if self._closed:
            raise ClientClosed("the client is closed")
        # What is not ours to watch may have sent it at any moment.
        patience.sent = self._http_client is not None or self._given is not None
        trace = quiet.hush_async if quiet.is_logged() else None
        if self._http_client is not None:
            try:
                answer = await self._http_client.send(
                    outgoing.bare(patience, trace),
                    stream=True,
                    auth=outgoing.joining(),
                    follow_redirects=False,
                )
            except httpx.HTTPStatusError as refused:  # a hook that calls raise_for_status()
                answer = refused.response
            return _incoming(still_unread(answer))
        if self._given is not None:
            request = outgoing.whole(patience, trace)
            return _incoming(await self._given.handle_async_request(request))
        if self._own is None:
            self._own = self._sockets(self._network)
        return await self._own.send(outgoing, patience, trace)

    def _stay_in_one_process(self) -> None:
        if self._process != os.getpid():  # forked: the connections are the parent's
            self._start_afresh()

    def _stay_on_one_loop(self) -> None:
        self._stay_in_one_process()
        running = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = running
        elif self._loop is not running:
            raise WrongEventLoop(
                "this async client belongs to another event loop; make a client for each loop"
            )

    def _start_afresh(self) -> None:
        self._process, self._own, self._loop = os.getpid(), None, None
        self._renewing = asyncio.Lock()
        self._gate = asyncio.Semaphore(self._network.max_connections)


class _Steps:
    """The steps that a request takes on the network, in a task of its own.

    The pool below does not survive being cancelled just anywhere: a place in it is then taken for
    good. So a cancelled caller ends its request at a step on the network, which to the pool is a
    failure like any other, and waits until it has been cleaned up.
    """

    def __init__(self) -> None:
        self._on_one = False
        self._no_more = False

    def __enter__(self) -> None:
        if self._no_more:
            raise asyncio.CancelledError
        self._on_one = True

    def __exit__(self, *_: object) -> None:
        self._on_one = False

    async def taken(self, work: Work[T], unwanted: Callable[[T], Work[None]] | None = None) -> T:
        """The result of some work that takes such steps.

        Args:
            work: The work.
            unwanted: What becomes of a result that came in the moment of cancelling.
        """
        task = asyncio.ensure_future(work)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._no_more = True
            if self._on_one:
                task.cancel()
            while not task.done():
                with contextlib.suppress(asyncio.CancelledError):  # once is enough
                    await asyncio.wait([task])
            if not task.cancelled() and task.exception() is None and unwanted is not None:
                await _Steps().taken(unwanted(task.result()))
            raise


class _Held:
    """One place in the gate, given back once however often."""

    def __init__(self, gate: asyncio.Semaphore) -> None:
        self._gate = gate
        self._held = False

    async def acquire(self) -> None:
        await self._gate.acquire()
        self._held = True

    def release(self) -> None:
        if self._held:
            self._held = False
            self._gate.release()


def _known(patience: Patience | None) -> Patience:
    """Patience that can be watched, also where it is endless."""
    return Patience.until(math.inf) if patience is None else patience


def _within(patience: Patience) -> asyncio.Timeout:
    """What cancels the work inside when the patience is over."""
    left = patience.left()
    return asyncio.timeout(None if left == math.inf else left)


async def _translating(work: Work[T], patience: Patience | None) -> T:
    """Do some work; what goes wrong comes out as an error of ours.

    It is raised outside the `except` block, so that it does not hold the frames of the failure, in
    which the secrets are.
    """
    try:
        return await work
    except LoyaltyError as ours:
        problem = ours.with_traceback(None)
    except Exception as error:
        translated = translate(error, patience)
        if translated is None:
            raise
        problem = translated
    problem.__context__ = None
    raise problem


async def _next(chunks: AsyncIterator[bytes]) -> bytes | None:
    return await anext(chunks, None)


def _check_time(patience: Patience) -> None:
    """Chunks that are there already leave the event loop no turn to cancel in."""
    if patience.left() <= 0:
        raise TimedOut("the attempt took too long")


async def _read_whole(answer: _Answer, patience: Patience) -> Response:
    """The answer with its body."""
    try:
        body = Body(answer.headers.get("content-encoding", ""))
        async for chunk in answer.chunks:
            body.feed(chunk)
            _check_time(patience)
        return answer.with_body(body.whole())
    except UnreadableAnswer as problem:
        return answer.without_body(problem)


def _incoming(answer: httpx.Response) -> _Answer:
    """An answer of somebody else's networking."""
    stream = answer.stream
    if not isinstance(stream, httpx.AsyncByteStream):
        raise TypeError("the transport of an async client must give an async stream")
    return Incoming(answer.status_code, answer.headers, stream, answer.aclose)
