"""The proxy itself: messages keep their bounds, connections come and go, nothing is left behind."""

from __future__ import annotations

import gc
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from loyalty_sdk.sandbox import FaultPlan, Sandbox

from ..helpers import VoucherifyCaller, privileged
from .test_wire import asked, connected, port_of, received

PLAN = FaultPlan(at=1_000_000)


def sandbox_threads() -> list[threading.Thread]:
    """The threads of all running sandboxes."""
    return [one for one in threading.enumerate() if one.name == "loyalty-sandbox"]


def test_without_a_plan_there_is_no_proxy() -> None:
    """A sandbox without plans has one thread, and one with a plan two."""
    before = len(sandbox_threads())
    with Sandbox() as sandbox:
        assert len(sandbox_threads()) == before + 1
        sandbox.faults = PLAN
        assert len(sandbox_threads()) == before + 2
    with Sandbox(faults=PLAN):
        assert len(sandbox_threads()) == before + 2
    assert len(sandbox_threads()) == before


def test_stopping_is_quick_and_leaves_nothing(recwarn: pytest.WarningsRecorder) -> None:
    """With connections open and faults under way, the end is quick, and nothing stays open."""
    before = len(sandbox_threads())
    with Sandbox(faults=FaultPlan("body_stalls", at_byte=1)) as sandbox:
        idle, stalled, halfway = (connected(sandbox) for _ in range(3))
        stalled.sendall(asked(sandbox))
        halfway.sendall(b"POST /spaaza HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n")
        while not sandbox.injected:
            time.sleep(0.01)
        port = port_of(sandbox)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    assert len(sandbox_threads()) == before
    for connection in (idle, stalled, halfway):
        received(connection)
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    gc.collect()
    assert not recwarn.list


def test_stopping_while_nothing_listens() -> None:
    """A sandbox can be stopped, and started again, while connections are refused."""
    sandbox = Sandbox(faults=FaultPlan("refused", at=1, outage=60))
    for _ in range(2):
        with sandbox, httpx.Client(trust_env=False) as http:
            sandbox.faults = FaultPlan("refused", at=1, outage=60)
            assert VoucherifyCaller(sandbox, http)("/v1/campaigns").status_code == 200
            with pytest.raises(httpx.ConnectError):
                http.get(sandbox.address)


def test_a_port_can_be_chosen_and_a_taken_one_is_refused() -> None:
    """The proxy serves on the port that was chosen; a second one on it fails and leaves nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with Sandbox(port=port, faults=PLAN) as sandbox:
        assert sandbox.address == f"http://127.0.0.1:{port}"
        threads = len(sandbox_threads())
        second = Sandbox(port=port, faults=PLAN)
        with pytest.raises(OSError, match="in use"):
            second.start()
        assert len(sandbox_threads()) == threads
        second.stop()


def test_requests_in_a_row_are_answered_in_order(sandbox: Sandbox) -> None:
    """Requests that are sent without waiting get their answers in their order."""
    campaigns = asked(sandbox)
    nowhere = campaigns.replace(b"/campaigns", b"/nowhere")
    last = nowhere.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
    with closing(connected(sandbox)) as connection:
        connection.sendall(campaigns + nowhere + campaigns + last)
        got, ended = received(connection)
    assert ended == "closed"
    statuses = [got[place : place + 3] for place in _places(got, b"HTTP/1.1 ")]
    assert statuses == [b"200", b"404", b"200", b"404"]


def test_connections_are_kept_on_both_sides(sandbox: Sandbox) -> None:
    """A faultless answer leaves the connection open for the next one, and so does a changed one."""
    sandbox.faults = FaultPlan("server_error", at=2), FaultPlan("nan", at=3)
    with closing(connected(sandbox)) as connection:
        for status in (b"200", b"500", b"200", b"200"):
            connection.sendall(asked(sandbox))
            assert _answer(connection)[9:12] == status


@pytest.mark.parametrize("ending", ["HTTP/1.0", "connection"])
def test_a_connection_ends_when_the_client_says_so(sandbox: Sandbox, ending: str) -> None:
    """HTTP/1.0, and `Connection: close`, end the connection also where a fault answers."""
    request = asked(sandbox).replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
    if ending == "HTTP/1.0":
        request = asked(sandbox).replace(b"HTTP/1.1", b"HTTP/1.0")
    for plan in (PLAN, FaultPlan("unavailable")):
        sandbox.faults = plan
        with closing(connected(sandbox)) as connection:
            connection.sendall(request)
            assert received(connection)[1] == "closed"


def test_bodies_of_requests_arrive(sandbox: Sandbox, http: httpx.Client) -> None:
    """A body of a length, one in chunks, and one that waits to be asked for, all arrive whole."""
    client = sandbox.es_loyalty
    form = f"grant_type=client_credentials&client_id={client['client_id']}"
    form += f"&client_secret={client['client_secret']}"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    url = client["token_url"]
    pieces = [form[:20].encode(), form[20:].encode()]
    answers = [
        http.post(url, content=form, headers=headers),
        http.post(url, content=iter(pieces), headers=headers),
        http.post(url, content=form, headers={**headers, "expect": "100-continue"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_an_answer_to_head_has_no_body(sandbox: Sandbox) -> None:
    """HEAD gets a head alone, from the vendor and from a fault."""
    head = asked(sandbox).replace(b"GET", b"HEAD")
    for plan in (PLAN, FaultPlan("unavailable")):
        sandbox.faults = plan
        with closing(connected(sandbox)) as connection:
            connection.sendall(head + asked(sandbox))
            assert _answer(connection, of_head=True).endswith(b"\r\n\r\n")
            assert _answer(connection)[9:12] in (b"200", b"503")


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET", b"\r\n\r\n", b"what is this\r\n\r\n", b"x" * 100_000, b"GET / HTTP/1.1\r\n"],
)
def test_a_client_that_makes_no_sense_is_given_up(sandbox: Sandbox, sent: bytes) -> None:
    """Whatever a client sends, and whenever it goes, the others are served."""
    with closing(connected(sandbox)) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received(connection)
    with closing(connected(sandbox)) as connection:
        connection.sendall(asked(sandbox))
        assert _answer(connection)[9:12] == b"200"


def test_a_client_that_goes_in_the_middle_of_a_stream_ends_it(
    sandbox: Sandbox, http: httpx.Client
) -> None:
    """A download that is broken off leaves the proxy and the server free."""
    sandbox.turn(spaaza_csv_rows=500_000)
    try:
        url = sandbox.spaaza["base_url"] + "/get-vouchers.csv?chain_id=1743"
        for _ in range(3):
            with http.stream("GET", url, headers=privileged(sandbox.spaaza)) as reply:
                assert next(reply.iter_raw())
        assert VoucherifyCaller(sandbox, http)("/v1/campaigns").status_code == 200
    finally:
        sandbox.turn(spaaza_csv_rows=0)


def test_many_connections_at_once(sandbox: Sandbox) -> None:
    """64 connections are served at once, each with its own answers, faults among them."""
    sandbox.faults = FaultPlan("unavailable", "reset_before_answer", seed=3, rate=0.1)
    statuses: list[int] = []

    def call(number: int) -> None:
        path = f"/v1/customers/nobody-{number}"
        with httpx.Client(trust_env=False, timeout=30, verify=False) as http:
            for _ in range(5):
                try:
                    answer = VoucherifyCaller(sandbox, http)(path)
                except httpx.TransportError:
                    statuses.append(0)
                    continue
                statuses.append(answer.status_code)
                assert answer.status_code == 503 or f"nobody-{number}" in answer.text

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(call, range(64)))
    assert len(statuses) == 320 == sandbox.count(processed=None)
    assert statuses.count(0) + statuses.count(503) == len(sandbox.injected) > 10
    assert statuses.count(503) == sandbox.count(processed=False, status=503)


def test_the_other_host_minds_nobody_who_says_nothing(sandbox: Sandbox) -> None:
    """A connection to the other host that asks for nothing is no stray request."""
    sandbox.faults = FaultPlan("redirected")
    with httpx.Client(trust_env=False) as http:
        location = http.get(sandbox.spaaza["base_url"] + "/x").headers["location"]
    port = int(location.split(":")[2].partition("/")[0])
    with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert received(connection)[0] == b""
    assert sandbox.strayed == ()


def test_a_redirect_leads_to_a_host_that_tells(sandbox: Sandbox, http: httpx.Client) -> None:
    """Whoever follows a redirect is seen at the other host, with all that was sent along."""
    sandbox.faults = FaultPlan("redirected", at=1)
    url = sandbox.voucherify["base_url"] + "/v1/campaigns?limit=1"
    answer = http.get(url, headers={"x-marker": "planted"})
    assert 300 < answer.status_code < 309
    assert not answer.headers["location"].startswith(sandbox.address)
    assert sandbox.strayed == ()
    followed = http.get(answer.headers["location"], headers={"x-marker": "planted"})
    assert followed.json() == {}
    assert [one.headers["x-marker"] for one in sandbox.strayed] == ["planted"]
    assert sandbox.strayed[0].target == "/voucherify/v1/campaigns?limit=1"
    assert (sandbox.count(), sandbox.count(processed=False)) == (0, 1)


def _places(data: bytes, mark: bytes) -> list[int]:
    found: list[int] = []
    start = data.find(mark)
    while start >= 0:
        found.append(start + len(mark))
        start = data.find(mark, start + 1)
    return found


def _answer(connection: socket.socket, *, of_head: bool = False) -> bytes:
    """One answer with a length."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(1)
        assert piece
        got += piece
    length = int(got.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while not of_head and length:
        piece = connection.recv(length)
        got += piece
        length -= len(piece)
    return got
