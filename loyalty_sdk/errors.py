"""Every exception of the SDK, in one tree.

Catch `LoyaltyError` and nothing escapes; catch a branch to tell apart what happened::

    LoyaltyError
    ├── UsageError                nothing was sent: the call or the client was used wrongly
    │   ├── InvalidArgument       also a ValueError; names the argument
    │   ├── MissingCredentials    also a ValueError; names the argument and the variable
    │   ├── MissingExtra          also an ImportError; names the extra to install
    │   ├── ClientClosed          also a RuntimeError
    │   ├── StreamInUse           also a RuntimeError; a stream has one reader at a time
    │   ├── WrongEventLoop        also a RuntimeError
    │   └── WrongFolder           also a ValueError; an export's folder holds something else
    ├── TransportError            also an OSError; no whole answer came back
    │   ├── NotSent               also a ConnectionError; the request never left
    │   ├── ConnectionLost        also a ConnectionError; the request may have arrived
    │   └── TimedOut              also a TimeoutError; an attempt took too long
    │       └── DeadlineExceeded  the time for all attempts of the call is used up
    ├── UnreadableAnswer          also a ValueError; names the wire path that could not be read
    │   └── AnswerTooLarge        the body is larger than the SDK reads
    ├── MissingField              also an AttributeError; the vendor left out what it promises
    ├── StillRunning              also a TimeoutError; the vendor's work was waited for in vain
    ├── NotSaved                  also an OSError; the answer came, and its file cannot be written
    ├── PagingError               the vendor's paging makes no sense
    │   ├── RepeatedCursor        the same page would be asked for again
    │   └── MissingCursor         more is promised and no way to ask for it is given
    ├── BadSignature              what came to a webhook is not proven to be the vendor's
    │   └── StaleSignature        it is, and its time is over or still to come
    └── APIError                  the vendor answered, and the answer was no
        ├── UnexpectedRedirect    3xx (redirects are never followed)
        ├── BadRequest            400
        ├── Unauthorized          401
        ├── PaymentRequired       402
        ├── PermissionDenied      403
        ├── NotFound              404; also a LookupError
        ├── MethodNotAllowed      405
        ├── Conflict              409
        ├── PayloadTooLarge       413
        ├── Locked                423
        ├── RateLimited           429; says how long to wait, when the vendor does
        └── ServerError           5xx

Every error names the operation it belongs to (`error.operation`), says what to do about it where
the SDK can tell (`error.hint`), and holds no secret. One that is
raised while paging carries `error.cursor`, fit for `pages()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from loyalty_sdk._core.calls import Response, ShownRequest

__all__ = [
    "APIError",
    "AnswerTooLarge",
    "BadRequest",
    "BadSignature",
    "ClientClosed",
    "Conflict",
    "ConnectionLost",
    "DeadlineExceeded",
    "InvalidArgument",
    "Locked",
    "LoyaltyError",
    "MethodNotAllowed",
    "MissingCredentials",
    "MissingCursor",
    "MissingExtra",
    "MissingField",
    "NotFound",
    "NotSaved",
    "NotSent",
    "PagingError",
    "PayloadTooLarge",
    "PaymentRequired",
    "PermissionDenied",
    "RateLimited",
    "RepeatedCursor",
    "ServerError",
    "StaleSignature",
    "StillRunning",
    "StreamInUse",
    "TimedOut",
    "TransportError",
    "Unauthorized",
    "UnexpectedRedirect",
    "UnreadableAnswer",
    "UsageError",
    "WrongEventLoop",
    "WrongFolder",
]


class LoyaltyError(Exception):
    """The root of every exception that the SDK raises.

    Attributes:
        message: What happened, in words, without the operation's name.
        operation: The call it belongs to, such as `voucherify.customers.list_redeemables`.
        request: The request, with everything secret masked; `None` when none was built.
        cursor: While paging, the place to go on from: `pager.pages(error.cursor)`; of a stream,
            what its call says.
        rows: How many rows of a stream had been handed out; 0 where it is none.
        attempts: How often the call had been tried.
    """

    operation: str | None = None
    request: ShownRequest | None = None
    cursor: str | None = None
    rows: int = 0
    attempts: int = 0

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        text = f"{self.operation}: {self.message}" if self.operation else self.message
        return text + self._after_rows() + self._hinted()

    @property
    def hint(self) -> str:
        """What to do about it, where the SDK can tell; else empty."""
        return ""

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name}={value!r}" for name, value in self._facts() if value not in (None, "", 0)
        )
        return f"{type(self).__name__}({shown})"

    def _after_rows(self) -> str:
        """How much of a stream had been handed out, where it is one."""
        return f" (after {self.rows} rows)" if self.rows else ""

    def _hinted(self) -> str:
        """The hint at the end of a text, where a call is told of."""
        return f" - {self.hint}" if self.operation and self.hint else ""

    def _facts(self) -> list[tuple[str, Any]]:
        """What a repr shows, in order."""
        placed = [("cursor", self.cursor), ("rows", self.rows)]
        return [("message", self.message), ("operation", self.operation), *placed]


class UsageError(LoyaltyError):
    """The call or the client was used wrongly; nothing was sent."""


class InvalidArgument(UsageError, ValueError):
    """An argument cannot be sent as it is.

    Attributes:
        argument: The name of the argument.
    """

    def __init__(self, argument: str = "", problem: str = "") -> None:
        super().__init__(f"{argument}: {problem}")
        self.args: tuple[Any, ...] = (argument, problem)
        self.argument = argument


class MissingCredentials(UsageError, ValueError):
    """A credential was neither given nor found in the environment."""


class MissingExtra(UsageError, ImportError):
    """A package is not installed that comes with one of the SDK's extras."""


class ClientClosed(UsageError, RuntimeError):
    """The client was closed before this call."""

    @property
    def hint(self) -> str:
        """What to do about it."""
        return "make the call inside the client's `with`, or make a new client"


class StreamInUse(UsageError, RuntimeError):
    """A stream is read once, in one way, by one thread or task at a time."""


class WrongEventLoop(UsageError, RuntimeError):
    """An async client was used on a second event loop; make one client a loop."""


class WrongFolder(UsageError, ValueError):
    """The folder of an export holds another one, or something else, or is being written."""


class TransportError(LoyaltyError, OSError):
    """No whole answer came back."""

    def __init__(self, message: str = "") -> None:
        LoyaltyError.__init__(self, message)

    def __str__(self) -> str:
        return LoyaltyError.__str__(self)


class NotSent(TransportError, ConnectionError):
    """No connection could be had: the request never left this machine."""

    @property
    def hint(self) -> str:
        """What to do about it."""
        return "nothing was sent: is the address right, and the network or the proxy up?"


class ConnectionLost(TransportError, ConnectionError):
    """The connection broke after the request may have reached the vendor."""


class TimedOut(TransportError, TimeoutError):
    """An attempt took longer than `timeout`.

    Attributes:
        sent: Whether the request may have reached the vendor.
    """

    sent: bool = True


class DeadlineExceeded(TimedOut):
    """All attempts together took longer than `deadline`."""


class UnreadableAnswer(LoyaltyError, ValueError):
    """The answer is not what the vendor documents.

    Attributes:
        problems: What is wrong where, such as `$.data[3].amount: a number is expected, not text`.
        response: The answer as it came.
    """

    response: Response | None = None

    def __init__(self, problems: str | Sequence[str] = "") -> None:
        several = (problems,) if isinstance(problems, str) else tuple(problems)
        self.problems: tuple[str, ...] = several
        super().__init__(_several(self.problems))
        self.args: tuple[Any, ...] = (self.problems,)


class AnswerTooLarge(UnreadableAnswer):
    """The decoded body is larger than the SDK reads; a stream has no such limit."""


class MissingField(LoyaltyError, AttributeError):
    """The vendor's documents promise this field, and the answer did not have it.

    Attributes:
        path: Where it should have been, such as `$.data[3].redeemable.voucher`.
    """

    def __init__(self, path: str = "") -> None:
        super().__init__(f"{path} is promised by the vendor's documents and did not come")
        self.args: tuple[Any, ...] = (path,)
        self.path = path


class StillRunning(LoyaltyError, TimeoutError):
    """What the vendor works on was not done in the time that it was waited for.

    Attributes:
        latest: What the vendor said last.
    """

    latest: Any = None

    def __init__(self, message: str = "") -> None:
        LoyaltyError.__init__(self, message)

    def __str__(self) -> str:
        return LoyaltyError.__str__(self)


class NotSaved(LoyaltyError, OSError):
    """A file cannot be written; nothing was left at its place, or what was there before."""

    def __init__(self, message: str = "") -> None:
        LoyaltyError.__init__(self, message)

    def __str__(self) -> str:
        return LoyaltyError.__str__(self)


class PagingError(LoyaltyError):
    """The vendor's paging makes no sense; going on could miss or repeat items."""


class RepeatedCursor(PagingError):
    """The vendor leads back to a page that was walked before."""


class MissingCursor(PagingError):
    """The vendor says there is more, and gives no way to ask for it."""


class BadSignature(LoyaltyError):
    """It is not proven that a vendor sent what came to a webhook: answer 401, and do nothing."""


class StaleSignature(BadSignature):
    """The signature is the vendor's and not good now: it came late, or a clock is wrong."""


class APIError(LoyaltyError):
    """The vendor answered, and the answer was no.

    Attributes:
        status: The HTTP status, always the true one: a vendor may say no inside a 200.
        code: The vendor's own word for it, an open set: Voucherify's `key`, Spaaza's `name`.
        number: The vendor's number for it, where there is one beside the word.
        details: More words, often with the hint.
        request_id: What to quote to the vendor's support.
        response: The answer as it came.
        retry_after: Seconds that the vendor asks to wait.
    """

    def __init__(
        self,
        message: str = "",
        *,
        status: int = 0,
        code: str | None = None,
        number: str | None = None,
        details: str | None = None,
        request_id: str | None = None,
        response: Response | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.number = number
        self.details = details
        self.request_id = request_id
        self.response = response
        self.retry_after = retry_after

    def __str__(self) -> str:
        said = f"{self.status} {self.code or ''}".rstrip()
        parts = [self.operation, said, self.message, self.details]
        text = ": ".join(part for part in parts if part) + self._after_rows()
        if self.retry_after is not None:
            text += f" (the vendor asks to wait {self.retry_after:g} s)"
        quoted = f"{text} [request {self.request_id}]" if self.request_id else text
        return quoted + self._hinted()

    def _facts(self) -> list[tuple[str, Any]]:
        named = ("status", "code", "number", "message", "details", "request_id", "retry_after")
        facts = [(name, getattr(self, name)) for name in named]
        placed = [("cursor", self.cursor), ("rows", self.rows)]
        return [*facts, ("operation", self.operation), *placed]


class UnexpectedRedirect(APIError):
    """3xx: the vendor points elsewhere; the SDK never follows, for secrets stay with their host."""


class BadRequest(APIError):
    """400: the request breaks a rule."""


class Unauthorized(APIError):
    """401: the credentials are not accepted."""

    @property
    def hint(self) -> str:
        """What to do about it."""
        host = urlsplit(self.request.url).hostname if self.request is not None else None
        where = f" at {host}" if host else ""
        return f"are the credentials right, not run out, and of the account and region{where}?"


class PaymentRequired(APIError):
    """402: the plan does not cover it."""


class PermissionDenied(APIError):
    """403: the credentials are known and may not do this."""


class NotFound(APIError, LookupError):
    """404: there is no such thing."""


class MethodNotAllowed(APIError):
    """405: the endpoint does not take this verb."""


class Conflict(APIError):
    """409: it exists already, or something else stands in the way."""


class PayloadTooLarge(APIError):
    """413: the request is larger than the vendor takes."""


class Locked(APIError):
    """423: it is locked for now."""


class RateLimited(APIError):
    """429: too many requests, or the plan's allowance is used up."""


class ServerError(APIError):
    """5xx: the vendor failed."""


def _several(problems: Sequence[str], most: int = 5) -> str:
    """The first few problems as one text."""
    shown = "; ".join(problems[:most])
    return shown if len(problems) <= most else f"{shown}; and {len(problems) - most} more"
