"""Spaaza's CSV of vouchers over loopback: into typed rows and into Arrow, and what it takes."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks import csv_readers
from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.server import Reply
from benchmarks.setting import Measure, Setting
from loyalty_sdk.sandbox import Request, Sandbox

HOW_MANY = 40_000
PATTERN = 5_000
PIECE = 64 * 1024
ANSWERS = "benchmarks.csv_rows:answer"

BYTES, TUPLES = "bytes only", "csv.reader tuples"
ASYNC, ARROW, ARROW_ASYNC = f"{OURS}, async", f"{OURS}, Arrow", f"{OURS}, Arrow, async"

Read = Callable[[str, int], Any]


@functools.cache
def pattern() -> tuple[bytes, tuple[bytes, ...]]:
    """The header, and rows as the sandbox makes them, in pieces."""
    moment = datetime(2026, 11, 2, 9, 30, tzinfo=timezone.utc)
    sandbox = Sandbox(now=lambda: moment, spaaza_csv_rows=PATTERN)
    token = sandbox._spaaza.access.token
    signed = {"Authorization": f"Bearer {token.id}:{token.secret}"}
    target = f"/spaaza/get-vouchers.csv?chain_id={sandbox.member.spaaza_chain_id}"
    body = sandbox.answer(Request.parse("GET", target, signed.items())).body
    whole = body if isinstance(body, bytes) else b"".join(body)
    header, _, rows = whole.partition(b"\n")
    return header + b"\n", tuple(rows[at : at + PIECE] for at in range(0, len(rows), PIECE))


def answer(target: str) -> Reply:
    """As many rows as are asked for: the pattern again and again."""
    count = int(parse_qs(urlsplit(target).query)["number_results"][0])
    return Reply(_repeated(count // PATTERN), "application/force-download")


def _repeated(times: int) -> Iterator[bytes]:
    header, pieces = pattern()
    yield header
    for _ in range(times):
        yield from pieces


def speed(read: Read) -> Callable[[Setting], Measure]:
    """How long a row takes."""

    def prepare(setting: Setting) -> Measure:
        address, rows = setting.server(ANSWERS), setting.size(HOW_MANY, PATTERN)
        return setting.timed(lambda: read(address, rows), of=rows)

    return prepare


def speed_async(read: Read) -> Callable[[Setting], Measure]:
    """The same of a reader that is awaited."""

    def prepare(setting: Setting) -> Measure:
        address, rows = setting.server(ANSWERS), setting.size(HOW_MANY, PATTERN)
        return setting.timed_async(lambda: read(address, rows), of=rows)

    return prepare


def memory(read: Read, rows: int) -> Callable[[Setting], Measure]:
    """The most memory that a process holds which does nothing else."""

    def prepare(setting: Setting) -> Measure:
        asked = str(setting.size(rows, PATTERN))
        command = [sys.executable, "-m", "benchmarks.csv_readers", read.__name__]
        command += [setting.server(ANSWERS), asked]

        @functools.cache  # once for all rounds: it takes long, and hardly varies
        def measure() -> float:
            return int(subprocess.run(command, check=True, capture_output=True).stdout)

        return measure

    return prepare


def _memory_row(rows: int) -> Row:
    readers = {BYTES: csv_readers.only_bytes, TUPLES: csv_readers.tuples, OURS: csv_readers.ours}
    readers |= {ASYNC: csv_readers.ours_async, ARROW: csv_readers.ours_in_arrow}
    return Row(
        name=f"csv-memory-{rows // 1000}k",
        what=f"peak memory of a process that reads {rows:,} rows of Spaaza's CSV",
        unit="MiB",
        base=BYTES,
        contenders=tuple(
            Contender(name, memory(read, rows), ("pyarrow",) if name == ARROW else ())
            for name, read in readers.items()
        ),
        targets=tuple(
            Target(ours=ours, of=BYTES, at_most=12, difference=True) for ours in (OURS, ASYNC)
        ),
    )


SPEED = Row(
    name="csv",
    what=f"a row of Spaaza's CSV of 39 columns, streamed; {HOW_MANY:,} rows",
    unit="µs",
    base=TUPLES,
    contenders=(
        Contender(BYTES, speed(csv_readers.only_bytes)),
        Contender(TUPLES, speed(csv_readers.tuples)),
        Contender(OURS, speed(csv_readers.ours)),
        Contender(ASYNC, speed_async(csv_readers.ours_async)),
        Contender(ARROW, speed(csv_readers.ours_in_arrow), ("pyarrow",)),
        Contender(ARROW_ASYNC, speed_async(csv_readers.ours_in_arrow_async), ("pyarrow",)),
        Contender("csv.DictReader", speed(csv_readers.dicts)),
        Contender("DictReader + pydantic", speed(csv_readers.with_pydantic), ("pydantic",)),
        Contender("DictReader + cattrs", speed(csv_readers.with_cattrs)),
        Contender("pyarrow.csv alone", speed(csv_readers.with_pyarrow), ("pyarrow",)),
    ),
    targets=(
        Target(of=TUPLES, at_most=2.0, hoped=1.6),
        Target(ours=ASYNC, of=TUPLES, at_most=2.2, hoped=1.6),
        Target(ours=ARROW, of=TUPLES, at_most=0.5),
        Target(ours=ARROW_ASYNC, of=TUPLES, at_most=0.5),
    ),
)

ROWS = (SPEED, _memory_row(200_000), _memory_row(2_000_000))
