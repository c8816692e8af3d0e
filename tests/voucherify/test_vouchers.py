from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import BadRequest, Conflict, InvalidArgument, NotFound, ServerError
from loyalty_sdk.voucherify import Hundredths, PercentDiscount, RawFilter, Weekday

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)

CASES = [
    Case(
        "vouchers.get",
        {"code": "A/B C"},
        "GET /v1/vouchers/A/B C",
        None,
        "vouchers.get.200",
        {
            "code": "SYN-0001",
            "discount.percent_off": Decimal("12.5"),
            "holder.source_id": "shopper-1@example.com",
            "validation_rules_assignments.data.0.rule_id": "val_synthetic1",
        },
    ),
    Case(
        "vouchers.list",
        {},
        "GET /v1/vouchers?page=1&limit=100",
        None,
        "vouchers.list.200",
        {"items.1.id": "v_synthetic2", "total": 2, "cursor": None},
    ),
    Case(
        "vouchers.list",
        {
            "limit": 5,
            "code": "SYN-0001",
            "category": "cat_1",
            "campaign": "Spring",
            "campaign_id": "camp_1",
            "customer": "cust_1",
            "created_at": {"after": MAY_1},
            "updated_at": {"before": MAY_1},
            "order": "-code",
            "filters": RawFilter({"metadata.season": {"$in": ["winter", "spring"]}}),
        },
        "GET /v1/vouchers?page=1&limit=5&code=SYN-0001&category=cat_1&campaign=Spring"
        "&campaign_id=camp_1&customer=cust_1&created_at[after]=2026-05-01T00:00:00.000Z"
        "&updated_at[before]=2026-05-01T00:00:00.000Z&order=-code"
        "&filters[metadata.season][conditions][$in][0]=winter"
        "&filters[metadata.season][conditions][$in][1]=spring",
        None,
        "vouchers.list.200",
        {"items.0.code": "SYN-0001"},
    ),
    Case(
        "vouchers.create",
        {
            "code": "SYN-0010",
            "type": "DISCOUNT_VOUCHER",
            "discount": {"type": "PERCENT", "percent_off": Decimal("12.5")},
            "redemption": {"quantity": 1},
            "start_date": MAY_1,
            "validity_day_of_week": [Weekday.SUNDAY, 6],
            "validity_hours": {"daily": [{"start_time": "09:00", "days_of_week": [1]}]},
            "additional_info": "two\nlines",
            "metadata": {"tiers": ["gold"], "since": MAY_1},
            "campaign": None,
        },
        "POST /v1/vouchers/SYN-0010",
        {
            "type": "DISCOUNT_VOUCHER",
            "discount": {"type": "PERCENT", "percent_off": 12.5},
            "redemption": {"quantity": 1},
            "start_date": "2026-05-01T00:00:00.000Z",
            "validity_day_of_week": [0, 6],
            "validity_hours": {"daily": [{"start_time": "09:00", "days_of_week": [1]}]},
            "additional_info": "two\nlines",
            "metadata": {"tiers": ["gold"], "since": "2026-05-01T00:00:00Z"},
        },
        "vouchers.create.200",
        {"code": "SYN-0010", "publish.count": 0, "metadata": {"season": "winter"}},
    ),
    Case(
        "vouchers.generate",
        {"type": "GIFT_VOUCHER", "gift": {"amount": 8000}, "code_config": {"pattern": "G-###"}},
        "POST /v1/vouchers",
        {"type": "GIFT_VOUCHER", "gift": {"amount": 8000}, "code_config": {"pattern": "G-###"}},
        "vouchers.generate.200",
        {"gift.balance": Hundredths(8000), "gift.balance.major": Decimal(80)},
    ),
    Case(
        "vouchers.update",
        {"code": "SYN-0001", "expiration_date": None, "active": False, "gift": {}},
        "PUT /v1/vouchers/SYN-0001",
        {"expiration_date": None, "active": False, "gift": {}},
        "vouchers.update.200",
        {"expiration_date": None},
    ),
    Case(
        "vouchers.enable",
        {"code": "SYN-0001"},
        "POST /v1/vouchers/SYN-0001/enable",
        None,
        "vouchers.enable.200",
        {"active": True},
    ),
    Case(
        "vouchers.disable",
        {"code": "SYN-0001"},
        "POST /v1/vouchers/SYN-0001/disable",
        None,
        "vouchers.disable.200",
        {"active": False},
    ),
    Case(
        "vouchers.update_balance",
        {"code": "SYN-0002", "amount": -500, "source_id": "t-1", "reason": "a gesture"},
        "POST /v1/vouchers/SYN-0002/balance",
        {"amount": -500, "source_id": "t-1", "reason": "a gesture"},
        "vouchers.update_balance.200",
        {"balance": 4500, "type": "gift_voucher", "related_object.id": "v_synthetic2"},
    ),
    Case(
        "vouchers.list_transactions",
        {"code": "SYN-0002", "order": "-id", "starting_after_id": "vtx_9", "limit": 7},
        "GET /v1/vouchers/SYN-0002/transactions?limit=7&order=-id&starting_after_id=vtx_9",
        None,
        "vouchers.list_transactions.200",
        {
            "items.0.type": "CREDITS_REMOVAL",
            "items.0.details.balance.balance": 4500,
            "items.1.details.balance.points": 100,
            "items.1.details.event.type": "customer.order.paid",
            "items.1.details.pending_points": {"id": "lopp_synthetic1", "points": 20},
        },
    ),
    Case(
        "vouchers.list_transactions",
        {"code": "SYN-0002", "limit": None},
        "GET /v1/vouchers/SYN-0002/transactions",
        None,
        "vouchers.list_transactions.200",
        {"cursor": None},
    ),
    Case(
        "vouchers.get_redemptions",
        {"code": "SYN-0003"},
        "GET /v1/vouchers/SYN-0003/redemption",
        None,
        "vouchers.get_redemptions.200",
        {
            "redeemed_quantity": 1,
            "redemption_entries.1.failure_code": "quantity_exceeded",
            "redemption_entries.0.channel.channel_type": "API",
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_vouchers(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda v: v.delete("A B"), "DELETE /v1/vouchers/A%20B"),
        (lambda v: v.delete("A", force=True), "DELETE /v1/vouchers/A?force=true"),
        (lambda v: v.delete("A", force=False), "DELETE /v1/vouchers/A?force=false"),
        (lambda v: v.release_session("A", "s/1"), "DELETE /v1/vouchers/A/sessions/s%2F1"),
    ],
    ids=range(4),
)
def test_what_is_taken_away(clients: Clients, call: Any, line: str) -> None:
    """A 204 gives `None`."""
    replay = Replay(recorded("vouchers.delete.204"))
    assert call(clients.client(replay).vouchers) is None
    (request,) = replay.requests
    assert f"{request.method} {request.url.raw_path.decode()}" == line


@pytest.mark.parametrize(
    ("name", "call", "error", "code"),
    [
        ("vouchers.get.404", lambda v: v.get("NONE"), NotFound, "not_found"),
        (
            "vouchers.create.409",
            lambda v: v.create("SYN-0010", type="LOYALTY_CARD"),
            Conflict,
            "duplicate_found",
        ),
        (
            "vouchers.update_balance.400",
            lambda v: v.update_balance("A", amount=1),
            BadRequest,
            "invalid_payload",
        ),
        ("vouchers.list.400", lambda v: v.list().first(), BadRequest, "page_over_limit"),
    ],
)
def test_what_the_vendor_refuses(
    clients: Clients, name: str, call: Any, error: type[Exception], code: str
) -> None:
    """A refusal has the class of its status and the vendor's word."""
    with pytest.raises(error) as caught:
        call(clients.client(Replay(recorded(name))).vouchers)
    assert caught.value.code == code  # type: ignore[attr-defined]
    assert caught.value.request_id.startswith("v-0c")  # type: ignore[attr-defined]


WRITES: list[Any] = [
    lambda v: v.create("A", type="LOYALTY_CARD"),
    lambda v: v.generate(type="LOYALTY_CARD"),
    lambda v: v.update("A", active=True),
    lambda v: v.delete("A"),
    lambda v: v.enable("A"),
    lambda v: v.disable("A"),
    lambda v: v.update_balance("A", amount=1),
    lambda v: v.release_session("A", "s"),
]


@pytest.mark.parametrize("write", WRITES, ids=range(len(WRITES)))
def test_no_write_is_repeated(clients: Clients, write: Any) -> None:
    """What may have arrived is sent once: the vendor has no key to know it again by."""
    replay = Replay(httpx.Response(502), recorded("vouchers.get.200"))
    with pytest.raises(ServerError):
        write(clients.client(replay).vouchers)
    assert len(replay.requests) == 1


def test_a_read_is_repeated(clients: Clients) -> None:
    """Reading is safe to repeat."""
    replay = Replay(httpx.Response(502), recorded("vouchers.get.200"))
    voucher = clients.client(replay).vouchers.get("A")
    assert isinstance(voucher.discount, PercentDiscount)
    assert len(replay.requests) == 2


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"limit": None}, "limit"),
        ({"limit": 101}, "limit"),
        ({"order": "id"}, "order"),
        ({"filters": {"code": {"$is": "A"}}}, "filters"),
        ({"created_at": {"since": MAY_1}}, "created_at[since]"),
        ({"created_at": {"after": datetime(2026, 5, 1)}}, "created_at[after]"),
        ({"created_at": "2026-05-01"}, "created_at"),
    ],
)
def test_a_list_that_cannot_be_asked_for(clients: Clients, arguments: Any, argument: str) -> None:
    """It is refused by the name of the argument, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        clients.client(replay).vouchers.list(**arguments)
    assert caught.value.argument == argument
    assert replay.requests == []


def test_every_answer_says_how_many_requests_are_left(clients: Clients) -> None:
    """The rate headers are read on calls, and on the pages of lists."""
    replay = Replay(recorded("vouchers.get.200"), recorded("vouchers.list.200"))
    client = clients.client(replay)
    limits = client.raw.vouchers.get("A").limits
    assert (limits.allowed, limits.remaining) == (2000, 1997)
    assert limits.next_at == datetime(2026, 1, 1, 0, 1, tzinfo=timezone.utc)
    (page,) = client.vouchers.list().pages()
    assert page.response.limits == limits
