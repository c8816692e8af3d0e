from __future__ import annotations

import pytest

from loyalty_sdk import errors
from loyalty_sdk._core.calls import Headers, Response
from loyalty_sdk._core.vendor import Vendor, error_class, words

CLASSES = {
    301: errors.UnexpectedRedirect, 304: errors.UnexpectedRedirect, 400: errors.BadRequest,
    401: errors.Unauthorized, 402: errors.PaymentRequired, 403: errors.PermissionDenied,
    404: errors.NotFound, 405: errors.MethodNotAllowed, 409: errors.Conflict,
    413: errors.PayloadTooLarge, 418: errors.APIError, 423: errors.Locked, 429: errors.RateLimited,
    500: errors.ServerError, 503: errors.ServerError, 599: errors.ServerError, 100: errors.APIError,
}  # fmt: skip


def answer(status, **headers):
    return Response(status, Headers(headers), b"")


@pytest.mark.parametrize("status", CLASSES)
def test_each_status_has_its_class(status):
    """The branch that a caller catches follows from the status alone."""
    assert error_class(status) is CLASSES[status]
    error = Vendor().error(answer(status))
    assert type(error) is CLASSES[status]
    assert (error.status, error.message) == (
        status,
        f"HTTP {status} with a body that is no error object",
    )


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_yes_is_no_error(status):
    """Everything from 200 to 299 is fine."""
    assert Vendor().error(answer(status)) is None


def test_the_common_answers():
    """What holds for a vendor that says nothing else."""
    vendor = Vendor()
    assert vendor.payload({"a": 1}) == ({"a": 1}, "$")
    assert vendor.token_is_refused(errors.APIError("x", status=401))
    assert not vendor.token_is_refused(errors.APIError("x", status=403))
    assert vendor.stated_wait(answer(429, **{"retry-after": "3"})) == 3
    assert vendor.stated_wait(answer(429)) is None
    assert not vendor.is_final(errors.APIError("x", status=429))


def test_words_are_text_that_says_something():
    """Whatever else a vendor puts where its words should be is as good as nothing."""
    assert words("no") == "no"
    assert [words(value) for value in ("", None, 3, ["no"], {})] == [None] * 5


def test_a_refusal_is_read_from_the_parsed_body():
    """A vendor gets the body, or `None` where it is no JSON."""
    seen = []

    class Odd(Vendor):
        def refusal(self, response, body):
            seen.append(body)
            return super().refusal(response, body)

    for content in (b'{"a": 1}', b"<html>", b""):
        assert Odd().error(Response(500, Headers(), content)).status == 500
    assert seen == [{"a": 1}, None, None]
    assert Odd().error(Response(200, Headers(), b"<html>")) is None
