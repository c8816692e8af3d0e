"""What differs from vendor to vendor on the wire: the core asks, each `_wire.py` answers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, ClassVar

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.hiding.redact import SHOWN_HEADERS
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.remarks import Limits, Notice
from loyalty_sdk._core.retry import stated_wait
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    Conflict,
    Locked,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    PaymentRequired,
    PermissionDenied,
    RateLimited,
    ServerError,
    Unauthorized,
    UnexpectedRedirect,
    UnreadableAnswer,
)

_BY_STATUS: Mapping[int, type[APIError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: PermissionDenied,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    413: PayloadTooLarge,
    423: Locked,
    429: RateLimited,
}


class Vendor:
    """The rules of one vendor's wire. Each method has the common answer; a vendor overrides some.

    Attributes:
        name: The first word of every operation's name.
        headers: What is sent with every request.
        shown_headers: The names of the headers, in lower case, that the repr of an answer shows;
            all others are masked.
        shown_parameters: The names of the query's parameters that logs and errors show.
    """

    name: ClassVar[str]
    shown_headers: ClassVar[Set[str]] = SHOWN_HEADERS
    shown_parameters: ClassVar[Set[str]] = frozenset()
    headers: Mapping[str, str] = EMPTY

    def error(self, response: Response) -> APIError | None:
        """The error in an answer, or `None` where there is none."""
        if 200 <= response.status < 300:
            return None
        try:
            body = parse(response.content)
        except UnreadableAnswer:
            body = None
        return self.refusal(response, body)

    def refusal(self, response: Response, body: Any) -> APIError:
        """The error in an answer whose status is one.

        Args:
            response: The answer.
            body: Its parsed body; `None` where it is no JSON, as a gateway's is not.
        """
        return error_class(response.status)(said_nothing(response), status=response.status)

    def payload(self, body: Any) -> tuple[Any, str]:
        """The part of an answer that a model describes, and its wire path.

        Raises:
            APIError: The body is an error, although the status says that all is well.
        """
        return body, "$"

    def token_is_refused(self, error: APIError) -> bool:
        """Whether the credentials are stale, so that new ones may help."""
        return error.status == 401

    def stated_wait(self, response: Response) -> float | None:
        """Seconds that the vendor asks to wait before the next request."""
        return stated_wait(response.headers.get("retry-after"))

    def limits(self, response: Response) -> Limits | None:
        """How many requests the vendor still takes; `None` where it does not say."""
        return None

    def warnings(self, response: Response) -> tuple[Notice, ...]:
        """The warnings beside the result of an answer."""
        return ()

    def is_final(self, error: APIError) -> bool:
        """Whether waiting cannot help, whatever the status says."""
        return False


def said_nothing(response: Response) -> str:
    """What to say of an answer that says nothing itself."""
    return f"HTTP {response.status} with a body that is no error object"


def words(value: object) -> str | None:
    """Text of the vendor's, where it is text and not empty."""
    return value if isinstance(value, str) and value else None


def error_class(status: int) -> type[APIError]:
    """The class of error for a status."""
    if 300 <= status < 400:
        return UnexpectedRedirect
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, APIError)
