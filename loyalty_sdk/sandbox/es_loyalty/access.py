"""Who may call ES Loyalty: OAuth tokens, and the sessions in which a member is looked at.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import attrs

from ..switches import IdentifierType, Switches
from ..synthetic import Clock, characters, credential, dice
from ..wire import Request
from .accounts import Account
from .answers import Refused, failed, gateway, invalid, oauth_error

# Which API suites a token opens.
SUITES = ("cux", "pos", "partner")

_NO_SESSION = "Session correlation ID does not exist--create it first"


@attrs.frozen(kw_only=True)
class Client:
    """The OAuth client that the operator has handed out."""

    id: str
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Token:
    """A bearer token that was given out."""

    suites: tuple[str, ...]
    expires_at: datetime


@attrs.frozen(kw_only=True)
class Session:
    """A session that was started.

    Attributes:
        correlation_id: The name that the caller gave it.
        account: Whose data it shows.
        identifier_type: What kind of identifier it was started with.
        channel: Where the caller says that the member is.
        expires_at: When it ends.
    """

    correlation_id: str
    account: Account
    identifier_type: IdentifierType
    channel: str
    expires_at: datetime


class Access:
    """The client, the tokens that live, and all sessions that were ever started."""

    def __init__(self, seed: int, now: Clock) -> None:
        """Make the client from the seed."""
        self._dice = dice(seed, "es-loyalty-tokens")
        self._now = now
        self._tokens: dict[str, Token] = {}
        self._sessions: dict[str, Session] = {}
        self.client: Client = Client(
            id=credential(seed, "es-client-id"), secret=credential(seed, "es-client-secret")
        )

    def issue(self, request: Request, switches: Switches) -> dict[str, object]:
        """Give out a token.

        Returns:
            The token endpoint's answer.

        Raises:
            Refused: The client is not who it says, or asks for something else.
        """
        fields = _form(request)
        self._check_client(request, fields, switches.es_loyalty_client_auth)
        grant = fields.get("grant_type")
        if grant is None:
            raise oauth_error(400, "invalid_request", "grant_type is required")
        if grant != "client_credentials":
            raise oauth_error(400, "unsupported_grant_type", "Only client_credentials is supported")
        suites = _suites(fields.get("scope"))
        lifetime = switches.es_loyalty_token_lifetime
        text = "sandbox-es-token-" + characters(self._dice, 32)
        now = self._now()
        self._tokens = {key: one for key, one in self._tokens.items() if one.expires_at > now}
        self._tokens[text] = Token(suites=suites, expires_at=now + timedelta(seconds=lifetime))
        return {
            "access_token": text,
            "token_type": "Bearer",
            "expires_in": int(lifetime),
            "scope": " ".join(suites),
        }

    def require_token(self, request: Request, suites: Iterable[str]) -> None:
        """Refuse a request without a living token for one of the suites that have the call.

        Raises:
            Refused: 401 or 403 in the shape of the gateway.
        """
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        token = self._tokens.get(text) if kind.lower() == "bearer" else None
        if token is None or token.expires_at <= self._now():
            raise gateway(401, "Unauthorized", headers=(("WWW-Authenticate", "Bearer"),))
        if not set(suites) & set(token.suites):
            raise gateway(403, "Forbidden")

    def start(self, session: Session) -> None:
        """Start a session.

        Raises:
            Refused: Its correlation id already is a living session of somebody else.
        """
        other = self._sessions.get(session.correlation_id)
        if (
            other is not None
            and other.expires_at > self._now()
            and other.account != session.account
        ):
            raise invalid("Session correlation ID must be unique")
        self._sessions[session.correlation_id] = session

    def session(self, correlation_id: str, switches: Switches) -> Session:
        """The living session with this correlation id.

        Raises:
            Refused: There is none, or it is over.
        """
        if not correlation_id.strip():
            raise invalid("Must provide a session correlation ID")
        session = self._sessions.get(correlation_id)
        if session is None:
            raise _missing(switches)
        if session.expires_at <= self._now():
            raise _over(switches)
        return session

    def expire_tokens(self) -> None:
        """End all tokens."""
        self._tokens.clear()

    def expire_sessions(self) -> None:
        """End all sessions; they are remembered as over."""
        now = self._now()
        self._sessions = {
            key: attrs.evolve(one, expires_at=min(one.expires_at, now))
            for key, one in self._sessions.items()
        }

    def _check_client(
        self, request: Request, fields: dict[str, str], allowed: Literal["any", "basic", "body"]
    ) -> None:
        in_header = "authorization" in request.headers
        in_body = "client_id" in fields or "client_secret" in fields
        if in_header and in_body:
            raise oauth_error(400, "invalid_request", "The client is named in two ways")
        given = (fields.get("client_id"), fields.get("client_secret"))
        known = (_basic(request) if in_header else given) == (self.client.id, self.client.secret)
        if not known or allowed not in ("any", "basic" if in_header else "body"):
            raise oauth_error(401, "invalid_client", "The client is not known")


def _missing(switches: Switches) -> Refused:
    code = switches.es_loyalty_missing_session
    return failed(400, code, _NO_SESSION + ("." if code == "BAD_REQUEST" else ""))


def _over(switches: Switches) -> Refused:
    if switches.es_loyalty_expired_session == "closed":
        return invalid("Session Closed")
    return _missing(switches)


def _form(request: Request) -> dict[str, str]:
    pairs = request.form()
    fields = dict(pairs)
    if not pairs or request.query or len(fields) < len(pairs):
        raise oauth_error(400, "invalid_request", "A form with each field once is needed")
    for name in fields:
        if name not in ("grant_type", "scope", "client_id", "client_secret"):
            raise oauth_error(400, "invalid_request", f"{name} is not allowed")
    return fields


def _basic(request: Request) -> tuple[str, str]:
    kind, _, encoded = request.headers["authorization"].partition(" ")
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    name, _, secret = text.partition(":")
    return (name, secret) if kind.lower() == "basic" else ("", "")


def _suites(scope: str | None) -> tuple[str, ...]:
    if scope is None:
        return SUITES
    asked = tuple(scope.split(" "))
    if not set(asked) <= set(SUITES):
        raise oauth_error(400, "invalid_scope", f"The scopes here are {', '.join(SUITES)}")
    return asked
