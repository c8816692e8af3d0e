"""Lists that come in pages: iterate for items, `pages()` for pages, a cursor to go on from."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from functools import partial
from typing import Generic, Protocol, TypeVar

import attrs

from loyalty_sdk._core.calls import Answer, Call, Listing, Page, within
from loyalty_sdk.errors import InvalidArgument, LoyaltyError, RepeatedCursor

T = TypeVar("T")
C = TypeVar("C")


class _Ask(Protocol):
    def __call__(self, call: Call[C], operation: str) -> Answer[C]: ...


class _AskAsync(Protocol):
    def __call__(self, call: Call[C], operation: str) -> Awaitable[Answer[C]]: ...


def _nowhere() -> None:
    return None


class _Walk(Generic[T]):
    """One way through the pages: what both colours of pager know and decide."""

    def __init__(self, listing: Listing[T], operation: str, cursor: str | None) -> None:
        self._listing = listing
        self._operation = operation
        self.cursor = cursor
        self.over = False

    def next_call(self) -> Call[Page[T]]:
        """The call for the next page."""
        return self._listing.page(self.cursor)

    def arrived(self, answer: Answer[Page[T]]) -> Page[T]:
        """Take a page in; the walk stands behind it then."""
        page = attrs.evolve(answer.data, response=answer.response)
        if page.cursor is not None and page.cursor == self.cursor:
            if self._listing.repeated == "error":
                raise RepeatedCursor(f"the page after {page.cursor!r} leads back to itself")
            page = attrs.evolve(page, cursor=None)
        self.cursor = page.cursor
        self.over = page.cursor is None
        return page

    def marked(self, error: LoyaltyError) -> None:
        """Tell an error where the walk stood."""
        error.cursor = self.cursor
        error.operation = error.operation or self._operation


class _State(Generic[T]):
    """What a pager tells about its latest walk."""

    def __init__(self, listing: Listing[T], operation: str) -> None:
        self._listing = listing
        self._operation = operation
        self._place: Callable[[], str | None] = _nowhere
        self._total: int | None = None

    @property
    def cursor(self) -> str | None:
        """The place behind the last item handed out, for `pages()`: an opaque text.

        `None` before the first item, and when everything was handed out.

        Raises:
            MissingField: The item has nothing to go on by.
        """
        return self._place()

    @property
    def total(self) -> int | None:
        """How many items there are in all, when the vendor says so; `None` before a page came."""
        return self._total

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._operation}>"

    def _walk(self, cursor: str | None) -> _Walk[T]:
        if cursor is not None and not isinstance(cursor, str):
            problem = f"must be text, not {type(cursor).__name__}"
        elif cursor == "":
            problem = "must not be empty; None is the start"
        else:
            problem = ""
        if problem:
            error = InvalidArgument("cursor", problem)
            error.operation = self._operation
            raise error
        return _Walk(self._listing, self._operation, cursor)

    def _seen(self, page: Page[T]) -> None:
        self._total = page.total
        self._place = partial(self._behind, None, page, len(page.items))

    def _behind(self, asked_with: str | None, page: Page[T], count: int) -> str | None:
        """The cursor of the place behind the first *count* items of a page."""
        if count == len(page.items):
            return page.cursor
        return self._listing.after(asked_with, page.items[:count])

    def _bounded(self, at_most: int) -> None:
        try:
            within("at_most", at_most, 0, None)
        except InvalidArgument as error:
            error.operation = self._operation
            raise


class Pager(_State[T]):
    """Every item of a list, page after page, each page asked for when it is needed.

    Iterate it for items; `pages()` gives pages with their response. Iterating twice walks twice.
    An error raised on the way carries the `cursor` to go on from: `pager.pages(error.cursor)`.
    """

    def __init__(self, ask: _Ask, listing: Listing[T], operation: str) -> None:
        super().__init__(listing, operation)
        self._ask = ask

    def pages(self, cursor: str | None = None) -> Iterator[Page[T]]:
        """The pages, from the start or from a cursor.

        Args:
            cursor: Where to go on: a page's, a pager's or an error's `cursor`; `None` for the
                start.

        Raises:
            LoyaltyError: With the `cursor` of the page that could not be had.
        """
        walk = self._walk(cursor)
        while not walk.over:
            try:
                page = walk.arrived(self._ask(walk.next_call(), self._operation))
            except LoyaltyError as error:
                walk.marked(error)
                raise
            self._seen(page)
            yield page

    def __iter__(self) -> Iterator[T]:
        self._place, asked_with = _nowhere, None
        for page in self.pages():
            for count, item in enumerate(page.items, 1):
                self._place = partial(self._behind, asked_with, page, count)
                yield item
            asked_with = page.cursor

    def first(self) -> T | None:
        """The first item, or `None` of an empty list."""
        return next(iter(self), None)

    def collect(self, *, at_most: int) -> list[T]:
        """Items as a list.

        Args:
            at_most: How many at the most; 0 or more. `cursor` then stands behind the last one.
        """
        self._bounded(at_most)
        items: list[T] = []
        if at_most:
            for item in self:
                items.append(item)
                if len(items) == at_most:
                    break
        return items


class AsyncPager(_State[T]):
    """Every item of a list, page after page, each page asked for when it is needed.

    Iterate it with `async for`; `pages()` gives pages with their response. Iterating twice walks
    twice. An error raised on the way carries the `cursor` to go on from:
    `pager.pages(error.cursor)`.
    """

    def __init__(self, ask: _AskAsync, listing: Listing[T], operation: str) -> None:
        super().__init__(listing, operation)
        self._ask = ask

    async def pages(self, cursor: str | None = None) -> AsyncIterator[Page[T]]:
        """The pages, from the start or from a cursor.

        Args:
            cursor: Where to go on: a page's, a pager's or an error's `cursor`; `None` for the
                start.

        Raises:
            LoyaltyError: With the `cursor` of the page that could not be had.
        """
        walk = self._walk(cursor)
        while not walk.over:
            try:
                page = walk.arrived(await self._ask(walk.next_call(), self._operation))
            except LoyaltyError as error:
                walk.marked(error)
                raise
            self._seen(page)
            yield page

    def __aiter__(self) -> AsyncIterator[T]:
        return self._items()

    async def _items(self) -> AsyncGenerator[T]:
        self._place, asked_with = _nowhere, None
        async for page in self.pages():
            for count, item in enumerate(page.items, 1):
                self._place = partial(self._behind, asked_with, page, count)
                yield item
            asked_with = page.cursor

    async def first(self) -> T | None:
        """The first item, or `None` of an empty list."""
        async with aclosing(self._items()) as items:
            return await anext(items, None)

    async def collect(self, *, at_most: int) -> list[T]:
        """Items as a list.

        Args:
            at_most: How many at the most; 0 or more. `cursor` then stands behind the last one.
        """
        self._bounded(at_most)
        collected: list[T] = []
        if at_most:
            async with aclosing(self._items()) as items:
                async for item in items:
                    collected.append(item)
                    if len(collected) == at_most:
                        break
        return collected
