"""Whole walks through a list whose vendor takes its time: one after the other, and ahead."""

from __future__ import annotations

import asyncio
import functools
import json
import math
import socket
import time
from collections.abc import AsyncIterable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.server import Reply
from benchmarks.setting import Measure, Setting

from benchmarks import pages
from loyalty_sdk import AsyncSpaaza, AsyncVoucherify, Spaaza, Voucherify
from loyalty_sdk.spaaza import PrivilegedToken

PAGES = 20
ITEMS = 100
LATENCY = 0.05
BUSY = 0.05

BOUND, SERIAL = "the bound, as reckoned", f"{OURS}, one after the other"
SOCKETS = "sockets, bytes only"
KEYS = {"app_id": "app", "app_token": "token"}
SERVER = "benchmarks.walks:answer"
TOKEN = PrivilegedToken("id", "secret")

Prepare = Callable[[Setting], Measure]


def answer(target: str) -> Reply:
    """What the server says: the pages of a list, each after a while.

    How many there are stands in the target: in the customer's id, or as the chain's.
    """
    url = urlsplit(target)
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    if "chain_id" in asked:
        return Reply(_counted(int(asked["chain_id"])), wait=LATENCY)
    count, page = int(url.path.split("/")[3]), int(asked.get("starting_after_id", "0"))
    return Reply(_led_on(page + 1, count), wait=LATENCY)


@functools.cache
def _led_on(page: int, count: int) -> bytes:
    """A page of Voucherify: it leads to the next."""
    body = json.loads(pages.redeemables(ITEMS))
    more = {"has_more": page < count, "more_starting_after": str(page), "total": count * ITEMS}
    return json.dumps({**body, **more}, separators=(",", ":")).encode()


@functools.cache
def _counted(count: int) -> bytes:
    """A page of Spaaza: it says how many vouchers there are."""
    body = json.loads(pages.vouchers(ITEMS))
    body["results"]["results_count_total"] = count * ITEMS
    return json.dumps(body, separators=(",", ":")).encode()


def read_ahead_bound(count: int) -> float:
    """The first page is waited for; after that the slower of vendor and consumer sets the pace."""
    return LATENCY + (count - 1) * max(LATENCY, BUSY) + BUSY


def at_once_bound(at_once: int) -> Callable[[int], float]:
    """The first page is asked for alone, the others in waves; the consumer takes no time."""
    return lambda count: LATENCY * (1 + math.ceil((count - 1) / at_once))


def bound(of: Callable[[int], float]) -> Prepare:
    """Not measured but reckoned: all else takes no time."""
    return lambda setting: lambda: of(setting.size(PAGES, 3))


class Sockets:
    """Fetches pages over plain sockets, several at once, and does not look at them."""

    def __init__(self, setting: Setting, at_once: int) -> None:
        host, _, port = setting.server(SERVER).removeprefix("http://").partition(":")
        address = (host, int(port))
        self._idle = [setting.opened(socket.create_connection(address)) for _ in range(at_once)]
        self._threads = setting.opened(ThreadPoolExecutor(at_once))

    def send(self, path: str) -> Future[None]:
        """Ask for a page."""
        return self._threads.submit(self.fetch, path)

    def fetch(self, path: str) -> None:
        """Ask for a page, and read to its last byte."""
        opened = self._idle.pop()
        opened.sendall(f"GET {path} HTTP/1.1\r\n\r\n".encode())
        head, _, body = opened.recv(65_536).partition(b"\r\n\r\n")
        left = int(head.rpartition(b":")[2]) - len(body)
        while left:
            left -= len(opened.recv(min(left, 65_536)))
        self._idle.append(opened)


def sockets_ahead(setting: Setting) -> Measure:
    """The next page is asked for when one is there: what the machine can do."""
    sockets, count = Sockets(setting, 1), setting.size(PAGES, 3)
    path = f"/v1/customers/{count}/redeemables?starting_after_id="

    def walk() -> None:
        coming = sockets.send(path + "0")
        for page in range(1, count + 1):
            coming.result()
            coming = sockets.send(f"{path}{page}") if page < count else coming
            time.sleep(BUSY)

    return setting.timed(walk)


def sockets_at_once(at_once: int) -> Prepare:
    """The first page, then as many at once as told: what the machine can do."""

    def prepare(setting: Setting) -> Measure:
        sockets, count = Sockets(setting, at_once), setting.size(PAGES, 3)
        path = f"/get-vouchers?chain_id={count}"

        def walk() -> None:
            sockets.fetch(path)
            for coming in [sockets.send(path) for _ in range(count - 1)]:
                coming.result()

        return setting.timed(walk)

    return prepare


def by_cursor(*, ahead: bool) -> Prepare:
    """Voucherify's redeemables, with work to do on each page."""

    def prepare(setting: Setting) -> Measure:
        server = setting.server(SERVER)
        client = setting.opened(Voucherify(**KEYS, base_url=server))
        held = client.customers.list_redeemables(setting.size(PAGES, 3), limit=ITEMS)

        def walk() -> None:
            if not ahead:
                _work(held.pages())
                return
            with held.read_ahead() as pager:
                _work(pager.pages())

        return setting.timed(walk)

    return prepare


def by_cursor_async(*, ahead: bool) -> Prepare:
    """The same, awaited."""

    def prepare(setting: Setting) -> Measure:
        server = setting.server(SERVER)
        client = setting.opened_async(AsyncVoucherify(**KEYS, base_url=server))
        held = client.customers.list_redeemables(setting.size(PAGES, 3), limit=ITEMS)

        async def walk() -> None:
            if not ahead:
                await _work_async(held.pages())
                return
            async with held.read_ahead() as pager:
                await _work_async(pager.pages())

        return setting.timed_async(walk)

    return prepare


def official(setting: Setting) -> Measure:
    """The vendor's own SDK has no pager: a loop by hand."""
    import voucherify

    host = setting.server(SERVER)
    client = setting.opened(voucherify.ApiClient(voucherify.Configuration(host=host)))
    customers, count = voucherify.CustomersApi(client), str(setting.size(PAGES, 3))

    def walk() -> None:
        cursor = None
        while True:
            page = customers.list_customer_redeemables(count, limit=ITEMS, starting_after_id=cursor)
            time.sleep(BUSY)
            if not page.has_more:
                return
            cursor = page.more_starting_after

    return setting.timed(walk)


def by_offset(at_once: int | None) -> Prepare:
    """Spaaza's vouchers, taken as fast as they come."""

    def prepare(setting: Setting) -> Measure:
        server = setting.server(SERVER)
        client = setting.opened(Spaaza(auth=TOKEN, base_url=server))
        vouchers = client.vouchers.list(setting.size(PAGES, 3), number_results=ITEMS)

        def walk() -> None:
            if at_once is None:
                _take(vouchers.pages())
                return
            with vouchers.concurrent(at_once) as pager:
                _take(pager.pages())

        return setting.timed(walk)

    return prepare


def by_offset_async(at_once: int | None) -> Prepare:
    """The same, awaited."""

    def prepare(setting: Setting) -> Measure:
        server = setting.server(SERVER)
        client = setting.opened_async(AsyncSpaaza(auth=TOKEN, base_url=server))
        vouchers = client.vouchers.list(setting.size(PAGES, 3), number_results=ITEMS)

        async def walk() -> None:
            if at_once is None:
                await _take_async(vouchers.pages())
                return
            async with vouchers.concurrent(at_once) as pager:
                await _take_async(pager.pages())

        return setting.timed_async(walk)

    return prepare


def _work(walked: Iterable[object]) -> None:
    for _ in walked:
        time.sleep(BUSY)


async def _work_async(walked: AsyncIterable[object]) -> None:
    async for _ in walked:
        await asyncio.sleep(BUSY)


def _take(walked: Iterable[Any]) -> None:
    assert sum(len(page.items) for page in walked) % ITEMS == 0


async def _take_async(walked: AsyncIterable[Any]) -> None:
    assert sum([len(page.items) async for page in walked]) % ITEMS == 0


def _cursor_walk(name: str, way: Callable[..., Prepare], *others: Contender) -> Row:
    return Row(
        name=name,
        what=f"{PAGES} pages by cursor, {LATENCY * 1e3:.0f} ms each, {BUSY * 1e3:.0f} ms of work",
        unit="ms",
        base=BOUND,
        contenders=(
            Contender(BOUND, bound(read_ahead_bound)),
            Contender(SOCKETS, sockets_ahead),
            Contender(OURS, way(ahead=True)),
            Contender(SERIAL, way(ahead=False)),
            *others,
        ),
        targets=(Target(at_most=1.1, of=BOUND, hoped=1.05),),
    )


def _offset_walk(name: str, way: Callable[..., Prepare], at_once: int, at_most: float) -> Row:
    return Row(
        name=name,
        what=f"{PAGES} pages by offset, {LATENCY * 1e3:.0f} ms each, {at_once} at once",
        unit="ms",
        base=BOUND,
        contenders=(
            Contender(BOUND, bound(at_once_bound(at_once))),
            Contender(SOCKETS, sockets_at_once(at_once)),
            Contender(OURS, way(at_once)),
            Contender(SERIAL, way(None)),
        ),
        targets=(Target(at_most=at_most, of=BOUND, hoped=1.1),),
    )


ROWS = (
    _cursor_walk(
        "cursor-walk",
        by_cursor,
        Contender("voucherify, the vendor's own", official, ("voucherify",)),
    ),
    _cursor_walk("cursor-walk-async", by_cursor_async),
    _offset_walk("offset-walk-4", by_offset, 4, 1.2),
    _offset_walk("offset-walk-8", by_offset, 8, 1.3),
    _offset_walk("offset-walk-4-async", by_offset_async, 4, 1.2),
    _offset_walk("offset-walk-8-async", by_offset_async, 8, 1.3),
)
