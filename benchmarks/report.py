"""What was measured, as a table for people and as JSON for machines."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import Any

from benchmarks.harness import Figures, Target

PACKAGES = ("attrs", "cattrs", "msgspec", "httpx", "httpcore")


def table(figures: Figures) -> str:
    """A row as a table: every contender, then every target."""
    row = figures.row
    width = max(len(one.name) for one in row.contenders)
    lines = [f"{row.name}: {row.what}"]
    for one in row.contenders:
        if not figures.has(one.name):
            lines.append(f"  {one.name:{width}}  {'not installed':>14}")
            continue
        ratio = figures.ratio(one.name, row.base)
        lines.append(f"  {one.name:{width}}  {_figure(figures, one.name)}  {ratio:7.2f}")
    return "\n".join([*lines, *(f"  {_verdict(figures, target)}" for target in row.targets)])


def as_json(measured: list[Figures]) -> dict[str, Any]:
    """All rows, each with its contenders and targets."""
    return {"machine": machine(), "rows": [_row(figures) for figures in measured]}


def machine() -> dict[str, str]:
    """What it was measured on."""
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), "processor": platform.machine(), **versions}


def _figure(figures: Figures, name: str) -> str:
    figure = figures.median(name)
    return (
        f"{figure:10,.0f} {figures.row.unit:3}"
        if figure >= 100
        else f"{figure:10.3g} {figures.row.unit:3}"
    )


def _verdict(figures: Figures, target: Target) -> str:
    """One target in words: what was asked, what came, and whether that will do."""
    asked, came = _shown(figures, target, target.at_most), figures.measured(target)
    if came is None:
        return f"- {target.ours} at most {asked}: not compared"
    said = "reached" if figures.is_reached(target) else "MISSED"
    hoped = "" if target.hoped is None else f", look for {target.hoped:g}"
    return f"- {target.ours} at most {asked}{hoped}: {came:.3g}, {said}"


def _shown(figures: Figures, target: Target, bound: float) -> str:
    if target.difference:
        return f"{bound:.3g} {figures.row.unit} more than {target.of}"
    return f"{bound:.3g} x {target.of}"


def _row(figures: Figures) -> dict[str, Any]:
    row = figures.row
    contenders: dict[str, Any] = {
        one.name: {
            "median": figures.median(one.name),
            "ratio": figures.ratio(one.name, row.base),
            "rounds": [figure[one.name] for figure in figures.rounds],
        }
        for one in row.contenders
        if figures.has(one.name)
    }
    return {
        "name": row.name,
        "what": row.what,
        "unit": row.unit,
        "base": row.base,
        "contenders": contenders,
        "not_installed": [one.name for one in row.contenders if one.name not in contenders],
        "targets": [
            {
                "ours": target.ours,
                "of": target.of,
                "at_most": target.at_most,
                "hoped": target.hoped,
                "difference": target.difference,
                "measured": figures.measured(target),
                "reached": figures.is_reached(target),
            }
            for target in row.targets
        ],
    }
