"""A web application in front of a vendor: one async client for the whole process.

Run by itself it asks itself two questions, with the embedded sandbox as the vendor and no socket of
its own. `uvicorn --factory examples.web_app:serving` listens, with Voucherify's credentials from
the environment.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loyalty_sdk import AsyncVoucherify
from loyalty_sdk.errors import LoyaltyError, NotFound, RateLimited, TimedOut
from loyalty_sdk.sandbox import Sandbox


def application(voucherify: AsyncVoucherify) -> Starlette:
    """The application; it closes the client when it ends."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None, None]:
        async with voucherify:  # opened by its first call, on the server's event loop
            yield

    async def vouchers(request: Request) -> Response:
        held = voucherify.customers.list_redeemables(request.path_params["customer"], limit=10)
        shown = [
            {"code": item.redeemable.voucher.code, "status": item.redeemable.status}
            for item in await held.collect(at_most=10)
        ]
        return JSONResponse({"vouchers": shown})

    return Starlette(
        routes=[Route("/customers/{customer}/vouchers", vouchers)],
        exception_handlers={LoyaltyError: refused},
        lifespan=lifespan,
    )


async def refused(_: Request, error: Exception) -> Response:
    """What a visitor is told of a failure: not the vendor's words, which are for the log."""
    match error:
        case NotFound():
            return JSONResponse({"error": "there is no such customer"}, 404)
        case RateLimited(retry_after=float(seconds)):
            waiting = {"retry-after": str(int(seconds) + 1)}
            return JSONResponse({"error": "too busy"}, 503, waiting)
        case TimedOut():
            return JSONResponse({"error": "took too long"}, 504)
        case _:
            return JSONResponse({"error": "does not work at the moment"}, 502)


def serving() -> Starlette:
    """The application with your own project; a short deadline, for a visitor is waiting."""
    return application(AsyncVoucherify(deadline=5))


async def main() -> None:
    """Ask for what one member holds, and for what nobody does."""
    with Sandbox() as sandbox:
        app = application(AsyncVoucherify(**sandbox.voucherify))
        own = httpx.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=own, base_url="http://shop.test") as visitor,
        ):
            for customer in (sandbox.member.voucherify_customer_id, "nobody"):
                answer = await visitor.get(f"/customers/{customer}/vouchers")
                print(answer.status_code, answer.json())


if __name__ == "__main__":
    asyncio.run(main())
