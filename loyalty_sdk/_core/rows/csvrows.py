"""CSV as it arrives: bytes go in, typed rows come out. No I/O.

`csvcells` finds the rows and cells, `csvcolumns` says which cell is which field, and `csvfast`
writes the function that reads a row without faults.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from typing import Generic

from loyalty_sdk._core.rows import csvfast
from loyalty_sdk._core.rows.csvcells import Cells
from loyalty_sdk._core.rows.csvcolumns import Columns, M, columns_of
from loyalty_sdk.errors import UnreadableAnswer

_PIECE = 32 * 1024
"""Characters that are read at once: rows wait in memory until they are asked for."""


class CsvRows(Generic[M]):
    """Reads CSV with a header row into models.

    A blank cell is `None`, like a column that is missing; columns that the model does not know, and
    cells beyond the header, are kept in `extra`: the latter under their numbers, from 0, and so are
    columns without a name of their own. A row that is shorter than the header has `None` tails.

    Args:
        model: What a row becomes.

    Attributes:
        rows: How many were given so far.

    Raises:
        UnreadableAnswer: While feeding or at the end: a cell has the wrong form, a row is too long,
            a quote stays open, or the last row is cut. The rows before it were given.
    """

    def __init__(self, model: type[M]) -> None:
        self.rows = 0
        self._columns: Columns[M] | None = None
        self._model = model
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._cells = Cells()
        self._read: Callable[[Sequence[str]], M]
        self._read_slowly: Callable[[Sequence[str], int], M]

    @property
    def between_rows(self) -> bool:
        """Whether the next bytes begin a row."""
        begun, _ = self._decoder.getstate()
        return self._cells.between_rows and not begun

    def header(self) -> Columns[M]:
        """The columns.

        Raises:
            UnreadableAnswer: The header has not come.
        """
        if self._columns is None:
            raise UnreadableAnswer("row 0: there is no header")
        return self._columns

    def feed(self, chunk: bytes) -> Iterator[Sequence[M]]:
        """The rows that are complete with these bytes."""
        text, fault = self._decoded(chunk)
        for start in range(0, len(text), _PIECE):
            yield from self._given(self._cells.feed(text[start : start + _PIECE]))
        self._check(fault)

    def end(self) -> Iterator[Sequence[M]]:
        """The last row, where no line break follows it.

        Raises:
            UnreadableAnswer: The body was cut: a quote is open, or the last row is short and has
                no line break, or there is not even a header.
        """
        _, fault = self._decoded(b"", final=True)
        self._check(fault)
        cells = self._cells.end()
        self._check(self._cells.fault)
        if cells and self._columns is not None and len(cells) < self._columns.width:
            self._check("the body ends within the row")
        yield from self._given([cells] if cells else [])
        self.header()

    def _given(self, rows: list[list[str]]) -> Iterator[Sequence[M]]:
        """The rows as models, in one sequence; what is wrong behind them is raised after it."""
        if rows and self._columns is None:
            self._columns = columns_of(self._model, rows.pop(0))
            self._read, self._read_slowly = csvfast.reader(self._columns), self._columns.row
        if rows:
            made, problem = self._models(rows)
            self.rows += len(made)
            yield made
            if problem is not None:
                raise problem
        self._check(self._cells.fault)

    def _models(self, rows: list[list[str]]) -> tuple[list[M], UnreadableAnswer | None]:
        """The rows as models, and what is wrong with the one behind them."""
        read, read_slowly = self._read, self._read_slowly
        made: list[M] = []
        for cells in rows:
            try:
                row = read(cells)
            except Exception:  # whatever is odd about it, the slow reader has the last word
                row = None
            if row is None:
                try:
                    row = read_slowly(cells, self.rows + len(made) + 1)
                except UnreadableAnswer as problem:
                    return made, problem
            made.append(row)
        return made, None

    def _check(self, fault: str | None) -> None:
        if fault is not None:
            raise UnreadableAnswer(f"row {self.rows + 1}: {fault}")

    def _decoded(self, chunk: bytes, *, final: bool = False) -> tuple[str, str | None]:
        """The text of these bytes, and the fault that ends it."""
        try:
            return self._decoder.decode(chunk, final), None
        except UnicodeDecodeError as error:
            return error.object[: error.start].decode(), "not UTF-8"
