from __future__ import annotations

from typing import Any

import attrs
import httpx
import pytest

import loyalty_sdk
from loyalty_sdk import AsyncVoucherify, Model, Voucherify
from loyalty_sdk._core.reading.model import promised
from loyalty_sdk.auth import BearerToken
from loyalty_sdk.errors import (
    ClientClosed,
    InvalidArgument,
    MissingCredentials,
    NotFound,
    ServerError,
)
from loyalty_sdk.voucherify._wire import HOSTS

from .replay import KEYS, Clients, Replay, held, page, recorded


def sent_to(clients: Clients, **arguments: Any) -> httpx.Request:
    """The request that a client sends for its first page."""
    replay = Replay(page())
    clients.client(replay, **arguments).customers.list_redeemables("c").first()
    (request,) = replay.requests
    return request


# --- who asks


def test_keys_and_auth_together_are_refused() -> None:
    """There is one way to prove who one is; which of two was meant is not guessed."""
    bearer = BearerToken("synthetic-bearer")
    for given in ({"app_id": "a"}, {"app_token": "b"}, {"app_id": "a", "app_token": "b"}):
        for client in (Voucherify, AsyncVoucherify):
            with pytest.raises(InvalidArgument) as caught:
                client(auth=bearer, **given)
            assert caught.value.argument == "auth"


@pytest.mark.parametrize("client", [Voucherify, AsyncVoucherify])
@pytest.mark.parametrize(
    ("given", "argument", "variable"),
    [
        ({}, "app_id", "VOUCHERIFY_APP_ID"),
        ({"app_token": "b"}, "app_id", "VOUCHERIFY_APP_ID"),
        ({"app_id": "a"}, "app_token", "VOUCHERIFY_APP_TOKEN"),
    ],
)
def test_a_missing_key_is_named_with_its_variable(
    client: Any, given: Any, argument: str, variable: str
) -> None:
    """The error says which argument is missing, and which variable would do as well."""
    with pytest.raises(MissingCredentials) as caught:
        client(**given)
    assert argument in str(caught.value)
    assert variable in str(caught.value)


def test_keys_may_come_from_the_environment(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys that are not given are looked up; what is given wins over the environment."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "environment-id")
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "environment-token")
    request = sent_to(clients, app_id=None, app_token=None)
    assert request.headers["x-app-id"] == "environment-id"
    assert request.headers["x-app-token"] == "environment-token"
    request = sent_to(clients, app_id="given-id", app_token=None)
    assert request.headers["x-app-id"] == "given-id"
    assert request.headers["x-app-token"] == "environment-token"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing is not set."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "")
    with pytest.raises(MissingCredentials, match="VOUCHERIFY_APP_ID"):
        Voucherify(app_token="b")


def test_auth_wins_over_keys_in_the_environment(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys that only lie about in the environment are no contradiction to `auth`."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "environment-id")
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "environment-token")
    request = sent_to(clients, auth=BearerToken("synthetic-bearer"))
    assert request.headers["authorization"] == "Bearer synthetic-bearer"
    assert "x-app-id" not in request.headers


@pytest.mark.parametrize("auth", ["token", 5, {"app_id": "a"}])
def test_what_is_no_auth_value_is_refused(auth: Any) -> None:
    """Text in place of an auth value is refused at once."""
    with pytest.raises(InvalidArgument) as caught:
        Voucherify(auth=auth)
    assert caught.value.argument == "auth"


# --- where it goes


@pytest.mark.parametrize(
    ("arguments", "environment", "host"),
    [
        ({}, {}, "https://api.voucherify.io"),
        ({"region": "eu"}, {}, "https://api.voucherify.io"),
        ({"region": "us"}, {}, "https://us1.api.voucherify.io"),
        ({"region": "as"}, {}, "https://as1.api.voucherify.io"),
        ({}, {"REGION": "us"}, "https://us1.api.voucherify.io"),
        ({}, {"REGION": ""}, "https://api.voucherify.io"),
        ({"region": "as"}, {"REGION": "us"}, "https://as1.api.voucherify.io"),
        ({"base_url": "https://own.example.com"}, {}, "https://own.example.com"),
        ({"base_url": "https://own.example.com/"}, {}, "https://own.example.com"),
        ({"base_url": "https://own.example.com/a/b"}, {}, "https://own.example.com/a/b"),
        ({"base_url": "https://own.example.com", "region": "us"}, {}, "https://own.example.com"),
        ({}, {"BASE_URL": "https://env.example.com"}, "https://env.example.com"),
        (
            {"base_url": "https://own.example.com"},
            {"BASE_URL": "https://env.example.com", "REGION": "us"},
            "https://own.example.com",
        ),
        ({"base_url": "http://127.0.0.1:8080/voucherify"}, {}, "http://127.0.0.1:8080/voucherify"),
        (
            {"base_url": "http://own.example.com", "allow_http": True},
            {},
            "http://own.example.com",
        ),
    ],
)
def test_the_host_is_chosen(
    clients: Clients,
    monkeypatch: pytest.MonkeyPatch,
    arguments: Any,
    environment: dict[str, str],
    host: str,
) -> None:
    """A base URL wins over a region, and what is given wins over its variable."""
    for name, value in environment.items():
        monkeypatch.setenv(f"VOUCHERIFY_{name}", value)
    request = sent_to(clients, **arguments)
    assert str(request.url).partition("/v1/")[0] == host


@pytest.mark.parametrize("client", [Voucherify, AsyncVoucherify])
@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"region": "de"}, "region"),
        ({"region": "EU"}, "region"),
        ({"region": 5}, "region"),
        ({"region": ""}, "region"),
        ({"base_url": ""}, "base_url"),
        ({"base_url": "own.example.com"}, "base_url"),
        ({"base_url": "ftp://own.example.com"}, "base_url"),
        ({"base_url": "http://own.example.com"}, "base_url"),
        ({"base_url": "https://user:pass@own.example.com"}, "base_url"),
        ({"base_url": "https://own.example.com?a=b"}, "base_url"),
        ({"base_url": 5}, "base_url"),
        ({"timeout": 0}, "timeout"),
        ({"api_version": "two\nlines"}, "api_version"),
        ({"api_version": "versión"}, "api_version"),
        ({"api_version": 5}, "api_version"),
        ({"api_version": ""}, "api_version"),
    ],
)
def test_an_argument_that_cannot_be_used_is_refused(
    client: Any, arguments: Any, argument: str
) -> None:
    """A region, an address or a version that cannot be used is refused at once."""
    with pytest.raises(InvalidArgument) as caught:
        client(**KEYS, **arguments)
    assert caught.value.argument == argument


def test_a_wrong_region_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is checked like the argument that it stands for."""
    monkeypatch.setenv("VOUCHERIFY_REGION", "mars")
    with pytest.raises(InvalidArgument, match="eu, us, as"):
        Voucherify(**KEYS)


# --- headers


def test_every_request_says_who_is_calling(clients: Clients) -> None:
    """JSON is asked for, compressed if possible, by a caller who has a name."""
    headers = sent_to(clients).headers
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["x-voucherify-channel"] == "loyalty-sdk"
    assert headers["user-agent"] == f"loyalty-sdk/{loyalty_sdk.__version__}"
    assert "x-voucherify-api-version" not in headers
    assert "cookie" not in headers


def test_an_api_version_can_be_asked_for(clients: Clients) -> None:
    """Only who asks for a version of the API sends its header."""
    headers = sent_to(clients, api_version="v2018-08-01").headers
    assert headers["X-Voucherify-API-Version"] == "v2018-08-01"
    assert "x-voucherify-api-version" not in sent_to(clients).headers


@pytest.mark.parametrize("name", ["x-voucherify-channel", "X-Voucherify-Channel"])
def test_the_channel_can_be_named_otherwise(clients: Clients, name: str) -> None:
    """A header of the caller's takes the place of the SDK's, in whatever case it is written."""
    headers = sent_to(clients, headers={name: "my-shop"}).headers
    assert headers.get_list("x-voucherify-channel") == ["my-shop"]


def test_a_view_has_headers_of_its_own(clients: Clients) -> None:
    """`with_options` sends more headers without changing the client it comes from."""
    replay = Replay(page(), page())
    client = clients.client(replay)
    client.with_options(headers={"x-trace": "1"}).customers.list_redeemables("c").first()
    client.customers.list_redeemables("c").first()
    assert [request.headers.get("x-trace") for request in replay.requests] == ["1", None]


# --- any other call


@attrs.frozen(kw_only=True, weakref_slot=False)
class Campaigns(Model):
    data_ref: str = promised()
    total: int | None = None


def test_a_call_that_the_sdk_does_not_have(clients: Clients) -> None:
    """`request` gives parsed JSON, with the client's credentials and headers."""
    replay = Replay(recorded("request.200"))
    answer = clients.client(replay).request(
        "get", "v1", "campaigns", params={"limit": 1, "a": None}
    )
    assert answer["campaigns"][0]["vouchers_count"] == 100
    (request,) = replay.requests
    assert (request.method, str(request.url)) == (
        "GET",
        "https://api.voucherify.io/v1/campaigns?limit=1",
    )
    assert request.headers["x-app-id"] == "synthetic-app-id"


def test_a_call_into_a_model(clients: Clients) -> None:
    """`into` reads the answer into a model of the caller's own."""
    campaigns = clients.client(Replay(recorded("request.200"))).request(
        "GET", "v1", "campaigns", into=Campaigns
    )
    assert (campaigns.data_ref, campaigns.total) == ("campaigns", 1)
    assert campaigns.extra["campaigns"][0]["id"] == "camp_synthetic1"


def test_a_body_is_sent_as_json(clients: Clients) -> None:
    """A body goes out as JSON with its type, and an empty answer is `None`."""
    replay = Replay(httpx.Response(204))
    answer = clients.client(replay).request("POST", "v1", "events", json={"event": "synthetic"})
    assert answer is None
    (request,) = replay.requests
    assert request.headers["content-type"] == "application/json"
    assert request.content == b'{"event":"synthetic"}'


def test_another_call_has_the_same_errors_and_retries(clients: Clients) -> None:
    """Only a call that is said to be repeatable is repeated after a failure of the vendor."""
    client = clients.client(Replay(recorded("customers.list_redeemables.404")))
    with pytest.raises(NotFound) as caught:
        client.request("GET", "v1", "campaigns", "none")
    assert caught.value.operation == "voucherify.request"
    failure = httpx.Response(500)
    once = Replay(failure, recorded("request.200"))
    with pytest.raises(ServerError):
        clients.client(once).request("POST", "v1", "redemptions", json={})
    again = Replay(failure, recorded("request.200"))
    assert clients.client(again).request("GET", "v1", "campaigns", repeatable=True)["total"] == 1


@pytest.mark.parametrize("part", ["", "..", "a\nb", None])
def test_a_part_of_a_path_is_checked(clients: Clients, part: Any) -> None:
    """Each part of a path is one segment, or the call is refused."""
    with pytest.raises(InvalidArgument):
        clients.client(Replay()).request("GET", "v1", part)


# --- the client as a thing


def test_raw_is_the_same_surface(clients: Clients) -> None:
    """`raw` offers the same nouns, over the same connections and credentials."""
    replay = Replay(page(held(1)))
    client = clients.client(replay)
    assert repr(client.raw) == f"<VoucherifySurface at {HOSTS['eu']}>"
    assert client.raw.customers.list_redeemables("c").first().id == "rh_1"
    assert replay.requests[0].headers["x-app-id"] == "synthetic-app-id"


def test_a_client_is_described_without_its_keys(clients: Clients) -> None:
    """The repr says where a client goes, and not by which keys."""
    shown = repr(clients.client(region="us"))
    assert "https://us1.api.voucherify.io" in shown
    assert "synthetic" not in shown


def test_a_closed_client_makes_no_calls(clients: Clients) -> None:
    """After closing, calls raise; closing twice does no harm."""
    client = clients.client(Replay(page()))
    clients.close(client)
    clients.close(client)
    with pytest.raises(ClientClosed):
        client.customers.list_redeemables("c").first()


def test_a_view_keeps_the_client_open(clients: Clients) -> None:
    """Closing a view closes nothing; the client and its other views go on."""
    client = clients.client(Replay(page(held(1))))
    view = client.with_options(timeout=5)
    clients.close(view)
    assert client.customers.list_redeemables("c").first().id == "rh_1"


def test_what_is_misspelt_is_answered_with_what_there_is(clients: Clients) -> None:
    """An attribute that the surface does not have names those it has."""
    with pytest.raises(AttributeError, match="customers"):
        clients.client().costumers  # noqa: B018


def test_a_region_that_is_given_goes_before_a_host_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The environment fills in what the program leaves out, and no more."""
    monkeypatch.setenv("VOUCHERIFY_BASE_URL", "https://own.example.com")
    assert "own.example.com" in repr(Voucherify(app_id="a", app_token="b"))
    assert "us1.api" in repr(Voucherify(app_id="a", app_token="b", region="us"))
