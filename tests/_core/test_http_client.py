"""A client of the caller's own, whose hooks do what hooks do."""

from __future__ import annotations

import asyncio
import gc

import httpx
import pytest

from loyalty_sdk import Retry
from loyalty_sdk.errors import NotFound, UnreadableAnswer

from .servers import Server, answer
from .toy import AsyncToy, Key


def by_id(connection):
    """Answers each request with the id that it asked for."""
    while request := connection.request():
        name = request.split(b" ")[1].rpartition(b"/")[2]
        connection.send(answer(b'{"id": "%s"}' % name))


def hooked(colour, hook, async_hook):
    hooks = {"response": [colour.pick(hook, async_hook)]}
    return colour.keep(colour.pick(httpx.Client, httpx.AsyncClient)(event_hooks=hooks))


def test_a_hook_that_reads_the_body(colour, toy):
    """The answer is what the hook has read: the connection may serve somebody else by then."""

    async def aread(response):
        await response.aread()

    with Server(by_id) as server:
        client = toy(base_url=server.url, http_client=hooked(colour, httpx.Response.read, aread))
        for name in ("a1", "b2", "c3"):
            assert colour(client.cards.get(name)).id == name
        assert len(server.requests) == 3


def test_a_hook_that_takes_the_body_away(colour, toy):
    """What nobody has kept cannot be read again; it is an error and not somebody else's answer."""

    def take(response):
        list(response.iter_raw())

    async def take_async(response):
        async for _ in response.aiter_raw():
            pass

    with Server(by_id) as server:
        http_client = hooked(colour, take, take_async)
        client = toy(base_url=server.url, http_client=http_client, retry=Retry(attempts=1))
        with pytest.raises(UnreadableAnswer, match="hook"):
            colour(client.cards.get("a1"))


def test_a_hook_that_raises_for_the_status(colour, toy):
    """A refusal stays one: it is no failure of the network, and not repeated."""

    async def check(response):
        response.raise_for_status()

    def script(connection):
        while connection.request():
            connection.send(answer(b'{"message": "no"}', 404))

    with Server(script) as server:
        http_client = hooked(colour, httpx.Response.raise_for_status, check)
        client = toy(base_url=server.url, http_client=http_client)
        with pytest.raises(NotFound):
            colour(client.cards.get("a1"))
        assert len(server.requests) == 1


def test_what_stays_on_this_machine_meets_no_proxy(colour, toy, monkeypatch):
    """Plain http is allowed to loopback because it stays here: a proxy would see the secrets."""
    with Server(by_id) as server, Server(by_id) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        assert colour(toy(base_url=server.url).cards.get("a1")).id == "a1"
        assert not proxy.requests


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_closing_on_another_loop():
    """An async client can be closed after its loop has gone; its sockets go with the garbage."""
    with Server(by_id) as server:
        client = AsyncToy(base_url=server.url, auth=Key("hush"))
        assert asyncio.run(client.cards.get("a1")).id == "a1"
        asyncio.run(client.aclose())
        del client
        gc.collect()
