"""The sandbox's version 2, asked over its socket with plain httpx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from ..helpers import MovableClock

CUSTOMER = {"scopes": ["api:customer"], "sourceCustomerId": "bank-00000000"}
EVENT = {
    "clientEventId": "1",
    "clientEventType": "SessionAction",
    "clientEvent": "LogEnrollment",
    "clientEventTimestamp": "2026-06-15T12:00:00Z",
}


class Caller:
    """Calls of one sandbox, whose clock can be moved."""

    def __init__(self, sandbox: Sandbox, clock: MovableClock, http: httpx.Client) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self._http = http

    def __call__(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask, by POST where there is a body."""
        url = f"{self.sandbox.cardlytics['base_url']}/v2/{path}"
        method = "GET" if body is None else "POST"
        return self._http.request(method, url, json=body, headers=headers)

    def start(self, body: Any, headers: dict[str, str] | None = None) -> str:
        """The token of a new session."""
        answer = self("session/startSession", body, headers)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["sessionToken"])

    def rewards(self, **changes: str) -> dict[str, str]:
        """The headers of a session of the Rewards Platform."""
        known = self.sandbox.cardlytics_rewards
        who = {"x-source-customer-id": known["source_customer_id"]}
        body = {"clientId": known["client_id"], "secret": known["secret"]}
        return {"authorization": f"Bearer {self.start(body, who)}", **who, **changes}

    def publisher(self) -> dict[str, str]:
        """The headers of a customer's session."""
        return {"x-cdlx-session-token": self.start(CUSTOMER)}


@pytest.fixture
def ask(http: httpx.Client) -> Iterator[Caller]:
    """A bank of this test's own."""
    clock = MovableClock(datetime(2026, 6, 15, 12, tzinfo=UTC))
    with Sandbox(seed=5, now=clock) as sandbox:
        yield Caller(sandbox, clock, http)


def problem_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, type and text of an error."""
    error = answer.json()
    assert error["status"] == answer.status_code
    assert error["requestId"]
    return answer.status_code, error["type"], " ".join([error["title"], *error["validationErrors"]])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "scopes and sourceCustomerId do not go together."),
        ({"scopes": ["api:customer"]}, "scopes and sourceCustomerId do not go together."),
        ({**CUSTOMER, "scopes": ["api:other"]}, "scopes is invalid."),
        ({**CUSTOMER, "scopes": ["api:institution"]}, "do not go together."),
        ({**CUSTOMER, "sourceCustomerId": "x"}, "There is no such user."),
        ({**CUSTOMER, "customer": "x"}, "customer is no field of this call."),
        ({"clientId": "x"}, "clientId and secret are required."),
        ({"clientId": "x", "secret": "y"}, "x-source-customer-id is required."),
    ],
)
def test_a_start_that_makes_no_sense(ask: Caller, body: Any, problem: str) -> None:
    """It is a validation error with the reason."""
    status, kind, text = problem_of(ask("session/startSession", body))
    assert (status, kind) == (400, "ValidationException")
    assert problem in text


def test_wrong_credentials_are_a_500(ask: Caller) -> None:
    """As the page says, which is why nobody should take a 500 here for a passing one."""
    who = {"x-source-customer-id": "bank-00000000"}
    answer = ask("session/startSession", {"clientId": "x", "secret": "y"}, who)
    assert problem_of(answer)[:2] == (500, "InternalServerError")
    known = ask.sandbox.cardlytics_rewards
    body = {"clientId": known["client_id"], "secret": known["secret"]}
    stranger = ask("session/startSession", body, {"x-source-customer-id": "x"})
    assert problem_of(stranger)[0] == 400


@pytest.mark.parametrize(("kind", "minutes"), [("publisher", 60), ("rewards", 15)])
def test_sessions_run_out(ask: Caller, kind: str, minutes: int) -> None:
    """After an hour, or after 15 minutes; both answers are the same 401."""
    headers = getattr(ask, kind)()
    ask.clock.moment += timedelta(minutes=minutes) - timedelta(seconds=1)
    assert ask("customerProfile/getCustomerProfile", headers=headers).status_code == 200
    ask.clock.moment += timedelta(seconds=1)
    over = ask("customerProfile/getCustomerProfile", headers=headers)
    assert problem_of(over)[:2] == (401, "SessionValidationException")


def test_a_session_is_for_one_customer_and_one_way(ask: Caller) -> None:
    """Another customer, another header, another token and none at all are refused alike."""
    rewards, publisher = ask.rewards(), ask.publisher()
    bearer = rewards["authorization"].removeprefix("Bearer ")
    for headers in (
        {**rewards, "x-source-customer-id": "bank-00000001"},
        {"x-cdlx-session-token": bearer},
        {"authorization": f"Bearer {publisher['x-cdlx-session-token']}"},
        {"x-cdlx-session-token": "x"},
        {},
    ):
        answer = ask("customerProfile/getCustomerProfile", headers=headers)
        assert problem_of(answer)[0] == 401


def test_scopes_are_kept_apart(ask: Caller) -> None:
    """The institution sees no customer's ads, a customer no Data API."""
    institution = {"x-cdlx-session-token": ask.start({"scopes": ["api:institution"]})}
    body = {"customers": [{"sourceCustomerId": "x"}]}
    assert problem_of(ask("ads/getAds", {"channel": "OLB"}, institution))[0] == 403
    assert problem_of(ask("data/customers", body, ask.publisher()))[0] == 403
    assert ask("data/customers", body, institution).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("ads/getAds", {}, "channel is required."),
        ("ads/getAds", {"channel": "OLB", "maxAdLimit": 0}, "maxAdLimit is invalid."),
        (
            "ads/getAds",
            {"channel": "OLB", "activationStates": ["X"]},
            "activationStates is invalid",
        ),
        (
            "ads/getAds",
            {"channel": "OLB", "returnStoreLocation": True, "customerLocation": {"latitude": 1}},
            "longitude is required.",
        ),
        ("events/clientEvent", {"clientEvents": []}, "clientEvents is invalid."),
        (
            "events/clientEvent",
            {"clientEvents": [{**EVENT, "clientEventType": "AdInteraction"}]},
            "clientEventMetadata is required.",
        ),
        (
            "events/clientEvent",
            {"clientEvents": [{**EVENT, "clientEventTimestamp": "2026-06-15T12:00:00"}]},
            "clientEventTimestamp is invalid.",
        ),
        (
            "events/clientEvent",
            {"clientEvents": [{**EVENT, "clientEventMetadata": {"section": "x"}}]},
            "channel is required.",
        ),
    ],
)
def test_bad_bodies_are_refused(ask: Caller, path: str, body: Any, problem: str) -> None:
    """Each field is known and of its kind."""
    status, _, text = problem_of(ask(path, body, ask.publisher()))
    assert status == 400
    assert problem in text


def test_an_unknown_path_is_a_page(ask: Caller) -> None:
    """As of version 1."""
    assert ask("nothing").headers["content-type"] == "text/html"
