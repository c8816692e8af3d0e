from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from conftest import Colour

from loyalty_sdk import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza import AdminSession, PrivilegedToken, UserSession

from .replay import CHAIN, Replay, page

PLAIN = {"accept", "accept-encoding", "host", "user-agent", "x-spaaza-api-version"}
APP = "x-spaaza-myprice-app-hostname"
USER = "x-spaaza-session-user-id"
KEY = "x-spaaza-session-key"


def sent_by(auth: Any, colour: Colour) -> dict[str, str]:
    """The headers that an auth value adds to a call."""
    replay = Replay(page())
    colour.items(replay.client(colour, auth=auth).vouchers.list(CHAIN))
    [request] = replay.requests
    return {name: value for name, value in request.headers.items() if name not in PLAIN}


@pytest.mark.parametrize(
    ("auth", "headers"),
    [
        (PrivilegedToken("id", "secret"), {"authorization": "Bearer id:secret"}),
        (
            PrivilegedToken("id", "secret", app_hostname="acme.spaaza.com"),
            {"authorization": "Bearer id:secret", APP: "acme.spaaza.com"},
        ),
        (
            PrivilegedToken(Secret("id"), lambda: Secret("secret")),
            {"authorization": "Bearer id:secret"},
        ),
        (AdminSession(501, "key"), {USER: "501", KEY: "key"}),
        (AdminSession("501", lambda: "key"), {USER: "501", KEY: "key"}),
        (
            UserSession(71, Secret("key"), "acme.spaaza.com"),
            {USER: "71", KEY: "key", APP: "acme.spaaza.com"},
        ),
        (
            UserSession("71", lambda: "key", "acme.spaaza.com"),
            {USER: "71", KEY: "key", APP: "acme.spaaza.com"},
        ),
    ],
)
def test_each_kind_sends_its_documented_headers(
    auth: Any, headers: dict[str, str], colour: Colour
) -> None:
    """Exactly the documented headers go out, and no others; secrets may be functions."""
    assert sent_by(auth, colour) == headers


def test_what_every_request_says(colour: Colour) -> None:
    """Besides the credentials there are the version, and what an HTTP request has."""
    replay = Replay(page())
    colour.items(replay.client(colour).vouchers.list(CHAIN))
    headers = replay.requests[0].headers
    assert set(headers) == PLAIN | {"authorization"}
    assert headers["x-spaaza-api-version"] == "1.6.3"
    assert headers["accept"] == "application/json"
    assert headers["user-agent"].startswith("loyalty-sdk/")


def test_secrets_are_asked_for_each_time(colour: Colour) -> None:
    """A function is called for every request, so that secrets can be rotated."""
    ids, secrets = iter(["id1", "id2"]), iter(["secret1", "secret2"])
    auth = PrivilegedToken(lambda: next(ids), lambda: next(secrets))
    replay = Replay(page(), page())
    client = replay.client(colour, auth=auth)
    for _ in range(2):
        colour.items(client.vouchers.list(CHAIN))
    sent = [request.headers["authorization"] for request in replay.requests]
    assert sent == ["Bearer id1:secret1", "Bearer id2:secret2"]


def test_coroutine_functions_are_for_async_clients(colour: Colour) -> None:
    """An async client awaits them, a blocking one refuses them by name."""

    async def secret() -> str:
        return "secret"

    auth = PrivilegedToken("id", secret)
    if colour.is_async:
        assert sent_by(auth, colour) == {"authorization": "Bearer id:secret"}
        return
    with pytest.raises(InvalidArgument) as caught:
        sent_by(auth, colour)
    assert caught.value.argument == "token_secret"


Make = Callable[[Any], object]
MAKERS: dict[str, list[Make]] = {
    "token_id": [lambda value: PrivilegedToken(value, "secret")],
    "token_secret": [lambda value: PrivilegedToken("id", value)],
    "session_key": [
        lambda value: AdminSession(1, value),
        lambda value: UserSession(1, value, "acme.spaaza.com"),
    ],
    "user_id": [
        lambda value: AdminSession(value, "key"),
        lambda value: UserSession(value, "key", "acme.spaaza.com"),
    ],
    "app_hostname": [
        lambda value: PrivilegedToken("id", "secret", app_hostname=value),
        lambda value: UserSession(1, "key", value),
    ],
}


@pytest.mark.parametrize("value", ["", " x", "x ", "a\r\nb", "ü", 1.5, True, b"x", []])
@pytest.mark.parametrize("argument", MAKERS)
def test_what_cannot_stand_in_a_header_is_refused(argument: str, value: Any) -> None:
    """Bad credentials are refused by name when the value is made, and never shown."""
    for make in MAKERS[argument]:
        with pytest.raises(InvalidArgument) as caught:
            make(value)
        assert caught.value.argument == argument


def test_nobody_has_no_session() -> None:
    """A missing id is refused, and does not become the text "None"."""
    for make in MAKERS["user_id"]:
        with pytest.raises(InvalidArgument):
            make(None)


def test_an_app_is_named_by_its_host() -> None:
    """A URL in place of a host name is an error that shows what is meant."""
    for make in MAKERS["app_hostname"]:
        with pytest.raises(InvalidArgument, match=r"acme\.spaaza\.com"):
            make("https://acme.spaaza.com")


@pytest.mark.parametrize("auth", [AdminSession(1, "hush"), UserSession(1, "hush", "acme.example")])
def test_a_session_hides_its_key(auth: object) -> None:
    """Neither form of text shows the key."""
    assert "hush" not in repr(auth) + str(auth)


def test_a_token_hides_both_halves() -> None:
    """The id of a token is half of a credential too."""
    auth = PrivilegedToken("hush-id", "hush-secret", app_hostname="acme.example")
    assert "hush" not in repr(auth) + str(auth)


def test_a_bad_secret_of_a_function_is_refused_before_sending(colour: Colour) -> None:
    """What a function gives is checked like what was given."""
    replay = Replay(httpx.Response(500))
    client = replay.client(colour, auth=AdminSession(1, lambda: "line\nbreak"))
    with pytest.raises(InvalidArgument) as caught:
        colour.items(client.vouchers.list(CHAIN))
    assert caught.value.argument == "session_key"
    assert replay.requests == []
