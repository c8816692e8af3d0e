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
from ..vendor import Operation, allowed_methods, name_of
from ..wire import Pairs, Request, Response, json_response
from .access import (
    PERMISSION_CODES,
    READ_CAMPAIGNS,
    READ_CUSTOMERS,
    SCOPES,
    Access,
    form_fields,
    read_scopes,
)
from .answers import (
    MAX_BODY,
    Refused,
    bad_form,
    bad_query,
    no_such_path,
    not_found,
    too_large,
    wrong_method,
)
from .campaigns import CAMPAIGN_TYPES
from .filters import split_filters
from .limits import RateLimit
from .query import MAX_PAGE, choice, integer, known, limit
from .state import Customer, VoucherifyState


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
        self.access = Access(seed, now)
        self.state = VoucherifyState(seed, members, now)

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
        match method, segments:
            case "GET", ["v1", "customers", customer_id, "redeemables"]:
                return Operation(
                    "list-customer-redeemables",
                    lambda request: self._list_redeemables(request, customer_id),
                )
            case "GET", ["v1", "customers", customer_id]:
                return Operation(
                    "get-customer", lambda request: self._get_customer(request, customer_id)
                )
            case "GET", ["v1", "campaigns"]:
                return Operation("list-campaigns", self._list_campaigns)
            case "POST", ["v1", "oauth", "token"]:
                return Operation("generate-oauth-token", self._token_v1)
            case "POST", ["v2", "oauth", "token"]:
                return Operation("generate-oauth-token-v2", self._token_v2)
            case "POST", ["v1", "oauth", "introspect"]:
                return Operation("introspect-oauth-token", self._introspect)
            case "POST", ["v1", "oauth", "token", "revoke"]:
                return Operation("revoke-oauth-token", self._revoke)
            case _:
                return None

    def _list_redeemables(self, request: Request, identifier: str) -> Response:
        self.access.require(request, READ_CUSTOMERS)
        filters, rest = split_filters(request.query)
        values = known(rest, ("limit", "order", "starting_after_id"))
        size = limit(values)
        order = choice(values, "order", ("id", "-id")) or self._switches().voucherify_default_order
        cursor = _cursor(values)
        now, customer = self._now(), self._customer(identifier)
        found = [one for one in self.state.redeemables(customer.id) if filters.keep(one, now)]
        total = len(found)
        if order == "-id":
            found.reverse()
        if cursor is not None:
            found = [
                one for one in found if (one.id < cursor if order == "-id" else one.id > cursor)
            ]
        page = found[:size]
        content: dict[str, object] = {
            "object": "list",
            "data_ref": "data",
            "data": [one.content for one in page],
            "total": total,
            "has_more": len(found) > size,
        }
        if content["has_more"] and self._switches().voucherify_more_starting_after:
            content["more_starting_after"] = page[-1].id
        return json_response(200, content)

    def _get_customer(self, request: Request, identifier: str) -> Response:
        self.access.require(request, READ_CUSTOMERS)
        known(request.query, ())
        return json_response(200, self._customer(identifier).content())

    def _list_campaigns(self, request: Request) -> Response:
        self.access.require(request, READ_CAMPAIGNS)
        values = known(request.query, ("limit", "page", "campaign_type", "order"))
        size, page = limit(values), integer(values, "page", 1, MAX_PAGE)
        kind = choice(values, "campaign_type", CAMPAIGN_TYPES)
        order = choice(values, "order", ("created_at", "-created_at")) or "-created_at"
        found = [one for one in self.state.campaigns if kind in (None, one.campaign_type)]
        found.sort(key=lambda one: one.created_at, reverse=order == "-created_at")
        content = {
            "object": "list",
            "data_ref": "campaigns",
            "campaigns": [one.content() for one in found[(page - 1) * size : page * size]],
            "total": len(found),
        }
        return json_response(200, content)

    def _token_v1(self, request: Request) -> Response:
        keys = self.access.server_keys(request)
        known(request.query, ())
        fields = form_fields(request, ("grant_type", "scope"))
        _check_grant(fields)
        scopes = read_scopes(fields["scope"], SCOPES)
        lifetime = self._switches().voucherify_token_lifetime
        return json_response(200, self.access.issue(keys, scopes, lifetime))

    def _token_v2(self, request: Request) -> Response:
        keys = self.access.service_keys(request)
        known(request.query, ())
        fields = form_fields(request, ("grant_type", "scope", "project_id"))
        _check_grant(fields)
        if fields["project_id"] != self.access.project_id:
            raise bad_form("Field project_id names no project of this key")
        scopes = read_scopes(fields["scope"], PERMISSION_CODES)
        lifetime = self._switches().voucherify_token_lifetime
        return json_response(200, self.access.issue(keys, scopes, lifetime))

    def _introspect(self, request: Request) -> Response:
        self.access.server_keys(request)
        known(request.query, ())
        token = form_fields(request, ("access_token",))["access_token"]
        return json_response(200, self.access.introspect(token))

    def _revoke(self, request: Request) -> Response:
        self.access.server_keys(request)
        known(request.query, ())
        token = form_fields(request, ("access_token",))["access_token"]
        return Response(status=204 if self.access.revoke(token) else 404)

    def _customer(self, identifier: str) -> Customer:
        customer = self.state.customer(identifier)
        if customer is None:
            raise not_found("customer", identifier)
        return customer


def _accepts_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "*/*").split(",")
    kinds = {one.partition(";")[0].strip().lower() for one in accepted}
    return not kinds.isdisjoint({"*/*", "application/*", "application/json"})


def _cursor(values: dict[str, str]) -> str | None:
    cursor = values.get("starting_after_id")
    if cursor is not None and not cursor.startswith("rh_"):
        raise bad_query("Property .parameters.starting_after_id should be the id of a redeemable")
    return cursor


def _check_grant(fields: dict[str, str]) -> None:
    if fields["grant_type"] != "client_credentials":
        raise bad_form("Field grant_type should be client_credentials")
