"""Rows into files, and parts into one file: a class for each format."""

from __future__ import annotations

import csv
import io
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, cast

from loyalty_sdk._core.given.arguments import one_of
from loyalty_sdk.errors import InvalidArgument, UsageError
from loyalty_sdk.export import libraries
from loyalty_sdk.export.columns import Kind, Leaf, Many, Nested, Schema
from loyalty_sdk.export.values import for_arrow, for_json, for_text, getter, json_bytes

FormatName: TypeAlias = Literal["jsonl", "csv", "parquet", "arrow"]

_ENDINGS: Mapping[str, FormatName] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
}


class Writer(ABC):
    """Writes rows to a file that is open.

    Args:
        file: The file.
        schema: The columns.
    """

    ending: str
    nested: Nested = "struct"
    needs_arrow = False

    @abstractmethod
    def __init__(self, file: IO[bytes], schema: Schema) -> None: ...

    @abstractmethod
    def write(self, rows: Sequence[Any]) -> None:
        """Write some rows.

        Raises:
            Misfit: A value has no exact place in its column.
        """

    @abstractmethod
    def close(self) -> None:
        """Write what comes behind all rows; the file stays open."""

    @classmethod
    @abstractmethod
    def join(cls, parts: Iterable[Path], file: IO[bytes]) -> None:
        """Write the rows of all parts to a file."""


class JsonLines(Writer):
    """An object a line."""

    ending = ".jsonl"

    def __init__(self, file: IO[bytes], schema: Schema) -> None:
        self._file = file
        self._columns = [(each.name, getter(each, for_json)) for each in schema.columns]

    def write(self, rows: Sequence[Any]) -> None:
        for row in rows:
            line = json_bytes({name: get(row) for name, get in self._columns})
            self._file.write(line + b"\n")

    def close(self) -> None:
        """Nothing comes behind them."""

    @classmethod
    def join(cls, parts: Iterable[Path], file: IO[bytes]) -> None:
        for part in parts:
            with part.open("rb") as opened:
                shutil.copyfileobj(opened, file)


class Csv(Writer):
    """RFC 4180, UTF-8, with a header."""

    ending = ".csv"
    nested: Nested = "flat"

    def __init__(self, file: IO[bytes], schema: Schema) -> None:
        self._columns = [getter(each, for_text) for each in schema.columns]
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self._csv = csv.writer(self._text)
        self._csv.writerow([each.name for each in schema.columns])

    def write(self, rows: Sequence[Any]) -> None:
        self._csv.writerows([get(row) for get in self._columns] for row in rows)

    def close(self) -> None:
        self._text.detach()

    @classmethod
    def join(cls, parts: Iterable[Path], file: IO[bytes]) -> None:
        for number, part in enumerate(parts):
            with part.open("rb") as opened:
                header = opened.readline()
                if number == 0:
                    file.write(header)
                shutil.copyfileobj(opened, file)


class _Arrow(Writer):
    needs_arrow = True

    def __init__(self, file: IO[bytes], schema: Schema) -> None:
        self._table = ArrowTable(schema)
        self._writer = self._opened(file, self._table.schema)

    def write(self, rows: Sequence[Any]) -> None:
        self._writer.write_batch(self._table.batch(rows))

    def close(self) -> None:
        self._writer.close()

    @classmethod
    def join(cls, parts: Iterable[Path], file: IO[bytes]) -> None:
        writer = None
        for part in parts:
            with part.open("rb") as opened:
                schema, batches = cls._read(opened)
                writer = writer or cls._opened(file, schema)
                for batch in batches:
                    writer.write_batch(batch)
        if writer is None:
            raise UsageError("there are no parts, and nobody knows the columns: give the model")
        writer.close()

    @classmethod
    @abstractmethod
    def _opened(cls, file: IO[bytes], schema: Any) -> Any: ...

    @classmethod
    @abstractmethod
    def _read(cls, file: IO[bytes]) -> tuple[Any, Iterable[Any]]: ...


class Parquet(_Arrow):
    """Parquet, compressed with zstd."""

    ending = ".parquet"

    @classmethod
    def _opened(cls, file: IO[bytes], schema: Any) -> Any:
        return libraries.pyarrow().parquet.ParquetWriter(file, schema, compression="zstd")

    @classmethod
    def _read(cls, file: IO[bytes]) -> tuple[Any, Iterable[Any]]:
        opened = libraries.pyarrow().parquet.ParquetFile(file)
        return opened.schema_arrow, opened.iter_batches(batch_size=BATCH)


class Arrow(_Arrow):
    """Arrow's own file format (IPC)."""

    ending = ".arrow"

    @classmethod
    def _opened(cls, file: IO[bytes], schema: Any) -> Any:
        return libraries.pyarrow().ipc.new_file(file, schema)

    @classmethod
    def _read(cls, file: IO[bytes]) -> tuple[Any, Iterable[Any]]:
        opened = libraries.pyarrow().ipc.open_file(file)
        return opened.schema, map(opened.get_batch, range(opened.num_record_batches))


BATCH = 8192
"""Rows that are turned into a batch at once."""

FORMATS: Mapping[FormatName, type[Writer]] = {
    "jsonl": JsonLines,
    "csv": Csv,
    "parquet": Parquet,
    "arrow": Arrow,
}


class ArrowTable:
    """Makes record batches of rows.

    Args:
        schema: The columns.

    Attributes:
        schema: The same for Arrow.
    """

    def __init__(self, schema: Schema) -> None:
        self._arrow = libraries.pyarrow()
        self._columns = [getter(each, for_arrow) for each in schema.columns]
        self.schema: Any = self._arrow.schema(
            [(each.name, self._type(each.kind)) for each in schema.columns]
        )

    def batch(self, rows: Sequence[Any]) -> Any:
        """The rows as a record batch.

        Raises:
            Misfit: A value has no exact place in its column.
        """
        arrays = [
            self._arrow.array([get(row) for row in rows], field.type)
            for get, field in zip(self._columns, self.schema, strict=True)
        ]
        return self._arrow.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _type(self, kind: Kind) -> Any:
        if isinstance(kind, Many):
            return self._arrow.list_(self._type(kind.of))
        if not isinstance(kind, Leaf):
            return self._arrow.struct([(name, self._type(of)) for name, of in kind.fields])
        return {
            "string": self._arrow.string(),
            "json": self._arrow.string(),
            "bool": self._arrow.bool_(),
            "int64": self._arrow.int64(),
            "double": self._arrow.float64(),
            "date32": self._arrow.date32(),
            "decimal128(38, 18)": self._arrow.decimal128(38, 18),
            "timestamp[us, tz=UTC]": self._arrow.timestamp("us", tz="UTC"),
        }[kind.name]


def format_of(path: Path, given: str | None) -> FormatName:
    """The format of a file: as given, or by its ending.

    Raises:
        InvalidArgument: There is no such format, or no telling.
    """
    if given is not None:
        return cast("FormatName", one_of("format", given, tuple(FORMATS)))
    known = _ENDINGS.get(path.suffix.lower())
    if known is None:
        endings = ", ".join(_ENDINGS)
        raise InvalidArgument("path", f"must end in one of {endings}, or give the format")
    return known


def nesting(format: FormatName, given: str | None) -> Nested:
    """What becomes of nested objects: as given, or as is usual for the format.

    Raises:
        InvalidArgument: The format has no structs.
    """
    usual = FORMATS[format].nested
    if given is None:
        return usual
    nested = cast("Nested", one_of("nested", given, ("struct", "flat")))
    if nested == "struct" and usual == "flat":
        raise InvalidArgument("nested", f"must be flat: {format} has no structs")
    return nested
