from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import respx

from loyalty_sdk import Secret
from loyalty_sdk.cardlytics import AdStatus, Location, Percentage, TokenExpired
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    InvalidArgument,
    MethodNotAllowed,
    MissingField,
    NotFound,
    PermissionDenied,
    ServerError,
    UnreadableAnswer,
)

from .colours import TOKEN, Colour, body_of, recorded

PATH = f"/api/v1/customers/{TOKEN}/redemptions"
UTC = timezone.utc
NEW_YORK = ZoneInfo("America/New_York")


def listed(
    colour: Colour, vendor: respx.MockRouter, answer: httpx.Response, **arguments: Any
) -> Any:
    """What a client reads of one answer."""
    vendor.get(PATH).mock(return_value=answer)
    return colour.run(colour.client(**arguments).redemptions.list(TOKEN))


def with_redemption(**changes: Any) -> httpx.Response:
    """The sample's form with some values of its redemption changed."""
    body = body_of("redemptions.list.200")
    body["redemptions"][0] |= changes
    return httpx.Response(200, json=body)


def with_ad(**changes: Any) -> httpx.Response:
    """The sample's form with some values of its ad changed."""
    body = body_of("redemptions.list.200")
    body["ads"][0] |= changes
    return httpx.Response(200, json=body)


# --- the request


def test_the_call_is_asked_for_as_documented(colour: Colour, vendor: respx.MockRouter) -> None:
    """The token is a part of the path, and every parameter goes out under its documented name."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    colour.run(
        colour.client().redemptions.list(
            TOKEN,
            channel_id=5,
            location_id=2,
            start_date=datetime(2024, 3, 1, 9, 39, 25),
            end_date=datetime(2024, 3, 22, 9, 39, 25),
        )
    )
    request = route.calls.last.request
    assert request.method == "GET"
    assert dict(request.url.params) == {
        "channelId": "5",
        "locationId": "2",
        "startDate": "2024-03-01T09:39:25",
        "endDate": "2024-03-22T09:39:25",
    }
    assert request.headers["accept"] == "application/json"
    assert not {"authorization", "cookie", "x-cdlx-session", "x-cdlx-meta"} & request.headers.keys()


def test_what_is_not_given_is_left_out(colour: Colour, vendor: respx.MockRouter) -> None:
    """Without arguments there is no query at all."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    colour.run(colour.client().redemptions.list(TOKEN))
    assert route.calls.last.request.url.query == b""


@pytest.mark.parametrize("token", [TOKEN, Secret(TOKEN)])
def test_a_token_is_text_or_a_secret(
    colour: Colour, vendor: respx.MockRouter, token: str | Secret
) -> None:
    """What `tokens.get` gives and plain text go out alike."""
    vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    assert colour.run(colour.client().redemptions.list(token)).redemptions


def test_a_token_is_one_segment(colour: Colour, vendor: respx.MockRouter) -> None:
    """A token with a slash in it is quoted, and cannot lead elsewhere."""
    vendor.get(url__regex=r".*").mock(return_value=recorded("redemptions.list.200"))
    colour.run(colour.client().redemptions.list("a/..b?c#d%"))
    target = vendor.calls.last.request.url.raw_path
    assert target == b"/api/v1/customers/a%2F..b%3Fc%23d%25/redemptions"


@pytest.mark.parametrize(
    "token", ["", " ", ".", "..", "a/../b", "a\nb", "\ud800", "x" * 1025, None, 7, b"x"]
)
def test_a_bad_token_is_refused(colour: Colour, token: Any) -> None:
    """It never leaves, and the error does not quote it."""
    with pytest.raises(InvalidArgument, match=r"redemptions\.list: token: must") as caught:
        colour.run(colour.client().redemptions.list(token))
    assert caught.value.argument == "token"


@pytest.mark.parametrize("name", ["channel_id", "location_id"])
@pytest.mark.parametrize("value", ["", "Email", "2.0", "-1", -1, 2.5, True, "²"])
def test_a_number_must_be_whole(colour: Colour, name: str, value: Any) -> None:
    """Channels and locations are whole numbers; the server takes no names."""
    with pytest.raises(InvalidArgument, match=f"{name}: must"):
        colour.run(colour.client().redemptions.list(TOKEN, **{name: value}))


@pytest.mark.parametrize(
    ("value", "sent"), [(0, "0"), (32, "32"), ("32", "32"), (Location.MAP_LIST, "16")]
)
def test_a_location_is_open(
    colour: Colour, vendor: respx.MockRouter, value: Any, sent: str
) -> None:
    """Known locations have names, and other numbers are taken too."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    colour.run(colour.client().redemptions.list(TOKEN, location_id=value))
    assert dict(route.calls.last.request.url.params) == {"locationId": sent}


@pytest.mark.parametrize(
    ("value", "zone", "sent"),
    [
        (datetime(2024, 7, 1, 12), None, "2024-07-01T12:00:00"),
        (datetime(2024, 7, 1, 12), "America/New_York", "2024-07-01T12:00:00"),
        (datetime(2024, 7, 1, 12, tzinfo=UTC), "America/New_York", "2024-07-01T08:00:00"),
        (datetime(2024, 1, 1, 12, tzinfo=UTC), NEW_YORK, "2024-01-01T07:00:00"),
        (
            datetime(2024, 1, 1, 12, tzinfo=timezone(timedelta(hours=5))),
            UTC,
            "2024-01-01T07:00:00",
        ),
        (date(2024, 7, 1), None, "2024-07-01"),
        ("2024-07-01T12:00:00", UTC, "2024-07-01T12:00:00"),
        ("2024-07-01T12:00:00+02:00", None, "2024-07-01T12:00:00+02:00"),
    ],
)
@pytest.mark.parametrize(
    ("name", "wire_name"), [("start_date", "startDate"), ("end_date", "endDate")]
)
def test_dates_are_sent_without_an_offset(
    colour: Colour,
    vendor: respx.MockRouter,
    name: str,
    wire_name: str,
    value: Any,
    zone: Any,
    sent: str,
) -> None:
    """Naive times and text go out as they are, aware ones in the client's zone."""
    route = vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    client = colour.client(timezone=zone)
    colour.run(client.redemptions.list(TOKEN, **{name: value}))
    assert dict(route.calls.last.request.url.params) == {wire_name: sent}


@pytest.mark.parametrize("name", ["start_date", "end_date"])
@pytest.mark.parametrize("value", ["", "yesterday", "2024-13-01T00:00:00", 1710000000, True])
def test_a_bad_date_is_refused(colour: Colour, name: str, value: Any) -> None:
    """What is no ISO 8601 time is never sent."""
    with pytest.raises(InvalidArgument, match=f"{name}: must be"):
        colour.run(colour.client().redemptions.list(TOKEN, **{name: value}))


def test_an_aware_date_needs_the_zone(colour: Colour) -> None:
    """Without the client's `timezone` nobody knows what to convert an aware time to."""
    with pytest.raises(InvalidArgument, match=r"start_date: .*timezone="):
        colour.run(
            colour.client().redemptions.list(TOKEN, start_date=datetime(2024, 7, 1, tzinfo=UTC))
        )


# --- the answer


def test_every_value_of_the_sample_form_is_read(colour: Colour, vendor: respx.MockRouter) -> None:
    """Each value has its place and type; naive times stay naive, and one with a Z is in UTC."""
    answer = listed(colour, vendor, recorded("redemptions.list.200"))
    (redemption,) = answer.redemptions
    assert redemption.redemption_id == "700001"
    assert redemption.account_id == "25800000001"
    assert redemption.ad_id == "9000404"
    assert redemption.amount == Decimal("12.34")
    assert redemption.redemption_date == datetime(2024, 3, 9, 12, 58, 34)
    assert redemption.is_my_reward is False
    assert redemption.paid_account_id == "380000002"
    assert redemption.redeeming_transaction_amount == Decimal("123.46")
    assert redemption.transaction_id == "920000003"
    assert redemption.reward_settlement_run_date == datetime(2024, 3, 9, 23, 59, 50)
    (ad,) = answer.ads
    assert (ad.ad_id, ad.status, ad.is_parked, ad.category_id) == (
        "9000001",
        AdStatus.SERVED,
        True,
        "3",
    )
    assert (ad.days_remaining, ad.end_date) == (28, datetime(2024, 3, 22, 9, 39, 25))
    assert (ad.is_percentage_offer, ad.offer) == (True, Percentage(Decimal("10.0")))
    assert (ad.merchant_name, ad.max_reward_amount) == ("Synthetic Store", Decimal("30.0"))
    assert (ad.min_spend_amount, ad.ad_type, ad.is_mappable) == (Decimal("5.0"), 101, True)
    assert (ad.redemptions, ad.position) == (None, 4)
    assert [(tag.key, tag.value) for tag in ad.tags] == [("purchase-channel", "In-Store")]
    assert ad.activated_date == datetime(2024, 2, 26, 19, 11, 27, tzinfo=UTC)
    assert ad.extra == redemption.extra == answer.extra == {}


def test_html_and_signed_links_are_untouched(colour: Colour, vendor: respx.MockRouter) -> None:
    """Texts and addresses of a creative are the vendor's, to the last character."""
    answer = listed(colour, vendor, recorded("redemptions.list.200"))
    (sent,) = body_of("redemptions.list.200")["ads"][0]["creatives"]
    (creative,) = answer.ads[0].creatives
    assert creative.short_pre_message == sent["shortPreMessage"]
    assert creative.pre_message == sent["preMessage"]
    assert creative.post_message == sent["postMessage"]
    assert creative.thank_you_message == sent["thankYouMessage"]
    assert creative.impression_token == sent["impressionToken"]
    images, links = creative.images, creative.links
    assert {k: {"url": v.url, "text": v.text} for k, v in images.items()} == sent["images"]
    assert {k: {"url": v.url, "text": v.text} for k, v in links.items()} == sent["links"]
    assert creative.beacons.pre_message_impression == "http://example.com/before"
    assert creative.beacons.post_message_impression == "http://example.com/after"
    assert creative.extra == {}


def test_every_value_of_the_documented_form_is_read(
    colour: Colour, vendor: respx.MockRouter
) -> None:
    """Text ids, `redemptionDate`, a map of ads and later servers' fields read into the same."""
    answer = listed(colour, vendor, recorded("redemptions.list.200-documented"))
    first = answer.redemptions[0]
    assert (first.redemption_id, first.ad_id, first.transaction_id) == ("700001", "9000001", "0")
    assert first.redemption_date == datetime(2024, 7, 1, 8)
    assert first.reward_settlement_run_date is None
    assert first.redeeming_transaction_amount == Decimal(11)
    money, percent = answer.ads
    assert money.status == AdStatus.ACTIVATED | AdStatus.EXPIRED
    assert (money.offer, money.max_reward_amount, money.min_spend_amount) == (
        Decimal("2.5"),
        None,
        None,
    )
    assert money.purchase_requirement.requirement_type == "MustNotPurchase"
    assert money.purchase_requirement.purchase_types == ("Fuel", "Lottery")
    assert money.tags == ()
    (creative,) = money.creatives
    assert (creative.creative_id, creative.headline) == ("41", None)
    assert creative.terms_and_conditions == "One.<br/>Two."
    assert (creative.marketing_copy, creative.reward_copy) == ("Buy &amp; save", "<b>$2</b> back")
    assert set(creative.images) == {"logo"}
    assert creative.images["logo"].extra == {"width": 40}
    assert creative.links == {}
    assert (percent.ad_id, percent.status) == ("9000002", 64)
    assert percent.offer == Percentage(Decimal("0.5"))
    assert percent.extra == {"offerPromotion": "New"}


def test_ads_are_found_across_forms_of_id(colour: Colour, vendor: respx.MockRouter) -> None:
    """A redemption finds its ad whether the ids are numbers or text; a missing one is `None`."""
    answer = listed(colour, vendor, recorded("redemptions.list.200-documented"))
    money, percent = answer.ads
    found = [answer.ad_for(redemption) for redemption in answer.redemptions]
    assert found == [money, percent, None, money]


def test_an_ad_id_may_be_either_beside_the_other(colour: Colour, vendor: respx.MockRouter) -> None:
    """The sample's forms join: a number in the redemption, text in the ad."""
    answer = listed(colour, vendor, with_redemption(adId=9000001))
    assert answer.ad_for(answer.redemptions[0]) is answer.ads[0]


@pytest.mark.parametrize("zone", ["America/New_York", NEW_YORK])
def test_naive_times_are_read_in_the_clients_zone(
    colour: Colour, vendor: respx.MockRouter, zone: Any
) -> None:
    """With a `timezone` every time is aware; those that say their offset keep it."""
    answer = listed(colour, vendor, recorded("redemptions.list.200-documented"), timezone=zone)
    first, *_, last = answer.redemptions
    assert first.redemption_date == datetime(2024, 7, 1, 12, tzinfo=UTC)
    assert last.redemption_date == datetime(2024, 7, 4, 8, 0, 0, 123456, tzinfo=UTC)
    assert answer.ads[0].end_date.tzinfo == NEW_YORK


def test_clients_do_not_share_their_zones(colour: Colour, vendor: respx.MockRouter) -> None:
    """Each client reads in its own zone, in whatever order they ask."""
    vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    tokyo, utc, none = (colour.client(timezone=zone) for zone in ("Asia/Tokyo", "UTC", None))
    hours = [
        colour.run(client.redemptions.list(TOKEN)).redemptions[0].redemption_date.utcoffset()
        for client in (none, tokyo, utc, none, tokyo)
    ]
    assert hours == [None, timedelta(hours=9), timedelta(0), None, timedelta(hours=9)]


def test_both_dates_may_be_there(colour: Colour, vendor: respx.MockRouter) -> None:
    """Of `date` and `redemptionDate` the sample's wins, and the other is kept."""
    answer = listed(colour, vendor, with_redemption(redemptionDate="2024-03-10T00:00:00"))
    (redemption,) = answer.redemptions
    assert redemption.redemption_date == datetime(2024, 3, 9, 12, 58, 34)
    assert redemption.extra == {"redemptionDate": "2024-03-10T00:00:00"}


def test_a_null_ad_is_left_out(colour: Colour, vendor: respx.MockRouter) -> None:
    """In a map of ads it is like absence, as it is in an array."""
    body = body_of("redemptions.list.200-documented")
    body["ads"] = {"1": None, **body["ads"]}
    vendor.get(PATH).mock(return_value=httpx.Response(200, json=body))
    listed = colour.run(colour.client().redemptions.list(TOKEN))
    assert [ad.ad_id for ad in listed.ads] == ["9000001", "9000002"]


@pytest.mark.parametrize("name", ["date", "redemptionDate"])
def test_a_bad_date_is_named_as_it_came(
    colour: Colour, vendor: respx.MockRouter, name: str
) -> None:
    """A date has two names, and the one that the server gave it is in the error."""
    body = body_of("redemptions.list.200-documented")
    del body["redemptions"][1]["redemptionDate"]
    body["redemptions"][1][name] = "yesterday"
    vendor.get(PATH).mock(return_value=httpx.Response(200, json=body))
    with pytest.raises(UnreadableAnswer) as caught:
        colour.run(colour.client().redemptions.list(TOKEN))
    [problem] = caught.value.problems
    assert problem.startswith(f"$.redemptions[1].{name}: ")


def test_a_null_date_gives_way(colour: Colour, vendor: respx.MockRouter) -> None:
    """A null `date` beside a `redemptionDate` does not hide it; both null read as `None`."""
    both = {"date": None, "redemptionDate": "2024-03-10T00:00:00"}
    answer = listed(colour, vendor, with_redemption(**both))
    assert answer.redemptions[0].redemption_date == datetime(2024, 3, 10)
    answer = listed(colour, vendor, with_redemption(date=None, redemptionDate=None))
    assert answer.redemptions[0].redemption_date is None


@pytest.mark.parametrize("ads", [[], {}])
def test_there_may_be_no_ads(colour: Colour, vendor: respx.MockRouter, ads: Any) -> None:
    """An empty array and an empty map are no ads."""
    body = body_of("redemptions.list.200") | {"ads": ads}
    answer = listed(colour, vendor, httpx.Response(200, json=body))
    assert answer.ads == ()
    assert answer.ad_for(answer.redemptions[0]) is None


def test_a_trimmed_answer_is_read(colour: Colour, vendor: respx.MockRouter) -> None:
    """What a server leaves out of an answer is missed only when it is asked for."""
    body = {"redemptions": [{"redemptionId": 1}, {"adId": 2}]}
    answer = listed(colour, vendor, httpx.Response(200, json=body))
    first, second = answer.redemptions
    assert (first.amount, second.redemption_date) == (None, None)
    assert answer.ad_for(first) is answer.ad_for(second) is None
    with pytest.raises(MissingField, match=r"\$\.redemptions\[0\]\.adId"):
        _ = first.ad_id
    with pytest.raises(MissingField, match=r"\$\.ads"):
        _ = answer.ads


def test_an_ad_without_an_id_hides_no_other(colour: Colour, vendor: respx.MockRouter) -> None:
    """The join passes over an ad that has no id."""
    body = {"redemptions": [{"redemptionId": 1, "adId": 2}], "ads": [{"position": 0}, {"adId": 2}]}
    answer = listed(colour, vendor, httpx.Response(200, json=body))
    assert answer.ad_for(answer.redemptions[0]) == answer.ads[1]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (
            with_redemption(date="a time, in words"),
            "$.redemptions[0].date: an ISO 8601 time is expected",
        ),
        (with_redemption(date=5), "$.redemptions[0].date: an ISO 8601 time is expected"),
        (with_redemption(amount="much"), "$.redemptions[0].amount: a number is expected"),
        (with_ad(status=-1), "$.ads[0].status: a status of 0 or more is expected"),
        (with_ad(status="New"), "$.ads[0].status: a whole number is expected"),
        (with_ad(offerAmount={}), "$.ads[0].offerAmount: a number is expected"),
        (with_ad(creatives={}), "$.ads[0].creatives: an array is expected"),
        (with_ad(creatives=[{"images": 5}]), "$.ads[0].creatives[0].images: an object is"),
        (with_ad(creatives=[{"links": {"a": 5}}]), "$.ads[0].creatives[0].links.a: an object is"),
        (httpx.Response(200, json={"redemptions": {}, "ads": []}), "$.redemptions: an array"),
        (httpx.Response(200, json={"redemptions": [5], "ads": {}}), "$.redemptions[0]: "),
        (httpx.Response(200, json={"redemptions": [], "ads": {"7": 5}}), "$.ads.7: an object"),
        (
            httpx.Response(200, json={"redemptions": [], "ads": {"7": {"adType": "x"}}}),
            "$.ads.7.adType: a whole number is expected",
        ),
        (httpx.Response(200, json=[]), "$: an object is expected"),
        (httpx.Response(200), "$: empty where JSON is expected"),
        (httpx.Response(200, text="<html>"), "$: not JSON"),
    ],
)
def test_an_unreadable_answer_says_where(
    colour: Colour, vendor: respx.MockRouter, answer: httpx.Response, problem: str
) -> None:
    """A value of a wrong form is an error with its wire path, after the repetitions."""
    route = vendor.get(PATH).mock(return_value=answer)
    with pytest.raises(UnreadableAnswer) as caught:
        colour.run(colour.client().redemptions.list(TOKEN))
    assert any(found.startswith(problem) for found in caught.value.problems)
    assert route.call_count == 3


# --- errors


@pytest.mark.parametrize(
    ("name", "kind", "code", "message"),
    [
        ("400", BadRequest, "BadRequest", "The security token is malformed."),
        ("403", TokenExpired, "Forbidden", "The security token expired at 2024-03-09T10:00:00."),
        ("403-gateway", PermissionDenied, None, "HTTP 403 with a body that is no error object"),
        ("404", NotFound, None, "HTTP 404 with a body that is no error object"),
        ("405", MethodNotAllowed, None, "HTTP 405 with a body that is no error object"),
        ("500", ServerError, "InternalServerError", "An unexpected error occurred."),
    ],
)
def test_each_error_has_its_class(
    colour: Colour,
    vendor: respx.MockRouter,
    name: str,
    kind: type[APIError],
    code: str | None,
    message: str,
) -> None:
    """Status, code, message and the server's session id of every documented error are told."""
    answer = recorded(f"redemptions.list.{name}")
    route = vendor.get(PATH).mock(return_value=answer)
    with pytest.raises(APIError) as caught:
        colour.run(colour.client().redemptions.list(TOKEN))
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.message) == (answer.status_code, code, message)
    assert error.operation == "cardlytics.redemptions.list"
    assert error.request_id == (None if code is None else f"synthetic-server-session-{name}")
    assert error.details == ("synthetic inner error" if name == "500" else None)
    assert route.call_count == (3 if name == "500" else 1)


def test_a_passing_failure_is_repeated(colour: Colour, vendor: respx.MockRouter) -> None:
    """The call only reads, so a 500 and a broken connection are tried again."""
    vendor.get(PATH).mock(
        side_effect=[
            recorded("redemptions.list.500"),
            httpx.ReadError("cut"),
            recorded("redemptions.list.200"),
        ]
    )
    assert colour.run(colour.client().redemptions.list(TOKEN)).redemptions


def test_raw_gives_the_response_too(colour: Colour, vendor: respx.MockRouter) -> None:
    """On `.raw` the list comes with its response."""
    vendor.get(PATH).mock(return_value=recorded("redemptions.list.200"))
    answer = colour.run(colour.client().raw.redemptions.list(TOKEN))
    assert answer.response.status == 200
    assert answer.data.redemptions[0].redemption_id == "700001"
