"""The proxy's side towards the server, with a server that does what ours seldom does."""

from __future__ import annotations

import asyncio

import pytest

from loyalty_sdk.sandbox.faults.exchange import Server
from loyalty_sdk.sandbox.faults.framing import read_whole

REQUEST = b"GET / HTTP/1.1\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


def asked(*answers: bytes) -> list[bytes]:
    """The bodies that a server gives, which closes the connection after each of its answers."""
    left = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(left.pop(0))
        writer.close()

    async def run() -> list[bytes]:
        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        server = Server(listening.sockets[0].getsockname()[1])
        bodies: list[bytes] = []
        try:
            for _ in answers:
                _, body = await server.ask(REQUEST, "GET")
                bodies.append(await read_whole(body))
                await asyncio.sleep(0.01)
        finally:
            server.hang_up()
            listening.close()
        return bodies

    return asyncio.run(run())


def test_what_comes_before_the_answer_is_left_out() -> None:
    """An interim answer is no answer."""
    assert asked(b"HTTP/1.1 100 Continue\r\n\r\n" + ANSWER) == [b"ok"]


def test_a_connection_that_the_server_has_closed_is_opened_anew() -> None:
    """Each request goes out on a connection that is there."""
    assert asked(ANSWER, ANSWER) == [b"ok", b"ok"]


def test_a_server_that_answers_nothing_is_a_broken_connection() -> None:
    """The client is let go then."""
    with pytest.raises(ConnectionResetError):
        asked(b"")
