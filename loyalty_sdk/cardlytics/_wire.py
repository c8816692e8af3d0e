"""Cardlytics' wire: headers, error bodies, and the zone of its naive times."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.cardlytics.errors import TokenExpired
from loyalty_sdk.errors import APIError, InvalidArgument

LONGEST_HEADER = 512
"""Bytes; the server would silently cut off the rest."""


class CardlyticsWire(Vendor):
    """https://docs.cardlytics.com/ads/v1/common/http-responses.html and custom-headers.html.

    Args:
        session_id: What `X-CDLX-Session` says.
        meta: What `X-CDLX-Meta` says.
        zone: The zone in which the server's naive times are.

    Raises:
        InvalidArgument: A header cannot be sent whole.
    """

    name = "cardlytics"
    shown_parameters = frozenset({"channelId", "locationId"})

    def __init__(
        self,
        session_id: str | None = None,
        meta: str | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self.zone = zone
        headers: dict[str, str] = {}
        if session_id is not None:
            headers["x-cdlx-session"] = _checked_header("session_id", session_id)
        if meta is not None:
            headers["x-cdlx-meta"] = _checked_header("meta", meta)
        self.headers = headers

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the error object, or whatever else a server without the endpoint answers."""
        whole = coerce.object_or_empty(body)
        said = coerce.object_or_empty(whole.get("error")) or whole
        kind = error_class(response.status)
        if response.status == 403 and (said is not whole or "code" in whole):
            kind = TokenExpired  # Cardlytics' own 403 means nothing else; a gateway's may
        return kind(
            _text(said.get("message")) or said_nothing(response),
            status=response.status,
            code=_text(said.get("code")),
            details=_text(said.get("innerError")),
            request_id=_text(said.get("serverSessionId")),
        )


def zone_of(vendor: Vendor) -> tzinfo | None:
    """The zone of the client that this vendor belongs to."""
    return vendor.zone if isinstance(vendor, CardlyticsWire) else None


def _checked_header(argument: str, value: str) -> str:
    if not isinstance(value, str):
        raise InvalidArgument(argument, f"must be text, not {type(value).__name__}")
    if len(value.encode("utf-8", "replace")) > LONGEST_HEADER:
        raise InvalidArgument(argument, f"must not be longer than {LONGEST_HEADER} bytes")
    if not value.isascii() or not value.isprintable():
        raise InvalidArgument(argument, "must be printable ASCII text")
    if not value or value != value.strip():
        raise InvalidArgument(argument, "must not be empty, nor begin or end with white space")
    return value


def _text(value: object) -> str | None:
    number = isinstance(value, int) and not isinstance(value, bool)
    return words(str(value) if number else value)
