"""The wire of version 2: headers, error bodies, and what says that a session is over."""

from __future__ import annotations

from typing import Any, cast

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.errors import APIError, Unauthorized

SESSION_INVALID = "SessionValidationException"
"""What an error says of a session that is over; one page gives it 401, another 500."""


class PublisherWire(Vendor):
    """https://docs.cardlytics.com/ads/v2/error-handling/index.html.

    Args:
        mock_data: Whether canned data are wanted, where that can be said.
    """

    name = "cardlytics_v2"

    def __init__(self, mock_data: bool | None = None) -> None:
        self.headers = {} if mock_data is None else {"x-mock-data": str(mock_data).lower()}

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the error object, or whatever else something in front of the API answers."""
        said = coerce.object_or_empty(body)
        code = words(said.get("type"))
        kind = Unauthorized if code == SESSION_INVALID else error_class(response.status)
        return kind(
            words(said.get("title")) or words(said.get("message")) or said_nothing(response),
            status=response.status,
            code=code,
            details=_details(said.get("validationErrors")),
            request_id=words(said.get("requestId")),
        )

    def token_is_refused(self, error: APIError) -> bool:
        """Whether the session is over: nothing but the 401 says so, or the error's own type."""
        return error.status == 401 or error.code == SESSION_INVALID

    def is_final(self, error: APIError) -> bool:
        """A session that is not valid stays so, even when the status is 500."""
        return error.code == SESSION_INVALID


def _details(problems: object) -> str | None:
    listed = cast("list[object]", problems) if isinstance(problems, list) else []
    return "; ".join(each for each in listed if isinstance(each, str)) or None
