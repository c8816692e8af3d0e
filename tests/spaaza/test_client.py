from __future__ import annotations

import logging
from typing import Any

import attrs
import pytest
from conftest import Colour

from loyalty_sdk import AsyncSpaaza, Model, Spaaza
from loyalty_sdk.auth import BearerToken
from loyalty_sdk.errors import (
    APIError,
    InvalidArgument,
    LoyaltyError,
    MissingCredentials,
    PermissionDenied,
    ServerError,
)
from loyalty_sdk.spaaza import AdminSession

from .replay import CHAIN, TOKEN, Replay, page, recorded, voucher


def sent_with(replay: Replay, colour: Colour, **arguments: Any) -> Any:
    """The request of one call of a client made with these arguments."""
    colour.items(replay.bare(colour, **arguments).vouchers.list(CHAIN))
    return replay.requests[-1]


# --- credentials and the environment


def test_a_token_is_made_of_arguments(colour: Colour) -> None:
    """Id, secret and app may be given without an auth value."""
    arguments = {"token_id": "id", "token_secret": "secret", "app_hostname": "acme.example"}
    request = sent_with(Replay(page()), colour, **arguments)
    assert request.headers["authorization"] == "Bearer id:secret"
    assert request.headers["x-spaaza-myprice-app-hostname"] == "acme.example"


def test_a_token_is_found_in_the_environment(
    colour: Colour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is not given is taken from the four variables; what is given wins."""
    for name, value in {
        "TOKEN_ID": "env-id",
        "TOKEN_SECRET": "env-secret",
        "APP_HOSTNAME": "env.example",
        "BASE_URL": "https://env.example.com/",
    }.items():
        monkeypatch.setenv(f"SPAAZA_{name}", value)
    request = sent_with(Replay(page()), colour)
    assert request.headers["authorization"] == "Bearer env-id:env-secret"
    assert request.headers["x-spaaza-myprice-app-hostname"] == "env.example"
    assert str(request.url).startswith("https://env.example.com/get-vouchers?")
    request = sent_with(
        Replay(page()),
        colour,
        token_id="id",
        app_hostname="own.example",
        base_url="https://own.example.com",
    )
    assert request.headers["authorization"] == "Bearer id:env-secret"
    assert request.headers["x-spaaza-myprice-app-hostname"] == "own.example"
    assert request.url.host == "own.example.com"
    request = sent_with(Replay(page()), colour, auth=AdminSession(1, "key"))
    assert "authorization" not in request.headers
    assert "x-spaaza-myprice-app-hostname" not in request.headers


@pytest.mark.parametrize("missing", ["token_id", "token_secret"])
def test_a_missing_credential_names_both_places(missing: str, colour: Colour) -> None:
    """The error says which argument and which variable; an empty variable is none."""
    given = {"token_id": "id", "token_secret": "secret"}
    del given[missing]
    with pytest.raises(MissingCredentials, match=rf"{missing}.*SPAAZA_{missing.upper()}"):
        Replay().bare(colour, **given)


@pytest.mark.parametrize("argument", ["token_id", "token_secret", "app_hostname"])
@pytest.mark.parametrize("auth", [TOKEN, None])
def test_auth_goes_with_no_part_of_a_token(argument: str, auth: Any, colour: Colour) -> None:
    """Two identities at once are refused by the argument's name."""
    with pytest.raises(InvalidArgument) as caught:
        Replay().bare(colour, auth=auth, **{argument: "x"})
    assert caught.value.argument == argument


@pytest.mark.parametrize("auth", ["token", 5, object(), BearerToken])
def test_only_auth_values_are_auth(auth: Any, colour: Colour) -> None:
    """Anything else is refused at once."""
    with pytest.raises(InvalidArgument) as caught:
        Replay().bare(colour, auth=auth)
    assert caught.value.argument == "auth"


def test_no_auth_is_for_logging_in_only(colour: Colour) -> None:
    """`auth=None` sends no credentials, and every other call says that it needs some."""
    replay = Replay(recorded("sessions.login.200"))
    client = replay.bare(colour, auth=None)
    for call in (
        lambda: colour.items(client.vouchers.list(CHAIN)),
        lambda: colour(client.sessions.logout()),
        lambda: colour(client.request("GET", "get-campaigns")),
    ):
        with pytest.raises(MissingCredentials):
            call()
    assert replay.requests == []
    colour(client.sessions.login("staff@example.com", "hush"))
    assert len(replay.requests) == 1


# --- where and in which version


def test_production_is_the_default(colour: Colour) -> None:
    """Without a base URL, production is asked."""
    request = sent_with(Replay(page()), colour, auth=TOKEN)
    assert str(request.url).startswith("https://api0.spaaza.com/get-vouchers?")


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://apistage0.spaaza.com", "https://apistage0.spaaza.com/get-vouchers"),
        ("https://apistage0.spaaza.com/", "https://apistage0.spaaza.com/get-vouchers"),
        (
            "https://proxy.example:8443/spaaza/v1/",
            "https://proxy.example:8443/spaaza/v1/get-vouchers",
        ),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/get-vouchers"),
    ],
)
def test_the_base_url_is_a_prefix(base_url: str, url: str, colour: Colour) -> None:
    """Other hosts, ports and prefixes are possible; plain http is for this machine."""
    request = sent_with(Replay(page()), colour, auth=TOKEN, base_url=base_url)
    assert str(request.url).partition("?")[0] == url


@pytest.mark.parametrize(
    "base_url", ["", " ", "api0.spaaza.com", "ftp://x", "http://api0.spaaza.com", "https://a@b/"]
)
def test_bad_base_urls_are_refused(base_url: str, colour: Colour) -> None:
    """An empty one does not silently mean production."""
    with pytest.raises(InvalidArgument) as caught:
        Replay().bare(colour, auth=TOKEN, base_url=base_url)
    assert caught.value.argument == "base_url"


@pytest.mark.parametrize("version", ["1.6.3", "1.4.1", "2.0.0", "10.20.30"])
def test_a_version_is_asked_for(version: str, colour: Colour) -> None:
    """The header says which version the application was written for."""
    request = sent_with(Replay(page()), colour, auth=TOKEN, api_version=version)
    assert request.headers["x-spaaza-api-version"] == version


def test_no_version_is_asked_for(colour: Colour) -> None:
    """`None` sends no header at all."""
    request = sent_with(Replay(page()), colour, auth=TOKEN, api_version=None)
    assert "x-spaaza-api-version" not in request.headers


@pytest.mark.parametrize("version", ["", "1.6.", "v1", "1.6.3\r\nx: y", "1.6.3 ", "é", 1.6, 163])
def test_bad_versions_are_refused(version: Any, colour: Colour) -> None:
    """What is no version never becomes a header."""
    with pytest.raises(InvalidArgument) as caught:
        Replay().bare(colour, auth=TOKEN, api_version=version)
    assert caught.value.argument == "api_version"


# --- calls that the SDK does not have


@attrs.frozen(kw_only=True, weakref_slot=False)
class Thing(Model):
    id: str | None = None
    title: str | None = None


def test_any_call_can_be_made(colour: Colour) -> None:
    """`request` sends what it is told, with credentials, and gives the whole JSON."""
    replay = Replay(recorded("request.200"))
    given = replay.client(colour).request("get", "get-campaigns", params={"chain_id": 1, "x": None})
    body = colour(given)
    assert body["results"]["campaigns"][0]["id"] == 12
    [request] = replay.requests
    assert request.method == "GET"
    assert str(request.url) == "https://api0.spaaza.com/get-campaigns?chain_id=1"
    assert request.headers["authorization"] == "Bearer synthetic-id:synthetic-secret"


@pytest.mark.parametrize(
    ("name", "title"),
    [("request.200-data", "Synthetic group"), ("request.200-no_envelope", "Synthetic note")],
)
def test_any_envelope_is_opened_for_a_model(name: str, title: str, colour: Colour) -> None:
    """A model is read from `results`, from `data`, or from a body without an envelope."""
    client = Replay(recorded(name)).client(colour)
    read = colour(client.request("GET", "any", into=Thing))
    assert read.title == title


def test_errors_of_any_call_are_the_same(colour: Colour) -> None:
    """Errors under their status and inside a 200 are told apart like everywhere."""
    for name, status in (("request.403", 403), ("vouchers.list.200-error", 200)):
        replay = Replay(recorded(name))
        with pytest.raises(PermissionDenied) as caught:
            colour(replay.client(colour).request("POST", "any", json={"a": 1}))
        assert caught.value.status == status
        assert caught.value.operation == "spaaza.request"


@pytest.mark.parametrize(("repeatable", "sent"), [(False, 1), (True, 3)])
def test_a_request_is_repeated_only_when_told(repeatable: bool, sent: int, colour: Colour) -> None:
    """Nobody but the caller knows whether an unknown call may be sent twice."""
    replay = Replay(*[recorded("vouchers.list.502")] * 3)
    with pytest.raises(ServerError):
        colour(replay.client(colour).request("POST", "any", repeatable=repeatable))
    assert len(replay.requests) == sent


# --- nothing secret shows


def test_secrets_and_people_stay_out_of_errors_and_logs(
    colour: Colour, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the error nor the log shows a token, a key or whose vouchers were asked for."""
    caplog.set_level(logging.DEBUG)
    replay = Replay(recorded("vouchers.list.403"))
    client = replay.client(colour)
    with pytest.raises(APIError) as caught:
        colour.items(client.vouchers.list(CHAIN, username="ida@example.com"))
    shown = f"{caught.value!r} {caught.value} {caught.value.request} {client!r} {caplog.text}"
    assert "spaaza.vouchers.list" in caplog.text
    assert "synthetic-secret" not in shown
    assert "synthetic-id" not in shown
    assert "ida" not in shown
    assert "chain_id=1743" in shown


def test_a_vendor_that_repeats_a_secret_is_not_quoted(colour: Colour) -> None:
    """A description with the token in it is masked."""
    answer = recorded("vouchers.list.403")
    text = answer.text.replace("insufficient permissions", "synthetic-id:synthetic-secret")
    replay = Replay(type(answer)(403, text=text))
    with pytest.raises(LoyaltyError) as caught:
        colour.items(replay.client(colour).vouchers.list(CHAIN))
    assert "synthetic-secret" not in str(caught.value)
    assert "***" in str(caught.value)


def test_both_colours_offer_the_same() -> None:
    """The two clients have the same nouns, and take the same arguments."""
    public = [{name for name in dir(kind) if name[0] != "_"} for kind in (Spaaza, AsyncSpaaza)]
    assert public[0] ^ public[1] == {"close", "aclose"}
    assert {"sessions", "vouchers", "request", "raw", "with_options"} <= public[0]


def test_views_share_the_connection_and_change_the_rest(colour: Colour) -> None:
    """`with_options` gives the same client with other headers."""
    replay = Replay(page(voucher(1)), page(voucher(1)))
    client = replay.client(colour)
    dutch = client.with_options(headers={"accept-language": "nl-NL"})
    for one in (client, dutch):
        colour.items(one.vouchers.list(CHAIN))
    assert [request.headers.get("accept-language") for request in replay.requests] == [
        None,
        "nl-NL",
    ]
