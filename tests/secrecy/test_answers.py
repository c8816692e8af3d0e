"""Whatever a vendor answers, repeating all that it was told: for every way to prove who you are."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from _core.servers import Connection

from loyalty_sdk import Secret
from loyalty_sdk.auth import BearerToken
from loyalty_sdk.errors import InvalidArgument, LoyaltyError, ServerError, UnreadableAnswer

from .faults import FAULTS, Fault, body
from .kinds import SOURCES, Kind, kinds
from .scene import Scene

KINDS = kinds()
NAMED = {kind.name: kind for kind in KINDS}
RENEWING = [kind for kind in KINDS if "client_id" in kind.secrets]
TELLING = [fault for fault in FAULTS if fault.name in ("401", "400", "302", "no JSON", "no header")]
PAIRS = [
    *((kind, fault) for kind in KINDS for fault in TELLING),
    *((NAMED["voucherify-ClientCredentials-basic"], f) for f in FAULTS if f not in TELLING),
]


def ask(scene: Scene, client: Any) -> Any:
    """A call with a secret in its path and in its body."""
    path = Secret(scene.markers.secret("path"))
    return client.request("POST", "v1", path, json={"a": [Secret(scene.markers.secret("json"))]})


@pytest.mark.parametrize(("kind", "fault"), PAIRS, ids=lambda value: value.name)
def test_a_failure_shows_no_secret(scene: Scene, kind: Kind, fault: Fault) -> None:
    """No log line, error, frame, copy or store has one, and no other host gets one."""
    scene.fault = fault
    client = scene.client(kind)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert fault.outcome is not None
    assert isinstance(outcome, fault.outcome)
    for sent in ("gateway key", "path", "json"):
        assert scene.sent(sent)
    scene.check(outcome, client=repr(client))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("kind", RENEWING[:3], ids=lambda kind: kind.name)
def test_a_token_that_cannot_be_had(scene: Scene, kind: Kind, fault: Fault) -> None:
    """Whatever goes wrong at the token URL, which is told the client's id and secret."""
    scene.token_fault = fault
    client = scene.client(kind)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, LoyaltyError)
    assert outcome.operation == f"{kind.vendor}.token"
    assert scene.sent("client_id")
    assert not scene.sent("path")
    scene.check(outcome)


@pytest.mark.parametrize(
    "answer",
    [
        '{"access_token": "%s\\n"}', '{"access_token": ["%s"]}', '{"access_token": "%s"',
        '{"access_token": "%s", "expires_in": "soon"}', '["%s"]', '{"%s": 1, "expires_in": []}',
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_read(scene: Scene, answer: str) -> None:
    """It is a secret already, though nobody got it."""
    token = scene.markers.plain("unreadable token")
    scene.token_fault = Fault(
        "a token", UnreadableAnswer, lambda _: lambda c, _: c.answer((answer % token).encode())
    )
    client = scene.client(RENEWING[0])
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, LoyaltyError)
    scene.check(outcome)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_success_shows_no_secret(scene: Scene, kind: Kind) -> None:
    """Though the headers of the answer repeat it all, and httpcore logs them when asked alone."""
    client = scene.client(kind)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert outcome == {}
    for name in kind.secrets:
        assert scene.sent(name)
    scene.check(outcome, client=repr(client), options=client._runner.options)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", [k for k in KINDS if k.secrets], ids=lambda kind: kind.name)
def test_secrets_given_in_any_form(scene: Scene, kind: Kind, source: str) -> None:
    """Text, a `Secret`, a function, a coroutine function (which a blocking client refuses)."""
    scene.fault = TELLING[0]
    client = scene.client(kind, source)
    outcome = scene.outcome(lambda: ask(scene, client))
    refused = source == "coroutine" and not scene.colour.is_async
    assert isinstance(outcome, InvalidArgument if refused else LoyaltyError)
    assert scene.sent(kind.secrets[0]) is not refused
    scene.check(outcome, auth=client._runner.session.auth)


def test_a_secret_of_an_attempt_before(scene: Scene) -> None:
    """A function may give another one each time; the vendor may repeat any of them."""
    numbers = itertools.count()
    first: list[bytes] = []

    def play(connection: Connection, request: bytes) -> None:
        first.append(request)
        connection.answer(body(first[0]), 503)

    scene.fault = Fault("a late echo", ServerError, lambda _: play)
    client = scene.client(
        NAMED["voucherify-ServerKeys"],
        auth=BearerToken(lambda: scene.markers.plain(f"token {next(numbers)}")),
    )
    outcome = scene.outcome(lambda: client.request("GET", "v1", "a", repeatable=True))
    assert isinstance(outcome, ServerError)
    assert scene.sent("token 0")
    assert scene.sent("token 1")
    scene.check(outcome)


def test_a_view_with_headers_of_its_own(scene: Scene) -> None:
    """They are sent in place of the client's, and seen no more than those."""
    scene.fault = TELLING[0]
    view = scene.client(NAMED["spaaza-PrivilegedToken"]).with_options(
        headers={"X-View-Key": Secret(scene.markers.secret("view key")), "X-Plain": "word"}
    )
    outcome = scene.outcome(lambda: ask(scene, view))
    assert isinstance(outcome, LoyaltyError)
    assert scene.sent("view key")
    assert not scene.sent("gateway key")
    scene.check(outcome, options=view._runner.options)
