"""Calls that come to no answer: connections that fail, time that runs out, and interruptions."""

from __future__ import annotations

import asyncio
import codecs
import itertools
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

import httpx
import pytest
from _core.servers import Connection

from loyalty_sdk import ESLoyalty, Retry, Secret, Spaaza
from loyalty_sdk.auth import BearerToken
from loyalty_sdk.errors import (
    ClientClosed,
    DeadlineExceeded,
    LoyaltyError,
    NotSent,
    TimedOut,
    WrongEventLoop,
)

from .faults import Fault
from .finder import Finder
from .kinds import kinds
from .markers import Markers
from .scene import Scene

codecs.lookup("utf-8-sig")  # an interrupt while Python loads it is Python's own affair
NAMED = {kind.name: kind for kind in kinds()}
KIND = NAMED["voucherify-ClientCredentials-basic"]
KEYS = NAMED["voucherify-ServerKeys"]
ONCE = Retry(attempts=1)


def ask(scene: Scene, client: Any, **more: Any) -> Any:
    """A call with a secret in its path and in its body."""
    body = {"a": Secret(scene.markers.secret("json")), **more}
    return client.request("POST", "v1", Secret(scene.markers.secret("path")), json=body)


# --- connections and time


def test_a_refused_connection(scene: Scene) -> None:
    """Nobody is there."""
    client = scene.client(KEYS, base_url="http://127.0.0.1:1")
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, NotSent)
    scene.check(outcome)


def test_a_name_that_is_none(scene: Scene) -> None:
    """The host cannot be looked up, or not even written."""
    for host in ("https://no-such-host.invalid", f"https://{'x' * 70}.test"):
        outcome = scene.outcome(lambda: ask(scene, scene.client(KEYS, base_url=host)))  # noqa: B023
        assert isinstance(outcome, LoyaltyError)
        scene.check(outcome)


def test_a_connection_that_takes_too_long(scene: Scene) -> None:
    """The other side does not take it: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(full.getsockname())
        client = scene.client(
            KEYS, base_url=f"http://127.0.0.1:{full.getsockname()[1]}", timeout=0.05, retry=ONCE
        )
        outcome = scene.outcome(lambda: ask(scene, client))
        for sock in waiting:
            sock.close()
    assert isinstance(outcome, TimedOut)
    scene.check(outcome)


def test_a_handshake_that_takes_too_long(scene: Scene) -> None:
    """The other side takes the connection and does not speak TLS."""
    client = scene.client(
        KEYS, base_url=scene.server.url.replace("http", "https"), timeout=0.05, retry=ONCE
    )
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, LoyaltyError)
    scene.check(outcome)


def test_a_body_that_nobody_takes(scene: Scene) -> None:
    """The request is larger than what the other side reads of it."""
    scene.server.script = lambda connection: connection.stall()
    client = scene.client(KEYS, timeout=0.05, retry=ONCE)
    outcome = scene.outcome(lambda: ask(scene, client, filling="x" * 8_000_000))
    assert isinstance(outcome, TimedOut)
    scene.check(outcome)


def test_a_pool_that_is_used_up(scene: Scene) -> None:
    """All connections are taken for as long as the call may wait."""
    scene.fault = Fault("a stall", TimedOut, lambda _: lambda connection, _: connection.stall())
    client = scene.client(KEYS, max_connections=1, timeout=0.1, deadline=0.1, retry=ONCE)
    outcomes = scene.colour.together(2, lambda: ask(scene, client))
    assert all(isinstance(outcome, TimedOut) for outcome in outcomes)
    for outcome in outcomes:
        scene.check(outcome)


def test_a_deadline_that_is_over(scene: Scene) -> None:
    """Between attempts, and while a token is waited for."""
    scene.token_fault = Fault("a stall", TimedOut, lambda _: lambda to, _: to.stall())
    client = scene.client(KIND, deadline=0.05, timeout=None)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, DeadlineExceeded)
    scene.check(outcome)


def test_a_closed_client(scene: Scene) -> None:
    """And its views."""
    client = scene.client(KEYS)
    view = client.with_options(headers={"x-other": scene.markers.secret("other header")})
    scene.colour.close(client)
    for closed in (client, view, client.raw.customers and client):
        outcome = scene.outcome(lambda: ask(scene, closed))  # noqa: B023
        assert isinstance(outcome, ClientClosed)
        scene.check(outcome)


def test_another_event_loop(async_scene: Scene) -> None:
    """An async client that is used on a second one."""
    client = async_scene.client(KEYS)
    async_scene.outcome(lambda: ask(async_scene, client))
    with pytest.raises(WrongEventLoop) as caught:
        asyncio.run(ask(async_scene, client))
    async_scene.check(caught.value)


# --- exceptions that are not ours


def test_an_exception_out_of_the_caller_s_function(scene: Scene) -> None:
    """It keeps its lines; nothing of what was at hand there stays."""

    class VaultError(Exception):
        pass

    def token() -> str:
        held = scene.markers.secret("from the vault")
        raise VaultError(len(held))

    client = scene.client(KIND)
    auth = client._runner.session.auth
    failing = type(auth)(auth.token_url, auth.client_id, token)
    outcome = scene.outcome(lambda: ask(scene, scene.client(KIND, auth=failing)))
    assert isinstance(outcome, VaultError)
    scene.check(outcome)


def test_an_exception_out_of_the_caller_s_transport(scene: Scene) -> None:
    """One that is not about the network is the caller's own, and passes."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise ArithmeticError

    client = scene.client(KEYS, transport=httpx.MockTransport(handle))
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, ArithmeticError)
    scene.check(outcome)


# --- interruptions


def interrupting(connection: Connection, request: bytes) -> None:
    """The user presses Ctrl-C while the vendor thinks, or in the middle of its answer."""
    if b"half" in request:
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\nset-cookie: a\r\n\r\n" + request)
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGINT)
    connection.stall()


@pytest.mark.parametrize("phase", ["half", "nothing"])
@pytest.mark.parametrize("where", ["own sockets", "http_client", "token"])
def test_a_keyboard_interrupt(blocking_scene: Scene, where: str, phase: str) -> None:
    """It comes out as it is; no frame that it passed through has a value left."""
    scene = blocking_scene
    fault = Fault("an interrupt", None, lambda _: interrupting)
    scene.fault, scene.token_fault = fault, (fault if where == "token" else scene.token_fault)
    theirs = {"http_client": scene.colour.keep(httpx.Client())} if where == "http_client" else {}
    client = scene.client(KIND, **theirs)
    outcome = scene.outcome(lambda: ask(scene, client, what=phase))
    assert type(outcome) is KeyboardInterrupt
    assert outcome.__context__ is None
    scene.check(outcome)


@pytest.mark.parametrize("rows", [True, False], ids=["between rows", "before rows"])
def test_a_keyboard_interrupt_of_a_stream(blocking_scene: Scene, rows: bool) -> None:
    """The same while rows arrive."""
    scene = blocking_scene

    def play(connection: Connection, asked: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\nvoucher_id\n"
        connection.send(head + (b"1\n" if rows else b""))
        interrupting(connection, asked)

    scene.fault = Fault("an interrupt", None, lambda _: play)
    client = scene.client(NAMED["spaaza-PrivilegedToken"])
    assert isinstance(client, Spaaza)

    def read() -> None:
        with client.vouchers.stream_csv(1, username=scene.markers.secret("user name")) as opened:
            list(opened)

    outcome = scene.outcome(read)
    assert type(outcome) is KeyboardInterrupt
    scene.check(outcome)


@pytest.mark.parametrize("where", ["own sockets", "http_client", "token"])
def test_a_cancelled_task(async_scene: Scene, where: str) -> None:
    """The same for the async colour: cancelled while the vendor thinks."""
    scene = async_scene
    asked = threading.Event()

    def play(connection: Connection, _: bytes) -> None:
        asked.set()
        connection.stall()

    fault = Fault("a stall", None, lambda _: play)
    scene.fault, scene.token_fault = fault, (fault if where == "token" else scene.token_fault)
    theirs = {}
    if where == "http_client":
        theirs["http_client"] = scene.colour.keep(httpx.AsyncClient())
    client = scene.client(KIND, **theirs)

    async def cancelled() -> BaseException:
        task = asyncio.ensure_future(ask(scene, client))
        while not asked.is_set():
            await asyncio.sleep(0.001)
        task.cancel("no longer wanted")
        try:
            await task
        except asyncio.CancelledError as error:
            return error
        raise AssertionError

    outcome = scene.colour(cancelled())
    assert outcome.args == ("no longer wanted",)
    scene.check(outcome)


OURS = os.sep + "loyalty_sdk" + os.sep


class InterruptAt:
    """Raises `KeyboardInterrupt` at the n-th line that is run in the package, as a signal might.

    Attributes:
        at: The function whose line it was.
    """

    def __init__(self, count: int) -> None:
        self._left = count
        self.at = ""

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        """Trace a line."""
        if OURS not in frame.f_code.co_filename:
            return None
        self._left -= event == "line"
        if self._left == 0:
            sys.settrace(None)
            self.at = frame.f_code.co_qualname
            raise KeyboardInterrupt
        return self


def interrupted(call: Callable[[], Any], count: int) -> tuple[BaseException | None, str]:
    """What a call raises when it is interrupted at a line, and where that was."""
    trace, before = InterruptAt(count), sys.gettrace()
    # An exception out of a trace function may land where no signal does, and Python then keeps
    # what was being handled there: a generator has that to itself.
    apart = (call() for _ in "1")
    sys.settrace(trace)
    try:
        next(apart)
    except KeyboardInterrupt as error:
        return error, trace.at
    except LoyaltyError:
        pass
    finally:
        sys.settrace(before)
    return None, ""


ENTRANCES = ("Client.request", "_bind.<locals>.now", "unseen.<locals>.calling")
"""What a caller really calls. They let go of their arguments first, in their first three lines."""


@pytest.mark.parametrize("what", ["request", "listing", "call", "client", "auth", "options"])
def test_an_interrupt_at_any_line(what: str) -> None:
    """Wherever the package is interrupted, behind its entrance, no frame of it has a secret."""
    markers = Markers()
    finder = Finder(markers)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"id": "c1", "data": []}))

    def make() -> Spaaza:
        return Spaaza(
            token_id=markers.secret("id"), token_secret=markers.secret("token"),
            transport=transport, headers={"x-gateway-key": markers.secret("header")}, retry=ONCE,
        )  # fmt: skip

    client = make()
    es = ESLoyalty(
        "https://es.test", token=markers.secret("token"), transport=transport, retry=ONCE
    )
    calls: Mapping[str, Callable[[], Any]] = {
        "request": lambda: client.request("POST", "v1", json={"a": markers.secret("json")}),
        "listing": lambda: list(es.transactions.history(markers.secret("session"))),
        "call": lambda: client.sessions.login("user", markers.secret("password")),
        "client": make,
        "auth": lambda: BearerToken(markers.secret("bearer")),
        "options": lambda: client.with_options(headers={"x-other": markers.secret("other")}),
    }
    for count in itertools.chain(range(1, 60), itertools.count(60, 7)):  # the entrance closely
        error, at = interrupted(calls[what], count)
        if error is None:
            break
        seen = [leak for leak in finder.in_error(error) if at not in ENTRANCES]
        assert not seen, f"interrupted in {at}: {seen[:3]}"
    assert count > 15
