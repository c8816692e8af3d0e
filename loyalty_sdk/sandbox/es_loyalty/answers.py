"""ES Loyalty's error bodies, its headers, and money with its two decimals.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from random import Random

from ..synthetic import HEX_DIGITS, characters, uuid_text
from ..wire import Pairs, Response

_MARK = "\ue000"
_MARKED = re.compile(f'"{_MARK}([^"]*)"')
_HEADERS: Pairs = (
    ("cache-control", "no-cache, no-store, must-revalidate"),
    ("Access-Control-Allow-Origin", "*"),
    ("Content-Security-Policy", "connect-src 'none'"),
    ("Expect-CT", "max-age=86400"),
    ("Feature-Policy", "vibrate 'none'; geolocation 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "sameorigin"),
    ("X-XSS-Protection", "1;mode=block"),
)


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, content: Mapping[str, object], *, headers: Pairs = ()) -> None:
        """Describe the error by its status, its whole body, and headers that go with it."""
        super().__init__(str(content))
        self.status = status
        self.content = content
        self.headers = headers

    def response(self) -> Response:
        """The error as an answer."""
        return answered(self.status, self.content).with_headers(*self.headers)


def failed(status: int, code: str, message: str) -> Refused:
    """An error of the application."""
    return Refused(status, {"statusCode": status, "errorMessage": message, "errorCode": code})


def invalid(message: str) -> Refused:
    """The error for nearly everything that is wrong with a request."""
    return failed(400, "INVALID_REQUEST", message)


def gateway(status: int, message: str, *, headers: Pairs = ()) -> Refused:
    """An error of the gateway in front of the application, which has another shape."""
    return Refused(status, {"message": message}, headers=headers)


def oauth_error(status: int, error: str, description: str) -> Refused:
    """An error of the token endpoint, as RFC 6749 says."""
    headers: Pairs = (("WWW-Authenticate", "Basic"),) if status == 401 else ()
    return Refused(status, {"error": error, "error_description": description}, headers=headers)


def answered(status: int, content: object) -> Response:
    """An answer whose body is JSON; a `Decimal` becomes a number with all of its decimals."""
    # The standard encoder has no way to write a number like 5.00, hence the marks.
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_marked)
    return Response(
        status=status,
        headers=(("content-type", "application/json; charset=utf-8"),),
        body=_MARKED.sub(r"\1", text).encode(),
    )


def gateway_headers(source: Random) -> Pairs:
    """The headers that every answer carries, with fresh identifiers of the request."""
    root = f"{characters(source, 8, HEX_DIGITS)}-{characters(source, 24, HEX_DIGITS)}"
    return (
        *_HEADERS,
        ("x-amzn-RequestId", uuid_text(source)),
        ("x-amz-apigw-id", characters(source, 15) + "="),
        ("X-Amzn-Trace-Id", f"Root=1-{root};Sampled=0"),
    )


def _marked(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"not part of any answer: {value!r}")
    return f"{_MARK}{value}"
