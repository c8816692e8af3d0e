"""Calls of version 1 in short: a customer's path, what is sent, and what is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from loyalty_sdk._core.calls import Call, PathPart, Query, Response
from loyalty_sdk._core.endpoint import Resource
from loyalty_sdk._core.given.arguments import number, path_part, query
from loyalty_sdk._core.given.inputs import body, fields_of
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.cardlytics._times import naive_times_in
from loyalty_sdk.cardlytics._wire import zone_of
from loyalty_sdk.errors import InvalidArgument

M = TypeVar("M", bound=Model)
Making = Callable[[Any, Reader], M]


def hidden(token: str | Secret) -> Secret:
    """A customer's token, out of sight: the first thing that a call does with it.

    Raises:
        InvalidArgument: It cannot be a part of a path.
    """
    if not isinstance(token, (str, Secret)):
        raise InvalidArgument("token", "must be text or a Secret")
    kept = token if isinstance(token, Secret) else Secret(token)
    path_part("token", kept)
    return kept


def customer(token: Secret, *path: PathPart) -> tuple[PathPart, ...]:
    """The path of something that belongs to a customer."""
    return ("api", "v1", "customers", token, *path)


def asked(form: type, fields: Mapping[str, Any]) -> Query:
    """Keyword arguments as a query, in the order of their form.

    Raises:
        TypeError: There is no such argument.
        InvalidArgument: A value is not what the form says.
    """
    values = wire_names(body(form, fields))
    names = (wire_name(name) for name in fields_of(form))
    return query(**{name: values[name] for name in names if name in values})


def get(
    noun: Resource[Any],
    model: type[M],
    path: tuple[PathPart, ...],
    params: Query = (),
    making: Making[M] | None = None,
) -> Call[M]:
    """Read something. Repeated after a failure."""
    read = reading(noun, making or (lambda found, to: to.one(model, found)))
    return Call(method="GET", path=path, params=params, read=read, repeatable=True)


def write(
    method: str, path: tuple[PathPart, ...], *, json: Mapping[str, Any], params: Query = ()
) -> Call[None]:
    """Change something. Never repeated after it may have arrived; the answer says nothing."""
    return Call(method=method, path=path, params=params, json=json, read=_nothing)


def reading(
    noun: Resource[Any], making: Making[M], shape: Shape | None = None
) -> Callable[[Response], M]:
    """Reads an answer, its naive times in the zone of the client that asks."""
    zone = zone_of(noun._runner.session.vendor)

    def read(response: Response) -> M:
        with naive_times_in(zone):
            return decode(response.content, making, shape)

    return read


def whole(argument: str, value: int | str | None, least: int = 0) -> str | None:
    """A whole number as a query has it; `None` is left out.

    Raises:
        InvalidArgument: It is none, or below the least.
    """
    return None if value is None else number(argument, value, least)


def wire_names(value: Any) -> Any:
    """The same with the vendor's names: `ad_id` is `adId` there."""
    if isinstance(value, dict):
        known = cast("dict[str, Any]", value)
        return {wire_name(name): wire_names(item) for name, item in known.items()}
    if isinstance(value, list):
        return [wire_names(item) for item in cast("list[object]", value)]
    return value


def wire_name(name: str) -> str:
    """The vendor's name of a field."""
    return _SNAKE.sub(_hump, name)


_SNAKE = re.compile(r"_([a-z])")


def _hump(found: re.Match[str]) -> str:
    return found[1].upper()


def _nothing(_response: Response) -> None:
    return None
