"""How fast requests may go: a rate that all workers share, and what the vendor's headers say."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

import attrs

from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.reading.remarks import Limits
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.export import libraries

_LONGEST_NAP, _SHORT_NAP = 1.0, 0.01


class Pace:
    """Lets requests through, one by one, as fast as they may go.

    Args:
        rate: Such as `40/second` or `2000/minute`; `None` for no rate of one's own.
        store: Where it is counted: `memory://` for this process, `redis://...` for all that share
            that server.
        name: What is counted, where a store counts several things.

    Raises:
        InvalidArgument: That is no rate, or no store.
        MissingExtra: limits, or redis, is not installed.
    """

    def __init__(self, rate: str | None, store: str, name: str) -> None:
        self._name = name
        self._paused_until = 0.0
        self._under_way = 0
        self._left = 1_000_000  # until an answer says it
        self._lock = threading.Lock()
        self._rate: Any = None
        if rate is None:
            return
        limits = libraries.limits()
        try:
            self._rate = limits.parse(plain_text("rate", rate))
        except ValueError:
            self._rate = None
        if self._rate is None:
            raise InvalidArgument("rate", 'must be such as "40/second" or "2000/minute"')
        self._window = limits.strategies.MovingWindowRateLimiter(_storage(limits, store))

    @contextmanager
    def request(self) -> Generator[Request]:
        """Wait for one's turn; inside, make one request, and say what its answer says of limits."""
        while (nap := self._nap()) > 0:
            time.sleep(min(nap, _LONGEST_NAP))
        request = Request()
        try:
            yield request
        finally:
            self._heard(request.limits)

    def _heard(self, limits: Limits | None) -> None:
        with self._lock:
            self._under_way -= 1
            if limits is None or limits.remaining is None:
                return
            self._left = limits.remaining - self._under_way
            if limits.remaining == 0 and limits.next_at is not None:
                wait = (limits.next_at - datetime.now(timezone.utc)).total_seconds()
                self._paused_until = max(self._paused_until, time.monotonic() + wait)

    def _nap(self) -> float:
        """Seconds to wait before looking again; 0 when it is one's turn."""
        with self._lock:
            paused = self._paused_until - time.monotonic()
            if paused > 0:
                return paused
            if self._left <= 0 and self._under_way:
                return _SHORT_NAP  # their answers tell how many are left
            if self._rate is None or self._window.hit(self._rate, self._name):
                self._left -= 1
                self._under_way += 1
                return 0
        reset: float = self._window.get_window_stats(self._rate, self._name).reset_time
        return max(reset - time.time(), 0.001)


@attrs.define
class Request:
    """A request that is made in its turn.

    Attributes:
        limits: What its answer says is left.
    """

    limits: Limits | None = None


def _storage(limits: Any, store: str) -> Any:
    try:
        return limits.storage.storage_from_string(plain_text("store", store))
    except limits.errors.ConfigurationError as error:
        problem = InvalidArgument("store", str(error))
    raise problem
