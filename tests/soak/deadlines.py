"""How long calls take that meet a slow server, and whether the client gets over it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

import attrs
from _core.servers import Connection, Server
from conftest import Colour

from loyalty_sdk import LoyaltyError, Retry
from loyalty_sdk.errors import RateLimited

from .setting import COLOURS, came, client_of, in_colour
from .slow import CASES, KEYS, Case, Slow
from .sockets import connections_to

DEADLINES = (1.0, 3.0)
TOLERANCE = 0.1
AT_ONCE = 8
STUBBORN = Retry(attempts=10_000, initial_wait=0.02)
UPLOAD = "x" * 16_000_000


@attrs.frozen(kw_only=True)
class Timed:
    """How a call went.

    Attributes:
        the_server: What the server did.
        colour: The colour of the client.
        deadline: What the call was given, in seconds.
        took: What it took.
        in_time: Whether that was right.
        error: The error that came, or what came instead.
        left_open: How many connections were left in the middle of an answer.
        usable_then: Whether the client could be used afterwards.
    """

    the_server: str
    colour: str
    deadline: float
    took: float
    in_time: bool
    error: str
    left_open: int
    usable_then: bool

    @property
    def right(self) -> bool:
        """Whether everything was as it should be."""
        return self.in_time and self.usable_then and not self.left_open


def measure_all(
    deadline: float, cases: Sequence[Case] = CASES, at_once: int = AT_ONCE
) -> Iterator[Timed]:
    """Every case in both colours, some at the same time; what was late is measured again, alone.

    That is no second chance for the client: what the machine does to it is not its fault, and what
    it does wrong it does again.
    """
    jobs = [(case, colour, deadline) for case in cases for colour in COLOURS]
    with ThreadPoolExecutor(at_once) as pool:
        outcomes = list(pool.map(lambda job: measure(*job), jobs))
    for job, outcome in zip(jobs, outcomes, strict=True):
        yield outcome if outcome.right else measure(*job)


def measure(case: Case, colour: str, deadline: float) -> Timed:
    """How one call goes."""
    with case.serve() as slow, in_colour(colour) as made:
        client = client_meeting(case, slow, made)
        with holding(case, client, made):
            began = time.monotonic()
            error = came(
                lambda: made(call(case.asks, client.with_options(deadline=deadline), made))
            )
            took = time.monotonic() - began
            left_open = settled(case, slow, made)
        usable = is_usable(case, slow, client, made)
    soonest = 0.0 if case.early else deadline * (1 - TOLERANCE)
    in_time = soonest <= took <= deadline * (1 + TOLERANCE)
    return Timed(
        the_server=case.name,
        colour=colour,
        deadline=deadline,
        took=took,
        in_time=in_time and isinstance(error, LoyaltyError),
        error=type(error).__name__,
        left_open=left_open,
        usable_then=usable,
    )


def client_meeting(case: Case, slow: Slow, colour: Colour) -> Any:
    """The client that meets a case: for a stream it is another vendor's."""
    options: dict[str, Any] = {"retry": STUBBORN, "timeout": None, **slow.options}
    if case.asks != "stream":
        return client_of("voucherify", colour, **options)
    for key in KEYS:
        del options[key]
    return client_of("spaaza", colour, token_id="id", token_secret="secret", **options)


@contextlib.contextmanager
def holding(case: Case, client: Any, colour: Colour) -> Generator[None]:
    """Another call of the client, where the case needs one that holds on to things."""
    if not case.held:
        yield
        return
    view = client.with_options(deadline=5, retry=Retry(attempts=1))

    def held() -> Any:
        return view.request("GET", "v1", "campaigns")

    if colour.is_async:

        async def begun() -> asyncio.Task[Any]:
            task = asyncio.ensure_future(held())
            await asyncio.sleep(0.1)
            return task

        other = colour(begun())
        yield
        other.cancel()
        colour(asyncio.wait([other]))
        return
    thread = threading.Thread(target=lambda: came(held))
    thread.start()
    time.sleep(0.1)
    yield
    thread.join()


def call(what: str, client: Any, colour: Colour) -> Any:
    """What is asked of a server: done by a blocking client, to be awaited of an async one."""
    match what:
        case "page":
            return client.customers.list_redeemables("c").collect(at_most=1)
        case "stream" | "rows":
            most = 1 if what == "stream" else None
            opened = client.vouchers.stream_csv(1)
            return colour.pick(_rows, _rows_async)(opened, most)
        case "upload":
            return client.request("POST", "v1", "import", json=UPLOAD)
        case _:
            return client.request("GET", "v1", "campaigns", repeatable=True)


def _rows(opened: Any, most: int | None) -> list[Any]:
    with opened as rows:
        return list(itertools.islice(rows, most))


async def _rows_async(opened: Any, most: int | None) -> list[Any]:
    async with opened as rows:
        found: list[Any] = []
        async for row in rows:
            found.append(row)
            if len(found) == most:
                break
        return found


def settled(case: Case, slow: Slow, colour: Colour) -> int:
    """How many connections are left in the middle of an answer.

    One is right where another call has it, or where it was answered to the end and is kept.
    """
    if colour.is_async:
        colour(asyncio.sleep(0.01))  # closing is done by the event loop
    return max(0, connections_to(slow.port) - (case.held or case.early))


def is_usable(case: Case, slow: Slow, client: Any, colour: Colour) -> bool:
    """Whether the client can be used again once the server has come to its senses."""
    if slow.heal is None:
        return True
    slow.heal()
    again = came(lambda: colour(call(case.asks, client.with_options(deadline=5), colour)))
    return not isinstance(again, LoyaltyError)


def _seconds(_: float) -> str:
    return "retry-after: 3600"


def _date(moment: float) -> str:
    return f"retry-after: {formatdate(moment, usegmt=True)}"


def _moment(moment: float) -> str:
    return f"x-rate-limit-retry: {int(moment)}"


STATED = {"Retry-After": _seconds, "Retry-After, a date": _date, "X-Rate-Limit-Retry": _moment}
"""Headers that ask to wait an hour."""


@attrs.frozen(kw_only=True)
class Told:
    """What came of a 429 that asks to wait longer than the deadline.

    Attributes:
        a_429_with: How the wait was stated.
        colour: The colour of the client.
        requests: How many requests were sent.
        took: Seconds that it took.
        wait_in_the_error: Seconds to wait, as the error says.
    """

    a_429_with: str
    colour: str
    requests: int
    took: float
    wait_in_the_error: float

    @property
    def right(self) -> bool:
        """Whether it failed at once, and said for how long to wait."""
        return self.requests == 1 and self.took < 1 and 3590 <= self.wait_in_the_error <= 3601


def stated(header: str, colour: str) -> Told:
    """Meet a 429 that asks to wait an hour, with a deadline of some seconds."""
    line = STATED[header](time.time() + 3600)

    def script(connection: Connection) -> None:
        while connection.request():
            connection.answer(b"{}", 429, line)

    with Server(script) as server, in_colour(colour) as made:
        options: dict[str, Any] = {"base_url": server.url, "deadline": 5, "retry": STUBBORN}
        client = client_of("voucherify", made, **options, **KEYS)
        began = time.monotonic()
        error = came(lambda: made(client.request("GET", "v1", "campaigns")))
        took = time.monotonic() - began
        requests = len(server.requests)
    wait = error.retry_after or 0.0 if isinstance(error, RateLimited) else 0.0
    return Told(
        a_429_with=header, colour=colour, requests=requests, took=took, wait_in_the_error=wait
    )
