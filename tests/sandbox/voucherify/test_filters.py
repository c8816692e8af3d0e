"""The filters of list-customer-redeemables, against expectations written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from loyalty_sdk.sandbox.voucherify.answers import Refused
from loyalty_sdk.sandbox.voucherify.filters import REDEEMABLE_FIELDS, split_filters
from loyalty_sdk.sandbox.voucherify.state import Holding
from loyalty_sdk.sandbox.wire import Request

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


def holding(days_ago: float, **content: str | None) -> Holding:
    """A redeemable assigned so many days ago."""
    created = NOW - timedelta(days=days_ago)
    fields: dict[str, object] = {"redeemable_object": "voucher", **content}
    return Holding(created_at=created, content={"created_at": created.isoformat(), **fields})


HELD = {
    "A": holding(
        1,
        id="rh_0001",
        redeemable_id="v_apple",
        campaign_id="camp_red",
        campaign_type="DISCOUNT_COUPONS",
        voucher_type="DISCOUNT_VOUCHER",
        holder_role="OWNER",
    ),
    "B": holding(
        5,
        id="rh_0002",
        redeemable_id="v_berry",
        campaign_id="camp_blue",
        campaign_type="GIFT_VOUCHERS",
        voucher_type="GIFT_VOUCHER",
        holder_role="OWNER",
    ),
    "C": holding(
        10,
        id="rh_0003",
        redeemable_id="v_cherry",
        campaign_id=None,
        campaign_type=None,
        voucher_type="DISCOUNT_VOUCHER",
        holder_role="REFEREE",
    ),
    "D": holding(
        20,
        id="rh_0004",
        redeemable_id="v_apricot",
        campaign_id="camp_redder",
        campaign_type="LOYALTY_PROGRAM",
        voucher_type="LOYALTY_CARD",
        holder_role="REFERRER",
    ),
    "E": holding(
        30,
        id="rh_0105",
        redeemable_id="v_apple_pie",
        campaign_id="camp_green",
        campaign_type="PROMOTION",
        voucher_type="DISCOUNT_VOUCHER",
        holder_role="OWNER",
    ),
}


def kept(query: str) -> str:
    """The letters of the redeemables that a query lets through."""
    encoded = quote(query, safe="&=[]$%")
    filters, rest = split_filters(Request.parse("GET", f"/?{encoded}").query, REDEEMABLE_FIELDS)
    assert rest == ()
    return "".join(letter for letter, one in HELD.items() if filters.keep(one, NOW))


def test_no_filter_keeps_everything() -> None:
    """Without filters every redeemable is kept."""
    assert kept("") == "ABCDE"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[id][conditions][$in][0]=rh_0001", "A"),
        ("filters[id][conditions][$in][0]=rh_0004&filters[id][conditions][$in][1]=rh_0002", "BD"),
        ("filters[id][conditions][$in][1]=rh_0004&filters[id][conditions][$in][0]=rh_0002", "BD"),
        ("filters[id][conditions][$in][0]=rh_9999", ""),
        ("filters[id][conditions][$not_in][0]=rh_0001", "BCDE"),
        ("filters[id][conditions][$is]=rh_0003", "C"),
        ("filters[id][conditions][$is][0]=rh_0003", "C"),
        ("filters[id][conditions][$is_not]=rh_0003", "ABDE"),
        ("filters[id][conditions][$has_value]=", "ABCDE"),
        ("filters[id][conditions][$is_unknown]=", ""),
        ("filters[id][conditions][$starts_with]=rh_00", "ABCD"),
        ("filters[id][conditions][$ends_with]=05", "E"),
        ("filters[id][conditions][$contains]=000", "ABCD"),
        ("filters[id][conditions][$not_contain]=000", "E"),
    ],
)
def test_the_holder_id_takes_every_text_condition(query: str, expected: str) -> None:
    """Each text condition on the holder id keeps what its description says."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[redeemable_id][conditions][$in][0]=v_apple", "A"),
        ("filters[redeemable_id][conditions][$not_in][0]=v_apple", "BCDE"),
        ("filters[redeemable_id][conditions][$is]=v_apple", "A"),
        ("filters[redeemable_id][conditions][$is_not]=v_apple", "BCDE"),
        ("filters[redeemable_id][conditions][$starts_with]=v_ap", "ADE"),
        ("filters[redeemable_id][conditions][$ends_with]=rry", "BC"),
        ("filters[redeemable_id][conditions][$contains]=apple", "AE"),
        ("filters[redeemable_id][conditions][$not_contain]=apple", "BCD"),
        ("filters[redeemable_id][conditions][$has_value]=", "ABCDE"),
        ("filters[redeemable_id][conditions][$is_unknown]=", ""),
    ],
)
def test_the_redeemable_id_takes_every_text_condition(query: str, expected: str) -> None:
    """Each text condition on the redeemable id keeps what its description says."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[campaign_id][conditions][$in][0]=camp_red", "A"),
        ("filters[campaign_id][conditions][$not_in][0]=camp_red", "BCDE"),
        ("filters[campaign_id][conditions][$is]=camp_red", "A"),
        ("filters[campaign_id][conditions][$is_not]=camp_red", "BCDE"),
        ("filters[campaign_id][conditions][$starts_with]=camp_red", "AD"),
        ("filters[campaign_id][conditions][$ends_with]=red", "A"),
        ("filters[campaign_id][conditions][$contains]=re", "ADE"),
        ("filters[campaign_id][conditions][$not_contain]=re", "BC"),
        ("filters[campaign_id][conditions][$has_value]=", "ABDE"),
        ("filters[campaign_id][conditions][$is_unknown]=", "C"),
    ],
)
def test_a_null_campaign_is_omitted_only_where_a_value_is_needed(query: str, expected: str) -> None:
    """A redeemable without a campaign passes the negative conditions and `$is_unknown`."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[redeemable_object][conditions][$is]=voucher", "ABCDE"),
        ("filters[redeemable_object][conditions][$is_not]=voucher", ""),
        ("filters[redeemable_object][conditions][$in][0]=voucher", "ABCDE"),
        ("filters[redeemable_object][conditions][$not_in][0]=voucher", ""),
        ("filters[redeemable_object][conditions][$starts_with]=vou", "ABCDE"),
        ("filters[redeemable_object][conditions][$ends_with]=vou", ""),
        ("filters[redeemable_object][conditions][$has_value]=", "ABCDE"),
        ("filters[redeemable_object][conditions][$is_unknown]=", ""),
        ("filters[holder_role][conditions][$is]=OWNER", "ABE"),
        ("filters[holder_role][conditions][$is_not]=OWNER", "CD"),
        (
            "filters[holder_role][conditions][$in][0]=REFEREE"
            "&filters[holder_role][conditions][$in][1]=REFERRER",
            "CD",
        ),
        ("filters[holder_role][conditions][$not_in][0]=REFEREE", "ABDE"),
        ("filters[holder_role][conditions][$starts_with]=REFE", "CD"),
        ("filters[holder_role][conditions][$ends_with]=ER", "ABDE"),
        ("filters[holder_role][conditions][$has_value]=", "ABCDE"),
        ("filters[holder_role][conditions][$is_unknown]=", ""),
        ("filters[campaign_type][conditions][$is]=LOYALTY_PROGRAM", "D"),
        ("filters[campaign_type][conditions][$is_not]=LOYALTY_PROGRAM", "ABCE"),
        ("filters[campaign_type][conditions][$in][0]=GIFT_VOUCHERS", "B"),
        ("filters[campaign_type][conditions][$not_in][0]=GIFT_VOUCHERS", "ACDE"),
        ("filters[campaign_type][conditions][$starts_with]=PROMO", "E"),
        ("filters[campaign_type][conditions][$ends_with]=S", "AB"),
        ("filters[campaign_type][conditions][$has_value]=", "ABDE"),
        ("filters[campaign_type][conditions][$is_unknown]=", "C"),
        ("filters[voucher_type][conditions][$is]=DISCOUNT_VOUCHER", "ACE"),
        ("filters[voucher_type][conditions][$is_not]=DISCOUNT_VOUCHER", "BD"),
        ("filters[voucher_type][conditions][$in][0]=LOYALTY_CARD", "D"),
        ("filters[voucher_type][conditions][$not_in][0]=LOYALTY_CARD", "ABCE"),
        ("filters[voucher_type][conditions][$starts_with]=GIFT", "B"),
        ("filters[voucher_type][conditions][$ends_with]=VOUCHER", "ABCE"),
        ("filters[voucher_type][conditions][$has_value]=", "ABCDE"),
        ("filters[voucher_type][conditions][$is_unknown]=", ""),
    ],
)
def test_the_closed_fields_take_their_eight_conditions(query: str, expected: str) -> None:
    """The fields with a list of values take all conditions but contains and its opposite."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[created_at][conditions][$after]=2026-05-15T11:59:59.999Z", "AB"),
        ("filters[created_at][conditions][$after]=2026-05-15T12:00:00.000Z", "A"),
        ("filters[created_at][conditions][$after]=2026-05-15T13:00:00.000%2B02:00", "AB"),
        ("filters[created_at][conditions][$after]=2026-05-16", "A"),
        ("filters[created_at][conditions][$before]=2026-05-10T12:00:00.000Z", "DE"),
        ("filters[created_at][conditions][$before]=2026-05-10T12:00:00.001Z", "CDE"),
        ("filters[created_at][conditions][$before][0]=2026-05-10T12:00:00.001Z", "CDE"),
        ("filters[created_at][conditions][$more_than]=10", "DE"),
        ("filters[created_at][conditions][$more_than]=0", "ABCDE"),
        ("filters[created_at][conditions][$less_than]=10", "AB"),
        ("filters[created_at][conditions][$less_than]=0", ""),
        ("filters[created_at][conditions][$has_value]=", "ABCDE"),
        ("filters[created_at][conditions][$is_unknown]=", ""),
    ],
)
def test_the_date_takes_its_six_conditions(query: str, expected: str) -> None:
    """Dates are compared strictly, and days are counted back from now."""
    assert kept(query) == expected


OWNERS = "filters[holder_role][conditions][$is]=OWNER"
APPLES = "filters[redeemable_id][conditions][$starts_with]=v_ap"
YOUNG = "filters[created_at][conditions][$less_than]=10"
OLD = "filters[created_at][conditions][$more_than]=10"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"{OWNERS}&{APPLES}", "AE"),
        (f"{OWNERS}&{APPLES}&filters[junction]=and", "AE"),
        (f"filters[junction]=and&{OWNERS}&{APPLES}&{YOUNG}", "A"),
        (f"{OWNERS}&{APPLES}&filters[junction]=or", "ABDE"),
        (f"{OWNERS}&{APPLES}&filters[junction]=OR", "ABDE"),
        (f"{OWNERS}&{APPLES}&filters[junction]=AND", "AE"),
        (f"{YOUNG}&{OLD}", ""),
        (f"{YOUNG}&{OLD}&filters[junction]=or", "ABDE"),
        ("filters[junction]=or", "ABCDE"),
        ("filters[junction]=and", "ABCDE"),
    ],
)
def test_the_junction_joins_all_conditions(query: str, expected: str) -> None:
    """All conditions, of all fields, are joined by one and or one or."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "filters[status][conditions][$is]=ACTIVE",
        "filters[id]=rh_0001",
        "filters[id][conditions]=rh_0001",
        "filters[id][conditions][is]=rh_0001",
        "filters[id][$is]=rh_0001",
        "filters=rh_0001",
        "filters[id][conditions][$is][]=rh_0001",
        "filters[id][conditions][$is][a]=rh_0001",
        "filters[id][conditions][$is][0][1]=rh_0001",
        "filters[id][conditions][$is]=rh_0001&filters[id][conditions][$is]=rh_0002",
        "filters[id][conditions][$is]=",
        "filters[id][conditions][$starts_with]=",
        "filters[id][conditions][$more_than]=1",
        "filters[id][conditions][$in]=rh_0001",
        "filters[id][conditions][$in][]=rh_0001",
        "filters[id][conditions][$in][1]=rh_0001",
        "filters[id][conditions][$in][0]=a&filters[id][conditions][$in][2]=b",
        "filters[id][conditions][$in][0]=",
        "filters[id][conditions][$has_value]=true",
        "filters[id][conditions][$is_unknown]=1",
        "filters[holder_role][conditions][$contains]=OWN",
        "filters[holder_role][conditions][$not_contain]=OWN",
        "filters[holder_role][conditions][$is]=owner",
        "filters[holder_role][conditions][$in][0]=BOSS",
        "filters[campaign_type][conditions][$is]=PROMOTION",
        "filters[voucher_type][conditions][$is_not]=COUPON",
        "filters[redeemable_object][conditions][$is]=promotion_tier",
        "filters[created_at][conditions][$is]=2026-05-15T12:00:00Z",
        "filters[created_at][conditions][$after]=yesterday",
        "filters[created_at][conditions][$after]=20260515T120000Z",
        "filters[created_at][conditions][$after]=2026-13-01T00:00:00Z",
        "filters[created_at][conditions][$after]=2026-05-15T13:00:00+02:00",
        "filters[created_at][conditions][$before]=",
        "filters[created_at][conditions][$more_than]=ten",
        "filters[created_at][conditions][$more_than]=-1",
        "filters[created_at][conditions][$less_than]=1.5",
        "filters[junction]=xor",
        "filters[junction]=",
        "filters[junction]=or&filters[junction]=or",
    ],
)
def test_anything_else_is_refused(query: str) -> None:
    """A filter that the page does not describe is an invalid_query_params error."""
    with pytest.raises(Refused) as caught:
        split_filters(tuple(tuple_of(part) for part in query.split("&")), REDEEMABLE_FIELDS)
    assert caught.value.status == 400
    assert caught.value.content["key"] == "invalid_query_params"


def tuple_of(part: str) -> tuple[str, str]:
    """One pair of a query, decoded only as far as a bare plus."""
    # As a query decoder does: a bare plus is a blank.
    name, _, value = part.replace("+", " ").partition("=")
    return name, value


def test_other_parameters_are_left_over() -> None:
    """What is no filter is handed back for others to read."""
    _, rest = split_filters(
        (("limit", "3"), ("filters[junction]", "or"), ("filterz", "1")), REDEEMABLE_FIELDS
    )
    assert rest == (("limit", "3"), ("filterz", "1"))
