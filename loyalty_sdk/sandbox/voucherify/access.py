"""Who may call Voucherify: server keys and OAuth tokens.

https://docs.voucherify.io/api-reference/authentication
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta

import attrs

from ..synthetic import Clock, characters, credential, dice
from ..wire import Pairs, Request
from .answers import Refused, bad_form, no_permission, unauthorized

SERVER_SCOPES = frozenset(
    (
        "api",
        "vouchers",
        "campaigns",
        "customers",
        "redemptions",
        "validations",
        "qualifications",
        "publications",
        "orders",
        "products",
        "skus",
        "loyalties",
        "rewards",
        "segments",
        "events",
        "exports",
        "assets",
        "task-results",
        "consents",
        "async-actions",
        "product-collections",
        "categories",
        "metadata-schemas",
        "locations",
        "referrals",
        "trash-bin",
        "templates",
        "validation-rules",
        "validation-rules-assignments",
    )
)
SCOPES = SERVER_SCOPES | {f"client_{scope}" for scope in SERVER_SCOPES}


@attrs.frozen(kw_only=True)
class KeyPair:
    """A pair of keys.

    Attributes:
        id: The public half.
        secret: The other half.
        powerful: Whether its role has any permission.
    """

    id: str
    secret: str = attrs.field(repr=False)
    powerful: bool = True


@attrs.frozen(kw_only=True)
class Permission:
    """What a call needs: a scope of an OAuth v1 token or a permission code of a v2 one."""

    scope: str
    code: str


READ_CUSTOMERS = Permission(scope="customers", code="customers.details.read")


def reading(scope: str) -> Permission:
    """What it takes to read things of a kind."""
    return Permission(scope=scope, code=f"{scope}.read")


def changing(scope: str) -> Permission:
    """What it takes to change them; no document names these codes, so they are made up here."""
    return Permission(scope=scope, code=f"{scope}.modify")


PERMISSION_CODES = frozenset(
    {READ_CUSTOMERS.code}
    | {make(scope).code for make in (reading, changing) for scope in SERVER_SCOPES - {"api"}}
)


@attrs.frozen(kw_only=True)
class Token:
    """An OAuth token that was given out."""

    client_id: str
    scopes: tuple[str, ...]
    powerful: bool
    issued_at: datetime
    expires_at: datetime

    def allows(self, permission: Permission) -> bool:
        """Whether the token is good for such a call."""
        needed = {"api", permission.scope, permission.code}
        return self.powerful and not needed.isdisjoint(self.scopes)


class Access:
    """The project's keys and the tokens that live."""

    def __init__(self, seed: int, now: Clock) -> None:
        """Make the keys from the seed."""
        self._dice = dice(seed, "voucherify-tokens")
        self._now = now
        self._tokens: dict[str, Token] = {}
        self.server: KeyPair = KeyPair(
            id=credential(seed, "app-id"), secret=credential(seed, "app-token")
        )
        self.powerless: KeyPair = KeyPair(
            id=credential(seed, "powerless-app-id"),
            secret=credential(seed, "powerless-app-token"),
            powerful=False,
        )
        self.service: KeyPair = KeyPair(
            id=credential(seed, "service-id"), secret=credential(seed, "service-secret")
        )
        self.project_id: str = credential(seed, "project")

    def require(self, request: Request, permission: Permission) -> None:
        """Refuse a request that may not make such a call.

        Raises:
            Refused: 401 for bad credentials, 403 for weak ones.
        """
        if "authorization" in request.headers:
            token = self._bearer(request)
            if token is None:
                raise unauthorized()
            allowed = token.allows(permission)
        else:
            allowed = self.server_keys(request).powerful
        if not allowed:
            raise no_permission(permission.code)

    def server_keys(self, request: Request) -> KeyPair:
        """The pair in X-App-Id and X-App-Token.

        Raises:
            Refused: They are missing or wrong.
        """
        given = request.headers.get("x-app-id"), request.headers.get("x-app-token")
        for pair in (self.server, self.powerless):
            if given == (pair.id, pair.secret):
                return pair
        raise unauthorized()

    def service_keys(self, request: Request) -> KeyPair:
        """The OAuth service pair in a Basic header.

        Raises:
            Refused: It is missing or wrong.
        """
        kind, _, encoded = request.headers.get("authorization", "").partition(" ")
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise unauthorized() from None
        if kind.lower() != "basic" or text != f"{self.service.id}:{self.service.secret}":
            raise unauthorized()
        return self.service

    def issue(self, keys: KeyPair, scopes: tuple[str, ...], lifetime: float) -> dict[str, object]:
        """Give out a token.

        Returns:
            The vendor's answer.
        """
        text = "sandbox-token-" + characters(self._dice, 32)
        token = Token(
            client_id=keys.id,
            scopes=scopes,
            powerful=keys.powerful,
            issued_at=self._now(),
            expires_at=self._now() + timedelta(seconds=lifetime),
        )
        self._forget_dead_tokens()
        self._tokens[text] = token
        return {
            "access_token": text,
            "client_id": token.client_id,
            "expires_at": int(token.expires_at.timestamp()),
            "expires_in": int(lifetime),
            "scope": " ".join(scopes),
            "token_type": "Bearer",
        }

    def introspect(self, text: str) -> dict[str, object]:
        """What there is to say about a token; a dead one is only said to be dead."""
        token = self._living(text)
        if token is None:
            return {"active": False}
        return {
            "active": True,
            "scope": " ".join(token.scopes),
            "client_id": token.client_id,
            "token_type": "access_token",
            "iat": int(token.issued_at.timestamp()),
            "exp": int(token.expires_at.timestamp()),
        }

    def revoke(self, text: str) -> bool:
        """End a token; whether there was one."""
        living = self._living(text) is not None
        self._tokens.pop(text, None)
        return living

    def expire_tokens(self) -> None:
        """End all tokens."""
        self._tokens.clear()

    def _bearer(self, request: Request) -> Token | None:
        kind, _, text = request.headers["authorization"].partition(" ")
        return self._living(text) if kind.lower() == "bearer" else None

    def _living(self, text: str) -> Token | None:
        token = self._tokens.get(text)
        return token if token is not None and token.expires_at > self._now() else None

    def _forget_dead_tokens(self) -> None:
        now = self._now()
        self._tokens = {text: one for text, one in self._tokens.items() if one.expires_at > now}


def form_fields(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """The form of an OAuth call, provided that exactly these fields are given.

    Raises:
        Refused: The body is no form, or a field is missing, unknown or given twice.
    """
    if not request.is_form():
        raise Refused(415, "unsupported_media_type", "Unsupported media type")
    pairs: Pairs = request.form()
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise bad_form("A field is given more than once")
    for name in fields:
        if name not in names:
            raise bad_form(f"Field {name} is not allowed")
    for name in names:
        if not fields.get(name):
            raise bad_form(f"Field {name} is required")
    return fields


def read_scopes(text: str, allowed: frozenset[str]) -> tuple[str, ...]:
    """The scopes of a token call, separated by blanks.

    Raises:
        Refused: One of them is not known, as when they are separated by commas.
    """
    scopes = tuple(text.split(" "))
    for scope in scopes:
        if scope not in allowed:
            raise Refused(400, "invalid_scope", "Invalid scope", details=f"Unknown scope: {scope}")
    return scopes
