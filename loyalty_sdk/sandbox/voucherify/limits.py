"""Voucherify's rate limit: a number of calls in a period, told in headers.

https://docs.voucherify.io/guides/limits
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from ..switches import Switches
from ..wire import Pairs
from .answers import Refused


class RateLimit:
    """Counts the calls of the current period."""

    def __init__(self) -> None:
        """Start with a period that is over."""
        self._ends: datetime | None = None
        self._used = 0

    def spend(self, switches: Switches, now: datetime) -> Pairs:
        """Count one call.

        Returns:
            The headers that go with every answer.

        Raises:
            Refused: The period's calls are used up.
        """
        if self._ends is None or now >= self._ends:
            self._ends = now + timedelta(seconds=switches.voucherify_rate_period)
            self._used = 0
        remaining = switches.voucherify_rate_limit - self._used
        self._used += 1
        if remaining > 0:
            return self._headers(switches, remaining - 1, now)
        wait = math.ceil((self._ends - now).total_seconds())
        raise Refused(
            429,
            None,
            "Too many requests hit the API too quickly.",
            headers=(
                *self._headers(switches, 0, now),
                ("Retry-After", str(wait)),
                ("X-Rate-Limit-Type", switches.voucherify_rate_limit_type),
            ),
        )

    def _headers(self, switches: Switches, remaining: int, now: datetime) -> Pairs:
        next_call = now if remaining > 0 or self._ends is None else self._ends
        return (
            ("X-Rate-Limit-Limit", str(switches.voucherify_rate_limit)),
            ("X-Rate-Limit-Remaining", str(remaining)),
            ("X-Rate-Limit-Retry", str(math.ceil(next_call.timestamp()))),
        )
