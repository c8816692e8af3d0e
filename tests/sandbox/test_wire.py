"""Requests and responses as values."""

from __future__ import annotations

import json

import pytest

from loyalty_sdk.sandbox import Headers, Request
from loyalty_sdk.sandbox.wire import json_response


@pytest.mark.parametrize(
    ("target", "segments"),
    [
        ("/", ("",)),
        ("/v1/customers", ("v1", "customers")),
        ("/v1/customers/", ("v1", "customers", "")),
        ("/a//b", ("a", "", "b")),
        ("/v1/store%2Fnl%2003%25/x?y=/z", ("v1", "store/nl 03%", "x")),
        ("/v1/%C3%BC/a+b", ("v1", "ü", "a+b")),
    ],
)
def test_a_path_is_split_before_it_is_decoded(target: str, segments: tuple[str, ...]) -> None:
    """An encoded slash stays inside its segment, and a plus in a path is a plus."""
    assert Request.parse("get", target).segments == segments


def test_a_query_keeps_order_blanks_and_repeats() -> None:
    """Every pair of the query is there, in order, decoded once."""
    request = Request.parse("GET", "/?b=1&a=&a=%2B2%2525&c&d=x+y")
    assert request.query == (("b", "1"), ("a", ""), ("a", "+2%25"), ("c", ""), ("d", "x y"))


def test_the_prefix_can_be_taken_off() -> None:
    """A vendor sees the path without its own name, and the raw target as it was."""
    request = Request.parse("GET", "/spaaza/get-vouchers?x=1").without_prefix()
    assert request.segments == ("get-vouchers",)
    assert request.target == "/spaaza/get-vouchers?x=1"


def test_headers_are_found_in_any_case() -> None:
    """Names do not care for case, and repeated headers are joined."""
    headers = Headers([("X-App-Id", "a"), ("accept", "x"), ("Accept", "y")])
    assert headers["x-app-id"] == headers.get("X-APP-ID") == "a"
    assert headers["ACCEPT"] == "x, y"
    assert len(headers) == 2
    assert "x-app-token" not in headers
    assert "x-app-id" in repr(headers)


def test_a_form_is_read_only_when_declared() -> None:
    """Form fields need the form content type, whatever its parameters."""
    form = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
    assert Request.parse("POST", "/", form, b"a=1+2&b=").form() == (("a", "1 2"), ("b", ""))
    assert Request.parse("POST", "/", [("content-type", "text/plain")], b"a=1").form() == ()


def test_a_body_can_be_read_as_json() -> None:
    """JSON is decoded, and what is none is an error."""
    assert Request.parse("POST", "/", (), b'{"a": [1]}').json() == {"a": [1]}
    with pytest.raises(ValueError, match="Expecting"):
        Request.parse("POST", "/", (), b"<html>").json()


def test_a_json_response_says_so() -> None:
    """A JSON answer is UTF-8, names its type and takes further headers."""
    response = json_response(201, {"a": "€"}, ("x-more", "1")).with_headers(("x-last", "2"))
    assert response.status == 201
    assert isinstance(response.body, bytes)
    assert json.loads(response.body) == {"a": "€"}
    assert response.headers == (
        ("content-type", "application/json; charset=utf-8"),
        ("x-more", "1"),
        ("x-last", "2"),
    )
