"""What a vendor of the sandbox is to the server: a name and an answer to each request."""

from __future__ import annotations

from typing import Protocol

from .wire import Request, Response


class Vendor(Protocol):
    """A vendor's whole documented behaviour, without any I/O."""

    @property
    def name(self) -> str:
        """The path prefix under which the vendor is served."""
        ...

    def answer(self, request: Request) -> Response:
        """Answer one request whose path no longer has the vendor's prefix."""
        ...
