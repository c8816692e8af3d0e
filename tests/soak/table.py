"""Tables in Markdown, so that what was measured can be put into a document as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TypeVar

import attrs

T = TypeVar("T", bound=attrs.AttrsInstance)


@attrs.define
class Tally:
    """What became of the calls that met one fault."""

    fault: str
    tried: int = 0
    survived: int = 0
    told_by_an_error: int = 0
    lost: int = 0
    doubled: int = 0


class Tallies:
    """A tally for each fault."""

    def __init__(self) -> None:
        self._by_fault: defaultdict[str, Tally] = defaultdict(lambda: Tally(""))

    def add(self, faults: Counter[str], told: Counter[str], lost: int, doubled: int) -> None:
        """Add what one run brought about; what it lost goes to all of its faults."""
        for fault, times in faults.items():
            tally = self._by_fault[fault]
            tally.fault = fault
            tally.tried += times
            tally.told_by_an_error += told[fault]
            tally.survived = max(0, tally.tried - tally.told_by_an_error)
            tally.lost += lost
            tally.doubled += doubled

    def show(self, title: str) -> None:
        """Print them all, and their sum."""
        rows = sorted(self._by_fault.values(), key=lambda tally: tally.fault)
        total = Tally("all")
        for name in ("tried", "survived", "told_by_an_error", "lost", "doubled"):
            setattr(total, name, sum(getattr(row, name) for row in rows))
        show(title, [*rows, total])


def show(title: str, rows: Iterable[T]) -> list[T]:
    """Print outcomes, whose classes say what there is to see, as a table, and as they come."""
    shown: list[T] = []
    for row in rows:
        names = [field.name for field in attrs.fields(type(row))]
        if not shown:
            print(f"\n### {title}\n\n{_line(name.replace('_', ' ') for name in names)}")
            print(_line("---" for _ in names))
        print(_line(_text(getattr(row, name)) for name in names), flush=True)
        shown.append(row)
    return shown


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(value: object) -> str:
    match value:
        case Counter():
            return str(value.total())
        case float():
            return f"{value:.2f}"
        case bool():
            return "yes" if value else "NO"
        case tuple():
            return " → ".join(_text(one) for one in value)
        case _:
            return str(value)
