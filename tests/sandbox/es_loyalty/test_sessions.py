"""ES Loyalty's sessions: starting them, their end, and both faces of a missing one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, get_args

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.switches import IdentifierType

from ..helpers import MovableClock
from .caller import ESLoyaltyCaller, error_of

MISSING = "Session correlation ID does not exist--create it first"
FACES = {
    "BAD_REQUEST": (400, "BAD_REQUEST", MISSING + "."),
    "INVALID_REQUEST": (400, "INVALID_REQUEST", MISSING),
}


@pytest.fixture
def clock() -> MovableClock:
    """A clock to move."""
    return MovableClock(datetime(2026, 5, 1, tzinfo=UTC))


@pytest.fixture
def timed(clock: MovableClock, http: httpx.Client) -> Iterator[ESLoyaltyCaller]:
    """A caller of a sandbox that goes by the movable clock."""
    with Sandbox(now=clock) as sandbox:
        yield ESLoyaltyCaller(sandbox, http)


def test_a_session_names_the_account_and_its_card(es_loyalty: ESLoyaltyCaller) -> None:
    """The answer has the two documented names first, and balances that can be redeemed."""
    member = es_loyalty.sandbox.member
    body = es_loyalty.start(member.es_loyalty_account_id, correlationId="one", channel="APP").json()
    assert list(body)[:2] == ["accountId", "loyaltyId"]
    assert body["accountId"] == member.es_loyalty_account_id
    assert body["loyaltyId"] == member.es_loyalty_loyalty_id
    assert body["userMaxRedeemPoints"] == body["pointsBalance"] > 0
    newest = es_loyalty.page(session="one")[0]
    assert body["pointsBalance"] == newest["NewPointBalance"]


@pytest.mark.parametrize("kind", get_args(IdentifierType))
def test_each_kind_of_identifier_finds_the_account(
    es_loyalty: ESLoyaltyCaller, kind: IdentifierType
) -> None:
    """Every account is found by every kind of identifier, slashes and blanks included."""
    for account in es_loyalty.sandbox.es_loyalty_state.accounts:
        answer = es_loyalty.start(
            account.identifier(kind), kind, correlationId=f"s-{account.number}"
        )
        assert answer.json()["accountId"] == account.account_id


def test_an_identifier_is_of_one_kind_only(es_loyalty: ESLoyaltyCaller) -> None:
    """A card number is no account id, and nobody is nobody."""
    card = es_loyalty.sandbox.member.es_loyalty_loyalty_id
    for identifier in (card, "nobody"):
        answer = es_loyalty.start(identifier, "ACCOUNT_ID", correlationId="one")
        assert error_of(answer) == (404, "NOT_FOUND", "Account does not exist")


@pytest.mark.parametrize("default", get_args(IdentifierType))
def test_the_default_kind_is_configured(
    es_loyalty: ESLoyaltyCaller, default: IdentifierType
) -> None:
    """Without the header the switch says what an identifier is taken for."""
    es_loyalty.sandbox.turn(es_loyalty_default_identifier_type=default)
    account = es_loyalty.sandbox.es_loyalty_state.accounts[0]
    right = es_loyalty.start(account.identifier(default), None, correlationId="one")
    other: IdentifierType = "EMAIL" if default == "ACCOUNT_ID" else "ACCOUNT_ID"
    wrong = es_loyalty.start(account.identifier(other), None, correlationId="two")
    assert (right.status_code, wrong.status_code) == (200, 404)


def test_an_unknown_kind_is_refused(es_loyalty: ESLoyaltyCaller) -> None:
    """The header has one of the documented values."""
    answer = es_loyalty.start("x", "PASSPORT", correlationId="one")
    assert error_of(answer)[:2] == (400, "INVALID_REQUEST")


def test_a_session_by_phone_cannot_redeem(es_loyalty: ESLoyaltyCaller) -> None:
    """Its redeemable balances are the text "0"."""
    account = es_loyalty.sandbox.es_loyalty_state.accounts[0]
    phone = account.identifier("PHONE_NUMBER")
    body = es_loyalty.start(phone, "PHONE_NUMBER", correlationId="one").json()
    assert body["pointsBalance"] > 0
    assert {body[name] for name in body if name.startswith("user")} == {"0"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "sandbox-session",
        {},
        {"correlationId": None},
        {"correlationId": " "},
        {"correlationId": 5},
        {"correlationId": "one", "channel": ""},
        {"correlationId": "one", "chanel": "APP"},
    ],
)
def test_a_bad_body_is_refused(es_loyalty: ESLoyaltyCaller, body: object) -> None:
    """A missing or blank correlation id, a blank channel and unknown fields are a 400."""
    member = es_loyalty.sandbox.member.es_loyalty_account_id
    answer = es_loyalty(f"/client/users/{member}/sessions", method="POST", json=body)
    assert error_of(answer)[:2] == (400, "INVALID_REQUEST")


def test_an_unknown_parameter_is_refused(es_loyalty: ESLoyaltyCaller) -> None:
    """Starting a session takes no query."""
    answer = es_loyalty(
        "/client/users/x/sessions",
        {"locale": "en-CA"},
        method="POST",
        json={"correlationId": "one"},
    )
    assert error_of(answer) == (400, "INVALID_REQUEST", "Parameter locale is not allowed")


def test_a_correlation_id_belongs_to_one_account(es_loyalty: ESLoyaltyCaller) -> None:
    """The same account may start its session again, another one may not take it over."""
    members = es_loyalty.sandbox.members
    for _ in range(2):
        es_loyalty.session(members.everyday, "shared")
    answer = es_loyalty.start(members.heavy.es_loyalty_account_id, correlationId="shared")
    assert error_of(answer)[:2] == (400, "INVALID_REQUEST")
    es_loyalty.sandbox.expire_sessions()
    es_loyalty.session(members.heavy, "shared")


@pytest.mark.parametrize("code", ["BAD_REQUEST", "INVALID_REQUEST"])
@pytest.mark.parametrize("call", ["issuances", "transactions/history/v2"])
def test_an_unknown_session_has_two_faces(
    es_loyalty: ESLoyaltyCaller, code: Literal["BAD_REQUEST", "INVALID_REQUEST"], call: str
) -> None:
    """The switch says which code it is; the full stop goes with the code."""
    es_loyalty.sandbox.turn(es_loyalty_missing_session=code)
    assert error_of(es_loyalty(f"/client/users/never-started/{call}")) == FACES[code]


@pytest.mark.parametrize("blank", ["", "%20"])
def test_a_blank_session_is_an_error_of_its_own(es_loyalty: ESLoyaltyCaller, blank: str) -> None:
    """Without a correlation id the error says so."""
    answer = es_loyalty(f"/client/users/{blank}/issuances")
    expected = (400, "INVALID_REQUEST", "Must provide a session correlation ID")
    assert error_of(answer) == expected


@pytest.mark.parametrize(
    ("expired", "expected"),
    [("missing", FACES["BAD_REQUEST"]), ("closed", (400, "INVALID_REQUEST", "Session Closed"))],
)
def test_sessions_can_be_ended_at_once(
    everyday: ESLoyaltyCaller,
    expired: Literal["missing", "closed"],
    expected: tuple[int, str, str],
) -> None:
    """A session that is over is missing or closed, as the switch says."""
    everyday.sandbox.turn(es_loyalty_expired_session=expired)
    assert everyday.history().status_code == 200
    everyday.sandbox.expire_sessions()
    assert error_of(everyday.history()) == expected
    assert error_of(everyday.issuances()) == expected
    assert error_of(everyday.issuances(session="never-started")) == FACES["BAD_REQUEST"]
    everyday.session(everyday.sandbox.member)
    assert everyday.history().status_code == 200


@pytest.mark.parametrize("lifetime", [1.0, 3600.0])
def test_a_session_ends_after_its_lifetime(
    timed: ESLoyaltyCaller, clock: MovableClock, lifetime: float
) -> None:
    """The switch says how long sessions live."""
    timed.sandbox.turn(es_loyalty_session_lifetime=lifetime, es_loyalty_token_lifetime=9999.0)
    timed.session(timed.sandbox.member)
    clock.advance(seconds=lifetime - 0.5)
    assert timed.issuances().status_code == 200
    clock.advance(seconds=0.5)
    assert error_of(timed.issuances()) == FACES["BAD_REQUEST"]
