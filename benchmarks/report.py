"""What was measured, as a table for people, for the documents, and as JSON for machines."""

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
        ratio = _ratio(figures, one.name)
        lines.append(f"  {one.name:{width}}  {_figure(figures, one.name):>14}  {ratio:>6}")
    return "\n".join([*lines, *(f"  {_verdict(figures, target)}" for target in row.targets)])


def as_markdown(measured: list[Figures]) -> str:
    """All rows as the table of `docs/performance.md`."""
    lines = ["| row | 1.00 is | times that | asked: came |", "|---|---|---|---|"]
    for figures in measured:
        row = figures.row
        cells = (
            f"`{row.name}`: {row.what}",
            f"{row.base}, {_figure(figures, row.base)}" if figures.has(row.base) else row.base,
            "<br>".join(
                f"{one.name} {_ratio(figures, one.name)}"
                for one in row.contenders
                if one.name != row.base and figures.has(one.name)
            ),
            "<br>".join(_briefly(figures, target) for target in row.targets),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


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
        f"{figure:,.0f} {figures.row.unit}" if figure >= 100 else f"{figure:.3g} {figures.row.unit}"
    )


def _ratio(figures: Figures, name: str) -> str:
    relative = figures.relative(name)
    return "?" if relative is None else f"{relative:.2f}"


def _verdict(figures: Figures, target: Target) -> str:
    """One target in words: what was asked, what came, and whether that will do."""
    asked, came = _asked(figures, target), figures.measured(target)
    if came is None:
        return f"- {target.ours} at most {asked}: not compared"
    said = "reached" if figures.is_reached(target) else "MISSED"
    hoped = "" if target.hoped is None else f", look for {target.hoped:g}"
    return f"- {target.ours} at most {asked}{hoped}: {came:.3g}, {said}"


def _briefly(figures: Figures, target: Target) -> str:
    """The same for a cell; a miss stands out."""
    came = figures.measured(target)
    outcome = "not compared" if came is None else f"{came:.2f}"
    outcome = outcome if figures.is_reached(target) else f"**{outcome}**"
    return f"{target.ours}: {_asked(figures, target)}: {outcome}"


def _asked(figures: Figures, target: Target) -> str:
    if target.difference:
        return f"{target.at_most:.3g} {figures.row.unit} more than {target.of}"
    return f"{target.at_most:.3g} x {target.of}"


def _row(figures: Figures) -> dict[str, Any]:
    row = figures.row
    contenders: dict[str, Any] = {
        one.name: {
            "median": figures.median(one.name),
            "ratio": figures.relative(one.name),
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
