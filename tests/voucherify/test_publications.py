from __future__ import annotations

from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import BadRequest, InvalidArgument, PermissionDenied, ServerError

from .replay import Case, Clients, Replay, recorded

WHOM = {"source_id": "shopper-1@example.com"}

CASES = [
    Case(
        "publications.create",
        {
            "customer": {**WHOM, "name": "Synthetic Shopper"},
            "voucher": "SYN-0001",
            "source_id": "publication-1",
            "channel": "myown",
            "metadata": {"letter": "spring"},
        },
        "POST /v1/publications",
        {
            "customer": {**WHOM, "name": "Synthetic Shopper"},
            "voucher": "SYN-0001",
            "source_id": "publication-1",
            "channel": "myown",
            "metadata": {"letter": "spring"},
        },
        "publications.create.200",
        {"voucher.code": "SYN-0001", "channel": "myown", "customer.email": "shopper-1@example.com"},
    ),
    Case(
        "publications.create",
        {
            "customer": {"id": "cust_1"},
            "campaign": {"name": "Spring", "count": 2},
            "join_once": False,
        },
        "POST /v1/publications?join_once=false",
        {"customer": {"id": "cust_1"}, "campaign": {"name": "Spring", "count": 2}},
        "publications.create.200-several",
        {"vouchers": ("SYN-0001", "SYN-0002"), "voucher": None},
    ),
    Case(
        "publications.get_or_create",
        {
            "source_id": "publication-1",
            "customer": WHOM,
            "campaign": {"name": "Spring"},
            "metadata": {"letter": "spring"},
            "join_once": True,
        },
        "GET /v1/publications/create?join_once=true&source_id=publication-1"
        "&customer[source_id]=shopper-1@example.com&campaign[name]=Spring&metadata[letter]=spring",
        None,
        "publications.get_or_create.200",
        {"source_id": "publication-1", "vouchers_id": ("v_synthetic1",)},
    ),
    Case(
        "publications.list",
        {
            "limit": 20,
            "source_id": "publication-1",
            "campaign": "Spring",
            "customer": "cust_1",
            "voucher": "SYN-0001",
            "result": "SUCCESS",
            "voucher_type": "loyalty",
            "is_referral_code": False,
            "order": "-channel",
            "filters": {"customer_id": {"$in": ["cust_1", "cust_2"]}},
        },
        "GET /v1/publications?page=1&limit=20&source_id=publication-1&campaign=Spring"
        "&customer=cust_1&voucher=SYN-0001&result=SUCCESS&voucher_type=loyalty"
        "&is_referral_code=false&order=-channel"
        "&filters[customer_id][conditions][$in][0]=cust_1"
        "&filters[customer_id][conditions][$in][1]=cust_2",
        None,
        "publications.list.200",
        {"items.2.failure_code": "missing_vouchers", "items.1.vouchers": ("SYN-0001", "SYN-0002")},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_publications(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [
        ("publications.create.400", BadRequest, "duplicate_source_id"),
        ("publications.create.400-published", BadRequest, "voucher_already_published"),
        (
            "publications.get_or_create.403",
            PermissionDenied,
            "integration_api_key_required",
        ),
    ],
)
def test_what_the_vendor_refuses(
    clients: Clients, name: str, error: type[Exception], code: str
) -> None:
    """A refusal has the class of its status and the vendor's word."""
    publications = clients.client(Replay(recorded(name))).publications
    create = getattr(publications, name.split(".")[1])
    with pytest.raises(error) as caught:
        create(customer=WHOM, voucher="SYN-0001", source_id="publication-1")
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_publishing_is_not_repeated(clients: Clients) -> None:
    """A replay would publish again, or be refused for its source id: so it is sent once."""
    replay = Replay(httpx.Response(502), recorded("publications.create.200"))
    with pytest.raises(ServerError):
        clients.client(replay).publications.create(customer=WHOM, voucher="A", source_id="p-1")
    assert len(replay.requests) == 1


def test_the_get_that_publishes_is_repeated_by_its_source_id(clients: Clients) -> None:
    """With a source id a repetition gives the very same code."""
    replay = Replay(httpx.Response(502), recorded("publications.get_or_create.200"))
    client = clients.client(replay)
    client.publications.get_or_create(source_id="p-1", customer=WHOM, voucher="A")
    assert len(replay.requests) == 2


def test_the_get_that_publishes_needs_a_source_id(clients: Clients) -> None:
    """Without one each repetition would publish another voucher, so none is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        clients.client(replay).publications.get_or_create(customer=WHOM, voucher="A")
    assert caught.value.argument == "source_id"
    assert replay.requests == []


@pytest.mark.parametrize("given", [{"customer": None}, {}, {"customer": {"name": 5}}])
def test_a_publication_without_a_customer(clients: Clients, given: Any) -> None:
    """Somebody must be published to."""
    with pytest.raises(InvalidArgument) as caught:
        clients.client(Replay()).publications.create(voucher="A", **given)
    assert caught.value.argument.startswith("customer")
