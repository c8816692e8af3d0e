"""Whole calls over loopback, from the arguments to the models: blocking and async."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.setting import Measure, Setting
from loyalty_sdk import AsyncVoucherify, Voucherify
from loyalty_sdk.sandbox import VoucherifyArguments
from loyalty_sdk.voucherify import CustomerRedeemable

AT_ONCE = 32
CALLS_EACH = 4
CUSTOMER = "cust_synthetic"

HTTPX, HTTPX_ASYNC = "httpx.Client.get", "httpx.AsyncClient.get"
WITH_AIOHTTP = f'{OURS}, sockets="aiohttp"'

Prepare = Callable[[Setting], Measure]
Call = Callable[[], Awaitable[object]]


def _path(limit: int) -> str:
    return f"/v1/customers/{CUSTOMER}/redeemables?limit={limit}"


def _arguments(setting: Setting) -> VoucherifyArguments:
    return {"base_url": setting.server(), "app_id": "app", "app_token": "token"}


def plain_socket(limit: int) -> Prepare:
    """The physical limit: the same bytes out and in, and nobody looks at them."""

    def prepare(setting: Setting) -> Measure:
        host, _, port = setting.server().removeprefix("http://").partition(":")
        opened = setting.opened(socket.create_connection((host, int(port))))
        request = f"GET {_path(limit)} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()

        def call() -> None:
            opened.sendall(request)
            head, _, body = opened.recv(65_536).partition(b"\r\n\r\n")
            left = int(head.rpartition(b":")[2]) - len(body)
            while left:
                left -= len(opened.recv(left))

        return setting.timed(call)

    return prepare


def bare_httpx(limit: int) -> Prepare:
    """No SDK: the bytes are fetched, and that is that."""

    def prepare(setting: Setting) -> Measure:
        client = setting.opened(httpx.Client(base_url=setting.server()))
        return setting.timed(lambda: client.get(_path(limit)).content)

    return prepare


def bare_urllib3(limit: int) -> Prepare:
    """The same through urllib3, which the vendor's own SDK stands on."""

    def prepare(setting: Setting) -> Measure:
        import urllib3

        pool, url = urllib3.PoolManager(), setting.server() + _path(limit)
        return setting.timed(lambda: pool.request("GET", url).data)

    return prepare


def ours(limit: int) -> Prepare:
    """Signed, sent, checked and read into frozen models, which are walked over."""

    def prepare(setting: Setting) -> Measure:
        client = setting.opened(Voucherify(**_arguments(setting)))

        return setting.timed(lambda: list(client.customers.list_redeemables(CUSTOMER, limit=limit)))

    return prepare


def official(limit: int) -> Prepare:
    """The vendor's own SDK."""

    def prepare(setting: Setting) -> Measure:
        import voucherify

        configuration = voucherify.Configuration(host=setting.server())
        client = setting.opened(voucherify.ApiClient(configuration))
        client.set_default_header("X-App-Id", "app")
        client.set_default_header("X-App-Token", "token")
        customers = voucherify.CustomersApi(client)
        return setting.timed(lambda: customers.list_customer_redeemables(CUSTOMER, limit=limit))

    return prepare


def openai(limit: int) -> Prepare:
    """An SDK made by a generator, over httpx2."""

    def prepare(setting: Setting) -> Measure:
        import openai

        client = setting.opened(openai.OpenAI(api_key="key", base_url=setting.server()))
        page = openai_page()
        return setting.timed(lambda: client.get(_path(limit), cast_to=page))

    return prepare


def stripe(limit: int) -> Prepare:
    """An SDK written by hand, over requests."""

    def prepare(setting: Setting) -> Measure:
        import stripe

        client = stripe.StripeClient("key", base_addresses={"api": setting.server()})

        def call() -> object:
            return client.deserialize(client.raw_request("get", _path(limit)), api_mode="V1")

        return setting.timed(call)

    return prepare


def openai_page() -> Any:
    """The page as openai's kind of models."""
    import openai

    from benchmarks.likeness import page_like

    return page_like(CustomerRedeemable, openai.BaseModel)


def httpx_call(setting: Setting) -> Call:
    """An async call without an SDK."""
    client = setting.opened_async(httpx.AsyncClient(base_url=setting.server()))
    return lambda: client.get(_path(1))


def httpx_aiohttp_call(setting: Setting) -> Call:
    """The same with aiohttp below httpx."""
    import httpx_aiohttp

    client = httpx_aiohttp.HttpxAiohttpClient(base_url=setting.server())
    opened = setting.opened_async(client)
    return lambda: opened.get(_path(1))


def our_call(setting: Setting) -> Call:
    """An async call of the SDK."""
    return _redeemables(setting, AsyncVoucherify(**_arguments(setting)))


def our_call_with_aiohttp(setting: Setting) -> Call:
    """The same with aiohttp below it."""
    return _redeemables(setting, AsyncVoucherify(**_arguments(setting), sockets="aiohttp"))


def openai_call(setting: Setting) -> Call:
    """An async call of openai's SDK."""
    return _openai_call(setting, with_aiohttp=False)


def openai_call_with_aiohttp(setting: Setting) -> Call:
    """The same with the aiohttp client that comes with it."""
    return _openai_call(setting, with_aiohttp=True)


def one_at_a_time(made: Callable[[Setting], Call]) -> Prepare:
    """Each call after the one before."""
    return lambda setting: setting.timed_async(made(setting))


def at_once(made: Callable[[Setting], Call]) -> Prepare:
    """Many tasks that call and call again; the time of one call is given."""

    def prepare(setting: Setting) -> Measure:
        call, tasks = made(setting), setting.size(AT_ONCE, 2)

        async def several() -> None:
            for _ in range(CALLS_EACH):
                await call()

        async def everybody() -> None:
            await asyncio.gather(*(several() for _ in range(tasks)))

        return setting.timed_async(everybody, of=tasks * CALLS_EACH)

    return prepare


def _redeemables(setting: Setting, client: AsyncVoucherify) -> Call:
    opened = setting.opened_async(client)

    async def call() -> object:
        return [held async for held in opened.customers.list_redeemables(CUSTOMER, limit=1)]

    return call


def _openai_call(setting: Setting, *, with_aiohttp: bool) -> Call:
    import openai

    http_client = openai.DefaultAioHttpClient() if with_aiohttp else None
    client = openai.AsyncOpenAI(api_key="key", base_url=setting.server(), http_client=http_client)
    opened, page = setting.opened_async(client), openai_page()
    return lambda: opened.get(_path(1), cast_to=page)


def _blocking(limit: int) -> tuple[Contender, ...]:
    return (
        Contender("a socket", plain_socket(limit)),
        Contender(HTTPX, bare_httpx(limit)),
        Contender(OURS, ours(limit)),
        Contender("urllib3, no SDK", bare_urllib3(limit), ("urllib3",)),
        Contender("voucherify, the vendor's own", official(limit), ("voucherify",)),
        Contender("openai", openai(limit), ("openai",)),
        Contender("stripe", stripe(limit), ("stripe",)),
    )


def _async(way: Callable[[Callable[[Setting], Call]], Prepare]) -> tuple[Contender, ...]:
    aiohttp = ("httpx_aiohttp",)
    return (
        Contender(HTTPX_ASYNC, way(httpx_call)),
        Contender(OURS, way(our_call)),
        Contender(WITH_AIOHTTP, way(our_call_with_aiohttp), ("aiohttp",)),
        Contender("httpx, aiohttp transport", way(httpx_aiohttp_call), aiohttp),
        Contender("openai", way(openai_call), ("openai",)),
        Contender("openai, aiohttp client", way(openai_call_with_aiohttp), ("openai", *aiohttp)),
    )


ROWS = (
    Row(
        name="small-call",
        what="one small call (2 KB), blocking, retries and decoding included",
        unit="µs",
        base=HTTPX,
        contenders=_blocking(1),
        targets=(Target(at_most=1.15, of=HTTPX, hoped=1.0),),
    ),
    Row(
        name="page-call",
        what="a page of 100 redeemables, the whole call, blocking",
        unit="µs",
        base=HTTPX,
        contenders=_blocking(100),
        targets=(Target(at_most=3.7, of=HTTPX, hoped=2.5),),
    ),
    Row(
        name="async-call",
        what="one small call (2 KB), async, one at a time",
        unit="µs",
        base=HTTPX_ASYNC,
        contenders=_async(one_at_a_time),
        targets=(Target(at_most=1.25, of=HTTPX_ASYNC, hoped=1.1),),
    ),
    Row(
        name="async-at-once",
        what=f"{AT_ONCE} small calls at once, async; the time of one",
        unit="µs",
        base=HTTPX_ASYNC,
        contenders=_async(at_once),
        targets=(Target(at_most=0.4, of=HTTPX_ASYNC, ours=WITH_AIOHTTP, hoped=0.3),),
    ),
)
