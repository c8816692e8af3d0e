from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import InvalidArgument, MissingCursor, RepeatedCursor
from loyalty_sdk.voucherify import RawFilter

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
PAGE, LAST = "qualifications.check_eligibility.200", "qualifications.check_eligibility.200-last"

CASES = [
    Case(
        "qualifications.check_eligibility",
        {
            "limit": 7,
            "customer": {"source_id": "shopper-1@example.com"},
            "order": {"amount": 10_000},
            "tracking_id": "shopper-1",
            "scenario": "CUSTOMER_WALLET",
            "sorting_rule": "BEST_DEAL",
            "expand": ["redeemable"],
            "starting_after": MAY_1,
            "metadata": {"till": 7},
            "session": {"type": "LOCK"},
            "filters": {
                "campaign_id": {"$in": ["camp_1", "camp_2"], "$has_value": True},
                "holder_role": {"$is": ["OWNER"]},
                "junction": "and",
            },
        },
        "POST /v1/qualifications",
        {
            "customer": {"source_id": "shopper-1@example.com"},
            "order": {"amount": 10_000},
            "tracking_id": "shopper-1",
            "scenario": "CUSTOMER_WALLET",
            "metadata": {"till": 7},
            "session": {"type": "LOCK"},
            "options": {
                "limit": 7,
                "expand": ["redeemable"],
                "sorting_rule": "BEST_DEAL",
                "starting_after": "2026-05-01T00:00:00.000Z",
                "filters": {
                    "campaign_id": {"conditions": {"$in": ["camp_1", "camp_2"], "$has_value": ""}},
                    "holder_role": {"conditions": {"$is": ["OWNER"]}},
                    "junction": "and",
                },
            },
        },
        PAGE,
        {
            "items.0.id": "SYN-0001",
            "items.0.validation_rules_assignments.total": 1,
            "items.1.result.gift.locked_credits": 500,
            "items.2.result.loyalty_card.points_ratio": 10,
            "items.3.object": "promotion_stack",
            "items.3.redeemables.0.id": "SYN-0007",
            "items.3.result.error.key": "quantity_exceeded",
            "cursor": "2026-01-02T08:00:00.000Z",
            "total": 4,
        },
    ),
    Case(
        "qualifications.check_eligibility",
        {"limit": None, "filters": RawFilter({"new_field": {"$is": ["x"]}})},
        "POST /v1/qualifications",
        {"options": {"filters": {"new_field": {"conditions": {"$is": ["x"]}}}}},
        LAST,
        {"items.0.id": "SYN-0009", "cursor": None},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_qualification(clients: Clients, case: Case) -> None:
    """The call sends what the documents say, and its answer can be read."""
    case.check(clients)


def test_the_list_goes_on_at_a_date(clients: Clients) -> None:
    """The cursor is the date that the vendor names, in the body; all else is asked again."""
    replay = Replay(recorded(PAGE), recorded(LAST))
    pager = clients.client(replay).qualifications.check_eligibility(customer={"id": "cust_1"})
    assert [one.id for one in pager][-2:] == ["stack_synthetic1", "SYN-0009"]
    first, second = (json.loads(request.content) for request in replay.requests)
    assert first["options"] == {"limit": 50}
    assert second == {
        "customer": {"id": "cust_1"},
        "options": {"limit": 50, "starting_after": "2026-01-02T08:00:00.000Z"},
    }


def listed(*dates: Any, **around: Any) -> httpx.Response:
    """A page of redeemables that were made at these dates."""
    data = [{"id": f"C{n}", "object": "voucher", "created_at": d} for n, d in enumerate(dates)]
    return httpx.Response(200, json={"redeemables": {"data_ref": "data", "data": data, **around}})


def test_without_a_cursor_the_last_date_is_one(clients: Clients) -> None:
    """Where the vendor leaves its cursor out, the list goes on behind the last one's date."""
    replay = Replay(
        listed("2026-01-02T00:00:00Z", "2026-01-01T00:00:00.123Z", has_more=True),
        listed(has_more=False),
    )
    assert len(list(clients.client(replay).qualifications.check_eligibility())) == 2
    options = json.loads(replay.requests[1].content)["options"]
    assert options["starting_after"] == "2026-01-01T00:00:00.123Z"


def test_a_redeemable_without_a_date_is_gone_behind(clients: Clients) -> None:
    """The walk goes on at the last date that there is, and leaves out what comes again."""
    replay = Replay(
        listed("2026-01-02T00:00:00.000Z", None, has_more=True),
        listed(None, "2026-01-01T00:00:00.000Z", has_more=False),
    )
    assert len(list(clients.client(replay).qualifications.check_eligibility())) == 3


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([listed(has_more=True)], MissingCursor),
        (
            [listed("2026-01-02T00:00:00Z", has_more=True)] * 2,
            RepeatedCursor,
        ),
    ],
)
def test_paging_that_makes_no_sense(
    clients: Clients, answers: list[httpx.Response], error: type[Exception]
) -> None:
    """More without a way to it, and a way that leads back, are errors; nothing is left out."""
    with pytest.raises(error):
        list(clients.client(Replay(*answers)).qualifications.check_eligibility())


def test_a_question_is_repeated(clients: Clients) -> None:
    """It changes nothing, though it is a POST."""
    replay = Replay(httpx.Response(500), recorded(LAST))
    assert len(list(clients.client(replay).qualifications.check_eligibility())) == 1


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"limit": 51}, "limit"),
        ({"scenario": "EVERYTHING"}, "scenario"),
        ({"filters": {"campaign_id": {"$is": "camp_1"}}}, "filters[campaign_id][$is]"),
        ({"filters": {"colour": {"$is": ["red"]}}}, "filters[colour]"),
        ({"filters": {"code": {"$has_value": False}}}, "filters[code][$has_value]"),
        ({"filters": RawFilter({"code": {"$is": None}})}, "filters[code][conditions][$is]"),
        ({"starting_after": datetime(2026, 5, 1)}, "starting_after"),
    ],
)
def test_what_cannot_be_asked(clients: Clients, arguments: Any, argument: str) -> None:
    """It is refused by its name, and nothing is sent."""
    with pytest.raises(InvalidArgument) as caught:
        clients.client(Replay()).qualifications.check_eligibility(**arguments)
    assert caught.value.argument == argument
