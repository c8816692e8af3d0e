"""The calls within a session: what each sends, reads and refuses, and that no write is repeated."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.errors import BadRequest, InvalidArgument, NotFound, ServerError
from loyalty_sdk.es_loyalty import SessionNotFound

from .cases import Case
from .helpers import SESSION

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
REWARD = {
    "business_unit": "BUYCO",
    "issuer_id": "partner-1",
    "reward_id": "reward-1",
    "reward_amount": -250,
}

READS = [
    Case(
        "members.profile",
        {},
        "GET profile",
        None,
        "200",
        {
            "gender": "F",
            "street2": "Second floor",
            "registration_details.channel": "APP",
            "referral.referrer.first_name": "Bram",
            "referral.reward_cap": 10,
        },
    ),
    Case(
        "members.balance",
        {},
        "GET balance",
        None,
        "200",
        {"balance": Decimal("105.59"), "available_points_balance": 103590},
    ),
    Case(
        "members.balance",
        {},
        "GET balance",
        None,
        "200-cannot_redeem",
        {
            "user_max_redeem_points": 0,
            "available_points_balance": 5000,
        },
    ),
    Case(
        "offers.list",
        {
            "max_results": 105,
            "from_": MAY_1,
            "until": 10,
            "locale": "fr-CA",
            "business_units": ["BUYCO", "FUEL & CO"],
        },
        "GET offers?maxResults=105&from=1777593600000&until=10&locale=fr-CA"
        "&businessUnit=BUYCO&businessUnit=FUEL & CO",
        None,
        "200",
        {"0.id": "OFFER-0", "1.type": "MULTIPLIER", "2.acceptance_state": "COMPLETED"},
    ),
    Case("offers.list", {}, "GET offers", None, "200-wrapped", {"1.id": "OFFER-1"}),
    Case("offers.list", {}, "GET offers", None, "200-empty_object", {}),
    Case(
        "offers.best",
        {"locale": "en-US", "business_units": ["BUYCO"]},
        "GET offer?locale=en-US&businessUnit=BUYCO",
        None,
        "200",
        {"id": "OFFER-0", "acceptance_method": "LTC", "extra.targetedTo.tier": "GOLD"},
    ),
    Case(
        "households.members",
        {},
        "GET household/members",
        None,
        "200",
        {
            "household.id": "acc-synthetic-1",
            "household.formed_date": datetime(2026, 1, 1, 12, tzinfo=timezone.utc),
            "household.balance.total_available_points_balance": 140000,
            "household.members_count": 2,
            "people.1.extra.householdRole": "SECONDARY",
        },
    ),
    Case(
        "households.members",
        {},
        "GET household/members",
        None,
        "200-beside",
        {"members_count": 1, "people.0.extra.accountID": "acc-synthetic-1"},
    ),
    Case(
        "badges.list",
        {"page_size": 2, "locale": "en-CA"},
        "GET badges?pageSize=2&locale=en-CA",
        None,
        "200",
        {
            "1.badge_name": "Badge 1",
            "0.earned_date": datetime(2026, 5, 1, 10, tzinfo=timezone.utc),
            "0.expiry_date": datetime(2027, 5, 1, 10, tzinfo=timezone.utc),
            "0.badge_details.en-CA.small_hd_image_uri": "https://images.example.com/a.png",
        },
    ),
    Case(
        "points.upcoming_sweep",
        {},
        "GET upcomingPointSweep",
        None,
        "200",
        {"0.sweep_month": "2026-06", "0.points_amount": 100},
    ),
]

WRITES = [
    Case(
        "offers.respond",
        {"offer_id": "OFFER/0"},
        "PUT offer/OFFER/0",
        {"acceptanceState": "ACCEPTED"},
        "200",
        {
            "offer_code": "OFFER-0",
            "acceptance_date": datetime(2026, 5, 1, 10, tzinfo=timezone.utc),
            "effective_date": datetime(2026, 4, 1, 10, tzinfo=timezone.utc),
            "expiry_date": datetime(2026, 6, 1, 10, tzinfo=timezone.utc),
            "version": 2,
        },
    ),
    Case(
        "offers.respond_to_all",
        {"acceptance_state": "DECLINED"},
        "POST offers",
        {"acceptanceState": "DECLINED"},
        "200",
        {"0.account_id": "acc-synthetic-1", "1.expiry_date": None, "1.expiry_date_iso": ""},
    ),
    Case(
        "rewards.issue",
        {**REWARD, "external_reference_id": "order-1", "channel": "POS"},
        "POST adhoc-reward/",
        {
            "businessUnit": "BUYCO",
            "issuerId": "partner-1",
            "rewardId": "reward-1",
            "rewardAmount": -250,
            "externalReferenceId": "order-1",
            "channel": "POS",
        },
        "200",
        {"transaction_id": "t-synthetic-1", "message": "Ad hoc reward was issued"},
    ),
    Case(
        "redemptions.issue",
        {"business_unit": "BUYCO", "reservation_token": "token-1", "channel": None},
        "POST adhoc-redemption",
        {"businessUnit": "BUYCO", "reservationToken": "token-1"},
        "200",
        {"transaction_id": "t-synthetic-2"},
    ),
    Case(
        "transactions.void",
        {
            "original_transaction_id": "t-1",
            "external_reference_id": "order-1",
            "channel": "APP",
        },
        "POST void",
        {"originalTransactionId": "t-1", "externalReferenceId": "order-1", "channel": "APP"},
        "200",
        {"transaction_id": "t-synthetic-3"},
    ),
    Case(
        "reservations.make",
        {
            "business_unit": "BUYCO",
            "redeemer_id": "partner-1",
            "redemption_id": "STATEMENT_CREDIT",
            "reservation_amount": 25000,
            "contributions": {"acc_b": 15000, "acc-2": 10000},
            "catalogue_items": [{"id": "mug", "quantity": 2}, {"id": "cup"}],
            "fulfillment_email_key": "home",
        },
        "POST reservations/",
        {
            "businessUnit": "BUYCO",
            "redeemerId": "partner-1",
            "redemptionId": "STATEMENT_CREDIT",
            "reservationAmount": "25000",
            "contributions": {"acc_b": 15000, "acc-2": 10000},
            "catalogueItems": [{"id": "mug", "quantity": 2}, {"id": "cup"}],
            "fulfillmentEmailKey": "home",
        },
        "200",
        {"reservation_token": "token-synthetic-1"},
    ),
    Case(
        "reservations.change",
        {
            "reservation_token": "token-1",
            "reservation_amount": 2000,
            "redemption_id": "GIFT",
            "redeemer_id": "partner-1",
            "catalogue_items": [{"product_code": "123xy"}],
        },
        "PUT reservations/token-1",
        {
            "reservationAmount": 2000,
            "redemptionId": "GIFT",
            "redeemerId": "partner-1",
            "catalogueItems": [{"productCode": "123xy"}],
        },
        "200",
        {"reservation_token": "token-synthetic-1", "extra.reservationAmount": 2000},
    ),
    Case(
        "reservations.change",
        {"reservation_token": "token-1", "reservation_amount": 0},
        "PUT reservations/token-1",
        {"reservationAmount": 0},
        "200-silent",
        {"reservation_token": "token-1"},
    ),
    Case(
        "reservations.cancel",
        {"reservation_token": "token-1"},
        "DELETE reservations/token-1",
        None,
        "200",
        {"status": "CANCELLED", "session_id": Secret(SESSION)},
    ),
    Case(
        "partners.change_links",
        {
            "partner_id": "bank-1",
            "add": [{"account_id": "acc-2", "link_id": "hash-2", "last4": "0042", "bin": 412345}],
            "remove": [{"link_id": "hash-3", "last4": 1234, "metadata": {"cardType": "D"}}],
        },
        "POST partners/bank-1/links",
        {
            "PAYMENT_CARD": {
                "add": [{"accountId": "acc-2", "linkId": "hash-2", "last4": "0042", "bin": 412345}],
                "remove": [{"linkId": "hash-3", "last4": 1234, "metadata": {"cardType": "D"}}],
            }
        },
        "200",
        {
            "complete": False,
            "unprocessed": 3,
            "by_type.PAYMENT_CARD.success": 1,
            "by_type.PAYMENT_CARD.unprocessed_items.add.0.link_id": "hash-2",
            "by_type.PAYMENT_CARD.unprocessed_items.remove.0.extra.last4": "0042",
            "by_type.LOYALTY_CARD.unprocessed_items": None,
        },
    ),
]


@pytest.mark.parametrize("case", READS + WRITES, ids=repr)
def test_a_call(colour: Any, es: Any, answers: Any, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(colour, es, answers)


@pytest.mark.parametrize("case", WRITES, ids=repr)
def test_a_write_is_sent_once(colour: Any, es: Any, router: Any, case: Case) -> None:
    """What may have arrived is not sent again: the documents name no key for it."""
    route = router.route().respond(502)
    with pytest.raises(ServerError):
        case.made(colour, es)
    assert route.call_count == 1


@pytest.mark.parametrize("case", READS, ids=repr)
def test_a_question_is_asked_again(colour: Any, es: Any, router: Any, case: Case) -> None:
    """A GET that failed is sent again."""
    route = router.route().respond(502)
    with pytest.raises(ServerError):
        case.made(colour, es)
    assert route.call_count == 3


@pytest.mark.parametrize("body", [None, {}, [], [{"id": "OFFER-1"}], {"id": "OFFER-1"}])
def test_there_may_be_no_best_offer(colour: Any, es: Any, router: Any, body: Any) -> None:
    """What stands for none is not documented: null, an empty object and an empty array do."""
    router.route().respond(content=json.dumps(body))
    best = colour(es.offers.best(SESSION))
    assert (best and best.id) == ("OFFER-1" if body else None)


LINKS = [
    ({}, True, 0),
    ({"PAYMENT_CARD": None}, True, 0),
    ({"PAYMENT_CARD": {"success": 1}}, True, 0),
    ({"PAYMENT_CARD": {"unprocessed": 0, "unprocessedItems": {"add": [{}]}}}, False, 1),
    ({"A": {"unprocessed": 2}, "B": {"unprocessedItems": {"move": [{}]}, "unprocessed": 1}}, 0, 3),
]


@pytest.mark.parametrize(("body", "complete", "count"), LINKS)
def test_links_that_were_not_processed_are_counted(
    colour: Any, es: Any, router: Any, body: Any, complete: bool, count: int
) -> None:
    """By the vendor's number, or by the list, where that is longer."""
    router.route().respond(json=body)
    outcomes = colour(es.partners.change_links(SESSION, "bank-1", link_type="GIFT_CARD", add=None))
    assert (outcomes.complete, outcomes.unprocessed) == (complete, count)


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        ("members.profile", "INVALID_REQUEST", "Must provide a session correlation ID"),
        ("offers.respond", "INVALID_REQUEST", "Acceptance state is invalid"),
        ("offers.respond", "INVALID_REQUEST", "Cannot change state of declined offer"),
        ("offers.respond", "INVALID_REQUEST", "Cannot change state of a completed offer"),
        ("offers.respond", "INVALID_REQUEST", "Cannot accept PAUSED offer"),
        ("offers.respond", "INVALID_REQUEST", "Current date is after expiry date"),
        ("offers.respond_to_all", "INVALID_BUSINESS_UNIT", "Invalid business unit(s) provided."),
        ("offers.respond_to_all", "INVALID_REQUEST", "Current date is after expiry date."),
        ("points.upcoming_sweep", "INVALID_REQUEST", "FIFO feature is not enabled."),
        ("points.upcoming_sweep", "INVALID_REQUEST",
         "PageSize required to be a valid positive number"),
        ("points.upcoming_sweep", "INVALID_REQUEST",
         "Cannot get upcoming sweep points for this account."),
        ("reservations.cancel", "INVALID_REQUEST", "Adhoc Redemption feature is not enabled"),
        ("reservations.cancel", "INVALID_REQUEST", "Session Closed"),
        ("rewards.issue", "INVALID_REQUEST",
         "issuerId is mandatory and required to be non-empty"),
        ("rewards.issue", "INVALID_REQUEST", "Business Unit [X] is not a valid business unit"),
        ("rewards.issue", "INVALID_REQUEST", "Reward identifier is invalid"),
        ("redemptions.issue", "INVALID_REQUEST", "Account is not eligible for redemption."),
        ("redemptions.issue", "INVALID_REQUEST",
         "reservationToken is mandatory and required to be non-empty"),
        ("transactions.void", "INVALID_REQUEST", "Void transactions not supported"),
        ("transactions.void", "MISSING_REQUIRED_FIELDS_ERROR",
         "originalTransactionId is mandatory and required to be non-empty."),
        ("transactions.void", "INVALID_REQUEST", "Original transaction belongs to another member"),
        ("transactions.void", "INVALID_REQUEST", "Original transaction was already voided"),
        ("transactions.void", "INVALID_REQUEST", "Void transaction not allowed"),
        ("transactions.void", "INVALID_REQUEST", "Transaction is older than 30 days."),
    ],
)  # fmt: skip
def test_a_documented_error(
    colour: Any, es: Any, router: Any, call: str, code: str, message: str
) -> None:
    """Each is a bad request with the vendor's own words and code, and is not asked again."""
    body = {"statusCode": 400, "errorMessage": message, "errorCode": code}
    route = router.route().respond(400, json=body)
    case = next(each for each in READS + WRITES if each.call == call)
    with pytest.raises(BadRequest) as caught:
        case.made(colour, es)
    assert (caught.value.code, caught.value.operation) == (code, f"es_loyalty.{call}")
    assert message in str(caught.value)
    assert route.call_count == 1


@pytest.mark.parametrize("case", READS + WRITES, ids=repr)
def test_a_session_that_does_not_exist(colour: Any, es: Any, router: Any, case: Case) -> None:
    """Whatever the call: it is the session that is missing."""
    said = "Session correlation ID does not exist--create it first"
    router.route().respond(400, json={"errorMessage": said, "errorCode": "INVALID_REQUEST"})
    with pytest.raises(SessionNotFound) as caught:
        case.made(colour, es)
    assert isinstance(caught.value, NotFound)


BAD = [
    ("reservations.make", {"reservation_amount": "5"}, "reservation_amount"),
    ("reservations.make", {"contributions": {"acc-1": -1}}, "contributions[acc-1]"),
    ("reservations.make", {"contributions": {"acc-1": "5"}}, "contributions[acc-1]"),
    ("reservations.make", {"contributions": {"..": 5}}, "contributions"),
    ("reservations.make", {"catalogue_items": [{"quantity": 1}]}, "catalogue_items[0][id]"),
    ("reservations.make", {"catalogue_items": [{"id": "a", "quantity": 0}]},
     "catalogue_items[0][quantity]"),
    ("reservations.change", {"reservation_token": "a"}, "reservation_amount"),
    ("reservations.change",
     {"reservation_token": "a", "reservation_amount": 1, "catalogue_items": [{"id": "a"}]},
     "catalogue_items[0][id]"),
    ("rewards.issue", {**REWARD, "reward_amount": 1.5}, "reward_amount"),
    ("rewards.issue", {k: v for k, v in REWARD.items() if k != "issuer_id"}, "issuer_id"),
    ("partners.change_links", {"partner_id": "b", "add": [{"link_id": "a", "last4": "042"}]},
     "add[0][last4]"),
    ("partners.change_links", {"partner_id": "b", "add": [{"link_id": "a", "last4": 42}]},
     "add[0][last4]"),
    ("partners.change_links",
     {"partner_id": "b", "add": [{"link_id": "a", "last4": "\u0660\u0660\u0664\u0662"}]},
     "add[0][last4]"),
    ("partners.change_links",
     {"partner_id": "b", "update": [{"link_id": "a", "last4": "0042", "bin": "12345"}]},
     "update[0][bin]"),
    ("offers.list", {"business_units": ["a", ""]}, "business_units[1]"),
    ("offers.respond", {"offer_id": "a", "acceptance_state": " "}, "acceptance_state"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "arguments", "named"), BAD)
def test_a_bad_argument(
    colour: Any, es: Any, router: Any, call: str, arguments: Any, named: str
) -> None:
    """It is refused before anything is sent, with its place."""
    with pytest.raises(InvalidArgument) as caught:
        Case(call, arguments, "", None, "", {}).made(colour, es)
    assert caught.value.argument == named
    assert not router.calls


def test_what_is_not_told_of_a_cancellation(colour: Any, es: Any, router: Any) -> None:
    """The session need not be named; what stands for the reservation is promised."""
    router.route().mock(return_value=httpx.Response(200, json={"reservationToken": "token-1"}))
    cancelled = colour(es.reservations.cancel(SESSION, "token-1"))
    assert (cancelled.status, cancelled.session_id) == (None, None)
    assert SESSION not in repr(es.reservations)
