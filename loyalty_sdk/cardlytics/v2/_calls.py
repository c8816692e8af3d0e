"""Calls of version 2 in short: what is sent, and what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from loyalty_sdk._core.calls import Call, Response
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.model import Model

M = TypeVar("M", bound=Model)


def get(making: Callable[[Any, Reader], M], *path: str) -> Call[M]:
    """Read something. Repeated after a failure."""
    return Call(method="GET", path=("v2", *path), read=reading(making), repeatable=True)


def post(
    making: Callable[[Any, Reader], M],
    *path: str,
    json: Mapping[str, Any],
    repeatable: bool = False,
) -> Call[M]:
    """Send something. Never repeated after it may have arrived, unless it is said to be."""
    read = reading(making)
    return Call(method="POST", path=("v2", *path), json=json, read=read, repeatable=repeatable)


def one(model: type[M]) -> Callable[[Any, Reader], M]:
    """Makes a model of a body that is one object."""
    return lambda body, to: to.one(model, body)


def reading(making: Callable[[Any, Reader], M]) -> Callable[[Response], M]:
    """Reads an answer."""
    return lambda response: decode(response.content, making)
