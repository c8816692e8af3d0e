"""Spaaza's envelope, its errors and what the API version changes about them.

https://docs.spaaza.com/api/responses
"""

from __future__ import annotations

import re

import attrs

from ..switches import Switches
from ..wire import Response, json_response

Version = tuple[int, int, int]

ERROR_OBJECT_SINCE: Version = (1, 4, 0)

_STATUS = {
    "http_vars_missing": 400,
    "http_request_method_not_allowed": 405,
    "no_valid_session": 401,
    "missing_necessary_parameters": 400,
    "auth_method_invalid": 400,
    "no_myprice_app": 400,
    "invalid_parameter": 400,
    "resource_not_found": 404,
    "voucher_not_found": 404,
    "basket_already_exists": 400,
}
# The documents give no numbers for those that are not here, and no status for the last two above.
_CODES = {
    "http_vars_missing": 3,
    "http_request_method_not_allowed": 4,
    "password_error_or_non_existent": 5,
    "no_valid_session": 6,
    "missing_necessary_parameters": 52,
    "permission_denied_or_non_existent": 68,
    "voucher_not_found": 183,
    "auth_method_invalid": 228,
    "no_myprice_app": 269,
}


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, name: str, description: str) -> None:
        """Describe the error by the vendor's name for it and a text."""
        super().__init__(description)
        self.name = name
        self.description = description


def missing(parameter: str) -> Refused:
    """The error for a required query parameter that is not there."""
    return Refused("http_vars_missing", f"The parameter {parameter} is required")


def incomplete(what: str) -> Refused:
    """The error for parameters that only make sense together with others."""
    return Refused("missing_necessary_parameters", what)


def invalid(what: str) -> Refused:
    """The error for a parameter that is unknown or has a bad value."""
    return Refused("invalid_parameter", what)


def denied() -> Refused:
    """The error for an object that does not exist or may not be seen."""
    return Refused(
        "permission_denied_or_non_existent",
        "This user has insufficient permissions for this object or the object does not exist.",
    )


def no_session() -> Refused:
    """The error for credentials that are missing, wrong or over."""
    return Refused("no_valid_session", "A valid session key needs to be sent")


def wrong_password(what: str) -> Refused:
    """The error for a login that does not succeed."""
    return Refused("password_error_or_non_existent", what)


def read_version(text: str) -> Version:
    """Read an API version.

    Raises:
        Refused: It is not of the form major.minor.fix.
    """
    match = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})", text)
    if match is None:
        raise invalid("X-Spaaza-API-Version must look like 1.6.3")
    major, minor, fix = match.groups()
    return int(major), int(minor), int(fix)


@attrs.frozen(kw_only=True)
class Warned:
    """Results that come with warnings."""

    results: dict[str, object]
    warnings: tuple[dict[str, object], ...] = ()


def success(call: str, warned: Warned, switches: Switches) -> Response:
    """The answer to a call that went well."""
    warnings = list(warned.warnings)
    if switches.spaaza_extra_warning:
        warnings.append(_extra_warning(call))
    content: dict[str, object] = {"result": {"code": 1, "status": "ok"}}
    if warnings:
        content["warnings"] = warnings
    content["results"] = {**warned.results, "result_type": call}
    return json_response(200, _wrapped(content, switches))


def failure(refused: Refused, version: Version, switches: Switches) -> Response:
    """The answer to a call that did not go well."""
    code = _CODES.get(refused.name)
    error: dict[str, object] = {"name": refused.name, "description": refused.description}
    if code is not None:
        error = {"code": code, **error}
    content: dict[str, object]
    if version >= ERROR_OBJECT_SINCE:
        content = {"result": {"code": 2, "status": "error"}, "error": error}
    else:
        error["extrainfo"] = {"msg": refused.description}
        key = refused.name if code is None else str(code)
        content = {"result": {"code": 0, "status": "error"}, "errors": {key: error}}
    status = 200 if switches.spaaza_errors_in_200 else _status(refused.name, switches)
    return json_response(status, _wrapped(content, switches))


def _status(name: str, switches: Switches) -> int:
    if name == "permission_denied_or_non_existent":
        return switches.spaaza_denied_status
    if name == "password_error_or_non_existent":
        return switches.spaaza_password_status
    return _STATUS[name]


def _wrapped(content: dict[str, object], switches: Switches) -> object:
    return [content] if switches.spaaza_body_in_list else content


def _extra_warning(call: str) -> dict[str, object]:
    return {
        "code": 9000,
        "name": "sandbox_warning",
        "description": "A warning that no document names",
        "message": {"call": call},
    }
