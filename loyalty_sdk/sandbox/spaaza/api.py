"""Spaaza's documented behaviour, without any I/O.

https://docs.spaaza.com/api
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from threading import RLock

import attrs

from ..members import Members
from ..switches import Switches
from ..synthetic import Clock
from ..vendor import allowed_methods, name_of
from ..wire import Request, Response
from .access import HOSTNAME_HEADER, Access, Caller
from .answers import (
    Refused,
    Version,
    Warned,
    denied,
    failure,
    incomplete,
    invalid,
    read_version,
    success,
)
from .csv import columns_for, csv_response, synthetic_rows, voucher_rows
from .select import (
    IDENTIFIERS,
    Selection,
    boolean,
    find_user,
    integer,
    known,
    read_selection,
    required_integer,
    user_identifier,
)
from .state import FIRST_VOUCHER_ID, SpaazaState, in_order
from .vouchers import NESTED_CAMPAIGN_SINCE, Voucher, naive

VERSION_HEADER = "x-spaaza-api-version"
VOUCHERS_SINCE: Version = (1, 4, 2)
INACTIVE_HIDDEN_SINCE: Version = (1, 4, 11)
PASSCODE_SINCE: Version = (1, 5, 8)
NO_PARAMETERS: frozenset[str] = frozenset()
CAMPAIGN_PARAMETERS = frozenset(
    (
        *IDENTIFIERS,
        "chain_id",
        "campaign_id",
        "campaign_type",
        "exclude_inactive",
        "order_by",
        "order_dir",
    )
)


@attrs.frozen
class Operation:
    """One call: its name, repeated as `result_type`, and what answers it."""

    name: str
    respond: Callable[[Request, Version], Warned | Response]


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
        self.state = SpaazaState(seed, members, now)
        self.access = Access(seed, self.state.users[members.everyday.number], now)

    def operation(self, request: Request) -> str:
        """Which call such a request makes, or "unknown"."""
        return name_of(self._find(request.method, request.segments))

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        with self._lock:
            operation = self._find(request.method, request.segments)
            return attrs.evolve(self._respond(operation, request), operation=name_of(operation))

    def expire_sessions(self) -> None:
        """End all sessions."""
        with self._lock:
            self.access.expire_sessions()

    def passcode_for(self, username: str) -> str:
        """The two-factor passcode that waits to be used."""
        with self._lock:
            return self.access.passcode_for(username)

    def _respond(self, operation: Operation | None, request: Request) -> Response:
        switches = self._switches()
        version = read_version(switches.spaaza_default_version)
        try:
            if VERSION_HEADER in request.headers:
                version = read_version(request.headers[VERSION_HEADER])
            if operation is None:
                raise self._no_operation(request)
            answer = operation.respond(request, version)
            if isinstance(answer, Response):
                return answer
            return success(operation.name, answer, switches)
        except Refused as refused:
            return failure(refused, version, switches)

    def _find(self, method: str, segments: tuple[str, ...]) -> Operation | None:
        match method, segments:
            case "GET", ["get-vouchers" | "get-vouchers.json"]:
                return Operation("get-vouchers", self._get_vouchers)
            case "GET", ["get-vouchers.csv"]:
                return Operation("get-vouchers.csv", self._get_vouchers_csv)
            case "GET", ["get-campaigns" | "get-campaigns.json"]:
                return Operation("get-campaigns", self._get_campaigns)
            case "POST", ["auth", "login"]:
                return Operation("login", self._login)
            case "POST", ["auth", "session"]:
                return Operation("session", self._session)
            # One copy of the page says GET, another one POST.
            case "GET" | "POST", ["auth", "get-login-status"]:
                return Operation("get-login-status", self._login_status)
            case "DELETE", ["auth", "logout"]:
                return Operation("logout", self._logout)
            case _:
                return None

    def _no_operation(self, request: Request) -> Refused:
        allowed = allowed_methods(self._find, request.segments)
        if allowed:
            text = f"The request method must be {' or '.join(allowed)}"
            return Refused("http_request_method_not_allowed", text)
        return Refused("resource_not_found", "There is no such call")

    def _get_vouchers(self, request: Request, version: Version) -> Warned:
        now, switches = self._now(), self._switches()
        selection = self._selection(request, now, unbounded=False)
        found = self._found(selection, now)
        start = selection.results_offset
        nested = version >= NESTED_CAMPAIGN_SINCE and switches.spaaza_campaign == "nested"
        page = found[start : start + selection.number_results]
        name = "vouchers" if version >= VOUCHERS_SINCE else "basket_vouchers"
        return Warned(
            results={
                "results_count_total": switches.spaaza_csv_rows or len(found),
                name: [one.content(now, nested) for one in page],
            }
        )

    def _get_vouchers_csv(self, request: Request, _: Version) -> Response:
        now, switches = self._now(), self._switches()
        selection = self._selection(request, now, unbounded=True)
        columns, start = columns_for(switches), selection.results_offset
        if switches.spaaza_csv_rows:
            rows = synthetic_rows(
                self.state.vouchers(selection.chain_id),
                columns,
                now,
                first=FIRST_VOUCHER_ID + start,
                count=min(selection.number_results, max(0, switches.spaaza_csv_rows - start)),
            )
        else:
            found = self._found(selection, now)
            rows = voucher_rows(
                islice(found, start, min(len(found), start + selection.number_results)),
                columns,
                now,
            )
        return csv_response(rows, switches, request.headers.get("accept-encoding", ""))

    def _selection(self, request: Request, now: datetime, *, unbounded: bool) -> Selection:
        caller = self.access.caller(request)
        if caller.kind == "user":
            raise denied()
        selection = read_selection(request.query, self._switches(), now, unbounded=unbounded)
        if selection.chain_id not in caller.chains:
            raise denied()
        return selection

    def _found(self, selection: Selection, now: datetime) -> list[Voucher]:
        vouchers = self.state.vouchers(selection.chain_id)
        kept = (one for one in vouchers if selection.keep(one, now))
        return in_order(kept, self._switches().spaaza_order)

    def _get_campaigns(self, request: Request, version: Version) -> Warned:
        caller = self.access.caller(request)
        values = known(request.query, CAMPAIGN_PARAMETERS)
        chain_id = _campaign_chain(values, caller)
        user_identifier(values)
        campaign_id, kind = integer(values, "campaign_id"), values.get("campaign_type")
        hidden = version >= INACTIVE_HIDDEN_SINCE
        if "exclude_inactive" in values:
            hidden = boolean(values, "exclude_inactive")
        found = [
            one
            for one in self.state.campaigns
            if one.chain_id == chain_id
            and campaign_id in (None, one.campaign_id)
            and kind in (None, one.campaign_type)
            and (one.active or not hidden)
        ]
        found.sort(key=lambda one: one.campaign_id % 10, reverse=_descending(values))
        warnings = tuple(_too_many(one.campaign_id) for one in found if one.too_many_assignments)
        return Warned(results={"campaigns": [one.content() for one in found]}, warnings=warnings)

    def _login(self, request: Request, version: Version) -> Warned:
        known(request.query, NO_PARAMETERS)
        fields = _form(request, ("username", "password"))
        hostname = request.headers.get(HOSTNAME_HEADER)
        account = self.access.log_in(fields["username"], fields["password"], hostname)
        if account.two_factor and version >= PASSCODE_SINCE:
            passcode = self.access.send_passcode(account, self._switches())
            return Warned(
                results={
                    "session_passcode_key": passcode.key,
                    "session_passcode_expiry_date": naive(passcode.expires_at),
                }
            )
        session = self.access.open_session(account.user, hostname, self._switches())
        return Warned(
            results={"session_info": session.content(), "user_info": account.user.account()}
        )

    def _session(self, request: Request, _: Version) -> Warned:
        known(request.query, NO_PARAMETERS)
        if "authorization" in request.headers:
            return self._session_for_user(request)
        fields = _form(request, ("session_passcode", "session_passcode_key"))
        account = self.access.use_passcode(
            fields["session_passcode"], fields["session_passcode_key"]
        )
        session = self.access.open_session(account.user, None, self._switches())
        return Warned(results={"session_info": session.content()})

    def _session_for_user(self, request: Request) -> Warned:
        caller = self.access.caller(request)
        hostname = request.headers.get(HOSTNAME_HEADER)
        if hostname is None:
            raise Refused("no_myprice_app", "Myprice app is required")
        identifier = user_identifier(known(request.form(), frozenset(IDENTIFIERS)))
        if identifier is None:
            raise incomplete(f"One of these is required: {', '.join(IDENTIFIERS)}")
        user = find_user(self.state.users, *identifier)
        if user is None or not caller.chains or hostname != self.access.user.app_hostname:
            raise denied()
        session = self.access.open_session(user, hostname, self._switches())
        return Warned(results={"user_info": user.account(), "session_info": session.content()})

    def _login_status(self, request: Request, _: Version) -> Warned:
        names = frozenset({"user_id", "username", "session_key"})
        if request.method == "GET":
            values = known(request.query, names)
        else:
            known(request.query, NO_PARAMETERS)
            values = known(request.form(), names)
        if "session_key" not in values or values.keys().isdisjoint({"user_id", "username"}):
            raise incomplete("session_key and one of user_id, username are required")
        session = self.access.find_session(
            values.get("user_id"), values.get("username"), values["session_key"]
        )
        return Warned(results=session.user.account())

    def _logout(self, request: Request, _: Version) -> Warned:
        known(request.query, NO_PARAMETERS)
        if "authorization" in request.headers:
            raise Refused("auth_method_invalid", "Only a session can be ended")
        session = self.access.session(request)
        self.access.end_session(session)
        return Warned(results={"username": session.user.username})


def _form(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    values = known(request.form(), frozenset(names))
    for name in names:
        if not values.get(name):
            raise incomplete(f"The parameter {name} is required")
    return values


def _campaign_chain(values: dict[str, str], caller: Caller) -> int:
    if caller.kind == "user" and "chain_id" not in values:
        return next(iter(caller.chains))
    chain_id = required_integer(values, "chain_id")
    if chain_id not in caller.chains:
        raise denied()
    return chain_id


def _descending(values: dict[str, str]) -> bool:
    if values.get("order_by", "priority") != "priority":
        raise invalid("The parameter order_by must be priority")
    direction = values.get("order_dir", "ASC").upper()
    if direction not in ("ASC", "DESC"):
        raise invalid("The parameter order_dir must be ASC or DESC")
    return direction == "DESC"


def _too_many(campaign_id: int) -> dict[str, object]:
    # The documents name this warning and give it no number.
    return {
        "name": "objects_exceed_maximum_quantity",
        "description": "The assignments of a campaign are too many to be listed",
        "message": {"campaign_id": campaign_id},
    }
