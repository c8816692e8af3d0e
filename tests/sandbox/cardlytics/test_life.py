"""The sandbox's ads, customers and events, asked over its socket with plain httpx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from .conftest import PLACE, CardlyticsCaller
from .test_api import error_of

NEAR = "/merchants/latitude/33.749/longitude/-84.388/radius"
SHOWN = {"channelId": 5, "locationId": 2, "displayTypeId": 1}


@pytest.fixture
def bank(http: httpx.Client) -> Iterator[Caller]:
    """A bank of this test's own, in the middle of a year."""
    with Sandbox(seed=5, now=lambda: datetime(2026, 6, 15, 12, tzinfo=UTC)) as sandbox:
        yield Caller(CardlyticsCaller(sandbox, http))


class Caller:
    """The everyday member's calls."""

    def __init__(self, plain: CardlyticsCaller) -> None:
        self.plain = plain
        self.state = plain.sandbox.cardlytics_state
        self.customer = plain.sandbox.member.cardlytics_source_customer_id
        self.me = f"/customers/{plain.token()}"

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of an answer that must be good."""
        answer = self.plain(self.me + path, {**PLACE, **query})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, path: str, body: Any, **query: Any) -> httpx.Response:
        """An answer to a body."""
        url = f"{self.plain.sandbox.cardlytics['base_url']}/api/v1{path}"
        return self.plain.http.request(method, url, params=query, json=body)

    def done(self, method: str, path: str, body: Any, **query: Any) -> None:
        """Send a body, which must be taken without a word."""
        answer = self.send(method, self.me + path, body, **query)
        assert (answer.status_code, answer.content) == (200, b""), answer.text

    def ads(self, status: str = "63", **query: Any) -> list[Any]:
        """The ads of some states."""
        found = self.get("/ads", status=status, **query)["ads"]
        assert isinstance(found, list)
        return found


def ids(ads: list[Any]) -> list[str]:
    """The ids of ads."""
    return [ad["adId"] for ad in ads]


def test_ads_are_chosen_by_state(bank: Caller) -> None:
    """By bits or by names, parked or not, suppressed or not, so many at the most."""
    every = bank.ads()
    assert [ad["status"] for ad in every] == [2, 4, 16, 1, 8, 32]
    assert ids(bank.ads("New,Served")) == ids(bank.ads("3")) == [every[0]["adId"], every[3]["adId"]]
    assert ids(bank.ads(includeParked="true")) == [every[3]["adId"]]
    assert len(bank.ads(includeParked="false")) == len(every) - 1
    assert ids(bank.ads(maxAdLimit="2")) == ids(every)[:2]
    assert ids(bank.ads(enableSuppression="true")) == [*ids(every)[:4], every[5]["adId"]]
    counts = bank.plain(f"{bank.me}/adcounts").json()
    assert {name: one["count"] for name, one in counts.items()} == {
        "active": 2,
        "activeParked": 0,
        "notActiveNew": 0,
        "notActiveServed": 1,
        "notActiveExpired": 1,
        "notActiveParked": 1,
    }
    count = bank.plain(f"{bank.me}/adcount", {"status": "3", "includeParked": "false"})
    assert count.json() == {"count": 1}


def test_ads_as_a_map(bank: Caller) -> None:
    """The switch holds for this list, too; rankings name the ads in order."""
    bank.plain.sandbox.turn(cardlytics_ads="map")
    found = bank.get("/ads", status="7")
    assert list(found["ads"]) == found["rankings"]["ALL"]
    assert found["assets"][0]["creativeId"]


def test_an_ad_is_served_activated_redeemed(bank: Caller) -> None:
    """Each step shows in the next one."""
    new = next(ad for ad in bank.ads() if ad["status"] == 1)
    token = new["creatives"][0]["impressionToken"]

    def status() -> Any:
        return next(ad for ad in bank.ads() if ad["adId"] == new["adId"])["status"]

    bank.done("PUT", "/ads/served", {"ads": [{**SHOWN, "impressionToken": token}]})
    assert status() == 2
    event = {"channelId": 5, "locationId": 2, "eventTypeId": 5, "adId": int(new["adId"])}
    bank.done("POST", "/events/clientevent", {"clientEventMessages": [event]})
    assert status() == 4
    made = bank.state.purchase(bank.customer, new["adId"], 4000)
    assert status() == 16
    first = bank.get("/redemptions")["redemptions"][0]
    assert (first["redemptionId"], first["amount"]) == (made.redemption_id, made.cents / 100)
    with pytest.raises(LookupError):
        bank.state.purchase(bank.customer, new["adId"], 4000)


def test_events_park_and_un_park(bank: Caller) -> None:
    """By id or by impression token, one or all; the old path and the other wrapper do, too."""
    ad = bank.ads(includeParked="false")[0]
    token = ad["creatives"][0]["impressionToken"]
    bank.done("PUT", "/ads/parked", {"ads": [{**SHOWN, "impressionToken": token}]})
    assert len(bank.ads(includeParked="true")) == 2
    base = {"channelId": 5, "locationId": 2}
    events = [{**base, "eventTypeId": 10, "impressionToken": token}, {**base, "eventTypeId": 515}]
    bank.done("POST", "/events/clientevent", {"clientEventCommand": events})
    assert len(bank.ads(includeParked="true")) == 1
    path = bank.me.replace("/customers/", "/events/") + "/clientevent"
    body = {"clientEventMessages": [{**base, "eventTypeId": 11}]}
    assert bank.send("POST", path, body).status_code == 200
    assert bank.ads(includeParked="true") == []
    parked = {**base, "eventTypeId": 9, "adId": int(ad["adId"])}
    bank.done("POST", "/events/clientevent", {"clientEventMessages": [parked]})
    seen = {**base, "eventTypeId": 24, "adId": int(ad["adId"])}
    bank.done("POST", "/events/clientevent", {"clientEventMessages": [seen]})
    assert ids(bank.ads(includeParked="true")) == [ad["adId"]]


def test_a_customer_is_changed(bank: Caller) -> None:
    """Enrolment, sessions and the primary account are kept; rewards go to that account."""
    before = bank.plain(bank.me).json()
    assert before["isOptedIn"] is True
    bank.done("PUT", "/enrollment", {"optIn": False}, **PLACE)
    other = before["accounts"][1]["accountId"]
    bank.done("PUT", "/accounts/primary", {"accountId": other})
    answer = bank.send("POST", f"{bank.me}/session", None, channelId=5)
    after = answer.json()
    assert after["isOptedIn"] is False
    assert [one["isPrimary"] for one in after["accounts"]] == [False, True]
    assert bank.state.customer(bank.customer).visits == 1
    activated = next(ad for ad in bank.ads() if ad["status"] == 4)
    assert bank.state.purchase(bank.customer, activated["adId"], 100).paid_account_id == other


def test_rewards_are_summed_by_spans(bank: Caller) -> None:
    """Only the customer's own; what is pending lacks some sums."""
    found = bank.get("/rewards")
    held = [one for one in bank.state.redemptions(bank.customer) if one.is_mine]
    year = found["rollingTwelveMonths"]
    assert year["redemptionCount"] == len(held)
    assert year["totalRewardAmount"] == sum(one.cents for one in held) / 100
    months = {name: found[name]["redemptionCount"] for name in ("currentMonth", "previousMonth")}
    assert 0 < sum(months.values()) < len(held)
    assert set(found["pending"]) == {"redemptionCount", "totalRedeemingTransactionAmount"}
    assert "allTime" not in found


def test_stores_are_near(bank: Caller) -> None:
    """The nearest first, of ads that can still be used; of one ad whatever its state."""
    query = {"maxMerchantLimit": "50"}
    found = bank.get(f"{NEAR}/50000", **query)["merchantLocations"]
    distances = [store["distanceInMeters"] for store in found]
    assert distances == sorted(distances)
    assert {store["adId"] for store in found} < {int(ad["adId"]) for ad in bank.ads()}
    assert bank.get(f"{NEAR}/1", **query)["merchantLocations"] == []
    assert len(bank.get(f"{NEAR}/50000", maxMerchantLimit="1")["merchantLocations"]) == 1
    redeemed = next(ad["adId"] for ad in bank.ads() if ad["status"] == 16)
    assert int(redeemed) not in {store["adId"] for store in found}
    of_one = bank.get(f"/ads/{redeemed}{NEAR}/50000", **query)["merchantLocations"]
    assert {store["adId"] for store in of_one} == {int(redeemed)}
    assert bank.get(f"/ads/1{NEAR}/50000", **query)["merchantLocations"] == []


def test_a_collection(bank: Caller) -> None:
    """There is one, with another one and categories in it."""
    found = bank.get("/collections/featured")
    (inner,) = found["subCollections"]
    assert ids(inner["ads"]) == ids(bank.ads("15"))
    named = {ad for one in found["categories"] for ad in one["adIds"]}
    assert named == set(ids(inner["ads"]))
    assert len(bank.get("/collections/featured", status="1")["subCollections"][0]["ads"]) == 1
    missing = bank.plain(f"{bank.me}/collections/other", PLACE)
    assert error_of(missing) == (404, "NotFound", "The collection was not found.")


@pytest.mark.parametrize(
    ("version", "path", "method"),
    [("3.2", "/collections/featured", "GET"), ("2.9", "/events/clientevent", "POST")],
)
def test_older_servers_lack_calls(bank: Caller, version: str, path: str, method: str) -> None:
    """Their web server answers with a page."""
    bank.plain.sandbox.turn(cardlytics_server_version=version)
    answer = bank.plain(bank.me + path, PLACE, method=method)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html")


GOOD = {"impressionToken": "x", **SHOWN}


@pytest.mark.parametrize(
    ("method", "path", "body", "problem"),
    [
        ("PUT", "/ads/served", {"ads": []}, "ads is invalid."),
        ("PUT", "/ads/served", {}, "ads is required."),
        ("PUT", "/ads/served", {"ads": [GOOD]}, "An impressionToken is invalid."),
        ("PUT", "/ads/served", {"ads": [{**GOOD, "impressionToken": "ü"}]}, "An impressionToken"),
        ("PUT", "/ads/served", {"ads": [SHOWN]}, "impressionToken is required."),
        ("PUT", "/ads/parked", {"ads": [{**GOOD, "adId": 1}]}, "adId is no field of this call."),
        ("PUT", "/ads/parked", {"ads": [{**GOOD, "tags": [1]}]}, "tags is invalid."),
        ("PUT", "/ads/parked", {"ads": ["x"]}, "An ad must be an object."),
        ("PUT", "/ads/parked", [], "The body must be an object."),
        ("PUT", "/accounts/primary", {"accountId": 1}, "accountId is no account of this customer."),
        ("PUT", "/accounts/primary", {"accountId": "1"}, "accountId is invalid."),
        ("POST", "/events/clientevent", {}, "clientEventMessages is required."),
        (
            "POST",
            "/events/clientevent",
            {"clientEventMessages": [{"channelId": 5, "locationId": 2, "eventTypeId": 5}]},
            "The event names no ad of this customer.",
        ),
    ],
)
def test_bad_bodies_are_refused(
    bank: Caller, method: str, path: str, body: Any, problem: str
) -> None:
    """Each field is known and of its kind; nothing is done otherwise."""
    status, code, message = error_of(bank.send(method, bank.me + path, body))
    assert (status, code) == (400, "BadRequest")
    assert message.startswith(problem)


@pytest.mark.parametrize(
    ("path", "query", "problem"),
    [
        ("/ads", {**PLACE}, "status is required."),
        ("/ads", {**PLACE, "status": "New,Old"}, "status must be an integer."),
        ("/ads", {**PLACE, "status": "7", "maxAdLimit": "0"}, "maxAdLimit must be positive."),
        ("/ads", {**PLACE, "status": "7", "includeParked": "1"}, "includeParked must be a boolean"),
        ("/adcounts", {"status": "7"}, "status is no parameter of this call."),
        ("/rewards", {"channelId": "5"}, "locationId is required."),
        (f"{NEAR}/50001", {**PLACE, "maxMerchantLimit": "5"}, "radius must not be above 50000."),
        (f"{NEAR}/5", PLACE, "maxMerchantLimit is required."),
        (
            "/merchants/latitude/86/longitude/0/radius/5",
            {**PLACE, "maxMerchantLimit": "5"},
            "latitude must be from",
        ),
        (
            "/merchants/latitude/0/longitude/x/radius/5",
            {**PLACE, "maxMerchantLimit": "5"},
            "longitude must be from",
        ),
    ],
)
def test_bad_queries_are_refused(
    bank: Caller, path: str, query: dict[str, str], problem: str
) -> None:
    """Each parameter is known, and what is required is there."""
    status, _, message = error_of(bank.plain(bank.me + path, query))
    assert status == 400
    assert message.startswith(problem)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_body_that_is_no_json_is_refused(bank: Caller, content: bytes) -> None:
    """So is one that does not say that it is."""
    base = bank.plain.sandbox.cardlytics["base_url"]
    url = f"{base}/api/v1{bank.me}/accounts/primary"
    for headers in ({"content-type": "application/json"}, {"content-type": "text/plain"}):
        answer = bank.plain.http.put(url, content=content, headers=headers)
        assert error_of(answer)[0] == 400
