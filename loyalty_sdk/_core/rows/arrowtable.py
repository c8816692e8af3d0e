"""The schema of record batches, and two ways to fill one: from a block of CSV, and from typed rows.

pyarrow reads every cell but flags as text; the texts of a column are then turned into values at
once. Its parser of numbers must be protected from some texts, and the one of moments wants all of a
column to have an offset, or none.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any, NamedTuple

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import wire_fields
from loyalty_sdk._core.rows import csvcolumns
from loyalty_sdk._core.rows.csvcolumns import Columns, Read, cell_reading
from loyalty_sdk.errors import MissingExtra

DIGITS, DECIMALS = 38, 18
"""Of every number: as many digits as 128 bits hold, half of them behind the point."""

_WHOLE = 1 << 30  # more bytes than a block has: it must not be cut again
_UNIT = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=DIGITS, traps=[Inexact, InvalidOperation])
_EARLIEST = round(datetime.min.replace(tzinfo=timezone.utc).timestamp()) * 1_000_000


class ArrowTable:
    """The columns of all batches.

    Args:
        arrow: The package.
        columns: What the header of the CSV says.

    Attributes:
        schema: The model's fields, and behind them what it does not know.
        fence: A row of blanks, to be put behind a block.
    """

    def __init__(self, arrow: Any, columns: Columns[Any]) -> None:
        kinds: Mapping[Read, _Kind] = {
            csvcolumns.text: _Kind(arrow.string()),
            csvcolumns.flag: _Kind(arrow.bool_()),
            coerce.decimal: _Kind(arrow.decimal128(DIGITS, DECIMALS), self._numbers),
            coerce.instant: _Kind(arrow.timestamp("us", tz="UTC"), self._moments),
            coerce.utc_instant: _Kind(arrow.timestamp("us", tz="UTC"), self._utc_moments),
        }
        fields = [
            (f.name, key, kinds[cell_reading(f.type)]) for f, key in wire_fields(columns.model)
        ]
        self._arrow = arrow
        self._names = [name for name, _, _ in fields]
        self._unknown = [key for _, key in columns.unknown]
        self._casts = {key: kind.cast for _, key, kind in fields if kind.cast is not None}
        types = {key: kind.type for _, key, kind in fields}
        types |= dict.fromkeys(self._unknown, arrow.string())
        self.schema = arrow.schema(list(types.items()))
        self.fence = b'""' + b"," * (columns.width - 1) + b"\n"
        as_text = dict.fromkeys(self._casts, arrow.string())
        self._reading = _reading(arrow, columns, types | as_text)

    def of_block(self, data: bytearray) -> Any:
        """The batch of a block of whole rows; `None` where pyarrow is not to be trusted with it.

        Where the block ends within quotes, the fence ends up within them, and is missed.

        Args:
            data: A line break, the rows, and the fence.
        """
        if _has_lone_returns(data):  # each ends a row for pyarrow, and is an error for us
            return None
        try:
            return self._cast(self._texts(data))
        except (self._arrow.ArrowInvalid, _Distrust):
            return None

    def of_rows(self, rows: Sequence[Any]) -> Any:
        """The batch of typed rows.

        Raises:
            Misfit: There is no place for a value in it.
        """
        for index, row in enumerate(rows):
            if len(row.extra) > len(self._unknown):
                raise Misfit(index, ": there are more cells than columns")
        columns = [[getattr(row, name, None) for row in rows] for name in self._names]
        columns += [[row.extra.get(key) for row in rows] for key in self._unknown]
        arrays = [
            self._arrow.array(_exactly(column, field.name), field.type)
            for column, field in zip(columns, self.schema, strict=True)
        ]
        return self._arrow.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _texts(self, data: bytearray) -> Any:
        """The rows of a block as pyarrow reads them."""
        file = self._arrow.BufferReader(self._arrow.py_buffer(data))
        with self._arrow.csv.open_csv(file, **self._reading) as reader:
            read = reader.read_next_batch()
        last = read.num_rows - 1
        if any(column[last].is_valid for column in read.columns):
            raise _Distrust
        return read.slice(0, last)

    def _cast(self, read: Any) -> Any:
        """The batch with values in place of their texts."""
        arrays = dict(zip(read.schema.names, read.columns, strict=True))
        arrays |= {key: cast(arrays[key]) for key, cast in self._casts.items()}
        return self._arrow.RecordBatch.from_arrays(list(arrays.values()), schema=self.schema)

    def _numbers(self, texts: Any) -> Any:
        """Numbers of plain digits.

        pyarrow overflows without a word where there are too many of them, and reads memory that is
        not its own where an exponent is large.
        """
        compute = self._arrow.compute
        longest = compute.max(compute.binary_length(texts)).as_py() or 0
        letters = compute.not_equal(compute.ascii_upper(texts), compute.ascii_lower(texts))
        if longest > DIGITS - DECIMALS or compute.any(letters).as_py():
            raise _Distrust
        return texts.cast(self._arrow.decimal128(DIGITS, DECIMALS))

    def _moments(self, texts: Any) -> Any:
        """Moments that have an offset."""
        return self._in_range(texts.cast(self._arrow.timestamp("us", tz="UTC")))

    def _utc_moments(self, texts: Any) -> Any:
        """Moments that have an offset, or are in UTC and have none."""
        with suppress(self._arrow.ArrowInvalid):
            return self._moments(texts)
        shortest = self._arrow.compute.min(self._arrow.compute.binary_length(texts)).as_py()
        if shortest <= len("2024-01-01"):  # a date alone
            raise _Distrust
        naive = texts.cast(self._arrow.timestamp("us"))
        return self._in_range(naive.view(self._arrow.timestamp("us", tz="UTC")))

    def _in_range(self, moments: Any) -> Any:
        least = self._arrow.compute.min_max(moments)["min"]
        if least.is_valid and least.value < _EARLIEST:  # the year 0 is none for us
            raise _Distrust
        return moments


class Misfit(Exception):
    """A row does not fit into a batch.

    Attributes:
        index: Which of the rows it is, from 0.
    """

    def __init__(self, index: int, said: str) -> None:
        super().__init__(said)
        self.index = index


class _Distrust(Exception):
    """pyarrow could read this block otherwise than the typed reader."""


class _Kind(NamedTuple):
    """The Arrow type of a column, and what makes it of texts; `None` where pyarrow reads it."""

    type: Any
    cast: Callable[[Any], Any] | None = None


def pyarrow() -> Any:
    """The package, with its parts.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        for part in ("csv", "compute"):
            importlib.import_module(f"pyarrow.{part}")
        return importlib.import_module("pyarrow")
    except ImportError:
        said = "Arrow record batches need pyarrow: pip install 'loyalty-sdk[arrow]'"
    raise MissingExtra(said)


def _reading(arrow: Any, columns: Columns[Any], types: Mapping[str, Any]) -> Mapping[str, Any]:
    """How pyarrow is to read a block; *types* are in the order of the schema."""
    header = dict(columns.unknown) | {known.index: known.key for known in columns.known}
    return {
        "read_options": arrow.csv.ReadOptions(
            use_threads=False,
            block_size=_WHOLE,
            column_names=[header[index] for index in range(columns.width)],
        ),
        "parse_options": arrow.csv.ParseOptions(newlines_in_values=True),
        "convert_options": arrow.csv.ConvertOptions(
            column_types=types,
            include_columns=list(types),
            include_missing_columns=True,
            null_values=[""],
            strings_can_be_null=True,
            true_values=[text for text, value in csvcolumns.FLAGS.items() if value],
            false_values=[text for text, value in csvcolumns.FLAGS.items() if not value],
            timestamp_parsers=[arrow.csv.ISO8601],
        ),
    }


def _exactly(values: Sequence[Any], key: str) -> Sequence[Any]:
    """The values, numbers with as many decimals as their column has; pyarrow must not do that.

    Raises:
        Misfit: A number has more digits than the column.
    """
    made: list[Any] = []
    for index, value in enumerate(values):
        try:
            number = isinstance(value, Decimal)
            made.append(value.quantize(_UNIT, context=_EXACT) if number else value)
        except ArithmeticError:
            problem = Misfit(index, f", {key}: the number has too many digits for its column")
        else:
            continue
        raise problem
    return made


def _has_lone_returns(data: bytearray) -> bool:
    """Whether a carriage return stands without a line feed behind it."""
    at = data.find(b"\r")
    while at >= 0:
        if not data.startswith(b"\n", at + 1):
            return True
        at = data.find(b"\r", at + 2)
    return False
