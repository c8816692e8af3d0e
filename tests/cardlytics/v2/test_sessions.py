"""How sessions are started, renewed and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
import respx

from loyalty_sdk import Secret
from loyalty_sdk.cardlytics.v2 import (
    NO_USER_AVAILABLE,
    CustomerSession,
    InstitutionSession,
    RewardsSession,
)
from loyalty_sdk.errors import (
    BadRequest,
    ConnectionLost,
    InvalidArgument,
    MissingCredentials,
    MissingField,
    PermissionDenied,
    ServerError,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.sandbox import Sandbox

from .conftest import BASE_URL, Caller, recorded

START = "/v2/session/startSession"
REWARDS = RewardsSession("obfuscated-1", "client-1", "secret-1")


@pytest.mark.parametrize(
    ("auth", "body", "headers"),
    [
        (None, {"scopes": ["api:institution"]}, {}),
        (
            InstitutionSession(organization_id="50004", institution_id="7"),
            {"scopes": ["api:institution"], "organizationId": "50004"},
            {"x-cdlx-institution-id": "7"},
        ),
        (CustomerSession("ü 1"), {"scopes": ["api:customer"], "sourceCustomerId": "ü 1"}, {}),
        (
            CustomerSession("c-1", organization_id="50004", institution_id="7"),
            {"scopes": ["api:customer"], "sourceCustomerId": "c-1", "organizationId": "50004"},
            {"x-cdlx-institution-id": "7"},
        ),
        (
            REWARDS,
            {"clientId": "client-1", "secret": "secret-1"},
            {"x-source-customer-id": "obfuscated-1"},
        ),
    ],
)
def test_a_session_is_started_once(
    caller: Caller, vendor: respx.MockRouter, auth: Any, body: Any, headers: dict[str, str]
) -> None:
    """As documented for its kind; its token goes with the calls that follow."""
    start = vendor.post(START).mock(return_value=recorded("token.200"))
    profile = vendor.get("/v2/customerProfile/getCustomerProfile")
    profile.mock(return_value=recorded("customers.get_profile.200"))
    client = caller.client(auth=auth, mock_data=True)
    for _ in range(2):
        caller.run(client.customers.get_profile())
    assert start.call_count == 1
    asked = start.calls.last.request
    assert json.loads(asked.content) == body
    assert {name: asked.headers[name] for name in headers} == headers
    assert asked.headers["x-mock-data"] == "true"
    assert "x-cdlx-session-token" not in asked.headers
    assert "authorization" not in asked.headers
    sent = profile.calls.last.request.headers
    if auth is REWARDS:
        assert sent["authorization"] == "Bearer synthetic.session.token"
        assert sent["x-source-customer-id"] == "obfuscated-1"
    else:
        assert sent["x-cdlx-session-token"] == "synthetic.session.token"


@pytest.mark.parametrize("refusal", ["ads.get.401", "ads.get.500-session"])
@pytest.mark.parametrize("auth", [CustomerSession("c-1"), REWARDS])
def test_a_session_that_is_over_is_started_anew(
    caller: Caller, vendor: respx.MockRouter, auth: Any, refusal: str
) -> None:
    """Once, and the call is made again, a write too: it was refused before anything was done."""
    tokens = [httpx.Response(200, json={"sessionToken": f"token-{n}"}) for n in (1, 2)]
    start = vendor.post(START).mock(side_effect=tokens)
    events = vendor.post("/v2/events/clientEvent")
    events.mock(side_effect=[recorded(refusal), recorded("events.send.200")])
    event = {
        "client_event_type": "SessionAction",
        "client_event": "LogEnrollment",
        "client_event_timestamp": datetime(2026, 1, 1, tzinfo=timezone.utc),
    }

    assert caller.run(caller.client(auth=auth).events.send([event])).request_id
    assert (start.call_count, events.call_count) == (2, 2)
    assert "token-2" in str(events.calls.last.request.headers.raw)


def test_a_session_that_stays_refused_is_an_error(caller: Caller, vendor: respx.MockRouter) -> None:
    """A fresh session is tried once, not for ever."""
    start = vendor.post(START).mock(
        side_effect=lambda _: httpx.Response(200, json={"sessionToken": f"t-{start.call_count}"})
    )
    ads = vendor.post("/v2/ads/getAds").mock(return_value=recorded("ads.get.401"))
    with pytest.raises(Unauthorized) as caught:
        caller.run(caller.client(auth=REWARDS).ads.get("OLB"))
    assert caught.value.operation == "cardlytics_v2.ads.get"
    assert (start.call_count, ads.call_count) == (2, 2)


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        ("token.500", ServerError),
        ("token.400", BadRequest),
        ("ads.get.401", Unauthorized),
        ("ads.get.403-gateway", PermissionDenied),
    ],
)
def test_bad_credentials_are_tried_once(
    caller: Caller, vendor: respx.MockRouter, refusal: str, kind: type[Exception]
) -> None:
    """Whatever their status, 500 included; the call itself never leaves."""
    start = vendor.post(START).mock(return_value=recorded(refusal))
    ads = vendor.post("/v2/ads/getAds")
    with pytest.raises(kind) as caught:
        caller.run(caller.client(auth=REWARDS).ads.get("OLB"))
    error: Any = caught.value
    assert error.operation == "cardlytics_v2.token"
    assert (start.call_count, ads.call_count) == (1, 0)
    assert "secret-1" not in f"{error!r}{error}{error.response.text()}"


@pytest.mark.parametrize("trouble", [httpx.ReadError("cut"), httpx.Response(503)])
def test_a_start_that_is_cut_off_is_repeated(
    caller: Caller, vendor: respx.MockRouter, trouble: Any
) -> None:
    """A customer may have several sessions, so a second one does no harm."""
    start = vendor.post(START).mock(side_effect=[trouble, recorded("token.200")])
    vendor.post("/v2/ads/getAds").mock(return_value=recorded("ads.get.200"))
    assert caller.run(caller.client(auth=REWARDS).ads.get("OLB")).ads
    assert start.call_count == 2


def test_a_start_that_never_ends_well_gives_up(caller: Caller, vendor: respx.MockRouter) -> None:
    """Its own three attempts are all that there are."""
    start = vendor.post(START).mock(side_effect=httpx.ReadError("cut"))
    with pytest.raises(ConnectionLost):
        caller.run(caller.client(auth=REWARDS).ads.get("OLB"))
    assert start.call_count == 3


@pytest.mark.parametrize(
    ("answer", "kind", "problem"),
    [
        ({"token": "t"}, MissingField, r"\$\.sessionToken"),
        ([], MissingField, r"\$\.sessionToken"),
        ({"sessionToken": 5}, UnreadableAnswer, r"\$\.sessionToken: must be text"),
        ({"sessionToken": "a\nb"}, UnreadableAnswer, r"\$\.sessionToken: "),
    ],
)
def test_an_answer_without_a_token_is_an_error(
    caller: Caller, vendor: respx.MockRouter, answer: Any, kind: type[Exception], problem: str
) -> None:
    """It names the place."""
    vendor.post(START).mock(return_value=httpx.Response(200, json=answer))
    with pytest.raises(kind, match=problem):
        caller.run(caller.client(auth=CustomerSession("c-1")).ads.get("OLB"))


def test_the_token_may_have_another_key(caller: Caller, vendor: respx.MockRouter) -> None:
    """No page says what the Rewards Platform calls it."""
    vendor.post(START).mock(return_value=httpx.Response(200, json={"token": "t-1"}))
    ads = vendor.post("/v2/ads/getAds").mock(return_value=recorded("ads.get.200"))
    auth = RewardsSession(NO_USER_AVAILABLE, "client-1", "secret-1", token_key="token")
    caller.run(caller.client(auth=auth).ads.get("OLB"))
    headers = ads.calls.last.request.headers
    assert headers["authorization"] == "Bearer t-1"
    assert headers["x-source-customer-id"] == "no-user-available"


def test_secrets_may_be_functions(caller: Caller, vendor: respx.MockRouter) -> None:
    """They are asked when a session is started."""
    start = vendor.post(START).mock(return_value=recorded("token.200"))
    vendor.post("/v2/ads/getAds").mock(return_value=recorded("ads.get.200"))
    auth = RewardsSession("c-1", lambda: "client-2", lambda: Secret("secret-2"))
    caller.run(caller.client(auth=auth).ads.get("OLB"))
    body = json.loads(start.calls.last.request.content)
    assert body == {"clientId": "client-2", "secret": "secret-2"}


def test_secrets_are_not_shown() -> None:
    """Neither of the auth value nor of what it holds."""
    assert repr(REWARDS) == "RewardsSession(token_key='sessionToken')"
    with pytest.raises(InvalidArgument, match="secret"):
        RewardsSession("c-1", "client-1", "")
    with pytest.raises(InvalidArgument, match="source_customer_id"):
        CustomerSession("")


# --- where it goes


def test_the_rewards_platform_has_a_host_of_its_own(caller: Caller) -> None:
    """It is known; servers of publishers are not."""
    rewards = caller.client(None, auth=REWARDS)
    assert "publisher-rewards-api.cardlytics.com" in repr(rewards)
    for auth in (None, CustomerSession("c-1")):
        with pytest.raises(MissingCredentials, match="CARDLYTICS_V2_BASE_URL"):
            caller.client(None, auth=auth)


def test_the_environment_names_a_host(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every kind of session."""
    monkeypatch.setenv("CARDLYTICS_V2_BASE_URL", BASE_URL)
    for auth in (None, REWARDS):
        assert "publisher.example.com" in repr(caller.client(None, auth=auth))


def test_the_rewards_platform_is_shown_no_certificate_of_the_environment(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Publisher API is; so a bad one is found."""
    monkeypatch.setenv("CARDLYTICS_CERT", "no/such/file.pem")
    caller.client(None, auth=REWARDS)
    with pytest.raises(InvalidArgument, match="cert"):
        caller.client(auth=CustomerSession("c-1"))
    with pytest.raises(InvalidArgument, match="cert"):
        caller.client(None, auth=REWARDS, cert="no/such/file.pem")


# --- on the sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    with Sandbox(seed=6) as running:
        yield running


def test_one_start_however_many_ask(caller: Caller, sandbox: Sandbox) -> None:
    """At first, and when the session is over for all of them at once."""
    auth = RewardsSession(**sandbox.cardlytics_rewards)
    client = caller.client(**sandbox.cardlytics, auth=auth)
    for starts in (1, 2):
        found = caller.together(12, client.customers.get_profile)
        assert {one.source_customer_id for one in found} == {"bank-00000000"}
        assert sandbox.count("cardlytics.v2-start-session") == starts
        sandbox.expire_sessions("cardlytics")


def test_wrong_credentials_of_the_rewards_platform(caller: Caller, sandbox: Sandbox) -> None:
    """500, and one request."""
    auth = RewardsSession(**{**sandbox.cardlytics_rewards, "secret": "wrong"})
    with pytest.raises(ServerError) as caught:
        caller.run(caller.client(**sandbox.cardlytics, auth=auth).ads.get("OLB"))
    assert caught.value.status == 500
    assert sandbox.count() == 1


def test_who_may_not_have_a_session(caller: Caller, sandbox: Sandbox) -> None:
    """Customers who opted out, who have no accounts, and strangers."""
    state, members = sandbox.cardlytics_state, sandbox.members
    everyday = members.everyday.cardlytics_source_customer_id
    state.change(everyday, is_opted_in=False)
    for customer, problem in (
        (everyday, "not enrolled"),
        (members.empty.cardlytics_source_customer_id, "no accounts"),
        ("nobody", "no such user"),
    ):
        client = caller.client(**sandbox.cardlytics, auth=CustomerSession(customer))
        with pytest.raises(BadRequest, match=problem):
            caller.run(client.ads.get("OLB"))


def test_an_institution_may_not_see_ads(caller: Caller, sandbox: Sandbox) -> None:
    """Its scope is another one; raw calls reach the Data APIs."""
    client = caller.client(**sandbox.cardlytics)
    with pytest.raises(PermissionDenied, match="scope"):
        caller.run(client.ads.get("OLB"))
    path = ("v2", "data", "customers")
    body = {"customers": [{"sourceCustomerId": "c-1", "postalCode": "1", "country": "US"}]}
    assert caller.run(client.request("POST", *path, json=body))["requestId"]
    assert sandbox.count("cardlytics.v2-start-session") == 1


def test_nobody_in_particular_gets_ads(caller: Caller, sandbox: Sandbox) -> None:
    """The Rewards Platform has ads for those who are not logged in."""
    arguments = {**sandbox.cardlytics_rewards, "source_customer_id": NO_USER_AVAILABLE}
    client = caller.client(**sandbox.cardlytics, auth=RewardsSession(**arguments))
    assert caller.run(client.ads.get("MobileApp")).ads


def test_many_customers_share_an_http_client(caller: Caller, sandbox: Sandbox) -> None:
    """Each has a client and a session of its own, and all the same connections."""
    shared = caller.http_client()
    for member in (sandbox.members.everyday, sandbox.members.heavy) * 2:
        customer = member.cardlytics_source_customer_id
        auth = CustomerSession(customer)
        client = caller.client(**sandbox.cardlytics, auth=auth, http_client=shared)
        profile = caller.run(client.customers.get_profile())
        assert profile.source_customer_id == customer
    assert not shared.is_closed
