"""Calls that are broken off by their own caller, and what must not be left behind.

Async: at every turn of the event loop, and while a server takes its time in each of the ways of
`slow`. Blocking: at every moment at which Python looks for signals, and a walk in a child process,
by real interrupts (`SIGINT`) at random moments.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
from _core.interrupts import interrupted_at
from _core.servers import Server
from conftest import Colour

from loyalty_sdk import LoyaltyError
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.sandbox import Sandbox

from .deadlines import call, client_meeting, holding, is_usable, settled
from .lists import LISTS
from .setting import came, client_of, in_colour
from .slow import Case, well
from .sockets import connections_to

CALLS = ("page", "rows")
ENOUGH = {"blocking": 1, "async": 10}
"""How often a call is to be over before its moment; turns of an event loop differ a little."""

_HELD_FOR = 0.15
_BETWEEN = 0.004
_CHILD = Path(__file__).with_name("interrupted_walk.py")


@attrs.frozen(kw_only=True)
class Broken:
    """What breaking off left behind.

    Attributes:
        broken_off: What, and where.
        times: How often it was not over yet.
        unusable: How often the client could not be used afterwards.
        lost: Items that a walk missed in the end.
        doubled: Items that a walk handed out twice.
        connections: How many connections were left beyond the one that is kept alive.
        tasks: How many tasks were left.
        threads: How many threads were left.
    """

    broken_off: str
    times: int
    unusable: int = 0
    lost: int = 0
    doubled: int = 0
    connections: int = 0
    tasks: int = 0
    threads: int = 0

    @property
    def right(self) -> bool:
        """Whether nothing was left behind."""
        left = (self.connections, self.tasks, self.threads)
        return not any((self.unusable, self.lost, self.doubled, *left))


def everywhere(colour: str, what: str, *, warm: bool, stride: int = 1) -> Broken:
    """Break something off at its first moment, then at its second, and so on until it is over.

    Args:
        colour: The colour of the client. Moments are turns of the event loop for an async one, for
            a blocking one the points at which Python looks for signals.
        what: A `page`, or the `rows` of a stream.
        warm: Whether the client has a token and a connection already.
        stride: How many moments later to break off each time; late turns are further apart, since
            most of them only wait for the server.
    """
    found: Counter[str] = Counter()
    moment = over = 0
    with Server(well) as server:
        while over < ENOUGH[colour]:
            with in_colour(colour) as made:
                client = _client(server, what, made)
                if warm:
                    made(call(what, client, made))
                done = _is_done_before(moment, client, what, made)
                found["times"] += not done
                found["tasks"] += _tasks(made)
                found["connections"] += max(0, connections_to(server.port) - 1)
                found["unusable"] += not _is_usable(client, what, made)
            found["connections"] += connections_to(server.port)
            over = over + 1 if done else 0
            moment += stride + (moment // 8 if colour == "async" else 0)
    where = "turn" if colour == "async" else "moment"
    about = f"{colour}: {what}, at every {where}, {'warm' if warm else 'cold'}"
    return Broken(broken_off=about, **found)


def _client(server: Server, what: str, colour: Colour) -> Any:
    options: dict[str, Any] = {"base_url": server.url, "max_connections": 1, "deadline": 5}
    if what == "rows":
        return client_of("spaaza", colour, token_id="id", token_secret="secret", **options)
    auth = ClientCredentials(f"{server.url}/token", "id", "secret", style="app_headers")
    return client_of("voucherify", colour, auth=auth, **options)


def _is_done_before(moment: int, client: Any, what: str, colour: Colour) -> bool:
    """Whether a call is over before the moment at which it is broken off."""
    if not colour.is_async:
        return not interrupted_at(moment + 1, lambda: call(what, client, colour))

    async def cancelled() -> bool:
        task = asyncio.ensure_future(call(what, client, colour))
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return not task.cancelled()

    return bool(colour(cancelled()))


def _tasks(colour: Colour) -> int:
    """How many tasks are left on the event loop."""

    async def others() -> int:
        return len(asyncio.all_tasks()) - 1

    return int(colour(others())) if colour.is_async else 0


def _is_usable(client: Any, what: str, colour: Colour) -> bool:
    return not isinstance(came(lambda: colour(call(what, client, colour))), LoyaltyError)


def while_slow(case: Case) -> Broken:
    """Cancel a call while a server takes its time, and go on with a server that does not."""
    with case.serve() as slow, in_colour("async") as made:
        client = client_meeting(case, slow, made)
        with holding(case, client, made):
            before = _tasks(made)

            async def cancelled() -> bool:
                patient = client.with_options(deadline=20)
                task = asyncio.ensure_future(call(case.asks, patient, made))
                await asyncio.sleep(_HELD_FOR)
                task.cancel()
                await asyncio.wait([task])
                return task.cancelled()

            times = int(made(cancelled()))
            connections = settled(case, slow, made)
            tasks = _tasks(made) - before
        usable = is_usable(case, slow, client, made)
    return Broken(
        broken_off=f"async: {case}",
        times=times,
        unusable=int(not usable),
        connections=connections,
        tasks=tasks,
    )


def interrupted_walk(items: int, interrupts: int, *, seed: int = 1) -> Broken:
    """Interrupt a blocking walk in a child process at random moments; it goes on each time.

    Args:
        items: How many items there are to walk.
        interrupts: How often to interrupt it, at the most.
        seed: What the moments are drawn from.
    """
    with Sandbox() as sandbox:
        redeemables = next(one for one in LISTS if one.vendor == "voucherify")
        redeemables.fill(sandbox, items)
        held = set(redeemables.there(sandbox))
        customer = sandbox.member.voucherify_customer_id
        command = [sys.executable, str(_CHILD), *sandbox.voucherify.values(), customer]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            dice = random.Random(seed)
            for _ in range(interrupts):
                time.sleep(dice.expovariate(1 / _BETWEEN))
                if child.poll() is not None:
                    break
                child.send_signal(signal.SIGINT)
            told = json.loads(child.stdout.read() or "{}")
    items_came = Counter(told.get("items", []))
    return Broken(
        broken_off="blocking: a walk, by SIGINT",
        times=told.get("interrupts", 0),
        unusable=len(told.get("unusable", ["it died"])),
        lost=len(held - set(items_came)),
        doubled=items_came.total() - len(items_came),
        connections=told.get("connections", 0),
        threads=told.get("threads", 0),
    )
