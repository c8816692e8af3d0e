"""What each call of version 2 sends, and what is read of a recorded answer."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest
import respx

from loyalty_sdk.auth import BearerToken
from loyalty_sdk.cardlytics import OfferAmount, Percentage
from loyalty_sdk.cardlytics.v2 import Ad, AdReward, CustomerRedemptions, Redemption
from loyalty_sdk.errors import (
    BadRequest,
    InvalidArgument,
    PermissionDenied,
    ServerError,
    Unauthorized,
)

from ..test_calls import Case, called, seen
from .conftest import Caller, recorded

ME = BearerToken("synthetic-token")
NOON = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
EVENT = {
    "client_event_id": "dde3b802-10fb-11ee-be56-0242ac120002",
    "client_event_type": "AdInteraction",
    "client_event": "ActivateOffer",
    "client_event_timestamp": NOON,
    "client_event_metadata": {
        "serve_token": "SYNTHETIC9000001",
        "section": "Landing",
        "channel": "MobileApp",
        "image_slots": ["logo"],
        "display_position": 0,
    },
}

CASES = [
    Case(
        "ads.get",
        {"channel": "OLB"},
        "POST /v2/ads/getAds",
        {"channel": "OLB"},
        {
            "ads.0.reward.offer": Percentage(Decimal("5.0")),
            "ads.0.end_date": datetime(2026, 12, 31, 8, tzinfo=timezone.utc),
            "ads.0.assets.logo.value.large.width": 627,
            "ads.1.visibility_state": "PARKED",
            "order": ("9000001",),
            "rankings.sections": {"Landing": {"all": ("9000001",)}},
            "request_id": "00000000-5e11-4b54-a2f8-5e1175e11755",
        },
    ),
    Case(
        "ads.get",
        {
            "channel": "a new one",
            "sections": ["Landing"],
            "category_ids": ["3"],
            "curation_ids": ["7"],
            "activation_states": ["NEW"],
            "max_ad_limit": 5,
            "visibility_states": ["VISIBLE", "PARKED"],
            "redemption_states": ["PROCESSING"],
            "return_metadata": True,
            "include_expired_ads": False,
            "customer_location": {"latitude": 33.749, "longitude": -84},
            "return_store_location": True,
        },
        "POST /v2/ads/getAds",
        {
            "channel": "a new one",
            "sections": ["Landing"],
            "categoryIds": ["3"],
            "curationIds": ["7"],
            "activationStates": ["NEW"],
            "maxAdLimit": 5,
            "visibilityStates": ["VISIBLE", "PARKED"],
            "redemptionStates": ["PROCESSING"],
            "returnMetadata": True,
            "includeExpiredAds": False,
            "customerLocation": {"latitude": 33.749, "longitude": -84},
            "returnStoreLocation": True,
        },
        {
            "ads.0.ad_id": "9000002",
            "ads.0.start_date": date(2022, 1, 1),
            "ads.0.reward.offer": Decimal("2.50"),
            "ads.0.reward.purchase_channel": "Online",
            "ads.0.reward.min_spend_amount": Decimal(1),
            "order": ("9000002",),
        },
        "ads.get.200-drift",
    ),
    Case(
        "customers.get_profile",
        {},
        "GET /v2/customerProfile/getCustomerProfile",
        shown={
            "source_customer_id": "c-1",
            "alert_opt_in_status": ("NEW", "EXPIRING"),
            "accounts.0.cards.0.network_identifier": "3",
            "portfolios.0.reward_currency_unit": "Cash",
        },
    ),
    Case(
        "customers.get_reward_summary",
        {},
        "GET /v2/customerProfile/getCustomerRewardSummary",
        shown={
            "rewards_summary.all_time.total_reward_amount": Decimal("2.1"),
            "rewards_summary.pending.total_reward_amount": None,
        },
    ),
    Case(
        "customers.list_redemptions",
        {},
        "GET /v2/customerProfile/getCustomerAdRedemptions",
        shown={
            "redemptions.0.amount": Decimal("5.0"),
            "redemptions.0.redemption_date": datetime(2026, 3, 21, 12, 58, 34, tzinfo=timezone.utc),
            "redemptions.1.reward_settlement_run_date": None,
            "ads.0.merchant_name": "Synthetic Store",
        },
    ),
    Case(
        "events.send",
        {"events": [EVENT]},
        "POST /v2/events/clientEvent",
        {
            "clientEvents": [
                {
                    "clientEventId": "dde3b802-10fb-11ee-be56-0242ac120002",
                    "clientEventType": "AdInteraction",
                    "clientEvent": "ActivateOffer",
                    "clientEventTimestamp": "2026-11-01T12:00:00.000Z",
                    "clientEventMetadata": {
                        "serveToken": "SYNTHETIC9000001",
                        "section": "Landing",
                        "channel": "MobileApp",
                        "imageSlots": ["logo"],
                        "displayPosition": 0,
                    },
                }
            ]
        },
        {"request_id": "00000000-5e11-4b54-a2f8-5e1175e11755"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_call_and_its_answer(caller: Caller, vendor: respx.MockRouter, case: Case) -> None:
    """It asks as documented, and each value of the answer can be had."""
    route = vendor.route().mock(return_value=recorded(case.answer or f"{case.call}.200"))
    result = caller.run(called(caller.client(auth=ME), case.call)(**case.arguments))
    request = route.calls.last.request
    assert f"{request.method} {request.url.raw_path.decode()}" == case.line
    assert (json.loads(request.content) if request.content else None) == case.body
    for path, value in case.shown.items():
        assert seen(result, path) == value, path


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_reading_is_repeated(caller: Caller, vendor: respx.MockRouter, case: Case) -> None:
    """Asking for ads only reads, though it is a POST; events are told once."""
    route = vendor.route().mock(return_value=recorded("ads.get.500"))
    with pytest.raises(ServerError):
        caller.run(called(caller.client(auth=ME), case.call)(**case.arguments))
    assert route.call_count == (1 if case.call == "events.send" else 3)


@pytest.mark.parametrize(
    ("name", "kind", "code", "details"),
    [
        (
            "ads.get.400",
            BadRequest,
            "ValidationException",
            "activationStates is invalid.; channel is required.",
        ),
        ("ads.get.401", Unauthorized, "SessionValidationException", None),
        ("ads.get.500-session", Unauthorized, "SessionValidationException", None),
        ("ads.get.500", ServerError, "InternalServerError", None),
        ("ads.get.403-gateway", PermissionDenied, None, None),
    ],
)
def test_errors_have_their_classes(
    caller: Caller,
    vendor: respx.MockRouter,
    name: str,
    kind: type[Exception],
    code: str | None,
    details: str | None,
) -> None:
    """The error's own type has the last word, for its status is not settled."""
    route = vendor.route().mock(return_value=recorded(name))
    with pytest.raises(kind) as caught:
        caller.run(caller.client(auth=ME).ads.get("OLB"))
    error: Any = caught.value
    assert (error.status, error.code, error.details) == (int(name[8:11]), code, details)
    assert code is None or error.request_id == "00000000-5e11-4b54-a2f8-5e1175e11755"
    assert route.call_count == (3 if name == "ads.get.500" else 1)


def test_an_event_has_an_id(caller: Caller, vendor: respx.MockRouter) -> None:
    """One is drawn where none is given; each event gets its own."""
    route = vendor.route().mock(return_value=recorded("events.send.200"))
    event = {
        "client_event_type": "SessionAction",
        "client_event": "LogEnrollment",
        "client_event_timestamp": NOON,
    }
    caller.run(caller.client(auth=ME).events.send([event, event]))
    sent = json.loads(route.calls.last.request.content)["clientEvents"]
    ids = {uuid.UUID(one["clientEventId"]) for one in sent}
    assert (len(ids), {one.version for one in ids}) == (2, {4})


@pytest.mark.parametrize(
    ("call", "wrong", "named"),
    [
        ("ads.get", {"channel": ""}, "channel"),
        ("ads.get", {"channel": "OLB", "max_ad_limit": 0}, "max_ad_limit"),
        ("ads.get", {"channel": "OLB", "activation_states": ["OLD"]}, r"activation_states\[0\]"),
        (
            "ads.get",
            {"channel": "OLB", "customer_location": {"latitude": 91, "longitude": 0.5}},
            r"customer_location\[latitude\]",
        ),
        (
            "ads.get",
            {"channel": "OLB", "customer_location": {"latitude": "1", "longitude": 0.5}},
            "takes a number or a whole number, not str",
        ),
        (
            "events.send",
            {"events": [{k: v for k, v in EVENT.items() if k != "client_event_metadata"}]},
            r"events\[0\]\[client_event_metadata\]: must be given for AdInteraction",
        ),
        (
            "events.send",
            {"events": [{**EVENT, "client_event_timestamp": datetime(2026, 1, 1)}]},
            r"events\[0\]\[client_event_timestamp\]",
        ),
    ],
)
def test_bad_arguments_never_leave(
    caller: Caller, call: str, wrong: dict[str, Any], named: str
) -> None:
    """Each is named with its place."""
    with pytest.raises(InvalidArgument, match=named):
        caller.run(called(caller.client(auth=ME), call)(**wrong))


@pytest.mark.parametrize(
    ("kind", "offer"),
    [
        ("PERCENT_AMOUNT_PURCHASE", Percentage(Decimal(5))),
        ("PERCENT", Percentage(Decimal(5))),
        ("FIXED_AMOUNT_PURCHASE", Decimal(5)),
        ("PROGRAM_CURRENCY", Decimal(5)),
        ("METERED_AMOUNT_PURCHASE", None),
        ("A_NEW_ONE", None),
        (None, None),
    ],
)
def test_an_offer_is_percent_or_money(kind: str | None, offer: Any) -> None:
    """The type decides; nothing is guessed of one that no page explains."""
    assert AdReward(reward_type=kind, reward_amount=OfferAmount(Decimal(5))).offer == offer
    assert AdReward(reward_type=kind).offer is None


def test_ads_are_found_by_their_ids(caller: Caller, vendor: respx.MockRouter) -> None:
    """Of a list, and of redemptions; what is not there is `None`, and no error."""
    vendor.route().mock(return_value=recorded("ads.get.200"))
    listed = caller.run(caller.client(auth=ME).ads.get("OLB"))
    assert listed.ad("9000001") is listed.ads[0]
    assert listed.ad(1) is None
    ad = Ad(ad_id="1")
    one, other = Redemption(ad_id="1"), Redemption(ad_id="2")
    found = CustomerRedemptions(redemptions=(one, other), ads=(ad,))
    assert (found.ad_for(one), found.ad_for(other), found.ad_for(Redemption())) == (ad, None, None)


def test_a_list_without_a_ranking_has_no_order(caller: Caller, vendor: respx.MockRouter) -> None:
    """Nothing is invented."""
    for body in ({"ads": {}}, {"ads": {}, "rankings": {}}):
        vendor.route().mock(return_value=httpx.Response(200, json=body))
        assert caller.run(caller.client(auth=ME).ads.get("OLB")).order == ()


def test_raw_calls_give_their_response(caller: Caller, vendor: respx.MockRouter) -> None:
    """With the result, as of every client."""
    vendor.route().mock(return_value=recorded("events.send.200"))
    answer = caller.run(caller.client(auth=ME).raw.customers.get_profile())
    assert (answer.response.status, answer.data.request_id[:8]) == (200, "00000000")
    with pytest.raises(InvalidArgument, match="must end before /v2"):
        caller.client("https://publisher.example.com/v2", auth=ME)
