"""One request on a client's connection, with the server behind it: what a fault can do to it."""

from __future__ import annotations

import array
import asyncio
import contextlib
import socket
import struct
import sys
import time
from collections.abc import Callable
from typing import Protocol

import attrs

from ..loopback import HOST
from ..wire import Response
from .framing import (
    PIECE,
    Body,
    Head,
    answer_body,
    chunk,
    head_of,
    read_head,
    read_whole,
    response_of,
)
from .occasion import Occasion

if sys.platform == "linux":
    import fcntl
    import termios

ARRIVES_WITHIN = 5.0
ARRIVES_SOON = 0.05
# Windows has shorter numbers in it.
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class Line:
    """One side's connection; nothing waits in it to be sent, so that what was sent is known."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.set_write_buffer_limits(0)
        self.reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        """Send, at the speed at which the other side reads."""
        self._writer.write(data)
        await self._writer.drain()

    async def arrive(self) -> None:
        """Wait until all that was sent has arrived: a reset throws away what has not."""
        if sys.platform != "linux":  # nobody else tells what has arrived
            await asyncio.sleep(ARRIVES_SOON)
            return
        ends = time.monotonic() + ARRIVES_WITHIN
        while _unsent(self._writer) and time.monotonic() < ends:
            await asyncio.sleep(0.001)

    def reset(self) -> None:
        """End the connection as if the machine had gone."""
        connection = self._writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self._writer.transport.abort()

    def close(self) -> None:
        """End the connection in good order."""
        self._writer.close()

    async def finish(self) -> None:
        """End the connection in good order, and wait for it."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    def drop(self) -> None:
        """Let go of the connection, whatever state it is in."""
        self._writer.transport.abort()


class Server:
    """The server's side of a client's connection, opened when it is needed and then kept."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: Line | None = None

    async def ask(self, request: bytes, method: str) -> tuple[Head, Body]:
        """Send a request, and wait for the head of the answer."""
        if self._line is not None and self._line.reader.at_eof():
            self.hang_up()
        if self._line is None:
            self._line = Line(*await asyncio.open_connection(HOST, self._port))
        await self._line.send(request)
        head = await read_head(self._line.reader)
        while head is not None and head.status < 200:
            head = await read_head(self._line.reader)
        if head is None:
            raise ConnectionResetError("the server has closed the connection")
        return head, answer_body(self._line.reader, head, method)

    def hang_up(self) -> None:
        """Close the connection; what may still come is not wanted."""
        line, self._line = self._line, None
        if line is not None:
            line.drop()


class Witness(Protocol):
    """Who writes down what becomes of a request."""

    def refused(self, occasion: Occasion, status: int) -> None:
        """The vendor never gets the request; the client is answered with a status, or 0."""
        ...

    def brought_about(
        self, occasion: Occasion, *, processed: bool, items: tuple[str, ...] = ()
    ) -> None:
        """A fault was brought about."""
        ...


@attrs.define(kw_only=True)
class Exchange:
    """One request, from where it was read until it is answered or given up.

    Attributes:
        client: The client's connection.
        server: The server's side of it.
        head: The head of the request.
        body: The body of the request, framed as it came.
        witness: Who writes down what becomes of it.
        go_dark: Stops listening for so many seconds.
        ends: Whether the connection ends with this request.
    """

    client: Line
    server: Server
    head: Head
    body: bytes
    witness: Witness
    go_dark: Callable[[float], None]
    ends: bool = False

    @property
    def method(self) -> str:
        """The verb."""
        return self.head.words[0]

    async def ask(self) -> tuple[Head, Body]:
        """Have the vendor process the request: the head of its answer, and the body to read."""
        head, body = await self.server.ask(self.head.raw + self.body, self.method)
        self.ends = self.head.closes or head.closes or _ends_with_connection(head)
        return head, body

    async def answer(self) -> Response:
        """Have the vendor process the request: the whole answer."""
        head, body = await self.ask()
        return response_of(head, await read_whole(body))

    async def pass_on(self) -> None:
        """Have the vendor process the request, and let its answer through as it is."""
        head, body = await self.ask()
        await self.client.send(head.raw)
        await self.relay(head, body)

    async def relay(self, head: Head, body: Body) -> None:
        """Let the rest of a body through, framed as the head says."""
        while piece := await body.read():
            await self.client.send(framed(head, piece))
        if head.is_chunked:
            await self.client.send(framed(head, b""))

    async def send(self, response: Response) -> None:
        """Answer with a value; its body may come in pieces."""
        self.ends = self.ends or self.head.closes
        head = head_of(response, closes=self.ends)
        pieces = response.body
        if isinstance(pieces, bytes):
            await self.client.send(head.raw + (b"" if self.method == "HEAD" else pieces))
            return
        await self.client.send(head.raw)
        for piece in pieces:
            await self.client.send(framed(head, piece))
            await asyncio.sleep(0)
        if head.is_chunked:
            await self.client.send(framed(head, b""))

    async def outlast(self, seconds: float) -> None:
        """Do nothing until the client goes, at the most for so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while await self.client.reader.read(PIECE):
                    pass

    def reset(self) -> None:
        """End the client's connection as if the machine had gone."""
        self.ends = True
        self.server.hang_up()
        self.client.reset()

    def cut(self) -> None:
        """End the client's connection in good order, whatever is missing."""
        self.ends = True
        self.server.hang_up()
        self.client.close()


def framed(head: Head, piece: bytes) -> bytes:
    """A piece of a body in the framing that the head announces."""
    return chunk(piece) if head.is_chunked else piece


def _ends_with_connection(head: Head) -> bool:
    return not head.is_chunked and head.length is None and head.status not in (204, 304)


def _unsent(writer: asyncio.StreamWriter) -> bool:
    """Whether something has left this process and not reached the other side yet."""
    if writer.transport.is_closing():
        return False
    left = array.array("i", [0])
    fcntl.ioctl(writer.get_extra_info("socket").fileno(), termios.TIOCOUTQ, left)
    return left[0] > 0
