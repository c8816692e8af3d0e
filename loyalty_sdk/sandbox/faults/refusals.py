"""Answers that somebody else gives in the vendor's place, or the vendor on a bad day."""

from __future__ import annotations

import json
import math
import time
from email.utils import formatdate

import attrs

from ..spaaza.answers import Refused, denied, failure, read_version
from ..switches import Switches
from ..wire import Pairs, Response, json_response
from .occasion import Occasion

_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{0}</title></head>\n"
    "<body><center><h1>{0}</h1></center><hr><center>sandbox gateway</center></body></html>\n"
)
_TITLES = {502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Timeout"}
_MESSAGES = {
    429: "Too many requests hit the API too quickly.",
    500: "An unexpected error occurred.",
    503: "The service is unavailable.",
}
_CARDLYTICS_CODES = {429: "TooManyRequests", 500: "InternalServerError", 503: "ServiceUnavailable"}
_REDIRECTS = (301, 302, 303, 307, 308)
_PLAIN = Switches()


def html(status: int, title: str) -> Response:
    """A page for people, where a program has asked."""
    return Response(
        status=status,
        headers=(("content-type", "text/html"),),
        body=_PAGE.format(title).encode(),
    )


def gateway(occasion: Occasion) -> Response:
    """The page of a gateway: 502, 503 or 504."""
    status = occasion.dice.choice(sorted(_TITLES))
    return html(status, _TITLES[status])


def server_error(occasion: Occasion) -> Response:
    """A 500 in the vendor's own form."""
    return _refusal(occasion, 500)


def unavailable(occasion: Occasion) -> Response:
    """A 503 in the vendor's own form."""
    return _refusal(occasion, 503)


def too_many_requests(occasion: Occasion) -> Response:
    """A 429 that says in seconds how long to wait."""
    return _refusal(occasion, 429, ("retry-after", str(math.ceil(occasion.tuning.wait))))


def too_many_requests_date(occasion: Occasion) -> Response:
    """A 429 that says until when to wait."""
    moment = math.ceil(time.time() + occasion.tuning.wait)
    return _refusal(occasion, 429, ("retry-after", formatdate(moment, usegmt=True)))


def too_many_requests_absurd(occasion: Occasion) -> Response:
    """A 429 that asks to wait longer than anybody could."""
    return _refusal(occasion, 429, ("retry-after", f"{occasion.tuning.absurd_wait:.0f}"))


def too_many_requests_moment(occasion: Occasion) -> Response:
    """Voucherify's 429 without the optional `Retry-After`."""
    return _rate_limit(occasion, "api_calls", occasion.tuning.wait)


def cycle_used_up(occasion: Occasion) -> Response:
    """Voucherify's 429 because the calls of the billing cycle are used up."""
    return _rate_limit(occasion, "api_calls_cycle", occasion.tuning.wait)


def redirected(occasion: Occasion) -> Response:
    """A redirect to another host."""
    status = occasion.dice.choice(_REDIRECTS)
    target = occasion.elsewhere + occasion.asked.request.target
    return attrs.evolve(html(status, "Moved"), headers=(("location", target),))


def business_401(_: Occasion) -> Response:
    """ES Loyalty's 401 that has nothing to do with who is asking."""
    content = {
        "statusCode": 401,
        "errorMessage": "Account status is CLOSED.",
        "errorCode": "API_VALIDATION",
    }
    return json_response(401, content)


def bad_credentials_500(occasion: Occasion) -> Response:
    """What Cardlytics answers to bad credentials."""
    return _refusal(occasion, 500)


def error_in_200(occasion: Occasion) -> Response:
    """Spaaza's error 68 with status 200."""
    return _spaaza_denial(occasion, attrs.evolve(_PLAIN, spaaza_errors_in_200=True))


def error_in_500(occasion: Occasion) -> Response:
    """Spaaza's error 68 with status 500."""
    return _spaaza_denial(occasion, attrs.evolve(_PLAIN, spaaza_denied_status=500))


def _spaaza_denial(occasion: Occasion, switches: Switches) -> Response:
    try:
        version = read_version(occasion.asked.request.headers["x-spaaza-api-version"])
    except (LookupError, Refused):
        version = read_version(switches.spaaza_default_version)
    return failure(denied(), version, switches)


def _rate_limit(occasion: Occasion, kind: str, wait: float) -> Response:
    return _refusal(
        occasion,
        429,
        ("X-Rate-Limit-Limit", "1000"),
        ("X-Rate-Limit-Remaining", "0"),
        ("X-Rate-Limit-Retry", str(math.ceil(time.time() + wait))),
        ("X-Rate-Limit-Type", kind),
    )


def _refusal(occasion: Occasion, status: int, *headers: tuple[str, str]) -> Response:
    content = _refusal_content(occasion.asked.vendor, status, _MESSAGES[status])
    pairs: Pairs = (("content-type", "application/json; charset=utf-8"), *headers)
    return Response(status=status, headers=pairs, body=json.dumps(content).encode())


def _refusal_content(vendor: str, status: int, message: str) -> object:
    match vendor:
        case "voucherify":
            return {"code": status, "message": message}
        case "cardlytics":
            return {"error": {"message": message, "code": _CARDLYTICS_CODES[status]}}
        case "spaaza":
            return {"result": {"code": 2, "status": "error"}}
        case _:
            return {"message": message}
