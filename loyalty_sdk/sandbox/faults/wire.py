"""What happens to connections; all but the first after the vendor has processed the request."""

from __future__ import annotations

import asyncio

from .exchange import Exchange, framed
from .framing import Body, Head
from .occasion import Occasion
from .places import Place, place_in


async def reset_before_processing(exchange: Exchange, occasion: Occasion) -> None:
    """The connection is reset when the request has been read; the vendor never gets it."""
    exchange.witness.refused(occasion, 0)
    exchange.witness.brought_about(occasion, processed=False)
    exchange.reset()


async def reset_before_answer(exchange: Exchange, occasion: Occasion) -> None:
    """The connection is reset before the first byte of the answer."""
    await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    exchange.reset()


async def refused(exchange: Exchange, occasion: Occasion) -> None:
    """The request is answered, and then nothing listens any more for a while."""
    head, body = await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    exchange.go_dark(occasion.tuning.outage)
    exchange.ends = True
    await exchange.client.send(head.with_header("connection", "close").raw)
    await exchange.relay(head, body)


async def reset_in_body(exchange: Exchange, occasion: Occasion) -> None:
    """The connection is reset in the middle of the body."""
    await _begin(exchange, occasion)
    await exchange.client.arrive()
    exchange.reset()


async def closed_in_body(exchange: Exchange, occasion: Occasion) -> None:
    """The connection is closed in good order in the middle of the body."""
    await _begin(exchange, occasion)
    exchange.cut()


async def body_stalls(exchange: Exchange, occasion: Occasion) -> None:
    """The body stops in the middle, and after a while the connection is closed."""
    await _begin(exchange, occasion)
    await exchange.outlast(occasion.tuning.stall)
    exchange.cut()


async def slow_first_byte(exchange: Exchange, occasion: Occasion) -> None:
    """The answer is held back for a while."""
    head, body = await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    await asyncio.sleep(occasion.tuning.slow)
    await exchange.client.send(head.raw)
    await exchange.relay(head, body)


async def headers_drip(exchange: Exchange, occasion: Occasion) -> None:
    """The head comes byte by byte."""
    head, body = await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    await _drip(exchange, head.raw, occasion.tuning.drip)
    await exchange.relay(head, body)


async def body_drips(exchange: Exchange, occasion: Occasion) -> None:
    """The body comes byte by byte."""
    head, body = await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    await exchange.client.send(head.raw)
    while piece := await body.read():
        for one in piece:
            await _drip(exchange, framed(head, bytes((one,))), occasion.tuning.drip, whole=True)
    await exchange.relay(head, body)


async def _begin(exchange: Exchange, occasion: Occasion) -> None:
    """Pass the answer on up to a place in its body."""
    head, body = await exchange.ask()
    exchange.witness.brought_about(occasion, processed=True)
    await exchange.client.send(head.raw)
    place = place_in(occasion, head.length)
    await _relay_up_to(exchange, head, body, place)


async def _relay_up_to(exchange: Exchange, head: Head, body: Body, place: Place) -> None:
    while piece := await body.read():
        kept = place.up_to(piece)
        if kept:
            await exchange.client.send(framed(head, kept))
        if len(kept) < len(piece):
            return


async def _drip(exchange: Exchange, data: bytes, pause: float, *, whole: bool = False) -> None:
    for piece in (data,) if whole else (bytes((one,)) for one in data):
        await exchange.client.send(piece)
        await asyncio.sleep(pause)
