"""Customers made, changed, listed, forgotten, and changed by the hundred."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import InvalidArgument, NotFound, RateLimited, ServerError
from loyalty_sdk.voucherify import PageCeiling

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
ADA = {"source_id": "shopper-1@example.com"}

CASES = [
    Case(
        "customers.create",
        {
            **ADA,
            "birthdate": date(1990, 2, 28),
            "description": "two\nlines",
            "address": {"city": "Sampletown", "line_2": None},
            "metadata": {"tier": "gold"},
            "phone": None,
        },
        "POST /v1/customers",
        {
            **ADA,
            "birthdate": "1990-02-28",
            "description": "two\nlines",
            "address": {"city": "Sampletown", "line_2": None},
            "metadata": {"tier": "gold"},
        },
        "customers.create.200",
        {
            "id": "cust_synthetic1",
            "summary.orders.last_order_amount.major": 120.5,
            "summary.redemptions.gift.amount_to_go": 7500,
            "referrals.campaigns.0.referrer_id": "cust_synthetic2",
            "birthdate": date(1990, 2, 28),
        },
    ),
    Case(
        "customers.get",
        {"customer_id": "a/b@example.com"},
        "GET /v1/customers/a/b@example.com",
        None,
        "customers.get.200",
        {"address.city": "Sampletown", "loyalty.points": 200},
    ),
    Case(
        "customers.update",
        {"customer_id": "cust_1", "phone": None, "name": "Ada"},
        "PUT /v1/customers/cust_1",
        {"phone": None, "name": "Ada"},
        "customers.update.200",
        {"phone": None},
    ),
    Case(
        "customers.list",
        {
            "limit": 2,
            "email": "a@example.com",
            "city": "Sampletown",
            "name": "Ada",
            "segment_id": "seg_1",
            "created_at": {"before": MAY_1},
            "updated_at": {"after": MAY_1},
            "order": "-source_id",
            "starting_after": None,
        },
        "GET /v1/customers?page=1&limit=2&email=a@example.com&city=Sampletown&name=Ada"
        "&segment_id=seg_1&created_at[before]=2026-05-01T00:00:00.000Z"
        "&updated_at[after]=2026-05-01T00:00:00.000Z&order=-source_id",
        None,
        "customers.list.200-more",
        {"items.1.id": "cust_synthetic4", "total": 4, "cursor": "2"},
    ),
    Case(
        "customers.list",
        {"limit": 2, "city": "Sampletown", "starting_after": MAY_1},
        "GET /v1/customers?limit=2&city=Sampletown&starting_after=2026-05-01T00:00:00.000Z",
        None,
        "customers.list.200-more",
        {"items.0.id": "cust_synthetic3", "cursor": "2025-12-30T08:00:00.007Z"},
    ),
    Case(
        "customers.list",
        {"starting_after": MAY_1, "order": "updated_at"},
        "GET /v1/customers?limit=100&order=updated_at&starting_after=2026-05-01T00:00:00.000Z",
        None,
        "customers.list.200",
        {"cursor": None, "total": 2},
    ),
    Case(
        "customers.list_activity",
        {
            "customer_id": "cust_1",
            "limit": 5,
            "order": "-created_at",
            "starting_after_id": "ev_9",
            "start_date": MAY_1,
            "end_date": MAY_1,
            "campaign_id": "camp_1",
            "campaign_type": "LOYALTY_PROGRAM",
            "category": "EFFECT",
            "type": "customer.redemption.succeeded",
        },
        "GET /v1/customers/cust_1/activity?limit=5&order=-created_at"
        "&start_date=2026-05-01T00:00:00.000Z&end_date=2026-05-01T00:00:00.000Z"
        "&campaign_id=camp_1&campaign_type=LOYALTY_PROGRAM&category=EFFECT"
        "&type=customer.redemption.succeeded&starting_after_id=ev_9",
        None,
        "customers.list_activity.200",
        {"items.0.type": "customer.redemption.succeeded", "items.1.group_id": "v-0csynthetic1"},
    ),
    Case(
        "customers.list_segments",
        {"customer_id": "cust_1"},
        "GET /v1/customers/cust_1/segments",
        None,
        "customers.list_segments.200",
        {"items.1.name": "Synthetic members", "total": 2, "cursor": None},
    ),
    Case(
        "customers.delete_permanently",
        {"customer_id": "cust_1"},
        "POST /v1/customers/cust_1/permanent-deletion",
        None,
        "customers.delete_permanently.200",
        {"related_object_id": "cust_synthetic1", "data_json.orders": 2},
    ),
    Case(
        "customers.update_in_bulk",
        {"customers": [{**ADA, "email": None}, {"source_id": "b", "metadata": {"a": 1}}]},
        "POST /v1/customers/bulk/async",
        [{**ADA, "email": None}, {"source_id": "b", "metadata": {"a": 1}}],
        "customers.update_in_bulk.202",
        {"async_action_id": "aa_synthetic1"},
    ),
    Case(
        "customers.update_metadata_in_bulk",
        {"source_ids": ["a", "b"], "metadata": {"since": MAY_1}},
        "POST /v1/customers/metadata/async",
        {"source_ids": ["a", "b"], "metadata": {"since": "2026-05-01T00:00:00Z"}},
        "customers.update_metadata_in_bulk.202",
        {"async_action_id": "aa_synthetic1"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_customers(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


def test_a_customer_is_deleted(clients: Clients) -> None:
    """A 204 gives `None`."""
    replay = Replay(recorded("customers.delete.204"))
    assert clients.client(replay).customers.delete("a/b") is None
    assert replay.requests[0].url.raw_path == b"/v1/customers/a%2Fb"


def test_a_customer_who_does_not_exist(clients: Clients) -> None:
    """It is a 404, and too many changes at once are a 429 without the vendor's word."""
    with pytest.raises(NotFound):
        clients.client(Replay(recorded("customers.get.404"))).customers.get("none")
    many = clients.client(Replay(*[recorded("customers.update_in_bulk.429")] * 3))
    with pytest.raises(RateLimited) as caught:
        many.customers.update_in_bulk([{"source_id": "a"}])
    assert caught.value.code is None


@pytest.mark.parametrize(
    ("fields", "times"), [({"source_id": "a"}, 2), ({"id": "cust_1"}, 2), ({"name": "Ada"}, 1)]
)
def test_a_customer_is_made_again_by_their_own_key(
    clients: Clients, fields: Any, times: int
) -> None:
    """The vendor changes the customer with this key; without one there would be two."""
    replay = Replay(httpx.Response(502), recorded("customers.create.200"))
    create = clients.client(replay).customers.create
    if times == 1:
        with pytest.raises(ServerError):
            create(**fields)
    else:
        create(**fields)
    assert len(replay.requests) == times


@pytest.mark.parametrize(
    "write",
    [
        lambda c: c.update("a", name="b"),
        lambda c: c.delete("a"),
        lambda c: c.delete_permanently("a"),
        lambda c: c.update_in_bulk([{"source_id": "a"}]),
        lambda c: c.update_metadata_in_bulk(["a"], {}),
    ],
    ids=range(5),
)
def test_no_other_write_is_repeated(clients: Clients, write: Any) -> None:
    """What may have arrived is sent once."""
    replay = Replay(httpx.Response(502), recorded("customers.get.200"))
    with pytest.raises(ServerError):
        write(clients.client(replay).customers)
    assert len(replay.requests) == 1


# --- by pages up to the ceiling, by date beyond it


def test_pages_of_customers_end_at_the_ceiling(clients: Clients) -> None:
    """Behind page 99 the walk raises, and says how to go on."""
    page = {"data_ref": "customers", "customers": [{"id": "cust_1"}], "total": 500}
    replay = Replay(*[httpx.Response(200, json=page)] * 100)
    with pytest.raises(PageCeiling, match="starting_after takes the created_at") as caught:
        list(clients.client(replay).customers.list(limit=1))
    assert len(replay.requests) == 99
    assert caught.value.cursor == "99"


def test_a_walk_by_date_goes_on_at_the_last_customer(clients: Clients) -> None:
    """Each page begins where the last one ended, and the walk has no ceiling."""
    replay = Replay(recorded("customers.list.200-more"), recorded("customers.list.200"))
    found = list(clients.client(replay).customers.list(limit=2, starting_after=MAY_1))
    assert [one.id[-1] for one in found] == ["3", "4", "1", "2"]
    assert [query["starting_after"] for query in replay.queries] == [
        "2026-05-01T00:00:00.000Z",
        "2025-12-30T08:00:00.007Z",
    ]
    assert all("page" not in query for query in replay.queries)


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"starting_after": MAY_1, "order": "-created_at"}, "order"),
        ({"starting_after": MAY_1, "order": "source_id"}, "order"),
        ({"starting_after": datetime(2026, 5, 1)}, "starting_after"),
        ({"starting_after": MAY_1, "limit": 101}, "limit"),
        ({"starting_after": "2026-05-01"}, "starting_after"),
    ],
)
def test_a_walk_by_date_that_cannot_be(clients: Clients, arguments: Any, argument: str) -> None:
    """It is refused by the name of the argument, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        clients.client(replay).customers.list(**arguments)
    assert caught.value.argument == argument
    assert replay.requests == []


@pytest.mark.parametrize("customers", [[], [{}], [{"id": "cust_1"}], "abc", [{"source_id": ""}]])
def test_many_customers_that_cannot_be_changed(clients: Clients, customers: Any) -> None:
    """Each needs a source id; the error names the place."""
    replay = Replay()
    with pytest.raises(InvalidArgument, match="customers"):
        clients.client(replay).customers.update_in_bulk(customers)
    assert replay.requests == []
