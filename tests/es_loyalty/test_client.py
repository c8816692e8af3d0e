from __future__ import annotations

import inspect
import itertools
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from loyalty_sdk import Answer, es_loyalty
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.errors import InvalidArgument, MissingCredentials, Unauthorized
from loyalty_sdk.es_loyalty import AsyncESLoyalty, ESLoyalty

from .helpers import BASE, SESSION, recorded

TOKEN_URL = "https://login.example.com/oauth2/token"
ASKING = {"token_url": TOKEN_URL, "client_id": "an-id", "client_secret": "a-secret"}
BOTH = pytest.mark.parametrize("client", [ESLoyalty, AsyncESLoyalty])


@pytest.fixture
def token_route(router: Any) -> Any:
    """Where tokens are given out, each time another one."""
    count = itertools.count(1)

    def token(_: Any) -> httpx.Response:
        given = recorded("token.200").json()
        return httpx.Response(200, json={**given, "access_token": f"token-{next(count)}"})

    return router.post(TOKEN_URL).mock(side_effect=token)


@pytest.fixture
def list_route(router: Any) -> Any:
    """The list of issuances, with nothing in it."""
    return router.get(path__regex="issuances$").mock(
        side_effect=lambda _: recorded("issuances.list.200-empty")
    )


def test_a_bearer_token_is_sent(colour: Any, make: Any, list_route: Any) -> None:
    """One that the caller has already."""
    colour(make(token="synthetic-bearer").issuances.list(SESSION))
    headers = list_route.calls.last.request.headers
    assert headers["authorization"] == "Bearer synthetic-bearer"
    assert headers["accept"] == "application/json"


def test_client_credentials_get_a_token(
    colour: Any, make: Any, token_route: Any, list_route: Any
) -> None:
    """Once for many calls, by HTTP Basic unless something else is said."""
    es = make(**ASKING)
    for _ in range(2):
        colour(es.issuances.list(SESSION))
    assert token_route.call_count == 1
    asked = token_route.calls.last.request
    assert asked.headers["authorization"].startswith("Basic ")
    assert parse_qs(asked.content.decode()) == {"grant_type": ["client_credentials"]}
    sent = list_route.calls.last.request.headers["authorization"]
    assert sent == "Bearer token-1"


def test_scope_and_style_can_be_chosen(
    colour: Any, make: Any, token_route: Any, list_route: Any
) -> None:
    """In the body instead of a header, for a scope."""
    colour(make(**ASKING, scope="read write", style="body").issuances.list(SESSION))
    asked = token_route.calls.last.request
    assert "authorization" not in asked.headers
    assert parse_qs(asked.content.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["read write"],
        "client_id": ["an-id"],
        "client_secret": ["a-secret"],
    }


def test_everything_can_come_from_the_environment(
    colour: Any,
    make: Any,
    token_route: Any,
    list_route: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each variable stands for the argument of its name."""
    monkeypatch.setenv("ES_LOYALTY_BASE_URL", BASE)
    monkeypatch.setenv("ES_LOYALTY_TOKEN_URL", TOKEN_URL)
    monkeypatch.setenv("ES_LOYALTY_CLIENT_ID", "an-id")
    monkeypatch.setenv("ES_LOYALTY_CLIENT_SECRET", "a-secret")
    monkeypatch.setenv("ES_LOYALTY_SCOPE", "read")
    colour(make(None).issuances.list(SESSION))
    assert str(list_route.calls.last.request.url).startswith(f"{BASE}/client/")
    assert parse_qs(token_route.calls.last.request.content.decode())["scope"] == ["read"]


def test_a_token_from_the_environment_goes_first(
    colour: Any, make: Any, list_route: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the variables by which one would be got."""
    monkeypatch.setenv("ES_LOYALTY_TOKEN", "from-the-environment")
    monkeypatch.setenv("ES_LOYALTY_CLIENT_ID", "an-id")
    colour(make().issuances.list(SESSION))
    sent = list_route.calls.last.request.headers["authorization"]
    assert sent == "Bearer from-the-environment"


def test_arguments_go_before_the_environment(
    colour: Any,
    make: Any,
    token_route: Any,
    list_route: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A token in the environment does not get in the way of credentials that were given."""
    monkeypatch.setenv("ES_LOYALTY_TOKEN", "from-the-environment")
    monkeypatch.setenv("ES_LOYALTY_CLIENT_SECRET", "a-secret")
    colour(make(token_url=TOKEN_URL, client_id="an-id").issuances.list(SESSION))
    assert token_route.called


def test_auth_is_used_as_given(colour: Any, make: Any, list_route: Any) -> None:
    """In place of everything else, the environment included."""
    colour(make(auth=BearerToken("given")).issuances.list(SESSION))
    assert list_route.calls.last.request.headers["authorization"] == "Bearer given"


@BOTH
@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({"auth": BearerToken("t"), "token": "t"}, "auth"),
        ({"auth": BearerToken("t"), "client_id": "a"}, "auth"),
        ({"auth": BearerToken("t"), "scope": "a"}, "auth"),
        ({"auth": ClientCredentials(TOKEN_URL, "a", "b"), "style": "body"}, "auth"),
        ({"token": "t", "token_url": TOKEN_URL}, "token"),
        ({"token": "t", "scope": "a"}, "token"),
        ({**ASKING, "style": "loud"}, "style"),
        ({"token": " "}, "token"),
        ({"token": "t", "base_url": f"{BASE}/client"}, "base_url"),
        ({"token": "t", "base_url": f"{BASE}/client/"}, "base_url"),
        ({"token": "t", "base_url": "http://es.example.com"}, "base_url"),
        ({"token": "t", "base_url": 7}, "base_url"),
    ],
)
def test_what_cannot_be_used_is_refused(client: Any, given: Any, argument: str) -> None:
    """Two ways to prove who one is, above all: which one was meant is not guessed."""
    with pytest.raises(InvalidArgument) as caught:
        client(**{"base_url": BASE, **given})
    assert caught.value.argument == argument


@BOTH
@pytest.mark.parametrize(
    ("given", "argument", "variable"),
    [
        ({"token": "t"}, "base_url", "ES_LOYALTY_BASE_URL"),
        ({"base_url": BASE}, "token_url", "ES_LOYALTY_TOKEN_URL"),
        ({"base_url": BASE}, "no token", "ES_LOYALTY_TOKEN"),
        ({"base_url": BASE, "token_url": TOKEN_URL}, "client_id", "ES_LOYALTY_CLIENT_ID"),
        (
            {"base_url": BASE, "token_url": TOKEN_URL, "client_id": "a"},
            "client_secret",
            "ES_LOYALTY_CLIENT_SECRET",
        ),
    ],
)
def test_what_is_missing_is_named(client: Any, given: Any, argument: str, variable: str) -> None:
    """With its argument and with its variable."""
    with pytest.raises(MissingCredentials) as caught:
        client(**given)
    assert argument in str(caught.value)
    assert variable in str(caught.value)


def test_a_refused_token_is_renewed_once(
    colour: Any, make: Any, router: Any, token_route: Any
) -> None:
    """The gateway's 401 means the token; the call is sent again with a new one."""
    route = router.get(path__regex="issuances$").mock(
        side_effect=[recorded("issuances.list.401-gateway"), recorded("issuances.list.200")]
    )
    assert len(colour(make(**ASKING).issuances.list(SESSION))) == 3
    assert (token_route.call_count, route.call_count) == (2, 2)
    assert route.calls.last.request.headers["authorization"] == "Bearer token-2"


def test_a_token_that_stays_refused_is_an_error(
    colour: Any, make: Any, router: Any, token_route: Any
) -> None:
    """One renewal is all there is."""
    route = router.get(path__regex="issuances$").mock(
        side_effect=lambda _: recorded("issuances.list.401-gateway")
    )
    with pytest.raises(Unauthorized, match="Unauthorized") as caught:
        colour(make(**ASKING).issuances.list(SESSION))
    assert caught.value.code is None
    assert (token_route.call_count, route.call_count) == (2, 2)


def test_a_business_401_renews_nothing(
    colour: Any, make: Any, router: Any, token_route: Any
) -> None:
    """It has an `errorCode`: the token is as good as before."""
    route = router.get(path__regex="issuances$").mock(
        return_value=recorded("issuances.list.401-business")
    )
    with pytest.raises(Unauthorized):
        colour(make(**ASKING).issuances.list(SESSION))
    assert (token_route.call_count, route.call_count) == (1, 1)


def test_raw_calls_give_the_response_too(colour: Any, es: Any, answers: Any) -> None:
    """`.raw` has the same calls."""
    answers("issuances.list.200", "sessions.start.200")
    answer = colour(es.raw.issuances.list(SESSION))
    assert isinstance(answer, Answer)
    assert len(answer.data) == 3
    assert answer.response.headers["x-amzn-requestid"].endswith("0001")
    assert colour(es.raw.sessions.start("a")).data.account_id == "acc-synthetic-1"
    assert es.raw.transactions.history(SESSION) is not None


def test_calls_that_the_sdk_does_not_have(colour: Any, es: Any, answers: Any) -> None:
    """`request` adds nothing to the path, and reads into any model."""
    route = answers("issuances.list.200-single")
    issuance = colour(
        es.request("GET", "client", "users", SESSION, "one", into=es_loyalty.Issuance)
    )
    assert issuance.issuance_code == "WELCOME-1"
    assert route.calls.last.request.url == f"{BASE}/client/users/{SESSION}/one"


def test_both_clients_take_the_same() -> None:
    """One signature but for the networking, and every option by name."""
    common = {"transport", "http_client", "sockets"}
    blocking, other = (
        {k: p.kind for k, p in inspect.signature(c).parameters.items() if k not in common}
        for c in (ESLoyalty, AsyncESLoyalty)
    )
    assert blocking == other
    assert next(iter(blocking)) == "base_url"
    assert {"timeout", "deadline", "token_url", "style"} <= set(blocking)


def test_a_client_shows_no_secret(make: Any) -> None:
    """Only where it goes."""
    assert "synthetic" not in repr(make(token="synthetic-bearer"))


def test_public_names_are_sorted_and_there() -> None:
    """`__all__` is what a user may import."""
    assert es_loyalty.__all__ == sorted(es_loyalty.__all__)
    for name in es_loyalty.__all__:
        assert getattr(es_loyalty, name) is not None
