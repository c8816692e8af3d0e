"""Cardlytics' documented behaviour, without any I/O: version 1 of the Ad Server API.

https://docs.cardlytics.com/ads/v1
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from threading import RLock

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import Clock, dice, uuid_text
from ..vendor import Operation, allowed_methods, name_of
from ..wire import Pairs, Request, Response, json_response
from .access import Access
from .answers import (
    Refused,
    bad_request,
    failed,
    is_nested,
    no_such_path,
    not_found,
    wrong_method,
)
from .redemptions import Redemption
from .state import CardlyticsState
from .view import Json, View, in_zone, version_of, zone_of

SESSION_HEADER = "x-cdlx-session"
LONGEST_HEADER = 512
REDEMPTIONS_SINCE = (4, 0)


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
        self.access = Access(dice(seed, "cardlytics-tokens"), now)
        self.state = CardlyticsState(seed, members, now)

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

    def _respond(self, operation: Operation, request: Request) -> Response:
        switches = self._switches()
        server_session = uuid_text(self._sessions)
        try:
            if switches.cardlytics_failing:
                raise failed()
            return operation.respond(request)
        except Refused as refused:
            return refused.response(_session_of(request), server_session, is_nested(switches))

    def _no_operation(self, request: Request) -> Response:
        allowed = allowed_methods(self._find, request.segments)
        return wrong_method(", ".join(allowed)) if allowed else no_such_path()

    def _find(self, method: str, segments: tuple[str, ...]) -> Operation | None:
        match method, segments:
            case "GET", ["api", "v1", "token"]:
                return Operation("get-token", self._get_token)
            case "GET", ["api", "v1", "customers", token, "redemptions"] if self._is_new_enough():
                return Operation(
                    "get-redemptions", lambda request: self._get_redemptions(request, token)
                )
            case _:
                return None

    def _is_new_enough(self) -> bool:
        return version_of(self._switches()) >= REDEMPTIONS_SINCE

    def _get_token(self, request: Request) -> Response:
        values = _known(request.query, ("sourceCustomerId",))
        customer_id = values.get("sourceCustomerId", "")
        if not customer_id:
            raise bad_request("sourceCustomerId is required.")
        if not self.state.knows(customer_id):
            raise not_found("customer")
        lifetime = self._switches().cardlytics_token_lifetime
        return json_response(200, {"token": self.access.give(customer_id, lifetime)})

    def _get_redemptions(self, request: Request, token: str) -> Response:
        customer_id = self.access.customer_of(token)
        values = _known(request.query, ("channelId", "locationId", "startDate", "endDate"))
        view = self._view(_number(values, "channelId"), _number(values, "locationId"))
        start, end = _date(values, "startDate", view.zone), _date(values, "endDate", view.zone)
        found = [
            one
            for one in self.state.redemptions(customer_id)
            if _is_within(one, start, end, view.zone)
        ]
        ads = [one.content(view, self._now()) for one in self.state.ads(customer_id)]
        content = {"redemptions": [one.content(view) for one in found], "ads": self._listed(ads)}
        return json_response(200, content)

    def _view(self, channel_id: int, location_id: int) -> View:
        switches = self._switches()
        return View(
            version=version_of(switches),
            zone=zone_of(switches),
            form=switches.cardlytics_redemption_form,
            channel_id=channel_id,
            location_id=location_id,
        )

    def _listed(self, ads: list[Json]) -> object:
        if self._switches().cardlytics_ads == "array":
            return ads
        return {str(ad["adId"]): ad for ad in ads}


def _session_of(request: Request) -> str | None:
    session = request.headers.get(SESSION_HEADER)
    return None if session is None else session[:LONGEST_HEADER]


def _known(query: Pairs, names: tuple[str, ...]) -> dict[str, str]:
    """The query as a mapping, provided that each parameter is known and given once."""
    values: dict[str, str] = {}
    for name, value in query:
        if name not in names:
            raise bad_request(f"{name} is no parameter of this call.")
        if name in values:
            raise bad_request(f"{name} is given more than once.")
        values[name] = value
    return values


def _number(values: dict[str, str], name: str) -> int:
    text = values.get(name)
    if text is None:
        raise bad_request(f"{name} is required.")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise bad_request(f"{name} must be an integer.")
    return int(text)


def _date(values: dict[str, str], name: str, zone: tzinfo) -> datetime | None:
    """A bound, as clocks of the server's zone show it."""
    text = values.get(name)
    if text is None:
        return None
    try:
        return in_zone(datetime.fromisoformat(text), zone)
    except ValueError:
        raise bad_request(f"{name} must be an ISO-8601 date.") from None


def _is_within(
    redemption: Redemption, start: datetime | None, end: datetime | None, zone: tzinfo
) -> bool:
    """Whether it was redeemed between the bounds; no document says whether they count, so both do.

    The redemption date is the one that matters, not that of the purchase.
    """
    moment = in_zone(redemption.redeemed_at, zone)
    return (start is None or moment >= start) and (end is None or moment <= end)
