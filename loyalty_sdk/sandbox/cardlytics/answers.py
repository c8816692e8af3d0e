"""Cardlytics' error bodies, and the pages of the web server in front of it.

https://docs.cardlytics.com/ads/v1/common/http-responses.html
"""

from __future__ import annotations

from ..switches import Switches
from ..synthetic import dice, uuid_text
from ..wire import Request, Response, json_response

_CODES = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 500: "InternalServerError"}
_TYPES = {
    400: "ValidationException",
    401: "SessionValidationException",
    403: "AccessDeniedException",
    404: "NotFoundException",
    500: "InternalServerError",
}
_PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h2>{0}</h2></body></html>"


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        """Describe the error.

        Args:
            status: The HTTP status.
            message: A text for people.
        """
        super().__init__(message)
        self.status = status
        self.message = message

    def response(self, client_session: str | None, server_session: str, nested: bool) -> Response:
        """The error as an answer.

        Args:
            client_session: What the client calls its session, to be repeated.
            server_session: What the server calls it.
            nested: Whether the error stands under `error`.
        """
        error = {
            "message": self.message,
            "code": _CODES[self.status],
            "innerError": None,
            "clientSessionId": client_session,
            "serverSessionId": server_session,
        }
        return json_response(self.status, {"error": error} if nested else error)

    def response_v2(self, request_id: str) -> Response:
        """The error as version 2 has it."""
        is_invalid = self.status == 400
        content = {
            "type": _TYPES[self.status],
            "title": "Validation failed" if is_invalid else self.message,
            "status": self.status,
            "validationErrors": [self.message] if is_invalid else [],
            "requestId": request_id,
        }
        return json_response(self.status, content)


def bad_request(message: str) -> Refused:
    """The error for a field that is missing, unknown or has a bad value, or a malformed token."""
    return Refused(400, message)


def expired(when: str) -> Refused:
    """The error for a token that is over."""
    return Refused(403, f"The security token expired at {when}.")


def not_found(what: str) -> Refused:
    """The error for something that does not exist."""
    return Refused(404, f"The {what} was not found.")


def failed() -> Refused:
    """The error for everything else, whose text says nothing."""
    return Refused(500, "An unexpected error occurred.")


def no_such_path() -> Response:
    """The web server's own page: the application never saw the request."""
    return _page(404, "404 - File or directory not found.")


def wrong_method(allowed: str) -> Response:
    """The web server's own page for a verb that the path does not take."""
    return _page(405, "405 - HTTP verb used to access this page is not allowed.").with_headers(
        ("allow", allowed)
    )


def request_id_of(request: Request) -> str:
    """What version 2 calls a request: as the caller does, or else as it likes."""
    made = uuid_text(dice(0, "cardlytics-request", request.target, request.body))
    return request.headers.get("x-cdlx-request-id", made)


def is_nested(switches: Switches) -> bool:
    """Whether errors stand under `error`."""
    return switches.cardlytics_errors == "nested"


def _page(status: int, title: str) -> Response:
    return Response(
        status=status,
        headers=(("content-type", "text/html"),),
        body=_PAGE.format(title).encode(),
    )
