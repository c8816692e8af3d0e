"""The caller's own networking, and proxies: what they must see they see, and nobody else does."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from _core.servers import Connection, Server, answer

from loyalty_sdk import Secret
from loyalty_sdk.errors import APIError, LoyaltyError, NotSent

from .faults import FAULTS, GOOD, Fault, echo
from .kinds import kinds
from .scene import Scene

(KIND,) = (kind for kind in kinds() if kind.name == "voucherify-ClientCredentials-basic")
ALL = (*FAULTS, GOOD)


def ask(scene: Scene, client: Any) -> Any:
    """A call with a secret in its path."""
    return client.request("POST", "v1", Secret(scene.markers.secret("path")), json={"a": 1})


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_a_transport_of_the_caller_s(scene: Scene, fault: Fault) -> None:
    """Its connections log what they do, as those of the SDK do."""
    scene.fault = fault
    transport = scene.colour.pick(httpx.HTTPTransport, httpx.AsyncHTTPTransport)()
    client = scene.client(KIND, transport=transport)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, fault.outcome) if fault.outcome else outcome == {}
    assert scene.sent("path")
    scene.check(outcome, client=repr(client))


@pytest.mark.parametrize("follow", [False, True], ids=["plain", "following"])
@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_an_http_client_of_the_caller_s(scene: Scene, fault: Fault, follow: bool) -> None:
    """It logs each request; the secrets join below that, and redirects are not followed."""
    scene.fault = fault
    theirs = scene.colour.keep(
        scene.colour.pick(httpx.Client, httpx.AsyncClient)(follow_redirects=follow)
    )
    client = scene.client(KIND, http_client=theirs)
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, fault.outcome) if fault.outcome else outcome == {}
    assert scene.sent("path")
    if isinstance(outcome, APIError):
        assert [record for record in scene.records if record.name == "httpx"]
    for record in scene.records:
        if record.name == "httpx":
            _without_the_reason_phrase(record)
    scene.check(outcome, client=repr(client))


def _without_the_reason_phrase(record: logging.LogRecord) -> None:
    """The words beside the status, which are the vendor's: httpx has no place to mask them.

    What is promised of an `http_client` leaves them out.
    """
    assert isinstance(record.args, tuple)
    *known, reason = record.args
    assert record.msg == 'HTTP Request: %s %s "%s %d %s"'
    assert isinstance(reason, str)
    record.args, record.message = (*known, ""), ""


# --- proxies


def proxy_at(scene: Scene, port: int) -> str:
    """The URL of a proxy, with a user and a password."""
    user, password = scene.markers.secret("proxy user"), scene.markers.secret("proxy password")
    return f"http://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{port}"


def refusing(connection: Connection) -> None:
    """A proxy that lets nobody through, and says who it was."""
    while request := connection.request():
        said = echo(request)
        whole = answer(said.encode(), 407, f"Proxy-Authenticate: {said}", f"Location: /{said}")
        connection.send(whole.replace(b" X\r\n", b" " + said.encode() + b"\r\n", 1))


@pytest.fixture
def proxy() -> Iterator[Server]:
    """A proxy that refuses everything."""
    with Server(refusing) as server:
        yield server


@pytest.mark.parametrize("from_environment", [False, True], ids=["given", "environment"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses(
    scene: Scene, proxy: Server, scheme: str, from_environment: bool, monkeypatch: Any
) -> None:
    """Its password is shown nowhere; a tunnel is told no secret of the vendor's."""
    url = proxy_at(scene, proxy.port)
    given = {} if from_environment else {"proxy": url}
    if from_environment:
        monkeypatch.setenv(f"{scheme.upper()}_PROXY", url)
    client = scene.client(
        next(kind for kind in kinds() if kind.name == "voucherify-ServerKeys"),
        base_url=f"{scheme}://vendor.test", allow_http=True, **given,
    )  # fmt: skip
    outcome = scene.outcome(lambda: ask(scene, client))
    assert isinstance(outcome, NotSent if scheme == "https" else LoyaltyError)
    (request, *_) = proxy.requests
    user, password = (scene.markers.secret(f"proxy {what}") for what in ("user", "password"))
    assert base64.b64encode(f"{user}:{password}".encode()) in request
    told = {found.partition(" in ")[0] for found in scene.finder.in_text("request", request)}
    own = {"proxy user", "proxy password"}
    assert told >= own
    assert (told == own) is (scheme == "https")
    scene.check(outcome, client=repr(client), network=client._runner.session.network)


@pytest.mark.parametrize("scheme", ["ftp", "http", "socks5"])
def test_a_proxy_that_cannot_be_used(scene: Scene, scheme: str) -> None:
    """Refused or not there, its password stays out of the error."""
    url = proxy_at(scene, 1).replace("http://", f"{scheme}://")
    outcome = scene.outcome(lambda: ask(scene, scene.client(KIND, proxy=url)))
    assert isinstance(outcome, LoyaltyError)
    scene.check(outcome)


# --- who is told what


def test_each_host_is_told_its_own_secrets_only(scene: Scene) -> None:
    """The token URL the client's, the vendor the token and the caller's headers, others nothing."""
    with Server(lambda connection: scene._serve(connection)) as identity:
        kind = KIND
        scene_client = scene.client(kind)
        auth = scene_client._runner.session.auth
        moved = type(auth)(f"{identity.url}/token", auth.client_id, auth.client_secret)
        client = scene.client(kind, auth=moved)
        outcome = scene.outcome(lambda: ask(scene, client))
        told = [
            {
                found.partition(" in ")[0]
                for r in s.requests
                for found in scene.finder.in_text("", r)
            }
            for s in (identity, scene.server)
        ]
    assert told == [
        {"client_id", "client_secret"}, {"access token", "gateway key", "path"},
    ]  # fmt: skip
    scene.check(outcome)
