"""What each call of version 1 sends, and what is read of a recorded answer."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import attrs
import httpx
import pytest
import respx

from loyalty_sdk.cardlytics import (
    AdStatus,
    ClientEvent,
    GroupType,
    Location,
    Percentage,
    RewardSummary,
    TokenExpired,
)
from loyalty_sdk.errors import (
    BadRequest,
    InvalidArgument,
    MissingField,
    NotFound,
    ServerError,
    UnreadableAnswer,
)

from .colours import TOKEN, Colour, body_of, recorded

ME = f"/api/v1/customers/{TOKEN}"
PLACE = {"channel_id": 5, "location_id": Location.SUMMARY}
SHOWN = {"impression_token": "imp-1", "channel_id": 1, "location_id": 32, "display_type_id": 6}
SHOWN_WIRE = {"impressionToken": "imp-1", "channelId": 1, "locationId": 32, "displayTypeId": 6}
AROUND = {"latitude": 33.749, "longitude": -84.388, "radius": 1000, "max_merchant_limit": 20}
NEARBY = "merchants/latitude/33.749/longitude/-84.388/radius/1000"
NEARBY_QUERY = "channelId=5&locationId=7&maxMerchantLimit=20"


@attrs.frozen
class Case:
    """One call: its arguments, what it sends, and what is read of its recorded answer."""

    call: str
    arguments: dict[str, Any]
    line: str
    body: Any = None
    shown: dict[str, Any] = attrs.field(factory=dict)
    answer: str = ""

    def __str__(self) -> str:
        return self.answer or self.call


CASES = [
    Case(
        "customers.get",
        {},
        f"GET {ME}",
        shown={
            "is_opted_in": True,
            "total_earned": Decimal("123.45"),
            "accounts.0.account_id": "25800000001",
            "accounts.0.portfolio_id": "7",
            "program.currency_unit": "points",
            "program.currency_exchange_rate": Decimal(100),
        },
    ),
    Case(
        "customers.start_session",
        {"channel_id": "5"},
        f"POST {ME}/session?channelId=5",
        shown={"is_opted_in": False, "accounts": ()},
    ),
    Case(
        "customers.set_enrollment",
        {"opt_in": False, **PLACE},
        f"PUT {ME}/enrollment?channelId=5&locationId=7",
        {"optIn": False},
    ),
    Case(
        "customers.set_primary_account",
        {"account_id": "25800000001"},
        f"PUT {ME}/accounts/primary",
        {"accountId": 25800000001},
    ),
    Case(
        "ads.list",
        {"status": AdStatus.NEW | AdStatus.SERVED | AdStatus.ACTIVATED, **PLACE},
        f"GET {ME}/ads?channelId=5&locationId=7&status=7",
        shown={
            "ads.0.offer": Percentage(Decimal("5.0")),
            "ads.1.offer": Decimal("2.5"),
            "ads.1.activated_date": datetime(2026, 11, 1, 10, tzinfo=timezone.utc),
            "ads.0.end_date": datetime(2026, 12, 1, 9),
        },
    ),
    Case(
        "ads.list",
        {
            "status": 15,
            "include_parked": False,
            "max_ad_limit": 3,
            "enable_suppression": True,
            **PLACE,
        },
        f"GET {ME}/ads?channelId=5&locationId=7&status=15&includeParked=false&maxAdLimit=3"
        "&enableSuppression=true",
        shown={
            "ads.1.ad_id": "9000003",
            "rankings": {"ALL": ("9000003", "9000001")},
            "assets.0.headline": "5% back",
            "store_locations": {"9000001": ({"synthetic": "a store"},)},
        },
        answer="ads.list.200-map",
    ),
    Case(
        "ads.count",
        {"status": 22, "include_parked": True},
        f"GET {ME}/adcount?status=22&includeParked=true",
        shown={"count": 12},
    ),
    Case(
        "ads.counts",
        {},
        f"GET {ME}/adcounts",
        shown={"active.count": 0, "not_active_parked.count": 5},
    ),
    Case(
        "ads.mark_served",
        {"ads": [{**SHOWN, "display_position": 4, "tags": ["a"], "image_slots": ["logo"]}]},
        f"PUT {ME}/ads/served",
        {"ads": [{**SHOWN_WIRE, "displayPosition": 4, "tags": ["a"], "imageSlots": ["logo"]}]},
    ),
    Case(
        "ads.park",
        {"ads": ({**SHOWN, "group_type_id": GroupType.COLLECTION, "group_id": "g"},)},
        f"PUT {ME}/ads/parked",
        {"ads": [{**SHOWN_WIRE, "groupTypeId": 2, "groupId": "g"}]},
    ),
    Case(
        "collections.get",
        {"collection_id": "a/b", "status": AdStatus.NEW, "max_ad_limit": 1, **PLACE},
        f"GET {ME}/collections/a/b?channelId=5&locationId=7&status=1&maxAdLimit=1",
        shown={
            "metadata.banner_image.text": "A banner",
            "ad_ids": ("9000001",),
            "sub_collections.0.ads.0.ad_id": "9000001",
            "sub_collections.0.metadata.banner_image": None,
            "categories.0.id": "3",
        },
    ),
    Case(
        "merchants.nearby",
        {**AROUND, **PLACE},
        f"GET {ME}/{NEARBY}?{NEARBY_QUERY}",
        shown={
            "merchant_locations.1.distance_in_meters": 777,
            "merchant_locations.1.address2": None,
            "merchant_locations.0.latitude": Decimal("33.749"),
        },
    ),
    Case(
        "merchants.nearby_for_ad",
        {"ad_id": "9000001", **AROUND, **PLACE},
        f"GET {ME}/ads/9000001/{NEARBY}?{NEARBY_QUERY}",
        shown={"merchant_locations.0.ad_id": "9000001"},
    ),
    Case(
        "rewards.summary",
        PLACE,
        f"GET {ME}/rewards?channelId=5&locationId=7",
        shown={
            "year_to_date.total_reward_amount": Decimal("2.1"),
            "pending": RewardSummary(
                redemption_count=2, total_redeeming_transaction_amount=Decimal("5.38")
            ),
        },
    ),
    Case(
        "events.send",
        {
            "events": [
                {
                    "event_type_id": ClientEvent.ACTIVATE_OFFER,
                    "ad_id": "9000001",
                    "channel_id": 1,
                    "location_id": 10,
                    "message": "two\nlines",
                },
                {"event_type_id": 224, "channel_id": 1, "location_id": 32, "ad_id": 7},
            ]
        },
        f"POST {ME}/events/clientevent",
        {
            "clientEventMessages": [
                {
                    "eventTypeId": 5,
                    "adId": 9000001,
                    "channelId": 1,
                    "locationId": 10,
                    "message": "two\nlines",
                },
                {"eventTypeId": 224, "channelId": 1, "locationId": 32, "adId": 7},
            ]
        },
    ),
    Case(
        "events.send",
        {
            "events": [{"event_type_id": 515, "channel_id": 1, "location_id": 1}],
            "wrapper": "clientEventCommand",
            "before_v3": True,
        },
        f"POST /api/v1/events/{TOKEN}/clientevent",
        {"clientEventCommand": [{"eventTypeId": 515, "channelId": 1, "locationId": 1}]},
    ),
]


def called(client: Any, name: str) -> Any:
    """A method of a client, by its dotted name."""
    for part in name.split("."):
        client = getattr(client, part)
    return client


def seen(value: Any, path: str) -> Any:
    """What stands at a dotted path of names and numbers."""
    for name in path.split("."):
        value = value[int(name)] if name.isdecimal() else getattr(value, name)
    return value


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_call_and_its_answer(colour: Colour, vendor: respx.MockRouter, case: Case) -> None:
    """It asks as documented, and each value of the answer can be had."""
    route = vendor.route().mock(return_value=recorded(case.answer or f"{case.call}.200"))
    result = colour.run(called(colour.client(), case.call)(TOKEN, **case.arguments))
    request = route.calls.last.request
    assert f"{request.method} {unquote(request.url.raw_path.decode())}" == case.line
    assert (json.loads(request.content) if request.content else None) == case.body
    assert case.shown or result is None
    for path, value in case.shown.items():
        assert seen(result, path) == value, path


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_reading_is_repeated(colour: Colour, vendor: respx.MockRouter, case: Case) -> None:
    """What writes is asked once, for it may have arrived."""
    route = vendor.route().mock(return_value=recorded("customers.set_enrollment.500"))
    with pytest.raises(ServerError):
        colour.run(called(colour.client(), case.call)(TOKEN, **case.arguments))
    assert route.call_count == (3 if case.line.startswith("GET") else 1)


@pytest.mark.parametrize(
    ("name", "case", "kind"),
    [
        ("customers.get.403", CASES[0], TokenExpired),
        ("ads.list.400", CASES[4], BadRequest),
        ("collections.get.404", CASES[10], NotFound),
    ],
)
def test_errors_have_their_classes(
    colour: Colour, vendor: respx.MockRouter, name: str, case: Case, kind: type[Exception]
) -> None:
    """As for the first calls: the error object is read."""
    vendor.route().mock(return_value=recorded(name))
    with pytest.raises(kind, match=r"synthetic-server-session"):
        colour.run(called(colour.client(), case.call)(TOKEN, **case.arguments))


def test_times_are_in_the_clients_zone(colour: Colour, vendor: respx.MockRouter) -> None:
    """Naive times of any call are read in it."""
    vendor.route().mock(return_value=recorded("ads.list.200"))
    client = colour.client(timezone="UTC")
    found = colour.run(client.ads.list(TOKEN, status=7, **PLACE))
    assert found.ads[0].end_date == datetime(2026, 12, 1, 9, tzinfo=timezone.utc)


def test_an_ad_is_found_in_its_list(colour: Colour, vendor: respx.MockRouter) -> None:
    """By its id, text or number; another one is not there, which is no error."""
    vendor.route().mock(return_value=recorded("ads.list.200-map"))
    found = colour.run(colour.client().ads.list(TOKEN, status=7, **PLACE))
    assert found.ad("9000003") is found.ad(9000003) is found.ads[1]
    assert found.ad("1") is None


def test_a_list_without_ads_says_so(colour: Colour, vendor: respx.MockRouter) -> None:
    """The documents promise them: an empty list would be a lie."""
    vendor.route().mock(return_value=httpx.Response(200, json={"rankings": {}}))
    found = colour.run(colour.client().ads.list(TOKEN, status=7, **PLACE))
    with pytest.raises(MissingField, match=r"\$\.ads is promised"):
        _ = found.ads
    with pytest.raises(MissingField):
        found.ad("1")


def test_a_bad_ad_of_a_map_has_its_path(colour: Colour, vendor: respx.MockRouter) -> None:
    """The path is the vendor's own."""
    body = body_of("ads.list.200-map")
    body["ads"]["9000003"]["position"] = "first"
    vendor.route().mock(return_value=httpx.Response(200, json=body))
    with pytest.raises(UnreadableAnswer, match=r"\$\.ads\.9000003\.position: "):
        colour.run(colour.client().ads.list(TOKEN, status=7, **PLACE))


@pytest.mark.parametrize(
    ("call", "wrong", "named"),
    [
        ("ads.mark_served", {"ads": []}, "ads"),
        ("ads.mark_served", {"ads": [{"channel_id": 1}]}, r"ads\[0\]\[impression_token\]"),
        ("ads.park", {"ads": [{**SHOWN, "adId": 1}]}, r"ads\[0\]\[adId\]"),
        ("ads.park", {"ads": [{**SHOWN, "channel_id": -1}]}, r"ads\[0\]\[channel_id\]"),
        (
            "events.send",
            {"events": [{"event_type_id": 5, "channel_id": 1, "location_id": 1, "ad_id": "a"}]},
            r"events\[0\]\[ad_id\]",
        ),
        ("events.send", {"events": [{"event_type_id": 5}]}, r"events\[0\]\[channel_id\]"),
        ("merchants.nearby", {**AROUND, **PLACE, "latitude": 85.06}, "latitude"),
        ("merchants.nearby", {**AROUND, **PLACE, "longitude": -180.1}, "longitude"),
        ("merchants.nearby", {**AROUND, **PLACE, "max_merchant_limit": 0}, "max_merchant_limit"),
        ("ads.list", {**PLACE, "status": 7, "max_ad_limit": 0}, "max_ad_limit"),
    ],
)
def test_bad_arguments_never_leave(
    colour: Colour, call: str, wrong: dict[str, Any], named: str
) -> None:
    """Each is named with its place."""
    with pytest.raises(InvalidArgument, match=named):
        colour.run(called(colour.client(), call)(TOKEN, **wrong))


@pytest.mark.parametrize(
    ("given", "sent"),
    [(0, "0"), (-0.0, "0.0"), (1e-7, "0.0000001"), (12, "12"), (85.05112878, "85.05112878")],
)
def test_degrees_are_written_out(
    colour: Colour, vendor: respx.MockRouter, given: float, sent: str
) -> None:
    """Paths have no exponents."""
    route = vendor.route().mock(return_value=recorded("merchants.nearby.200"))
    colour.run(colour.client().merchants.nearby(TOKEN, **{**AROUND, **PLACE, "latitude": given}))
    assert f"/latitude/{sent}/" in str(route.calls.last.request.url)
