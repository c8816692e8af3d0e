"""CSV as it arrives, into Arrow record batches. No I/O; needs pyarrow, and only when it is asked.

pyarrow reads blocks of whole rows. A block that it refuses, or could read otherwise than `csvrows`
does, is read by that one instead: so the values are the same, and the errors are too.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any, Generic, NamedTuple

from loyalty_sdk._core import coerce, csvcolumns
from loyalty_sdk._core.csvcolumns import Columns, M, Read, cell_reading
from loyalty_sdk._core.csvrows import CsvRows
from loyalty_sdk._core.model import wire_fields
from loyalty_sdk.errors import MissingExtra, UnreadableAnswer

BLOCK = 1024 * 1024
"""Bytes that pyarrow reads at once: each block costs it a fifth of a millisecond of its own."""

_FIRST = 16 * 1024
_BREAK = b"\n"  # before a block: what a file begins with could be taken for its mark

DIGITS, DECIMALS = 38, 18
"""Of every number: as many digits as 128 bits hold, half of them behind the point."""

_TYPES: Mapping[Read, Callable[[Any], Any]] = {
    csvcolumns.text: lambda arrow: arrow.string(),
    csvcolumns.flag: lambda arrow: arrow.bool_(),
    coerce.decimal: lambda arrow: arrow.decimal128(DIGITS, DECIMALS),
    coerce.instant: lambda arrow: arrow.timestamp("us", tz="UTC"),
    coerce.utc_instant: lambda arrow: arrow.timestamp("us", tz="UTC"),
}
_WHOLE = 1 << 30  # more bytes than a block has: it must not be cut again
_MOMENTS = (coerce.instant, coerce.utc_instant)
_UNIT = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=DIGITS, traps=[Inexact, InvalidOperation])
_EARLIEST = round(datetime.min.replace(tzinfo=timezone.utc).timestamp()) * 1_000_000


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
        self._arrow = _pyarrow()
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
    def _table(self) -> _Table:
        return _Table(self._arrow, self._typed.header())

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
            except _Misfit as misfit:
                rows, fault = rows[: misfit.index], str(misfit)
        self.rows += len(rows)
        if rows:
            yield (batch,)
        if fault is not None:
            raise UnreadableAnswer(f"row {before + len(rows) + 1}{fault}")


class _Table:
    """The schema of all batches, and the two ways to fill one.

    Attributes:
        schema: The model's fields, and what it does not know.
        fence: A row of blanks, to be put behind a block.
    """

    def __init__(self, arrow: Any, columns: Columns[Any]) -> None:
        fields = [
            _Field(f.name, key, cell_reading(f.type)) for f, key in wire_fields(columns.model)
        ]
        unknown = [key for _, key in columns.unknown]
        types = {field.key: _TYPES[field.read](arrow) for field in fields}
        types |= dict.fromkeys(unknown, arrow.string())
        self.schema = arrow.schema(list(types.items()))
        self._arrow = arrow
        self._fields = fields
        self._unknown = unknown
        self._numbers = [key for _, key, read in fields if read is coerce.decimal]
        self._moments = [key for _, key, read in fields if read in _MOMENTS]
        self.fence = b'""' + b"," * (columns.width - 1) + b"\n"
        self._reading = _reading(
            arrow, columns, types | dict.fromkeys(self._numbers, arrow.string())
        )

    def of_block(self, data: bytearray) -> Any:
        """The batch of a block of whole rows; `None` where pyarrow is not to be trusted with it.

        Where the block ends within quotes, the fence ends up within them, and is missed.

        Args:
            data: A line break, the rows, and the fence.
        """
        if _has_lone_returns(data):  # each ends a row for pyarrow, and is an error for us
            return None
        file = self._arrow.BufferReader(self._arrow.py_buffer(data))
        try:
            with self._arrow.csv.open_csv(file, **self._reading) as reader:
                read = reader.read_next_batch()
            last = read.num_rows - 1
            whole = not any(column[last].is_valid for column in read.columns)
            return self._checked(read.slice(0, last)) if whole else None
        except self._arrow.ArrowInvalid:
            return None

    def _checked(self, read: Any) -> Any:
        """The batch with numbers for their texts; `None` where one may be wrong, or a moment."""
        arrays = dict(zip(read.schema.names, read.columns, strict=True))
        for key in self._numbers:
            if not self._is_plain(arrays[key]):
                return None
            arrays[key] = arrays[key].cast(self.schema.field(key).type)
        if any(self._is_too_early(arrays[key]) for key in self._moments):
            return None
        return self._arrow.RecordBatch.from_arrays(list(arrays.values()), schema=self.schema)

    def _is_plain(self, texts: Any) -> bool:
        """Whether pyarrow can be trusted with these numbers.

        Its parser overflows without a word where there are too many digits, and reads where it
        must not where an exponent is large.
        """
        compute = self._arrow.compute
        longest = compute.max(compute.binary_length(texts)).as_py() or 0
        letters = compute.not_equal(compute.ascii_upper(texts), compute.ascii_lower(texts))
        return longest <= DIGITS - DECIMALS and not compute.any(letters).as_py()

    def _is_too_early(self, moments: Any) -> bool:
        """Whether there is a moment before the year 1, which is none for us."""
        least = self._arrow.compute.min_max(moments)["min"]
        return bool(least.is_valid and least.value < _EARLIEST)

    def of_rows(self, rows: Sequence[Any]) -> Any:
        """The batch of typed rows.

        Raises:
            _Misfit: There is no place for a value in it.
        """
        for index, row in enumerate(rows):
            if len(row.extra) > len(self._unknown):
                raise _Misfit(index, ": there are more cells than columns")
        columns = [[getattr(row, name, None) for row in rows] for name, _, _ in self._fields]
        columns += [[row.extra.get(key) for row in rows] for key in self._unknown]
        arrays = [
            self._arrow.array(_exactly(column, field.name), field.type)
            for column, field in zip(columns, self.schema, strict=True)
        ]
        return self._arrow.RecordBatch.from_arrays(arrays, schema=self.schema)


class _Field(NamedTuple):
    name: str
    key: str
    read: Read


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
        _Misfit: A number has more digits than the column.
    """
    made: list[Any] = []
    for index, value in enumerate(values):
        try:
            number = isinstance(value, Decimal)
            made.append(value.quantize(_UNIT, context=_EXACT) if number else value)
        except ArithmeticError:
            problem = _Misfit(index, f", {key}: the number has too many digits for its column")
        else:
            continue
        raise problem
    return made


class _Misfit(Exception):
    """A row does not fit into a batch."""

    def __init__(self, index: int, said: str) -> None:
        super().__init__(said)
        self.index = index


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


def _has_lone_returns(data: bytearray) -> bool:
    """Whether a carriage return stands without a line feed behind it."""
    at = data.find(b"\r")
    while at >= 0:
        if not data.startswith(b"\n", at + 1):
            return True
        at = data.find(b"\r", at + 2)
    return False


def _pyarrow() -> Any:
    """The package, with its parts."""
    try:
        for part in ("csv", "compute"):
            importlib.import_module(f"pyarrow.{part}")
        return importlib.import_module("pyarrow")
    except ImportError:
        said = "Arrow record batches need pyarrow: pip install 'loyalty-sdk[arrow]'"
    raise MissingExtra(said)
