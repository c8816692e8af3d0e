"""Long bodies: bytes in, rows out, as they arrive and in constant memory.

Opening a stream is a call like any other: signed, repeated, within the deadline, until the first
byte of the body that is not blank is there. From then on nothing is repeated. The deadline ends at
the first row; after that each read may take as long as an attempt otherwise may.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, suppress
from typing import Any

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.connections.inflate import Inflating
from loyalty_sdk._core.connections.wire import Body, Incoming, Patience
from loyalty_sdk.errors import UnreadableAnswer

_NEVER_ROWS = (b"{", b"[", b"<")
_BLANK = b"\xef\xbb\xbf \r\n\t"  # a byte-order mark, too
_MOST_BLANK = 1024


class _Head:
    """What is known of an answer before its body."""

    def __init__(self, answer: Incoming[Any], patience: Patience | None) -> None:
        self._answer = answer
        self._patience = patience
        self._idle: float | None = None
        self._flowing = False
        self._first: bytes = b""

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._answer.status

    @property
    def has_rows(self) -> bool:
        """Whether the body can be rows: the status says so, and it is neither JSON nor HTML."""
        return self._says_yes() and not self._first.lstrip(_BLANK).startswith(_NEVER_ROWS)

    def flow(self, idle: float | None) -> None:
        """The first row is there: from now on each read may take *idle* seconds."""
        self._idle = idle
        self._flowing = True

    def _says_yes(self) -> bool:
        return 200 <= self._answer.status < 300

    def _can_tell(self) -> bool:
        """Whether the body has begun far enough to tell what it is."""
        return bool(self._first.lstrip(_BLANK)) or len(self._first) > _MOST_BLANK

    def _inflating(self) -> Inflating:
        return Inflating(self._answer.headers.get("content-encoding", ""))

    def _before_read(self) -> None:
        if self._flowing and self._patience is not None:
            self._patience.postpone(self._idle)

    def _whole(self, body: Body) -> Response:
        return self._answer.with_body(body.whole())


class Arriving(_Head):
    """An answer whose body is still coming in, blocking."""

    def __init__(
        self,
        answer: Incoming[Any],
        chunks: Iterator[bytes],
        patience: Patience | None,
        close: Callable[[], None],
    ) -> None:
        super().__init__(answer, patience)
        self._chunks = chunks
        self._pieces = self._inflated()
        self._close = close
        if self._says_yes():
            self._begin()

    def pieces(self) -> Iterator[bytes]:
        """The decompressed body, piece by piece."""
        yield self._first
        yield from self._pieces

    def whole(self) -> Response:
        """The whole answer, where it is no stream after all; bounded like any body."""
        body = Body()
        try:
            for piece in self.pieces():
                body.feed(piece)
        except UnreadableAnswer as problem:
            return self._answer.without_body(problem)
        return self._whole(body)

    def close(self) -> None:
        """Let go of the connection, whatever is still to come."""
        self._close()

    def _begin(self) -> None:
        """Wait for the first bytes of the body that are not blank."""
        for piece in self._pieces:
            self._first += piece
            if self._can_tell():
                return

    def _inflated(self) -> Iterator[bytes]:
        inflating = self._inflating()
        self._before_read()
        for chunk in self._chunks:
            for piece in inflating.feed(chunk):
                if piece:
                    yield piece
            self._before_read()
        inflating.end()


class AsyncArriving(_Head):
    """An answer whose body is still coming in, async."""

    def __init__(
        self,
        answer: Incoming[Any],
        chunks: AsyncGenerator[bytes],
        patience: Patience | None,
        close: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(answer, patience)
        self._chunks = chunks
        self._pieces = self._inflated()
        self._close = close

    async def begin(self) -> None:
        """Wait for the first bytes of the body that are not blank."""
        if not self._says_yes():
            return
        async for piece in self._pieces:
            self._first += piece
            if self._can_tell():
                return

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The decompressed body, piece by piece."""
        yield self._first
        async for piece in self._pieces:
            yield piece

    async def whole(self) -> Response:
        """The whole answer, where it is no stream after all; bounded like any body."""
        body = Body()
        try:
            async with aclosing(self.pieces()) as pieces:
                async for piece in pieces:
                    body.feed(piece)
        except UnreadableAnswer as problem:
            return self._answer.without_body(problem)
        return self._whole(body)

    async def aclose(self) -> None:
        """Let go of the connection, whatever is still to come."""
        try:
            with suppress(RuntimeError):  # somebody still reads, and will find it closed
                await self._pieces.aclose()
                await self._chunks.aclose()
        finally:
            await self._close()

    async def _inflated(self) -> AsyncGenerator[bytes]:
        inflating = self._inflating()
        self._before_read()
        async for chunk in self._chunks:
            for piece in inflating.feed(chunk):
                if piece:
                    yield piece
            self._before_read()
        inflating.end()
