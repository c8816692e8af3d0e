"""Synthetic answers in the vendors' documented shape, as the sandbox gives them.

The same bytes every time: the seed and the moment are fixed.
"""

from __future__ import annotations

import base64
import functools
import json
import re
from datetime import datetime, timezone
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.server import Reply
from loyalty_sdk.sandbox import Request, Sandbox

MOMENT = datetime(2026, 11, 2, 9, 30, tzinfo=timezone.utc)
_HALF_A_UNIT = re.compile(r'"unit_off":\d*\.')
CORRELATION_ID = "00000000-0000-4000-8000-000000000005"


@functools.cache
def redeemables(count: int = 100) -> bytes:
    """A page of Voucherify: what a customer holds, but for what the vendor's own SDK cannot read.

    It takes half a unit of a product for an error.
    """
    sandbox = _sandbox()
    held = sandbox.voucherify_state.redeemables(sandbox.members.heavy.voucherify_customer_id)
    contents = (json.dumps(one.content, separators=(",", ":")) for one in reversed(held))
    kept = list(islice((one for one in contents if not _HALF_A_UNIT.search(one)), count))
    envelope = '{"object":"list","data_ref":"data","data":[%s],"total":%d,"has_more":false}'
    return (envelope % (",".join(kept), len(kept))).encode()


@functools.cache
def vouchers(count: int = 100) -> bytes:
    """A page of Spaaza: the vouchers of a chain, with every form of money."""
    token = _sandbox()._spaaza.access.token
    chain = _sandbox().member.spaaza_chain_id
    return _asked(
        f"/spaaza/get-vouchers?chain_id={chain}&show_all_statuses=true&number_results={count}",
        {"Authorization": f"Bearer {token.id}:{token.secret}"},
    )


@functools.cache
def transactions(count: int = 100) -> bytes:
    """A page of ES Loyalty: a history with nested carts and every kind of event."""
    client, member = _sandbox()._es_loyalty.access.client, _sandbox().members.heavy
    basic = base64.b64encode(f"{client.id}:{client.secret}".encode()).decode()
    token = json.loads(
        _asked(
            "/es_loyalty/oauth/token",
            {
                "Authorization": f"Basic {basic}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            b"grant_type=client_credentials",
        )
    )
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    _asked(
        f"/es_loyalty/client/users/{member.es_loyalty_account_id}/sessions",
        {**bearer, "Content-Type": "application/json"},
        json.dumps({"correlationId": CORRELATION_ID}).encode(),
    )
    history = f"/es_loyalty/client/users/{CORRELATION_ID}/transactions/history/v2"
    return _asked(f"{history}?limit={count}", bearer)


@functools.cache
def redemptions(count: int = 100) -> bytes:
    """An answer of Cardlytics: redemptions and the ads that they belong to."""
    customer = _sandbox().members.heavy.cardlytics_source_customer_id
    token = json.loads(_asked(f"/cardlytics/api/v1/token?sourceCustomerId={customer}", {}))["token"]
    path = f"/cardlytics/api/v1/customers/{token}/redemptions"
    answer: dict[str, Any] = json.loads(_asked(f"{path}?channelId=1&locationId=2", {}))
    kept = answer["redemptions"][:count]
    ads = answer["ads"][: max(1, count // 4)]
    return json.dumps({"redemptions": kept, "ads": ads}, separators=(",", ":")).encode()


def answer(target: str) -> Reply:
    """What the server with canned answers says to a target."""
    url = urlsplit(target)
    count = int(parse_qs(url.query).get("limit", ["1"])[0])
    return Reply(redeemables(count))


@functools.cache
def _sandbox() -> Sandbox:
    return Sandbox(now=lambda: MOMENT)


def _asked(target: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    method = "POST" if body else "GET"
    response = _sandbox().answer(Request.parse(method, target, headers.items(), body))
    assert response.status == 200, response.body
    assert isinstance(response.body, bytes)
    return response.body
