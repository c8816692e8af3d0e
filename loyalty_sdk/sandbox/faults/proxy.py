"""The small TCP proxy in front of the server, which brings faults about.

It knows where messages begin and end, asks the plans about each request, and lets pass what meets
no fault. Beside it stands another host, to which redirects lead and which answers everything.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..loopback import bind
from ..wire import Request
from .exchange import Exchange, Line, Server
from .framing import Head, chunk, read_head, read_whole, request_body
from .injector import Chosen, Injector

if TYPE_CHECKING:
    from ..sandbox import Sandbox

STARTED_WITHIN = 10.0
STOPPED_WITHIN = 10.0
BACKLOG = 1_024
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
FOLLOWED = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
# A client that goes, or says what is no HTTP.
GIVEN_UP = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)

Serve = Callable[[Line], Awaitable[None]]


class Listener:
    """A port, and the connections that came in by it."""

    def __init__(self, port: int, serve: Serve) -> None:
        """Take the port; nobody listens yet.

        Args:
            port: The port, or 0 for one that the operating system chooses.
            serve: Serves one connection until its end.
        """
        self._socket = bind(port)
        self.port: int = self._socket.getsockname()[1]
        self._serve = serve
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: dict[Line, bool] = {}
        self._dawn: asyncio.TimerHandle | None = None

    async def listen(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_server(self._accept, sock=self._socket, backlog=BACKLOG)

    def go_dark(self, seconds: float) -> None:
        """Refuse connections for so long, and end those on which nothing is under way."""
        if self._dawn is not None or self._server is None:
            return
        self._server.close()
        self._socket.close()
        # A port that is taken and not listened at refuses, and nobody else gets it meanwhile.
        self._socket = bind(self.port)
        for line, busy in self._lines.items():
            if not busy:
                line.close()
        self._dawn = asyncio.get_running_loop().call_later(seconds, self._wake)

    @property
    def is_dark(self) -> bool:
        """Whether connections are refused now."""
        return self._dawn is not None

    def busy(self, line: Line, busy: bool) -> None:
        """Say whether something is under way on a connection."""
        self._lines[line] = busy

    async def close(self) -> None:
        """Let go of everything."""
        if self._dawn is not None:
            self._dawn.cancel()
        if self._server is not None:
            self._server.close()
        self._socket.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports say good-bye

    async def end_darkness(self) -> None:
        """Listen again before the time, if nobody does."""
        if self._dawn is not None:
            self._dawn.cancel()
            self._dawn = None
            await self.listen()

    def _wake(self) -> None:
        self._keep(asyncio.ensure_future(self.end_darkness()))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer)
        self._lines[line] = False
        self._keep(asyncio.ensure_future(self._run(line)))

    async def _run(self, line: Line) -> None:
        try:
            with contextlib.suppress(*GIVEN_UP):
                await self._serve(line)
        finally:
            del self._lines[line]
            line.drop()

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Proxy:
    """The proxy and the other host, in the event loop of one thread."""

    def __init__(self, sandbox: Sandbox, injector: Injector, server_port: int, port: int) -> None:
        self._sandbox = sandbox
        self._injector = injector
        self._server_port = server_port
        self.front: Listener = Listener(port, self._serve)
        self.elsewhere: Listener = Listener(0, self._welcome)

    async def run(self, up: Callable[[], None], end: asyncio.Event) -> None:
        """Serve until the end."""
        await self.front.listen()
        await self.elsewhere.listen()
        up()
        try:
            await end.wait()
        finally:
            await self.front.close()
            await self.elsewhere.close()

    async def _serve(self, client: Line) -> None:
        server = Server(self._server_port)
        try:
            while (head := await read_head(client.reader)) is not None:
                self.front.busy(client, True)
                if not await self._answer(client, server, head):
                    await client.finish()
                    return
                self.front.busy(client, False)
        finally:
            server.hang_up()

    async def _answer(self, client: Line, server: Server, head: Head) -> bool:
        """Answer one request; whether the connection goes on."""
        content = await _content(client, head)
        exchange = Exchange(
            client=client,
            server=server,
            head=head,
            body=_framed(head, content),
            witness=self._injector,
            go_dark=self.front.go_dark,
        )
        chosen = self._choose(head, content)
        if chosen is None:
            await exchange.pass_on()
        else:
            await chosen.fault.play(exchange, chosen.occasion, self._sandbox)
        return not (exchange.ends or self.front.is_dark)

    def _choose(self, head: Head, content: bytes) -> Chosen | None:
        request = _request(head, content)
        return self._injector.choose(request, f"http://localhost:{self.elsewhere.port}")

    async def _welcome(self, client: Line) -> None:
        """Be the other host: write down a request, and answer it."""
        head = await read_head(client.reader)
        if head is not None:
            self._injector.strayed_one(_request(head, await _content(client, head)))
            await client.send(FOLLOWED)
            await client.finish()


class ProxyThread:
    """A running proxy; the port is known before the thread starts."""

    def __init__(self, sandbox: Sandbox, injector: Injector, server_port: int, port: int) -> None:
        """Bind to the loopback interface and start serving.

        Args:
            sandbox: Whose state faults act upon.
            injector: Decides which request meets which fault.
            server_port: Where the server is.
            port: The port, or 0 for one that the operating system chooses.

        Raises:
            OSError: The port is taken.
            RuntimeError: The proxy did not start.
        """
        self._proxy = Proxy(sandbox, injector, server_port, port)
        self.port: int = self._proxy.front.port
        self._up = threading.Event()
        self._end = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="loyalty-sandbox", daemon=True)
        self._thread.start()
        if not self._up.wait(STARTED_WITHIN):
            raise RuntimeError("the sandbox's proxy did not start")

    def end_outage(self) -> None:
        """Listen again, if nobody does."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._proxy.front.end_darkness(), self._loop).result()

    def stop(self) -> None:
        """End the proxy and wait for its thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended by itself
                self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(STOPPED_WITHIN)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._proxy.run(self._up.set, self._end)


async def _content(client: Line, head: Head) -> bytes:
    """The content of a request, without the framing of chunks."""
    if "100-continue" in head.header("expect"):
        await client.send(CONTINUE)
    return await read_whole(request_body(client.reader, head))


def _framed(head: Head, content: bytes) -> bytes:
    if not head.is_chunked:
        return content
    return (chunk(content) if content else b"") + chunk(b"")


def _request(head: Head, content: bytes) -> Request:
    method, target = head.words[:2]
    return Request.parse(method, target, head.headers, content)
