"""Voucherify's OAuth calls over their socket."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock, VoucherifyCaller, app_headers, bearer


def test_a_token_has_the_documented_fields(voucherify: VoucherifyCaller) -> None:
    """A token says whose it is, for what, and when it ends."""
    before = datetime.now(UTC).timestamp()
    token = voucherify.token("customers campaigns").json()
    assert list(token) == [
        "access_token",
        "client_id",
        "expires_at",
        "expires_in",
        "scope",
        "token_type",
    ]
    assert token["access_token"].startswith("sandbox-token-")
    assert token["client_id"] == voucherify.sandbox.voucherify_oauth["client_id"]
    assert token["expires_in"] == 900
    assert before + 899 <= token["expires_at"] <= before + 905
    assert token["scope"] == "customers campaigns"
    assert token["token_type"] == "Bearer"


@pytest.mark.parametrize(
    ("scope", "redeemables", "campaigns"),
    [
        ("api", 200, 200),
        ("customers", 200, 403),
        ("campaigns", 403, 200),
        ("vouchers client_customers", 403, 403),
        ("vouchers customers", 200, 403),
    ],
)
def test_a_scope_opens_its_own_calls(
    voucherify: VoucherifyCaller, scope: str, redeemables: int, campaigns: int
) -> None:
    """A token is good for the calls of its scopes, and 403 elsewhere."""
    headers = bearer(voucherify.token(scope).json()["access_token"])
    member = voucherify.sandbox.member.voucherify_customer_id
    answer = voucherify(f"/v1/customers/{member}/redeemables", headers=headers)
    assert answer.status_code == redeemables
    assert voucherify("/v1/campaigns", headers=headers).status_code == campaigns


@pytest.mark.parametrize("scope", ["customers,campaigns", "everything", "customers  campaigns"])
def test_a_bad_scope_is_refused(voucherify: VoucherifyCaller, scope: str) -> None:
    """Commas and unknown words give 400 invalid_scope."""
    answer = voucherify.token(scope)
    assert answer.status_code == 400
    assert answer.json()["key"] == "invalid_scope"


@pytest.mark.parametrize(
    "data",
    [
        {"grant_type": "client_credentials"},
        {"scope": "api"},
        {"grant_type": "password", "scope": "api"},
        {"grant_type": "client_credentials", "scope": ""},
        {"grant_type": "client_credentials", "scope": "api", "project_id": "x"},
    ],
)
def test_a_bad_token_form_is_refused(voucherify: VoucherifyCaller, data: dict[str, str]) -> None:
    """Missing, wrong and unknown fields give 400 invalid_payload."""
    answer = voucherify("/v1/oauth/token", method="POST", data=data)
    assert answer.status_code == 400
    assert answer.json()["key"] == "invalid_payload"


def test_a_token_needs_keys_and_a_form(voucherify: VoucherifyCaller, http: httpx.Client) -> None:
    """Without app headers it is a 401, and a JSON body is a 415."""
    oauth = voucherify.sandbox.voucherify_oauth
    form = {"grant_type": "client_credentials", "scope": "api"}
    assert http.post(oauth["token_url"], data=form).status_code == 401
    basic = (oauth["client_id"], oauth["client_secret"])
    assert http.post(oauth["token_url"], data=form, auth=basic).status_code == 401
    headers = app_headers(voucherify.sandbox.voucherify)
    assert http.post(oauth["token_url"], json=form, headers=headers).status_code == 415
    twice = "grant_type=client_credentials&scope=api&scope=api"
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert http.post(oauth["token_url"], content=twice, headers=headers).status_code == 400


def test_a_weak_key_gives_a_weak_token(voucherify: VoucherifyCaller) -> None:
    """A token of keys without permissions has none either."""
    answer = voucherify(
        "/v1/oauth/token",
        method="POST",
        headers=app_headers(voucherify.sandbox.voucherify_powerless),
        data={"grant_type": "client_credentials", "scope": "api"},
    )
    headers = bearer(answer.json()["access_token"])
    assert voucherify("/v1/campaigns", headers=headers).status_code == 403


def test_version_two_takes_basic_and_a_project(
    voucherify: VoucherifyCaller, http: httpx.Client
) -> None:
    """The v2 token call takes Basic auth, a project and permission codes."""
    oauth = voucherify.sandbox.voucherify_oauth_v2
    form = {
        "grant_type": "client_credentials",
        "scope": "customers.details.read",
        "project_id": oauth["project_id"],
    }
    basic = (oauth["client_id"], oauth["client_secret"])
    answer = http.post(oauth["token_url"], data=form, auth=basic)
    headers = bearer(answer.json()["access_token"])
    member = voucherify.sandbox.member.voucherify_customer_id
    assert voucherify(f"/v1/customers/{member}", headers=headers).status_code == 200
    assert voucherify("/v1/campaigns", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"project_id": "another"}, 400),
        ({"scope": "customers"}, 400),
        ({"grant_type": "implicit"}, 400),
    ],
)
def test_version_two_refuses_what_it_does_not_know(
    sandbox: Sandbox, http: httpx.Client, change: dict[str, str], status: int
) -> None:
    """A foreign project, a v1 scope and another grant are errors."""
    oauth = sandbox.voucherify_oauth_v2
    form = {
        "grant_type": "client_credentials",
        "scope": "campaigns.read",
        "project_id": oauth["project_id"],
        **change,
    }
    basic = (oauth["client_id"], oauth["client_secret"])
    assert http.post(oauth["token_url"], data=form, auth=basic).status_code == status


@pytest.mark.parametrize(
    "authorization", [None, "Basic !", "Basic c2FuZGJveA==", "Bearer c2FuZGJveA==", "Basic /w=="]
)
def test_version_two_needs_the_service_key(
    sandbox: Sandbox, http: httpx.Client, authorization: str | None
) -> None:
    """Anything but the service key in a Basic header is a 401."""
    headers = {} if authorization is None else {"Authorization": authorization}
    url = sandbox.voucherify_oauth_v2["token_url"]
    assert http.post(url, headers=headers, data={}).status_code == 401


@pytest.mark.parametrize("lifetime", [0.0, 60.0, 900.0])
def test_a_token_ends_after_its_lifetime(lifetime: float) -> None:
    """The switch says how long tokens live, and a dead one is a 401."""
    clock = MovableClock(datetime(2026, 5, 1, tzinfo=UTC))
    with (
        Sandbox(now=clock, voucherify_token_lifetime=lifetime) as sandbox,
        httpx.Client(trust_env=False) as client,
    ):
        call = VoucherifyCaller(sandbox, client)
        token = call.token("api").json()
        headers = bearer(token["access_token"])
        assert token["expires_in"] == lifetime
        clock.advance(seconds=lifetime - 1)
        alive = 200 if lifetime else 401
        clock.advance(seconds=0 if lifetime else 1)
        assert call("/v1/campaigns", headers=headers).status_code == alive
        clock.advance(seconds=1)
        assert call("/v1/campaigns", headers=headers).status_code == 401
        assert call.token("api").status_code == 200


def test_all_tokens_can_be_ended_at_once(voucherify: VoucherifyCaller) -> None:
    """A test can make every token stale."""
    headers = bearer(voucherify.token("api").json()["access_token"])
    assert voucherify("/v1/campaigns", headers=headers).status_code == 200
    voucherify.sandbox.expire_tokens()
    assert voucherify("/v1/campaigns", headers=headers).status_code == 401


def test_a_token_can_be_introspected_and_revoked(voucherify: VoucherifyCaller) -> None:
    """A living token is described, revoking ends it, and a dead one is only not active."""
    token = voucherify.token("campaigns").json()
    form = {"access_token": token["access_token"]}

    def introspect() -> Any:
        return voucherify("/v1/oauth/introspect", method="POST", data=form).json()

    description = introspect()
    assert description["active"] is True
    assert description["client_id"] == token["client_id"]
    assert description["scope"] == "campaigns"
    assert description["exp"] == token["expires_at"]
    revoked = voucherify("/v1/oauth/token/revoke", method="POST", data=form)
    assert (revoked.status_code, revoked.content) == (204, b"")
    assert introspect() == {"active": False}
    assert voucherify("/v1/campaigns", headers=bearer(token["access_token"])).status_code == 401
    again = voucherify("/v1/oauth/token/revoke", method="POST", data=form)
    assert (again.status_code, again.content) == (404, b"")


@pytest.mark.parametrize("path", ["/v1/oauth/introspect", "/v1/oauth/token/revoke"])
def test_introspection_and_revocation_need_keys_and_a_token(
    voucherify: VoucherifyCaller, path: str
) -> None:
    """Both calls are closed to strangers and refuse an empty form."""
    form = {"access_token": "x"}
    assert voucherify(path, method="POST", headers={}, data=form).status_code == 401
    assert voucherify(path, method="POST", data={"token": "x"}).status_code == 400
