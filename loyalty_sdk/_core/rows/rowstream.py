"""What `with` gives for a long answer: its rows, once, to one reader at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from loyalty_sdk._core.calls import RowReader, Stream
from loyalty_sdk.errors import ClientClosed, StreamInUse, UsageError

T = TypeVar("T")


class _Reading:
    """Who may read a stream: outside its `with`, or by two at once, rows would be lost."""

    def __init__(self, operation: str) -> None:
        self._operation = operation
        self._begun = False
        self._readers: list[object] = []
        self._refusal: tuple[type[UsageError], str] | None = None

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Time to read on, for one at a time.

        Raises:
            UsageError: Somebody else reads, or there is nothing to be read any more: the generator
                behind it would look empty then.
        """
        self._check()
        self._begun = True
        reader = object()
        self._readers += [reader]  # by no call: an interrupt may come right after one
        try:
            self._check_turn(reader)
            try:
                yield
            except BaseException:  # cancelling is one
                self._refusal = ClientClosed, "the stream broke off before its end: open it again"
                raise
        finally:
            self._readers.remove(reader)

    def _leave(self) -> None:
        self._refusal = ClientClosed, "the stream is closed: read its rows inside `with`"
        self._readers += [self]
        self._check_turn(self)

    def _hand_over(self) -> None:
        self._check()
        if self._begun:
            raise self._refused(StreamInUse, "the stream is being read already, row by row")
        self._refusal = StreamInUse, "the stream is being read already, as Arrow record batches"

    def _check(self) -> None:
        if self._refusal is not None:
            raise self._refused(*self._refusal)

    def _check_turn(self, reader: object) -> None:
        if self._readers[0] is not reader:
            said = "somebody else is reading the stream: only one thread or task at a time can"
            raise self._refused(StreamInUse, said)

    def _refused(self, kind: type[UsageError], said: str) -> UsageError:
        problem = kind(said)
        problem.operation = self._operation
        return problem


class Items(_Reading, Iterator[T]):
    """What comes out of a blocking stream, one after the other."""

    def __init__(self, batches: Generator[Sequence[T]], operation: str) -> None:
        super().__init__(operation)
        self._batches = batches
        self._ready: Iterator[T] = iter(())

    def __next__(self) -> T:
        while True:
            for item in self._ready:
                return item
            with self._turn():
                batch = next(self._batches, None)
            if batch is None:
                raise StopIteration
            self._ready = iter(batch)

    def close(self) -> None:
        """The `with` is over; what was not read stays unread.

        Raises:
            StreamInUse: Another thread still reads.
        """
        self._ready = iter(())
        self._leave()
        self._batches.close()


class AsyncItems(_Reading, AsyncIterator[T]):
    """What comes out of an async stream, one after the other."""

    def __init__(self, batches: AsyncGenerator[Sequence[T]], operation: str) -> None:
        super().__init__(operation)
        self._batches = batches
        self._ready: Iterator[T] = iter(())

    async def __anext__(self) -> T:
        while True:
            for item in self._ready:
                return item
            with self._turn():
                batch = await anext(self._batches, None)
            if batch is None:
                raise StopAsyncIteration
            self._ready = iter(batch)

    async def aclose(self) -> None:
        """The `with` is over; what was not read stays unread.

        Raises:
            StreamInUse: Another task still reads.
        """
        self._ready = iter(())
        self._leave()
        await self._batches.aclose()


class RowStream(Items[T]):
    """The rows of a blocking stream as they arrive, to be read inside its `with`.

    They are read once, by one thread at a time: either iterated, or taken as Arrow record batches.
    An error on the way says in `rows` how many were handed out, and in `cursor` where to go on.

    Args:
        stream: The call.
        read: Given what turns bytes into rows, gives them in batches.
        operation: The call's name.
    """

    def __init__(
        self,
        stream: Stream[T],
        read: Callable[[RowReader[Any]], Generator[Sequence[Any]]],
        operation: str,
    ) -> None:
        super().__init__(read(stream.rows()), operation)
        self._stream = stream
        self._read = read
        self._arrow: Items[Any] | None = None

    def to_arrow_batches(self) -> Iterator[Any]:
        """The rows as Arrow record batches instead, straight from the bytes, in bounded memory.

        The first batch comes with the first rows, and without rows where there are none; each that
        follows holds about a mebibyte of the body. All have the same schema: the model's fields
        under their names on the wire, and behind them, as text, the columns that it does not know.
        Ids and enums are `string`, numbers `decimal128(38, 18)`, moments `timestamp[us, tz=UTC]`;
        what is `None` in a row is null, and so is what is promised and did not come.

        Returns:
            An iterator of `pyarrow.RecordBatch`.

        Raises:
            MissingExtra: pyarrow is not installed: it comes with `loyalty-sdk[arrow]`.
            StreamInUse: A row was read already.
            UnreadableAnswer: While batches are read: as for rows; or a number has more digits than
                its column, or a row more cells than the header: neither is rounded or dropped.
            LoyaltyError: Anything else, as for rows.
        """
        reading = self._stream.arrow()
        self._hand_over()
        self._arrow = Items(self._read(reading), self._operation)
        return self._arrow

    def close(self) -> None:
        super().close()
        if self._arrow is not None:
            self._arrow.close()


class AsyncRowStream(AsyncItems[T]):
    """The rows of an async stream as they arrive, to be read inside its `async with`.

    They are read once, by one task at a time: either iterated, or taken as Arrow record batches.
    An error on the way says in `rows` how many were handed out, and in `cursor` where to go on.

    Args:
        stream: The call.
        read: Given what turns bytes into rows, gives them in batches.
        operation: The call's name.
    """

    def __init__(
        self,
        stream: Stream[T],
        read: Callable[[RowReader[Any]], AsyncGenerator[Sequence[Any]]],
        operation: str,
    ) -> None:
        super().__init__(read(stream.rows()), operation)
        self._stream = stream
        self._read = read
        self._arrow: AsyncItems[Any] | None = None

    def to_arrow_batches(self) -> AsyncIterator[Any]:
        """The rows as Arrow record batches instead, straight from the bytes, in bounded memory.

        The first batch comes with the first rows, and without rows where there are none; each that
        follows holds about a mebibyte of the body. All have the same schema: the model's fields
        under their names on the wire, and behind them, as text, the columns that it does not know.
        Ids and enums are `string`, numbers `decimal128(38, 18)`, moments `timestamp[us, tz=UTC]`;
        what is `None` in a row is null, and so is what is promised and did not come.

        Returns:
            An async iterator of `pyarrow.RecordBatch`.

        Raises:
            MissingExtra: pyarrow is not installed: it comes with `loyalty-sdk[arrow]`.
            StreamInUse: A row was read already.
            UnreadableAnswer: While batches are read: as for rows; or a number has more digits than
                its column, or a row more cells than the header: neither is rounded or dropped.
            LoyaltyError: Anything else, as for rows.
        """
        reading = self._stream.arrow()
        self._hand_over()
        self._arrow = AsyncItems(self._read(reading), self._operation)
        return self._arrow

    async def aclose(self) -> None:
        await super().aclose()
        if self._arrow is not None:
            await self._arrow.aclose()
