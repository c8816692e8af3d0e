"""One call on its way, across its attempts. Everything is decided here, and nothing sent."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode, urlsplit

import attrs

from loyalty_sdk._core.calls import (
    Answer,
    Call,
    Response,
    ShownRequest,
    quoted_path,
    quoted_query,
    shown_url,
)
from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.connections.wire import Outgoing, Patience
from loyalty_sdk._core.hiding.echoes import Echoes
from loyalty_sdk._core.hiding.frames import unseen
from loyalty_sdk._core.hiding.redact import Secret, held_secrets, secrets_within
from loyalty_sdk._core.options import Options
from loyalty_sdk._core.retry import may_repeat
from loyalty_sdk._core.session import Session, checked_url
from loyalty_sdk.errors import (
    APIError,
    DeadlineExceeded,
    InvalidArgument,
    LoyaltyError,
    TimedOut,
    TransportError,
    UnreadableAnswer,
)

T = TypeVar("T")

logger = logging.getLogger("loyalty_sdk")

_OURS = frozenset({"operation", "cursor"})  # what an error says in our words, not the vendor's


class Trip(Generic[T]):
    """A call between being asked for and being answered.

    Args:
        session: Where it goes.
        options: How it is made.
        call: What is asked.
        operation: Its name, for logs and errors.
        ends: The moment of `time.monotonic()` past which it must not go on, if one is set already.
        recall: What may end it before that, from another thread.
    """

    def __init__(
        self,
        session: Session[Any],
        options: Options,
        call: Call[T],
        operation: str,
        ends: float | None = None,
        recall: Recall | None = None,
    ) -> None:
        self.session = session
        self.call = call
        self.operation = operation
        self.attempts = 0
        self.token: Secret | None = None
        self.hidden: list[Secret] = [*call.hidden]
        self._options = options
        self._began = self._attempt_began = time.monotonic()
        own = None if options.deadline is None else self._began + options.deadline
        self.ends = _earliest(own, ends)
        self.recall = recall
        self._resent = False
        self._outgoing: Outgoing | None = None

    # --- before an attempt

    def left(self) -> float | None:
        """Seconds left for the whole call; `None` for no limit."""
        return None if self.ends is None else self.ends - time.monotonic()

    def begin(self) -> Patience | None:
        """Begin an attempt: how long it may take.

        Raises:
            DeadlineExceeded: There is no time left for it.
            Recalled: It was called back.
        """
        self._attempt_began = now = time.monotonic()
        timeout = self._options.timeout
        ends = _earliest(self.ends, None if timeout is None else now + timeout)
        if ends is not None and ends <= now:
            raise DeadlineExceeded("no time is left for an attempt")
        if self.recall is not None:
            self.recall.check()
            ends = math.inf if ends is None else ends
        self.attempts += 1
        return None if ends is None else Patience.until(ends, self.recall)

    def rest(self, seconds: float) -> None:
        """Sleep between two attempts."""
        (time.sleep if self.recall is None else self.recall.rest)(seconds)

    def outgoing(self, secrets: Mapping[str, Secret]) -> Outgoing:
        """The request, signed with *secrets*."""
        call = self.call
        headers, hidden = self._headers(secrets)
        base_url, query = self._base_url(), quoted_query(call.params)
        content = self._content(headers)
        self._outgoing = Outgoing(
            method=call.method,
            base_url=base_url,
            target=Secret(quoted_path(call.path) + (f"?{query}" if query else "")),
            headers=headers,
            secrets=hidden,
            content=content,
            show=partial(_shown, base_url, call, self.session.vendor.shown_parameters),
            target_is_secret=bool(call.hidden)
            or any(isinstance(part, Secret) for part in call.path),
        )
        return self._outgoing

    def _headers(self, secrets: Mapping[str, Secret]) -> tuple[dict[str, str], dict[str, Secret]]:
        """The headers that anybody may see, and those that nobody may.

        What the caller adds is for the vendor, and goes to no other host.
        """
        session, call = self.session, self.call
        if call.base_url is None:
            shown, hidden = dict(session.headers), {**self._options.headers, **secrets}
        else:
            shown, hidden = dict(session.own_headers), dict(secrets)
        for name, value in call.headers.items():
            shown.pop(name, None)
            hidden.pop(name, None)
            if isinstance(value, Secret):
                hidden[name] = value
            elif value is not None:
                shown[name] = value
        return shown, hidden

    def _base_url(self) -> str:
        if self.call.base_url is None:
            return self.session.base_url
        url = checked_url("token_url", self.call.base_url, self.session.allow_http)
        return url.rstrip("/") if self.call.path else url

    def _content(self, headers: dict[str, str]) -> bytes | None:
        """The body; its type joins the headers."""
        if self.call.form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
            return _to_form(self.call.form)
        if self.call.content is not None:
            headers["content-type"] = "application/json"
        return self.call.content

    # --- after an attempt

    def answer(self, response: Response) -> Answer[T]:
        """Read an answer.

        Raises:
            APIError: The vendor says no.
            UnreadableAnswer: It is not what the vendor documents.
        """
        self.log_answer(response.status)
        vendor = self.session.vendor
        response = response.given_by(vendor)
        error = vendor.error(response)
        if error is None:
            try:
                data = self.call.read(response)
                if self.call.gives_secrets:
                    response = response.without(Echoes(held_secrets(data)))
                return Answer(data, response)
            except UnreadableAnswer as unreadable:
                unread = attrs.evolve(response, content=b"")  # a secret that nobody could find
                unreadable.response = unread if self.call.gives_secrets else response
                raise
            except APIError as inside:  # the vendor says no under a status that says yes
                error = inside
        error.status = response.status
        error.response = response
        error.retry_after = vendor.stated_wait(response)
        raise error

    def flowing(self) -> float | None:
        """The first row of a long body came: the deadline is over, each read has its own time."""
        self.ends = None
        return self._options.timeout

    def may_resend(self, error: APIError) -> bool:
        """Whether a refusal means that the credentials are stale; once a trip."""
        if self._resent or not self.call.signed or self.session.auth is None:
            return False
        self._resent = self.session.vendor.token_is_refused(error)
        return self._resent

    def wait(self, error: BaseException) -> float | None:
        """Seconds to wait before the next attempt; `None`: there is none."""
        if not isinstance(error, LoyaltyError) or not may_repeat(error, self.call.repeatable):
            return None
        if error.operation is not None:  # a renewal's, which was repeated on its own trip
            return None
        if isinstance(error, APIError) and self._is_final(error):
            return None
        seconds = self._options.retry.wait_before(self.attempts + 1, error)
        left = self.left()
        if seconds is None or (left is not None and seconds >= left):
            return None
        self._log_failure(error, f"again in {seconds:.2f} s")
        return seconds

    def _is_final(self, error: APIError) -> bool:
        return error.status in self.call.final or self.session.vendor.is_final(error)

    @unseen
    def explained(self, error: BaseException) -> BaseException:
        """The error as the caller gets it: it says which call, how often tried, and no secret."""
        if not isinstance(error, LoyaltyError):
            return error
        left = self.left()
        if error.operation is None:
            if isinstance(error, TimedOut) and left is not None and left <= 0:
                error = self._too_late(error)
            if isinstance(error, TimedOut) and self.attempts == 0:
                error.sent = False  # it was a token that was waited for
            error.operation = self.operation
            error.attempts = self.attempts
            self._say_where(error)
        if self._outgoing is not None and error.request is None:
            error.request = self._outgoing.show()
        self._scrub(error)
        self._log_failure(error, "given up")
        return error

    def _say_where(self, error: LoyaltyError) -> None:
        """Add the host to an error of the network: with four vendors it is the first question."""
        if isinstance(error, TransportError) and self._outgoing is not None:
            error.message += f" (at {urlsplit(self._outgoing.base_url).netloc})"
            error.args = (error.message,)

    def _too_late(self, error: TimedOut) -> TimedOut:
        late = DeadlineExceeded(
            f"no whole answer within the deadline of {self._options.deadline:g} s "
            f"({self.attempts} {'attempt' if self.attempts == 1 else 'attempts'})"
            if self._options.deadline is not None
            else "no whole answer in time"
        )
        late.sent = error.sent
        return late

    def _scrub(self, error: LoyaltyError) -> None:
        """Take out of the vendor's words the secrets that it may have repeated in them."""
        if self._outgoing is None:
            return
        sent = (each for each in self._sent() if isinstance(each, Secret))
        echoes = Echoes(sent, perhaps=self._options.headers.values())
        for name, value in vars(error).items():
            if isinstance(value, Response):
                vars(error)[name] = value.without(echoes)
            elif name not in _OURS:
                vars(error)[name] = echoes.masked(value)
        error.args = echoes.masked(error.args)

    def _sent(self) -> Iterator[object]:
        """Everything that went out and may be a secret."""
        yield from self.hidden
        yield from self.call.path
        yield from self.call.headers.values()
        yield from (self.call.form or {}).values()
        yield from secrets_within(self.call.json)
        yield from self.session.network.secrets(self._base_url())

    # --- what is logged: never a secret, and nothing is put together unless somebody listens

    def log_answer(self, status: int) -> None:
        """Log that an answer came."""
        if logger.isEnabledFor(logging.DEBUG):
            took = time.monotonic() - self._attempt_began
            logger.debug(
                "%s: %d in %.0f ms (attempt %d)",
                self.operation,
                status,
                took * 1000,
                self.attempts,
                extra={
                    "operation": self.operation,
                    "status": status,
                    "duration": took,
                    "attempt": self.attempts,
                },
            )

    def _log_failure(self, error: LoyaltyError, then: str) -> None:
        if logger.isEnabledFor(logging.INFO):
            status = error.status if isinstance(error, APIError) else None
            logger.info(
                "%s: %s%s after attempt %d, %s",
                self.operation,
                type(error).__name__,
                "" if status is None else f" {status}",
                self.attempts,
                then,
                extra={
                    "operation": self.operation,
                    "status": status,
                    "duration": time.monotonic() - self._began,
                    "attempt": self.attempts,
                },
            )


def _shown(base_url: str, call: Call[Any], known: Set[str]) -> ShownRequest:
    return ShownRequest(call.method, shown_url(base_url, call.path, call.params, known))


def _to_form(form: Mapping[str, str | Secret]) -> bytes:
    try:
        return urlencode(
            {k: v.reveal() if isinstance(v, Secret) else v for k, v in form.items()}
        ).encode()
    except UnicodeError:
        problem = InvalidArgument("form", "must not have half a surrogate pair in it")
    raise problem


def _earliest(*moments: float | None) -> float | None:
    return min((moment for moment in moments if moment is not None), default=None)
