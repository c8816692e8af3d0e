"""The plans in force: which request meets which fault, and what was brought about so far."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from threading import Lock

import attrs

from ..record import Record
from ..synthetic import dice
from ..wire import Request
from .kinds import KINDS, Kind
from .levels import Fault
from .occasion import Asked, Injected, Occasion
from .paging import CURSOR
from .plan import FaultKind, FaultPlan

KEPT = 100_000
LISTS_KEPT = 1_000
CURSORS_KEPT = 3

Name = Callable[[Request], tuple[str, str]]


@attrs.frozen
class Chosen:
    """A fault that falls on a request."""

    fault: Fault
    occasion: Occasion


class RunningPlan:
    """A plan, and how many of the requests that match it there were.

    Raises:
        ValueError: None of its faults fits the requests that it is for.
    """

    def __init__(self, plan: FaultPlan) -> None:
        self.plan = plan
        self._matched = 0
        names = plan.kinds or tuple(name for name, kind in KINDS.items() if kind.noticeable)
        self._kinds: tuple[tuple[FaultKind, Kind], ...] = tuple(
            (name, KINDS[name]) for name in names
        )
        if not any(kind.may_fit(plan.vendor, plan.operation) for _, kind in self._kinds):
            raise ValueError(f"no fault of the plan fits {plan.operation or plan.vendor}")

    def draw(self, asked: Asked, elsewhere: str) -> Chosen | None:
        """Count a request if it matches, and say what falls on it."""
        fitting = self._fitting(asked)
        if not fitting:
            return None
        self._matched += 1
        plan, number = self.plan, self._matched
        source = dice(plan.seed, "fault", number)
        falls = number in plan.at if plan.at else source.random() < plan.rate
        if not falls:
            return None
        name, kind = source.choice(fitting)
        occasion = Occasion(
            kind=name,
            asked=asked,
            number=number,
            tuning=plan.tuning,
            dice=source,
            elsewhere=elsewhere,
        )
        return Chosen(kind.fault, occasion)

    def _fitting(self, asked: Asked) -> list[tuple[FaultKind, Kind]]:
        plan = self.plan
        matches = (
            asked.vendor
            and (plan.vendor is None or plan.vendor == asked.vendor)
            and plan.operation in (None, asked.operation)
            and plan.method in (None, asked.request.method)
        )
        return [(name, kind) for name, kind in self._kinds if matches and kind.fits(asked)]


def running(plans: FaultPlan | Iterable[FaultPlan]) -> tuple[RunningPlan, ...]:
    """One or several plans, ready to run.

    Raises:
        ValueError: None of the faults of a plan fits the requests that it is for.
    """
    given = (plans,) if isinstance(plans, FaultPlan) else plans
    return tuple(RunningPlan(plan) for plan in given)


class Injector:
    """Decides, and remembers. Thread-safe."""

    def __init__(self, name: Name, record: Record) -> None:
        """Have no plan yet.

        Args:
            name: Gives the vendor and the call of a request.
            record: Where requests are written down that no vendor gets.
        """
        self._name = name
        self._record = record
        self._lock = Lock()
        self._running: tuple[RunningPlan, ...] = ()
        self._injected: deque[Injected] = deque(maxlen=KEPT)
        self._strayed: deque[Request] = deque(maxlen=KEPT)
        self._trails: OrderedDict[str, deque[str]] = OrderedDict()

    @property
    def running(self) -> tuple[RunningPlan, ...]:
        """The plans in force, the first one first."""
        return self._running

    def run(self, running: Iterable[RunningPlan]) -> None:
        """Put plans into force in place of those before."""
        with self._lock:
            self._running = tuple(running)

    @property
    def injected(self) -> tuple[Injected, ...]:
        """What was brought about, oldest first."""
        with self._lock:
            return tuple(self._injected)

    @property
    def strayed(self) -> tuple[Request, ...]:
        """The requests that reached the other host, oldest first."""
        with self._lock:
            return tuple(self._strayed)

    def forget(self) -> None:
        """Forget what was brought about."""
        with self._lock:
            self._injected.clear()
            self._strayed.clear()

    def choose(self, request: Request, elsewhere: str) -> Chosen | None:
        """What falls on a request; all plans count it, and the first one that acts is it."""
        vendor, operation = self._name(request)
        with self._lock:
            trail = self._trail(request)
            asked = Asked(request=request, vendor=vendor, operation=operation, trail=trail)
            drawn = [plan.draw(asked, elsewhere) for plan in self._running]
        return next((chosen for chosen in drawn if chosen is not None), None)

    def refused(self, occasion: Occasion, status: int) -> None:
        """Write down a request that no vendor gets, and the status that is answered, or 0."""
        asked = occasion.asked
        self._record.add_refused(asked.vendor, asked.operation, asked.request, status)

    def brought_about(
        self, occasion: Occasion, *, processed: bool, items: tuple[str, ...] = ()
    ) -> None:
        """Write down a fault that was brought about."""
        injected = Injected(
            kind=occasion.kind,
            vendor=occasion.asked.vendor,
            operation=occasion.asked.operation,
            number=occasion.number,
            processed=processed,
            items=items,
        )
        with self._lock:
            self._injected.append(injected)

    def strayed_one(self, request: Request) -> None:
        """Write down a request that reached the other host."""
        with self._lock:
            self._strayed.append(request)

    def _trail(self, request: Request) -> tuple[str, ...]:
        """The cursors with which a list was asked for before; a call without one begins anew."""
        cursor, place = dict(request.query).get(CURSOR), request.target.partition("?")[0]
        if cursor is None:
            self._trails.pop(place, None)
            return ()
        trail = self._trails.setdefault(place, deque(maxlen=CURSORS_KEPT))
        if len(self._trails) > LISTS_KEPT:
            self._trails.popitem(last=False)
        earlier = tuple(one for one in trail if one != cursor)
        if not trail or trail[-1] != cursor:
            trail.append(cursor)
        return earlier
