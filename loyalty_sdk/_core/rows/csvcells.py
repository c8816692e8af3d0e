"""Cuts CSV text into rows of cells, wherever the text itself is cut.

`csv.reader` decides where a cell and a row end, so that line breaks in quotes, and characters that
only look like line breaks, survive. What is kept between two texts is the unfinished last row, and
that is bounded. Each character is looked at once, however small the pieces are.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence

LONGEST_ROW = 1024 * 1024
"""Characters that a row may have at the most: an open quote would swallow the rest of the body."""


class Cells:
    """Takes text, gives rows.

    `csv.reader` does not stop within a row: at the end of its text it gives what it has. Where that
    ends within quotes it is kept, and the reading goes on from a quote put before the next text.

    Attributes:
        fault: What is wrong with the text behind the rows given last; there are no more then.
    """

    def __init__(self) -> None:
        self.fault: str | None = None
        self._row: list[str] = []  # the cells before the one whose quote is open
        self._quoted: list[str] = []  # that cell, in pieces
        self._quoted_length = 0
        self._tail: list[str] = []  # what follows the last line break, in pieces
        self._length = 0  # of what is kept, as it came

    @property
    def between_rows(self) -> bool:
        """Whether nothing is kept: the next text begins a row."""
        return not self._length

    def feed(self, text: str) -> list[list[str]]:
        """The rows that are complete with this text."""
        rows: list[list[str]] = []
        try:
            self._feed(text, rows)
        except csv.Error as error:
            self.fault = str(error).partition(" - ")[0]  # without the advice on opening files
        return rows

    def end(self) -> list[str]:
        """The cells of the last row, where no line break follows it."""
        rows = self.feed("\n")
        if self._quoted:
            self.fault = self.fault or "the body ends within quotes"
        return rows[-1] if rows else []

    def _feed(self, text: str, rows: list[list[str]]) -> None:
        end = text.rfind("\n") + 1
        if end:
            lines = "".join((*self._tail, text[:end]))
            self._length -= sum(map(len, self._tail))
            self._tail.clear()
            self._read(lines, rows)
        if end < len(text):
            self._tail.append(text[end:])
            self._length += len(text) - end
        _check_length(self._length)

    def _read(self, lines: str, rows: list[list[str]]) -> None:
        """Add the rows of a text that ends with a line break."""
        text = io.StringIO(f'"{lines}' if self._quoted else lines, newline="\n")
        place = text.tell
        begins = bool(self._quoted) - self._length
        asked_for_more: list[bool] = []
        for cells in csv.reader(itertools.chain(text, _noting(asked_for_more))):
            ends = place()
            if ends - begins > LONGEST_ROW:
                _check_length(ends - begins)
            if asked_for_more:
                self._keep(cells)
                self._length = ends - begins
                return
            if self._quoted:
                self._keep(cells)
                cells = [*self._row, "".join(self._quoted)]
                self._row, self._quoted = [], []
            if cells:  # an empty line is no row
                rows.append(cells)
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
