"""What a vendor of the sandbox is to the server: a name and an answer to each request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import attrs

from .wire import Request, Response

V = TypeVar("V")

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


@attrs.frozen
class Asked:
    """A request for one operation.

    Attributes:
        request: The request.
        parts: What stands in the path in place of the names of its pattern.
    """

    request: Request
    parts: Mapping[str, str]


@attrs.frozen
class Route(Generic[V]):
    """One call as a row of a table.

    Attributes:
        method: The verb.
        path: The path with names in braces, such as "v1/vouchers/{code}".
        name: The name for the record.
        respond: What answers it, given the vendor's own things and the request.
        needs: What the caller must be allowed to; its meaning is the vendor's.
    """

    method: str
    path: str
    name: str
    respond: Callable[[V, Asked], Response]
    needs: object = None

    def parts(self, segments: Sequence[str]) -> dict[str, str] | None:
        """What stands in place of the names, or `None` where the path is another one."""
        pattern = self.path.split("/")
        if len(pattern) != len(segments):
            return None
        found: dict[str, str] = {}
        for wanted, given in zip(pattern, segments, strict=True):
            if wanted.startswith("{"):
                found[wanted.strip("{}")] = given
            elif wanted != given:
                return None
        return found


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
