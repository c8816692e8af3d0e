"""Occasions for faults that are tried without a server."""

from __future__ import annotations

from random import Random
from typing import Any

from loyalty_sdk.sandbox import Request, Tuning
from loyalty_sdk.sandbox.faults.occasion import Asked, Occasion


def occasion(
    target: str = "/nowhere",
    *,
    vendor: str = "voucherify",
    trail: tuple[str, ...] = (),
    seed: int = 0,
    headers: dict[str, str] | None = None,
    **tuning: Any,
) -> Occasion:
    """A request that a fault falls on."""
    request = Request.parse("GET", target, (headers or {}).items())
    asked = Asked(request=request, vendor=vendor, operation=f"{vendor}.call", trail=trail)
    return Occasion(
        kind="nan",
        asked=asked,
        number=1,
        tuning=Tuning(**tuning),
        dice=Random(seed),
        elsewhere="http://elsewhere.example.com",
    )
