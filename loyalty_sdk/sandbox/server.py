"""The one place of the sandbox that does I/O: a small ASGI app on uvicorn, in a thread.

Import it only when a server is wanted: uvicorn is an optional dependency.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Generator, Iterator, MutableMapping
from typing import Any

from .loopback import bind
from .wire import Request, Response

try:
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol
except ImportError as _missing:
    raise ImportError(
        "the sandbox server needs uvicorn: pip install 'loyalty-sdk[sandbox]'"
    ) from _missing

Answer = Callable[[Request], Response]
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

STARTED_WITHIN = 10.0
STOPPED_WITHIN = 10.0


class App:
    """The ASGI side of a function that answers requests."""

    def __init__(self, answer: Answer) -> None:
        """Serve what `answer` says."""
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        body = await _read_body(receive)
        if body is None:
            return
        response = self._answer(_request(scope, body))
        if isinstance(response.body, bytes):
            await _send_whole(response, response.body, send)
        else:
            await _send_pieces(response, response.body, receive, send)


async def _read_body(receive: Receive) -> bytes | None:
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces)


def _request(scope: Scope, body: bytes) -> Request:
    path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    headers = (
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    return Request.parse(scope["method"], f"{path}?{query}" if query else path, headers, body)


async def _send_whole(response: Response, body: bytes, send: Send) -> None:
    headers = _headers(response)
    if response.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_pieces(
    response: Response, pieces: Iterator[bytes], receive: Receive, send: Send
) -> None:
    headers = _headers(response)
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    # Nothing more is received but the news that the client has gone.
    gone = asyncio.ensure_future(receive())
    try:
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(0)
            if gone.done():
                return
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        if isinstance(pieces, Generator):
            pieces.close()


def _headers(response: Response) -> list[tuple[bytes, bytes]]:
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers
    ]


class _QuietProtocol(H11Protocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log = False  # it asks the logger, not the setting; paths hold tokens


class _QuietConfig(uvicorn.Config):
    def configure_logging(self) -> None:
        """Leave the process's logging alone: it belongs to the application under test."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the end without uvicorn's ten wake-ups a second, and leave at once."""
        self._loop = asyncio.get_running_loop()
        self.up.set()
        # uvicorn renews the Date header on each tenth tick; this ticks once a second.
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), timeout=1)
        await self._hang_up()

    async def _hang_up(self) -> None:
        # Else a client that never finishes its request would hold up the end, and be logged.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await asyncio.sleep(0)

    def leave(self) -> None:
        """End the server from another thread."""
        self.should_exit = True
        if self._loop is not None:
            # The loop may have ended by itself.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._wake.set)


class ServerThread:
    """A running server; the port is known before the thread starts."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        """Bind to the loopback interface and start serving.

        Args:
            answer: What answers each request.
            port: The port, or 0 for one that the operating system chooses.

        Raises:
            OSError: The port is taken.
            RuntimeError: The server did not start.
        """
        self._socket = bind(port)
        self.port: int = self._socket.getsockname()[1]
        self._server = _Server(_config(App(answer)))
        self._thread = threading.Thread(target=self._run, name="loyalty-sandbox", daemon=True)
        self._thread.start()
        self._server.up.wait(STARTED_WITHIN)
        if not self._server.started:
            self.stop()
            raise RuntimeError("the sandbox server did not start")

    def stop(self) -> None:
        """End the server and wait for its thread."""
        self._server.leave()
        self._thread.join(STOPPED_WITHIN)
        self._socket.close()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.up.set()


def _config(app: App) -> uvicorn.Config:
    return _QuietConfig(
        app,
        loop="asyncio",
        http=_QuietProtocol,
        ws="none",
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
