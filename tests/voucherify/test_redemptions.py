from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import BadRequest, ConnectionLost, NotFound, ServerError
from loyalty_sdk.voucherify import Hundredths

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
FIELDS: dict[str, Any] = {
    "reason": "returned\nin May",
    "tracking_id": "shopper-1",
    "customer": {"id": "cust_1"},
    "order": {"source_id": "order-1", "status": "CANCELED"},
    "metadata": {"till": 7},
}

CASES = [
    Case(
        "redemptions.redeem",
        {
            "redeemables": ["SYN-0001", {"object": "promotion_tier", "id": "promo_1"}],
            "order": {"source_id": "order-1", "amount": 10_000},
            "customer": {"source_id": "shopper-1@example.com"},
            "session": {"key": "mine"},
            "expand": ["redeemable"],
        },
        "POST /v1/redemptions",
        {
            "redeemables": [
                {"object": "voucher", "id": "SYN-0001"},
                {"object": "promotion_tier", "id": "promo_1"},
            ],
            "order": {"source_id": "order-1", "amount": 10_000},
            "customer": {"source_id": "shopper-1@example.com"},
            "session": {"key": "mine"},
            "options": {"expand": ["redeemable"]},
        },
        "redemptions.redeem.200",
        {
            "redemptions.0.id": "r_synthetic1",
            "redemptions.0.voucher.code": "SYN-0001",
            "redemptions.1.gift.amount": Hundredths(1500),
            "redemptions.1.gift.amount.major": Decimal(15),
            "parent_redemption.related_redemptions.redemptions.1.id": "r_synthetic2",
            "order.id": "ord_synthetic1",
        },
    ),
    Case(
        "redemptions.redeem",
        {"redeemables": ["SYN-0001"]},
        "POST /v1/redemptions",
        {"redeemables": [{"object": "voucher", "id": "SYN-0001"}]},
        "redemptions.redeem.200-partial",
        {
            "redemptions.0.promotion_tier.action.discount.amount_off": 500,
            "inapplicable_redeemables.0.reason.key": "quantity_exceeded",
            "skipped_redeemables.0.reason.key": "no_effect",
            "parent_redemption": None,
        },
    ),
    Case(
        "redemptions.get",
        {"redemption_id": "r_synthetic4"},
        "GET /v1/redemptions/r_synthetic4",
        None,
        "redemptions.get.200",
        {
            "object": "redemption",
            "loyalty_card.points": 250,
            "reward.parameters": {"product": {"id": "prod_synthetic1"}},
            "customer.source_id": "shopper-1@example.com",
        },
    ),
    Case(
        "redemptions.list",
        {
            "limit": 10,
            "result": "SUCCESS",
            "campaign": "Spring",
            "customer": "cust_1",
            "created_at": {"after": MAY_1, "before": MAY_1},
            "order": "-created_at",
            "filters": {"failure_code": {"$has_value": True}, "junction": "or"},
        },
        "GET /v1/redemptions?page=1&limit=10&result=SUCCESS&campaign=Spring&customer=cust_1"
        "&created_at[after]=2026-05-01T00:00:00.000Z&created_at[before]=2026-05-01T00:00:00.000Z"
        "&order=-created_at&filters[failure_code][conditions][$has_value]=&filters[junction]=or",
        None,
        "redemptions.list.200",
        {
            "items.0.object": "redemption_rollback",
            "items.0.reason": "returned",
            "items.1.related_redemptions.rollbacks.0.rollback_order_mode": "WITH_ORDER",
            "items.2.failure_message": "quantity exceeded",
            "total": 4,
        },
    ),
    Case(
        "redemptions.rollback",
        {"redemption_id": "r/1", **FIELDS},
        "POST /v1/redemptions/r/1/rollback",
        FIELDS,
        "redemptions.rollback.200",
        {"id": "rr_synthetic5", "redemption": "r_synthetic2", "gift.amount": Hundredths(-1500)},
    ),
    Case(
        "redemptions.rollback_stacked",
        {"parent_redemption_id": "r_9", **FIELDS},
        "POST /v1/redemptions/r_9/rollbacks",
        FIELDS,
        "redemptions.rollback_stacked.200",
        {
            "rollbacks.1.gift.amount": Hundredths(-1500),
            "parent_rollback.id": "rr_synthetic8",
            "order.status": "CANCELED",
        },
    ),
    Case(
        "redemptions.rollback",
        {"redemption_id": "r_1"},
        "POST /v1/redemptions/r_1/rollback",
        {},
        "redemptions.rollback.200",
        {"result": "SUCCESS"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_redemptions(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


@pytest.mark.parametrize(
    ("name", "call", "error", "code"),
    [
        (
            "redemptions.redeem.400",
            lambda r: r.redeem(["SYN-0003"]),
            BadRequest,
            "quantity_exceeded",
        ),
        ("redemptions.get.404", lambda r: r.get("r_none"), NotFound, "not_found"),
        (
            "redemptions.rollback.400",
            lambda r: r.rollback("r_1"),
            BadRequest,
            "already_rolled_back",
        ),
        (
            "redemptions.rollback_stacked.400-at_once",
            lambda r: r.rollback_stacked("r_1"),
            BadRequest,
            "multiple_requests",
        ),
    ],
)
def test_what_the_vendor_refuses(
    clients: Clients, name: str, call: Any, error: type[Exception], code: str
) -> None:
    """A refusal has the class of its status and the vendor's word."""
    with pytest.raises(error) as caught:
        call(clients.client(Replay(recorded(name))).redemptions)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_the_rule_that_was_broken_is_told(clients: Clients) -> None:
    """What the merchant wrote into a validation rule stands in the details."""
    client = clients.client(Replay(recorded("redemptions.redeem.400")))
    with pytest.raises(BadRequest, match="You have used this already"):
        client.redemptions.redeem(["SYN-0003"])


@pytest.mark.parametrize(
    "write",
    [
        lambda r: r.redeem(["A"]),
        lambda r: r.rollback("r_1"),
        lambda r: r.rollback_stacked("r_1"),
    ],
    ids=["redeem", "rollback", "rollback_stacked"],
)
@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ReadError("cut")], ids=str)
def test_nothing_is_redeemed_twice(clients: Clients, write: Any, failure: Any) -> None:
    """What may have arrived is sent once: a replay could redeem twice."""
    replay = Replay(failure, recorded("redemptions.redeem.200"))
    with pytest.raises((ServerError, ConnectionLost)):
        write(clients.client(replay).redemptions)
    assert len(replay.requests) == 1


def test_what_was_refused_by_the_limit_is_sent_again(clients: Clients) -> None:
    """A 429 was never processed, so a redemption may be sent again after it."""
    limit = httpx.Response(429, headers={"retry-after": "0"})
    replay = Replay(limit, recorded("redemptions.redeem.200"))
    clients.client(replay).redemptions.redeem(["A"])
    assert len(replay.requests) == 2
