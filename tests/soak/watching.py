"""The sandbox behind a server that watches: open connections, questions, tokens they came with.

It runs in a process of its own, so that what is measured beside it is the client alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.managers import BaseManager
from typing import Any

import attrs

from loyalty_sdk.sandbox import Request, Response, Sandbox

QUESTION = "x-question"
TOKEN_TAKES = 0.05
_TOKEN_PATHS = (("es_loyalty", "oauth", "token"), ("voucherify", "v1", "oauth", "token"))


@attrs.define
class Figures:
    """What the server has seen since it was asked last.

    Attributes:
        renewals: How many tokens were asked for.
        renewals_at_once: How many of those at the same time, at the most.
        open_at_once: How many connections were open at the same time, at the most.
        tokens: For each question, the numbers of the tokens that it came with, in order.
    """

    renewals: int = 0
    renewals_at_once: int = 0
    open_at_once: int = 0
    tokens: dict[int, list[int]] = attrs.field(factory=lambda: defaultdict(list))


class Watched(Sandbox):
    """A sandbox with a server of its own, which takes its time to give a token out."""

    def __init__(self) -> None:
        super().__init__(seed=7)
        self._figures = Figures()
        self._renewing = self._open = 0
        self._numbers: dict[str, int] = {}
        self._port = 0
        started = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._run(started)), daemon=True).start()
        started.wait(10)

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self._port}"

    def arguments(self, name: str) -> dict[str, str]:
        """The arguments for a client of a vendor, or for its OAuth tokens."""
        return dict(getattr(self, name))

    def figures(self) -> Figures:
        """What was seen since the last time."""
        taken, self._figures = self._figures, Figures(open_at_once=self._open)
        return taken

    def holders(self, count: int) -> list[str]:
        """Customers of Voucherify that hold something, and nobody holds the same."""
        state = self.voucherify_state
        held = ((one, state.redeemables(one)) for one in state.customer_ids())
        return [one for one, things in held if things][:count]

    def vouchers(self, count: int) -> list[int]:
        """The chain's only vouchers from now on, so that finding one takes no time."""
        kept = self.spaaza_state.vouchers(self.member.spaaza_chain_id)[:count]
        self.spaaza_state.put(attrs.evolve(one, status="generated") for one in kept)
        return [one.voucher_id for one in kept]

    async def _run(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        started.set()
        await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open += 1
        self._figures.open_at_once = max(self._figures.open_at_once, self._open)
        try:
            while True:
                request = await _read(reader)
                writer.write(_written(await self._watched(request), request))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open -= 1
            writer.close()

    async def _watched(self, request: Request) -> Response:
        if request.segments in _TOKEN_PATHS:
            return await self._renewed(request)
        question, token = request.headers.get(QUESTION), request.headers.get("authorization", "")
        if question is not None and token:
            self._figures.tokens[int(question)].append(self._number(token))
        return self.answer(request)

    async def _renewed(self, request: Request) -> Response:
        self._renewing += 1
        self._figures.renewals += 1
        self._figures.renewals_at_once = max(self._figures.renewals_at_once, self._renewing)
        await asyncio.sleep(TOKEN_TAKES)
        self._renewing -= 1
        return self.answer(request)

    def _number(self, token: str) -> int:
        return self._numbers.setdefault(token, len(self._numbers))


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.rstrip().split("\r\n")
    method, target, _ = line.split(" ")
    headers = [tuple(one.split(": ", 1)) for one in lines]
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return Request.parse(method, target, headers, await reader.readexactly(length))


def _written(response: Response, request: Request) -> bytes:
    body = response.body
    assert isinstance(body, bytes)
    headers = [*response.headers, ("content-length", str(len(body)))]
    if QUESTION in request.headers:
        headers.append((QUESTION, request.headers[QUESTION]))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {response.status} X\r\n{head}\r\n".encode("latin-1") + body


class _Elsewhere(BaseManager):
    """Keeps objects in another process."""


_Elsewhere.register(
    "Watched",
    Watched,
    exposed=("arguments", "figures", "holders", "vouchers", "expire_tokens"),
)


@contextlib.contextmanager
def watched() -> Iterator[Any]:
    """A watched sandbox in a process of its own."""
    with _Elsewhere(ctx=get_context("spawn")) as elsewhere:
        yield elsewhere.Watched()
