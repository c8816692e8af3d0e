"""Cardlytics' documented behaviour, without any I/O: versions 1 and 2.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import Clock, dice, uuid_text
from ..vendor import Asked, Operation, Route, allowed_methods, name_of
from ..wire import Request, Response
from .access import Access
from .answers import Refused, failed, is_nested, no_such_path, request_id_of, wrong_method
from .bank import Bank
from .calls import ROUTES
from .sessions import Sessions
from .state import CardlyticsState
from .v2 import ROUTES as V2_ROUTES
from .view import Since

SESSION_HEADER = "x-cdlx-session"
LONGEST_HEADER = 512


class CardlyticsVendor:
    """Answers requests as Cardlytics' documents say."""

    name = "cardlytics"

    def __init__(
        self, seed: int, members: Members, switches: Callable[[], Switches], now: Clock
    ) -> None:
        """Open a synthetic bank's programme.

        Args:
            seed: What the data and the tokens are made from.
            members: The people whom all vendors know.
            switches: Gives the current switches.
            now: Gives the current moment.
        """
        self._switches = switches
        self._now = now
        self._lock = RLock()
        self._sessions = dice(seed, "cardlytics-sessions")
        self.access: Access = Access(dice(seed, "cardlytics-tokens"), now)
        self.state: CardlyticsState = CardlyticsState(seed, members, now)
        self.sessions: Sessions = Sessions(seed, dice(seed, "cardlytics-v2-sessions"), now)
        self._bank = Bank(
            state=self.state,
            access=self.access,
            sessions=self.sessions,
            switches=switches,
            clock=now,
        )

    def operation(self, request: Request) -> str:
        """Which call such a request makes, or "unknown"."""
        return name_of(self._find(request.method, request.segments))

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        with self._lock:
            operation = self._find(request.method, request.segments)
            if operation is None:
                return self._no_operation(request)
            return attrs.evolve(self._respond(operation, request), operation=operation.name)

    def expire_tokens(self) -> None:
        """End all customers' tokens."""
        with self._lock:
            self.access.expire()

    def expire_sessions(self) -> None:
        """End all sessions of version 2."""
        with self._lock:
            self.sessions.expire()

    def _respond(self, operation: Operation, request: Request) -> Response:
        switches = self._switches()
        server_session = uuid_text(self._sessions)
        try:
            if switches.cardlytics_failing:
                raise failed()
            return operation.respond(request)
        except Refused as refused:
            if request.segments[0] == "v2":
                return refused.response_v2(request_id_of(request))
            return refused.response(_session_of(request), server_session, is_nested(switches))

    def _no_operation(self, request: Request) -> Response:
        allowed = allowed_methods(self._find, request.segments)
        return wrong_method(", ".join(allowed)) if allowed else no_such_path()

    def _find(self, method: str, segments: tuple[str, ...]) -> Operation | None:
        for route in (*ROUTES, *V2_ROUTES):
            parts = route.parts(segments) if route.method == method else None
            if parts is not None and self._is_new_enough(route):
                return Operation(route.name, _responding(self._bank, route, parts))
        return None

    def _is_new_enough(self, route: Route[Bank]) -> bool:
        return not isinstance(route.needs, Since) or self._bank.version >= route.needs


def _responding(
    bank: Bank, route: Route[Bank], parts: dict[str, str]
) -> Callable[[Request], Response]:
    return lambda request: route.respond(bank, Asked(request, parts))


def _session_of(request: Request) -> str | None:
    session = request.headers.get(SESSION_HEADER)
    return None if session is None else session[:LONGEST_HEADER]
