"""Spaaza's calls in short: what is sent, and what is read of the results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeVar

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.given.arguments import number, query
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import member, read_one, read_results

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_USERS = (
    "user_id",
    "member_number",
    "authentication_point_identifier",
    "username",
    "auxiliary_identifier",
    "referral_code",
)


def get(
    read: Callable[[Response], T],
    path: str,
    asked: Mapping[str, Any],
    headers: Mapping[str, str | None] = EMPTY,
    *,
    gives_secrets: bool = False,
) -> Call[T]:
    """Read something. Repeated after a failure."""
    return Call(
        method="GET",
        path=tuple(path.split("/")),
        params=query(**asked),
        read=read,
        headers=headers,
        repeatable=True,
        gives_secrets=gives_secrets,
    )


def change(
    method: Literal["POST", "PUT", "DELETE"],
    path: str,
    read: Callable[[Response], T],
    fields: Mapping[str, Any],
    headers: Mapping[str, str | None] = EMPTY,
) -> Call[T]:
    """Change something by a form. Never repeated after it may have arrived."""
    return Call(
        method=method,
        path=tuple(path.split("/")),
        form={name: _as_text(value) for name, value in fields.items()},
        read=read,
        headers=headers,
    )


def send(
    method: Literal["POST", "PUT"],
    path: str,
    read: Callable[[Response], T],
    json: Mapping[str, Any],
    headers: Mapping[str, str | None] = EMPTY,
    *,
    repeatable: bool = False,
    gives_secrets: bool = False,
) -> Call[T]:
    """Send something as JSON. Never repeated, unless it is said to be repeatable."""
    return Call(
        method=method,
        path=tuple(path.split("/")),
        json=json,
        read=read,
        headers=headers,
        repeatable=repeatable,
        gives_secrets=gives_secrets,
    )


def reading(model: type[M], key: str | None = None) -> Callable[[Response], M]:
    """Reads the results as one model, or what stands under a key of them."""
    if key is None:
        return read_one(model)
    return lambda response: read_results(
        response,
        lambda results, reader, path: reader.one(
            model, member(results, key, path), f"{path}.{key}"
        ),
    )


def numbers(**ids: int | str) -> dict[str, str]:
    """Ids that are whole numbers, by the names of the arguments.

    Raises:
        InvalidArgument: One is none.
    """
    return {name: number(name, value) for name, value in ids.items()}


def about_user(form: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a form that names a customer.

    Raises:
        InvalidArgument: A field is not what the form says, or two name a customer.
    """
    asked = body(form, fields)
    named = [name for name in _USERS if name in asked]
    if len(named) > 1:
        raise InvalidArgument(
            named[1], f"cannot go together with {named[0]}: name the user in one way only"
        )
    return asked


def named(argument: str, fields: dict[str, Any], *others: str) -> dict[str, Any]:
    """The fields, one of which names what the call is about.

    Raises:
        InvalidArgument: None of them does.
    """
    if not any(name in fields for name in (argument, *others)):
        raise InvalidArgument(argument, f"must be given, or {' or '.join(others)}")
    return fields


def _as_text(value: Any) -> str:
    """A checked value as a form has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
