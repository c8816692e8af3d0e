from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx
import pytest

from loyalty_sdk.sandbox import Request, Sandbox
from loyalty_sdk.sandbox.cardlytics import Redemption

from ..helpers import MovableClock
from .conftest import PLACE, CardlyticsCaller

UNKNOWN = "00000000-0000-0000-0000-000000000000"


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message of an error."""
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["message"]


def redemption(number: int, when: datetime) -> Redemption:
    """A redemption, as short as can be."""
    return Redemption(
        redemption_id=number,
        ad_id=1,
        account_id=1,
        paid_account_id=1,
        transaction_id=1,
        cents=100,
        purchase_cents=1000,
        redeemed_at=when,
        settled_at=None,
    )


def only(cardlytics: CardlyticsCaller, *when: datetime) -> None:
    """Let the everyday member have redemptions of these moments and no others."""
    member = cardlytics.sandbox.member.cardlytics_source_customer_id
    held = [redemption(number, moment) for number, moment in enumerate(when, 1)]
    cardlytics.sandbox.cardlytics_state.put(member, held)


# --- tokens


def test_a_token_is_a_guid(cardlytics: CardlyticsCaller) -> None:
    """Each is new, in the documented form, and opens the customer's redemptions."""
    first, second = cardlytics.token(), cardlytics.token()
    assert first != second
    assert re.fullmatch(r"[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}", first)
    for token in (first, second, first.lower()):
        assert cardlytics(f"/customers/{token}/redemptions", PLACE).status_code == 200


def test_an_awkward_customer_has_a_token(cardlytics: CardlyticsCaller) -> None:
    """A customer id may have a slash, a blank, a percent sign and an umlaut."""
    assert cardlytics.token(cardlytics.sandbox.members.awkward.cardlytics_source_customer_id)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, (400, "BadRequest", "sourceCustomerId is required.")),
        ({"sourceCustomerId": ""}, (400, "BadRequest", "sourceCustomerId is required.")),
        ({"sourceCustomerId": "x"}, (404, "NotFound", "The customer was not found.")),
        ({"customerId": "x"}, (400, "BadRequest", "customerId is no parameter of this call.")),
    ],
)
def test_a_bad_request_for_a_token_is_refused(
    cardlytics: CardlyticsCaller, query: dict[str, str], expected: tuple[int, str, str]
) -> None:
    """Missing, unknown and misspelt ids have their errors."""
    assert error_of(cardlytics("/token", query)) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("nonsense", (400, "BadRequest", "The security token is malformed.")),
        (UNKNOWN, (404, "NotFound", "The security token was not found.")),
    ],
)
def test_a_bad_token_is_refused(
    cardlytics: CardlyticsCaller, token: str, expected: tuple[int, str, str]
) -> None:
    """A token that is none, and one that nobody was given, are told apart."""
    assert error_of(cardlytics(f"/customers/{token}/redemptions", PLACE)) == expected


def test_a_token_expires(cardlytics: CardlyticsCaller) -> None:
    """An expired one is a 403 that says when; a new one works."""
    token = cardlytics.token()
    cardlytics.sandbox.expire_customer_tokens()
    status, code, message = error_of(cardlytics(f"/customers/{token}/redemptions", PLACE))
    assert (status, code) == (403, "Forbidden")
    assert re.fullmatch(r"The security token expired at [0-9T:-]{19}\.", message)
    assert cardlytics.listed()["redemptions"]


def test_a_token_lives_as_long_as_the_switch_says() -> None:
    """It is good until its last second."""
    clock = MovableClock(datetime(2026, 1, 1, tzinfo=UTC))
    sandbox = Sandbox(now=clock, cardlytics_token_lifetime=10)
    customer = sandbox.member.cardlytics_source_customer_id
    given = sandbox.answer(
        Request.parse("GET", f"/cardlytics/api/v1/token?sourceCustomerId={customer}")
    )
    token = re.findall(r'"token":"([^"]+)"', bytes(given.body).decode())[0]  # type: ignore[arg-type]
    target = f"/cardlytics/api/v1/customers/{token}/redemptions?channelId=5&locationId=2"
    statuses: list[int] = []
    for _ in range(3):
        statuses.append(sandbox.answer(Request.parse("GET", target)).status)
        clock.advance(seconds=6)
    assert statuses == [200, 200, 403]


# --- redemptions


def test_the_sample_form_is_the_documented_sample(cardlytics: CardlyticsCaller) -> None:
    """Redemptions have the sample's keys and types; ads come as an array."""
    content = cardlytics.listed()
    assert list(content) == ["redemptions", "ads"]
    first = content["redemptions"][0]
    assert list(first) == [
        "redemptionId",
        "accountId",
        "adId",
        "amount",
        "date",
        "isMyReward",
        "paidAccountId",
        "redeemingTransactionAmount",
        "transactionId",
        "rewardSettlementRunDate",
    ]
    ids = ("redemptionId", "accountId", "adId", "paidAccountId", "transactionId")
    assert all(isinstance(first[name], int) for name in ids)
    assert all(isinstance(ad["adId"], str) for ad in content["ads"])


def test_the_types_form_is_the_documented_type(cardlytics: CardlyticsCaller) -> None:
    """Redemptions have the date's other name, and text where the type says so."""
    cardlytics.sandbox.turn(cardlytics_redemption_form="types")
    first = cardlytics.listed()["redemptions"][0]
    assert "redemptionDate" in first
    assert "date" not in first
    assert all(isinstance(first[name], str) for name in ("redemptionId", "transactionId"))
    assert all(isinstance(first[name], int) for name in ("accountId", "adId", "paidAccountId"))


def test_ads_come_as_a_map_too(cardlytics: CardlyticsCaller) -> None:
    """The map's keys are the ids, and its values the same ads."""
    array = cardlytics.listed()["ads"]
    cardlytics.sandbox.turn(cardlytics_ads="map")
    assert cardlytics.listed()["ads"] == {ad["adId"]: ad for ad in array}


MARCH, MAY, JULY = (datetime(2024, month, 9, 12, tzinfo=UTC) for month in (3, 5, 7))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [3, 2, 1]),
        ({"startDate": "2024-05-09T12:00:00"}, [3, 2]),
        ({"startDate": "2024-05-09T12:00:01"}, [3]),
        ({"endDate": "2024-05-09T12:00:00"}, [2, 1]),
        ({"endDate": "2024-05-09T11:59:59"}, [1]),
        ({"startDate": "2024-04-01", "endDate": "2024-06-01"}, [2]),
        ({"startDate": "2024-06-01", "endDate": "2024-04-01"}, []),
        ({"startDate": "2024-05-09T14:00:00+02:00"}, [3, 2]),
        ({"startDate": "2024-05-09T12:00:00Z", "endDate": "2024-05-09T12:00:00Z"}, [2]),
    ],
)
def test_dates_filter_by_the_redemption(
    cardlytics: CardlyticsCaller, query: dict[str, str], expected: list[int]
) -> None:
    """Both bounds count, and are in the server's zone unless they say otherwise."""
    only(cardlytics, MARCH, MAY, JULY)
    found = cardlytics.listed(query)["redemptions"]
    assert [one["redemptionId"] for one in found] == expected


def test_naive_times_are_in_the_servers_zone(cardlytics: CardlyticsCaller) -> None:
    """Both what is shown and what is asked for are; a time with a Z stays one."""
    only(cardlytics, MARCH, JULY)
    cardlytics.sandbox.turn(cardlytics_timezone="America/New_York")
    content = cardlytics.listed({"startDate": "2024-03-09T07:00:00"})
    dates = [one["date"] for one in content["redemptions"]]
    assert dates == ["2024-07-09T08:00:00", "2024-03-09T07:00:00"]
    activated = [ad["activatedDate"] for ad in content["ads"] if "activatedDate" in ad]
    assert activated
    assert all(text.endswith("Z") for text in activated)
    later = cardlytics.listed({"startDate": "2024-03-09T07:00:01"})
    assert len(later["redemptions"]) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"channelId": "5"}, "locationId is required."),
        ({"locationId": "2"}, "channelId is required."),
        (PLACE | {"channelId": "OLB"}, "channelId must be an integer."),
        (PLACE | {"locationId": "Email"}, "locationId must be an integer."),
        (PLACE | {"startDate": "yesterday"}, "startDate must be an ISO-8601 date."),
        (PLACE | {"endDate": ""}, "endDate must be an ISO-8601 date."),
        (PLACE | {"limit": "5"}, "limit is no parameter of this call."),
    ],
)
def test_a_bad_parameter_is_refused(
    cardlytics: CardlyticsCaller, query: dict[str, str], message: str
) -> None:
    """Missing, unknown and malformed ones are a 400 that names them."""
    answer = cardlytics(f"/customers/{cardlytics.token()}/redemptions", query)
    assert error_of(answer) == (400, "BadRequest", message)


def test_a_parameter_is_given_once(cardlytics: CardlyticsCaller) -> None:
    """A second value is an error, not a choice."""
    base_url, token = cardlytics.sandbox.cardlytics["base_url"], cardlytics.token()
    query = "channelId=5&channelId=6&locationId=2"
    answer = cardlytics.http.get(f"{base_url}/api/v1/customers/{token}/redemptions?{query}")
    assert error_of(answer)[2] == "channelId is given more than once."


def test_an_impression_belongs_to_its_place(cardlytics: CardlyticsCaller) -> None:
    """The impression token differs from location to location, and from channel to channel."""
    tokens = {
        cardlytics.listed(place)["ads"][0]["creatives"][0]["impressionToken"]
        for place in (PLACE, {"locationId": "3"}, {"channelId": "1"}, PLACE)
    }
    assert len(tokens) == 3


# --- errors and versions


def test_an_old_server_has_no_redemptions(cardlytics: CardlyticsCaller) -> None:
    """Before version 4 the web server answers with its own page."""
    cardlytics.sandbox.turn(cardlytics_server_version="3.9")
    answer = cardlytics.redemptions()
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html"
    assert answer.text.startswith("<!DOCTYPE html>")
    cardlytics.sandbox.turn(cardlytics_server_version="4.0")
    assert cardlytics.redemptions().status_code == 200


def test_newer_servers_show_more_of_an_ad(cardlytics: CardlyticsCaller) -> None:
    """What a version does not have is absent, not null."""
    for version, has in (("4.0", False), ("5.2", False), ("5.3", True)):
        cardlytics.sandbox.turn(cardlytics_server_version=version)
        ads = cardlytics.listed()["ads"]
        assert any("purchaseRequirement" in ad for ad in ads) is has
        assert all("position" in ad for ad in ads)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_wrong_verb_is_a_page(cardlytics: CardlyticsCaller, method: str) -> None:
    """A 405 comes from the web server, and says what is allowed."""
    answer = cardlytics("/token", method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["content-type"] == "text/html"


def test_an_unknown_path_is_a_page(cardlytics: CardlyticsCaller) -> None:
    """So is a 404 for what is not routed."""
    assert cardlytics("/customers").headers["content-type"] == "text/html"
    assert cardlytics("/customers").status_code == 404


@pytest.mark.parametrize("nested", [True, False])
def test_a_failure_says_nothing_but_the_sessions(
    cardlytics: CardlyticsCaller, nested: bool
) -> None:
    """The error repeats the client's session, its first 512 bytes, and names the server's."""
    cardlytics.sandbox.turn(
        cardlytics_failing=True, cardlytics_errors="nested" if nested else "flat"
    )
    answer = cardlytics("/token", headers={"X-CDLX-Session": "s" * 600})
    assert answer.status_code == 500
    error = answer.json()["error"] if nested else answer.json()
    assert error.pop("serverSessionId")
    assert error == {
        "message": "An unexpected error occurred.",
        "code": "InternalServerError",
        "innerError": None,
        "clientSessionId": "s" * 512,
    }


def test_requests_are_named(cardlytics: CardlyticsCaller) -> None:
    """The record tells the calls apart."""
    cardlytics.redemptions()
    cardlytics("/nowhere")
    operations = [one.operation for one in cardlytics.sandbox.requests]
    assert operations == [
        "cardlytics.get-token",
        "cardlytics.get-redemptions",
        "cardlytics.unknown",
    ]
