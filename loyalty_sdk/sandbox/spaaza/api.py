"""Spaaza's documented behaviour, without any I/O.

https://docs.spaaza.com/api
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import Clock
from ..vendor import Asked, Route, allowed_methods, name_of
from ..wire import Request, Response
from .access import Access
from .answers import Refused, failure, read_version
from .calls import ROUTES
from .state import SpaazaState
from .visit import Visit

VERSION_HEADER = "x-spaaza-api-version"


class SpaazaVendor:
    """Answers requests as Spaaza's documents say."""

    name = "spaaza"

    def __init__(
        self, seed: int, members: Members, switches: Callable[[], Switches], now: Clock
    ) -> None:
        """Open synthetic chains.

        Args:
            seed: What the data and the credentials are made from.
            members: The people whom all vendors know.
            switches: Gives the current switches.
            now: Gives the current moment.
        """
        self._switches = switches
        self._now = now
        self._lock = RLock()
        self.state: SpaazaState = SpaazaState(seed, members, now)
        self.access: Access = Access(seed, self.state.users[members.everyday.number], now)

    def operation(self, request: Request) -> str:
        """Which call such a request makes, or "unknown"."""
        return name_of(self._find(request.method, request.segments))

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        with self._lock:
            route = self._find(request.method, request.segments)
            return attrs.evolve(self._respond(route, request), operation=name_of(route))

    def expire_sessions(self) -> None:
        """End all sessions."""
        with self._lock:
            self.access.expire_sessions()

    def passcode_for(self, username: str) -> str:
        """The two-factor passcode that waits to be used."""
        with self._lock:
            return self.access.passcode_for(username)

    def _respond(self, route: Route[Visit] | None, request: Request) -> Response:
        switches = self._switches()
        version = read_version(switches.spaaza_default_version)
        try:
            if VERSION_HEADER in request.headers:
                version = read_version(request.headers[VERSION_HEADER])
            if route is None:
                raise self._no_operation(request)
            visit = Visit(
                state=self.state,
                access=self.access,
                switches=switches,
                now=self._now(),
                version=version,
            )
            return route.respond(visit, Asked(request, {}))
        except Refused as refused:
            return failure(refused, version, switches)

    def _find(self, method: str, segments: tuple[str, ...]) -> Route[Visit] | None:
        *before, last = segments
        plain = (*before, last.removesuffix(".json"))
        return next(
            (each for each in ROUTES if each.method == method and each.parts(plain) is not None),
            None,
        )

    def _no_operation(self, request: Request) -> Refused:
        allowed = allowed_methods(self._find, request.segments)
        if allowed:
            text = f"The request method must be {' or '.join(allowed)}"
            return Refused("http_request_method_not_allowed", text)
        return Refused("resource_not_found", "There is no such call")
