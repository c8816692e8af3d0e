"""ES Loyalty's token endpoint and its bearer tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock, bearer
from .caller import ESLoyaltyCaller

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def clock() -> MovableClock:
    """A clock to move."""
    return MovableClock(datetime(2026, 5, 1, tzinfo=UTC))


@pytest.fixture
def timed(clock: MovableClock, http: httpx.Client) -> Iterator[ESLoyaltyCaller]:
    """A caller of a sandbox that goes by the movable clock."""
    with Sandbox(now=clock) as sandbox:
        yield ESLoyaltyCaller(sandbox, http)


def body_form(sandbox: Sandbox) -> dict[str, str]:
    """The client's credentials as fields of the form."""
    arguments = sandbox.es_loyalty
    return {
        **GRANT,
        "client_id": arguments["client_id"],
        "client_secret": arguments["client_secret"],
    }


def basic(sandbox: Sandbox) -> tuple[str, str]:
    """The client's credentials for Basic auth."""
    arguments = sandbox.es_loyalty
    return arguments["client_id"], arguments["client_secret"]


def test_a_token_has_the_fields_of_the_standard(es_loyalty: ESLoyaltyCaller) -> None:
    """The answer is that of RFC 6749 and may not be stored."""
    answer = es_loyalty.token()
    token = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache, no-store, must-revalidate"
    assert list(token) == ["access_token", "token_type", "expires_in", "scope"]
    assert token["access_token"].startswith("sandbox-es-token-")
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert token["scope"] == "cux pos partner"


@pytest.mark.parametrize(
    ("style", "by_basic", "by_body"),
    [("any", 200, 200), ("basic", 200, 401), ("body", 401, 200)],
)
def test_the_style_of_client_authentication_is_configured(
    es_loyalty: ESLoyaltyCaller,
    style: Literal["any", "basic", "body"],
    by_basic: int,
    by_body: int,
) -> None:
    """The switch says whether Basic auth, the form or both are taken."""
    sandbox = es_loyalty.sandbox
    sandbox.turn(es_loyalty_client_auth=style)
    assert es_loyalty.token(GRANT, basic(sandbox)).status_code == by_basic
    assert es_loyalty.token(body_form(sandbox)).status_code == by_body


def test_credentials_in_two_places_are_refused(es_loyalty: ESLoyaltyCaller) -> None:
    """A client names itself once."""
    answer = es_loyalty.token(body_form(es_loyalty.sandbox), basic(es_loyalty.sandbox))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("auth", [None, ("sandbox-wrong", "sandbox-wrong")])
def test_an_unknown_client_is_refused(
    es_loyalty: ESLoyaltyCaller, auth: tuple[str, str] | None
) -> None:
    """Missing and wrong credentials are invalid_client under 401."""
    answer = es_loyalty.token(GRANT, auth)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"] == "Basic"


@pytest.mark.parametrize("header", ["Basic !", "Basic /w==", "Basic c2FuZGJveA==", "Bearer x"])
def test_a_header_that_is_no_basic_auth_is_refused(
    sandbox: Sandbox, http: httpx.Client, header: str
) -> None:
    """What cannot be read as a name and a secret is no client."""
    url = sandbox.es_loyalty["token_url"]
    answer = http.post(url, data=GRANT, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "cux,pos"}, "invalid_scope"),
        ({"audience": "x"}, "invalid_request"),
    ],
)
def test_a_bad_form_is_refused(
    es_loyalty: ESLoyaltyCaller, change: dict[str, str], error: str
) -> None:
    """Other grants, unknown scopes and unknown fields are errors of the standard."""
    answer = es_loyalty.token({**GRANT, **change}, basic(es_loyalty.sandbox))
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.json()["error_description"]


@pytest.mark.parametrize("content", ["", "scope=cux", "grant_type=a&grant_type=b"])
def test_a_form_with_each_field_once_is_needed(
    sandbox: Sandbox, http: httpx.Client, content: str
) -> None:
    """Nothing at all, a missing grant and a repeated one are invalid requests."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url = sandbox.es_loyalty["token_url"]
    answer = http.post(url, content=content, headers=headers, auth=basic(sandbox))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(("scope", "status"), [("cux", 200), ("pos cux", 200), ("pos", 403)])
def test_a_scope_opens_its_own_suite(es_loyalty: ESLoyaltyCaller, scope: str, status: int) -> None:
    """A token without the members' suite is forbidden by the gateway."""
    form = {**body_form(es_loyalty.sandbox), "scope": scope}
    token: dict[str, Any] = es_loyalty.token(form).json()
    es_loyalty.access_token = token["access_token"]
    assert token["scope"] == scope
    member = es_loyalty.sandbox.member.es_loyalty_account_id
    answer = es_loyalty.start(member, correlationId="sandbox-session")
    assert answer.status_code == status
    assert status == 200 or answer.json() == {"message": "Forbidden"}


@pytest.mark.parametrize(
    "headers", [{}, bearer("sandbox-wrong"), {"Authorization": "Basic c2FuZGJveA=="}]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/client/users/x/sessions"),
        ("GET", "/client/users/x/issuances"),
        ("GET", "/client/users/x/transactions/history/v2"),
    ],
)
def test_calls_need_a_token(
    es_loyalty: ESLoyaltyCaller, headers: dict[str, str], method: str, path: str
) -> None:
    """Without one, or with a wrong one, the gateway answers 401 in its own shape."""
    answer = es_loyalty(path, method=method, headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


@pytest.mark.parametrize("lifetime", [1.0, 60.0, 1800.0])
def test_a_token_ends_after_its_lifetime(
    timed: ESLoyaltyCaller, clock: MovableClock, lifetime: float
) -> None:
    """The switch says how long tokens live, and a dead one is a 401."""
    timed.sandbox.turn(es_loyalty_token_lifetime=lifetime)
    assert timed.token().json()["expires_in"] == lifetime
    timed.session(timed.sandbox.member)
    clock.advance(seconds=lifetime - 0.5)
    assert timed.history().status_code == 200
    clock.advance(seconds=0.5)
    assert timed.history().status_code == 401
    timed.access_token = None
    assert timed.history().status_code == 200


def test_all_tokens_can_be_ended_at_once(everyday: ESLoyaltyCaller) -> None:
    """A test can make every token stale; sessions go on."""
    assert everyday.issuances().status_code == 200
    everyday.sandbox.expire_tokens()
    assert everyday.issuances().status_code == 401
    everyday.access_token = None
    assert everyday.issuances().status_code == 200
