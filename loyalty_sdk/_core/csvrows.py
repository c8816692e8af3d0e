"""CSV as it arrives: bytes go in, typed rows come out. No I/O.

The names in the header decide what a cell is, not its position; `csv.reader` decides where a row
ends, so that line breaks in quotes, and characters that only look like line breaks, survive. What
is kept between two chunks is the unfinished last row, and that is bounded.
"""

from __future__ import annotations

import codecs
import csv
import io
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
    cells beyond the header, are kept in `extra`, the latter under their numbers. A row that is
    shorter than the header has `None` tails.

    Args:
        model: What a row becomes.

    Raises:
        UnreadableAnswer: While feeding or at the end: a cell has the wrong form, a row is too long,
            a quote stays open, or the last row is cut.
    """

    def __init__(self, model: type[M]) -> None:
        self._model = model
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._rest = ""
        self._row_of: Callable[[list[str], int], M] | None = None
        self._width = 0
        self.rows = 0

    def feed(self, chunk: bytes) -> Iterator[M]:
        """The rows that are complete with these bytes."""
        text = self._rest + self._decoded(chunk, final=False)
        end = text.rfind("\n") + 1
        rows, unfinished, fault = _split(text[:end])
        self._rest = unfinished + text[end:]
        yield from self._models(rows)
        if fault is not None:
            raise self._problem(fault)
        if len(self._rest) > LONGEST_ROW:
            raise self._problem(f"longer than {LONGEST_ROW} characters")

    def end(self) -> Iterator[M]:
        """The last row, where no line break follows it.

        Raises:
            UnreadableAnswer: The body was cut: a quote is open, or the last row is short and has
                no line break.
        """
        text, self._rest = self._rest + self._decoded(b"", final=True), ""
        if not text:
            return
        rows, unfinished, fault = _split(text + "\n")
        if fault is not None:
            raise self._problem(fault)
        if unfinished:
            raise self._problem("the body ends within quotes")
        if len(rows[-1]) < self._width:
            raise self._problem("the body ends within the row")
        yield from self._models(rows)

    def _problem(self, fault: str) -> UnreadableAnswer:
        return UnreadableAnswer(f"row {self.rows + 1}: {fault}")

    def _models(self, rows: Sequence[list[str]]) -> Iterator[M]:
        for cells in rows:
            if self._row_of is None:
                self._row_of = _row_function(self._model, cells)
                self._width = len(cells)
            elif cells:  # an empty line is no row
                self.rows += 1
                yield self._row_of(cells, self.rows)

    def _decoded(self, chunk: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError:
            pass
        raise self._problem("not UTF-8")


def _split(text: str) -> tuple[list[list[str]], str, str | None]:
    """The rows of a text that ends with a line break, its unfinished rest, and a fault.

    A row is unfinished when a quote is open at the end: `csv.reader` then asks for another line.
    """
    lines = list(io.StringIO(text, newline="\n"))
    asked_for_more = False

    def source() -> Iterator[str]:
        nonlocal asked_for_more
        yield from lines
        asked_for_more = True

    reader = csv.reader(source())
    rows: list[list[str]] = []
    begins = 0
    try:
        for cells in reader:
            if asked_for_more:
                return rows, "".join(lines[begins:]), None
            begins = reader.line_num
            rows.append(cells)
    except csv.Error as fault:
        return rows, "", str(fault)
    return rows, "", None


def _row_function(model: type[M], header: Sequence[str]) -> Callable[[list[str], int], M]:
    """The function that makes a model of the cells of a row, for this header."""
    readings = {key: (field.name, _cell_reading(field.type)) for field, key in wire_fields(model)}
    promised = promises(model)
    known: list[tuple[int, str, str, Callable[[str], Any]]] = []
    unknown: list[tuple[int, str]] = []
    for index, key in enumerate(name.strip() for name in header):
        if key in readings:
            name, read = readings.pop(key)
            known.append((index, key, name, read))
        else:
            unknown.append((index, key))
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
