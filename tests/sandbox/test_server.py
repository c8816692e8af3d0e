"""The HTTP server: starting, stopping, keeping connections, streaming."""

from __future__ import annotations

import asyncio
import gc
import http.client
import importlib
import logging
import socket
import sys
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from loyalty_sdk.sandbox import Request, Response, Sandbox
from loyalty_sdk.sandbox import server as server_module
from loyalty_sdk.sandbox.server import ServerThread

from .helpers import VoucherifyCaller


def sandbox_threads() -> list[threading.Thread]:
    """The threads of all running sandboxes."""
    return [one for one in threading.enumerate() if one.name == "loyalty-sandbox"]


def test_start_and_stop_are_quick_and_leave_nothing(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    """A sandbox that was left has no thread, no open port, no warning and no log line."""
    before = len(sandbox_threads())
    begun = time.perf_counter()
    with caplog.at_level(logging.WARNING), Sandbox() as sandbox:
        address = sandbox.address
        assert len(sandbox_threads()) == before + 1
        assert httpx.get(f"{address}/spaaza/get-vouchers", trust_env=False).status_code == 401
    assert time.perf_counter() - begun < 3
    assert len(sandbox_threads()) == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)
    gc.collect()
    assert not recwarn.list
    assert not caplog.records


def test_the_address_is_on_loopback_and_the_port_is_free() -> None:
    """Two sandboxes run side by side on ports that the operating system chose."""
    with Sandbox() as one, Sandbox() as other:
        assert one.address != other.address
        assert one.address.startswith("http://127.0.0.1:")


def test_a_stopped_sandbox_can_be_started_again() -> None:
    """Stopping twice does no harm, and starting again keeps credentials and record."""
    sandbox = Sandbox()
    sandbox.stop()
    sandbox.start()
    app_id = sandbox.voucherify["app_id"]
    httpx.get(sandbox.address, trust_env=False)
    sandbox.stop()
    sandbox.stop()
    sandbox.start()
    assert sandbox.voucherify["app_id"] == app_id
    assert sandbox.count() == 1
    sandbox.stop()


def test_starting_twice_is_refused() -> None:
    """A sandbox that runs cannot be started."""
    with Sandbox() as sandbox, pytest.raises(RuntimeError, match="started already"):
        sandbox.start()


def test_an_address_needs_a_started_sandbox() -> None:
    """Before the start there is no address, and the message says what to do."""
    with pytest.raises(RuntimeError, match="with Sandbox"):
        _ = Sandbox().spaaza


def test_a_port_can_be_chosen_and_a_taken_one_is_refused() -> None:
    """A given port is used, and a second sandbox on it fails at once and cleanly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with Sandbox(port=port) as sandbox:
        assert sandbox.address == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="in use"):
            Sandbox(port=port).start()


def test_an_open_idle_connection_does_not_hold_up_the_end() -> None:
    """Clients that keep their connections do not keep the server."""
    with httpx.Client(trust_env=False) as client:
        with Sandbox() as sandbox:
            client.get(sandbox.address)
            begun = time.perf_counter()
        assert time.perf_counter() - begun < 2


def test_a_client_that_never_finishes_its_request_does_not_hold_up_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Half a request is given up when the sandbox stops, without a word."""
    with caplog.at_level(logging.WARNING), Sandbox() as sandbox:
        port = int(sandbox.address.rpartition(":")[2])
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"POST /spaaza HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n")
        time.sleep(0.1)
        begun = time.perf_counter()
    assert time.perf_counter() - begun < 1
    connection.close()
    assert not caplog.records


def test_connections_are_kept_alive(sandbox: Sandbox) -> None:
    """Several requests go over one connection."""
    host = sandbox.address.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/spaaza/get-vouchers")
    connection.getresponse().read()
    first = connection.sock
    for _ in range(3):
        connection.request("GET", "/spaaza/get-vouchers")
        assert connection.getresponse().read()
    assert connection.sock is first
    connection.close()


def test_answers_have_a_date_and_do_not_name_the_server(voucherify: VoucherifyCaller) -> None:
    """A Date header is there; a Server header is not."""
    headers = voucherify("/v1/campaigns").headers
    assert "GMT" in headers["date"]
    assert "server" not in headers


def test_many_threads_are_served_at_once(voucherify: VoucherifyCaller) -> None:
    """Requests from many threads are all answered and all counted."""
    customer = voucherify.sandbox.member.voucherify_customer_id
    errors: list[BaseException] = []

    def call() -> None:
        try:
            for _ in range(5):
                voucherify.redeemables(customer)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert voucherify.sandbox.count("voucherify.list-customer-redeemables", status=200) == 40


def test_a_body_can_be_streamed() -> None:
    """An answer whose body comes in pieces is sent in pieces."""

    def pieces() -> Iterator[bytes]:
        for number in range(3):
            yield f"row {number}\n".encode()

    def answer(_: Request) -> Response:
        return Response(headers=(("Content-Type", "text/csv"),), body=pieces())

    thread = ServerThread(answer)
    try:
        with httpx.stream("GET", f"http://127.0.0.1:{thread.port}/", trust_env=False) as reply:
            assert reply.headers["transfer-encoding"] == "chunked"
            assert "".join(reply.iter_text()) == "row 0\nrow 1\nrow 2\n"
    finally:
        thread.stop()


def test_a_stream_ends_when_the_client_goes() -> None:
    """A stream without an end is closed when nobody listens, and others are still served."""
    closed = threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 65_536
        finally:
            closed.set()

    def answer(request: Request) -> Response:
        return Response(body=pieces()) if request.segments == ("endless",) else Response(body=b"ok")

    thread = ServerThread(answer)
    try:
        url = f"http://127.0.0.1:{thread.port}"
        with httpx.stream("GET", f"{url}/endless", trust_env=False) as reply:
            assert next(reply.iter_raw())
            assert httpx.get(url, trust_env=False).text == "ok"
        assert closed.wait(5)
        assert httpx.get(url, trust_env=False).text == "ok"
    finally:
        thread.stop()


def test_small_answers_come_at_once(voucherify: VoucherifyCaller) -> None:
    """No answer waits for the acknowledgement of another packet."""
    begun = time.perf_counter()
    for _ in range(20):
        voucherify("/v1/campaigns", headers={})
    assert time.perf_counter() - begun < 0.7


def test_it_runs_beside_an_event_loop() -> None:
    """A sandbox can be started and called inside a running event loop."""

    async def call() -> int:
        with Sandbox() as sandbox:
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.get(f"{sandbox.address}/voucherify/v1/campaigns")).status_code

    assert asyncio.run(call()) == 401


def test_without_uvicorn_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only starting needs uvicorn, and its absence names the extra to install."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, server_module.__name__)
    package = importlib.import_module("loyalty_sdk.sandbox")
    monkeypatch.setattr(package, "server", server_module)
    with pytest.raises(ImportError, match=r"pip install 'loyalty-sdk\[sandbox\]'"):
        Sandbox().start()
