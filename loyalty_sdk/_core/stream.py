"""Long bodies: bytes in, rows out, as they arrive and in constant memory.

Opening a stream is a call like any other: signed, repeated, within the deadline, until the first
byte of the body is there. From then on nothing is repeated. The deadline ends at the first row;
after that each read may take as long as an attempt otherwise may.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator

import httpx

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.inflate import Inflating
from loyalty_sdk._core.wire import Body, Patience

_NEVER_ROWS = (b"{", b"[", b"<")


class _Head:
    """What is known of an answer before its body."""

    def __init__(self, answer: httpx.Response, patience: Patience | None) -> None:
        self._answer = answer
        self._inflating = Inflating(answer.headers.get("content-encoding", ""))
        self._patience = patience
        self._idle: float | None = None
        self._flowing = False
        self._first = b""

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._answer.status_code

    @property
    def has_rows(self) -> bool:
        """Whether the body can be rows: the status says so, and it is neither JSON nor HTML."""
        said = 200 <= self._answer.status_code < 300
        return said and not self._first.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_NEVER_ROWS)

    def flow(self, idle: float | None) -> None:
        """The first row is there: from now on each read may take *idle* seconds."""
        self._idle = idle
        self._flowing = True

    def _before_read(self) -> None:
        if self._flowing and self._patience is not None:
            self._patience.postpone(self._idle)

    def _whole(self, body: Body) -> Response:
        return Response(self._answer.status_code, self._answer.headers, body.whole())


class Arriving(_Head):
    """An answer whose body is still coming in, blocking."""

    def __init__(
        self, answer: httpx.Response, chunks: Iterator[bytes], patience: Patience | None
    ) -> None:
        super().__init__(answer, patience)
        self._chunks = chunks
        self._pieces = self._inflated()
        self._first = next(self._pieces, b"")

    def pieces(self) -> Iterator[bytes]:
        """The decompressed body, piece by piece."""
        yield self._first
        yield from self._pieces

    def whole(self) -> Response:
        """The whole answer, where it is no stream after all; bounded like any body."""
        body = Body()
        for piece in self.pieces():
            body.feed(piece)
        return self._whole(body)

    def close(self) -> None:
        """Let go of the connection, whatever is still to come."""
        self._answer.close()

    def _inflated(self) -> Iterator[bytes]:
        self._before_read()
        for chunk in self._chunks:
            for piece in self._inflating.feed(chunk):
                if piece:
                    yield piece
            self._before_read()
        self._inflating.end()


class AsyncArriving(_Head):
    """An answer whose body is still coming in, async."""

    def __init__(
        self,
        answer: httpx.Response,
        chunks: AsyncGenerator[bytes],
        patience: Patience | None,
        closed: Callable[[], None],
    ) -> None:
        super().__init__(answer, patience)
        self._chunks = chunks
        self._pieces = self._inflated()
        self._closed = closed

    async def begin(self) -> None:
        """Wait for the first byte of the body."""
        self._first = await anext(self._pieces, b"")

    async def pieces(self) -> AsyncIterator[bytes]:
        """The decompressed body, piece by piece."""
        yield self._first
        async for piece in self._pieces:
            yield piece

    async def whole(self) -> Response:
        """The whole answer, where it is no stream after all; bounded like any body."""
        body = Body()
        async for piece in self.pieces():
            body.feed(piece)
        return self._whole(body)

    async def aclose(self) -> None:
        """Let go of the connection, whatever is still to come."""
        try:
            await self._pieces.aclose()
            await self._chunks.aclose()
            await self._answer.aclose()
        finally:
            self._closed()

    async def _inflated(self) -> AsyncGenerator[bytes]:
        self._before_read()
        async for chunk in self._chunks:
            for piece in self._inflating.feed(chunk):
                if piece:
                    yield piece
            self._before_read()
        self._inflating.end()
