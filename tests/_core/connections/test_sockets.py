from __future__ import annotations

import asyncio
import socket
import time

import httpcore
import pytest

from loyalty_sdk._core.connections.network import shared_ssl_context
from loyalty_sdk._core.connections.recall import Recall, Recalled
from loyalty_sdk._core.connections.sockets import PatientBackend, WatchingBackend
from loyalty_sdk._core.connections.wire import Patience

from ..servers import Server, keeping


def test_each_step_asks_how_much_time_is_left():
    """With none left no step is begun, and nothing counts as sent."""
    over = Patience.until(time.monotonic() - 1)

    def handshake(stream):
        return stream.start_tls(shared_ssl_context(), None, over)

    with Server(keeping()) as server:
        backend = PatientBackend()
        with pytest.raises(httpcore.ConnectTimeout):
            backend.connect_tcp("127.0.0.1", server.port, over)
        stream = backend.connect_tcp("127.0.0.1", server.port, 1.0)
        for step, error in (
            (lambda: stream.read(1, over), httpcore.ReadTimeout),
            (lambda: stream.write(b"x", over), httpcore.WriteTimeout),
            (lambda: handshake(stream).write(b"x"), httpcore.ConnectTimeout),
        ):
            with pytest.raises(error):
                step()
        stream.close()
        assert (over.sent, server.requests) == (False, [])


def test_a_connection_that_is_too_late_for_tls_is_closed():
    """When the time is over, or the request called back, before the handshake, nothing stays."""
    recall = Recall()
    recall()
    back = Patience.until(time.monotonic() + 10, recall)
    over = Patience.until(time.monotonic() - 1)
    with Server(keeping()) as server:
        for patience, error in ((over, httpcore.ConnectTimeout), (back, Recalled)):
            stream = PatientBackend().connect_tcp("127.0.0.1", server.port, 1.0)
            connected = stream.get_extra_info("socket")
            with pytest.raises(error):
                stream.start_tls(shared_ssl_context(), None, patience).write(b"x")
            assert connected.fileno() == -1


def test_an_answer_is_not_taken_for_the_end():
    """Threads that look for a free connection leave alone what another one waits for."""
    with Server(keeping()) as server:
        stream = PatientBackend().connect_tcp("127.0.0.1", server.port, 1.0)
        stream.write(b"GET / HTTP/1.1\r\n\r\n", 1.0)
        time.sleep(0.05)
        assert stream.get_extra_info("is_readable") is False
        assert stream.read(65536, 1.0).startswith(b"HTTP/1.1 200")
        assert stream.get_extra_info("is_readable") is False
        server.hang_up()
        time.sleep(0.05)
        assert stream.get_extra_info("is_readable") is True
        stream.close()


def test_a_host_without_addresses(monkeypatch):
    """A look-up that finds nothing is an error like one that fails."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(httpcore.ConnectError, match="no address"):
        PatientBackend().connect_tcp("toy.test", 443)


def test_all_addresses_are_tried(monkeypatch):
    """A host with a dead address and a live one is reached."""
    with Server(keeping()) as server:
        found = [(0, 0, 0, "", (address, 0)) for address in ("127.0.0.2", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", _unless_numeric(found))
        stream = PatientBackend().connect_tcp("toy.test", server.port, 1.0)
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", server.port)
        stream.close()


def _unless_numeric(found):
    real = socket.getaddrinfo

    def look_up(host, *rest, **more):
        return found if host == "toy.test" else real(host, *rest, **more)

    return look_up


def test_what_asyncio_has_read_is_not_cut():
    """To cut a little off copies all the rest, and each piece costs as much as a large one."""
    body = b"x" * 200_000

    async def read(port):
        stream = await WatchingBackend().connect_tcp("127.0.0.1", port, 5.0)
        await stream.write(b"GET / HTTP/1.1\r\n\r\n", 5.0)
        await asyncio.sleep(0.2)  # it is all there
        pieces, left = [], len(body)
        while left > 0:
            pieces.append(len(await stream.read(1000, 5.0)))
            left -= pieces[-1]
        await stream.aclose()
        return pieces

    def script(connection):
        connection.request()
        connection.send(body)
        connection.stall()

    with Server(script) as server:
        assert max(asyncio.run(read(server.port))) > 65_536
