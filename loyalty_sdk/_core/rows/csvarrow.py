"""CSV as it arrives, into Arrow record batches. No I/O; needs pyarrow, and only when it is asked.

pyarrow reads blocks of whole rows. A block that it refuses, or could read otherwise than `csvrows`
does, is read by that one instead: so the values are the same, and the errors are too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any, Generic

from loyalty_sdk._core.rows.arrowtable import ArrowTable, Misfit, pyarrow
from loyalty_sdk._core.rows.csvcolumns import M
from loyalty_sdk._core.rows.csvrows import CsvRows
from loyalty_sdk.errors import UnreadableAnswer

BLOCK = 1024 * 1024
"""Bytes that pyarrow reads at once: each block costs it a fifth of a millisecond of its own."""

_FIRST = 16 * 1024
_BREAK = b"\n"  # before a block: what a file begins with could be taken for its mark


class ArrowRows(Generic[M]):
    """Reads CSV with a header row into Arrow record batches.

    Args:
        model: What a row would be.

    Attributes:
        rows: How many rows were given so far.

    Raises:
        MissingExtra: pyarrow is not installed.
        UnreadableAnswer: While feeding or at the end: as for rows; or a value does not fit into
            its column's type, or a row has more cells than the header. The rows before it were
            given.
    """

    def __init__(self, model: type[M]) -> None:
        self.rows = 0
        self._arrow = pyarrow()
        self._typed = CsvRows(model)
        self._waiting = bytearray(_BREAK)

    def feed(self, chunk: bytes) -> Iterator[Sequence[Any]]:
        """The batches that are complete with these bytes."""
        start = 0
        while not self.rows and start < len(chunk):  # the first rows do not wait for a block
            yield from self._read_typed(chunk[start : start + _FIRST])
            start += _FIRST
        self._waiting += memoryview(chunk)[start:]
        if len(self._waiting) >= BLOCK:
            yield from self._read_waiting()

    def end(self) -> Iterator[Sequence[Any]]:
        """The last rows; a batch without rows, where there was none."""
        yield from self._read_waiting()
        yield from self._read_typed(self._waiting[1:])
        for rows in self._typed.end():
            yield from self._given(rows)
        if not self.rows:
            yield (self._table.of_rows(()),)

    @functools.cached_property
    def _table(self) -> ArrowTable:
        return ArrowTable(self._arrow, self._typed.header())

    def _read_waiting(self) -> Iterator[Sequence[Any]]:
        """Read what waits, as far as rows end."""
        data, self._waiting = self._waiting, bytearray(_BREAK)
        yield from self._finish_row(data)
        tried = len(_BREAK)
        for end_of_rows in (_likely_end, _counted_end):
            end = end_of_rows(data)
            if end == tried:
                continue
            tried, rest = end, data[end:]
            data[end:] = self._table.fence  # in place: more blocks in memory cost time
            batch = self._table.of_block(data)
            if batch is not None:
                self._waiting += rest
                self._typed.rows += batch.num_rows
                self.rows += batch.num_rows
                yield (batch,)
                return
            data = data[:end] + rest  # anew: pyarrow may still hold the other one
        yield from self._read_typed(data[1:])

    def _finish_row(self, data: bytearray) -> Iterator[Sequence[Any]]:
        """Read the end of a row that was begun, and take it away."""
        start = len(_BREAK)
        while start < len(data) and not self._typed.between_rows:
            end = data.find(b"\n", start) + 1 or len(data)
            yield from self._read_typed(data[start:end])
            start = end
        del data[len(_BREAK) : start]

    def _read_typed(self, data: bytes | bytearray) -> Iterator[Sequence[Any]]:
        for rows in self._typed.feed(bytes(data)):
            yield from self._given(rows)

    def _given(self, rows: Sequence[M]) -> Iterator[Sequence[Any]]:
        """A batch of typed rows; what does not fit into it is raised behind the rows before."""
        before, fault = self._typed.rows - len(rows), None
        while True:
            try:
                batch = self._table.of_rows(rows)
                break
            except Misfit as misfit:
                rows, fault = rows[: misfit.index], str(misfit)
        self.rows += len(rows)
        if rows:
            yield (batch,)
        if fault is not None:
            raise UnreadableAnswer(f"row {before + len(rows) + 1}{fault}")


def _likely_end(data: bytearray) -> int:
    """Where rows end: behind the last line within which each quote that opens closes again.

    That is nearly always right, and costs nothing.
    """
    end = data.rfind(b"\n") + 1
    while data.count(b'"', begin := _begin_of_line(data, end), end) % 2:
        end = begin
    return end


def _counted_end(data: bytearray) -> int:
    """Where rows end: behind the last line break that has an even number of quotes before it.

    That is right unless a quote stands in the middle of a cell.
    """
    end = data.rfind(b"\n") + 1
    inside = data.count(b'"', 0, end) % 2
    while inside:
        begin = _begin_of_line(data, end)
        inside ^= data.count(b'"', begin, end) % 2
        end = begin
    return end


def _begin_of_line(data: bytearray, end: int) -> int:
    return data.rfind(b"\n", 0, end - 1) + 1
