"""A request that a fault may fall on, and one that a fault has fallen on."""

from __future__ import annotations

from random import Random

import attrs

from ..wire import Request
from .plan import Tuning


@attrs.frozen(kw_only=True)
class Asked:
    """One request, and which call it makes.

    Attributes:
        request: The request, the vendor's prefix in its path.
        vendor: The vendor's name; empty where the path names none.
        operation: The call, such as "spaaza.get-vouchers".
        trail: The cursors with which the same list was asked for before, the latest last.
    """

    request: Request
    vendor: str
    operation: str
    trail: tuple[str, ...] = ()

    def parameter(self, name: str) -> str | None:
        """The value of a query parameter."""
        return dict(self.request.query).get(name)


@attrs.frozen(kw_only=True)
class Occasion:
    """One request that a fault falls on, and what the fault draws from.

    Attributes:
        kind: Which fault it is, a `FaultKind`.
        asked: The request.
        number: Which of the requests that match the plan it is, the first being 1.
        tuning: How the fault is shaped.
        dice: Randomness from the plan's seed and the number.
        elsewhere: The address of another host.
    """

    kind: str
    asked: Asked
    number: int
    tuning: Tuning
    dice: Random
    elsewhere: str


@attrs.frozen(kw_only=True)
class Injected:
    """One fault that was brought about.

    Attributes:
        kind: Which one, a `FaultKind`.
        vendor: The vendor's name.
        operation: The call, such as "spaaza.get-vouchers".
        number: Which of the requests that match the plan it fell on, the first being 1.
        processed: Whether the vendor has received and processed the request.
        items: The identifiers of what was inserted or removed.
    """

    kind: str
    vendor: str
    operation: str
    number: int
    processed: bool
    items: tuple[str, ...] = ()
