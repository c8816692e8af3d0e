"""Which failures are tried again, and after how long. The only file that knows tenacity."""

from __future__ import annotations

import email.utils
import random
import time
from collections.abc import Awaitable, Callable
from datetime import timezone
from typing import Any, TypeVar

import attrs
import tenacity

from loyalty_sdk.errors import (
    AnswerTooLarge,
    APIError,
    ConnectionLost,
    DeadlineExceeded,
    InvalidArgument,
    LoyaltyError,
    NotSent,
    RateLimited,
    TimedOut,
    UnreadableAnswer,
)

A = TypeVar("A")
T = TypeVar("T")
Wait = Callable[[BaseException], float | None]

LONGEST_WAIT = 1e9  # seconds; clocks and sockets cannot count much further
RETRIED_STATUSES = frozenset({500, 502, 503, 504})


def _seconds(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 <= value <= LONGEST_WAIT:
        raise InvalidArgument(attribute.name, "must be a number, 0 or more")


def _count(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_WAIT:
        raise InvalidArgument(attribute.name, "must be a whole number, 1 or more")


@attrs.frozen(kw_only=True)
class Retry:
    """When a failed attempt is repeated, as a value.

    Any call is repeated after a failure before it left, and after a 429. Only calls that are safe
    to repeat are sent again after a 500, 502, 503 or 504, a broken connection, a time-out or an
    unreadable answer. The wait is the one that the vendor states; else it grows exponentially,
    with full jitter.

    Args:
        attempts: How often to try in all; 1 or more, 1 for never again.
        initial_wait: Seconds that the first wait is at most; it doubles each time.
        max_wait: Seconds that any wait is at most. When the vendor asks for a longer one, the
            error is raised at once.
    """

    attempts: int = attrs.field(default=3, validator=_count)
    initial_wait: float = attrs.field(default=0.5, validator=_seconds)
    max_wait: float = attrs.field(default=30.0, validator=_seconds)

    def wait_before(self, attempt: int, error: LoyaltyError) -> float | None:
        """Seconds to wait before an attempt (2 for the first repetition); `None`: do not."""
        if attempt > self.attempts:
            return None
        stated = error.retry_after if isinstance(error, APIError) else None
        if stated is not None:
            return stated if stated <= self.max_wait else None
        longest = min(self.max_wait, self.initial_wait * 2.0 ** min(attempt - 2, 60))
        return random.uniform(0, longest) * backoff.scale


def may_repeat(error: LoyaltyError, repeatable: bool) -> bool:
    """Whether a call may be sent again after this failure.

    Args:
        error: What happened.
        repeatable: Whether the call is safe to repeat after it may have arrived.
    """
    if isinstance(error, (DeadlineExceeded, AnswerTooLarge)):
        return False
    if isinstance(error, TimedOut):
        return repeatable or not error.sent
    if isinstance(error, (NotSent, RateLimited)):
        return True
    if isinstance(error, APIError):
        return repeatable and error.status in RETRIED_STATUSES
    return repeatable and isinstance(error, (ConnectionLost, UnreadableAnswer))


def stated_wait(retry_after: str | None) -> float | None:
    """Seconds that a `Retry-After` header asks to wait: a number, or a date."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000": UTC, of a source that knows no better
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, moment.timestamp() - time.time())


def repeat(
    attempt: Callable[[A], T], argument: A, wait: Wait, rest: Callable[[float], None] = time.sleep
) -> T:
    """Call a function, again and again as long as *wait* gives seconds to *rest* for its error.

    The loop begins with the first failure: most calls have none, and need not pay for it.
    """
    try:
        return attempt(argument)
    except Exception as error:
        failures = [error]

    def again(argument: A) -> T:
        if failures:
            raise failures.pop()
        return attempt(argument)

    return tenacity.Retrying(sleep=rest, **_loop(wait))(again, argument)


async def repeat_async(attempt: Callable[[A], Awaitable[T]], argument: A, wait: Wait) -> T:
    """The same for a coroutine function."""
    try:
        return await attempt(argument)
    except Exception as error:
        failures = [error]

    async def again(argument: A) -> T:
        if failures:
            raise failures.pop()
        return await attempt(argument)

    return await tenacity.AsyncRetrying(**_loop(wait))(again, argument)


def poll(ask: Callable[[], T], done: Callable[[T], bool], every: float, at_most: float) -> T:
    """Ask again and again until it is done, or the time is over; the latest answer.

    Args:
        ask: What to ask.
        done: Whether an answer is the last one.
        every: Seconds between two questions.
        at_most: Seconds after which the next question would come too late.
    """
    return tenacity.Retrying(**_waiting(done, every, at_most))(ask)


def poll_async(
    ask: Callable[[], Awaitable[T]], done: Callable[[T], bool], every: float, at_most: float
) -> Awaitable[T]:
    """The same for a coroutine function."""
    return tenacity.AsyncRetrying(**_waiting(done, every, at_most))(ask)


def _waiting(done: Callable[[Any], bool], every: float, at_most: float) -> dict[str, Any]:
    def latest(state: tenacity.RetryCallState) -> Any:
        return state.outcome.result() if state.outcome else None

    return {
        "retry": tenacity.retry_if_result(lambda answer: not done(answer)),
        "wait": tenacity.wait_fixed(every * backoff.scale),
        "stop": tenacity.stop_before_delay(at_most),
        "retry_error_callback": latest,
    }


def _loop(wait: Wait) -> dict[str, Any]:
    """Tenacity asks twice, whether and how long; the answer to both is one number."""
    seconds: list[float] = []

    def again(state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        answer = None if error is None else wait(error)
        seconds[:] = [] if answer is None else [answer]
        return answer is not None

    def how_long(_: tenacity.RetryCallState) -> float:
        return seconds[0]

    return {"retry": again, "wait": how_long}


class _Backoff:
    """The switch of `loyalty_sdk.testing.no_backoff`."""

    scale: float = 1.0


backoff = _Backoff()
