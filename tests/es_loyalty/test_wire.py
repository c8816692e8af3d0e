from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from loyalty_sdk import Response
from loyalty_sdk.errors import APIError, BadRequest, NotFound, ServerError, UnexpectedRedirect
from loyalty_sdk.es_loyalty import CursorTooOld, SessionNotFound, TransactionNotFound
from loyalty_sdk.es_loyalty._wire import WIRE


def error(status: int, body: Any = None, text: str | None = None) -> APIError:
    """The error in an answer."""
    content = json.dumps(body) if text is None else text
    read = WIRE.error(Response(status, httpx.Headers(), content.encode()))
    assert read is not None
    return read


def said(message: str, status: int = 400, code: str = "INVALID_REQUEST") -> APIError:
    """The error in the application's error object."""
    return error(status, {"statusCode": status, "errorMessage": message, "errorCode": code})


@pytest.mark.parametrize("status", [200, 201, 204])
def test_success_is_no_error(status: int) -> None:
    """Whatever the body is."""
    assert WIRE.error(Response(status, httpx.Headers(), b"")) is None


@pytest.mark.parametrize("status", [400, "400", "400 Bad Request", None])
def test_the_status_is_the_true_one(status: Any) -> None:
    """The vendor writes its own as a number or as text."""
    read = error(404, {"statusCode": status, "errorMessage": "no", "errorCode": "NOT_FOUND"})
    assert (type(read), read.status, read.message, read.code) == (NotFound, 404, "no", "NOT_FOUND")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "Endpoint request timed out"}, "Endpoint request timed out"),
        ({"errorMessage": "", "message": "other"}, "other"),
        ({"errorMessage": 7}, "HTTP 504 with a body that is no error object"),
        ([], "HTTP 504 with a body that is no error object"),
        (None, "HTTP 504 with a body that is no error object"),
    ],
)
def test_a_gateway_s_error_is_read(body: Any, message: str) -> None:
    """It has another shape and no code."""
    read = error(504, body)
    assert (type(read), read.message, read.code) == (ServerError, message, None)


def test_a_token_url_s_error_is_read() -> None:
    """It has the shape of RFC 6749."""
    read = error(400, {"error": "invalid_scope", "error_description": "no such scope"})
    assert (read.message, read.details, read.code) == ("invalid_scope", "no such scope", None)


@pytest.mark.parametrize("text", ["", "<html>", "{", '{"errorMessage": "cut'])
def test_a_body_that_is_no_json(text: str) -> None:
    """It is an error by its status alone."""
    assert type(error(302, text=text)) is UnexpectedRedirect


@pytest.mark.parametrize(
    "message",
    [
        "Session correlation ID does not exist--create it first.",
        "Session correlation ID does not exist--create it first",
        "session Correlation id does not exist",
    ],
)
@pytest.mark.parametrize("code", ["BAD_REQUEST", "INVALID_REQUEST", "NOT_FOUND"])
@pytest.mark.parametrize("status", [400, 404])
def test_a_missing_session_is_told_by_its_message(message: str, code: str, status: int) -> None:
    """By how that begins, in any case, whatever the code and the status."""
    assert type(said(message, status, code)) is SessionNotFound


@pytest.mark.parametrize(
    ("message", "status", "expected", "transaction_id"),
    [
        ("Transaction t-1 does not exist", 400, TransactionNotFound, "t-1"),
        ("Transaction t-1 does not exist.", 404, TransactionNotFound, "t-1"),
        ("Transaction two words does not exist", 404, TransactionNotFound, "two words"),
        ("Transaction does not exist", 400, TransactionNotFound, None),
        ("Transaction t-1 must be within 2025-01-01 to 2025-04-11 date", 400, CursorTooOld, "t-1"),
    ],
)
def test_a_transaction_is_named_by_its_error(
    message: str, status: int, expected: type[APIError], transaction_id: str | None
) -> None:
    """The id stands in the vendor's words."""
    read = said(message, status)
    assert type(read) is expected
    assert vars(read).get("transaction_id") == transaction_id


@pytest.mark.parametrize(
    "message",
    [
        "Transaction Id required to be non-empty",
        "External transaction Id required to be non-empty.",
        "Session Closed",
        "Must provide a session correlation ID",
        "Original transaction was already voided",
    ],
)
def test_other_refusals_have_the_class_of_their_status(message: str) -> None:
    """However much they resemble those with a class of their own."""
    assert type(said(message)) is BadRequest


def test_only_a_401_without_a_code_is_about_the_token() -> None:
    """The application's own 401 is a rule of the business."""
    assert WIRE.token_is_refused(error(401, {"message": "Unauthorized"}))
    assert WIRE.token_is_refused(error(401, text="<html>"))
    assert not WIRE.token_is_refused(said("Account status is CLOSED.", 401, "API_VALIDATION"))
    assert not WIRE.token_is_refused(error(403, {"message": "Forbidden"}))
