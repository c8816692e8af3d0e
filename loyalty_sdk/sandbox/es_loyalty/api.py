"""ES Loyalty's documented behaviour, without any I/O.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import RLock
from typing import cast, get_args

import attrs

from ..members import Members
from ..switches import IdentifierType, Switches
from ..synthetic import Clock, dice
from ..vendor import Operation, allowed_methods, name_of
from ..wire import Request, Response
from . import history, issuances
from .access import Access, Session
from .accounts import Account
from .answers import Refused, answered, failed, gateway, gateway_headers, invalid
from .locales import locale_for, translated
from .moments import epoch
from .query import known
from .state import ESLoyaltyState

IDENTIFIER_HEADER = "x-identifier-type"
SESSION_FIELDS = frozenset(("correlationId", "channel", "externalAgentSessionId"))
MIN_REDEEM_POINTS = 1_000


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
        self._switches = switches
        self._now = now
        self._lock = RLock()
        self._request_ids = dice(seed, "es-loyalty-requests")
        self.access = Access(seed, now)
        self.state = ESLoyaltyState(seed, members, now)

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
        match method, segments:
            case "POST", ["oauth", "token"]:
                return Operation("token", self._token)
            case "POST", ["client", "users", identifier, "sessions"]:
                return Operation(
                    "start-session", lambda request: self._start_session(request, identifier)
                )
            case "GET", ["client", "users", correlation_id, "issuances"]:
                return Operation(
                    "list-issuances", lambda request: self._issuances(request, correlation_id)
                )
            case "GET", ["client", "users", correlation_id, "transactions", "history", "v2"]:
                return Operation(
                    "transaction-history", lambda request: self._history(request, correlation_id)
                )
            case _:
                return None

    def _no_operation(self, request: Request) -> Refused:
        allowed = ", ".join(allowed_methods(self._find, request.segments))
        if allowed:
            return gateway(405, "Method Not Allowed", headers=(("allow", allowed),))
        return gateway(404, "Not Found")

    def _token(self, request: Request) -> Response:
        content = self.access.issue(request, self._switches())
        return answered(200, content).with_headers(("pragma", "no-cache"))

    def _start_session(self, request: Request, identifier: str) -> Response:
        self.access.require_token(request)
        known(request.query, ())
        kind, fields = self._identifier_type(request), _session_fields(request)
        account = self.state.account(kind, identifier)
        if account is None:
            raise failed(404, "NOT_FOUND", "Account does not exist")
        lifetime = timedelta(seconds=self._switches().es_loyalty_session_lifetime)
        session = Session(
            correlation_id=fields["correlationId"],
            account=account,
            identifier_type=kind,
            channel=fields.get("channel", "APP"),
            expires_at=self._now() + lifetime,
        )
        self.access.start(session)
        return answered(200, self._session_content(session))

    def _identifier_type(self, request: Request) -> IdentifierType:
        default = self._switches().es_loyalty_default_identifier_type
        kind = request.headers.get(IDENTIFIER_HEADER, default)
        if kind not in get_args(IdentifierType):
            raise invalid(f"Identifier type {kind} is not valid")
        return cast("IdentifierType", kind)

    def _session_content(self, session: Session) -> dict[str, object]:
        """The account, and balances under the names of the balance call.

        Only the first two names are documented for this call.
        """
        account = session.account
        points = self._balance(account)
        redeemable: dict[str, object] = {
            "userMinRedeemPoints": MIN_REDEEM_POINTS if points else 0,
            "userMaxRedeemPoints": points,
            "userMinRedeemDollars": MIN_REDEEM_POINTS // 1000 if points else 0,
            "userMaxRedeemDollars": points // 1000,
        }
        if session.identifier_type == "PHONE_NUMBER":
            # Such sessions cannot redeem, which the page writes as text.
            redeemable = dict.fromkeys(redeemable, "0")
        return {
            "accountId": account.account_id,
            "loyaltyId": account.loyalty_id,
            "pointsBalance": points,
            "dollarBalance": points // 1000,
            "availablePointsBalance": points,
            "availableDollarBalance": points // 1000,
            **redeemable,
        }

    def _balance(self, account: Account) -> int:
        transactions = self.state.transactions(account.account_id)
        return transactions[0].balance if transactions else 0

    def _issuances(self, request: Request, correlation_id: str) -> Response:
        account = self._account(request, correlation_id)
        switches = self._switches()
        selection = issuances.read_selection(request.query, switches, epoch(self._now()))
        locale = locale_for(selection.locale, account)
        found = selection.of(self.state.issuances(account.account_id))
        shown: list[object] = [one.shown(locale) for one in found]
        match switches.es_loyalty_issuances_body:
            case "wrapped":
                return answered(200, {"issuances": shown})
            case "single" if len(shown) == 1:
                return answered(200, shown[0])
            case "empty_object" if not shown:
                return answered(200, {})
            case _:
                return answered(200, shown)

    def _history(self, request: Request, correlation_id: str) -> Response:
        account = self._account(request, correlation_id)
        switches = self._switches()
        selection = history.read_selection(request.query, switches, epoch(self._now()))
        locale = locale_for(selection.locale, account)
        page = selection.page(self.state.transactions(account.account_id))
        shown = [translated(one.content, locale) for one in page]
        match switches.es_loyalty_history_body:
            case "bare":
                return answered(200, shown)
            case "empty_object" if not shown:
                return answered(200, {})
            case _:
                return answered(200, {"transactions": shown})

    def _account(self, request: Request, correlation_id: str) -> Account:
        self.access.require_token(request)
        return self.access.session(correlation_id, self._switches()).account


def _session_fields(request: Request) -> dict[str, str]:
    try:
        content = request.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise invalid("A JSON object is required")
    fields = cast("dict[str, object]", content)
    for name, value in fields.items():
        if name not in SESSION_FIELDS:
            raise invalid(f"Field {name} is not allowed")
        if not isinstance(value, str) or not value.strip():
            raise invalid(f"Field {name} is required to be non-empty")
    if "correlationId" not in fields:
        raise invalid("Must provide a session correlation ID")
    return cast("dict[str, str]", fields)
