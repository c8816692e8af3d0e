"""Small servers on loopback that misbehave in chosen ways."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from typing import Any

OK = b'{"id": "c1"}'


class Connection:
    """One connection of a client, as the script of a server sees it."""

    def __init__(self, server: Server, sock: socket.socket) -> None:
        self.server = server
        self.sock = sock
        self._rest = b""

    def request(self) -> bytes:
        """The next whole request, or nothing when the client has gone."""
        data = self._rest
        while b"\r\n\r\n" not in data:
            more = self.sock.recv(65536)
            if not more:
                return b""
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        while len(body) < length:
            body += self.sock.recv(65536)
        self._rest = body[length:]
        whole = head + b"\r\n\r\n" + body[:length]
        self.server.requests.append(whole)
        return whole

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)

    def answer(self, body: bytes = OK, status: int = 200, *headers: str) -> None:
        """Send a whole answer."""
        self.send(answer(body, status, *headers))

    def drip(self, data: bytes, every: float = 0.02) -> None:
        """Send one byte at a time, until the server is closed."""
        for index in range(len(data)):
            if self.server.over.wait(every):
                return
            self.send(data[index : index + 1])

    def stall(self) -> None:
        """Say nothing until the server is closed."""
        self.server.over.wait(10)

    def reset(self) -> None:
        """Break the connection off, hard."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


def answer(body: bytes = OK, status: int = 200, *headers: str) -> bytes:
    """An answer with its length."""
    head = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status} X\r\n{head}content-length: {len(body)}\r\n\r\n".encode() + body


class Server:
    """Runs a script for each connection, each in a thread of its own.

    Attributes:
        requests: Every request that arrived whole.
        connections: How many connections were made.
    """

    def __init__(
        self, script: Callable[[Connection], None], context: ssl.SSLContext | None = None
    ) -> None:
        self.script = script
        self.context = context
        self.requests: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._socks: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(5)

    def hang_up(self) -> None:
        """End every connection."""
        for sock in self._socks:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._socks.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self.context is not None:
                sock = self.context.wrap_socket(sock, server_side=True)
            self.script(Connection(self, sock))
        sock.close()


def keeping(*answers: bytes) -> Callable[[Connection], None]:
    """A script: give these answers, the last of them for ever, on connections that stay open."""
    left = list(answers or [answer()])

    def script(connection: Connection) -> None:
        while connection.request():
            connection.send(left.pop(0) if len(left) > 1 else left[0])

    return script


def proxying(seen: list[bytes]) -> Callable[[Connection], Any]:
    """A script: be a proxy that answers for every host, and remember what was asked."""

    def script(connection: Connection) -> None:
        while request := connection.request():
            seen.append(request.split(b"\r\n")[0])
            if request.startswith(b"CONNECT"):
                connection.answer(b"", 502)
                return
            connection.answer()

    return script
