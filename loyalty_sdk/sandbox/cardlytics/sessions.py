"""Sessions: tokens that stand for a customer, or for the whole institution.

https://docs.cardlytics.com/ads/v2/build-integration/get-session-token.html
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import attrs

from ..synthetic import Clock, characters, credential
from ..wire import Request
from .answers import Refused

PUBLISHER_LIFETIME = 3600
REWARDS_LIFETIME = 900
_OVER = "Session Expired"


@attrs.frozen(kw_only=True)
class Session:
    """A session, and when it is over.

    Attributes:
        customer_id: Whose it is; `None` for the institution's.
        is_rewards: Whether it is one of the Rewards Platform.
        good_until: When it is over.
    """

    customer_id: str | None
    is_rewards: bool
    good_until: datetime


class Sessions:
    """The sessions that were started, and who may start one of the Rewards Platform."""

    def __init__(self, seed: int, source: Random, now: Clock) -> None:
        """Start none yet."""
        self._source = source
        self._now = now
        self._sessions: dict[str, Session] = {}
        self.client_id: str = credential(seed, "cardlytics-client-id")
        self.secret: str = credential(seed, "cardlytics-secret")

    def start(self, customer_id: str | None, *, is_rewards: bool = False) -> str:
        """The token of a new session."""
        lifetime = REWARDS_LIFETIME if is_rewards else PUBLISHER_LIFETIME
        token = f"sandbox.{characters(self._source, 32)}.{characters(self._source, 16)}"
        self._sessions[token] = Session(
            customer_id=customer_id,
            is_rewards=is_rewards,
            good_until=self._now() + timedelta(seconds=lifetime),
        )
        return token

    def of(self, request: Request) -> Session:
        """The session that a request belongs to.

        Raises:
            Refused: There is none, it is over, or it is somebody else's.
        """
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        is_rewards = scheme.lower() == "bearer"
        token = bearer if is_rewards else request.headers.get("x-cdlx-session-token", "")
        session = self._sessions.get(token)
        if session is None or session.is_rewards is not is_rewards:
            raise Refused(401, _OVER)
        if session.good_until <= self._now():
            raise Refused(401, _OVER)
        if is_rewards and request.headers.get("x-source-customer-id") != session.customer_id:
            raise Refused(401, _OVER)
        return session

    def customer_of(self, request: Request) -> str:
        """The customer whose session a request belongs to.

        Raises:
            Refused: There is no session, or it is the institution's.
        """
        customer_id = self.of(request).customer_id
        if customer_id is None:
            raise Refused(403, "The session's scope does not allow this call.")
        return customer_id

    def expire(self) -> None:
        """End all sessions now."""
        now = self._now()
        self._sessions = {
            token: attrs.evolve(session, good_until=min(now, session.good_until))
            for token, session in self._sessions.items()
        }
