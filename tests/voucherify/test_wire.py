from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from loyalty_sdk import APIError, Retry
from loyalty_sdk import errors as e
from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading.remarks import Limits
from loyalty_sdk.voucherify._wire import HOSTS, WIRE

from .replay import Clients, Replay, held, page, recorded, recorded_names

LIST = "customers.list_redeemables"


def refused(clients: Clients, *answers: httpx.Response, **options: Any) -> tuple[Any, Replay]:
    """The error that a call raises, and what was asked."""
    replay = Replay(*answers)
    pager = clients.client(replay, **options).customers.list_redeemables("nobody")
    with pytest.raises(APIError) as caught:
        pager.first()
    return caught.value, replay


ERRORS: list[tuple[str, type[APIError], str | None, str, str | None, str | None]] = [
    (
        "400",
        e.BadRequest,
        "invalid_query_params",
        "Invalid query params",
        "Property .parameters.limit should be lower than or equal to 100",
        "v-0synthetic0000400",
    ),
    (
        "400-validation_rule",
        e.BadRequest,
        "customer_rules_violated",
        "Customer rules violated",
        "Synthetic details; Members only.",
        "v-0synthetic0000401",
    ),
    (
        "400-framework",
        e.BadRequest,
        None,
        "Invalid request payload JSON format",
        None,
        None,
    ),
    ("401", e.Unauthorized, "unauthorized", "Unauthorized", None, None),
    (
        "402",
        e.PaymentRequired,
        "missing_required_feature",
        "Missing required feature",
        "Synthetic: your plan does not include this",
        "v-0synthetic0000402",
    ),
    (
        "403",
        e.PermissionDenied,
        "missing_required_permission",
        "Missing required permission",
        "This operation needs the permission customers.details.read",
        "v-0synthetic0000403",
    ),
    (
        "404",
        e.NotFound,
        "not_found",
        "Resource not found",
        "Cannot find customer with id nobody",
        "v-0synthetic0000404",
    ),
    (
        "409",
        e.Conflict,
        "duplicate_found",
        "Duplicate resource key",
        "Synthetic: it exists already",
        "v-0synthetic0000409",
    ),
    (
        "413",
        e.PayloadTooLarge,
        None,
        "Payload content length greater than maximum allowed: 10485760",
        None,
        None,
    ),
    (
        "423",
        e.Locked,
        "non_active_program",
        "Program is not active",
        "Synthetic: the program is switched off",
        "v-0synthetic0000423",
    ),
    (
        "429",
        e.RateLimited,
        None,
        "Too many requests hit the API too quickly.",
        None,
        None,
    ),
    (
        "429-unix_time",
        e.RateLimited,
        None,
        "Too many requests hit the API too quickly.",
        None,
        None,
    ),
    (
        "429-cycle",
        e.RateLimited,
        None,
        "Too many requests hit the API too quickly.",
        None,
        None,
    ),
    (
        "500",
        e.ServerError,
        "internal_error",
        "Internal server error",
        None,
        "v-0synthetic0000500",
    ),
    (
        "502-gateway",
        e.ServerError,
        None,
        "HTTP 502 with a body that is no error object",
        None,
        None,
    ),
    ("503-text_error", e.ServerError, None, "Service Unavailable", None, None),
    (
        "504-empty",
        e.ServerError,
        None,
        "HTTP 504 with a body that is no error object",
        None,
        None,
    ),
]


def test_every_recorded_error_is_expected() -> None:
    """No recorded error is left out of the table."""
    names = [name for name in recorded_names(LIST) if not name.startswith(f"{LIST}.200")]
    assert names == sorted(f"{LIST}.{row[0]}" for row in ERRORS)


@pytest.mark.parametrize(("name", "kind", "code", "message", "details", "request_id"), ERRORS)
def test_each_error_has_its_class_and_its_words(
    clients: Clients,
    name: str,
    kind: type[APIError],
    code: str | None,
    message: str,
    details: str | None,
    request_id: str | None,
) -> None:
    """A refusal says what the vendor said: its key, both texts, the id for the support."""
    answer = recorded(f"{LIST}.{name}")
    error, _ = refused(clients, answer, retry=Retry(attempts=1))
    assert type(error) is kind
    assert error.status == answer.status_code
    assert (error.code, error.message, error.details) == (code, message, details)
    assert error.request_id == request_id
    assert error.operation == "voucherify.customers.list_redeemables"
    assert error.response.status == answer.status_code
    assert error.response.content == answer.content
    assert str(error).startswith(f"{error.operation}: {error.status}")
    assert message in str(error)
    assert error.request.method == "GET"


def test_a_customer_that_does_not_exist_is_a_lookup_error(clients: Clients) -> None:
    """A 404 can be caught as what Python calls it."""
    error, _ = refused(clients, recorded(f"{LIST}.404"))
    assert isinstance(error, LookupError)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, e.UnexpectedRedirect),
        (304, e.UnexpectedRedirect),
        (405, e.MethodNotAllowed),
        (406, APIError),
        (415, APIError),
        (418, APIError),
        (501, e.ServerError),
        (599, e.ServerError),
    ],
)
def test_a_status_that_the_vendor_does_not_list_is_an_error_too(
    clients: Clients, status: int, kind: type[APIError]
) -> None:
    """Whatever is no success raises, redirects included, with its true status."""
    error, replay = refused(
        clients, httpx.Response(status, headers={"location": "https://elsewhere.example.com/"})
    )
    assert (type(error), error.status, len(replay.requests)) == (kind, status, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"5",
        b'"text"',
        b"{}",
        b'{"message": 5, "key": ["a"], "details": {}, "error": 7, "request_id": true}',
        b'{"message": "", "key": "", "error": ""}',
        b'{"error": {"message": {}}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"message": 1e999999999999999999999}',
    ],
    ids=range(11),
)
def test_an_error_body_of_any_form_is_still_that_error(clients: Clients, body: bytes) -> None:
    """A body that is no error object takes nothing away from the status."""
    error, _ = refused(clients, httpx.Response(403, content=body))
    assert type(error) is e.PermissionDenied
    assert (error.code, error.details, error.request_id) == (None, None, None)
    assert error.message == "HTTP 403 with a body that is no error object"


@pytest.mark.parametrize(
    ("body", "message", "details"),
    [
        ({"error": "Bad Request"}, "Bad Request", None),
        ({"error": "Bad Request", "message": "Broken"}, "Broken", None),
        ({"message": "Broken", "error": {"message": "Rule"}}, "Broken", "Rule"),
        ({"message": "Broken", "details": "More", "error": {}}, "Broken", "More"),
    ],
)
def test_error_may_be_an_object_or_text(
    clients: Clients, body: Any, message: str, details: str | None
) -> None:
    """`error` is the framework's text, or holds the message of a validation rule."""
    error, _ = refused(clients, httpx.Response(400, json=body))
    assert (error.message, error.details) == (message, details)


def test_a_key_that_the_vendor_repeats_is_masked(clients: Clients) -> None:
    """A secret in the vendor's own words does not get into the error."""
    said = {"message": "Unknown key synthetic-app-token", "details": "synthetic-app-id"}
    error, _ = refused(clients, httpx.Response(401, json=said))
    assert "synthetic-app" not in f"{error} {error!r}"
    assert error.message == "Unknown key ***"


# --- what is repeated, and when


def test_a_stated_delay_is_waited_for(clients: Clients) -> None:
    """After a 429 with `Retry-After` in seconds the call goes out again that much later."""
    wait = httpx.Response(429, headers={"retry-after": "0.1"}, json={"code": 429})
    replay = Replay(wait, page(held(1)))
    began = time.monotonic()
    assert clients.client(replay).customers.list_redeemables("c").first().id == "rh_1"
    assert time.monotonic() - began >= 0.1
    assert len(replay.requests) == 2


def test_a_delay_beyond_the_longest_wait_raises_at_once(clients: Clients) -> None:
    """The error says how long the vendor asks to wait, and nothing is slept through."""
    error, replay = refused(clients, recorded(f"{LIST}.429"), retry=Retry(max_wait=6))
    assert (error.retry_after, len(replay.requests)) == (7, 1)
    assert "the vendor asks to wait 7 s" in str(error)


def test_the_moment_of_the_next_call_is_a_wait_too(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a delay the wait is up to `X-Rate-Limit-Retry`, a Unix time."""
    monkeypatch.setattr(time, "time", lambda: 1_767_225_600.0)
    error, replay = refused(clients, recorded(f"{LIST}.429-unix_time"), retry=Retry(max_wait=59))
    assert (error.retry_after, len(replay.requests)) == (60, 1)


def test_a_moment_that_has_passed_is_no_wait(clients: Clients) -> None:
    """A moment long gone lets the call go out again at once."""
    moment = httpx.Response(429, headers={"x-rate-limit-retry": "1000"})
    replay = Replay(moment, page(held(1)))
    assert clients.client(replay).customers.list_redeemables("c").first().id == "rh_1"


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry-after": "7", "x-rate-limit-retry": "99999999999"}, 7),
        (429, {"x-rate-limit-retry": "1"}, 0),
        (429, {"x-rate-limit-retry": "soon"}, None),
        (429, {"x-rate-limit-retry": "-5"}, None),
        (429, {"x-rate-limit-retry": "9" * 400}, float("inf")),
        (429, {"x-rate-limit-retry": "9" * 5000}, float("inf")),
        (429, {}, None),
        (200, {"x-rate-limit-retry": "99999999999"}, None),
        (503, {"x-rate-limit-retry": "99999999999"}, None),
        (503, {"retry-after": "3"}, 3),
    ],
)
def test_a_wait_is_read_from_either_header(
    status: int, headers: dict[str, str], wait: float | None
) -> None:
    """`Retry-After` wins; the Unix time counts only after a limit was hit."""
    response = Response(status, httpx.Headers(headers), b"")
    assert WIRE.stated_wait(response) == wait


def test_a_used_up_billing_cycle_is_not_waited_for(clients: Clients) -> None:
    """Minutes do not help against a cycle that is used up, whatever delay is stated."""
    error, replay = refused(clients, recorded(f"{LIST}.429-cycle"), page(held(1)))
    assert (error.retry_after, len(replay.requests)) == (1, 1)
    assert error.response.headers["X-Rate-Limit-Type"] == "api_calls_cycle"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failure_of_the_vendor_is_tried_again(clients: Clients, status: int) -> None:
    """A list is safe to ask for again after a failure, up to three times in all."""
    failure = httpx.Response(status)
    assert clients.held(failure, failure, page(held(1))).first().id == "rh_1"
    error, replay = refused(clients, failure, failure, failure, page())
    assert (error.status, error.attempts, len(replay.requests)) == (status, 3, 3)


@pytest.mark.parametrize("name", ["400", "402", "403", "404", "409", "413", "423"])
def test_a_refusal_is_not_tried_again(clients: Clients, name: str) -> None:
    """What the vendor refuses it would refuse again."""
    _, replay = refused(clients, recorded(f"{LIST}.{name}"), page())
    assert len(replay.requests) == 1


def test_refused_keys_are_sent_once(clients: Clients) -> None:
    """Keys that do not change are not shown to the vendor a second time."""
    _, replay = refused(clients, recorded(f"{LIST}.401"), page())
    assert len(replay.requests) == 1


def test_keys_that_were_rotated_are_sent_again(clients: Clients) -> None:
    """A refused key that comes from a function is asked for once more, and tried."""
    tokens = iter(["old-token", "new-token"])
    replay = Replay(recorded(f"{LIST}.401"), page(held(1)))
    client = clients.client(replay, app_token=lambda: next(tokens))
    assert client.customers.list_redeemables("c").first().id == "rh_1"
    sent = [request.headers["x-app-token"] for request in replay.requests]
    assert sent == ["old-token", "new-token"]


def test_the_hosts_are_the_documented_ones() -> None:
    """Each region has its own host, and Europe is the one without a prefix."""
    assert HOSTS == {
        "eu": "https://api.voucherify.io",
        "us": "https://us1.api.voucherify.io",
        "as": "https://as1.api.voucherify.io",
    }


@pytest.mark.parametrize(
    ("headers", "limits"),
    [
        ({}, None),
        (
            {"X-Rate-Limit-Limit": "2000", "X-Rate-Limit-Remaining": "1998"},
            Limits(allowed=2000, remaining=1998),
        ),
        (
            {"X-Rate-Limit-Retry": "1767225600", "X-Rate-Limit-Type": "api_calls"},
            Limits(next_at=datetime(2026, 1, 1, tzinfo=timezone.utc), kind="api_calls"),
        ),
        ({"X-Rate-Limit-Limit": "many", "X-Rate-Limit-Retry": "9" * 30}, Limits()),
    ],
)
def test_the_headers_say_how_many_requests_are_left(headers, limits):
    """`X-Rate-Limit-*` are on every answer; what makes no sense in them reads as nothing."""
    response = Response(200, httpx.Headers(headers), b"{}").given_by(WIRE)
    assert response.limits == limits
