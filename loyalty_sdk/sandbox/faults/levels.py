"""The levels on which a fault can act: one small class each.

| class | acts on | the vendor has processed the request |
|---|---|---|
| `Instead` | the request: somebody else answers it | no |
| `Afterwards` | the answer: somebody else's comes in its place | yes |
| `Changed` | the answer: its content is changed | yes |
| `Before` | the vendor's state, between two requests | yes |
| `OnWire` | the connection | as the fault says |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

import attrs

from ..wire import Response
from .exchange import Exchange
from .occasion import Occasion

if TYPE_CHECKING:
    from ..sandbox import Sandbox


class Fault(Protocol):
    """Something that can happen to a request."""

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Bring it about."""
        ...


@attrs.frozen
class Instead:
    """Somebody else answers; the vendor never gets the request."""

    answer: Callable[[Occasion], Response]

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Answer in the vendor's place."""
        response = self.answer(occasion)
        exchange.witness.refused(occasion, response.status)
        exchange.witness.brought_about(occasion, processed=False)
        await exchange.send(response)


@attrs.frozen
class Afterwards:
    """The vendor processes the request, and somebody else's answer comes in place of its own."""

    answer: Callable[[Occasion], Response]

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Ask, and answer something else."""
        await exchange.ask()
        exchange.server.hang_up()
        exchange.witness.brought_about(occasion, processed=True)
        await exchange.send(self.answer(occasion))


@attrs.frozen
class Changed:
    """The vendor's answer is changed; where there is nothing to change, it passes as it is."""

    change: Callable[[Occasion, Response], Response | None]

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Ask, and pass on what becomes of the answer."""
        response = await exchange.answer()
        changed = self.change(occasion, response)
        if changed is not None:
            exchange.witness.brought_about(occasion, processed=True)
        await exchange.send(changed or response)


@attrs.frozen
class Before:
    """Something happens at the vendor before it gets the request."""

    act: Callable[[Occasion, Sandbox], tuple[str, ...]]

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Act, and pass the request and its answer on."""
        items = self.act(occasion, sandbox)
        exchange.witness.brought_about(occasion, processed=True, items=items)
        await exchange.pass_on()


@attrs.frozen
class OnWire:
    """Something happens to the connection."""

    act: Callable[[Exchange, Occasion], Awaitable[None]]

    async def play(self, exchange: Exchange, occasion: Occasion, sandbox: Sandbox) -> None:
        """Act; the act itself says when it has begun."""
        await self.act(exchange, occasion)
