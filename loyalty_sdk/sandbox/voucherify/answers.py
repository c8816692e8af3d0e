"""Voucherify's error objects and list envelopes.

https://docs.voucherify.io/api-reference/errors
"""

from __future__ import annotations

from collections.abc import Mapping

from ..wire import Pairs, Response, json_response

MAX_BODY = 10_485_760


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(
        self,
        status: int,
        key: str | None,
        message: str,
        *,
        headers: Pairs = (),
        **more: str | None,
    ) -> None:
        """Describe the error.

        Args:
            status: The HTTP status, repeated in the body as `code`.
            key: The machine-readable name, if this error has one.
            message: The short text.
            headers: Headers that go with it.
            **more: Further members of the error object, such as `details`.
        """
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.content: dict[str, object] = {"code": status, "message": message}
        if key is not None:
            self.content["key"] = key
        self.content.update(more)

    def response(self, request_id: str) -> Response:
        """The error as an answer; a plain 401 or 429 has no request id."""
        content: Mapping[str, object] = self.content
        if self.status not in (401, 429):
            content = {**content, "request_id": request_id}
        return json_response(self.status, content, *self.headers)


class FrameworkRefused(Refused):
    """A request that the vendor's web framework answers with an error of its own shape."""

    def __init__(self, status: int, error: str, message: str) -> None:
        """Describe the error."""
        super().__init__(status, None, message)
        self.content: dict[str, object] = {"statusCode": status, "error": error, "message": message}

    def response(self, request_id: str) -> Response:
        """The error as an answer; it has no request id."""
        return json_response(self.status, self.content)


def bad_json() -> Refused:
    """The error for a body that is no JSON object."""
    return FrameworkRefused(400, "Bad Request", "Invalid request payload JSON format")


def bad_query(details: str) -> Refused:
    """The error for a query parameter that is unknown or has a bad value."""
    return Refused(400, "invalid_query_params", "Invalid query params", details=details)


def bad_form(details: str) -> Refused:
    """The error for a form field that is missing, unknown or has a bad value."""
    return Refused(400, "invalid_payload", "Invalid payload", details=details)


def not_found(kind: str, identifier: str) -> Refused:
    """The error for an object that does not exist."""
    return Refused(
        404,
        "not_found",
        "Resource not found",
        details=f"Cannot find {kind} with id {identifier}",
        resource_id=identifier,
        resource_type=kind,
    )


def no_such_path() -> Refused:
    """The error for a path that no operation has."""
    return Refused(404, "not_found", "Resource not found", details="Cannot find this endpoint")


def wrong_method(allowed: tuple[str, ...]) -> Refused:
    """The error for a path that exists under other methods."""
    allow = ", ".join(allowed)
    return Refused(
        405,
        "method_not_allowed",
        "Method not allowed",
        details=f"Allowed: {allow}",
        headers=(("allow", allow),),
    )


def unauthorized() -> Refused:
    """The error for credentials that are missing, wrong or expired."""
    return Refused(401, "unauthorized", "Unauthorized")


def no_permission(permission: str) -> Refused:
    """The error for credentials that are right but not strong enough."""
    return Refused(
        403,
        "missing_required_permission",
        "Missing required permission",
        details=f"This operation needs the permission {permission}",
    )


def too_large() -> Response:
    """The web framework's own answer to an oversized body, which has another shape."""
    text = f"Payload content length greater than maximum allowed: {MAX_BODY}"
    content = {"statusCode": 413, "error": "Request Entity Too Large", "message": text}
    return json_response(413, content)
