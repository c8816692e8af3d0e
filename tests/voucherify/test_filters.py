from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loyalty_sdk._core.calls import quoted_query
from loyalty_sdk._core.given.arguments import iso_instant
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.voucherify import RawFilter, RedeemableFilters
from loyalty_sdk.voucherify.filters import filter_query

from .replay import Clients, Replay, page

TEXT_FIELDS = ("id", "redeemable_id", "campaign_id")
CHOICES = {
    "redeemable_object": ("voucher",),
    "holder_role": ("OWNER", "REFEREE", "REFERRER"),
    "campaign_type": (
        "LOYALTY_PROGRAM",
        "GIFT_VOUCHERS",
        "DISCOUNT_COUPONS",
        "REFERRAL_PROGRAM",
    ),
    "voucher_type": ("GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"),
}
FIELDS = (*TEXT_FIELDS, *CHOICES, "created_at")


def raw_query(filters: Any) -> str:
    """The query as it is sent, its percent-encoding undone."""
    return "&".join(f"{name}={value}" for name, value in parse_sent(filters))


def parse_sent(filters: Any) -> list[tuple[str, str]]:
    """The parameters as they are sent, their percent-encoding undone."""
    return parse_qsl(quoted_query(filter_query(filters)), keep_blank_values=True)


# --- every field and condition, in the documented form


@pytest.mark.parametrize("field", TEXT_FIELDS)
@pytest.mark.parametrize(
    ("condition", "value", "sent"),
    [
        ("$in", ["one", "two"], "[$in][0]=one&{}[$in][1]=two"),
        ("$not_in", ("one",), "[$not_in][0]=one"),
        ("$is", "one", "[$is]=one"),
        ("$is_not", "one", "[$is_not]=one"),
        ("$has_value", True, "[$has_value]="),
        ("$is_unknown", True, "[$is_unknown]="),
        ("$starts_with", "on", "[$starts_with]=on"),
        ("$ends_with", "ne", "[$ends_with]=ne"),
        ("$contains", "n", "[$contains]=n"),
        ("$not_contain", "x", "[$not_contain]=x"),
    ],
)
def test_an_identifier_takes_every_text_condition(
    field: str, condition: str, value: Any, sent: str
) -> None:
    """The three identifiers take the ten conditions of text, lists with their indexes."""
    key = f"filters[{field}][conditions]"
    assert raw_query({field: {condition: value}}) == key + sent.format(key)


@pytest.mark.parametrize("field", CHOICES)
def test_a_choice_takes_its_eight_conditions(field: str) -> None:
    """Kinds, roles and types take eight conditions, with each of their documented values."""
    key, words = f"filters[{field}][conditions]", CHOICES[field]
    indexed = [f"[{index}]={word}" for index, word in enumerate(words)]
    for condition in ("$in", "$not_in"):
        expected = "&".join(f"{key}[{condition}]{rest}" for rest in indexed)
        assert raw_query({field: {condition: words}}) == expected
    for condition in ("$is", "$is_not"):
        for word in words:
            assert raw_query({field: {condition: word}}) == f"{key}[{condition}]={word}"
    for condition in ("$has_value", "$is_unknown"):
        assert raw_query({field: {condition: True}}) == f"{key}[{condition}]="
    for condition in ("$starts_with", "$ends_with"):
        assert raw_query({field: {condition: "any"}}) == f"{key}[{condition}]=any"


def test_a_date_takes_its_six_conditions() -> None:
    """The date takes moments, days ago, and the two conditions on null, in the order given."""
    noon = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
    east = noon.astimezone(timezone(timedelta(hours=5, minutes=30)))
    filters: RedeemableFilters = {
        "created_at": {
            "$after": noon,
            "$before": east + timedelta(microseconds=123_999),
            "$more_than": 10,
            "$less_than": 0,
            "$has_value": True,
            "$is_unknown": True,
        }
    }
    assert parse_sent(filters) == [
        ("filters[created_at][conditions][$after]", "2024-01-01T12:00:00.000Z"),
        ("filters[created_at][conditions][$before]", "2024-01-01T12:00:00.123Z"),
        ("filters[created_at][conditions][$more_than]", "10"),
        ("filters[created_at][conditions][$less_than]", "0"),
        ("filters[created_at][conditions][$has_value]", ""),
        ("filters[created_at][conditions][$is_unknown]", ""),
    ]


@pytest.mark.parametrize("junction", ["and", "or"])
def test_the_junction_is_a_word_of_its_own(junction: Any) -> None:
    """`junction` stands beside the fields and has no conditions."""
    filters: RedeemableFilters = {
        "id": {"$is": "rh_1"},
        "holder_role": {"$is": "OWNER"},
        "junction": junction,
    }
    assert parse_sent(filters) == [
        ("filters[id][conditions][$is]", "rh_1"),
        ("filters[holder_role][conditions][$is]", "OWNER"),
        ("filters[junction]", junction),
    ]


def test_filters_are_sent_percent_encoded(clients: Clients) -> None:
    """The whole query goes out in the encoding that the vendor's own clients use."""
    replay = Replay(page())
    filters: RedeemableFilters = {"campaign_id": {"$in": ["camp a&b", "ü"], "$has_value": True}}
    client = clients.client(replay)
    client.customers.list_redeemables("cust_1", limit=None, filters=filters).first()
    assert replay.requests[0].url.raw_path == (
        b"/v1/customers/cust_1/redeemables"
        b"?filters%5Bcampaign_id%5D%5Bconditions%5D%5B%24in%5D%5B0%5D=camp%20a%26b"
        b"&filters%5Bcampaign_id%5D%5Bconditions%5D%5B%24in%5D%5B1%5D=%C3%BC"
        b"&filters%5Bcampaign_id%5D%5Bconditions%5D%5B%24has_value%5D="
    )


@pytest.mark.parametrize("filters", [None, {}, RawFilter({}), {"id": {}}])
def test_no_condition_sends_nothing(filters: Any) -> None:
    """Without filters, without fields and without conditions the query stays empty."""
    assert filter_query(filters) == []


# --- what is refused before anything is sent


@pytest.mark.parametrize(
    ("filters", "argument"),
    [
        ("id", "filters"),
        (["id"], "filters"),
        (5, "filters"),
        ({"status": {"$is": "ACTIVE"}}, "filters"),
        ({5: {"$is": "x"}}, "filters"),
        ({None: {}}, "filters"),
        ({"id": "rh_1"}, "filters[id]"),
        ({"id": None}, "filters[id]"),
        ({"id": ["rh_1"]}, "filters[id]"),
        ({"id": {"is": "rh_1"}}, "filters[id]"),
        ({"id": {"$equals": "rh_1"}}, "filters[id]"),
        ({"id": {"$after": "rh_1"}}, "filters[id]"),
        ({"id": {None: "rh_1"}}, "filters[id]"),
        ({"holder_role": {"$contains": "OWN"}}, "filters[holder_role]"),
        ({"created_at": {"$is": "2024-01-01"}}, "filters[created_at]"),
        ({"junction": "AND"}, "filters[junction]"),
        ({"junction": "xor"}, "filters[junction]"),
        ({"junction": None}, "filters[junction]"),
        ({"junction": {"$is": "and"}}, "filters[junction]"),
        ({"id": {"$is": None}}, "filters[id][$is]"),
        ({"id": {"$is": True}}, "filters[id][$is]"),
        ({"id": {"$is": 5}}, "filters[id][$is]"),
        ({"id": {"$is": ""}}, "filters[id][$is]"),
        ({"id": {"$is": ["rh_1"]}}, "filters[id][$is]"),
        ({"id": {"$is": "half \ud800"}}, "filters[id][$is]"),
        ({"id": {"$starts_with": ""}}, "filters[id][$starts_with]"),
        ({"id": {"$contains": "two\nlines"}}, "filters[id][$contains]"),
        ({"id": {"$not_contain": datetime(2024, 1, 1)}}, "filters[id][$not_contain]"),
        ({"id": {"$in": []}}, "filters[id][$in]"),
        ({"id": {"$in": "rh_1"}}, "filters[id][$in]"),
        ({"id": {"$in": {"rh_1"}}}, "filters[id][$in]"),
        ({"id": {"$in": None}}, "filters[id][$in]"),
        ({"id": {"$in": ["rh_1", None]}}, "filters[id][$in][1]"),
        ({"id": {"$in": [True]}}, "filters[id][$in][0]"),
        ({"id": {"$in": [["rh_1"]]}}, "filters[id][$in][0]"),
        ({"id": {"$not_in": ["rh_1", ""]}}, "filters[id][$not_in][1]"),
        ({"id": {"$has_value": False}}, "filters[id][$has_value]"),
        ({"id": {"$has_value": ""}}, "filters[id][$has_value]"),
        ({"id": {"$is_unknown": 1}}, "filters[id][$is_unknown]"),
        ({"holder_role": {"$is": "OWNR"}}, "filters[holder_role][$is]"),
        ({"holder_role": {"$is": None}}, "filters[holder_role][$is]"),
        ({"campaign_type": {"$is_not": "PROMOTION"}}, "filters[campaign_type][$is_not]"),
        ({"voucher_type": {"$in": ["GIFT_VOUCHER", "CARD"]}}, "filters[voucher_type][$in][1]"),
        ({"redeemable_object": {"$not_in": ["tier"]}}, "filters[redeemable_object][$not_in][0]"),
        ({"created_at": {"$after": "2024-01-01"}}, "filters[created_at][$after]"),
        ({"created_at": {"$after": None}}, "filters[created_at][$after]"),
        ({"created_at": {"$before": 1_700_000_000}}, "filters[created_at][$before]"),
        ({"created_at": {"$after": datetime(2024, 1, 1)}}, "filters[created_at][$after]"),
        ({"created_at": {"$more_than": -1}}, "filters[created_at][$more_than]"),
        ({"created_at": {"$more_than": None}}, "filters[created_at][$more_than]"),
        ({"created_at": {"$less_than": 1.5}}, "filters[created_at][$less_than]"),
        ({"created_at": {"$less_than": "10"}}, "filters[created_at][$less_than]"),
        ({"created_at": {"$less_than": True}}, "filters[created_at][$less_than]"),
        (RawFilter(5), "filters"),
        (RawFilter({"a": 5}), "filters[a]"),
        (RawFilter({"": {"$is": "x"}}), "filters"),
        (RawFilter({"half \ud800": "x"}), "filters"),
        (RawFilter({"a": {"half \ud800": "x"}}), "filters[a]"),
        (RawFilter({"a": {"$is": None}}), "filters[a][conditions][$is]"),
        (RawFilter({"a": {"$in": ["x", None]}}), "filters[a][conditions][$in][1]"),
        (RawFilter({"a": {"$is": {"b": 1}}}), "filters[a][conditions][$is]"),
        (RawFilter({"a": {"$is": "half \ud800"}}), "filters[a][conditions][$is]"),
        (RawFilter({"a": {"$after": datetime(2024, 1, 1)}}), "filters[a][conditions][$after]"),
        (RawFilter({"a": "two\nlines"}), "filters[a]"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(
    clients: Clients, filters: Any, argument: str
) -> None:
    """A filter that the forms do not allow raises with its place, and nothing is sent."""
    replay = Replay()
    customers = clients.client(replay).customers
    with pytest.raises(InvalidArgument) as caught:
        customers.list_redeemables("cust_1", filters=filters)
    assert caught.value.argument == argument
    assert caught.value.operation == "voucherify.customers.list_redeemables"
    assert replay.requests == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))),
    ],
)
def test_a_moment_beyond_the_calendar_is_refused(moment: datetime) -> None:
    """A moment that UTC has no date for is a bad argument like any other."""
    with pytest.raises(InvalidArgument, match="created_at"):
        filter_query({"created_at": {"$after": moment}})


# --- the one way around the forms


def test_a_raw_filter_sends_any_field_and_condition() -> None:
    """`RawFilter` takes dotted fields, unknown conditions, numbers, flags, moments and lists."""
    noon = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
    raw = RawFilter(
        {
            "metadata.tier": {"$is": "gold", "$count": 3},
            "redemption.redeemed_quantity": {"$is": 0},
            "active": {"$enabled": True, "$is": False},
            "start_date": {"$after": noon, "$in": [noon, "x"]},
            "customer_id": {"$is": ["cust_1", "cust_2"]},
            "empty": {"$is": ""},
            "junction": "OR",
        }
    )
    assert parse_sent(raw) == [
        ("filters[metadata.tier][conditions][$is]", "gold"),
        ("filters[metadata.tier][conditions][$count]", "3"),
        ("filters[redemption.redeemed_quantity][conditions][$is]", "0"),
        ("filters[active][conditions][$enabled]", ""),
        ("filters[active][conditions][$is]", "false"),
        ("filters[start_date][conditions][$after]", "2024-01-01T12:00:00.000Z"),
        ("filters[start_date][conditions][$in][0]", "2024-01-01T12:00:00.000Z"),
        ("filters[start_date][conditions][$in][1]", "x"),
        ("filters[customer_id][conditions][$is][0]", "cust_1"),
        ("filters[customer_id][conditions][$is][1]", "cust_2"),
        ("filters[empty][conditions][$is]", ""),
        ("filters[junction]", "OR"),
    ]


# --- properties

text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    str.strip
)
moments = st.datetimes(
    datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.timezones() | st.just(timezone.utc)
)
flags = st.just(True)
text_conditions = st.fixed_dictionaries(
    {},
    optional={
        "$in": st.lists(text, min_size=1, max_size=4),
        "$not_in": st.lists(text, min_size=1, max_size=4),
        "$is": text,
        "$is_not": text,
        "$has_value": flags,
        "$is_unknown": flags,
        "$starts_with": text,
        "$ends_with": text,
        "$contains": text,
        "$not_contain": text,
    },
)


def choice_conditions(words: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions on a field with documented values."""
    word = st.sampled_from(words)
    return st.fixed_dictionaries(
        {},
        optional={
            "$in": st.lists(word, min_size=1, max_size=4),
            "$not_in": st.lists(word, min_size=1, max_size=4),
            "$is": word,
            "$is_not": word,
            "$has_value": flags,
            "$is_unknown": flags,
            "$starts_with": text,
            "$ends_with": text,
        },
    )


date_conditions = st.fixed_dictionaries(
    {},
    optional={
        "$after": moments,
        "$before": moments,
        "$has_value": flags,
        "$is_unknown": flags,
        "$more_than": st.integers(0, 10_000),
        "$less_than": st.integers(0, 10_000),
    },
)
filters_of_any_kind = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(TEXT_FIELDS, text_conditions),
        **{field: choice_conditions(words) for field, words in CHOICES.items()},
        "created_at": date_conditions,
        "junction": st.sampled_from(["and", "or"]),
    },
)


def read_back(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """The filters that a query means, read by the documented grammar and nothing else."""
    filters: dict[str, Any] = {}
    for name, value in pairs:
        if name == "filters[junction]":
            filters["junction"] = value
            continue
        head, conditions, condition, *index = name.removesuffix("]").split("][")
        field = head.removeprefix("filters[")
        assert (conditions, len(index) < 2) == ("conditions", True)
        here = filters.setdefault(field, {})
        if index:
            listed = here.setdefault(condition, [])
            assert int(index[0]) == len(listed)
            listed.append(value)
        else:
            here[condition] = value
    return filters


def as_sent(value: Any) -> Any:
    """What a value of a condition has to look like in a query."""
    if value is True:
        return ""
    if isinstance(value, list):
        return [as_sent(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return str(value)


@settings(deadline=None)
@given(filters_of_any_kind)
def test_filters_survive_the_query_string(filters: dict[str, Any]) -> None:
    """Whatever is asked for can be read back out of the query that is sent."""
    expected = {
        field: {name: as_sent(value) for name, value in conditions.items()}
        if isinstance(conditions, dict)
        else conditions
        for field, conditions in filters.items()
        if conditions
    }
    encoded = quoted_query(filter_query(filters))
    assert read_back(parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded))) == (
        expected
    )


@settings(deadline=None)
@given(filters_of_any_kind)
def test_the_query_string_is_plain(filters: dict[str, Any]) -> None:
    """Only unreserved characters, percent signs, `=` and `&` are sent: nothing can break out."""
    encoded = quoted_query(filter_query(filters))
    assert quote(encoded, safe="%=&") == encoded


@settings(deadline=None)
@given(moments)
def test_a_moment_is_sent_in_utc_and_milliseconds(moment: datetime) -> None:
    """A moment comes back as the same moment, cut to milliseconds, whatever its zone was."""
    assume(moment.utcoffset() is not None)
    sent = iso_instant("moment", moment)
    assert len(sent) == len("2024-01-01T00:00:00.000Z")
    back = datetime.fromisoformat(sent)
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


@settings(deadline=None)
@given(st.datetimes())
def test_a_moment_without_a_zone_is_refused(moment: datetime) -> None:
    """A naive moment is never sent: nobody knows when it is."""
    with pytest.raises(InvalidArgument, match="with a time zone"):
        iso_instant("moment", moment)
