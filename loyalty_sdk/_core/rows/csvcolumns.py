"""Which cell is which field, and how it is read: by the names in the header, not by position.

This is the slow reader of a row, and the one that says what is wrong with it; `csvfast` writes a
function that does the same for a row without faults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from loyalty_sdk._core.reading import coerce, types
from loyalty_sdk._core.reading.frozen import EMPTY, FrozenDict
from loyalty_sdk._core.reading.model import Model, Reading, promises, set_path, wire_fields
from loyalty_sdk.errors import UnreadableAnswer

M = TypeVar("M", bound=Model)

Read = Callable[[str], Any]


@attrs.frozen
class Column:
    """A column that the model knows.

    Attributes:
        index: Its place in a row, from 0.
        key: Its name in the header.
        field: The model's name for it.
        read: Reads a cell of it that is not blank.
    """

    index: int
    key: str
    field: str
    read: Read

    def value(self, cell: str, number: int) -> Any:
        """What a cell holds; *number* is its row's."""
        if not cell:
            return None
        try:
            return self.read(cell)
        except coerce.Mismatch as mismatch:
            problem = UnreadableAnswer(f"row {number}, {self.key}: {mismatch}")
        raise problem


@attrs.frozen
class Columns(Generic[M]):
    """The columns of a header.

    Attributes:
        model: What a row becomes.
        known: The columns that the model knows.
        unknown: The places of the others, and what they are called in `extra`.
        absent: The model's fields that have no column.
        width: How many columns there are.
    """

    model: type[M]
    known: Sequence[Column]
    unknown: Sequence[tuple[int, str]]
    absent: Sequence[str]
    width: int

    def row(self, cells: Sequence[str], number: int) -> M:
        """A row of the model; cells that are lacking at its end are blank.

        Args:
            cells: The cells; at least one.
            number: The row's number, for errors.

        Raises:
            UnreadableAnswer: A cell has the wrong form.
        """
        promised = promises(self.model)
        values: dict[str, Any] = dict.fromkeys(self.absent)
        for column in self.known:
            cell = cells[column.index] if column.index < len(cells) else ""
            values[column.field] = column.value(cell, number)
        row = object.__new__(self.model)
        for name, value in values.items():
            if value is not None or name not in promised:
                object.__setattr__(row, name, value)
        object.__setattr__(row, "extra", self._extra(cells))
        if any(values[name] is None for name in promised):
            set_path(row, f"row {number}")
        return row

    def _extra(self, cells: Sequence[str]) -> Mapping[str, Any]:
        if not self.unknown and len(cells) <= self.width:
            return EMPTY
        padded = [*cells, *[""] * (self.width - len(cells))]
        kept = {key: padded[index] or None for index, key in self.unknown}
        surplus = enumerate(cells[self.width :], self.width)
        return FrozenDict(kept | {str(index): cell for index, cell in surplus})


def columns_of(model: type[M], header: Sequence[str]) -> Columns[M]:
    """The columns with these names.

    Raises:
        UnreadableAnswer: The model knows none of them.
    """
    fields = {key: field for field, key in wire_fields(model)}
    known: list[Column] = []
    unknown: list[tuple[int, str]] = []
    named: set[str] = set()
    for index, key in enumerate(name.strip() for name in header):
        field = fields.pop(key, None)
        if field is not None:
            known.append(Column(index, key, field.name, cell_reading(field.type)))
        else:
            key = str(index) if key in named or not key else key
            unknown.append((index, key))
        named.add(key)
    if not known:
        raise UnreadableAnswer("row 0: none of the documented columns is in the header")
    absent = [field.name for field in fields.values()]
    return Columns(model, known, unknown, absent, len(header))


def cell_reading(annotation: Any) -> Read:
    """How a cell that is not blank is read, by the type of its field."""
    kind = types.without_none(annotation)
    reading = types.reading_of(kind)
    if isinstance(reading, Reading):
        return reading.read
    return _CELLS.get(str if types.is_open_enum(kind) else kind, coerce.text)


def text(cell: str) -> str:
    """Take a cell as it is."""
    return cell


FLAGS: Mapping[str, bool] = {"0": False, "1": True, "false": False, "true": True}


def flag(cell: str) -> bool:
    """Read a yes or no."""
    if cell not in FLAGS:
        raise coerce.refuse("0 or 1", cell)
    return FLAGS[cell]


_CELLS: Mapping[Any, Read] = {**coerce.TABLE, str: text, bool: flag}
