"""Sessions, which every other call needs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Unpack, get_args

from loyalty_sdk._core.calls import Call, PathPart, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import given, identifier, one_of
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk.es_loyalty._arguments import sent
from loyalty_sdk.es_loyalty.inputs import SessionFields
from loyalty_sdk.es_loyalty.models._shapes import pairs
from loyalty_sdk.es_loyalty.models.session import IdentifierType, Session

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
        **fields: Unpack[SessionFields],
    ) -> Call[Session]:
        """Open a session for an account; see `SessionFields`. Never repeated.

        Args:
            identifier: Who it is for; an e-mail address or a phone number is shown nowhere.
            identifier_type: What the identifier is. Most vendors' clients may only use
                `ACCOUNT_ID` and `LOYALTY_ID`. By `PHONE_NUMBER` nothing can be redeemed.

        Returns:
            The session; its `correlation_id` is what the other calls take, a `Secret`.

        https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/start-session/start-session-for-user-account
        """
        one_of("identifier_type", given("identifier_type", identifier_type), _TYPES)
        account = _account(identifier, identifier_type)
        return _opening(account, identifier_type, sent(SessionFields, fields))


def _opening(account: PathPart, kind: IdentifierType, said: Mapping[str, Any]) -> Call[Session]:
    body = {"correlationId": Secret(str(uuid.uuid4())), **said}
    return Call(
        method="POST",
        path=("client", "users", account, "sessions"),
        headers={"x-identifier-type": kind},
        json=body,
        read=lambda response: _read_session(response, body["correlationId"]),
        gives_secrets=True,
    )


def _account(value: str | int, kind: IdentifierType) -> PathPart:
    checked = identifier("identifier", value)
    return Secret(checked) if kind in _PERSONAL else checked


def _read_session(response: Response, correlation_id: Secret) -> Session:
    def read(body: Any, reader: Reader) -> Session:
        return reader.one(Session, {"correlationId": correlation_id.reveal(), **pairs(body)})

    return decode(response.content, read)
