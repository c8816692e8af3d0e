"""What a vendor of the sandbox is to the server: a name and an answer to each request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs

from .wire import Request, Response

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Vendor(Protocol):
    """A vendor's whole documented behaviour, without any I/O."""

    @property
    def name(self) -> str:
        """The path prefix under which the vendor is served."""
        ...

    def operation(self, request: Request) -> str:
        """Which call such a request makes, or "unknown"."""
        ...

    def answer(self, request: Request) -> Response:
        """Answer one request whose path no longer has the vendor's prefix."""
        ...


@attrs.frozen
class Operation:
    """One call: its name for the record and what answers it."""

    name: str
    respond: Callable[[Request], Response]


class Named(Protocol):
    """A call with a name."""

    @property
    def name(self) -> str:
        """The name for the record."""
        ...


def name_of(operation: Named | None) -> str:
    """The name of a call, if there is such a call."""
    return "unknown" if operation is None else operation.name


def allowed_methods(
    find: Callable[[str, tuple[str, ...]], object | None], segments: tuple[str, ...]
) -> tuple[str, ...]:
    """The methods that a path has, for the answer to one that it has not."""
    return tuple(method for method in _METHODS if find(method, segments) is not None)
