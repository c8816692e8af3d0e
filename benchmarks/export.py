"""`python -m benchmarks.export [ROWS] [FORMAT]`: exports a long list of vouchers; speed and memory.

The sandbox runs in a process of its own: the figures are the export's alone. Peak memory is given
when the second part is begun, and at the end: it must not have grown much.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from loyalty_sdk import Spaaza
from loyalty_sdk.export import export, join
from loyalty_sdk.export.job import Job, Step

ROWS = 1_000_000
CHAIN = 1743
EARLY = 200_000


def main(rows: int = ROWS, format: str = "parquet") -> None:
    """Export so many vouchers, and print the figures."""
    command = [sys.executable, "-m", "loyalty_sdk.sandbox", "--switch", f"spaaza_csv_rows={rows}"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox,
    ):
        try:
            measure(_access(sandbox), Path(folder, f"vouchers.{format}"), rows)
        finally:
            sandbox.terminate()


def measure(access: dict[str, Any], path: Path, rows: int) -> None:
    """Export, join, and print the figures."""
    early = _watched(min(EARLY, rows))
    began = time.perf_counter()
    with Spaaza(**access) as spaaza:
        done = export(spaaza.vouchers.stream_csv(CHAIN), path)
    seconds = time.perf_counter() - began
    print(
        f"{done.rows} rows in {len(done.parts)} parts in {seconds:.1f} s, "
        f"{done.rows / seconds:.0f} rows/s; "
        f"peak memory {early[0]} MiB after {min(EARLY, rows)} rows, {_peak()} MiB at the end"
    )
    joined = join(path, path.with_name(f"all{path.suffix}"))
    print(f"joined: {joined.stat().st_size / 2**20:.0f} MiB; peak memory {_peak()} MiB")


def _watched(after: int) -> list[int]:
    """A list that has the peak memory once so many rows were added."""
    early: list[int] = []
    add, seen = Job.add, 0

    def adding(self: Job, step: Step, about: Any = None) -> None:
        nonlocal seen
        add(self, step, about)
        seen += len(step.rows)
        if not early and seen >= after:
            early.append(_peak())

    Job.add = adding  # type: ignore[method-assign]
    return early


def _access(sandbox: subprocess.Popen[str]) -> dict[str, Any]:
    """What the sandbox prints for a Spaaza client; the base URL comes last."""
    found: dict[str, Any] = {}
    for line in sandbox.stdout or ():
        name, _, value = line.strip().removeprefix("export SPAAZA_").partition("=")
        if line.startswith("export SPAAZA_"):
            found[name.lower()] = value
        if "base_url" in found:
            break
    return found


def _peak() -> int:
    """The most memory that this process has held, in MiB."""
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    lines = dict(line.split(":", 1) for line in status)
    return int(lines["VmHWM"].split()[0]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS, *sys.argv[2:3])
