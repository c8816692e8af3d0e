"""Spaaza's wire: the envelope, its errors in all their shapes, and headers.

https://docs.spaaza.com/api/responses
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import Reader, decode, parse
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.frozen import frozen_dict
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk._core.reading.remarks import Notice
from loyalty_sdk._core.vendor import Vendor, error_class
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    InvalidArgument,
    MethodNotAllowed,
    NotFound,
    PermissionDenied,
    Unauthorized,
    UnreadableAnswer,
)

M = TypeVar("M", bound=Model)
T = TypeVar("T")

HOST = "https://api0.spaaza.com"
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")

API_VERSION = "x-spaaza-api-version"
APP_HOSTNAME = "x-spaaza-myprice-app-hostname"

_BY_NUMBER: Mapping[str, type[APIError]] = {
    "3": BadRequest,  # http_vars_missing
    "4": MethodNotAllowed,  # http_request_method_not_allowed
    "5": Unauthorized,  # password_error_or_non_existent
    "6": Unauthorized,  # no_valid_session
    "52": BadRequest,  # missing_necessary_parameters
    "68": PermissionDenied,  # permission_denied_or_non_existent, with 500 or 403
    "183": NotFound,  # voucher_not_found
    "269": BadRequest,  # no_myprice_app
}


class SpaazaWire(Vendor):
    """The rules of Spaaza's wire.

    Args:
        api_version: The version that is asked for; `None` asks for none.

    Raises:
        InvalidArgument: It is no version.
    """

    name = "spaaza"
    shown_parameters = frozenset(
        {
            "campaign_id",
            "chain_id",
            "exclude_regenerated",
            "number_results",
            "results_offset",
            "show_all_statuses",
            "show_expired",
            "show_redeemed",
            "voucher_id",
        }
    )

    def __init__(self, api_version: str | None) -> None:
        if api_version is not None:
            if not (isinstance(api_version, str) and _VERSION.fullmatch(api_version)):
                raise InvalidArgument("api_version", "must be like 1.6.3, or None")
            self.headers = {API_VERSION: api_version}

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the error of a status that says so; 5xx bodies are errors of the API too."""
        return _error(unwrapped(body), response.status)

    def payload(self, body: Any) -> tuple[Any, str]:
        """The `results` of an answer, seldom called `data`; a few calls have no envelope at all."""
        inner = unwrapped(body)
        path = "$" if inner is body else f"$[{body.index(inner)}]"
        answer = coerce.object_or_empty(inner)
        if _is_error(answer, path):
            raise _error(answer, 200)
        if "result" not in answer and "results" not in answer:
            return inner, path
        name = "data" if "data" in answer and "results" not in answer else "results"
        return answer.get(name), f"{path}.{name}"

    def token_is_refused(self, error: APIError) -> bool:
        """A 401, or `no_valid_session` under any status; not a wrong password."""
        return error.number == "6" or (error.status == 401 and error.number is None)

    def warnings(self, response: Response) -> tuple[Notice, ...]:
        """The `warnings` beside the results: https://docs.spaaza.com/api/responses."""
        try:
            answer = coerce.object_or_empty(unwrapped(parse(response.content)))
        except UnreadableAnswer:
            return ()
        said: Any = answer.get("warnings")
        several: list[Any] = said if said.__class__ is list else [said]
        return tuple(_notice(warning) for warning in several if warning)

    def is_final(self, error: APIError) -> bool:
        """An error with a name is the API's decision, even under a 500."""
        return error.code is not None and error.status >= 500


def read_results(
    response: Response, read: Callable[[Any, Reader, str], T], shape: Shape | None = None
) -> T:
    """Read the `results` of an answer.

    Args:
        response: The answer.
        read: Given the results, a reader and their wire path, makes the value.
        shape: Where models stand in the whole body, as a rule.

    Raises:
        APIError: The answer is an error inside a 200.
        UnreadableAnswer: It is not what the vendor documents.
    """
    return decode(response.content, lambda body, reader: _read_payload(body, reader, read), shape)


def placed(path: str, read: Callable[[Any], T], value: Any) -> T:
    """Read a value that no model describes.

    Raises:
        UnreadableAnswer: It has another form; the wire path is named.
    """
    try:
        return read(value)
    except coerce.Mismatch as mismatch:
        problem = UnreadableAnswer(f"{path}: {mismatch}")
    raise problem


def read_one(model: type[M]) -> Callable[[Response], M]:
    """A reading of the results as one *model*."""
    return lambda response: read_results(
        response, lambda results, reader, path: reader.one(model, results, path)
    )


def member(results: Any, key: str, path: str) -> Any:
    """What stands under a key of the results.

    Raises:
        UnreadableAnswer: They are no object, or have no such key; the wire path is named.
    """
    pairs = placed(path, _an_object, results)
    if key not in pairs:
        raise UnreadableAnswer(f"{path}.{key}: it is expected, and there is nothing")
    return pairs[key]


def unwrapped(body: Any) -> Any:
    """The body without the one-element list that some endpoints put around it."""
    if body.__class__ is not list:
        return body
    present: list[Any] = [item for item in body if item is not None] or body
    return present[0] if len(present) == 1 else body


def _read_payload(body: Any, reader: Reader, read: Callable[[Any, Reader, str], T]) -> T:
    results, path = SpaazaWire.payload(_PLAIN, body)
    return read(results, reader, path)


def _an_object(value: Any) -> Mapping[str, Any]:
    if value.__class__ is not dict:
        raise coerce.refuse("an object", value)
    pairs: Mapping[str, Any] = value
    return pairs


def _is_error(answer: Mapping[str, Any], path: str) -> bool:
    """By `result.code`, which is 1 when all is well; without one by what the answer holds."""
    code = coerce.object_or_empty(answer.get("result")).get("code")
    if code is None:
        return answer.get("results") is None and bool(answer.get("error") or answer.get("errors"))
    return placed(f"{path}.result.code", coerce.text, code) != "1" and code != 1


_NOTICE = ("name", "code", "description")


def _notice(warning: Any) -> Notice:
    said = coerce.object_or_empty(warning)
    return Notice(
        name=_text(said.get("name")),
        code=_text(said.get("code")),
        description=_text(said.get("description")) or _text(warning),
        details=frozen_dict((k, v) for k, v in said.items() if k not in _NOTICE),
    )


def _error(body: Any, status: int) -> APIError:
    """The error in a body: an `error` object, or before 1.4.0 an `errors` map by number."""
    fault = _fault(body)
    number = _text(fault.get("code"))
    known = _BY_NUMBER.get(number or "")
    return (known or error_class(status))(
        _text(fault.get("description")) or f"HTTP {status} with a body that is no error object",
        status=status,
        code=_text(fault.get("name")),
        number=number,
        details=_extra_detail(fault),
    )


def _fault(body: Any) -> Mapping[str, Any]:
    answer = coerce.object_or_empty(body)
    errors = coerce.object_or_empty(answer.get("errors"))
    number, first = next(iter(errors.items()), ("", None))
    by_number = {"code": number} if number.isdecimal() else {}
    old = {**by_number, **coerce.object_or_empty(first)}
    return coerce.object_or_empty(answer.get("error")) or old


def _extra_detail(fault: Mapping[str, Any]) -> str | None:
    return _text(coerce.object_or_empty(fault.get("extrainfo")).get("msg"))


def _text(value: Any) -> str | None:
    try:
        return coerce.text(value) or None
    except coerce.Mismatch:
        return None


_PLAIN = SpaazaWire(None)
