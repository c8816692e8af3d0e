"""Programs that are run in a fresh interpreter, and what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from benchmarks.setting import Measure, Setting

_TIMED = """
{before}
import time
began = time.perf_counter()
{work}
print(time.perf_counter() - began)
"""


def output(program: str) -> str:
    """What a program prints; modules are kept compiled, as they are where they are installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=kept)
    return done.stdout


def timed(work: str, before: str = "") -> Callable[[Setting], Measure]:
    """Measures the first time that some work is done in a process.

    Args:
        work: Statements, a line each.
        before: What comes first and does not count; nor does the interpreter's own start.
    """
    program = _TIMED.format(before=before, work=work)
    return lambda _: lambda: float(output(program))
