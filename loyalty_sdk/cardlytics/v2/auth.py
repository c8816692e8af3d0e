"""Ways to start a session of version 2.

Each is a value that the client is made with. The session is started when it is first needed, and
again when its token runs out or is refused with 401: one start at a time, however many threads or
tasks share the client. A start is repeated after a failure, for a customer may have several
sessions; never after a refusal, which a 500 is here: so the Rewards Platform answers wrong
credentials.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.credentials import (
    Auth,
    SecretSource,
    Token,
    checked_secret,
    hidden_sources,
)
from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk.cardlytics._index import json_object
from loyalty_sdk.errors import InvalidArgument, MissingField, UnreadableAnswer

REWARDS_URL = "https://publisher-rewards-api.cardlytics.com"
"""The host of the Rewards Platform."""

NO_USER_AVAILABLE = "no-user-available"
"""Stands in `RewardsSession` for somebody who is not logged in, or has linked no card."""

_PUBLISHER_LIFETIME = 3600.0
_REWARDS_LIFETIME = 900.0


@attrs.frozen
class CustomerSession(Auth):
    """A session of the Publisher API for one customer: ads, profile and events.

    The client certificate proves who asks. Start fails with `BadRequest` for a customer who does
    not take part, or has no accounts.

    https://docs.cardlytics.com/ads/v2/build-integration/get-session-token.html

    Args:
        source_customer_id: Your own id of the customer.
        organization_id: The id of a subsidiary of your institution; `None` leaves it out.
        institution_id: Sent as `X-CDLX-Institution-Id`; `None` leaves it out.

    Raises:
        InvalidArgument: An id is empty or cannot be sent.
    """

    source_customer_id: str
    organization_id: str | None = attrs.field(default=None, kw_only=True)
    institution_id: str | None = attrs.field(default=None, kw_only=True)

    renews: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        plain_text("source_customer_id", self.source_customer_id)
        _check_institution(self.organization_id, self.institution_id)

    def secrets(self) -> Mapping[str, SecretSource]:
        """None: the certificate stays below HTTP."""
        return EMPTY

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The header with the session's token."""
        return {"x-cdlx-session-token": secrets["token"]}

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that starts a session."""
        scope = {"scopes": ["api:customer"], "sourceCustomerId": self.source_customer_id}
        return _of_institution(scope, self.organization_id, self.institution_id)


@attrs.frozen
class InstitutionSession(Auth):
    """A session of the Publisher API for your institution, with which the Data APIs are called.

    The client certificate proves who asks. The SDK has no calls for the Data APIs; `request` makes
    them.

    https://docs.cardlytics.com/ads/v2/build-integration/get-session-token.html

    Args:
        organization_id: The id of a subsidiary of your institution; `None` leaves it out.
        institution_id: Sent as `X-CDLX-Institution-Id`; `None` leaves it out.

    Raises:
        InvalidArgument: An id is empty or cannot be sent.
    """

    organization_id: str | None = attrs.field(default=None, kw_only=True)
    institution_id: str | None = attrs.field(default=None, kw_only=True)

    renews: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        _check_institution(self.organization_id, self.institution_id)

    def secrets(self) -> Mapping[str, SecretSource]:
        """None: the certificate stays below HTTP."""
        return EMPTY

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The header with the session's token."""
        return {"x-cdlx-session-token": secrets["token"]}

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that starts a session."""
        scope = {"scopes": ["api:institution"]}
        return _of_institution(scope, self.organization_id, self.institution_id)


@attrs.frozen
class RewardsSession(Auth):
    """A session of the Rewards Platform for one customer. No certificate is needed.

    Wrong credentials are answered with 500, a `ServerError`; they are not tried again.

    https://platform.cardlytics.com/publisher-integrations/docs/start-session

    Args:
        source_customer_id: Your own, obfuscated id of the customer, sent with each request; or
            `NO_USER_AVAILABLE`. A function that gives it is asked each time, and must always give
            the same: a session is for one customer.
        client_id: Who asks.
        secret: The secret that goes with it.
        token_key: What the answer calls the token. No page says; ask your account manager.

    Raises:
        InvalidArgument: One cannot stand in a header, or the key is empty.
    """

    source_customer_id: SecretSource = attrs.field(repr=False)
    client_id: SecretSource = attrs.field(repr=False)
    secret: SecretSource = attrs.field(repr=False)
    token_key: str = attrs.field(default="sessionToken", kw_only=True)

    renews: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "source_customer_id", "client_id", "secret")
        plain_text("token_key", self.token_key)

    def secrets(self) -> Mapping[str, SecretSource]:
        """The customer's id, and the client's id and secret."""
        return {
            "source_customer_id": self.source_customer_id,
            "client_id": self.client_id,
            "secret": self.secret,
        }

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The headers with the token, and with the customer that it is for."""
        return {
            "authorization": Secret(f"Bearer {secrets['token'].reveal()}"),
            "x-source-customer-id": secrets["source_customer_id"],
        }

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that starts a session."""
        json = {"clientId": secrets["client_id"], "secret": secrets["secret"]}
        headers = {"x-source-customer-id": secrets["source_customer_id"]}
        return _start(json, headers, _token(self.token_key, _REWARDS_LIFETIME))


def _check_institution(organization_id: str | None, institution_id: str | None) -> None:
    if organization_id is not None:
        plain_text("organization_id", organization_id)
    if institution_id is not None:
        checked_secret("institution_id", plain_text("institution_id", institution_id))


def _of_institution(
    scope: dict[str, Any], organization_id: str | None, institution_id: str | None
) -> Call[Token]:
    if organization_id is not None:
        scope["organizationId"] = organization_id
    headers = {} if institution_id is None else {"x-cdlx-institution-id": institution_id}
    return _start(scope, headers, _token("sessionToken", _PUBLISHER_LIFETIME))


def _start(
    json: Mapping[str, Any],
    headers: Mapping[str, str | Secret],
    read: Callable[[Response], Token],
) -> Call[Token]:
    return Call(
        method="POST",
        path=("v2", "session", "startSession"),
        json=json,
        headers=headers,
        read=read,
        repeatable=True,  # a customer may have several sessions
        final={500},  # so the Rewards Platform answers wrong credentials
        signed=False,
        gives_secrets=True,
    )


def _token(key: str, lifetime: float) -> Callable[[Response], Token]:
    """Reads the token; how long it lives only the documents say."""

    def read(response: Response) -> Token:
        token = (json_object(response.json()) or {}).get(key)
        if token is None:
            raise MissingField(f"$.{key}")
        try:
            return Token(checked_secret(key, token), lifetime)
        except InvalidArgument as unfit:
            problem = UnreadableAnswer(f"$.{key}: {unfit.args[1]}")
        raise problem

    return read
