"""Answers in the vendor's place: their status, their headers and their form."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from loyalty_sdk.sandbox import Response
from loyalty_sdk.sandbox.faults import refusals

from .occasions import occasion

VENDORS = ("es_loyalty", "voucherify", "cardlytics", "spaaza")


def content(response: Response) -> Any:
    """The JSON of an answer."""
    assert isinstance(response.body, bytes)
    return json.loads(response.body)


def test_a_gateway_answers_in_html_with_each_of_its_statuses() -> None:
    """502, 503 and 504 come about, each with a page that says so."""
    answers = [refusals.gateway(occasion(seed=seed)) for seed in range(20)]
    assert {one.status for one in answers} == {502, 503, 504}
    for one in answers:
        assert dict(one.headers) == {"content-type": "text/html"}
        assert f"<h1>{one.status} " in bytes(one.body).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("vendor", VENDORS)
def test_failures_come_in_the_vendors_form(vendor: str) -> None:
    """500 and 503 have a body such as the vendor's own."""
    for make, status in ((refusals.server_error, 500), (refusals.unavailable, 503)):
        response = make(occasion(vendor=vendor))
        assert response.status == status
        form = {
            "es_loyalty": {"message"},
            "voucherify": {"code", "message"},
            "cardlytics": {"error"},
            "spaaza": {"result"},
        }
        assert set(content(response)) == form[vendor]


@pytest.mark.parametrize("vendor", VENDORS)
def test_waits_are_stated_in_each_form(vendor: str) -> None:
    """Seconds, a date, and a wait beyond all reason."""
    asked = occasion(vendor=vendor, wait=7)
    seconds, date, absurd = (
        dict(make(asked).headers)["retry-after"]
        for make in (
            refusals.too_many_requests,
            refusals.too_many_requests_date,
            refusals.too_many_requests_absurd,
        )
    )
    assert (seconds, absurd) == ("7", "1000000000")
    assert 6 <= parsedate_to_datetime(date).timestamp() - time.time() <= 9


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (refusals.too_many_requests_moment, "api_calls"),
        (refusals.cycle_used_up, "api_calls_cycle"),
    ],
)
def test_voucherify_states_a_moment(make: Any, kind: str) -> None:
    """The moment is in Unix time, and no Retry-After stands beside it."""
    response = make(occasion(wait=30))
    headers = dict(response.headers)
    assert response.status == 429
    assert headers["X-Rate-Limit-Type"] == kind
    assert 29 <= int(headers["X-Rate-Limit-Retry"]) - time.time() <= 32
    assert "retry-after" not in headers


def test_a_redirect_leads_to_the_other_host() -> None:
    """All five statuses come about, and the path and the query are the same elsewhere."""
    answers = [refusals.redirected(occasion("/a/b?c=d", seed=seed)) for seed in range(40)]
    assert {one.status for one in answers} == {301, 302, 303, 307, 308}
    assert {one.headers for one in answers} == {
        (("location", "http://elsewhere.example.com/a/b?c=d"),)
    }


def test_a_401_of_the_business_has_a_code() -> None:
    """ES Loyalty's 401 has the code by which it is told from a refused token."""
    response = refusals.business_401(occasion(vendor="es_loyalty"))
    assert (response.status, content(response)["errorCode"]) == (401, "API_VALIDATION")


def test_bad_credentials_of_cardlytics_are_a_500() -> None:
    """The text says nothing about credentials."""
    response = refusals.bad_credentials_500(occasion(vendor="cardlytics"))
    assert (response.status, content(response)["error"]["code"]) == (500, "InternalServerError")


@pytest.mark.parametrize(
    ("version", "key"),
    [("1.6.3", "error"), ("1.3.9", "errors"), ("what", "error"), (None, "error")],
)
def test_spaazas_error_comes_in_the_form_of_the_version(version: str | None, key: str) -> None:
    """Error 68 comes inside a 200 and inside a 500, as the version that is asked for writes it."""
    headers = {} if version is None else {"X-Spaaza-API-Version": version}
    asked = occasion(vendor="spaaza", headers=headers)
    inside_200, inside_500 = refusals.error_in_200(asked), refusals.error_in_500(asked)
    assert (inside_200.status, inside_500.status) == (200, 500)
    assert content(inside_200) == content(inside_500)
    assert key in content(inside_200)
