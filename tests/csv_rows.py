"""Reads a long CSV from the sandbox and prints speed and memory: `python -m tests.csv_rows [ROWS]`.

The sandbox runs in a process of its own, so that the figures are the client's. Peak memory is given
after the first thousand rows and at the end: it must not have grown.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import time

from loyalty_sdk import AsyncSpaaza, Spaaza

ROWS = 2_000_000
CHAIN = 1743


def main(rows: int) -> None:
    """Read the same rows in both colours."""
    command = [sys.executable, "-m", "loyalty_sdk.sandbox", "--switch", f"spaaza_csv_rows={rows}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox:
        access = _access(sandbox)
        try:
            _report("blocking", _blocking(access))
            _report("async", asyncio.run(_awaiting(access)))
        finally:
            sandbox.terminate()


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


def _blocking(access: dict[str, str]) -> tuple[int, float, int]:
    count, began, early = 0, time.perf_counter(), 0
    with Spaaza(**access) as spaaza, spaaza.vouchers.stream_csv(CHAIN) as opened:
        for _ in opened:
            count += 1
            if count == 1000:
                early = _peak()
    return count, time.perf_counter() - began, early


async def _awaiting(access: dict[str, str]) -> tuple[int, float, int]:
    count, began, early = 0, time.perf_counter(), 0
    async with AsyncSpaaza(**access) as spaaza, spaaza.vouchers.stream_csv(CHAIN) as opened:
        async for _ in opened:
            count += 1
            if count == 1000:
                early = _peak()
    return count, time.perf_counter() - began, early


def _peak() -> int:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _report(colour: str, measured: tuple[int, float, int]) -> None:
    count, seconds, early = measured
    print(
        f"{colour}: {count} rows in {seconds:.1f} s, {count / seconds:.0f} rows/s; "
        f"peak memory {early} MiB after 1000 rows, {_peak()} MiB at the end"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
