"""What happens to connections, as a plain socket sees it."""

from __future__ import annotations

import csv
import io
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from loyalty_sdk.sandbox import FaultKind, FaultPlan, Sandbox

from ..helpers import VoucherifyCaller, app_headers, privileged

BODY = b'{"object":"list"'


def port_of(sandbox: Sandbox) -> int:
    """The port of the sandbox."""
    return int(sandbox.address.rpartition(":")[2])


def connected(sandbox: Sandbox) -> socket.socket:
    """A connection to the sandbox."""
    return socket.create_connection(("127.0.0.1", port_of(sandbox)), timeout=5)


def asked(sandbox: Sandbox, *, known: bool = True) -> bytes:
    """A request for campaigns, by somebody who may have them or by nobody."""
    named = app_headers(sandbox.voucherify).items() if known else ()
    headers = "".join(f"{name}: {value}\r\n" for name, value in named)
    return f"GET /voucherify/v1/campaigns HTTP/1.1\r\nhost: x\r\n{headers}\r\n".encode()


def received(connection: socket.socket) -> tuple[bytes, str]:
    """All that comes, and how it ends: "closed", "reset" or "silence"."""
    pieces = b""
    try:
        while piece := connection.recv(65_536):
            pieces += piece
    except ConnectionResetError:
        return pieces, "reset"
    except TimeoutError:
        return pieces, "silence"
    return pieces, "closed"


def played(
    sandbox: Sandbox, plan: FaultPlan, patience: float = 5, *, known: bool = True
) -> tuple[bytes, str]:
    """What one request for campaigns gets under a plan."""
    sandbox.faults = plan
    with closing(connected(sandbox)) as connection:
        connection.settimeout(patience)
        connection.sendall(asked(sandbox, known=known))
        return received(connection)


def test_a_reset_before_the_request_is_processed(sandbox: Sandbox) -> None:
    """Nothing comes back, and the vendor has never heard of it."""
    assert played(sandbox, FaultPlan("reset_before_processing")) == (b"", "reset")
    assert (sandbox.count(), sandbox.count(processed=False, status=0)) == (0, 1)


def test_a_reset_before_the_answer(sandbox: Sandbox) -> None:
    """Nothing comes back, and the vendor has processed the request."""
    assert played(sandbox, FaultPlan("reset_before_answer")) == (b"", "reset")
    assert (sandbox.count(status=200), sandbox.count(processed=False)) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "end"), [("reset_in_body", "reset"), ("closed_in_body", "closed")]
)
def test_a_body_that_breaks_off(sandbox: Sandbox, kind: FaultKind, end: str) -> None:
    """The connection ends before exactly the byte that the plan names."""
    got, ended = played(sandbox, FaultPlan(kind, at_byte=16))
    head, _, body = got.partition(b"\r\n\r\n")
    assert (body, ended) == (BODY, end)
    assert b"content-length: " in head


def test_a_place_that_is_not_named_is_drawn(sandbox: Sandbox) -> None:
    """Without a place, bodies break off here and there, and always before the end."""
    sizes: set[int] = set()
    for seed in range(5):
        got, _ = played(sandbox, FaultPlan("closed_in_body", seed=seed))
        head, _, body = got.partition(b"\r\n\r\n")
        length = int(head.rpartition(b"content-length: ")[2].partition(b"\r\n")[0])
        assert 0 < len(body) < length
        sizes.add(len(body))
    assert len(sizes) > 1


def test_a_place_past_the_end_is_the_end(sandbox: Sandbox) -> None:
    """The last byte never gets through."""
    got, _ = played(sandbox, FaultPlan("closed_in_body", at_byte=10**9))
    head, _, body = got.partition(b"\r\n\r\n")
    assert f"content-length: {len(body) + 1}".encode() in head


def test_a_body_that_stalls(sandbox: Sandbox) -> None:
    """The body stands still for so long, and then the connection is closed."""
    plan = FaultPlan("body_stalls", at_byte=16, stall=0.3)
    got, ended = played(sandbox, plan, patience=0.1)
    assert (got.partition(b"\r\n\r\n")[2], ended) == (BODY, "silence")
    begun = time.monotonic()
    assert played(sandbox, plan)[1] == "closed"
    assert time.monotonic() - begun >= 0.3


def test_a_client_that_talks_on_does_not_end_a_stall(sandbox: Sandbox) -> None:
    """Only the end of the client's connection ends a stall before its time."""
    sandbox.faults = FaultPlan("body_stalls", at=1, at_byte=16, stall=0.3)
    with closing(connected(sandbox)) as connection:
        begun = time.monotonic()
        connection.sendall(asked(sandbox))
        time.sleep(0.1)
        connection.sendall(asked(sandbox))
        received(connection)
        assert time.monotonic() - begun >= 0.3


def test_a_slow_first_byte(sandbox: Sandbox) -> None:
    """Nothing comes for a while, and then the answer does."""
    begun = time.monotonic()
    sandbox.faults = FaultPlan("slow_first_byte", slow=0.2)
    with closing(connected(sandbox)) as connection:
        connection.sendall(asked(sandbox))
        assert connection.recv(16).startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize("kind", ["headers_drip", "body_drips"])
def test_what_drips(sandbox: Sandbox, kind: FaultKind) -> None:
    """What drips takes its time between two bytes, and is complete in the end."""
    plain = played(sandbox, FaultPlan(at=99), 0.2, known=False)[0]
    begun = time.monotonic()
    dripped = played(sandbox, FaultPlan(kind, drip=0.0005), 0.5, known=False)[0]
    assert _without_date(dripped) == _without_date(plain)
    head, _, body = plain.partition(b"\r\n\r\n")
    parts = {"headers_drip": head, "body_drips": body}
    assert time.monotonic() - begun >= len(parts[kind]) * 0.0005


def test_bytes_that_drip_come_one_by_one(sandbox: Sandbox) -> None:
    """No two bytes of the head arrive together."""
    sandbox.faults = FaultPlan("headers_drip", drip=0.02)
    with closing(connected(sandbox)) as connection:
        connection.sendall(asked(sandbox))
        assert [connection.recv(10) for _ in range(4)] == [b"H", b"T", b"T", b"P"]


def test_refused_connections(sandbox: Sandbox, http: httpx.Client) -> None:
    """After an answer nothing listens for a while; idle connections end, and then all is well."""
    caller = VoucherifyCaller(sandbox, http)
    sandbox.faults = FaultPlan("refused", at=1, outage=0.3)
    with closing(connected(sandbox)) as idle:
        time.sleep(0.05)
        answer = caller("/v1/campaigns")
        begun = time.monotonic()
        assert (answer.status_code, answer.headers["connection"]) == (200, "close")
        assert received(idle) == (b"", "closed")
    with pytest.raises(httpx.ConnectError):
        caller("/v1/campaigns")
    while time.monotonic() - begun < 5:
        try:
            assert caller("/v1/campaigns").status_code == 200
            break
        except httpx.ConnectError:
            time.sleep(0.02)
    assert time.monotonic() - begun >= 0.29
    assert sandbox.count() == 2


def test_an_outage_ends_with_its_plan(sandbox: Sandbox) -> None:
    """Other plans, or none, begin with a sandbox that can be reached."""
    with sandbox.faulty(FaultPlan("refused", outage=60)):
        connection = connected(sandbox)
        connection.sendall(asked(sandbox))
        assert received(connection)[0].startswith(b"HTTP/1.1 200")
        connection.close()
        with pytest.raises(ConnectionRefusedError):
            connected(sandbox)
    connected(sandbox).close()


def test_an_outage_is_not_prolonged_by_another_one(sandbox: Sandbox) -> None:
    """What is under way when nothing listens any more is answered, and the outage goes on."""
    sandbox.faults = FaultPlan("refused", outage=60)
    with closing(connected(sandbox)) as slow, closing(connected(sandbox)) as quick:
        slow.sendall(b"POST /spaaza/x HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n")
        time.sleep(0.1)
        quick.sendall(asked(sandbox))
        assert received(quick)[0].startswith(b"HTTP/1.1 200")
        slow.sendall(b"{}")
        assert received(slow)[0].startswith(b"HTTP/1.1 404")
    assert len(sandbox.injected) == 2
    with pytest.raises(ConnectionRefusedError):
        connected(sandbox)


@pytest.fixture
def long_csv(sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox with a CSV of three thousand rows."""
    sandbox.turn(spaaza_csv_rows=3_000)
    yield sandbox
    sandbox.turn(spaaza_csv_rows=0)


def streamed(sandbox: Sandbox, plan: FaultPlan) -> tuple[bytes, type[Exception] | None]:
    """What comes of a CSV under a plan, and the error that it ends with."""
    sandbox.faults = plan
    url = sandbox.spaaza["base_url"] + "/get-vouchers.csv?chain_id=1743"
    headers = privileged(sandbox.spaaza)
    pieces: list[bytes] = []
    with httpx.stream("GET", url, headers=headers, trust_env=False) as reply:
        try:
            pieces.extend(reply.iter_raw())
        except httpx.TransportError as error:
            return b"".join(pieces), type(error)
    return b"".join(pieces), None


def test_a_stream_that_breaks_off_before_a_row(long_csv: Sandbox) -> None:
    """A CSV ends before exactly the row that the plan names, quoted line breaks not counted."""
    got, error = streamed(long_csv, FaultPlan("reset_in_body", at_row=2_001))
    assert error is httpx.ReadError
    rows = list(csv.reader(io.StringIO(got.decode(), newline="")))
    assert len(rows) == 2_001
    assert got.endswith(b"\n")


@pytest.mark.parametrize("kind", ["reset_in_body", "closed_in_body"])
def test_a_stream_that_breaks_off_before_a_byte(long_csv: Sandbox, kind: FaultKind) -> None:
    """A stream ends before the byte that is named, or early on without one."""
    got, error = streamed(long_csv, FaultPlan(kind, at_byte=200_000))
    assert (len(got), error is None) == (200_000, False)
    got, error = streamed(long_csv, FaultPlan(kind))
    assert error is not None
    assert 0 < len(got) <= 65_536


def test_a_stream_can_drip(sandbox: Sandbox) -> None:
    """The bytes of a stream come in chunks of their own, and the stream ends as it should."""
    sandbox.turn(spaaza_csv_rows=2)
    try:
        got, error = streamed(sandbox, FaultPlan("body_drips", drip=0))
        assert (got, error) == streamed(sandbox, FaultPlan(at=99))
        assert got.count(b"\n1") == 2
        assert len(sandbox.injected) == 1
    finally:
        sandbox.turn(spaaza_csv_rows=0)


def test_the_end_of_a_stream_can_be_missing_alone(long_csv: Sandbox) -> None:
    """A place past the end lets all rows through and not the end itself."""
    got, error = streamed(long_csv, FaultPlan("closed_in_body", at_row=10**9))
    whole, no_error = streamed(long_csv, FaultPlan(at=99))
    assert (got, error, no_error) == (whole, httpx.RemoteProtocolError, None)


def _without_date(answer: bytes) -> list[bytes]:
    return [one for one in answer.split(b"\r\n") if not one.startswith((b"date", b"x-rate"))]
