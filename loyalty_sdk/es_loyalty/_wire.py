"""ES Loyalty's wire: headers, the error body, and the two shapes of a list."""

from __future__ import annotations

import re
from typing import Any, TypeVar, cast

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.hiding.redact import SHOWN_HEADERS
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model, promises
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.errors import APIError
from loyalty_sdk.es_loyalty.errors import CursorTooOld, SessionNotFound, TransactionNotFound

M = TypeVar("M", bound=Model)

_NO_SESSION = re.compile(r"\s*session correlation id does not exist", re.IGNORECASE)
_NO_TRANSACTION = re.compile(r"\s*transaction\s+((?P<id>\S.*)\s)?does not exist", re.IGNORECASE)
_TOO_OLD = re.compile(r"\s*transaction\s+(?P<id>\S.*)\s+must be within .+ to .+", re.IGNORECASE)


class ESLoyaltyWire(Vendor):
    """https://exchangesolutionsinc.github.io/es-user-docs/docs/api."""

    name = "es_loyalty"
    shown_headers = SHOWN_HEADERS | {"x-amzn-requestid"}
    shown_parameters = frozenset({"limit", "locale", "maxResults", "status", "type", "until"})

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the error object of the application, the gateway or the token URL, or none."""
        told = coerce.object_or_empty(body)
        texts = (words(told.get(key)) for key in ("errorMessage", "message", "error"))
        said = next(filter(None, texts), None)
        kind, transaction_id = _kind_of(response.status, said or "")
        error = kind(
            said or said_nothing(response),
            status=response.status,
            code=words(told.get("errorCode")),
            details=words(told.get("error_description")),
            request_id=response.headers.get("x-amzn-requestid"),
        )
        if isinstance(error, TransactionNotFound | CursorTooOld):
            error.transaction_id = transaction_id
        return error

    def token_is_refused(self, error: APIError) -> bool:
        """Only the gateway refuses tokens; a 401 with an `errorCode` is a rule of the business."""
        return error.status == 401 and error.code is None


def _kind_of(status: int, said: str) -> tuple[type[APIError], str | None]:
    """The class, and the transaction named, by the message: status and code vary for one thing."""
    if _NO_SESSION.match(said):
        return SessionNotFound, None
    if status in (400, 404) and (missing := _NO_TRANSACTION.match(said)):
        return TransactionNotFound, missing["id"]
    if status == 400 and (too_old := _TOO_OLD.match(said)):
        return CursorTooOld, too_old["id"]
    return error_class(status), None


def read_rows(response: Response, model: type[M], wrapper: str) -> tuple[M, ...]:
    """Read a list, which may come bare, wrapped, as one object alone, or as an empty object.

    The documents show no answer: one of them calls it an array, the other names the wrapper, and
    says that there may be an empty object.

    Args:
        response: The answer.
        model: What the list holds.
        wrapper: The key that an object around it has, in any case.
    """

    def read(body: Any, reader: Reader) -> tuple[M, ...]:
        if body is None or body == {}:
            return ()
        if not isinstance(body, dict):
            return reader.many(model, body)
        pairs = cast("dict[str, Any]", body)
        key = next((key for key in pairs if key.lower() == wrapper), None)
        if key is None:
            return (_alone(reader, model, pairs, wrapper),)
        held: Any = pairs[key]
        path = f"$.{key}"
        if held is None or held == {}:
            return ()
        if isinstance(held, dict):  # one alone
            return (reader.one(model, cast("dict[str, Any]", held), path),)
        return reader.many(model, held, path)

    is_bare = response.content.startswith(b"[")
    shape = Shape.of_list(model, None if is_bare else wrapper)
    return decode(response.content, read, shape)


def _alone(reader: Reader, model: type[M], body: dict[str, Any], wrapper: str) -> M:
    if not any(key in body for key in promises(model).values()):
        raise coerce.Mismatch(f"{wrapper} are expected, not an object without their ids")
    return reader.one(model, body)


WIRE = ESLoyaltyWire()
