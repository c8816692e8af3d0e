from __future__ import annotations

import asyncio
import itertools
import threading
from contextlib import aclosing, closing

import pytest

from loyalty_sdk._core.calls import Call, Stream
from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
from loyalty_sdk.errors import (
    ClientClosed,
    ConnectionLost,
    MissingExtra,
    StreamInUse,
    UsageError,
)

from ..interrupts import interrupted_at

CALL = Call(method="GET", path=("lines",), read=lambda response: None)
BATCHES = ([1, 2], [], [3], [4, 5])


class Opened:
    """A stream in the colour of the test, and what it is made of.

    Args:
        colour: The colour.
        batches: What comes: sequences of items, or errors.
        arrow: What comes of its Arrow form; `None` where it has none.
    """

    def __init__(self, colour, batches=BATCHES, arrow=(["a"], ["b"])):
        self.colour = colour
        self.closed = []
        forms = {} if arrow is None else {"arrow": lambda: arrow}
        stream = Stream(call=CALL, rows=lambda: batches, **forms)
        kind, read = colour.pick((RowStream, self._read), (AsyncRowStream, self._read_async))
        self.rows = kind(stream, read, "toy.lines")

    def _read(self, batches):
        try:
            for batch in batches:
                if isinstance(batch, BaseException):
                    raise batch
                yield batch
        finally:
            self.closed.append(batches)

    async def _read_async(self, batches):
        try:
            for batch in batches:
                await asyncio.sleep(0)
                if isinstance(batch, BaseException):
                    raise batch
                yield batch
        finally:
            self.closed.append(batches)

    def next(self, items=None):
        """The next one."""
        items = self.rows if items is None else items
        return self.colour(anext(items) if self.colour.is_async else next(items))

    def all(self, items=None):
        """All that are left."""
        items = self.rows if items is None else items

        async def collect():
            return [item async for item in items]

        return self.colour(collect()) if self.colour.is_async else list(items)

    def close(self):
        """The `with` is over."""
        if self.colour.is_async:
            self.colour(self.rows.aclose())
        else:
            self.rows.close()


@pytest.fixture
def opened(colour):
    return lambda *args, **kwargs: Opened(colour, *args, **kwargs)


def test_items_come_one_by_one(opened):
    """Batches are not seen, and empty ones are not the end."""
    stream = opened()
    assert (stream.next(), stream.all()) == (1, [2, 3, 4, 5])
    assert stream.all() == []
    stream.close()


def test_iterating_twice_goes_on(opened):
    """What one loop left, the next one finds."""
    stream = opened()

    found = []

    def first(items):
        for item in items:
            found.append(item)
            break

    async def first_async(items):
        async for item in items:
            found.append(item)
            break

    for _ in range(3):
        stream.colour(stream.colour.pick(first, first_async)(stream.rows))
    assert (found, stream.all()) == ([1, 2, 3], [4, 5])
    stream.close()


@pytest.mark.parametrize("colour", ["blocking"], indirect=True)
def test_a_reader_may_be_interrupted_at_any_moment(opened):
    """Whenever it comes, the `with` can be left, and what was begun is closed."""
    for moment in itertools.count(1):
        stream = opened()
        came = interrupted_at(moment, stream.all)
        stream.close()
        assert stream.closed in ([], [BATCHES])
        if not came:
            return


@pytest.mark.parametrize("taken", [0, 1, 5])
def test_nothing_comes_after_the_with(opened, taken):
    """Not even what was ready: an error says why, each time."""
    stream = opened()
    for _ in range(taken):
        stream.next()
    stream.close()
    assert stream.closed == ([BATCHES] if taken else [])
    for _ in range(2):
        with pytest.raises(ClientClosed, match="inside `with`") as caught:
            stream.next()
        assert caught.value.operation == "toy.lines"


def test_a_stream_that_broke_off_is_not_at_its_end(opened):
    """Who reads on after an error is told, or would take it for the end."""
    stream = opened(([1], ConnectionLost("cut")))
    assert stream.next() == 1
    with pytest.raises(ConnectionLost):
        stream.next()
    for _ in range(2):
        with pytest.raises(ClientClosed, match="broke off before its end"):
            stream.next()
    stream.close()


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_reading_on_after_a_time_out(opened):
    """A read that was cancelled has ended the stream, and does not look like its end."""
    stream = opened()

    async def impatient():
        async with asyncio.timeout(0):
            return await anext(stream.rows)

    with pytest.raises(TimeoutError):
        stream.colour(impatient())
    with pytest.raises(ClientClosed, match="broke off before its end"):
        stream.next()
    stream.close()


# --- one reader at a time


def test_two_threads():
    """While one thread waits for rows, another one gets an error of ours; no row is lost."""
    waiting, may_go_on = threading.Event(), threading.Event()

    def slow(batches):
        yield [1]
        waiting.set()
        assert may_go_on.wait(5)
        yield [2]

    rows = RowStream(Stream(call=CALL, rows=list), slow, "toy.lines")
    seen = []

    def read():
        try:
            for row in rows:
                seen.append(row)  # noqa: PERF402  # one by one: an error ends it
        except ClientClosed:
            seen.append("closed")

    other = threading.Thread(target=read)
    other.start()
    assert waiting.wait(5)
    with pytest.raises(StreamInUse, match="only one thread or task") as caught:
        next(rows)
    assert isinstance(caught.value, RuntimeError)
    assert caught.value.operation == "toy.lines"
    with pytest.raises(StreamInUse):
        rows.close()
    may_go_on.set()
    other.join(5)
    assert seen == [1, 2, "closed"]


@pytest.mark.parametrize("colour", ["async"], indirect=True)
def test_two_tasks(opened):
    """The same for tasks."""
    stream = opened()

    async def both():
        return await asyncio.gather(anext(stream.rows), anext(stream.rows), return_exceptions=True)

    first, second = stream.colour(both())
    assert (first, type(second)) == (1, StreamInUse)
    assert stream.all() == [2, 3, 4, 5]
    stream.close()


# --- in Arrow


def test_it_is_read_in_one_way(opened):
    """Arrow batches come instead of rows, not beside them."""
    stream = opened()
    batches = stream.rows.to_arrow_batches()
    for refused in (stream.next, stream.rows.to_arrow_batches):
        with pytest.raises(StreamInUse, match="as Arrow record batches"):
            refused()
    assert stream.all(batches) == ["a", "b"]
    stream.close()


def test_not_after_the_first_row(opened):
    """Who has read a row goes on with rows."""
    stream = opened()
    assert stream.next() == 1
    with pytest.raises(StreamInUse, match="row by row"):
        stream.rows.to_arrow_batches()
    assert stream.all() == [2, 3, 4, 5]
    stream.close()


def test_batches_are_read_inside_the_with_too(opened):
    """What was not read is closed."""
    stream = opened()
    batches = stream.rows.to_arrow_batches()
    assert stream.next(batches) == "a"
    stream.close()
    assert stream.closed == [(["a"], ["b"])]
    with pytest.raises(ClientClosed, match="inside `with`"):
        stream.next(batches)
    with pytest.raises(ClientClosed, match="inside `with`"):
        stream.rows.to_arrow_batches()


def test_without_an_arrow_form(opened):
    """A stream that is no table says so, and can be read."""
    stream = opened(arrow=None)
    with pytest.raises(UsageError, match="no Arrow form"):
        stream.rows.to_arrow_batches()
    assert stream.next() == 1
    stream.close()


def test_without_pyarrow(colour):
    """Rows can still be read."""

    def missing():
        raise MissingExtra("install it")

    def read(batches):
        yield from batches

    async def read_async(batches):
        for batch in batches:
            yield batch

    kind, given = colour.pick((RowStream, read), (AsyncRowStream, read_async))
    rows = kind(Stream(call=CALL, rows=lambda: BATCHES, arrow=missing), given, "toy.lines")
    with pytest.raises(MissingExtra):
        rows.to_arrow_batches()
    if colour.is_async:

        async def first():
            async with aclosing(rows):
                return await anext(rows)

        assert colour(first()) == 1
    else:
        with closing(rows):
            assert next(rows) == 1
