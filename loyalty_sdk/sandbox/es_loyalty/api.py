"""ES Loyalty's documented behaviour, without any I/O.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import cast

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import Clock, dice
from ..vendor import Asked, Operation, Route, allowed_methods, name_of
from ..wire import Request, Response
from .access import Access
from .answers import Refused, gateway, gateway_headers
from .calls import ROUTES
from .ledger import Ledger
from .programme import Programme
from .state import ESLoyaltyState


class ESLoyaltyVendor:
    """Answers requests as ES Loyalty's documents say."""

    name = "es_loyalty"

    def __init__(
        self, seed: int, members: Members, switches: Callable[[], Switches], now: Clock
    ) -> None:
        """Open a synthetic loyalty programme.

        Args:
            seed: What the data and the credentials are made from.
            members: The people whom all vendors know.
            switches: Gives the current switches.
            now: Gives the current moment.
        """
        self._lock = RLock()
        self._request_ids = dice(seed, "es-loyalty-requests")
        self.access: Access = Access(seed, now)
        self.state: ESLoyaltyState = ESLoyaltyState(seed, members, now)
        self._programme = Programme(
            state=self.state,
            access=self.access,
            ledger=Ledger(self.state, now),
            dice=dice(seed, "es-loyalty-reservations"),
            switches=switches,
            clock=now,
            opened=now(),
        )

    def operation(self, request: Request) -> str:
        """Which call such a request makes, or "unknown"."""
        return name_of(self._find(request.method, request.segments))

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        with self._lock:
            operation = self._find(request.method, request.segments)
            try:
                if operation is None:
                    raise self._no_operation(request)
                response = operation.respond(request)
            except Refused as refused:
                response = refused.response()
            response = response.with_headers(*gateway_headers(self._request_ids))
            return attrs.evolve(response, operation=name_of(operation))

    def expire_tokens(self) -> None:
        """End all OAuth tokens."""
        with self._lock:
            self.access.expire_tokens()

    def expire_sessions(self) -> None:
        """End all sessions."""
        with self._lock:
            self.access.expire_sessions()

    def _find(self, method: str, segments: tuple[str, ...]) -> Operation | None:
        for route in ROUTES:
            parts = route.parts(segments) if route.method == method else None
            if parts is not None:
                return Operation(route.name, self._responding(route, parts))
        return None

    def _responding(
        self, route: Route[Programme], parts: dict[str, str]
    ) -> Callable[[Request], Response]:
        def respond(request: Request) -> Response:
            suites = cast("tuple[str, ...] | None", route.needs)
            if suites is not None:
                self.access.require_token(request, suites)
            return route.respond(self._programme, Asked(request, parts))

        return respond

    def _no_operation(self, request: Request) -> Refused:
        allowed = ", ".join(allowed_methods(self._find, request.segments))
        if allowed:
            return gateway(405, "Method Not Allowed", headers=(("allow", allowed),))
        return gateway(404, "Not Found")
