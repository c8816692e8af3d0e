"""Where an HTTP/1.1 message begins and ends on a connection, and nothing else about it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Protocol

import attrs

from ..wire import Pairs, Response

END = b"\r\n\r\n"
PIECE = 65_536
_FRAMING = ("content-length", "transfer-encoding", "connection")


@attrs.frozen
class Head:
    """The first line and the headers of a message, as they came."""

    raw: bytes

    @property
    def words(self) -> list[str]:
        """The words of the first line."""
        return self.raw.partition(b"\r\n")[0].decode("latin-1").split(" ")

    @property
    def headers(self) -> Pairs:
        """The headers."""
        lines = self.raw.removesuffix(END).decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines)
        return tuple((name.strip(), value.strip()) for name, _, value in pairs)

    def header(self, name: str) -> str:
        """The value of a header in lower case; empty where it is missing."""
        return next((value.lower() for key, value in self.headers if key.lower() == name), "")

    @property
    def status(self) -> int:
        """The status of an answer."""
        return int(self.words[1])

    @property
    def length(self) -> int | None:
        """The length of the body, where the head says it."""
        text = self.header("content-length")
        return int(text) if text.isdecimal() else None

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks."""
        return "chunked" in self.header("transfer-encoding")

    @property
    def closes(self) -> bool:
        """Whether the connection ends with this message."""
        return "close" in self.header("connection") or "HTTP/1.0" in self.words

    def with_header(self, name: str, value: str) -> Head:
        """This head with one more header."""
        return Head(self.raw.removesuffix(END) + f"\r\n{name}: {value}".encode("latin-1") + END)


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next head; `None` where the connection ends in good order."""
    try:
        return Head(await reader.readuntil(END))
    except asyncio.IncompleteReadError as ended:
        if ended.partial:
            raise
        return None


class Body(Protocol):
    """A body that is being read."""

    async def read(self) -> bytes:
        """The next piece, without the framing of chunks; empty at the end."""
        ...


class NoBody:
    """The body of a message that has none."""

    async def read(self) -> bytes:
        """Nothing."""
        return b""


class SizedBody:
    """A body of a length that is known."""

    def __init__(self, reader: asyncio.StreamReader, length: int) -> None:
        self._reader = reader
        self._left = length

    async def read(self) -> bytes:
        """The next bytes."""
        if not self._left:
            return b""
        piece = await self._reader.read(min(PIECE, self._left))
        if not piece:
            raise asyncio.IncompleteReadError(b"", self._left)
        self._left -= len(piece)
        return piece


class ChunkedBody:
    """A body in chunks."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._over = False

    async def read(self) -> bytes:
        """The next chunk."""
        if self._over:
            return b""
        line = await self._reader.readuntil(b"\r\n")
        size = int(line.partition(b";")[0], 16)
        if size:
            piece = await self._reader.readexactly(size)
            await self._reader.readexactly(2)
            return piece
        while await self._reader.readuntil(b"\r\n") != b"\r\n":
            pass  # trailers
        self._over = True
        return b""


class EndlessBody:
    """A body that ends with its connection."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def read(self) -> bytes:
        """The next bytes."""
        return await self._reader.read(PIECE)


def request_body(reader: asyncio.StreamReader, head: Head) -> Body:
    """The body of a request."""
    if head.is_chunked:
        return ChunkedBody(reader)
    return SizedBody(reader, head.length) if head.length else NoBody()


def answer_body(reader: asyncio.StreamReader, head: Head, method: str) -> Body:
    """The body of an answer to a request with this verb."""
    if method == "HEAD" or head.status in (204, 304):
        return NoBody()
    if head.is_chunked:
        return ChunkedBody(reader)
    return EndlessBody(reader) if head.length is None else SizedBody(reader, head.length)


async def read_whole(body: Body) -> bytes:
    """All of a body."""
    pieces: list[bytes] = []
    while piece := await body.read():
        pieces.append(piece)
    return b"".join(pieces)


def chunk(piece: bytes) -> bytes:
    """A piece as a chunk; an empty one ends the body."""
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


def response_of(head: Head, body: bytes) -> Response:
    """An answer as a value."""
    headers = tuple(pair for pair in head.headers if pair[0].lower() not in _FRAMING)
    return Response(status=head.status, headers=headers, body=body)


def head_of(response: Response, *, closes: bool) -> Head:
    """The head of an answer, framed by its length where that is known and by chunks otherwise."""
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines.extend(f"{name}: {value}" for name, value in response.headers)
    if isinstance(response.body, bytes):
        if response.status not in (204, 304):
            lines.append(f"content-length: {len(response.body)}")
    elif "content-length" not in dict(response.headers):
        lines.append("transfer-encoding: chunked")
    if closes:
        lines.append("connection: close")
    return Head("\r\n".join(lines).encode("latin-1") + END)
