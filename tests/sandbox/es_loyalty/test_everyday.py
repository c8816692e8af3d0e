"""ES Loyalty's everyday calls over the socket: what changes, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.es_loyalty.known import OPERATIONS

from ..helpers import MovableClock
from .caller import ESLoyaltyCaller, error_of

ME = "/client/users/sandbox-session"
REWARD = {
    "businessUnit": "SANDBOX_FUEL",
    "issuerId": "p",
    "rewardId": "sandbox-reward-1",
    "rewardAmount": 4000,
}


@pytest.fixture
def clock() -> MovableClock:
    """The time of a sandbox of a test's own."""
    return MovableClock(datetime(2026, 5, 1, 12, tzinfo=UTC))


@pytest.fixture
def mine(clock: MovableClock, http: httpx.Client) -> Iterator[ESLoyaltyCaller]:
    """A caller with a session of the everyday member, in a sandbox of the test's own."""
    with Sandbox(seed=4, now=clock) as sandbox:
        caller = ESLoyaltyCaller(sandbox, http)
        caller.session(sandbox.member)
        yield caller


def asked(caller: ESLoyaltyCaller, line: str, body: object) -> httpx.Response:
    """The answer to a call within the session."""
    method, _, url = line.partition(" ")
    path, _, query = url.partition("?")
    return caller(f"{ME}/{path}", parse_qsl(query), method=method, json=body)


def ask(caller: ESLoyaltyCaller, line: str, body: object = None) -> Any:
    """What a call within the session gives; it has to succeed."""
    answer = asked(caller, line, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(caller: ESLoyaltyCaller, line: str, body: object = None) -> str:
    """The words with which a call within the session is refused as a bad request."""
    status, _, message = error_of(asked(caller, line, body))
    assert status == 400
    return message


@pytest.mark.parametrize(
    ("line", "body", "message"),
    [
        ("POST adhoc-reward/", [], "A JSON object is required"),
        ("POST adhoc-reward/", {**REWARD, "colour": "red"}, "Field colour is not allowed"),
        ("POST adhoc-reward/", {}, "issuerId is mandatory and required to be non-empty"),
        ("POST adhoc-reward/", {**REWARD, "rewardId": " "},
         "rewardId is mandatory and required to be non-empty"),
        ("POST adhoc-reward/", {**REWARD, "rewardAmount": "5"},
         "rewardAmount required to be a number"),
        ("POST adhoc-reward/", {**REWARD, "rewardId": "x"}, "Reward identifier is invalid"),
        ("POST adhoc-reward/", {**REWARD, "businessUnit": "X"},
         "Business Unit [X] is not a valid business unit"),
        ("POST adhoc-reward/", {k: v for k, v in REWARD.items() if k != "businessUnit"},
         "Business Unit is mandatory and required to be non-empty"),
        ("POST adhoc-redemption", {"businessUnit": "X"},
         "Business Unit X is not a valid business unit"),
        ("POST adhoc-redemption", {"businessUnit": "SANDBOX_FUEL"},
         "reservationToken is mandatory and required to be non-empty"),
        ("POST adhoc-redemption", {"businessUnit": "SANDBOX_FUEL", "reservationToken": "x"},
         "Reservation does not exist"),
        ("POST reservations/", {}, "reservationAmount is mandatory and required to be non-empty"),
        ("POST reservations/", {"reservationAmount": 2000},
         "reservationAmount required to be a number, as text"),
        ("POST reservations/", {"reservationAmount": "999"},
         "Account is not eligible for redemption."),
        ("POST reservations/", {"reservationAmount": "999999999"},
         "Account is not eligible for redemption."),
        ("POST reservations/", {"reservationAmount": "2000", "redemptionId": "DIRECT_DEPOSIT"},
         "fulfillmentEmailKey is mandatory and required to be non-empty"),
        ("POST reservations/", {"reservationAmount": "2000", "contributions": {"x": 2000}},
         "Account is not eligible for redemption."),
        ("POST reservations/", {"contributions": []}, "contributions required to be an object"),
        ("POST reservations/", {"contributions": {"x": 0}},
         "contributions.x required to be a positive number"),
        ("POST reservations/", {"catalogueItems": {}}, "catalogueItems required to be an array"),
        ("POST reservations/", {"catalogueItems": [1]}, "A JSON object is required"),
        ("PUT reservations/x", {}, "reservationAmount is mandatory and required to be non-empty"),
        ("PUT reservations/x", {"reservationAmount": 5, "redemptionId": "x"},
         "redeemerId is mandatory and required to be non-empty"),
        ("PUT reservations/x", {"reservationAmount": 5, "catalogueItems": []},
         "redemptionId is mandatory and required to be non-empty"),
        ("DELETE reservations/x", None, "Reservation does not exist"),
        ("POST void", {}, "originalTransactionId is mandatory and required to be non-empty."),
        ("PUT offer/SANDBOX-OFFER-0", {"acceptanceState": "MAYBE"}, "Acceptance state is invalid"),
        ("PUT offer/SANDBOX-OFFER-3", {"acceptanceState": "ACCEPTED"},
         "Cannot accept PAUSED offer"),
        ("PUT offer/SANDBOX-OFFER-4", {"acceptanceState": "ACCEPTED"},
         "Cannot change state of a completed offer"),
        ("PUT offer/SANDBOX-OFFER-5", {"acceptanceState": "ACCEPTED"},
         "Current date is after expiry date"),
        ("POST offers", {}, "acceptanceState is mandatory and required to be non-empty"),
        ("GET offers?businessUnit=X", None, "Invalid business unit(s) provided."),
        ("GET badges?page=0", None, "Page required to be a valid positive number"),
        ("GET upcomingPointSweep?pageSize=0", None,
         "PageSize required to be a valid positive number"),
        ("GET profile?x=1", None, "Parameter x is not allowed"),
        ("POST partners/b/links", {"PAYMENT_CARD": {"add": [{"last4": "123"}]}},
         "add[0].last4 required to have 4 digits"),
    ],
)  # fmt: skip
def test_what_is_refused(everyday: ESLoyaltyCaller, line: str, body: object, message: str) -> None:
    """With the documented words, where there are any."""
    assert refused(everyday, line, body).endswith(message)


def test_what_is_not_there(everyday: ESLoyaltyCaller) -> None:
    """An offer and a transaction that nobody has."""
    reply = {"acceptanceState": "ACCEPTED"}
    answer = everyday(f"{ME}/offer/none", method="PUT", json=reply)
    assert error_of(answer)[:2] == (404, "NOT_FOUND")
    answer = everyday(f"{ME}/void", method="POST", json={"originalTransactionId": "none"})
    assert error_of(answer) == (404, "NOT_FOUND", "Transaction none does not exist")


def test_points_are_free_again_after_a_time(mine: ESLoyaltyCaller, clock: MovableClock) -> None:
    """A reservation that is not used expires, and so does its token."""
    before = ask(mine, "GET balance")["availablePointsBalance"]
    token = ask(mine, "POST reservations/", {"reservationAmount": "2000"})["reservationToken"]
    assert ask(mine, "GET balance")["availablePointsBalance"] == before - 2000
    clock.advance(hours=25)
    mine.access_token = None
    mine.session(mine.sandbox.member)
    assert ask(mine, "GET balance")["availablePointsBalance"] == before
    body = {"businessUnit": "SANDBOX_FUEL", "reservationToken": token}
    assert refused(mine, "POST adhoc-redemption", body) == "Reservation is expired"


def test_a_household_redeems_together(mine: ESLoyaltyCaller) -> None:
    """Each member gives a share, and gets back in proportion when fewer points are needed."""
    first, second = mine.sandbox.members.everyday, mine.sandbox.members.empty
    mine.session(second, "other-session")
    reward = mine("/client/users/other-session/adhoc-reward/", method="POST", json=REWARD)
    assert reward.status_code == 200
    shares = {first.es_loyalty_account_id: 3001, second.es_loyalty_account_id: 1000}
    body = {"reservationAmount": "4001", "contributions": shares}
    token = ask(mine, "POST reservations/", body)["reservationToken"]
    ask(mine, f"PUT reservations/{token}", {"reservationAmount": 2000})
    balance = mine("/client/users/other-session/balance").json()
    assert balance["availablePointsBalance"] == 4000 - 499
    ask(mine, "POST adhoc-redemption", {"businessUnit": "SANDBOX_FUEL", "reservationToken": token})
    (newest, *_) = mine.page(session="other-session")
    assert (newest["RequestAction"], newest["NetAmount"]) == ("ADHOC_REDEEM", -499)
    whole = ask(mine, "GET household/members")["household"]["balance"]
    assert whole["totalpointsBalance"] == whole["totalavailablePointsBalance"]


def test_only_one_s_own_reward_can_be_undone(mine: ESLoyaltyCaller, clock: MovableClock) -> None:
    """Not another member's, not a purchase, and not after thirty days."""
    mine.session(mine.sandbox.members.empty, "other-session")
    theirs = mine("/client/users/other-session/adhoc-reward/", method="POST", json=REWARD).json()
    body = {"originalTransactionId": theirs["transactionId"]}
    assert refused(mine, "POST void", body) == "Original transaction belongs to another member"
    purchase = next(one for one in mine.page() if one["RequestAction"] == "PURCHASE")
    body = {"originalTransactionId": purchase["TransactionID"]}
    assert refused(mine, "POST void", body) == "Void transaction not allowed"
    made = ask(mine, "POST adhoc-reward/", {**REWARD, "externalReferenceId": "r-1"})
    assert mine.page()[0]["MetaData"]["ExternalReferenceId"] == "r-1"
    clock.advance(days=31)
    mine.access_token = None
    mine.session(mine.sandbox.member)
    body = {"originalTransactionId": made["transactionId"]}
    assert refused(mine, "POST void", body) == "Transaction is older than 30 days."


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("?maxResults=2", [0, 1]),
        ("?maxResults=many", [0, 1, 2, 3, 4]),
        ("?businessUnit=SANDBOX_FUEL", [1, 3]),
        ("?businessUnit=SANDBOX_FUEL&businessUnit=SANDBOX_GROCERY", [0, 1, 2, 3, 4]),
        ("?from=1", [0, 1, 2, 3, 5, 4]),
        ("?from=1&until=3", []),
    ],
)
def test_offers_are_selected(mine: ESLoyaltyCaller, query: str, numbers: list[int]) -> None:
    """By how many, by business unit and by time; completed ones come last."""
    found = [one["id"] for one in ask(mine, f"GET offers{query}")]
    assert found == [f"SANDBOX-OFFER-{number}" for number in numbers]


def test_all_open_offers_are_answered(mine: ESLoyaltyCaller) -> None:
    """Those that are over, paused or answered before stay as they are; `{}` stands for none."""
    body = {"acceptanceState": "ACCEPTED"}
    found = ask(mine, "POST offers", body)
    assert [one["offerCode"] for one in found] == ["SANDBOX-OFFER-0", "SANDBOX-OFFER-1"]
    assert (found[0]["expiryDate"], found[0]["version"]) == ("", 2)
    assert ask(mine, "POST offers", body) == []
    assert ask(mine, "GET offer") == {}
    changed = ask(mine, "PUT offer/SANDBOX-OFFER-0", {"acceptanceState": "UNACCEPTED"})
    assert "acceptanceDate" not in changed
    assert ask(mine, "GET offer?locale=fr-CA")["shortDescription1"] == "Points doublés"


@pytest.mark.parametrize(
    ("scope", "line", "status"),
    [
        ("partner", "POST adhoc-reward/", 400),
        ("cux pos", "POST adhoc-reward/", 403),
        ("pos", "PUT reservations/x", 400),
        ("cux", "PUT reservations/x", 403),
        ("cux", "GET balance", 200),
        ("partner", "GET balance", 403),
    ],
)
def test_each_call_has_its_suites(
    everyday: ESLoyaltyCaller, scope: str, line: str, status: int
) -> None:
    """A token opens the calls of the suites that it was asked for."""
    client = everyday.sandbox.es_loyalty
    form = {"grant_type": "client_credentials", "scope": scope}
    auth = (client["client_id"], client["client_secret"])
    token = everyday.token(form, auth).json()["access_token"]
    method, path = line.split()
    body = None if method == "GET" else {}
    headers = {"authorization": f"Bearer {token}"}
    answer = everyday(f"{ME}/{path}", method=method, headers=headers, json=body)
    assert answer.status_code == status


@pytest.mark.parametrize("member", ["heavy", "awkward"])
def test_members_without_a_household(es_loyalty: ESLoyaltyCaller, member: str) -> None:
    """They are told so; and they have been referred."""
    es_loyalty.session(getattr(es_loyalty.sandbox.members, member), "lonely")
    answer = es_loyalty("/client/users/lonely/household/members")
    assert error_of(answer)[2] == "Account is not part of a household"
    assert es_loyalty("/client/users/lonely/profile").json()["Referral"]["rewardCap"] == 10


def test_a_link_of_an_unknown_account(mine: ESLoyaltyCaller) -> None:
    """It is among those that were not processed, as is one without an id, and all else is done."""
    card = {"linkId": "1", "last4": "0042"}
    body = {
        "PAYMENT_CARD": {"add": [card, {**card, "linkId": "2", "accountId": "x"}, {"linkId": "3"}]},
        "OTHER": {"add": [card], "update": [card]},
    }
    found = ask(mine, "POST partners/bank/links", body)
    assert found["OTHER"] == {"success": 2, "unprocessed": 0}
    assert (found["PAYMENT_CARD"]["success"], found["PAYMENT_CARD"]["unprocessed"]) == (1, 2)
    assert found["PAYMENT_CARD"]["unprocessedItems"]["add"] == body["PAYMENT_CARD"]["add"][1:]


def test_operations_have_names() -> None:
    """Each call has one of its own, by which faults know it."""
    assert len(set(OPERATIONS)) == len(OPERATIONS) == 20


@pytest.mark.parametrize(
    ("line", "key"), [("badges", "badges"), ("upcomingPointSweep", "pointSweeps")]
)
def test_what_a_member_has_can_be_replaced(mine: ESLoyaltyCaller, line: str, key: str) -> None:
    """Pages are cut from what a test has put there; nobody has what belongs to no account."""
    state, account = mine.sandbox.es_loyalty_state, mine.sandbox.member.es_loyalty_account_id
    state.put_badges(account, ({**state.badges(account)[0], "badgeID": f"b{n}"} for n in range(25)))
    state.put_sweeps(account, ({**state.sweeps(account)[0], "pointsAmount": n} for n in range(25)))
    page = ask(mine, f"GET {line}?page=3")
    assert (page["count"], page["lastPage"], len(page[key])) == (25, 3, 5)
    for put in (state.put_badges, state.put_sweeps):
        with pytest.raises(LookupError):
            put("nobody", ())
