"""Calls that the SDK does not have yet: what `client.request` makes of its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.given.arguments import flag, path_part, query
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import InvalidArgument

Params: TypeAlias = Mapping[str, str | int | bool | None]


def raw_call(vendor: Vendor, given: list[Any]) -> Call[Any]:
    """The call that was asked for.

    Args:
        vendor: The rules of the vendor's wire.
        given: The arguments of `request`. They are taken out, for a secret may be among them, and
            the frames above must not hold it.

    Raises:
        InvalidArgument: It cannot be sent as it is.
    """
    method, path, params, json, into, repeatable = given
    given.clear()

    def read(response: Response) -> Any:
        if into is not None:
            return decode(response.content, lambda body, to: to.one(into, *vendor.payload(body)))
        if not response.content.strip():
            return None
        body = response.json()
        vendor.payload(body)
        return body

    try:
        if not (isinstance(method, str) and method.isascii() and method.isalpha()):
            raise InvalidArgument("method", "must be an HTTP verb such as GET")
        if not path or (isinstance(path[0], str) and "/" in path[0]):
            raise InvalidArgument("path", 'is given part by part: "v1", "campaigns"')
        if into is not None and not (isinstance(into, type) and issubclass(into, Model)):
            raise InvalidArgument("into", "must be a model class")
        return Call(
            method=method.upper(),
            path=tuple(path_part("path", part) for part in path),
            read=read,
            params=_params(params),
            json=json,
            repeatable=flag("repeatable", repeatable),
        )
    except InvalidArgument as error:
        error.operation = f"{vendor.name}.request"
        raise


def _params(params: Params | None) -> list[tuple[str, str]]:
    if params is None:
        return []
    if not isinstance(params, Mapping) or not all(isinstance(name, str) for name in params):
        raise InvalidArgument("params", "must be values by name")
    return query(**params)
