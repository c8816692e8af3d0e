"""Lists that come in pages: iterate for items, `pages()` for pages, a cursor to go on from.

The two colours differ in what they await. Where a walk goes is decided in `walk`, which both
share; pages are asked for when they are needed, or before that by a crew of threads or tasks.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    aclosing,
    asynccontextmanager,
    closing,
    contextmanager,
)
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, NoReturn, Protocol, TypeAlias, TypeVar

from loyalty_sdk._core.calls import Answer, Call, Listing, Page
from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.given.arguments import within
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk._core.paging.walk import Errand, Later, Walk
from loyalty_sdk.errors import InvalidArgument, LoyaltyError

T = TypeVar("T")
C = TypeVar("C")


class _Ask(Protocol):
    def __call__(self, call: Call[C], operation: str, *, recall: Recall | None) -> Answer[C]: ...


class _AskAsync(Protocol):
    def __call__(self, call: Call[C], operation: str) -> Awaitable[Answer[C]]: ...


class _AsyncCrew(Protocol):
    def start(self, work: Callable[[], Awaitable[C]]) -> Errand[Awaitable[C]]: ...


Nested: TypeAlias = Literal["struct", "flat"]

_Start = Callable[[Callable[..., C]], Errand[C]]
_AsyncCrews = Callable[[int], AbstractAsyncContextManager[_AsyncCrew]]


def _nowhere() -> None:
    return None


class _State(ABC, Generic[T, C]):
    """What a pager tells about its latest walk, and what both colours decide."""

    def __init__(self, listing: Listing[T], operation: str, send: _Start[C], ahead: int) -> None:
        self._listing = listing
        self._operation = operation
        self._send = send
        self._ahead = ahead
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

    @abstractmethod
    def _answer(self, cursor: str | None) -> C: ...

    def _walk(self, cursor: str | None) -> Walk[T, C]:
        return Walk(self._listing, self._operation, cursor, self._start, self._ahead)

    def _start(self, cursor: str | None) -> Errand[C]:
        return self._send(partial(self._answer, cursor))

    def _seen(self, page: Page[T]) -> None:
        self._total = page.total
        self._place = partial(self._behind, None, page, len(page.items))

    def _behind(self, asked_with: str | None, page: Page[T], count: int) -> str | None:
        """The cursor of the place behind the first *count* items of a page."""
        if count == len(page.items):
            return page.cursor
        return self._listing.after(asked_with, page.items[:count])

    def _frame(self, into: str, nested: Nested) -> Any:
        """A table to be filled; what makes it is loaded when it is needed, and checks no types."""
        frames: Any = importlib.import_module("loyalty_sdk.export.frames")
        try:
            return frames.Frame(self._listing, into, nested)
        except LoyaltyError as error:
            error.operation = self._operation
            raise

    def _bounded(self, argument: str, value: int | None, least: int) -> None:
        try:
            within(argument, least - 1 if value is None else value, least, None)
        except InvalidArgument as error:
            error.operation = self._operation
            raise

    def _at_once(self, pages: int) -> int:
        """How many pages to ask for at once, where the list allows it."""
        self._bounded("pages", pages, 1)
        if self._listing.following is not None:
            return pages
        error = InvalidArgument(
            "pages", "each page of this list tells where the next one begins: use read_ahead()"
        )
        error.operation = self._operation
        raise error


class Pager(_State[T, Answer[Page[T]]]):
    """Every item of a list, page after page, each page asked for when it is needed.

    Iterate it for items; `pages()` gives pages with their response. Iterating twice walks twice.
    An error raised on the way carries the `cursor` to go on from: `pager.pages(error.cursor)`.
    `read_ahead()` and `concurrent()` give pagers that ask earlier.
    """

    def __init__(
        self,
        ask: _Ask,
        listing: Listing[T],
        operation: str,
        crews: Callable[[int], Crew],
        send: _Start[Answer[Page[T]]] = Later,
        ahead: int = 0,
    ) -> None:
        super().__init__(listing, operation, send, ahead)
        self._ask = ask
        self._crews = crews

    def pages(self, cursor: str | None = None) -> Iterator[Page[T]]:
        """The pages, from the start or from a cursor.

        Args:
            cursor: Where to go on: a page's, a pager's or an error's `cursor`; `None` for the
                start.

        Raises:
            LoyaltyError: With the `cursor` of the page that could not be had.
        """
        return self._pages(cursor)

    def _pages(self, cursor: str | None = None) -> Generator[Page[T]]:
        with closing(self._walk(cursor)) as walk:
            while not walk.over:
                try:
                    page = walk.arrived(walk.next().result())
                except LoyaltyError as error:
                    walk.marked(error)
                    raise
                self._seen(page)
                yield page

    def __iter__(self) -> Iterator[T]:
        self._place, asked_with = _nowhere, None
        with closing(self._pages()) as pages:
            for page in pages:
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
        self._bounded("at_most", at_most, 0)
        items: list[T] = []
        if at_most:
            for item in self:
                items.append(item)
                if len(items) == at_most:
                    break
        return items

    def to_arrow(self, *, nested: Nested = "struct") -> Any:
        """All items as a `pyarrow.Table`, with the columns of an export.

        Args:
            nested: What becomes of objects: a `struct` each, or columns with dotted names (`flat`).

        Raises:
            MissingExtra: pyarrow is not installed: it comes with `loyalty-sdk[export]`.
            UnreadableAnswer: A value has no exact place in its column.
        """
        return self._made("arrow", nested)

    def to_pandas(self, *, nested: Nested = "flat") -> Any:
        """All items as a `pandas.DataFrame` of Arrow types, exact; as `to_arrow()`."""
        return self._made("pandas", nested)

    def to_polars(self, *, nested: Nested = "struct") -> Any:
        """All items as a `polars.DataFrame`; as `to_arrow()`."""
        return self._made("polars", nested)

    def _made(self, into: str, nested: Nested) -> Any:
        frame = self._frame(into, nested)
        for page in self._pages():
            frame.add(page.items)
        return frame.made()

    if not TYPE_CHECKING:

        def __aiter__(self) -> NoReturn:
            raise TypeError(f"{self._operation} is of a blocking client: write `for`")

    def read_ahead(self) -> AbstractContextManager[Pager[T]]:
        """A pager that asks for one page while the page before is read.

        Returns:
            A context manager; inside, a pager to walk with. On leaving, nothing new is asked for,
            and a request that waits for its answer is cut off at once.
        """
        return self._earlier(1)

    def concurrent(self, pages: int) -> AbstractContextManager[Pager[T]]:
        """A pager that asks for several pages at once, and hands them out in order.

        The first page is asked for alone: it tells how many there are.

        Args:
            pages: How many pages are asked for, or wait to be handed out, at the most; 1 or more.
                No more are asked for at once than the client has connections.

        Returns:
            A context manager; inside, a pager to walk with. On leaving, nothing new is asked for,
            and requests that wait for their answers are cut off at once.

        Raises:
            InvalidArgument: Each page of this list tells where the next one begins, so that they
                cannot be asked for at once.
        """
        return self._earlier(self._at_once(pages))

    @contextmanager
    def _earlier(self, ahead: int) -> Generator[Pager[T]]:
        with self._crews(ahead) as crew:
            yield Pager(self._ask, self._listing, self._operation, self._crews, crew.start, ahead)

    def _answer(self, cursor: str | None, recall: Recall | None = None) -> Answer[Page[T]]:
        return self._ask(self._listing.page(cursor), self._operation, recall=recall)


class AsyncPager(_State[T, Awaitable[Answer[Page[T]]]]):
    """Every item of a list, page after page, each page asked for when it is needed.

    Iterate it with `async for`; `pages()` gives pages with their response. Iterating twice walks
    twice. An error raised on the way carries the `cursor` to go on from:
    `pager.pages(error.cursor)`. `read_ahead()` and `concurrent()` give pagers that ask earlier.
    """

    def __init__(
        self,
        ask: _AskAsync,
        listing: Listing[T],
        operation: str,
        crews: _AsyncCrews,
        send: _Start[Awaitable[Answer[Page[T]]]] = Later,
        ahead: int = 0,
    ) -> None:
        super().__init__(listing, operation, send, ahead)
        self._ask = ask
        self._crews = crews

    def pages(self, cursor: str | None = None) -> AsyncIterator[Page[T]]:
        """The pages, from the start or from a cursor.

        Args:
            cursor: Where to go on: a page's, a pager's or an error's `cursor`; `None` for the
                start.

        Raises:
            LoyaltyError: With the `cursor` of the page that could not be had.
        """
        return self._pages(cursor)

    async def _pages(self, cursor: str | None = None) -> AsyncGenerator[Page[T]]:
        with closing(self._walk(cursor)) as walk:
            while not walk.over:
                try:
                    page = walk.arrived(await walk.next().result())
                except LoyaltyError as error:
                    walk.marked(error)
                    raise
                self._seen(page)
                yield page

    def __aiter__(self) -> AsyncIterator[T]:
        return self._items()

    async def _items(self) -> AsyncGenerator[T]:
        self._place, asked_with = _nowhere, None
        async with aclosing(self._pages()) as pages:
            async for page in pages:
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
        self._bounded("at_most", at_most, 0)
        collected: list[T] = []
        if at_most:
            async with aclosing(self._items()) as items:
                async for item in items:
                    collected.append(item)
                    if len(collected) == at_most:
                        break
        return collected

    async def to_arrow(self, *, nested: Nested = "struct") -> Any:
        """All items as a `pyarrow.Table`, with the columns of an export.

        Args:
            nested: What becomes of objects: a `struct` each, or columns with dotted names (`flat`).

        Raises:
            MissingExtra: pyarrow is not installed: it comes with `loyalty-sdk[export]`.
            UnreadableAnswer: A value has no exact place in its column.
        """
        return await self._made("arrow", nested)

    async def to_pandas(self, *, nested: Nested = "flat") -> Any:
        """All items as a `pandas.DataFrame` of Arrow types, exact; as `to_arrow()`."""
        return await self._made("pandas", nested)

    async def to_polars(self, *, nested: Nested = "struct") -> Any:
        """All items as a `polars.DataFrame`; as `to_arrow()`."""
        return await self._made("polars", nested)

    async def _made(self, into: str, nested: Nested) -> Any:
        frame = self._frame(into, nested)
        async with aclosing(self._pages()) as pages:
            async for page in pages:
                frame.add(page.items)
        return frame.made()

    if not TYPE_CHECKING:

        def __iter__(self) -> NoReturn:
            raise TypeError(f"{self._operation} is of an async client: write `async for`")

        def __await__(self) -> NoReturn:
            raise TypeError(
                f"{self._operation} gives many: write `async for`, or await its first()"
            )

    def read_ahead(self) -> AbstractAsyncContextManager[AsyncPager[T]]:
        """A pager that asks for one page while the page before is read.

        Returns:
            An async context manager; inside, a pager to walk with. On leaving, nothing new is
            asked for, and a request that is under way is cancelled.
        """
        return self._earlier(1)

    def concurrent(self, pages: int) -> AbstractAsyncContextManager[AsyncPager[T]]:
        """A pager that asks for several pages at once, and hands them out in order.

        The first page is asked for alone: it tells how many there are.

        Args:
            pages: How many pages are asked for, or wait to be handed out, at the most; 1 or more.
                No more are asked for at once than the client has connections.

        Returns:
            An async context manager; inside, a pager to walk with. On leaving, nothing new is
            asked for, and requests that are under way are cancelled.

        Raises:
            InvalidArgument: Each page of this list tells where the next one begins, so that they
                cannot be asked for at once.
        """
        return self._earlier(self._at_once(pages))

    @asynccontextmanager
    async def _earlier(self, ahead: int) -> AsyncGenerator[AsyncPager[T]]:
        async with self._crews(ahead) as crew:
            yield AsyncPager(
                self._ask, self._listing, self._operation, self._crews, crew.start, ahead
            )

    async def _answer(self, cursor: str | None) -> Answer[Page[T]]:
        return await self._ask(self._listing.page(cursor), self._operation)
