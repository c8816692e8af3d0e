"""What httpcore logs: over real sockets, in both colours, at level DEBUG."""

from __future__ import annotations

import asyncio
import logging

import httpcore
import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk._core.hiding import quiet
from loyalty_sdk.errors import LoyaltyError

from ..servers import Server, answer

ECHO = ["location: https://else.test/PLANTED", "set-cookie: key=PLANTED"]


@pytest.fixture
def logged(caplog):
    """Every logger of httpcore speaks, and is listened to."""
    for name in ("http11", "connection", "proxy"):
        caplog.set_level(logging.DEBUG, f"httpcore.{name}")
    return lambda: [record.getMessage() for record in caplog.records]


def once(data):
    return lambda connection: (connection.request(), connection.send(data))


@pytest.mark.parametrize("own", [True, False], ids=["own sockets", "http_client"])
def test_the_headers_of_an_answer_are_not_logged(colour, toy, logged, own):
    """The steps and the status are."""
    with Server(once(answer(b"{}", 302, *ECHO))) as server:
        theirs = {}
        if not own:
            theirs["http_client"] = colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)())
        with pytest.raises(LoyaltyError):
            colour(toy(base_url=server.url, **theirs).cards.get("c1"))
    lines = logged()
    assert "receive_response_headers.complete return_value=302" in lines
    assert "send_request_headers.started request=<Request [b'GET']>" in lines
    assert not [line for line in lines if "PLANTED" in line]


@pytest.mark.parametrize(
    "said",
    [b"HTTP/1.1 PLANTED\r\n\r\n", b"HTTP/1.1 200 OK\r\nPLANTED\r\n\r\n", b"PLANTED\r\n\r\n"],
)
def test_what_a_broken_answer_said_is_not_logged(colour, toy, logged, said):
    """Only the kind of the failure is: its text quotes what came."""
    with Server(once(said)) as server, pytest.raises(LoyaltyError):
        colour(toy(base_url=server.url, retry=Retry(attempts=1)).cards.get("c1"))
    lines = logged()
    failure = "receive_response_headers.failed exception=<class 'httpcore.RemoteProtocolError'>"
    assert failure in lines
    assert not [line for line in lines if "PLANTED" in line]


def test_why_a_connection_failed_is_logged(colour, toy, logged):
    """That is said by this machine."""
    with pytest.raises(LoyaltyError):
        colour(toy(base_url="http://127.0.0.1:1", retry=Retry(attempts=1)).cards.get("c1"))
    assert [line for line in logged() if line.startswith("connect_tcp.failed exception=Conn")]


def test_requests_of_others_are_logged_as_ever(logged):
    """The loggers are everybody's: what is not the SDK's keeps its lines whole."""
    with Server(once(answer(b"{}", 200, "x-theirs: SHOWN"))) as server:
        httpcore.request("GET", server.url)
    assert [line for line in logged() if "SHOWN" in line]


def test_nothing_is_traced_when_nobody_listens(toy, colour, caplog):
    """It would take time, for each step of each request."""
    seen = []
    client = toy(lambda request: seen.append(request) or httpx.Response(200, json={"id": "c"}))
    caplog.set_level(logging.INFO, "httpcore")
    colour(client.cards.get("c"))
    for name in ("httpcore.http11", "httpcore.http2"):
        with caplog.at_level(logging.DEBUG, name):
            colour(client.cards.get("c"))
    assert [sorted(request.extensions) for request in seen] == [
        ["timeout"], ["timeout", "trace"], ["timeout", "trace"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "logged"),
    [
        ((b"HTTP/1.1", 200, b"OK", [(b"a", b"PLANTED")]), 200),
        ((201, [(b"a", b"PLANTED")]), 201),
        ("PLANTED", None), (None, None), ((b"PLANTED",), None),
    ],
)  # fmt: skip
def test_only_a_status_is_left(given, logged):
    """Of whatever shape the library gives a result, in any version of HTTP."""
    info = {"return_value": given}
    asyncio.run(quiet.hush_async("http2.receive_response_headers.complete", info))
    assert info == {"return_value": logged}


def test_what_goes_into_a_step_is_left_alone():
    """It is what the step is made with; nothing in it shows a secret."""
    info = {"request": 1}
    quiet.hush("http11.send_request_headers.started", info)
    quiet.hush("connection.connect_tcp.complete", {"return_value": 1})
    assert info == {"request": 1}
