"""Calls described with synthetic arguments: how an operation reads its answers, without sending."""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import types
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from importlib import resources
from typing import (
    Annotated,
    Any,
    Literal,
    Required,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import httpx

from loyalty_sdk import Secret
from loyalty_sdk._core.endpoint import Resource
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import LoyaltyError

_CREDENTIALS: Mapping[str, Mapping[str, str]] = {
    "Voucherify": {"app_id": "synthetic", "app_token": "synthetic"},
    "Spaaza": {
        "token_id": "synthetic",
        "token_secret": "synthetic",
        "app_hostname": "app.example.com",
    },
    "ESLoyalty": {"base_url": "https://es.example.com", "token": "synthetic"},
    "Cardlytics": {"base_url": "https://cardlytics.example.com"},
    "CardlyticsPublisher": {"base_url": "https://publisher.example.com"},
}
_HOMES = {"CardlyticsPublisher": "loyalty_sdk.cardlytics.v2"}
"""Where a client lives that the front door does not have."""

_SAMPLES: Mapping[Any, Any] = {
    str: "sample-1",
    int: 7,
    float: 7.5,
    bool: True,
    datetime: datetime(2024, 5, 1, 12, tzinfo=timezone.utc),
    date: date(2024, 5, 1),
    timedelta: timedelta(days=1),
    Decimal: Decimal("7.50"),
    Secret: Secret("sample-1"),
    Any: "sample-1",
}


def described(operation: str) -> tuple[Any, Vendor]:
    """What an operation describes, a `Call` or what is made of one, and its vendor's rules.

    Args:
        operation: Its name, such as `voucherify.customers.get`.

    Raises:
        LookupError: There is no such operation, or no synthetic argument that it takes.
    """
    rows = json.loads(
        resources.files("loyalty_sdk.testing").joinpath("operations.json").read_text("utf-8")
    )
    name = next((row["call"] for row in rows if row["operation"] == operation), "")
    if not name:
        raise LookupError(f"there is no operation {operation}")
    kind, *nouns, verb = name.split(".")
    client = getattr(importlib.import_module(_HOMES.get(kind, "loyalty_sdk")), kind)
    with client(**_CREDENTIALS[kind], transport=httpx.MockTransport(_nobody)) as made:
        resource: Any = made
        for noun in nouns:
            resource = getattr(resource, noun)
        method = inspect.getattr_static(resource.__class__, verb)
        return _built(operation, method._build, resource), resource._runner.session.vendor


def _built(operation: str, build: Any, resource: Resource[Any]) -> Any:
    hints = get_type_hints(build, include_extras=True)
    parameters = list(inspect.signature(build).parameters.values())[1:]
    problem: Exception = LookupError(operation)
    for more in ("", *_optional(parameters, hints)):
        try:
            return build(resource, **_arguments(parameters, hints, more))
        except (LoyaltyError, TypeError, LookupError) as refused:
            problem = refused
    raise LookupError(f"{operation} takes no synthetic arguments: {problem}")


def _optional(parameters: Sequence[inspect.Parameter], hints: Mapping[str, Any]) -> list[str]:
    """Arguments of which one may be needed to name something."""
    found = [one.name for one in parameters if one.default is not one.empty]
    for one in parameters:
        if one.kind is one.VAR_KEYWORD:
            found += get_type_hints(get_args(hints[one.name])[0])
    return found


def _arguments(
    parameters: Sequence[inspect.Parameter], hints: Mapping[str, Any], more: str
) -> dict[str, Any]:
    """Everything that must be given, and one argument more."""
    given: dict[str, Any] = {}
    for one in parameters:
        if one.kind is one.VAR_KEYWORD:
            form = get_args(hints[one.name])[0]
            given |= _needed(form, {more})
        elif one.default is one.empty or one.name == more:
            given[one.name] = sample(hints[one.name])
    return given


def _needed(form: Any, also: set[str] | None = None) -> dict[str, Any]:
    hints = get_type_hints(form, include_extras=True)
    names = [n for n, hint in hints.items() if get_origin(hint) is Required or n in (also or ())]
    return {name: sample(hints[name]) for name in names}


def sample(hint: Any) -> Any:
    """A value that an argument annotated so takes.

    Raises:
        LookupError: None is known.
    """
    kind: Any = next(part for part in _members(hint) if part is not types.NoneType)
    origin = get_origin(kind)
    if origin is Literal:
        return get_args(kind)[0]
    if kind in _SAMPLES:
        return _SAMPLES[kind]
    if isinstance(kind, enum.EnumMeta):
        return next(iter(cast("Iterable[Any]", kind)))
    if origin is Sequence:
        return [sample(get_args(kind)[0])]
    if origin is Mapping:
        return {"sample": sample(get_args(kind)[1])}
    if hasattr(kind, "__required_keys__"):
        every = get_type_hints(kind, include_extras=True)
        return _needed(kind) or {name: sample(every[name]) for name in list(every)[:1]}
    raise LookupError(f"there is no sample of {kind!r}")


def _members(hint: Any) -> tuple[Any, ...]:
    """The types of a union, in order; of anything else it alone."""
    if get_origin(hint) in (Annotated, Required):
        return _members(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(inner for part in get_args(hint) for inner in _members(part))
    return (hint,)


def _nobody(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"nothing is sent by looking, but {request.method} was")
