"""What a walk has to know about a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import attrs

from loyalty_sdk.sandbox import Sandbox


@attrs.frozen(kw_only=True)
class List:
    """A paged call and the list that it walks.

    Attributes:
        operation: The call, as the SDK names it.
        received: The same, as the sandbox names it.
        fill: Puts so many items into the sandbox.
        there: The identifiers of the items that are there now.
        identify: The identifier of an item that came.
        arguments: The arguments of the call, the page size excepted.
        page_size: The name of the argument for the page size, and one for a long walk.
        ceiling: The last page that the vendor serves, where it does not serve all.
        ways: How its pages may be asked for, besides one after the other.
        about: What is special about this way to call it.
    """

    operation: str
    received: str
    fill: Callable[[Sandbox, int], None]
    there: Callable[[Sandbox], Iterable[str]]
    identify: Callable[[Any], str] = attrgetter("id")
    arguments: Callable[[Sandbox], dict[str, Any]] = lambda _: {}
    page_size: tuple[str, int] = ("limit", 100)
    ceiling: int | None = None
    ways: tuple[str, ...] = ("read ahead",)
    about: str = ""

    def __str__(self) -> str:
        return f"{self.operation} {self.about}".strip()

    @property
    def vendor(self) -> str:
        """Whose call it is."""
        return self.operation.partition(".")[0]

    def at_most(self, items: int, page: int | None = None) -> int:
        """So many items, or as many as the pages hold that the vendor serves."""
        if self.ceiling is None:
            return items
        return min(items, self.ceiling * (page or self.page_size[1]))

    def pager(self, client: Any, sandbox: Sandbox, page: int | None = None) -> Any:
        """The call, made."""
        _, noun, method = self.operation.split(".")
        name, usual = self.page_size
        size = {name: usual if page is None else page}
        return getattr(getattr(client, noun), method)(**self.arguments(sandbox), **size)
