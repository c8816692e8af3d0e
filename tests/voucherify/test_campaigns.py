from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import Conflict, InvalidArgument, NotFound, ServerError
from loyalty_sdk.voucherify import RawFilter

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)

CASES = [
    Case(
        "campaigns.list",
        {
            "limit": 3,
            "campaign_type": "LOYALTY_PROGRAM",
            "campaign_status": "DONE",
            "is_referral_code": False,
            "expand": "category",
            "order": "-updated_at",
            "filters": {
                "campaigns": {"$contains": "program"},
                "created_date": {"$before": MAY_1},
                "status": {"$active": True, "before_start": True},
                "active": {"$enabled": True},
                "junction": "or",
            },
        },
        "GET /v1/campaigns?page=1&limit=3&campaign_type=LOYALTY_PROGRAM&campaign_status=DONE"
        "&is_referral_code=false&expand=category&order=-updated_at"
        "&filters[campaigns][conditions][$contains]=program"
        "&filters[created_date][conditions][$before]=2026-05-01T00:00:00.000Z"
        "&filters[status][conditions][$active]=&filters[status][conditions][before_start]="
        "&filters[active][conditions][$enabled]=&filters[junction]=or",
        None,
        "campaigns.list.200",
        {
            "items.0.voucher.loyalty_card.expiration_rules.period_value": 12,
            "items.0.voucher.code_config.pattern": "LC-########-X",
            "items.1.referral_program.referee_reward.amount": 100,
            "items.1.voucher.discount.amount_off": 1000,
            "items.2.voucher.gift.amount": 5000,
            "total": 3,
        },
    ),
    Case(
        "campaigns.list",
        {"filters": RawFilter({"validity_day_of_week": {"$is": [1, 2]}})},
        "GET /v1/campaigns?page=1&limit=100&filters[validity_day_of_week][conditions][$is][0]=1"
        "&filters[validity_day_of_week][conditions][$is][1]=2",
        None,
        "campaigns.list.200",
        {"cursor": None},
    ),
    Case(
        "campaigns.get",
        {"campaign_id": "Synthetic program"},
        "GET /v1/campaigns/Synthetic program",
        None,
        "campaigns.get.200",
        {"campaign_type": "LOYALTY_PROGRAM", "validation_rules_assignments.total": 1},
    ),
    Case(
        "campaigns.get",
        {"campaign_id": "camp_4"},
        "GET /v1/campaigns/camp_4",
        None,
        "campaigns.get.200-promotion",
        {"promotion.tiers.0.action.discount.percent_off": 10},
    ),
    Case(
        "campaigns.add_voucher",
        {
            "campaign_id": "camp_1",
            "code": "A/B",
            "start_date": MAY_1,
            "redemption": {"quantity": 2},
            "additional_info": None,
        },
        "POST /v1/campaigns/camp_1/vouchers/A/B",
        {"start_date": "2026-05-01T00:00:00.000Z", "redemption": {"quantity": 2}},
        "campaigns.add_voucher.200",
        {"code": "SYN-0030", "publish.count": 0},
    ),
    Case(
        "campaigns.generate_voucher",
        {"campaign_id": "camp_1", "code_config": {"prefix": "X-"}, "metadata": {"a": 1}},
        "POST /v1/campaigns/camp_1/vouchers?vouchers_count=1",
        {"code_config": {"prefix": "X-"}, "metadata": {"a": 1}},
        "campaigns.generate_voucher.200",
        {"code": "SYN-X7Q2"},
    ),
    Case(
        "campaigns.generate_vouchers",
        {"campaign_id": "camp_1", "vouchers_count": 200},
        "POST /v1/campaigns/camp_1/vouchers?vouchers_count=200",
        {},
        "campaigns.generate_vouchers.202",
        {"async_action_id": "aa_synthetic1"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_campaigns(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


@pytest.mark.parametrize(
    ("name", "call", "error"),
    [
        ("campaigns.get.404", lambda c: c.get("none"), NotFound),
        ("campaigns.add_voucher.409", lambda c: c.add_voucher("camp_1", "SYN-0030"), Conflict),
    ],
)
def test_what_the_vendor_refuses(
    clients: Clients, name: str, call: Any, error: type[Exception]
) -> None:
    """A refusal has the class of its status."""
    with pytest.raises(error):
        call(clients.client(Replay(recorded(name))).campaigns)


@pytest.mark.parametrize(
    "write",
    [
        lambda c: c.add_voucher("a", "b"),
        lambda c: c.generate_voucher("a"),
        lambda c: c.generate_vouchers("a", 2),
    ],
    ids=range(3),
)
def test_no_write_is_repeated(clients: Clients, write: Any) -> None:
    """What may have arrived is sent once."""
    replay = Replay(httpx.Response(502), recorded("campaigns.add_voucher.200"))
    with pytest.raises(ServerError):
        write(clients.client(replay).campaigns)
    assert len(replay.requests) == 1


@pytest.mark.parametrize("count", [1, 0, None, True, "2"])
def test_a_number_of_vouchers_that_is_none(clients: Clients, count: Any) -> None:
    """A single one is asked for by another call, which gives it at once."""
    replay = Replay()
    with pytest.raises(InvalidArgument, match="vouchers_count"):
        clients.client(replay).campaigns.generate_vouchers("camp_1", count)
    assert replay.requests == []
