"""Queries and bodies of Cardlytics' calls: each part known and of its kind, or refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, cast

from ..wire import Pairs, Request
from .answers import bad_request
from .view import Json, in_zone

Check = Callable[[Any], bool]
Fields = Mapping[str, Check]

STATUS_NAMES = {
    "New": 1,
    "Served": 2,
    "Activated": 4,
    "Processing": 8,
    "Redeemed": 16,
    "Expired": 32,
}


# --- queries


def known(query: Pairs, names: tuple[str, ...]) -> dict[str, str]:
    """The query as a mapping, provided that each parameter is known and given once."""
    values: dict[str, str] = {}
    for name, value in query:
        if name not in names:
            raise bad_request(f"{name} is no parameter of this call.")
        if name in values:
            raise bad_request(f"{name} is given more than once.")
        values[name] = value
    return values


def number(values: Mapping[str, str], name: str) -> int:
    """A whole number that must be given."""
    text = values.get(name)
    if text is None:
        raise bad_request(f"{name} is required.")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise bad_request(f"{name} must be an integer.")
    return int(text)


def place(values: Mapping[str, str]) -> tuple[int, int]:
    """The channel and the location, which most calls must be given."""
    return number(values, "channelId"), number(values, "locationId")


def switch(values: Mapping[str, str], name: str) -> bool | None:
    """A yes or no, or nothing."""
    text = values.get(name)
    if text not in (None, "true", "false"):
        raise bad_request(f"{name} must be a boolean.")
    return None if text is None else text == "true"


def status(values: Mapping[str, str], usual: int | None = None) -> int:
    """States of ads: their bits, or their names."""
    text = values.get("status")
    if text is None and usual is not None:
        return usual
    names = (text or "").split(",")
    if text is not None and all(name in STATUS_NAMES for name in names):
        return sum(STATUS_NAMES[name] for name in names)
    return number(values, "status")


def date(values: Mapping[str, str], name: str, zone: tzinfo) -> datetime | None:
    """A bound, as clocks of the server's zone show it."""
    text = values.get(name)
    if text is None:
        return None
    try:
        return in_zone(datetime.fromisoformat(text), zone)
    except ValueError:
        raise bad_request(f"{name} must be an ISO-8601 date.") from None


def coordinate(parts: Mapping[str, str], name: str, most: float) -> float:
    """A number of degrees in the path."""
    try:
        found = float(parts[name])
    except ValueError:
        found = most + 1
    if not abs(found) <= most:
        raise bad_request(f"{name} must be from -{most} to {most}.")
    return found


# --- bodies


def read_body(request: Request, fields: Fields, *, required: tuple[str, ...] = ()) -> Json:
    """The body of a call, provided that each field in it is known and of its kind.

    Raises:
        Refused: It is no JSON object, or a field is missing, unknown or of another kind.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise bad_request("A JSON body is required.")
    try:
        content: Any = json.loads(request.body)
    except ValueError:
        raise bad_request("The body is no JSON.") from None
    return checked("The body", content, fields, required)


def checked(place: str, content: Any, fields: Fields, required: tuple[str, ...]) -> Json:
    """An object, provided that each field in it is known and of its kind.

    Raises:
        Refused: It is no object, or a field is missing, unknown or of another kind.
    """
    if not isinstance(content, dict):
        raise bad_request(f"{place} must be an object.")
    body = cast("Json", content)
    for name, value in body.items():
        if name not in fields:
            raise bad_request(f"{name} is no field of this call.")
        if not fields[name](value):
            raise bad_request(f"{name} is invalid.")
    for name in required:
        if name not in body:
            raise bad_request(f"{name} is required.")
    return body


def text(value: Any) -> bool:
    """Text."""
    return isinstance(value, str)


def integer(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def degrees(value: Any) -> bool:
    """A number of degrees."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= 180


def texts(value: Any) -> bool:
    """A list of texts."""
    return isinstance(value, list) and all(map(text, cast("list[object]", value)))


def objects(value: Any) -> bool:
    """A list that is not empty."""
    return isinstance(value, list) and bool(cast("list[object]", value))


def words(*allowed: str) -> Check:
    """A list of some of these words."""

    def check(value: Any) -> bool:
        return texts(value) and set(cast("list[str]", value)) <= set(allowed)

    return check


def word(*allowed: str) -> Check:
    """One of these words."""
    return lambda value: value in allowed
