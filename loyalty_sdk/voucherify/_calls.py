"""Voucherify's calls in short: what is sent, and the one model that comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from loyalty_sdk._core.calls import Call, PathPart, Query, Response, Until
from loyalty_sdk._core.given.arguments import flag, query
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk._core.retry import LONGEST_WAIT
from loyalty_sdk.errors import InvalidArgument

M = TypeVar("M", bound=Model)


def get(model: type[M], *path: PathPart, params: Query = ()) -> Call[M]:
    """Read something. Repeated after a failure."""
    return Call(method="GET", path=path, params=params, read=reading(model), repeatable=True)


def post(
    model: type[M],
    *path: PathPart,
    json: Mapping[str, Any] | Sequence[Any] | None = None,
    params: Query = (),
    repeatable: bool = False,
) -> Call[M]:
    """Change something, or ask a question that is too long for a query.

    Never repeated after it may have arrived, unless it is said to be repeatable.
    """
    read = reading(model)
    return Call(
        method="POST", path=path, json=json, params=params, read=read, repeatable=repeatable
    )


def put(model: type[M], *path: PathPart, json: Mapping[str, Any]) -> Call[M]:
    """Change something. Never repeated after it may have arrived."""
    return Call(method="PUT", path=path, json=json, read=reading(model))


def delete(*path: PathPart, params: Query = ()) -> Call[None]:
    """Take something away. Never repeated after it may have arrived."""
    return Call(method="DELETE", path=path, params=params, read=_nothing)


def finished(done: Callable[[Any], bool], *, every: float, at_most: float) -> Until:
    """When to stop asking whether something is done.

    Raises:
        InvalidArgument: The seconds are no number above 0.
    """
    return Until(done=done, every=_seconds("every", every), at_most=_seconds("at_most", at_most))


def reading(model: type[M]) -> Callable[[Response], M]:
    """Reads an answer that is one object."""

    def read(response: Response) -> M:
        return decode(response.content, lambda body, reader: reader.one(model, body))

    return read


def switch(**given: bool | None) -> list[tuple[str, str]]:
    """A yes or no as a query; `None` is left out.

    Raises:
        InvalidArgument: It is neither.
    """
    checked = {k: None if v is None else flag(k, v) for k, v in given.items()}
    return query(**checked)


def nested_query(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Named values as a query; what stands in an object as `customer[source_id]`."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            inner = cast("Mapping[str, Any]", value)
            pairs += nested_query({f"{name}[{key}]": inner[key] for key in inner})
        else:
            pairs += query(**{name: value})
    return pairs


def _seconds(argument: str, value: float) -> float:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 < value <= LONGEST_WAIT:
        raise InvalidArgument(argument, "must be a number of seconds above 0")
    return value


def _nothing(_response: Response) -> None:
    return None
