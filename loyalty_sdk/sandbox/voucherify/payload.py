"""Bodies of Voucherify's calls: each field known and of its kind, or the call is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from ..wire import Request
from .answers import Refused, bad_form, bad_json
from .records import Json

Check = Callable[[str, Any], None]
Fields = Mapping[str, Check]


def read_body(request: Request, fields: Fields, *, required: tuple[str, ...] = ()) -> Json:
    """The body of a call, provided that each field in it is known and of its kind.

    Raises:
        Refused: It is no JSON object, or a field is missing, unknown or of another kind.
    """
    if not request.body and not required:
        return {}
    content = _json(request)
    if not isinstance(content, dict):
        raise bad_json()
    body = cast("Json", content)
    obj(fields)("body", body)
    for name in required:
        if body.get(name) is None:
            raise bad_form(f"Property .{name} is required")
    return {name: value for name, value in body.items() if value is not None or name in fields}


def read_list(request: Request, item: Check, most: int = 100_000) -> list[Json]:
    """The body of a call that takes a list.

    Raises:
        Refused: It is none, or an item is not of its kind.
    """
    content = _json(request)
    list_of(item, most)("body", content)
    return cast("list[Json]", content)


def _json(request: Request) -> Any:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "unsupported_media_type", "Unsupported media type")
    try:
        return json.loads(request.body)
    except ValueError:
        raise bad_json() from None


def text(path: str, value: Any) -> None:
    """Text."""
    _demand(isinstance(value, str), path, "a string")


def integer(path: str, value: Any) -> None:
    """A whole number."""
    _demand(isinstance(value, int) and not isinstance(value, bool), path, "an integer")


def number(path: str, value: Any) -> None:
    """A number."""
    _demand(isinstance(value, int | float) and not isinstance(value, bool), path, "a number")


def flag(path: str, value: Any) -> None:
    """True or false."""
    _demand(isinstance(value, bool), path, "a boolean")


def moment(path: str, value: Any) -> None:
    """A moment in ISO 8601."""
    try:
        read_moment(value)
    except (TypeError, ValueError):
        raise bad_form(f"Property .{path} should be a date in the ISO 8601 format") from None


def read_moment(value: Any) -> datetime:
    """The moment of a text in ISO 8601; a day alone begins in UTC.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(value)
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def anything(path: str, value: Any) -> None:
    """Any object at all."""
    _demand(isinstance(value, dict), path, "an object")


def choice(*words: str) -> Check:
    """One of these words."""

    def check(path: str, value: Any) -> None:
        _demand(value in words, path, f"one of {', '.join(words)}")

    return check


def obj(fields: Fields) -> Check:
    """An object with these fields at the most; each may be null."""

    def check(path: str, value: Any) -> None:
        _demand(isinstance(value, dict), path, "an object")
        for name, item in cast("Json", value).items():
            where = name if path == "body" else f"{path}.{name}"
            if name not in fields:
                raise bad_form(f"Property .{where} is not allowed")
            if item is not None:
                fields[name](where, item)

    return check


def list_of(item: Check, most: int) -> Check:
    """A list of so many of a kind at the most."""

    def check(path: str, value: Any) -> None:
        _demand(isinstance(value, list), path, "an array")
        items = cast("list[Any]", value)
        if len(items) > most:
            raise bad_form(f"Property .{path} should not have more than {most} items")
        for index, one in enumerate(items):
            item(f"{path}[{index}]", one)

    return check


def _demand(holds: bool, path: str, kind: str) -> None:
    if not holds:
        raise bad_form(f"Property .{path} should be {kind}")


_GOODS = {"id": text, "source_id": text, "override": flag, "metadata": anything, "price": number}
_ITEM: Fields = {
    "sku_id": text,
    "product_id": text,
    "related_object": choice("product", "sku"),
    "source_id": text,
    "quantity": integer,
    "discount_quantity": integer,
    "initial_quantity": integer,
    "amount": integer,
    "discount_amount": integer,
    "initial_amount": integer,
    "price": integer,
    "product": obj({**_GOODS, "name": text}),
    "sku": obj({**_GOODS, "sku": text}),
    "metadata": anything,
}
ADDRESS: Fields = dict.fromkeys(
    ("city", "state", "line_1", "line_2", "country", "postal_code"), text
)
CUSTOMER: Fields = {
    "id": text,
    "source_id": text,
    "name": text,
    "description": text,
    "email": text,
    "phone": text,
    "birthday": text,
    "birthdate": text,
    "address": obj(ADDRESS),
    "metadata": anything,
}
UPDATED_ORDER: Fields = {
    "source_id": text,
    "status": choice("CREATED", "PAID", "CANCELED", "FULFILLED"),
    "amount": integer,
    "initial_amount": integer,
    "discount_amount": integer,
    "items": list_of(obj(_ITEM), 500),
    "metadata": anything,
}
ORDER: Fields = {"id": text, **UPDATED_ORDER}
ORDER_AND_PEOPLE: Fields = {
    "customer": obj(CUSTOMER),
    "referrer": obj(CUSTOMER),
    "referrer_id": text,
    "created_at": moment,
}
