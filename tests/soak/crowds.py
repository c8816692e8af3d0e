"""Many writes at once through one client, while answers are faulty: how often each was sent."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import attrs

from loyalty_sdk import APIError
from loyalty_sdk.sandbox import FaultKind, FaultPlan, Sandbox

from .setting import SHAPE, client_for, in_colour
from .writes import is_refused

AT_ONCE = 20
QUICK: tuple[FaultKind, ...] = (
    "reset_before_processing",
    "reset_before_answer",
    "reset_in_body",
    "closed_in_body",
    "gateway",
    "gateway_after",
    "server_error",
    "server_error_after",
    "unavailable",
    "too_many_requests",
    "truncated_json",
    "invalid_utf8",
)


@attrs.frozen(kw_only=True)
class Crowd:
    """What became of many writes at once, while many answers were faulty.

    Attributes:
        vendor: The vendor.
        colour: The colour of the client.
        made: How many writes.
        faults: How many faults of each kind were brought about.
        told_by_an_error: How many writes ended with an error.
        lost: How many were told to be done, and never arrived.
        doubled: How many were sent more than once although they may have arrived.
    """

    vendor: str
    colour: str
    made: int
    faults: Counter[str]
    told_by_an_error: int
    lost: int
    doubled: int

    @property
    def right(self) -> bool:
        """Whether each was sent once at the most, and none was lost."""
        return not (self.lost or self.doubled)


def crowd(vendor: str, colour: str, count: int, *, rate: float = 0.2, seed: int = 1) -> Crowd:
    """Make many writes at once through one client, each with a number of its own in its path."""
    numbers = itertools.count(1)

    with Sandbox() as sandbox, in_colour(colour) as made:
        plan = FaultPlan(*QUICK, seed=seed, rate=rate, vendor=vendor, method="POST", **SHAPE)
        sandbox.faults = plan
        client = client_for(vendor, sandbox, made)
        done: set[int] = set()

        def write() -> Any:
            number = next(numbers)
            given = client.request("POST", "v1", "things", number, json={"a": 1})
            return _noted(number, given, done) if made.is_async else done.add(number)

        for _ in range(count // AT_ONCE):
            for failed in made.together(AT_ONCE, write):
                if isinstance(failed, APIError) and failed.status == 404:  # there is no such thing
                    done.add(int(str(failed.request.url).rpartition("/")[2]))
        sent: Counter[int] = Counter()
        processed: set[int] = set()
        for one in sandbox.requests:
            name = one.target.rpartition("/")[2]
            if name.isdecimal() and not is_refused(one):
                sent[int(name)] += 1
                processed |= {int(name)} if one.processed else set()
        return Crowd(
            vendor=vendor,
            colour=colour,
            made=count,
            faults=Counter(fault.kind for fault in sandbox.injected),
            told_by_an_error=count - len(done),
            lost=len(done - processed),
            doubled=sum(times > 1 for times in sent.values()),
        )


async def _noted(number: int, given: Any, done: set[int]) -> None:
    await given
    done.add(number)
