"""Ways to read Spaaza's CSV: the SDK's, the limit, and what a user would write instead.

`python -m benchmarks.csv_readers NAME ADDRESS ROWS` reads it in a process of its own and prints the
most memory that it held, in bytes. Nothing is imported here that not every reader needs.
"""

from __future__ import annotations

import asyncio
import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

CHAIN = 1743
TOKEN: Mapping[str, Any] = {"token_id": "id", "token_secret": "secret"}


class Incoming(io.RawIOBase):
    """A body that is still coming in, as a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, or a part of it."""
        data = self._left or next(self._pieces, b"")
        size = min(len(buffer), len(data))
        buffer[:size], self._left = data[:size], data[size:]
        return size


def _pieces(address: str, rows: int) -> Iterator[bytes]:
    import httpx

    url = f"{address}/get-vouchers.csv?number_results={rows}"
    with httpx.Client(verify=False) as client, client.stream("GET", url) as answer:
        yield from answer.iter_bytes()


def _text(address: str, rows: int) -> io.TextIOWrapper:
    file = io.BufferedReader(Incoming(_pieces(address, rows)), 65_536)
    return io.TextIOWrapper(file, encoding="utf-8", newline="")


def only_bytes(address: str, rows: int) -> int:
    """The limit: the bytes come, and nobody looks at them."""
    for _ in _pieces(address, rows):
        pass
    return rows


def tuples(address: str, rows: int) -> int:
    """No types: lists of strings in the order of the columns."""
    return sum(1 for _ in csv.reader(_text(address, rows))) - 1


def dicts(address: str, rows: int) -> int:
    """No types: dicts of strings."""
    return sum(1 for _ in csv.DictReader(_text(address, rows)))


def with_pydantic(address: str, rows: int) -> int:
    """What most would write: dicts into models of pydantic's kind."""
    import pydantic

    from benchmarks.likeness import pydantic_like
    from loyalty_sdk.spaaza import VoucherRow

    made = pydantic_like(VoucherRow, pydantic.BaseModel, {})
    lines = csv.DictReader(_text(address, rows))
    blank_is_none = ({key: cell or None for key, cell in line.items()} for line in lines)
    return sum(1 for _ in map(made.model_validate, blank_is_none))


def with_cattrs(address: str, rows: int) -> int:
    """The same into attrs classes, by cattrs."""
    from datetime import datetime
    from decimal import Decimal

    import attrs
    import cattrs

    from loyalty_sdk._core.reading import types
    from loyalty_sdk._core.reading.model import wire_fields
    from loyalty_sdk.spaaza import VoucherRow

    converter = cattrs.Converter(detailed_validation=False)
    converter.register_structure_hook(Decimal, lambda cell, _: Decimal(cell))
    converter.register_structure_hook(datetime, lambda cell, _: datetime.fromisoformat(cell))
    converter.register_structure_hook(bool, lambda cell, _: cell == "1")
    fields: dict[str, Any] = {}
    for field, key in wire_fields(VoucherRow):
        kind = types.without_none(field.type)
        read = types.reading_of(kind)
        plain: Any = datetime if read else str if types.is_open_enum(kind) else kind
        fields[key] = attrs.field(type=plain | None, default=None)
    made = attrs.make_class("Voucher", fields, frozen=True, kw_only=True)
    lines = csv.DictReader(_text(address, rows))
    blank_is_none = ({key: cell or None for key, cell in line.items()} for line in lines)
    return sum(1 for _ in (converter.structure(line, made) for line in blank_is_none))


def with_pyarrow(address: str, rows: int) -> int:
    """No SDK: pyarrow reads the body, and guesses the types by its first block."""
    import pyarrow.csv

    with pyarrow.csv.open_csv(
        io.BufferedReader(Incoming(_pieces(address, rows)), 65_536),
        read_options=pyarrow.csv.ReadOptions(use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
    ) as reader:
        return sum(batch.num_rows for batch in reader)


def ours(address: str, rows: int) -> int:
    """Signed, watched, checked: frozen models with exact types."""
    from loyalty_sdk import Spaaza

    with (
        Spaaza(**TOKEN, base_url=address) as spaaza,
        spaaza.vouchers.stream_csv(CHAIN, number_results=rows) as opened,
    ):
        count = 0
        for _ in opened:
            count += 1
        return count


def ours_async(address: str, rows: int) -> Any:
    """The same, awaited."""
    from loyalty_sdk import AsyncSpaaza

    async def read() -> int:
        async with (
            AsyncSpaaza(**TOKEN, base_url=address) as spaaza,
            spaaza.vouchers.stream_csv(CHAIN, number_results=rows) as opened,
        ):
            count = 0
            async for _ in opened:
                count += 1
            return count

    return read()


def ours_in_arrow(address: str, rows: int) -> int:
    """The same as Arrow record batches."""
    from loyalty_sdk import Spaaza

    with (
        Spaaza(**TOKEN, base_url=address) as spaaza,
        spaaza.vouchers.stream_csv(CHAIN, number_results=rows) as opened,
    ):
        return sum(batch.num_rows for batch in opened.to_arrow_batches())


def ours_in_arrow_async(address: str, rows: int) -> Any:
    """The same, awaited."""
    from loyalty_sdk import AsyncSpaaza

    async def read() -> int:
        async with (
            AsyncSpaaza(**TOKEN, base_url=address) as spaaza,
            spaaza.vouchers.stream_csv(CHAIN, number_results=rows) as opened,
        ):
            return sum([batch.num_rows async for batch in opened.to_arrow_batches()])

    return read()


READERS: dict[str, Callable[[str, int], Any]] = {
    reader.__name__: reader
    for reader in (
        *(only_bytes, tuples, dicts, with_pydantic, with_cattrs, with_pyarrow),
        *(ours, ours_async, ours_in_arrow, ours_in_arrow_async),
    )
}


def main(name: str, address: str, rows: str) -> None:
    """Read once; print the peak."""
    read = READERS[name](address, int(rows))
    count = asyncio.run(read) if asyncio.iscoroutine(read) else read
    assert count == int(rows), count
    sys.stdout.write(f"{_peak()}\n")


def _peak() -> int:
    """The most memory of this process, in bytes.

    Linux also has `ru_maxrss`, but that one begins with the peak of the process that started us.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(*sys.argv[1:])
