"""Faults on demand: what goes wrong between a client and a vendor, by plan.

Where to look:

- `plan`: what falls on which request, as a value; `injector`: which plans are in force.
- `kinds`: the table of all faults; `levels`: what each one acts upon.
- `wire`, `refusals`, `content`, `paging`, `state`: the faults themselves.
- `proxy`, `exchange`, `framing`: the small TCP proxy that brings them about.
"""

from __future__ import annotations

from .kinds import KINDS, table
from .occasion import Injected
from .plan import FaultKind, FaultPlan, Tuning, TuningOptions

__all__ = ["KINDS", "FaultKind", "FaultPlan", "Injected", "Tuning", "TuningOptions", "table"]
