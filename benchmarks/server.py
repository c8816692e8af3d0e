"""A loopback HTTP server with canned answers, in a process and on a core of its own.

It parses as little as it can: what is measured is the client.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Callable, Iterable

import attrs


@attrs.frozen
class Reply:
    """What is answered to a target.

    Attributes:
        body: All of it, or the pieces that it comes in.
        content_type: Its media type.
        wait: Seconds until it is sent.
    """

    body: bytes | Iterable[bytes]
    content_type: str = "application/json"
    wait: float = 0.0

    def head(self) -> bytes:
        """The status line and the headers."""
        framing = "Transfer-Encoding: chunked"
        if isinstance(self.body, bytes):
            framing = f"Content-Length: {len(self.body)}"
        return f"HTTP/1.1 200 OK\r\nContent-Type: {self.content_type}\r\n{framing}\r\n\r\n".encode()


Answer = Callable[[str], Reply]


class Connection(asyncio.Protocol):
    """One connection, kept alive: one request at a time."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._received = b""
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._writing: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what answers are written to."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop writing."""
        if self._writing is not None:
            self._writing.cancel()

    def pause_writing(self) -> None:
        """The client is slower than the answer."""
        self._may_write.clear()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._may_write.set()

    def data_received(self, data: bytes) -> None:
        """Answer, when a whole request has come."""
        self._received += data
        head, ended, body = self._received.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return
        self._received = b""
        reply = self._answer(head.split(b" ", 2)[1].decode())
        if isinstance(reply.body, bytes) and not reply.wait:
            self._transport.write(reply.head() + reply.body)
        else:
            self._writing = asyncio.ensure_future(self._write(reply))

    async def _write(self, reply: Reply) -> None:
        await asyncio.sleep(reply.wait)
        self._transport.write(reply.head())
        if isinstance(reply.body, bytes):
            self._transport.write(reply.body)
            return
        for piece in reply.body:
            await self._may_write.wait()
            self._transport.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self._transport.write(b"0\r\n\r\n")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def serve(answer: Answer) -> None:
    """Serve until killed; the address is printed first."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answer), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


def main(answers: str) -> None:
    """Serve the answers of a function, named as `module:name`."""
    from benchmarks.setting import stay_on_core

    stay_on_core(1)
    module, _, name = answers.partition(":")
    asyncio.run(serve(getattr(importlib.import_module(module), name)))


if __name__ == "__main__":
    main(sys.argv[1])
