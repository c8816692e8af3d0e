"""Voucherify's documented behaviour, without any I/O.

https://docs.voucherify.io/api-reference
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import HEX_DIGITS, Clock, characters, dice
from ..vendor import Asked, Operation, Route, allowed_methods, name_of
from ..wire import Pairs, Request, Response
from .access import Access, Permission
from .answers import (
    MAX_BODY,
    Refused,
    no_such_path,
    too_large,
    wrong_method,
)
from .calls import ROUTES
from .limits import RateLimit
from .project import Project
from .records import Ids
from .state import VoucherifyState


class VoucherifyVendor:
    """Answers requests as Voucherify's documents say."""

    name = "voucherify"

    def __init__(
        self, seed: int, members: Members, switches: Callable[[], Switches], now: Clock
    ) -> None:
        """Open a synthetic project.

        Args:
            seed: What the data and the credentials are made from.
            members: The people whom all vendors know.
            switches: Gives the current switches.
            now: Gives the current moment.
        """
        self._switches = switches
        self._now = now
        self._lock = RLock()
        self._request_ids = dice(seed, "voucherify-requests")
        self._limit = RateLimit()
        self.access: Access = Access(seed, now)
        self.state: VoucherifyState = VoucherifyState(seed, members, now)
        self._project = Project(
            state=self.state,
            access=self.access,
            ids=Ids(dice(seed, "voucherify-ids")),
            dice=dice(seed, "voucherify-codes"),
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
            request_id = "v-0c" + characters(self._request_ids, 16, HEX_DIGITS)
            headers: Pairs = ()
            try:
                headers = self._limit.spend(self._switches(), self._now())
                response = self._respond(operation, request)
            except Refused as refused:
                response = refused.response(request_id)
            return attrs.evolve(response.with_headers(*headers), operation=name_of(operation))

    def expire_tokens(self) -> None:
        """End all OAuth tokens."""
        with self._lock:
            self.access.expire_tokens()

    def _respond(self, operation: Operation | None, request: Request) -> Response:
        if operation is None:
            raise self._no_operation(request)
        if len(request.body) > MAX_BODY:
            return too_large()
        if not _accepts_json(request):
            raise Refused(406, "not_acceptable", "Not acceptable")
        return operation.respond(request)

    def _no_operation(self, request: Request) -> Refused:
        allowed = allowed_methods(self._find, request.segments)
        return wrong_method(allowed) if allowed else no_such_path()

    def _find(self, method: str, segments: tuple[str, ...]) -> Operation | None:
        for route in ROUTES:
            parts = route.parts(segments) if route.method == method else None
            if parts is not None:
                return Operation(route.name, self._responding(route, parts))
        return None

    def _responding(
        self, route: Route[Project], parts: dict[str, str]
    ) -> Callable[[Request], Response]:
        def respond(request: Request) -> Response:
            if isinstance(route.needs, Permission):
                self.access.require(request, route.needs)
            return route.respond(self._project, Asked(request, parts))

        return respond


def _accepts_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "*/*").split(",")
    kinds = {one.partition(";")[0].strip().lower() for one in accepted}
    return not kinds.isdisjoint({"*/*", "application/*", "application/json"})
