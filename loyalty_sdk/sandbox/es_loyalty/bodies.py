"""Bodies of ES Loyalty's calls: each field known and of its kind, or the call is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from ..wire import Request
from .answers import invalid
from .parts import BUSINESS_UNITS, Json

Check = Callable[[str, object], None]
Fields = Mapping[str, Check]


def read_body(request: Request, fields: Fields) -> Json:
    """The body of a call, provided that each field in it is known and of its kind.

    Raises:
        Refused: It is no JSON object, or a field is unknown or of another kind.
    """
    content = _parsed(request)
    obj(fields)("body", content)
    return content


def read_any(request: Request, check: Check) -> Json:
    """The body of a call whose keys are the client's own, each value of one kind.

    Raises:
        Refused: It is no JSON object, or a value is of another kind.
    """
    content = _parsed(request)
    for name, value in content.items():
        check(name, value)
    return content


def _parsed(request: Request) -> Json:
    try:
        content = request.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise invalid("A JSON object is required")
    return cast("Json", content)


def text(path: str, value: object) -> None:
    """Text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise invalid(f"{path} is mandatory and required to be non-empty")


def whole(path: str, value: object) -> None:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(f"{path} required to be a number")


def positive(path: str, value: object) -> None:
    """A whole number of 1 or more."""
    whole(path, value)
    if cast("int", value) < 1:
        raise invalid(f"{path} required to be a positive number")


def amount_text(path: str, value: object) -> None:
    """A whole number of points, as text."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise invalid(f"{path} required to be a number, as text")


def digits(count: int) -> Check:
    """So many digits, as text or as a number."""

    def check(path: str, value: object) -> None:
        written = str(value) if isinstance(value, str | int) else ""
        if len(written) != count or not (written.isascii() and written.isdigit()):
            raise invalid(f"{path} required to have {count} digits")

    return check


def anything(path: str, value: object) -> None:
    """Any object at all."""
    if not isinstance(value, dict):
        raise invalid(f"{path} required to be an object")


def points_of_accounts(path: str, value: object) -> None:
    """Points by account."""
    anything(path, value)
    for account_id, points in cast("Json", value).items():
        positive(f"{path}.{account_id}", points)


def obj(fields: Fields) -> Check:
    """An object with these fields at the most."""

    def check(path: str, value: object) -> None:
        if not isinstance(value, dict):
            raise invalid("A JSON object is required")
        for name, item in cast("Json", value).items():
            if name not in fields:
                raise invalid(f"Field {name} is not allowed")
            fields[name](name if path == "body" else f"{path}.{name}", item)

    return check


def list_of(check: Check) -> Check:
    """A list of a kind."""

    def check_all(path: str, value: object) -> None:
        if not isinstance(value, list):
            raise invalid(f"{path} required to be an array")
        for index, item in enumerate(cast("list[object]", value)):
            check(f"{path}[{index}]", item)

    return check_all


def demand(body: Json, *names: str) -> None:
    """Refuse a body in which something is missing, with the documented words."""
    for name in names:
        if name not in body:
            raise invalid(f"{name} is mandatory and required to be non-empty")


def demand_business_unit(body: Json, form: str) -> None:
    """Refuse a body without a business unit, or with one that there is not."""
    if "businessUnit" not in body:
        raise invalid("Business Unit is mandatory and required to be non-empty")
    unit = str(body["businessUnit"])
    if unit not in BUSINESS_UNITS:
        raise invalid(f"Business Unit {form.format(unit)} is not a valid business unit")
