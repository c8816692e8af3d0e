from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import NotFound, ServerError
from loyalty_sdk.voucherify import Hundredths

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)

CASES = [
    Case(
        "orders.create",
        {
            "source_id": "order-1",
            "status": "CREATED",
            "items": [{"source_id": "mug", "related_object": "product", "quantity": 3}],
            "customer": {"source_id": "shopper-1@example.com"},
            "created_at": MAY_1,
            "referrer_id": None,
        },
        "POST /v1/orders",
        {
            "source_id": "order-1",
            "status": "CREATED",
            "items": [{"source_id": "mug", "related_object": "product", "quantity": 3}],
            "customer": {"source_id": "shopper-1@example.com"},
            "created_at": "2026-05-01T00:00:00.000Z",
        },
        "orders.create.200",
        {
            "id": "ord_synthetic1",
            "total_amount": Hundredths(7550),
            "items.0.product.name": "Synthetic mug",
            "items.0.sku.override": True,
            "items.0.application_details.0.target_index": 1,
            "referrer.id": "cust_synthetic2",
        },
    ),
    Case(
        "orders.get",
        {"order_id": "order-1"},
        "GET /v1/orders/order-1",
        None,
        "orders.get.200",
        {"status": "PAID", "customer.object": "customer"},
    ),
    Case(
        "orders.update",
        {"order_id": "ord_synthetic1", "status": "FULFILLED", "metadata": None},
        "PUT /v1/orders/ord_synthetic1",
        {"status": "FULFILLED", "metadata": None},
        "orders.update.200",
        {"status": "FULFILLED"},
    ),
    Case(
        "orders.list",
        {"limit": 2, "order": "-updated_at"},
        "GET /v1/orders?page=1&limit=2&order=-updated_at",
        None,
        "orders.list.200",
        {"items.1.source_id": "order-2", "total": 2},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_orders(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


def test_an_order_that_does_not_exist(clients: Clients) -> None:
    """An unknown order is a 404."""
    with pytest.raises(NotFound):
        clients.client(Replay(recorded("orders.get.404"))).orders.get("none")


@pytest.mark.parametrize(
    ("fields", "times"),
    [({"source_id": "order-1"}, 2), ({"id": "ord_1"}, 2), ({"amount": 100}, 1), ({}, 1)],
)
def test_an_order_is_sent_again_by_its_own_key(clients: Clients, fields: Any, times: int) -> None:
    """An id or a source id makes a repetition the same order; without one it is sent once."""
    replay = Replay(httpx.Response(502), recorded("orders.create.200"))
    orders = clients.client(replay).orders
    if times == 1:
        with pytest.raises(ServerError):
            orders.create(**fields)
    else:
        orders.create(**fields)
    assert len(replay.requests) == times


def test_a_change_is_sent_once(clients: Clients) -> None:
    """A change that may have arrived is not sent again."""
    replay = Replay(httpx.Response(502), recorded("orders.update.200"))
    with pytest.raises(ServerError):
        clients.client(replay).orders.update("order-1", status="PAID")
    assert len(replay.requests) == 1
