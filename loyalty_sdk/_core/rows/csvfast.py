"""The fast reader of a row: one generated function for each header, straight-line code.

For the columns `id,points,new` of a model with the fields `id: str = promised()`,
`points: Decimal | None` and `note: str | None` it writes and compiles (`source` gives the text)::

    def read_Card(cells):
        c0, c1, c2, = cells
        x = Open()
        x.id = c0 or None
        if x.id is None: raise Odd
        x.points = None if not c1 else v if (v := Decimal(c1)).is_finite() else decimal(c1)
        x.note = None
        x.extra = FrozenDict({'new': c2 or None})
        x.__class__ = Card
        return x

Whatever is odd about a row raises: too few or too many cells, a promise that is not kept, a form
that the coercion table refuses. The slow reader (`csvcolumns`) then reads the row, or says what is
wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.fast import _open
from loyalty_sdk._core.reading.frozen import EMPTY, FrozenDict
from loyalty_sdk._core.reading.model import promises
from loyalty_sdk._core.rows import csvcolumns
from loyalty_sdk._core.rows.csvcolumns import Column, Columns, M, Read

# How the usual form of a cell is read in place; {c} is its name. The rest is the table's.
_MOMENT = "None if not {c} else v if (v := fromisoformat({c})).tzinfo is not None else "
_IN_PLACE: Mapping[Read, str] = {
    csvcolumns.text: "{c} or None",
    csvcolumns.flag: "flags[{c}]",
    coerce.decimal: "None if not {c} else v if (v := Decimal({c})).is_finite() else decimal({c})",
    coerce.instant: _MOMENT + "instant({c})",
    coerce.utc_instant: _MOMENT + "utc_instant({c})",
}
_NAMES: Mapping[str, Any] = {
    **{read.__name__: read for read in _IN_PLACE},
    "Decimal": Decimal,
    "fromisoformat": datetime.fromisoformat,
    "flags": {**csvcolumns.FLAGS, "": None},
    "FrozenDict": FrozenDict,
    "EMPTY": EMPTY,
    "Odd": ValueError,
}


def reader(columns: Columns[M]) -> Callable[[Sequence[str]], M]:
    """The function that makes a row of the model of cells, or raises anything."""
    text, names = _written(columns)
    exec(compile(text, f"<row reader of {columns.model.__name__}>", "exec"), names)
    made: Callable[[Sequence[str]], M] = names[f"read_{columns.model.__name__}"]
    return made


def source(columns: Columns[Any]) -> str:
    """The text of the reader, to look at."""
    return _written(columns)[0]


def _written(columns: Columns[Any]) -> tuple[str, dict[str, Any]]:
    """The text of the reader, and the names that it uses."""
    model = columns.model
    names = {**_NAMES, "Open": _open(model), model.__name__: model}
    lines = [f"def read_{model.__name__}(cells):"]
    lines += [f"{''.join(f'c{index}, ' for index in range(columns.width))}= cells", "x = Open()"]
    for column in columns.known:
        lines += _statements(column, column.field in promises(model), names)
    for field in columns.absent:
        lines += ["raise Odd"] if field in promises(model) else [f"x.{field} = None"]
    lines += [f"x.extra = {_extra(columns)}", f"x.__class__ = {model.__name__}", "return x", ""]
    return "\n    ".join(lines), names


def _statements(column: Column, promised: bool, names: dict[str, Any]) -> Iterator[str]:
    """The code that reads one cell."""
    cell = f"c{column.index}"
    if column.read in _IN_PLACE:
        value = _IN_PLACE[column.read].format(c=cell)
    else:
        names[f"read_{column.field}"] = column.read
        value = f"read_{column.field}({cell}) if {cell} else None"
    yield f"x.{column.field} = {value}"
    if promised:
        yield f"if x.{column.field} is None: raise Odd"


def _extra(columns: Columns[Any]) -> str:
    """The code of what the model does not know."""
    if not columns.unknown:
        return "EMPTY"
    kept = ", ".join(f"{key!r}: c{index} or None" for index, key in columns.unknown)
    return f"FrozenDict({{{kept}}})"
