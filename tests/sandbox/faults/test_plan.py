"""Fault plans as values: checked at once, and described in full."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import pytest

import loyalty_sdk.sandbox
from loyalty_sdk.sandbox import FaultKind, FaultPlan, Tuning, TuningOptions
from loyalty_sdk.sandbox.faults import KINDS, table
from loyalty_sdk.sandbox.faults.known import KNOWN
from loyalty_sdk.sandbox.faults.plan import OPERATIONS

ROOT = Path(loyalty_sdk.sandbox.__file__).parent
PAGE = ROOT.parent.parent / "docs" / "sandbox.md"


def test_every_fault_has_a_name_and_stands_in_the_table() -> None:
    """The names of the faults and their table are the same, in the same order."""
    assert tuple(KINDS) == get_args(FaultKind)


def test_the_documentation_has_the_whole_table() -> None:
    """The page on the sandbox shows the table of faults word for word."""
    assert table() in PAGE.read_text("utf-8")


def test_every_way_to_shape_faults_is_documented() -> None:
    """Each tuning can be given to a plan, and is described."""
    fields = {field.name: field.type for field in attrs.fields(attrs.resolve_types(Tuning))}
    assert get_type_hints(TuningOptions) == {
        name: next((one for one in get_args(kind) if one is not type(None)), kind)
        for name, kind in fields.items()
    }
    described = inspect.getdoc(Tuning) or ""
    assert all(f"\n    {name}: " in described for name in fields)


def test_the_calls_of_plans_are_those_of_the_vendors() -> None:
    """Each call that the vendors of the sandbox have can be named, and no other."""
    found = {
        f"{vendor}.{name}"
        for vendor, known in KNOWN.items()
        for path in (ROOT / vendor).glob("api.py")
        for name in (
            *re.findall(r'Operation\(\s*"([\w.-]+)"', path.read_text("utf-8")),
            *(route.name for route in getattr(known, "ROUTES", ())),
        )
    }
    assert set(OPERATIONS) == found


def test_equal_plans_are_equal() -> None:
    """A plan is a value."""
    assert FaultPlan("nan", at=2) == FaultPlan("nan", at=[2])
    assert FaultPlan("nan", at=2) != FaultPlan("nan", at=2, wait=3)
    assert hash(FaultPlan(rate=0.05)) == hash(FaultPlan(rate=0.05))


@pytest.mark.parametrize(
    ("kinds", "rules", "problem"),
    [
        (("hiccup",), {}, "hiccup"),
        ((), {"rate": 1.5}, "rate"),
        ((), {"rate": -0.1}, "rate"),
        ((), {"rate": 0.5, "at": 1}, "not both"),
        ((), {"at": (1, 0)}, "counts from 1"),
        ((), {"vendor": "stripe"}, "stripe"),
        ((), {"operation": "get-vouchers"}, r"spaaza\.get-vouchers"),
        ((), {"operation": "spaaza.login", "vendor": "voucherify"}, "no call of voucherify"),
        ((), {"stall": -1}, "stall"),
        ((), {"drip": float("inf")}, "drip"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    kinds: Any, rules: dict[str, Any], problem: str
) -> None:
    """A bad argument is a ValueError that says which one, at once."""
    with pytest.raises(ValueError, match=problem):
        FaultPlan(*kinds, **rules)
