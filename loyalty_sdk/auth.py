"""Ways to prove who you are that more than one vendor uses. They are values: they send nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import ClassVar, Literal

import attrs

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.credentials import (
    Auth,
    SecretSource,
    Token,
    checked_secret,
    hidden_sources,
)
from loyalty_sdk._core.given.arguments import given, one_of, plain_text
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk._core.session import checked_url
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer

__all__ = ["Auth", "BearerToken", "ClientCredentials", "SecretSource", "Style"]

Style = Literal["basic", "body", "app_headers"]
_STYLES = ("basic", "body", "app_headers")


@attrs.frozen
class BearerToken(Auth):
    """A token that you already have, sent as `Authorization: Bearer ...`.

    Args:
        token: The token, or a function that gives it each time; on an async client that may be
            a coroutine function. When the vendor refuses it, the function is asked once more.

    Raises:
        InvalidArgument: The token cannot stand in a header.
    """

    token: SecretSource = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "token")

    def secrets(self) -> Mapping[str, SecretSource]:
        """The token."""
        return {"token": self.token}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The header with the token."""
        return _bearer(secrets["token"])


@attrs.frozen
class ClientCredentials(Auth):
    """OAuth 2.0 client credentials: a token is fetched, and renewed before it runs out.

    However many threads or tasks share the client, one renewal is made at a time. The secrets go
    to the token URL only, the token to the vendor only.

    Args:
        token_url: Where tokens are given out; an absolute https URL.
        client_id: Who asks.
        client_secret: The secret that goes with it.
        scope: What the token is asked for: words with spaces between them; `None` leaves it out.
        style: How the client proves itself to the token URL: `basic` (HTTP Basic), `body` (form
            fields) or `app_headers` (Voucherify's OAuth v1: `X-App-Id` and `X-App-Token`).

    Raises:
        InvalidArgument: A secret cannot stand in a header, the token URL or the scope cannot be
            sent, or the style is unknown.
    """

    token_url: str
    client_id: SecretSource = attrs.field(repr=False)
    client_secret: SecretSource = attrs.field(repr=False)
    scope: str | None = attrs.field(default=None, kw_only=True)
    style: Style = attrs.field(default="basic", kw_only=True)

    renews: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "client_id", "client_secret")
        one_of("style", given("style", self.style), _STYLES)
        checked_url("token_url", self.token_url, allow_http=True)  # the client has the last word
        if self.scope is not None:
            plain_text("scope", self.scope)

    def secrets(self) -> Mapping[str, SecretSource]:
        """The client's id and secret."""
        return {"client_id": self.client_id, "client_secret": self.client_secret}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The header with the token."""
        return _bearer(secrets["token"])

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that gives a new token, by RFC 6749, section 4.4."""
        client_id, client_secret = secrets["client_id"], secrets["client_secret"]
        form: dict[str, str | Secret] = {"grant_type": "client_credentials"}
        headers: dict[str, str | Secret] = {}
        if self.scope is not None:
            form["scope"] = self.scope
        if self.style == "basic":
            headers["authorization"] = _basic(client_id, client_secret)
        elif self.style == "body":
            form |= {"client_id": client_id, "client_secret": client_secret}
        else:
            headers |= {"x-app-id": client_id, "x-app-token": client_secret}
        return Call(
            method="POST",
            path=(),
            base_url=self.token_url,
            read=_read_token,
            form=form,
            headers=headers,
            repeatable=True,
            signed=False,
            gives_secrets=True,
        )


@attrs.frozen(kw_only=True, weakref_slot=False)
class _TokenAnswer(Model):
    access_token: str = promised()
    expires_in: int | None = None


def _read_token(response: Response) -> Token:
    answer = decode(response.content, lambda body, read: read.one(_TokenAnswer, body))
    try:
        return Token(checked_secret("access_token", answer.access_token), answer.expires_in)
    except InvalidArgument as unfit:
        problem = UnreadableAnswer(f"$.access_token: {unfit.args[1]}")
    raise problem


def _bearer(token: Secret) -> Mapping[str, Secret]:
    return {"authorization": Secret(f"Bearer {token.reveal()}")}


def _basic(name: Secret, password: Secret) -> Secret:
    pair = f"{name.reveal()}:{password.reveal()}".encode()
    return Secret(f"Basic {base64.b64encode(pair).decode()}")
