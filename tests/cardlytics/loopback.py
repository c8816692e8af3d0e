"""A small server on this machine that answers by a list and keeps what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import attrs
import httpx


@attrs.define
class Asked:
    """One request as it arrived."""

    target: str
    headers: dict[str, str]
    certificate: Any


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A handshake that fails is the test's business, not the console's."""


class Loopback:
    """A server; with a context it speaks TLS."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answers: list[httpx.Response] = []
        self._stopped = False
        self._server = _Listener(("127.0.0.1", 0), self._handler())
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"
        if context is not None:
            self.base_url = f"https://localhost:{self._server.server_port}"
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                certificate = None
                if isinstance(self.connection, ssl.SSLSocket):
                    certificate = self.connection.getpeercert()
                headers = {name.lower(): value for name, value in self.headers.items()}
                loopback.asked.append(Asked(self.path, headers, certificate))
                answer = loopback.answers.pop(0) if loopback.answers else httpx.Response(500)
                self.send_response(answer.status_code)
                for name, value in answer.headers.items():
                    if name != "content-length":
                        self.send_header(name, value)
                promised = answer.extensions.get("promised", len(answer.content))
                self.send_header("content-length", str(promised))
                self.end_headers()
                self.wfile.write(answer.content)
                self.close_connection = promised != len(answer.content)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler

    def start(self) -> None:
        """Serve in a thread."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Close; once is enough."""
        if not self._stopped:
            self._stopped = True
            self._server.shutdown()
            self._server.server_close()


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Generator[Loopback]:
    """A server while the block runs."""
    server = Loopback(context)
    server.start()
    try:
        yield server
    finally:
        server.stop()
