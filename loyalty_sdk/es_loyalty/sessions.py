"""Sessions, which every other call needs."""

from __future__ import annotations

import uuid
from typing import Any, get_args

from loyalty_sdk._core.calls import Call, PathPart, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import given, identifier, one_of, plain_text
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk.es_loyalty._arguments import session_id
from loyalty_sdk.es_loyalty.models._shapes import pairs
from loyalty_sdk.es_loyalty.models.session import IdentifierType, Session, SessionChannel

_TYPES = get_args(IdentifierType)
_PERSONAL = ("EMAIL", "PHONE_NUMBER")


class Sessions(Resource[R_co]):
    """Sessions: each stands for one account in the calls that follow."""

    @endpoint
    def start(
        self,
        identifier: str | int,
        *,
        identifier_type: IdentifierType = "ACCOUNT_ID",
        channel: SessionChannel | None = None,
        correlation_id: str | uuid.UUID | Secret | None = None,
        external_agent_session_id: str | uuid.UUID | Secret | None = None,
    ) -> Call[Session]:
        """Open a session for an account; it is never sent twice once it may have arrived.

        Args:
            identifier: Who it is for; an e-mail address or a phone number is masked wherever the
                request is shown.
            identifier_type: What the identifier is. Most vendors' clients may only use
                `ACCOUNT_ID` and `LOYALTY_ID`. By `PHONE_NUMBER` nothing can be redeemed.
            channel: Where the member is, such as `APP`; custom ones are possible. `None` leaves it
                to the vendor's settings.
            correlation_id: The name of the session in all later calls, unique in the world;
                `None` makes a new UUID.
            external_agent_session_id: The session of an outside agent, where that is enabled; it
                goes with `EXTERNAL_AGENT_ID`.

        Returns:
            The session; its `correlation_id` is what the other calls take, a `Secret`.

        Raises:
            InvalidArgument: Before anything is sent: an argument cannot be used.
            LoyaltyError: Anything else.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/start-session/start-session-for-user-account
        """
        one_of("identifier_type", given("identifier_type", identifier_type), _TYPES)
        own = uuid.uuid4() if correlation_id is None else correlation_id
        correlation = session_id("correlation_id", own)
        body: dict[str, str | Secret] = {"correlationId": correlation}
        if channel is not None:
            body["channel"] = plain_text("channel", channel)
        if external_agent_session_id is not None:
            body["externalAgentSessionId"] = session_id(
                "external_agent_session_id", external_agent_session_id
            )
        return Call(
            method="POST",
            path=("client", "users", _account(identifier, identifier_type), "sessions"),
            headers={"x-identifier-type": identifier_type},
            json=body,
            read=lambda response: _read_session(response, correlation),
            gives_secrets=True,
        )


def _account(value: str | int, kind: IdentifierType) -> PathPart:
    checked = identifier("identifier", value)
    return Secret(checked) if kind in _PERSONAL else checked


def _read_session(response: Response, correlation_id: Secret) -> Session:
    def read(body: Any, reader: Reader) -> Session:
        return reader.one(Session, {"correlationId": correlation_id.reveal(), **pairs(body)})

    return decode(response.content, read)
