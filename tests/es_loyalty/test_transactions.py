from __future__ import annotations

import json
import pickle
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    InvalidArgument,
    NotFound,
    ServerError,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.es_loyalty import CursorTooOld, SessionNotFound, TransactionNotFound

from .helpers import BASE, SESSION, Account, body_of, recorded, row

DOCUMENTED = json.loads((Path(__file__).parent / "attributes.json").read_text("utf-8"))
H = "transactions.history"


def page_of(rows: Any) -> httpx.Response:
    """A synthetic page."""
    return httpx.Response(200, json={"transactions": rows})


def served(router: Any, account: Account) -> Any:
    """Has the vendor answer from a synthetic account."""

    def answer(request: httpx.Request) -> httpx.Response:
        params = request.url.params
        return page_of(account.page(int(params.get("limit", 30)), params.get("transactionId")))

    return router.route().mock(side_effect=answer)


@pytest.mark.parametrize("inclusive", [False, True])
def test_the_history_is_walked(colour: Any, es: Any, router: Any, inclusive: bool) -> None:
    """Page after page over the network, each transaction once."""
    account = Account([row(number) for number in range(7)], inclusive)
    route = served(router, account)
    ids = [item.transaction_id for item in colour.items(es.transactions.history(SESSION, limit=3))]
    assert ids == [f"t{number}" for number in range(7)]
    first = route.calls[0].request
    assert first.method == "GET"
    path = f"/client/users/{SESSION}/transactions/history/v2"
    assert first.url == f"{BASE}{path}?limit=3"
    assert dict(route.calls[1].request.url.params) == {"limit": "3", "transactionId": "t2"}


def test_the_largest_page_is_asked_for(colour: Any, es: Any, answers: Any) -> None:
    """150 unless something else is said."""
    route = answers(f"{H}.200-empty")
    assert colour(es.transactions.history(SESSION).first()) is None
    assert dict(route.calls.last.request.url.params) == {"limit": "150"}


def test_the_recorded_history_is_read(colour: Any, es: Any, answers: Any) -> None:
    """Every action, then an empty page that ends it."""
    route = answers(f"{H}.200", f"{H}.200-empty")
    transactions = colour.items(es.transactions.history(SESSION))
    actions = DOCUMENTED["values"]["Transaction.RequestAction"]
    assert [item.request_action for item in transactions] == [*actions, "SOMETHING_NEW"]
    assert route.calls.last.request.url.params["transactionId"] == "txn-0026"


@pytest.mark.parametrize(
    ("name", "count"),
    [("200-bare", 3), ("200-single", 1), ("200-empty_object", 0), ("200-empty", 0)],
)
def test_every_shape_of_the_answer_is_read(
    colour: Any, es: Any, answers: Any, name: str, count: int
) -> None:
    """Bare, one alone, and both kinds of nothing."""
    answers(f"{H}.{name}", f"{H}.200-empty_object")
    transactions = colour.items(es.transactions.history(SESSION, external_transaction_id="pos-1"))
    assert [item.transaction_id for item in transactions] == [
        held["TransactionID"] for held in body_of(f"{H}.200-bare")[:count]
    ]


def test_every_parameter_is_sent(colour: Any, es: Any, answers: Any) -> None:
    """With each page, under the vendor's names; no order of `from` and `to` is imposed."""
    route = answers(f"{H}.200-single", f"{H}.200-empty")
    pager = es.transactions.history(
        SESSION,
        limit=10,
        transaction_id="txn-0000",
        from_=datetime(2026, 1, 1, tzinfo=timezone.utc),
        to=1_700_000_000_000,
        locale="EN",
        transaction_type="ADHOC_REDEEM",
        external_transaction_id="pos 1",
    )
    assert len(colour.items(pager)) == 1
    for call in route.calls:
        assert dict(call.request.url.params) == {
            "limit": "10",
            "transactionId": "txn-0000",
            "from": "1767225600000",
            "to": "1700000000000",
            "locale": "EN",
            "transactionType": "ADHOC_REDEEM",
            "externalTransactionID": "pos 1",
        }
    sent = set(route.calls.last.request.url.params)
    assert sent == set(DOCUMENTED["parameters"][H])


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("correlation_id", ""),
        ("limit", 0),
        ("limit", 151),
        ("limit", True),
        ("limit", "10"),
        ("transaction_id", ""),
        ("transaction_id", " "),
        ("from_", datetime(2026, 1, 1)),
        ("to", "yesterday"),
        ("locale", ""),
        ("transaction_type", ""),
        ("external_transaction_id", ""),
        ("external_transaction_id", "a\nb"),
    ],
)
def test_a_bad_argument_is_refused(
    colour: Any, es: Any, router: Any, argument: str, value: Any
) -> None:
    """Before anything is sent, and when the history is asked for, not when it is walked."""
    arguments = {"correlation_id": SESSION, argument: value}
    with pytest.raises(InvalidArgument) as caught:
        es.transactions.history(**arguments)
    assert caught.value.argument == argument
    assert caught.value.operation == "es_loyalty.transactions.history"
    assert not router.calls


@pytest.mark.parametrize("limit", [1, 150, None])
def test_the_bounds_of_a_page_are_included(es: Any, limit: int | None) -> None:
    """1 and 150 are allowed."""
    es.transactions.history(SESSION, limit=limit)


ROWS = [
    ("400-limit_not_positive", BadRequest, "INVALID_REQUEST"),
    ("400-limit_too_large", BadRequest, "INVALID_REQUEST"),
    ("400-transaction_id_empty", BadRequest, "INVALID_REQUEST"),
    ("400-from_no_epoch", BadRequest, "INVALID_REQUEST"),
    ("400-to_no_epoch", BadRequest, "INVALID_REQUEST"),
    ("400-from_after_to", BadRequest, "INVALID_REQUEST"),
    ("400-too_old", CursorTooOld, "INVALID_REQUEST"),
    ("400-no_transaction", TransactionNotFound, "INVALID_REQUEST"),
    ("400-external_id_filter_off", BadRequest, "INVALID_REQUEST"),
    ("400-external_id_empty", BadRequest, "INVALID_REQUEST"),
    ("400-type_filter_off", BadRequest, "INVALID_REQUEST"),
    ("404-no_transaction", TransactionNotFound, "NOT_FOUND"),
    ("400-no_session", SessionNotFound, "BAD_REQUEST"),
    ("400-no_session_without_a_period", SessionNotFound, "INVALID_REQUEST"),
]


@pytest.mark.parametrize(("name", "expected", "code"), ROWS)
def test_every_documented_error(
    colour: Any, es: Any, answers: Any, name: str, expected: type[APIError], code: str
) -> None:
    """Its own class where it has one, the vendor's words, and what support asks for."""
    route = answers(f"{H}.{name}")
    with pytest.raises(APIError) as caught:
        colour.items(es.transactions.history(SESSION))
    error = caught.value
    assert type(error) is expected
    assert (error.status, error.code) == (int(name[:3]), code)
    assert error.message == body_of(f"{H}.{name}")["errorMessage"]
    assert error.request_id == "5f0c1a7e-1111-4222-8333-synthetic0001"
    assert error.operation == "es_loyalty.transactions.history"
    assert route.call_count == 1


@pytest.mark.parametrize("name", ["400-no_transaction", "404-no_transaction"])
def test_a_missing_transaction_is_one_error(colour: Any, es: Any, answers: Any, name: str) -> None:
    """The vendor documents two statuses for it; both are a `NotFound` that names it."""
    answers(f"{H}.{name}")
    with pytest.raises(TransactionNotFound) as caught:
        colour.items(es.transactions.history(SESSION, transaction_id="txn-nowhere"))
    assert isinstance(caught.value, NotFound)
    assert isinstance(caught.value, LookupError)
    assert caught.value.transaction_id == "txn-nowhere"


def test_a_walk_past_a_hundred_days_says_where_it_stands(colour: Any, es: Any, router: Any) -> None:
    """The last transaction's id and date; nothing is continued, and the cursor is there."""
    rows = [row(number, f"txn-000{number}") for number in range(4)]
    route = router.route().mock(side_effect=[page_of(rows), recorded(f"{H}.400-too_old")])
    pager = es.transactions.history(SESSION, limit=4)
    with pytest.raises(CursorTooOld) as caught:
        colour.items(pager)
    error = caught.value
    assert error.transaction_id == "txn-0003"
    assert error.transaction_date is not None
    assert error.transaction_date.timestamp() * 1000 == rows[3]["TransactionDateEpoch"]
    assert isinstance(error, BadRequest)
    assert route.call_count == 2
    assert error.cursor == pager.cursor
    kept = pickle.loads(pickle.dumps(error))
    assert (kept.transaction_id, kept.transaction_date) == ("txn-0003", error.transaction_date)


def test_a_start_that_is_too_old_has_no_date(colour: Any, es: Any, answers: Any) -> None:
    """The caller named it, so its date is not known here."""
    answers(f"{H}.400-too_old")
    with pytest.raises(CursorTooOld) as caught:
        colour.items(es.transactions.history(SESSION, transaction_id="txn-0003"))
    assert caught.value.transaction_id == "txn-0003"
    assert caught.value.transaction_date is None


def test_an_error_on_the_way_has_the_cursor_to_go_on_from(
    colour: Any, es: Any, router: Any
) -> None:
    """What was handed out does not come again."""
    account = Account([row(number) for number in range(4)], inclusive=True)
    gateway = recorded(f"{H}.502-gateway")
    route = router.route().mock(
        side_effect=[page_of(account.page(2, None)), gateway, gateway, gateway]
    )
    pager = es.transactions.history(SESSION, limit=2)
    with pytest.raises(ServerError) as caught:
        colour.items(pager)
    assert route.call_count == 4
    router.routes.clear()
    served(router, account)
    pages = colour.items(pager.pages(caught.value.cursor))
    assert [item.transaction_id for page in pages for item in page.items] == ["t2", "t3"]


def test_pages_carry_their_response(colour: Any, es: Any, router: Any) -> None:
    """And know no total: the vendor names none."""
    served(router, Account([row(0)]))
    pager = es.transactions.history(SESSION)
    pages = colour.items(pager.pages())
    assert [len(page.items) for page in pages] == [1, 0]
    assert all(page.response.status == 200 for page in pages)
    assert pager.total is None


def test_an_unreadable_page_is_asked_for_again(colour: Any, es: Any, router: Any) -> None:
    """Then it is an error that names the place."""
    route = router.route().respond(json={"transactions": [{"NetAmount": "many"}]})
    with pytest.raises(UnreadableAnswer, match=r"\$\.transactions\[0\]\.NetAmount"):
        colour.items(es.transactions.history(SESSION))
    assert route.call_count == 3


def test_a_business_401_is_not_repeated(colour: Any, es: Any, answers: Any) -> None:
    """Another token would be told the same."""
    route = answers(f"{H}.401-business")
    with pytest.raises(Unauthorized, match="Account status is CLOSED"):
        colour.items(es.transactions.history(SESSION))
    assert route.call_count == 1
