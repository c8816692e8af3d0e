"""Whole calls over loopback, from the arguments to the models: blocking and async."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from benchmarks import pages
from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.setting import Measure, Setting
from loyalty_sdk import AsyncVoucherify, Voucherify

CUSTOMER = "cust_synthetic"
AT_ONCE = 32
CALLS_EACH = 8

HTTPX, HTTPX_ASYNC = "httpx.Client.get", "httpx.AsyncClient.get"
WITH_AIOHTTP = f"{OURS}, aiohttp transport"


def _path(limit: int) -> str:
    return f"/v1/customers/{CUSTOMER}/redeemables?limit={limit}"


def bare_httpx(limit: int) -> Callable[[Setting], Measure]:
    """No SDK at all: the bytes are fetched and that is that."""

    def prepare(setting: Setting) -> Measure:
        client = setting.opened(httpx.Client(base_url=setting.server()))
        return setting.timed(lambda: client.get(_path(limit)).content)

    return prepare


def ours(limit: int) -> Callable[[Setting], Measure]:
    """The SDK: signed, sent, checked, decoded."""

    def prepare(setting: Setting) -> Measure:
        client = setting.opened(
            Voucherify(app_id="app", app_token="token", base_url=setting.server())
        )

        def call() -> object:
            return next(iter(client.customers.list_redeemables(CUSTOMER, limit=limit).pages()))

        return setting.timed(call)

    return prepare


def official(limit: int) -> Callable[[Setting], Measure]:
    """The vendor's own SDK, over urllib3."""

    def prepare(setting: Setting) -> Measure:
        import voucherify

        configuration = voucherify.Configuration(host=setting.server())
        configuration.api_key = {"X-App-Id": "app", "X-App-Token": "token"}
        customers = voucherify.CustomersApi(setting.opened(voucherify.ApiClient(configuration)))
        return setting.timed(lambda: customers.list_customer_redeemables(CUSTOMER, limit=limit))

    return prepare


SMALL_CALL = Row(
    name="small-call",
    what="one small call (2 KB), blocking, retries and decoding included",
    unit="µs",
    limit=HTTPX,
    contenders=(
        Contender(HTTPX, bare_httpx(1)),
        Contender(OURS, ours(1)),
        Contender("voucherify, the vendor's own", official(1), ("voucherify",)),
    ),
    targets=(Target(at_most=1.15, of=HTTPX, hoped=1.0),),
)

ROWS = (SMALL_CALL,)
