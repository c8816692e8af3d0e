"""A Spaaza that answers from a list or by a function, and clients of it in both colours."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx
import respx
from conftest import RECORDED, Colour
from conftest import recorded as recorded_by_path

from loyalty_sdk import AsyncSpaaza, Spaaza
from loyalty_sdk.spaaza import PrivilegedToken

CHAIN = 1743
TOKEN = PrivilegedToken("synthetic-id", "synthetic-secret")

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `vouchers.list.200`."""
    return recorded_by_path(f"spaaza/{name}")


def recorded_names(beginning: str) -> list[str]:
    """The names of the recorded answers that begin in one way."""
    return sorted(path.stem for path in (RECORDED / "spaaza").glob(f"{beginning}*.json"))


def body_of(name: str) -> Any:
    """The JSON of a recorded answer."""
    return json.loads(recorded(name).content)


def page(*vouchers: Any, **results: Any) -> httpx.Response:
    """A synthetic page of vouchers, the last one unless it says otherwise."""
    held = {"results_count_total": len(vouchers), "vouchers": list(vouchers)} | results
    return httpx.Response(200, json={"result": {"code": 1, "status": "ok"}, "results": held})


def voucher(number: int | str, **fields: Any) -> dict[str, Any]:
    """A synthetic voucher, as short as can be."""
    return {"voucher_key": f"key{number}", "voucher_id": number, "type": "basket"} | fields


def form_of(request: httpx.Request) -> dict[str, str]:
    """What a form body says."""
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    return dict(parse_qsl(request.content.decode("ascii"), strict_parsing=True))


class Replay:
    """Answers requests one after the other, or by a function, and keeps them."""

    def __init__(self, *answers: Answer) -> None:
        by_function = len(answers) == 1 and callable(answers[0])
        self._router = respx.MockRouter(assert_all_called=False)
        self._router.route().mock(side_effect=answers[0] if by_function else list(answers))

    @property
    def requests(self) -> list[httpx.Request]:
        """What was asked so far."""
        return [call.request for call in self._router.calls]

    @property
    def queries(self) -> list[str]:
        """The queries of what was asked so far, as they were sent."""
        return [request.url.query.decode("ascii") for request in self.requests]

    def client(self, colour: Colour, **arguments: Any) -> Any:
        """A client; its token is synthetic unless other credentials are given."""
        if not arguments.keys() & {"auth", "token_id", "token_secret"}:
            arguments["auth"] = TOKEN
        return self.bare(colour, **arguments)

    def bare(self, colour: Colour, **arguments: Any) -> Any:
        """A client with these arguments and nothing but a transport besides."""
        router = self._router
        handler = router.async_handler if colour.is_async else router.handler
        arguments = {"transport": httpx.MockTransport(handler)} | arguments
        return colour.keep(colour.pick(Spaaza, AsyncSpaaza)(**arguments))


def vouchers(colour: Colour, *answers: Answer, **arguments: Any) -> Any:
    """A pager over the vouchers of a synthetic chain, as the answers say."""
    return Replay(*answers).client(colour).vouchers.list(CHAIN, **arguments)
