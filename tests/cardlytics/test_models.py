from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk.cardlytics import (
    Ad,
    AdImage,
    AdStatus,
    Location,
    OfferAmount,
    Percentage,
    Redemption,
    RedemptionList,
)

from .colours import body_of


def read(model: Any, body: Any) -> Any:
    """What a model is of some JSON."""
    return decode(json.dumps(body).encode(), lambda parsed, to: to.one(model, parsed))


@pytest.mark.parametrize(
    ("percentage", "offer"),
    [(True, Percentage(Decimal("7.5"))), (False, Decimal("7.5")), (None, None)],
)
def test_an_offer_is_percent_or_money(percentage: bool | None, offer: Any) -> None:
    """The flag decides; without it nothing is guessed, and the number is still there."""
    ad = read(Ad, {"adId": 1, "offerAmount": 7.5, "isPercentageOffer": percentage})
    assert ad.offer == offer
    assert type(ad.offer) is type(offer)
    assert ad.offer_amount.number == Decimal("7.5")


def test_an_ad_may_have_no_offer() -> None:
    """Without an amount there is no offer, whatever the flag says."""
    assert read(Ad, {"adId": 1, "isPercentageOffer": True}).offer is None


@pytest.mark.parametrize("odd", [Percentage(Decimal(10)), OfferAmount(Decimal(10))])
def test_a_percentage_cannot_be_mistaken_for_money(odd: Any) -> None:
    """It is no number: neither adding nor comparing nor formatting takes it for one."""
    assert odd != Decimal(10)
    with pytest.raises(TypeError):
        _ = odd + Decimal(1)
    with pytest.raises(TypeError):
        _ = odd < Decimal(20)
    with pytest.raises(TypeError):
        sum([odd])
    with pytest.raises(TypeError):
        _ = f"{odd:.2f}"
    with pytest.raises(TypeError):
        float(odd)


def test_a_percentage_says_what_it_is() -> None:
    """10 % of 34.46 is 3.446, exactly, and its text has the sign."""
    percentage = Percentage(Decimal("10.0"))
    assert percentage.of(Decimal("34.46")) == Decimal("3.446")
    assert str(percentage) == "10.0%"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (0, AdStatus.UNDEFINED),
        (1, AdStatus.NEW),
        (2, AdStatus.SERVED),
        (4, AdStatus.ACTIVATED),
        (8, AdStatus.PROCESSING),
        (16, AdStatus.REDEEMED),
        (32, AdStatus.EXPIRED),
        (12, AdStatus.ACTIVATED | AdStatus.PROCESSING),
        ("4", AdStatus.ACTIVATED),
    ],
)
def test_the_status_is_bits(sent: Any, status: AdStatus) -> None:
    """Each documented state is a bit, and several can be asked about at once."""
    assert read(Ad, {"adId": 1, "status": sent}).status is status


def test_an_unknown_bit_is_kept() -> None:
    """A state that the SDK does not know survives beside those that it does."""
    status = read(Ad, {"adId": 1, "status": 68}).status
    assert (int(status), AdStatus.ACTIVATED in status, AdStatus.NEW in status) == (68, True, False)


def test_the_locations_are_the_documented_ones() -> None:
    """Their numbers have gaps."""
    assert [int(location) for location in Location] == [*range(1, 10), 11, 12, 13, 15, 16]


@pytest.mark.parametrize("sent", [None, [], [{"redemptionId": 1}], {"a": [1]}])
def test_an_ads_own_redemptions_are_kept_as_sent(sent: Any) -> None:
    """The documents only say that they are null; anything else passes, unchangeable."""
    ad = read(Ad, {"adId": 1, "redemptions": sent})
    assert json.loads(json.dumps(ad.redemptions)) == sent
    hash(ad)


@pytest.mark.parametrize("name", ["redemptions.list.200", "redemptions.list.200-documented"])
def test_a_list_is_a_value(name: str) -> None:
    """It compares, hashes, pickles, copies, evolves and turns into dicts."""
    body = body_of(name)
    if isinstance(body["ads"], dict):
        body["ads"] = [{"adId": key, **ad} for key, ad in body["ads"].items()]
    one, other = read(RedemptionList, body), read(RedemptionList, body)
    one.ad_for(one.redemptions[0])  # an index made on the way is no part of the value
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == copy.copy(one) == other
    assert attrs.evolve(one, ads=()) != other
    assert attrs.asdict(one)["ads"][0]["ad_id"] == str(body["ads"][0]["adId"])


def test_an_evolved_list_has_an_index_of_its_own() -> None:
    """Ads that are put into a list later are found in it."""
    redemption = Redemption(redemption_id="1", ad_id="2")
    empty = RedemptionList(redemptions=(redemption,), ads=())
    assert empty.ad_for(redemption) is None
    ad = Ad(ad_id="2")
    assert attrs.evolve(empty, ads=(ad,)).ad_for(redemption) is ad


def test_the_first_of_two_ads_with_one_id_is_found() -> None:
    """The vendor's order decides."""
    first, second = Ad(ad_id="2", position=0), Ad(ad_id="2", position=1)
    answer = RedemptionList(redemptions=(), ads=(first, second))
    assert answer.ad_for(Redemption(ad_id="2")) is first


def test_images_of_any_name_are_typed() -> None:
    """The names are the vendor's to choose, and cannot be changed here; `[]` is for none."""
    images: Any = {"banner": {"url": "u", "text": "t"}, "none": [], "null": None}
    (creative,) = read(Ad, {"adId": 1, "creatives": [{"images": images}]}).creatives
    assert creative.images == {"banner": AdImage(url="u", text="t")}
    with pytest.raises(TypeError, match="read-only"):
        creative.images["more"] = AdImage()
