"""Reads a long CSV from the sandbox and prints speed and memory: `python -m tests.csv_rows [ROWS]`.

The sandbox runs in a process of its own, and so does each way to read: the figures are that one's
alone. What the bytes cost that nobody looks at comes first. Peak memory is given after the first
thousand rows and at the end: it must not have grown.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import httpx

from loyalty_sdk import AsyncSpaaza, Spaaza

ROWS = 2_000_000
CHAIN = 1743
EARLY = 1000


class Progress:
    """Counts rows, and looks at the memory when the first thousand is there."""

    def __init__(self) -> None:
        self.rows = self.early = 0

    def add(self, rows: int) -> None:
        """So many rows have come."""
        self.rows += rows
        if not self.early and self.rows >= EARLY:
            self.early = _peak()


def only_bytes(access: dict[str, str], progress: Progress) -> None:
    """Nobody looks at them, but for their line breaks, one a row or a little more."""
    signed = {"Authorization": f"Bearer {access['token_id']}:{access['token_secret']}"}
    url = f"{access['base_url']}/get-vouchers.csv?chain_id={CHAIN}"
    with httpx.stream("GET", url, headers=signed) as answer:
        for piece in answer.iter_bytes():
            progress.add(piece.count(b"\n"))


def blocking(access: dict[str, str], progress: Progress) -> None:
    """Typed rows."""
    with Spaaza(**access) as spaaza, spaaza.vouchers.stream_csv(CHAIN) as opened:
        for _ in opened:
            progress.add(1)


def awaiting(access: dict[str, str], progress: Progress) -> None:
    """The same, awaited."""

    async def read() -> None:
        async with AsyncSpaaza(**access) as spaaza, spaaza.vouchers.stream_csv(CHAIN) as opened:
            async for _ in opened:
                progress.add(1)

    asyncio.run(read())


def in_arrow(access: dict[str, str], progress: Progress) -> None:
    """Arrow record batches."""
    with Spaaza(**access) as spaaza, spaaza.vouchers.stream_csv(CHAIN) as opened:
        for batch in opened.to_arrow_batches():
            progress.add(batch.num_rows)


WAYS = {way.__name__: way for way in (only_bytes, blocking, awaiting, in_arrow)}


def main(rows: int) -> None:
    """Read the same rows in every way."""
    command = [sys.executable, "-m", "loyalty_sdk.sandbox", "--switch", f"spaaza_csv_rows={rows}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox:
        try:
            access = json.dumps(_access(sandbox))
            for way in WAYS:
                subprocess.run([sys.executable, "-m", "tests.csv_rows", way, access], check=True)
        finally:
            sandbox.terminate()


def measure(way: str, access: dict[str, str]) -> None:
    """Read in one way, and print the figures."""
    progress, began = Progress(), time.perf_counter()
    WAYS[way](access, progress)
    seconds = time.perf_counter() - began
    print(
        f"{way}: {progress.rows} rows in {seconds:.1f} s, {progress.rows / seconds:.0f} rows/s; "
        f"peak memory {progress.early} MiB after {EARLY} rows, {_peak()} MiB at the end",
        flush=True,
    )


def _access(sandbox: subprocess.Popen[str]) -> dict[str, str]:
    """What the sandbox prints for a Spaaza client; the base URL comes last."""
    found: dict[str, str] = {}
    for line in sandbox.stdout or ():
        name, _, value = line.strip().removeprefix("export SPAAZA_").partition("=")
        if line.startswith("export SPAAZA_"):
            found[name.lower()] = value
        if "base_url" in found:
            break
    return found


def _peak() -> int:
    """The most memory that this process has held, in MiB.

    `ru_maxrss` would begin with what the process held that started this one.
    """
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    lines = dict(line.split(":", 1) for line in status)
    return int(lines["VmHWM"].split()[0]) // 1024


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in WAYS:
        measure(sys.argv[1], json.loads(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
