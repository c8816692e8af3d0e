"""`python -m benchmarks [ROW ...]`: measure, print, and fail where a target is missed."""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
from collections.abc import Sequence

from benchmarks import report
from benchmarks.harness import Figures, Row, chosen, run
from benchmarks.setting import Setting, stay_on_core

MODULES = ("decode", "calls", "walks", "csv_rows", "imports", "clients")
ROUNDS = 11
FEWEST_ROUNDS = 7


def rows() -> list[Row]:
    """All rows, in the order in which they are measured."""
    modules = [importlib.import_module(f"benchmarks.{name}") for name in MODULES]
    return [row for module in modules for row in module.ROWS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows that are named, or all.

    Returns:
        What the process exits with: 1 where a target is missed.
    """
    options = _options(arguments)
    shuffling = random.Random(options.seed)
    stay_on_core(0)
    measured: list[Figures] = []
    for row in options.rows:
        with Setting(quick=options.quick) as setting:
            figures = run(row, setting, 1 if options.quick else options.rounds, shuffling)
        measured.append(figures)
        if not (options.json or options.markdown):
            print(report.table(figures), flush=True, end="\n\n")
    if options.json:
        print(json.dumps(report.as_json(measured), indent=2))
    if options.markdown:
        print(report.as_markdown(measured))
    missed = sorted({one.row.name for one in measured if one.missed()})
    if missed and not options.quick:
        print(f"behind: {', '.join(missed)}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known = rows()
    names = ", ".join(row.name for row in known)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"one of {names}; all by default")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many, 7 or more")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    parser.add_argument("--markdown", action="store_true", help="print the table of the docs")
    parser.add_argument("--seed", type=int, help="what the shuffling is made from")
    parser.add_argument(
        "--quick", action="store_true", help="only see whether everything runs; judge nothing"
    )
    options = parser.parse_args(arguments)
    if options.rounds < FEWEST_ROUNDS:
        parser.error(f"--rounds must be {FEWEST_ROUNDS} or more, or a median says little")
    try:
        options.rows = chosen(known, options.rows)
    except LookupError as unknown:
        parser.error(str(unknown.args[0]))
    return options


if __name__ == "__main__":
    sys.exit(main())
