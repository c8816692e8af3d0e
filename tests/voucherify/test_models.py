from __future__ import annotations

import copy
import datetime
import decimal
import json
import pickle
import typing
from decimal import Decimal
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_sdk._core.calls import Response
from loyalty_sdk.errors import InvalidArgument, MissingField
from loyalty_sdk.voucherify import (
    AmountDiscount,
    Asset,
    CustomerRedeemable,
    Customers,
    FixedDiscount,
    Hundredths,
    OtherDiscount,
    PercentDiscount,
    UnitDiscount,
    UnitsDiscount,
    Voucher,
    Weekday,
    models,
)

from .replay import Clients, body_of, recorded

UTC = datetime.timezone.utc


def holding(body: Any) -> CustomerRedeemable:
    """A holding, read as the clients read it."""
    content = json.dumps({"data": [body], "has_more": False}).encode()
    call = Customers.list_redeemables(None, "cust_1").page(None)
    (item,) = call.read(Response(200, httpx.Headers(), content)).items
    return item


def voucher(**fields: Any) -> Voucher:
    """A voucher with some fields, read as the clients read it."""
    return holding({"redeemable": {"voucher": fields}}).redeemable.voucher


def recorded_vouchers(clients: Clients, name: str) -> list[Any]:
    """The vouchers of a recorded page."""
    pager = clients.held(recorded(f"customers.list_redeemables.{name}"))
    return [item.redeemable.voucher for item in next(iter(pager.pages())).items]


# --- discounts


def test_every_kind_of_discount_has_its_class(clients: Clients) -> None:
    """The kinds are told apart by `type`, and the two forms of UNIT by `units`."""
    discounts = [one.discount for one in recorded_vouchers(clients, "200-discounts")]
    assert [type(discount) for discount in discounts] == [
        AmountDiscount,
        PercentDiscount,
        FixedDiscount,
        UnitDiscount,
        UnitsDiscount,
        OtherDiscount,
    ]
    amount, percent, fixed, unit, units, other = discounts
    assert (amount.amount_off, amount.amount_off.major) == (1250, Decimal("12.5"))
    assert (amount.aggregated_amount_limit.major, amount.is_dynamic) == (99, True)
    assert (percent.percent_off, type(percent.percent_off)) == (Decimal("12.5"), Decimal)
    assert (percent.amount_limit.major, percent.aggregated_amount_limit.major) == (50, 60)
    assert fixed.fixed_amount.major == Decimal("19.99")
    assert (unit.unit_off, unit.product.name) == (Decimal("1.5"), "Synthetic product 1")
    assert [one.unit_off for one in units.units] == [2, Decimal("0.25")]
    assert [one.sku and one.sku.source_id for one in units.units] == ["shop-sku-2", None]
    assert (other.type, other.extra["winning_chance"]) == ("LOTTERY", Decimal("0.01"))


def test_a_unit_discount_whose_units_are_null_is_of_one_product() -> None:
    """A null in place of `units` says that there are none, not that there are several."""
    discount = voucher(discount={"type": "UNIT", "unit_off": 2, "units": None}).discount
    assert isinstance(discount, UnitDiscount)
    assert discount.unit_off == 2


@pytest.mark.parametrize("kind", [None, "", "amount", 5])
def test_a_discount_of_no_known_kind_keeps_what_it_says(kind: Any) -> None:
    """A kind that the SDK does not know, or none at all, loses nothing."""
    discount = voucher(discount={"type": kind, "amount_off": 1000}).discount
    assert isinstance(discount, OtherDiscount)
    assert discount.type == (None if kind is None else str(kind))
    assert discount.extra == {"amount_off": 1000}


@pytest.mark.parametrize("nothing", [None, []])
def test_a_voucher_may_have_no_discount(nothing: Any) -> None:
    """Null and the empty array both mean that there is none."""
    assert voucher(discount=nothing).discount is None


# --- cards


def test_a_gift_card_adds_up(clients: Clients) -> None:
    """The balance is what was put on it, less what was subtracted and redeemed."""
    card = recorded_vouchers(clients, "200-cards")[0]
    gift, redeemed = card.gift, card.redemption.redeemed_amount
    assert gift.balance == gift.amount - gift.subtracted_amount - redeemed
    assert (gift.balance.major, redeemed.major) == (70, 25)
    assert (gift.effect, card.redemption.redeemed_quantity) == ("APPLY_TO_ITEMS", 2)
    assert card.loyalty_card is None


def test_a_loyalty_card_adds_up(clients: Clients) -> None:
    """The balance is all points less expired, subtracted and redeemed ones; some are pending."""
    voucher = recorded_vouchers(clients, "200-cards")[1]
    card = voucher.loyalty_card
    gone = card.expired_points + card.subtracted_points + voucher.redemption.redeemed_points
    assert card.balance == card.points - gone
    assert card.pending_points == 35
    assert card.next_expiration_date == datetime.date(2026, 5, 30)
    assert card.next_expiration_points == 120
    assert voucher.gift is None


# --- validity


def test_restrictions_in_time_are_read(clients: Clients) -> None:
    """Dates, the recurring timeframe, weekdays and hours are all typed."""
    limited = recorded_vouchers(clients, "200-cards")[2]
    assert limited.start_date == datetime.datetime(2026, 1, 1, tzinfo=UTC)
    assert limited.expiration_date == datetime.datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    timeframe = limited.validity_timeframe
    assert (timeframe.duration, timeframe.interval) == ("PT1H", "P2D")
    assert limited.validity_day_of_week == (Weekday.SUNDAY, Weekday.MONDAY, Weekday.SATURDAY)
    noon, evening = limited.validity_hours.daily
    assert (noon.start_time, noon.expiration_time) == ("12:00", "14:00")
    assert noon.days_of_week == (Weekday.TUESDAY, Weekday.WEDNESDAY)
    assert [day.name for day in evening.days_of_week] == ["FRIDAY"]
    assert limited.active is False
    assert limited.categories[0].hierarchy == 3


def test_free_form_metadata_is_kept_and_read_only(clients: Clients) -> None:
    """Whatever the merchant keeps with a voucher comes back exactly, and cannot be changed."""
    metadata = recorded_vouchers(clients, "200-cards")[2].metadata
    assert metadata == {
        "tier": "gold",
        "visits": 3,
        "share": Decimal("0.5"),
        "tags": ("a", "b"),
        "nested": {"deep": True},
    }
    for frozen in (metadata, metadata["nested"]):
        with pytest.raises(TypeError, match="read-only"):
            frozen["new"] = 1


def test_weekdays_count_from_sunday() -> None:
    """The vendor's week begins on Sunday with 0, unlike Python's."""
    assert [day.name for day in Weekday] == [
        "SUNDAY",
        "MONDAY",
        "TUESDAY",
        "WEDNESDAY",
        "THURSDAY",
        "FRIDAY",
        "SATURDAY",
    ]
    assert list(Weekday) == [0, 1, 2, 3, 4, 5, 6]
    a_sunday = datetime.date(2026, 1, 4)
    assert a_sunday.isoweekday() % 7 == Weekday.SUNDAY


def test_a_day_that_no_week_has_is_kept_as_a_number() -> None:
    """Days are open like enums: a number that no document names is only a number."""
    days = voucher(validity_day_of_week=[0, 7, -1, "6"]).validity_day_of_week
    assert days == (0, 7, -1, 6)
    assert [isinstance(day, Weekday) for day in days] == [True, False, False, True]


# --- amounts


@pytest.mark.parametrize(
    ("sent", "major"),
    [(1000, "10"), (1, "0.01"), (0, "0"), (-250, "-2.5"), (99.5, "0.995"), ("1250", "12.5")],
)
def test_an_amount_stays_as_sent_and_tells_whole_units(sent: Any, major: str) -> None:
    """The number is the vendor's own, in hundredths; `major` is the amount in whole units."""
    amount = voucher(gift={"balance": sent}).gift.balance
    assert isinstance(amount, Hundredths)
    assert str(amount) == str(sent)
    assert amount.major == Decimal(major)
    assert type(amount.major) is Decimal


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(1, 30))
def test_whole_units_are_exact(number: Decimal, precision: int) -> None:
    """No digit is lost on the way to whole units, whatever precision the program works with."""
    with decimal.localcontext() as context:
        context.prec = precision
        major = Hundredths(number).major
    with decimal.localcontext() as context:
        context.prec = decimal.MAX_PREC
        assert major.scaleb(2) == number


def test_an_amount_says_what_it_is() -> None:
    """An amount's repr tells that it is in hundredths; arithmetic gives plain numbers."""
    assert repr(Hundredths(1250)) == "Hundredths('1250')"
    assert str(Hundredths(1250)) == f"{Hundredths(1250)}" == "1250"
    assert Hundredths(1250) + 50 == 1300
    assert pickle.loads(pickle.dumps(Hundredths(1250))) == Hundredths(1250)
    assert type(copy.deepcopy(Hundredths(1250))) is Hundredths


# --- images


@pytest.mark.parametrize(
    ("url", "arguments", "expected"),
    [
        ("https://assets.example.com/qr/a%2B", {}, "https://assets.example.com/qr/a%2B"),
        ("https://assets.example.com/qr", {"size": 1}, "https://assets.example.com/qr?size=1"),
        (
            "https://assets.example.com/qr",
            {"size": 100, "format": "svg"},
            "https://assets.example.com/qr?size=100&format=svg",
        ),
        (
            "https://assets.example.com/qr?token=a%20b",
            {"format": "png"},
            "https://assets.example.com/qr?token=a%20b&format=png",
        ),
        (None, {"size": 5}, None),
        (None, {}, None),
    ],
)
def test_an_image_has_an_address_for_a_size_and_a_format(
    url: str | None, arguments: Any, expected: str | None
) -> None:
    """What is asked for joins the vendor's address; what is not is left to the vendor."""
    assert Asset(id="synthetic", url=url).url_for(**arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"size": 0}, "size"),
        ({"size": 101}, "size"),
        ({"size": 1.5}, "size"),
        ({"size": True}, "size"),
        ({"size": "10"}, "size"),
        ({"format": "gif"}, "format"),
        ({"format": "PNG"}, "format"),
        ({"format": ""}, "format"),
    ],
)
@pytest.mark.parametrize("url", ["https://assets.example.com/qr", None])
def test_a_size_or_format_that_the_vendor_does_not_have_is_refused(
    url: str | None, arguments: Any, argument: str
) -> None:
    """Sizes go from 1 to 100 and formats are png and svg, whether there is an image or not."""
    with pytest.raises(InvalidArgument) as caught:
        Asset(url=url).url_for(**arguments)
    assert caught.value.argument == argument


# --- summaries, roles, statuses


def test_summaries_are_read(clients: Clients) -> None:
    """Publications and redemptions are counted, with the addresses of their lists."""
    first = recorded_vouchers(clients, "200")[0]
    assert (first.publish.object, first.publish.count) == ("list", 1)
    assert first.publish.url == "/v1/vouchers/SYN-0001/publications?page=1&limit=10"
    assert (first.redemption.object, first.redemption.redeemed_quantity) == ("list", 0)
    assert first.redemption.url == "/v1/vouchers/SYN-0001/redemptions?page=1&limit=10"
    assert first.redemption.quantity is None
    assert recorded_vouchers(clients, "200-cards")[2].redemption.quantity == 5


KNOWN = {
    "Role": {"OWNER", "REFERRER", "REFEREE"},
    "CampaignType": {
        "LOYALTY_PROGRAM",
        "GIFT_VOUCHERS",
        "DISCOUNT_COUPONS",
        "PROMOTION",
        "REFERRAL_PROGRAM",
    },
    "VoucherKind": {"GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"},
    "Status": {"ACTIVE", "USED", "DISABLED", "NOT_ACTIVE_YET", "EXPIRED", "NO_BALANCE"},
    "AmountEffect": {
        "APPLY_TO_ORDER",
        "APPLY_TO_ITEMS",
        "APPLY_TO_ITEMS_PROPORTIONALLY",
        "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY",
        "APPLY_TO_ITEMS_BY_QUANTITY",
    },
    "OrderEffect": {"APPLY_TO_ORDER", "APPLY_TO_ITEMS"},
    "UnitEffect": {"ADD_MISSING_ITEMS", "ADD_NEW_ITEMS", "ADD_MANY_ITEMS", "ADD_SAME_ITEMS"},
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_documented_values_of_each_enum_are_known(name: str) -> None:
    """An editor offers every documented value, and the type leaves room for new ones."""
    literal, text = typing.get_args(getattr(models, name))
    assert set(typing.get_args(literal)) == KNOWN[name]
    assert text is str


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ({"holder_role": role}, lambda one: one.holder_role)
        for role in sorted(KNOWN["Role"] | {"NEIGHBOUR"})
    ]
    + [
        ({"campaign_type": kind}, lambda one: one.campaign_type)
        for kind in sorted(KNOWN["CampaignType"] | {"NEW"})
    ]
    + [
        ({"redeemable": {"status": status}}, lambda one: one.redeemable.status)
        for status in sorted(KNOWN["Status"] | {"NEW"})
    ],
)
def test_each_value_is_read_as_sent(body: Any, read: Any) -> None:
    """Documented or new, a value of an enum is the text that the vendor sent."""
    (sent,) = body.values()
    assert read(holding(body)) == (sent["status"] if isinstance(sent, dict) else sent)


# --- the manners of a model


def test_what_is_promised_and_missing_raises_when_read() -> None:
    """Only reading a promised field that did not come raises, and the error names its place."""
    nothing = holding({})
    with pytest.raises(MissingField, match=r"\$\.data\[0\]\.redeemable"):
        nothing.redeemable.voucher  # noqa: B018
    empty = voucher()
    assert empty.campaign is None
    with pytest.raises(MissingField) as caught:
        empty.code  # noqa: B018
    assert caught.value.path == "$.data[0].redeemable.voucher.code"


def test_nothing_is_invented() -> None:
    """What the vendor leaves out stays out, although its documents name defaults."""
    nothing = voucher(discount={}, redemption={}, publish={}, gift={})
    optional = [field.name for field in attrs.fields(Voucher) if field.default is None]
    given = {"discount", "redemption", "publish", "gift"}
    assert {name for name in optional if getattr(nothing, name) is not None} == given
    assert nothing.gift.effect is None
    assert nothing.publish.object is None
    assert holding({}).holder_role is None


def test_a_holding_can_be_kept_compared_and_pickled(clients: Clients) -> None:
    """Models are values: equal, hashable, picklable, and changed only into new ones."""
    body = body_of("customers.list_redeemables.200-cards")["data"][2]
    one, other = holding(body), holding(body)
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    moved = attrs.evolve(one, holder_role="REFEREE")
    assert (moved.holder_role, one.holder_role) == ("REFEREE", "OWNER")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.holder_role = "REFEREE"
