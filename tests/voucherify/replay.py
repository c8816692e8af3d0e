"""A vendor that answers from a list, and both colours of client behind one blocking look."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import httpx
import respx
from conftest import RECORDED, Colour
from conftest import recorded as recorded_by_path

from loyalty_sdk import AsyncPager, AsyncVoucherify, Retry, Voucherify
from loyalty_sdk._core.endpoint import Resource

KEYS = {"app_id": "synthetic-app-id", "app_token": "synthetic-app-token"}


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `customers.list_redeemables.200`."""
    return recorded_by_path(f"voucherify/{name}")


def recorded_names(beginning: str) -> list[str]:
    """The names of the recorded answers that begin in one way."""
    return sorted(path.stem for path in (RECORDED / "voucherify").glob(f"{beginning}*.json"))


def body_of(name: str) -> Any:
    """The JSON of a recorded answer."""
    return json.loads(recorded(name).content)


def page(*items: Any, **envelope: Any) -> httpx.Response:
    """A synthetic page of a list; `has_more` is false unless it says otherwise."""
    body = {"object": "list", "data_ref": "data", "data": list(items), "has_more": False}
    return httpx.Response(200, json=body | envelope)


def held(number: int) -> dict[str, Any]:
    """A synthetic holding, as short as can be."""
    return {"id": f"rh_{number}"}


class Replay:
    """Answers requests one after the other, and keeps them."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._router = respx.MockRouter(assert_all_called=False)
        self._router.route().mock(side_effect=list(answers))

    @property
    def requests(self) -> list[httpx.Request]:
        """What was asked so far."""
        return [call.request for call in self._router.calls]

    @property
    def queries(self) -> list[dict[str, str]]:
        """The queries of what was asked so far."""
        return [dict(request.url.params) for request in self.requests]

    def transport(self, colour: Colour) -> httpx.MockTransport:
        """What a client of a colour takes as `transport`."""
        return httpx.MockTransport(colour.pick(self._router.handler, self._router.async_handler))


class OnLoop:
    """Something async, used from blocking code: what it gives is awaited by its colour."""

    def __init__(self, colour: Colour, target: Any) -> None:
        self._colour = colour
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return self._blocking(getattr(self._target, name))

    def __iter__(self) -> Iterator[Any]:
        return self._pulled(aiter(self._target))

    def __repr__(self) -> str:
        return repr(self._target)

    def _blocking(self, value: Any) -> Any:
        if asyncio.iscoroutine(value):
            return self._blocking(self._colour(value))
        if isinstance(value, AsyncIterator):
            return self._pulled(value)
        if isinstance(value, Resource | AsyncPager):
            return OnLoop(self._colour, value)
        if callable(value) and not isinstance(value, type):
            return lambda *args, **kwargs: self._blocking(value(*args, **kwargs))
        return value

    def _pulled(self, values: AsyncIterator[Any]) -> Iterator[Any]:
        async def following() -> Any:
            return await anext(values)

        while True:
            try:
                value = self._colour(following())
            except StopAsyncIteration:
                return
            yield value


class Clients:
    """Makes clients of one colour, all of which look blocking."""

    def __init__(self, colour: Colour) -> None:
        self._colour = colour

    def client(self, replay: Replay | None = None, **arguments: Any) -> Any:
        """A client that wastes no time; its keys are synthetic unless `auth` is given."""
        arguments = {"retry": Retry(initial_wait=0)} | arguments
        if replay is not None:
            arguments = {"transport": replay.transport(self._colour)} | arguments
        credentials: Mapping[str, Any] = {} if "auth" in arguments else KEYS
        make = self._colour.pick(Voucherify, AsyncVoucherify)
        client = self._colour.keep(make(**{**credentials, **arguments}))
        return self._colour.pick(client, OnLoop(self._colour, client))

    def held(self, *answers: httpx.Response | Exception, **arguments: Any) -> Any:
        """A pager over what a synthetic customer holds, as the answers say."""
        return self.client(Replay(*answers)).customers.list_redeemables("cust_1", **arguments)

    def close(self, client: Any) -> None:
        """Close a client, or a view of one."""
        client.aclose() if self._colour.is_async else client.close()


class Case:
    """One call: what it sends, and what is read of a recorded answer.

    Args:
        call: The call, such as `vouchers.get`.
        arguments: The keyword arguments, positional ones too, by their names.
        line: The verb and the path with its query, unquoted.
        body: The JSON body; `None` where there is none.
        answer: The recorded answer.
        shown: What can be read of the result, by dotted names.
    """

    def __init__(
        self,
        call: str,
        arguments: Mapping[str, Any],
        line: str,
        body: Any,
        answer: str,
        shown: Mapping[str, Any],
    ) -> None:
        self.call = call
        self.arguments = arguments
        self.line = line
        self.body = body
        self.answer = answer
        self.shown = shown

    def __repr__(self) -> str:
        return self.answer

    def check(self, clients: Clients) -> None:
        """Make the call with a client, and compare what was sent and what came."""
        replay = Replay(recorded(self.answer))
        found = clients.client(replay)
        for name in self.call.split("."):
            found = getattr(found, name)
        result = found(**self.arguments)
        if hasattr(result, "pages"):
            result = next(iter(result.pages()))
        (request,) = replay.requests
        path = unquote(request.url.raw_path.decode())
        assert f"{request.method} {path}" == self.line
        assert (json.loads(request.content) if request.content else None) == self.body
        for name, value in self.shown.items():
            assert read(result, name) == value, name


def read(value: Any, path: str) -> Any:
    """What stands at a dotted path of names and numbers."""
    for name in path.split("."):
        value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value
