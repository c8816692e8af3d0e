"""CSV as it arrives: bytes go in, typed rows come out. No I/O.

The names in the header decide what a cell is, not its position; `csv.reader` decides where a row
ends, so that line breaks in quotes, and characters that only look like line breaks, survive. What
is kept between two chunks is the unfinished last row, and that is bounded. Each character is looked
at once, however small the chunks are.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from loyalty_sdk._core import coerce, types
from loyalty_sdk._core.frozen import EMPTY, FrozenDict
from loyalty_sdk._core.model import Model, Reading, promises, set_path, wire_fields
from loyalty_sdk.errors import UnreadableAnswer

M = TypeVar("M", bound=Model)

LONGEST_ROW = 1024 * 1024
"""Characters that a row may have at the most: an open quote would swallow the rest of the body."""


class CsvRows(Generic[M]):
    """Reads CSV with a header row into models.

    A blank cell is `None`, like a column that is missing; columns that the model does not know, and
    cells beyond the header, are kept in `extra`: the latter under their numbers, from 0, and so are
    columns without a name of their own. A row that is shorter than the header has `None` tails.

    Args:
        model: What a row becomes.

    Raises:
        UnreadableAnswer: While feeding or at the end: a cell has the wrong form, a row is too long,
            a quote stays open, or the last row is cut.
    """

    def __init__(self, model: type[M]) -> None:
        self._model = model
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._cells = _Cells()
        self._row_of: Callable[[list[str], int], M] | None = None
        self._width = 0
        self.rows = 0

    def feed(self, chunk: bytes) -> Iterator[M]:
        """The rows that are complete with these bytes."""
        text, fault = self._decoded(chunk)
        try:
            for cells in self._cells.feed(text):
                yield from self._models(cells)
        except csv.Error as error:
            fault = _said(error)
        if fault is not None:
            raise self._problem(fault)

    def end(self) -> Iterator[M]:
        """The last row, where no line break follows it.

        Raises:
            UnreadableAnswer: The body was cut: a quote is open, or the last row is short and has
                no line break, or there is not even a header.
        """
        _, fault = self._decoded(b"", final=True)
        cells: list[str] = []
        try:
            cells = self._cells.end()
        except csv.Error as error:
            fault = _said(error)
        if fault is None and cells and len(cells) < self._width:
            fault = "the body ends within the row"
        if fault is not None:
            raise self._problem(fault)
        yield from self._models(cells)
        if self._row_of is None:
            raise UnreadableAnswer("row 0: there is no header")

    def _problem(self, fault: str) -> UnreadableAnswer:
        return UnreadableAnswer(f"row {self.rows + 1}: {fault}")

    def _models(self, cells: list[str]) -> Iterator[M]:
        if not cells:  # an empty line is no row
            return
        if self._row_of is None:
            self._row_of = _row_function(self._model, cells)
            self._width = len(cells)
            return
        self.rows += 1
        yield self._row_of(cells, self.rows)

    def _decoded(self, chunk: bytes, *, final: bool = False) -> tuple[str, str | None]:
        """The text of these bytes, and the fault that ends it."""
        try:
            return self._decoder.decode(chunk, final), None
        except UnicodeDecodeError as error:
            return error.object[: error.start].decode(), "not UTF-8"


class _Cells:
    """Cuts text into rows of cells.

    `csv.reader` does not stop within a row: at the end of its text it gives what it has. Where that
    ends within quotes it is kept, and the reading goes on from a quote put before the next text.

    Raises:
        csv.Error: While feeding or at the end: a row or a cell is too long, or a quote stays open.
    """

    def __init__(self) -> None:
        self._row: list[str] = []  # the cells before the one whose quote is open
        self._quoted: list[str] = []  # that cell, in pieces
        self._quoted_length = 0
        self._tail: list[str] = []  # what follows the last line break, in pieces
        self._length = 0  # of what is kept, as it came

    def feed(self, text: str) -> Iterator[list[str]]:
        """The rows that are complete with this text."""
        end = text.rfind("\n") + 1
        if end:
            lines = "".join((*self._tail, text[:end]))
            self._length -= sum(map(len, self._tail))
            self._tail.clear()
            yield from self._rows(lines)
        if end < len(text):
            self._tail.append(text[end:])
            self._length += len(text) - end
        _check_length(self._length)

    def end(self) -> list[str]:
        """The cells of the last row, where no line break follows it."""
        rows = list(self.feed("\n"))
        if self._quoted:
            raise csv.Error("the body ends within quotes")
        return rows[-1]

    def _rows(self, lines: str) -> Iterator[list[str]]:
        """The rows of a text that ends with a line break."""
        text = io.StringIO(f'"{lines}' if self._quoted else lines, newline="\n")
        begins = bool(self._quoted) - self._length
        asked_for_more: list[bool] = []
        for cells in csv.reader(itertools.chain(text, _noting(asked_for_more))):
            ends = text.tell()
            _check_length(ends - begins)
            if asked_for_more:
                self._keep(cells)
                self._length = ends - begins
                return
            if self._quoted:
                self._keep(cells)
                cells = [*self._row, "".join(self._quoted)]
                self._row, self._quoted = [], []
            yield cells
            begins = ends
        self._length = 0

    def _keep(self, cells: Sequence[str]) -> None:
        """Put cells behind those that are kept; the first one goes on where a quote is open."""
        first, *rest = cells
        self._quoted_length = len(first) + (self._quoted_length if self._quoted else 0)
        self._quoted.append(first)
        if self._quoted_length > csv.field_size_limit():
            raise csv.Error(f"field larger than field limit ({csv.field_size_limit()})")
        if rest:
            self._row += ["".join(self._quoted), *rest[:-1]]
            self._quoted, self._quoted_length = [rest[-1]], len(rest[-1])


def _check_length(length: int) -> None:
    if length > LONGEST_ROW:
        raise csv.Error(f"longer than {LONGEST_ROW} characters")


def _noting(asked_for_more: list[bool]) -> Iterator[str]:
    """No more lines, and a note that somebody asked for one."""
    asked_for_more.append(True)
    yield from ()


def _said(error: csv.Error) -> str:
    """What is wrong, without the advice on opening files."""
    return str(error).partition(" - ")[0]


def _row_function(model: type[M], header: Sequence[str]) -> Callable[[list[str], int], M]:
    """The function that makes a model of the cells of a row, for this header."""
    readings = {key: (field.name, _cell_reading(field.type)) for field, key in wire_fields(model)}
    promised = promises(model)
    known: list[tuple[int, str, str, Callable[[str], Any]]] = []
    unknown: list[tuple[int, str]] = []
    named: set[str] = set()
    for index, key in enumerate(name.strip() for name in header):
        if key in readings:
            name, read = readings.pop(key)
            known.append((index, key, name, read))
        else:
            unknown.append((index, str(index) if key in named or not key else key))
        named.add(key)
    if not known:
        raise UnreadableAnswer("row 0: none of the documented columns is in the header")
    absent = [name for name, _ in readings.values() if name not in promised]
    width = len(header)
    new, store = object.__new__, object.__setattr__

    def row_of(cells: list[str], number: int) -> M:
        surplus = cells[width:]
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        row = new(model)
        for index, key, name, read in known:
            cell = cells[index]
            try:
                value = read(cell) if cell else None
            except coerce.Mismatch as mismatch:
                problem = f"row {number}, {key}: {mismatch}"
                break
            if value is not None or name not in promised:
                store(row, name, value)
        else:
            for name in absent:
                store(row, name, None)
            store(row, "extra", _extra(cells, unknown, surplus, width))
            if not all(hasattr(row, name) for name in promised):
                set_path(row, f"row {number}")
            return row
        raise UnreadableAnswer(problem)

    return row_of


def _extra(
    cells: Sequence[str], unknown: Sequence[tuple[int, str]], surplus: Sequence[str], width: int
) -> Mapping[str, Any]:
    if not unknown and not surplus:
        return EMPTY
    kept = {key: cells[index] or None for index, key in unknown}
    kept |= {str(width + index): cell for index, cell in enumerate(surplus)}
    return FrozenDict(kept)


def _cell_reading(annotation: Any) -> Callable[[str], Any]:
    """How a cell that is not blank is read, by the type of its field."""
    kind = types.without_none(annotation)
    reading = types.reading_of(kind)
    if isinstance(reading, Reading):
        return reading.read
    return _CELLS.get(str if types.is_open_enum(kind) else kind, coerce.text)


def _cell_flag(cell: str) -> bool:
    known = {"0": False, "1": True, "false": False, "true": True}
    if cell not in known:
        raise coerce.refuse("0 or 1", cell)
    return known[cell]


def _cell_text(cell: str) -> str:
    return cell


_CELLS: Mapping[Any, Callable[[str], Any]] = {
    **coerce.TABLE,
    str: _cell_text,
    bool: _cell_flag,
}
