"""One-cell mutations of a CSV, and what must hold of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from loyalty_sdk._core.reading.model import Model, wire_fields
from loyalty_sdk.errors import LoyaltyError, MissingField, UnreadableAnswer

from .mutate import NEW_WORD, is_wordy
from .reachable import lost
from .recordings import Recording

CELLS = (
    "", " ", "x y", NEW_WORD, "7", "0", "-7", "1.5", "1e400", "9" * 400, "true", "false", "null",
    "NaN", "2024-05-01", "2024-05-01T12:00:00", "2024-05-01T12:00:00+02:00", "2024-13-45T99:00:00Z",
    'a "quoted", cell', "two\r\nlines", "\u2028", "[]", "{}",
)  # fmt: skip

Table = list[list[str]]


def table_of(recording: Recording) -> Table:
    """The rows of a recorded CSV, the header first."""
    return list(csv.reader(io.StringIO(recording.text or "", newline="")))


def wrong_with(recording: Recording, table: Table) -> Iterator[str]:
    """What is wrong with how each mutation of a table is read."""
    for row in range(1, len(table)):
        for column, name in enumerate(table[0]):
            yield from _wrong_with_cells(recording, table, row, column, name)
    yield from _wrong_with_columns(recording, table)


def _wrong_with_cells(
    recording: Recording, table: Table, row: int, column: int, name: str
) -> Iterator[str]:
    was = table[row][column]
    for cell in CELLS:
        table[row][column] = cell
        outcome = _outcome(recording, table)
        if not isinstance(outcome, Exception):
            yield from (f"{name}, {cell!r:.20}: {path}" for path in _lost(outcome, table))
        elif not _says(outcome, row, name):
            yield f"{name}, {cell!r:.20}: {outcome!r:.200}"
        elif cell in ("", NEW_WORD) and (not cell or is_wordy(was)):
            yield f"{name}, {cell!r:.20}: is refused: {outcome!r:.200}"
    table[row][column] = was


def _says(outcome: Exception, row: int, name: str) -> bool:
    if not isinstance(outcome, UnreadableAnswer) or len(outcome.problems) != 1:
        return False
    return outcome.problems[0].startswith(f"row {row}, {name}: ")


def _wrong_with_columns(recording: Recording, table: Table) -> Iterator[str]:
    """A column that is missing, unknown, blank or elsewhere costs no row."""
    for column in range(len(table[0])):
        changed = {
            "missing": [row[:column] + row[column + 1 :] for row in table],
            "first": [[row[column], *row[:column], *row[column + 1 :]] for row in table],
            "renamed": [[*table[0][:column], "brand_new", *table[0][column + 1 :]], *table[1:]],
            "nameless": [[*table[0][:column], "", *table[0][column + 1 :]], *table[1:]],
            "twice": [[*row, row[column]] for row in table],
            "short": [table[0], *(row[: max(column, 1)] for row in table[1:])],
        }
        for kind, rows in changed.items():
            outcome = _outcome(recording, rows)
            if isinstance(outcome, Exception):
                yield f"{table[0][column]} {kind}: {outcome!r:.200}"
            else:
                yield from (f"{table[0][column]} {kind}: {path}" for path in _lost(outcome, rows))


def _outcome(recording: Recording, table: Table) -> Any:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    try:
        return recording.decoded(text.getvalue().encode())
    except LoyaltyError as error:
        return error


def _lost(rows: Sequence[Model], table: Table) -> Iterator[str]:
    header, *sent = table
    if len(rows) != len(sent):
        yield f"{len(sent)} rows became {len(rows)}"
        return
    for number, (row, cells) in enumerate(zip(rows, sent, strict=True), 1):
        fields = {key: field.name for field, key in wire_fields(type(row))}
        for index, cell in enumerate(cells):
            yield from _lost_cell(row, fields, header, index, cell, f"row {number}")


def _lost_cell(
    row: Model, fields: dict[str, str], header: Sequence[str], index: int, cell: str, path: str
) -> Iterator[str]:
    name = header[index] if index < len(header) else ""
    if name in fields and header.index(name) == index:
        try:
            value = getattr(row, fields[name])
        except MissingField as missing:
            if cell or missing.path != f"{path}.{name}":
                yield f"{path}, {name}"
            return
    else:
        key = name if name and header.index(name) == index else str(index)
        value = row.extra.get(key)
    if cell or value is not None:
        sent: Any = {"0": False, "1": True}.get(cell, cell) if isinstance(value, bool) else cell
        yield from lost(value, sent, f"{path}, {name}")
