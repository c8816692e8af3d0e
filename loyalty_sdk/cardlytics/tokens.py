"""Customers' security tokens."""

from __future__ import annotations

from typing import Annotated, Any

import attrs

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import identifier, query
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.coerce import Mismatch, text
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model, Reading, promised


class Tokens(Resource[R_co]):
    """The tokens that stand for customers in the paths of all other calls.

    One is good while the customer is logged in; a server may be set up to let it expire, and other
    calls then raise `TokenExpired`.
    """

    @endpoint
    def get(self, source_customer_id: str | int) -> Call[Secret]:
        """The security token of a customer, by your own, obfuscated id. Repeated after a failure.

        Returns:
            The token as a `Secret`, to be passed on as it is; `reveal()` gives its text.

        Raises:
            NotFound: There is no such customer.

        https://docs.cardlytics.com/ads/v1/endpoints/get-token.html
        """
        return Call(
            method="GET",
            path=("api", "v1", "token"),
            params=query(sourceCustomerId=identifier("source_customer_id", source_customer_id)),
            read=_read,
            repeatable=True,
            gives_secrets=True,
        )


def _secret(value: Any) -> Secret:
    token = text(value)
    if not token.strip():
        raise Mismatch("a token is expected, not empty text")
    return Secret(token)


@attrs.frozen(kw_only=True, weakref_slot=False)
class _Given(Model):
    token: Annotated[Secret, Reading(_secret)] = promised()


def _read(response: Response) -> Secret:
    return decode(response.content, lambda body, to: to.one(_Given, body)).token
