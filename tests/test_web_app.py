"""The example of a web application: what its visitors see of a vendor's failures."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from examples.web_app import application
from loyalty_sdk import AsyncVoucherify, Retry


def _asked(transport: httpx.MockTransport) -> httpx.Response:
    """What a visitor gets for one customer, when the vendor answers by *transport*."""

    async def ask() -> httpx.Response:
        once = Retry(attempts=1)
        keys = {"app_id": "any", "app_token": "any"}
        app = application(AsyncVoucherify(**keys, transport=transport, retry=once))
        own = httpx.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=own, base_url="http://shop.test") as visitor,
        ):
            return await visitor.get("/customers/ada@example.com/vouchers")

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("vendor", "visitor", "headers"),
    [
        (httpx.Response(404, json={"key": "not_found"}), 404, {}),
        (httpx.Response(429, headers={"retry-after": "7"}), 503, {"retry-after": "8"}),
        (httpx.Response(429), 502, {}),
        (httpx.Response(500, json={"message": "internal-detail"}), 502, {}),
        (httpx.Response(200, text="no JSON"), 502, {}),
    ],
)
def test_a_failure_of_the_vendor_is_a_plain_answer(vendor, visitor, headers):
    """A visitor is told what to do, and never what the vendor said."""
    answer = _asked(httpx.MockTransport(lambda _: vendor))
    assert answer.status_code == visitor
    assert headers.items() <= dict(answer.headers).items()
    assert "internal-detail" not in answer.text


def test_a_vendor_that_is_late_is_a_504():
    """What takes too long is told apart from what fails."""

    def late(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late", request=request)

    assert _asked(httpx.MockTransport(late)).status_code == 504
