from __future__ import annotations

import asyncio

from benchmarks.server import Connection, Reply


class Wire(asyncio.Transport):
    """Keeps what is written to it."""

    def __init__(self):
        super().__init__()
        self.written = b""

    def write(self, data):
        """Keep it."""
        self.written += bytes(data)


def connected(answer):
    """A connection, and what it writes to."""
    connection, wire = Connection(answer), Wire()
    connection.connection_made(wire)
    return connection, wire


def test_a_request_in_pieces_is_answered_when_it_is_whole():
    """Head and body are waited for, and the target is handed on."""
    connection, wire = connected(lambda target: Reply(target.encode()))
    connection.data_received(b"POST /a?b=1 HTTP/1.1\r\ncontent-le")
    connection.data_received(b"ngth: 3\r\n\r\nab")
    assert wire.written == b""
    connection.data_received(b"c")
    assert wire.written.endswith(b"Content-Length: 6\r\n\r\n/a?b=1")
    assert wire.written.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")


def test_one_connection_answers_again_and_again():
    """It is kept alive."""
    connection, wire = connected(lambda _: Reply(b"x"))
    for count in (1, 2):
        connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
        assert wire.written.count(b"HTTP/1.1 200 OK") == count


def test_a_body_in_pieces_comes_chunked_and_waits_for_the_client():
    """A client that is slower than the answer stops it."""

    async def reading():
        connection, wire = connected(lambda _: Reply([b"ab", b"cde"], "text/csv"))
        connection.pause_writing()
        connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert wire.written.endswith(b"Transfer-Encoding: chunked\r\n\r\n")
        connection.resume_writing()
        await connection._writing
        assert wire.written.endswith(b"\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")

    asyncio.run(reading())


def test_an_answer_may_take_its_time():
    """Nothing is written before; a client that leaves ends it."""

    async def waiting():
        connection, wire = connected(lambda _: Reply(b"x", wait=0.01))
        connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
        assert wire.written == b""
        await connection._writing
        assert wire.written.endswith(b"x")
        connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
        connection.connection_lost(None)
        await asyncio.wait([connection._writing])
        assert connection._writing.cancelled()
        assert wire.written.count(b"200 OK") == 1

    asyncio.run(waiting())
