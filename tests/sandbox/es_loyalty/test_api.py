"""ES Loyalty over its socket: bodies, pages, headers, languages, wrong paths."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
import pytest

from loyalty_sdk.sandbox import Member, Sandbox
from loyalty_sdk.sandbox.es_loyalty import Issuance, Transaction

from ..helpers import MovableClock
from .caller import ESLoyaltyCaller, error_of

DAY = 24 * 3600 * 1000


def walk(caller: ESLoyaltyCaller, **query: Any) -> tuple[list[str], httpx.Response]:
    """The ids of all pages until one brings nothing new, and the last answer."""
    ids: list[str] = []
    while True:
        answer = caller.history(query)
        if answer.status_code != 200:
            return ids, answer
        fresh = [one["TransactionID"] for one in answer.json()["transactions"]]
        fresh = [one for one in fresh if one not in ids[-1:]]
        if not fresh:
            return ids, answer
        ids += fresh
        query["transactionId"] = ids[-1]


def expected_ids(sandbox: Sandbox, member: Member) -> list[str]:
    """All transaction ids of a member, newest first."""
    return [one.id for one in sandbox.es_loyalty_state.transactions(member.es_loyalty_account_id)]


# Bodies


@pytest.mark.parametrize("body", ["wrapped", "bare", "empty_object"])
def test_a_history_has_one_of_three_bodies(
    everyday: ESLoyaltyCaller, body: Literal["wrapped", "bare", "empty_object"]
) -> None:
    """The switch says whether transactions are wrapped, bare, or `{}` when there are none."""
    rows = everyday.page({"limit": 2})
    assert len(rows) == 2
    expected: dict[str, tuple[Any, ...]] = {
        "wrapped": ({"transactions": rows}, {"transactions": []}),
        "bare": (rows, []),
        "empty_object": ({"transactions": rows}, {}),
    }
    everyday.sandbox.turn(es_loyalty_history_body=body)
    queries = ({"limit": 2}, {"externalTransactionID": "nothing"})
    assert tuple(everyday.history(query).json() for query in queries) == expected[body]


@pytest.mark.parametrize("body", ["bare", "wrapped", "single", "empty_object"])
def test_issuances_have_one_of_four_bodies(
    everyday: ESLoyaltyCaller, body: Literal["bare", "wrapped", "single", "empty_object"]
) -> None:
    """The switch says how many, one and no issuances look."""
    rows = everyday.issuances({"limit": 2}).json()
    assert len(rows) == 2
    expected: dict[str, tuple[Any, ...]] = {
        "bare": (rows, rows[:1], []),
        "wrapped": ({"issuances": rows}, {"issuances": rows[:1]}, {"issuances": []}),
        "single": (rows, rows[0], []),
        "empty_object": (rows, rows[:1], {}),
    }
    everyday.sandbox.turn(es_loyalty_issuances_body=body)
    queries = ({"limit": 2}, {"limit": 1}, {"businessUnit": "nobody"})
    assert tuple(everyday.issuances(query).json() for query in queries) == expected[body]


def test_money_keeps_its_two_decimals(everyday: ESLoyaltyCaller) -> None:
    """Amounts in dollars are numbers with two decimals, as the page says, zero included."""
    text = everyday.history({"limit": 150}).text
    amounts = re.findall(r'"NetAmountDollars":([^,}]*)', text)
    assert all(re.fullmatch(r"-?\d+\.\d\d", one) for one in amounts)
    assert "0.00" in amounts
    assert '"rewardValue":12.50' in everyday.issuances().text


# Pages


@pytest.mark.parametrize("cursor", ["exclusive", "inclusive"])
@pytest.mark.parametrize("limit", [2, 7, 150])
def test_a_member_can_be_walked(
    everyday: ESLoyaltyCaller, cursor: Literal["exclusive", "inclusive"], limit: int
) -> None:
    """Page after page gives each of the everyday member's transactions once."""
    everyday.sandbox.turn(es_loyalty_history_cursor=cursor)
    ids, last = walk(everyday, limit=limit)
    assert last.status_code == 200
    assert ids == expected_ids(everyday.sandbox, everyday.sandbox.member)


def test_a_year_cannot_be_walked(es_loyalty: ESLoyaltyCaller) -> None:
    """The heavy member has thousands, and the cursor ends after a hundred days."""
    sandbox, heavy = es_loyalty.sandbox, es_loyalty.sandbox.members.heavy
    es_loyalty.session(heavy)
    ids, last = walk(es_loyalty, limit=150)
    assert ids == expected_ids(sandbox, heavy)[: len(ids)]
    assert len(ids) > 2000
    status, code, message = error_of(last)
    assert (status, code) == (400, "INVALID_REQUEST")
    pattern = rf"Transaction {ids[-1]} must be within \d{{4}}-\d\d-\d\d to \d{{4}}-\d\d-\d\d date"
    assert re.fullmatch(pattern, message)


def test_a_window_can_be_walked_to_its_end(es_loyalty: ESLoyaltyCaller) -> None:
    """Within the last ninety days the heavy member's walk ends by itself."""
    heavy = es_loyalty.sandbox.members.heavy
    es_loyalty.session(heavy)
    newest = es_loyalty.page({"limit": 1})[0]["TransactionDateEpoch"]
    ids, last = walk(es_loyalty, limit=150, **{"from": newest - 90 * DAY})
    assert last.status_code == 200
    assert len(ids) > 2000
    assert len(ids) == len(set(ids))


def test_the_past_is_cut_off_after_a_year(es_loyalty: ESLoyaltyCaller) -> None:
    """What is older than a year exists and cannot be had."""
    sandbox, awkward = es_loyalty.sandbox, es_loyalty.sandbox.members.awkward
    es_loyalty.session(awkward)
    everything = expected_ids(sandbox, awkward)
    got = [one["TransactionID"] for one in es_loyalty.page({"limit": 150, "from": 0})]
    assert got == everything[: len(got)]
    assert 10 < len(got) < 15 < len(everything)


def test_somebody_else_s_transaction_is_no_cursor(everyday: ESLoyaltyCaller) -> None:
    """A transaction exists for its own member only."""
    sandbox = everyday.sandbox
    foreign = expected_ids(sandbox, sandbox.members.heavy)[0]
    answer = everyday.history({"transactionId": foreign})
    assert error_of(answer) == (404, "NOT_FOUND", f"Transaction {foreign} does not exist")


def test_the_empty_member_holds_nothing(es_loyalty: ESLoyaltyCaller) -> None:
    """There is an account, and nothing in it."""
    es_loyalty.session(es_loyalty.sandbox.members.empty)
    assert es_loyalty.page() == []
    assert es_loyalty.issuances().json() == []
    assert es_loyalty.issuances().status_code == 200


# What a test can change


def test_transactions_can_be_added_while_walking(http: httpx.Client) -> None:
    """A new transaction is the newest, upon the balance before it, with what the test says."""
    clock = MovableClock(datetime(2026, 5, 1, tzinfo=UTC))
    with Sandbox(now=clock) as sandbox:
        call, state = ESLoyaltyCaller(sandbox, http), sandbox.es_loyalty_state
        account = sandbox.member.es_loyalty_account_id
        call.session(sandbox.member)
        before = call.page({"limit": 1})[0]
        clock.advance(minutes=5)
        first = state.add_transaction(account)
        second = state.add_transaction(account, RequestAction="SAF", Channel="MOON")
        new = call.page({"limit": 3})
        assert [one["TransactionID"] for one in new] == [second, first, before["TransactionID"]]
        assert [one["RequestAction"] for one in new[:2]] == ["SAF", "PURCHASE"]
        assert new[0]["Channel"] == "MOON"
        assert new[1]["OriginalPointBalance"] == before["NewPointBalance"]
        with pytest.raises(LookupError):
            state.add_transaction("nobody")


def test_data_can_be_replaced(http: httpx.Client) -> None:
    """A test can put its own transactions and issuances in place of a member's."""
    with Sandbox() as sandbox:
        call, state = ESLoyaltyCaller(sandbox, http), sandbox.es_loyalty_state
        account, now = sandbox.member.es_loyalty_account_id, int(datetime.now(UTC).timestamp())
        rows = [
            {"TransactionID": name, "TransactionDateEpoch": now * 1000 - age}
            for name, age in (("old", 2000), ("new", 1000))
        ]
        rows = [{**one, "RequestAction": "PURCHASE"} for one in rows]
        issued = {"issuedDateEpoch": 1, "expiryDateEpoch": now * 2000}
        state.put_transactions(account, [Transaction(content=one) for one in rows])
        state.put_issuances(account, [Issuance(content=issued)])
        call.session(sandbox.member)
        assert call.page() == rows[::-1]
        assert call.issuances().json() == [{**issued, "notes": "Thank you for shopping!"}]
        for put in (state.put_transactions, state.put_issuances):
            with pytest.raises(LookupError):
                put("nobody", ())


# Languages


@pytest.mark.parametrize(
    ("query", "french"),
    [
        ({}, False),
        ({"locale": "en-CA"}, False),
        ({"locale": "en-US"}, False),
        ({"locale": "fr-CA"}, True),
        ({"locale": "FR"}, False),
        ({"locale": '"fr-CA"'}, False),
        ({"locale": ""}, False),
    ],
)
def test_texts_come_in_the_language_of_the_call(
    everyday: ESLoyaltyCaller, query: dict[str, str], french: bool
) -> None:
    """French has to be asked for rightly; a locale that is not valid gives the default."""
    history = everyday.history({**query, "transactionType": "FINALIZE"}).text
    assert ("Points doublés" in history) is french
    assert ("Double points" in history) is not french
    assert ("Merci" in everyday.issuances(query).text) is french


@pytest.mark.parametrize(
    ("query", "french"), [({}, True), ({"locale": "en-CA"}, False), ({"locale": "x"}, False)]
)
def test_an_account_has_a_language_of_its_own(
    es_loyalty: ESLoyaltyCaller, query: dict[str, str], french: bool
) -> None:
    """The awkward member reads French unless the call says otherwise."""
    es_loyalty.session(es_loyalty.sandbox.members.awkward)
    assert ("Merci" in es_loyalty.issuances(query).text) is french


# The gateway


@pytest.mark.parametrize("path", ["", "/", "/client/users/x", "/client/users/x/issuances/1"])
def test_an_unknown_path_is_not_found(es_loyalty: ESLoyaltyCaller, path: str) -> None:
    """A path that no call has gives a 404 in the gateway's shape."""
    answer = es_loyalty(path)
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found"})
    assert es_loyalty.sandbox.requests[-1].operation == "es_loyalty.unknown"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/oauth/token", "POST"),
        ("GET", "/client/users/x/sessions", "POST"),
        ("POST", "/client/users/x/issuances", "GET"),
        ("DELETE", "/client/users/x/transactions/history/v2", "GET"),
    ],
)
def test_a_wrong_method_is_not_allowed(
    es_loyalty: ESLoyaltyCaller, method: str, path: str, allowed: str
) -> None:
    """A known path under a wrong verb gives a 405 that names the right one."""
    answer = es_loyalty(path, method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_every_answer_has_the_documented_headers(everyday: ESLoyaltyCaller) -> None:
    """Successes and errors carry the headers of the page, with an id of their own."""
    answers = [everyday.history(), everyday.issuances(), everyday("/nowhere")]
    for answer in answers:
        for name in (
            "date",
            "content-length",
            "x-amzn-RequestId",
            "Referrer-Policy",
            "X-XSS-Protection",
            "Access-Control-Allow-Origin",
            "Expect-CT",
            "Strict-Transport-Security",
            "Feature-Policy",
            "X-Frame-Options",
            "Content-Security-Policy",
            "x-amz-apigw-id",
            "cache-control",
            "X-Content-Type-Options",
            "X-Amzn-Trace-Id",
        ):
            assert answer.headers[name]
        uuid = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"
        assert re.fullmatch(uuid, answer.headers["x-amzn-RequestId"])
    assert len({answer.headers["x-amzn-RequestId"] for answer in answers}) == 3


def test_calls_are_recorded_under_their_names(everyday: ESLoyaltyCaller) -> None:
    """The record tells the four calls apart."""
    everyday.history()
    everyday.issuances()
    assert [one.operation for one in everyday.sandbox.requests] == [
        "es_loyalty.token",
        "es_loyalty.start-session",
        "es_loyalty.transaction-history",
        "es_loyalty.list-issuances",
    ]
