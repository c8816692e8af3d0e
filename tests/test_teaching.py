"""The errors that a newcomer meets say what happened, with which call, and what to do."""

from __future__ import annotations

import asyncio
import warnings
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import httpx
import pytest

from loyalty_sdk import (
    AsyncVoucherify,
    Cardlytics,
    ESLoyalty,
    Retry,
    Spaaza,
    Voucherify,
)
from loyalty_sdk.cardlytics.v2 import CardlyticsPublisher
from loyalty_sdk.errors import (
    ClientClosed,
    InvalidArgument,
    MissingCredentials,
    NotFound,
    NotSent,
    Unauthorized,
    WrongEventLoop,
)
from loyalty_sdk.es_loyalty import SessionNotFound
from loyalty_sdk.testing import InProcessSandbox

KEYS = {"app_id": "synthetic-app-id", "app_token": "synthetic-app-token"}
NAIVE = datetime(2024, 5, 1)


def _refuse(request):
    raise httpx.ConnectError("Name or service not known")


def _page_of_a_gateway(request):
    return httpx.Response(404, text="<html>")


def _answering(answer, **more):
    return Voucherify(
        **KEYS, transport=httpx.MockTransport(answer), retry=Retry(attempts=1), **more
    )


@pytest.fixture(name="here")
def _here():
    """Clients of a sandbox, blocking and async."""
    clock = SimpleNamespace(now=datetime.now(timezone.utc))
    sandbox = InProcessSandbox(now=lambda: clock.now)
    via = {"transport": sandbox.transport}
    return SimpleNamespace(
        clock=clock,
        sandbox=sandbox,
        via=via,
        voucherify=Voucherify(**sandbox.voucherify, **via),
        asynchronous=AsyncVoucherify(**sandbox.voucherify, **via),
        spaaza=Spaaza(**sandbox.spaaza, **via),
        es_loyalty=ESLoyalty(**sandbox.es_loyalty, **via),
    )


def _closed(here):
    here.voucherify.close()
    here.voucherify.customers.get("cust_1")


def _wrong_keys(here):
    arguments = here.sandbox.voucherify | KEYS
    Voucherify(**arguments, **here.via).customers.get("cust_1")


def _expired_passcode(here):
    asked = here.spaaza.sessions.login(**here.sandbox.spaaza_admin_2fa)
    passcode = here.sandbox.passcode_for(here.sandbox.spaaza_admin_2fa["username"])
    here.clock.now += timedelta(hours=1)
    here.spaaza.sessions.verify(passcode, asked.passcode_key)


def _two_loops(here):
    for _ in range(2):
        asyncio.run(here.asynchronous.customers.list().first())


async def _enter(client):
    async with client:
        pass


async def _walk(pager):
    async for _ in pager:
        pass


async def _wait(given):
    await given


TEACHING = {
    "no credentials": (
        lambda here: Voucherify(),
        MissingCredentials,
        "Voucherify needs app_id: pass app_id=... or set VOUCHERIFY_APP_ID in the environment",
    ),
    "half of them": (
        lambda here: Spaaza(token_id="synthetic"),
        MissingCredentials,
        "Spaaza needs token_secret: pass token_secret=... or set SPAAZA_TOKEN_SECRET",
    ),
    "no token and no client": (
        lambda here: ESLoyalty("https://es.example.com"),
        MissingCredentials,
        "ESLoyalty (with no token and no ES_LOYALTY_TOKEN) needs token_url: pass token_url=... or",
    ),
    "no address": (
        lambda here: Cardlytics(),
        MissingCredentials,
        "Cardlytics needs base_url: pass base_url=... or set CARDLYTICS_BASE_URL in the",
    ),
    "no address of version 2": (
        lambda here: CardlyticsPublisher(),
        MissingCredentials,
        "CardlyticsPublisher needs base_url: pass base_url=... or set CARDLYTICS_V2_BASE_URL",
    ),
    "an unknown region": (
        lambda here: Voucherify(**KEYS, region="eu99"),
        InvalidArgument,
        "region: must be one of eu, us, as",
    ),
    "keys of another region": (
        _wrong_keys,
        Unauthorized,
        "voucherify.customers.get: 401 unauthorized: Unauthorized - are the credentials right, not"
        " run out, and of the account and region at sandbox.invalid?",
    ),
    "an address without https": (
        lambda here: Voucherify(**KEYS, base_url="api.voucherify.io"),
        InvalidArgument,
        "base_url: must be an absolute URL that begins with https://",
    ),
    "another server": (
        lambda here: _answering(_page_of_a_gateway).customers.get("cust_1"),
        NotFound,
        "voucherify.customers.get: 404: HTTP 404 with a body that is no error object",
    ),
    "no server": (
        lambda here: _answering(_refuse).customers.get("cust_1"),
        NotSent,
        "voucherify.customers.get: ConnectError: Name or service not known (at api.voucherify.io)"
        " - nothing was sent: is the address right, and the network or the proxy up?",
    ),
    "plain http": (
        lambda here: Voucherify(**KEYS, base_url="http://api.example.com"),
        InvalidArgument,
        "base_url: must be https: plain http would show the credentials to everyone on the way"
        " (allow_http=True sends them all the same)",
    ),
    "no id": (
        lambda here: here.voucherify.customers.get(None),
        InvalidArgument,
        "voucherify.customers.get: customer_id: must be text or a number, not NoneType",
    ),
    "a name for a number": (
        lambda here: here.spaaza.vouchers.list("acme").first(),
        InvalidArgument,
        "spaaza.vouchers.list: chain_id: must be a whole number, 1 or more",
    ),
    "an unknown kind of id": (
        lambda here: here.es_loyalty.sessions.start("ada", identifier_type="MAIL"),
        InvalidArgument,
        "es_loyalty.sessions.start: identifier_type: must be one of ACCOUNT_ID, LOYALTY_ID,",
    ),
    "a naive datetime": (
        lambda here: here.voucherify.vouchers.list(created_at={"after": NAIVE}).first(),
        InvalidArgument,
        "voucherify.vouchers.list: created_at[after]: must be a datetime with a time zone:"
        " datetime(..., tzinfo=timezone.utc)",
    ),
    "no session": (
        lambda here: here.es_loyalty.members.balance("nobody's"),
        SessionNotFound,
        "es_loyalty.members.balance: 400 BAD_REQUEST: Session correlation ID does not exist"
        ".*start one: `sessions.start(...)` gives the correlation_id that other calls take",
    ),
    "an expired passcode": (
        _expired_passcode,
        Unauthorized,
        "spaaza.sessions.verify: 401.*passcode is not correct or over.*not run out",
    ),
    "a closed client": (
        _closed,
        ClientClosed,
        "voucherify.customers.get: the client is closed - make the call inside the client's `with`,"
        " or make a new client",
    ),
    "for over an async list": (
        lambda here: list(here.asynchronous.customers.list()),
        TypeError,
        "voucherify.customers.list is of an async client: write `async for`",
    ),
    "an async list awaited": (
        lambda here: asyncio.run(_wait(here.asynchronous.customers.list())),
        TypeError,
        "voucherify.customers.list gives many: write `async for`, or await its first()",
    ),
    "async for over a blocking list": (
        lambda here: asyncio.run(_walk(here.voucherify.customers.list())),
        TypeError,
        "voucherify.customers.list is of a blocking client: write `for`",
    ),
    "with an async client": (
        lambda here: here.asynchronous.__enter__(),
        TypeError,
        "AsyncVoucherify is async: write `async with`",
    ),
    "async with a blocking client": (
        lambda here: asyncio.run(_enter(here.voucherify)),
        TypeError,
        "Voucherify is blocking: write `with`",
    ),
    "a second event loop": (
        _two_loops,
        WrongEventLoop,
        "voucherify.customers.list: this async client belongs to another event loop; make a client"
        " for each loop",
    ),
    "networking of the other colour": (
        lambda here: AsyncVoucherify(**KEYS, transport=httpx.HTTPTransport()),
        InvalidArgument,
        "transport: must be an httpx.AsyncBaseTransport",
    ),
    "an unknown option": (
        lambda here: Voucherify(**KEYS, retries=3),
        TypeError,
        "Voucherify has no option 'retries'",
    ),
    "an unknown noun": (
        lambda here: here.voucherify.customer,
        AttributeError,
        "Voucherify has no 'customer'; it has async_actions, campaigns, close, customers,",
    ),
    "an unknown call": (
        lambda here: here.voucherify.customers.fetch,
        AttributeError,
        "Customers has no 'fetch'; it has create, delete, delete_permanently, get, list,",
    ),
    "an unknown argument": (
        lambda here: here.voucherify.customers.list(limt=3),
        TypeError,
        "there is no argument 'limt'; there are limit,.*in a call of voucherify.customers.list",
    ),
}


@pytest.mark.parametrize("case", TEACHING)
def test_an_error_teaches(here, case):
    """It says what happened, with which call, and what to do."""
    make, kind, words = TEACHING[case]
    with pytest.raises(kind) as caught:
        make(here)
    said = "\n".join([str(caught.value), *getattr(caught.value, "__notes__", ())])
    place = 0
    for part in words.split(".*"):
        assert part in said[place:], said
        place = said.index(part, place) + len(part)


def test_a_forgotten_await(here):
    """Python itself tells of it; the warning names the call."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(AttributeError, match="'coroutine' object has no attribute 'name'"):
            here.asynchronous.customers.get("cust_1").name  # noqa: B018
    assert "coroutine 'Customers.get' was never awaited" in [str(one.message) for one in caught]


def test_an_exit_without_an_entry(here):
    """A blocking client cannot be left as an async one, either."""
    with pytest.raises(TypeError, match="Voucherify is blocking: write `with`"):
        asyncio.run(_wait(here.voucherify.__aexit__(None, None, None)))
