from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.errors import BadRequest, InvalidArgument, MissingField, Unauthorized
from loyalty_sdk.voucherify import ServerKeys

from .replay import Clients, Replay, held, page, recorded

TOKEN_URL = "https://api.voucherify.io/v1/oauth/token"
REFUSED = httpx.Response(401, json={"code": 401, "message": "Unauthorized", "key": "unauthorized"})


def oauth(**more: Any) -> ClientCredentials:
    """OAuth v1, unless it is asked for otherwise."""
    arguments = {"scope": "api customers", "style": "app_headers"} | more
    return ClientCredentials(TOKEN_URL, "synthetic-app-id", "synthetic-app-token", **arguments)


def token(text: str, **more: Any) -> httpx.Response:
    """An answer that gives a token."""
    return httpx.Response(200, json={"access_token": text, "expires_in": 900, **more})


# --- server keys


def test_the_keys_go_into_their_two_headers(clients: Clients) -> None:
    """Server keys are sent as `X-App-Id` and `X-App-Token`, and no bearer token is."""
    replay = Replay(page())
    clients.client(replay).customers.list_redeemables("c").first()
    (request,) = replay.requests
    assert request.headers["X-App-Id"] == "synthetic-app-id"
    assert request.headers["X-App-Token"] == "synthetic-app-token"
    assert "authorization" not in request.headers


def test_a_key_may_be_a_secret_or_a_function(clients: Clients) -> None:
    """Keys are asked for again with every request, so that they can be rotated."""
    numbers = iter(range(9))
    replay = Replay(page(held(1), has_more=True), page())
    keys = ServerKeys(Secret("hidden-id"), lambda: f"token-{next(numbers)}")
    assert len(list(clients.client(replay, auth=keys).customers.list_redeemables("c"))) == 1
    sent = [(one.headers["x-app-id"], one.headers["x-app-token"]) for one in replay.requests]
    assert sent == [("hidden-id", "token-0"), ("hidden-id", "token-1")]


def test_keys_are_not_shown() -> None:
    """The repr of the keys shows neither of them."""
    assert "synthetic" not in repr(ServerKeys("synthetic-app-id", "synthetic-app-token"))


@pytest.mark.parametrize("key", ["", " padded", "padded ", "two\nlines", "schlüssel", 5, None])
def test_a_key_that_fits_no_header_is_refused(key: Any) -> None:
    """A key that could not be sent is refused when it is given, not when it is needed."""
    with pytest.raises(InvalidArgument) as caught:
        ServerKeys(key, "synthetic-app-token")
    assert caught.value.argument == "app_id"
    with pytest.raises(InvalidArgument) as caught:
        ServerKeys("synthetic-app-id", key)
    assert caught.value.argument == "app_token"


# --- OAuth v1


def test_the_token_call_has_the_documented_form(clients: Clients) -> None:
    """OAuth v1: the keys as headers, the grant and the scope as a form, and nothing else."""
    replay = Replay(recorded("token.200"), page(held(1)))
    client = clients.client(replay, auth=oauth())
    assert client.customers.list_redeemables("c").first().id == "rh_1"
    asking, calling = replay.requests
    assert (asking.method, str(asking.url)) == ("POST", TOKEN_URL)
    assert asking.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asking.headers["accept"] == "application/json"
    assert asking.headers["x-app-id"] == "synthetic-app-id"
    assert asking.headers["x-app-token"] == "synthetic-app-token"
    assert "authorization" not in asking.headers
    assert asking.content == b"grant_type=client_credentials&scope=api+customers"
    assert parse_qsl(asking.content.decode()) == [
        ("grant_type", "client_credentials"),
        ("scope", "api customers"),
    ]
    assert calling.headers["authorization"] == "Bearer synthetic-access-token"
    assert "x-app-id" not in calling.headers
    assert "x-app-token" not in calling.headers


def test_a_token_without_a_scope_asks_for_none(clients: Clients) -> None:
    """Without a scope the form holds the grant only."""
    replay = Replay(recorded("token.200"), page())
    clients.client(replay, auth=oauth(scope=None)).customers.list_redeemables("c").first()
    assert replay.requests[0].content == b"grant_type=client_credentials"


@pytest.mark.parametrize("style", ["basic", "body"])
def test_the_other_styles_prove_the_client_otherwise(clients: Clients, style: Any) -> None:
    """A gateway in front of the vendor may want the client's secret in another place."""
    replay = Replay(recorded("token.200"), page())
    clients.client(replay, auth=oauth(style=style)).customers.list_redeemables("c").first()
    (asking, _) = replay.requests
    basic = base64.b64encode(b"synthetic-app-id:synthetic-app-token").decode()
    form = dict(parse_qsl(asking.content.decode()))
    assert asking.headers.get("authorization") == (f"Basic {basic}" if style == "basic" else None)
    assert ("client_secret" in form) == (style == "body")
    assert "x-app-token" not in asking.headers


def test_one_token_serves_a_whole_walk(clients: Clients) -> None:
    """A token is asked for once, and used for every page until it runs out."""
    replay = Replay(token("one"), page(held(1), has_more=True), page(held(2)))
    client = clients.client(replay, auth=oauth())
    assert len(list(client.customers.list_redeemables("c"))) == 2
    assert [request.url.path for request in replay.requests].count("/v1/oauth/token") == 1


def test_a_token_that_runs_out_in_mid_walk_is_renewed(clients: Clients) -> None:
    """After a 401 a new token is fetched once, and the walk goes on where it stood."""
    replay = Replay(
        token("one"),
        page(held(1), has_more=True),
        REFUSED,
        token("two"),
        page(held(2)),
    )
    client = clients.client(replay, auth=oauth())
    assert [one.id for one in client.customers.list_redeemables("c")] == ["rh_1", "rh_2"]
    sent = [request.headers.get("authorization") for request in replay.requests]
    assert sent == [None, "Bearer one", "Bearer one", None, "Bearer two"]
    assert replay.requests[4].url.params["starting_after_id"] == "rh_1"


def test_a_token_is_renewed_before_it_runs_out(clients: Clients) -> None:
    """A token that lives no longer is not tried: the next page has a new one."""
    first = token("one", expires_in=0)
    replay = Replay(first, page(held(1), has_more=True), token("two"), page(held(2)))
    client = clients.client(replay, auth=oauth())
    assert len(list(client.customers.list_redeemables("c"))) == 2
    assert replay.requests[3].headers["authorization"] == "Bearer two"


def test_a_new_token_that_is_refused_too_is_the_end(clients: Clients) -> None:
    """One renewal a call: what two tokens are refused is raised, and no third one fetched."""
    replay = Replay(token("one"), REFUSED, token("two"), REFUSED, token("three"))
    pager = clients.client(replay, auth=oauth()).customers.list_redeemables("c")
    with pytest.raises(Unauthorized):
        pager.first()
    assert len(replay.requests) == 4


def test_a_view_shares_the_token(clients: Clients) -> None:
    """`with_options` gives another view of the same client, token included."""
    replay = Replay(token("one"), page(), page())
    client = clients.client(replay, auth=oauth())
    client.customers.list_redeemables("c").first()
    client.with_options(timeout=5).customers.list_redeemables("c").first()
    assert len(replay.requests) == 3


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [("token.400", BadRequest, "invalid_scope"), ("token.401", Unauthorized, "unauthorized")],
)
def test_a_refused_token_call_says_so(
    clients: Clients, name: str, kind: type[Exception], code: str
) -> None:
    """When no token is given the call fails with the vendor's words about the token."""
    replay = Replay(recorded(name), recorded(name))
    pager = clients.client(replay, auth=oauth()).customers.list_redeemables("c")
    with pytest.raises(kind) as caught:
        pager.first()
    assert caught.value.code == code
    assert caught.value.operation == "voucherify.token"
    assert len(replay.requests) == 1


def test_an_answer_without_a_token_says_so(clients: Clients) -> None:
    """A token answer that lacks the token is the vendor's broken promise."""
    pager = clients.client(Replay(httpx.Response(200, json={})), auth=oauth()).customers
    with pytest.raises(MissingField, match="access_token"):
        pager.list_redeemables("c").first()


def test_a_bearer_token_of_ones_own_is_sent_as_it_is(clients: Clients) -> None:
    """A token that the caller has already is used without asking for one."""
    replay = Replay(page())
    client = clients.client(replay, auth=BearerToken("synthetic-bearer"))
    client.customers.list_redeemables("c").first()
    (request,) = replay.requests
    assert request.headers["authorization"] == "Bearer synthetic-bearer"
    assert "x-app-id" not in request.headers
