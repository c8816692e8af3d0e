from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from conftest import Colour
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.calls import quoted_query
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza import Relative, Vouchers

from .replay import CHAIN, Replay, page, vouchers

NOON = datetime(2018, 9, 19, 12, tzinfo=timezone.utc)
PAGING = "number_results=500&results_offset=0"

USERS = ("user_id", "username", "member_number", "authentication_point_identifier")
FLAGS = ("exclude_regenerated", "show_redeemed", "show_all_statuses", "show_expired")
REDEEMED = ("min_redeemed_datetime", "max_redeemed_datetime")
CREATED = ("min_created_datetime", "max_created_datetime")
EXPIRY = ("min_expiry_datetime", "max_expiry_datetime")
RELATIVES = tuple(f"{name}_relative" for name in (*CREATED, *EXPIRY))

OF_EACH: dict[str, Any] = {
    "campaign_id": 3,
    **dict.fromkeys(USERS, "7"),
    "voucher_id": 5,
    **dict.fromkeys(FLAGS, True),
    **dict.fromkeys((*REDEEMED, *CREATED, *EXPIRY), NOON),
    **dict.fromkeys(RELATIVES, "-7 days"),
}


def sent(chain_id: Any = CHAIN, **arguments: Any) -> str:
    """The query that a call describes, as it is sent."""
    listing: Any = Vouchers.list(None, chain_id, **arguments)
    return quoted_query(listing.page(None).params)


# --- what is sent


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"campaign_id": 3}, "campaign_id=3"),
        ({"campaign_id": "3"}, "campaign_id=3"),
        ({"user_id": 71}, "user_id=71"),
        ({"user_id": "0071"}, "user_id=0071"),
        ({"username": "ida+shop@example.com"}, "username=ida%2Bshop%40example.com"),
        ({"member_number": "0000400"}, "member_number=0000400"),
        ({"member_number": "A 1&b=2"}, "member_number=A%201%26b%3D2"),
        (
            {"authentication_point_identifier": "web/ü 3&4"},
            "authentication_point_identifier=web%2F%C3%BC%203%264",
        ),
        ({"voucher_id": 5}, "voucher_id=5"),
        ({"exclude_regenerated": True}, "exclude_regenerated=true"),
        ({"show_redeemed": True}, "show_redeemed=true"),
        (
            {"show_redeemed": True, "min_redeemed_datetime": NOON},
            "show_redeemed=true&min_redeemed_datetime=2018-09-19T12%3A00%3A00%2B00%3A00",
        ),
        (
            {"show_redeemed": True, "max_redeemed_datetime": NOON},
            "show_redeemed=true&max_redeemed_datetime=2018-09-19T12%3A00%3A00%2B00%3A00",
        ),
        ({"show_all_statuses": True}, "show_all_statuses=true"),
        ({"show_expired": True}, "show_expired=true"),
        *(({name: NOON}, f"{name}=2018-09-19T12%3A00%3A00%2B00%3A00") for name in CREATED + EXPIRY),
        *(({name: "+6 days"}, f"{name}=%2B6%20days") for name in RELATIVES),
        *(
            ({name: Relative(months=-6, days=5)}, f"{name}=-6%20months%20%2B5%20days")
            for name in RELATIVES
        ),
        *(({name: timedelta(hours=-25)}, f"{name}=-1%20days%20-1%20hours") for name in RELATIVES),
    ],
)
def test_every_parameter_is_sent_as_documented(
    arguments: dict[str, Any], query: str, colour: Colour
) -> None:
    """Each documented parameter has its own name and form; a plus sign is percent-encoded."""
    replay = Replay(page())
    colour.items(replay.client(colour).vouchers.list(CHAIN, **arguments))
    [request] = replay.requests
    assert request.method == "GET"
    assert request.url.path == "/get-vouchers"
    assert replay.queries == [f"chain_id=1743&{query}&{PAGING}"]
    assert request.content == b""


def test_nothing_more_is_sent_than_was_asked_for(colour: Colour) -> None:
    """Without options only the chain and the page are named."""
    replay = Replay(page())
    colour.items(replay.client(colour).vouchers.list("1743"))
    assert (
        str(replay.requests[0].url)
        == f"https://api0.spaaza.com/get-vouchers?chain_id=1743&{PAGING}"
    )


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, PAGING),
        ({"number_results": None}, "results_offset=0"),
        ({"number_results": 1, "results_offset": 1_000}, "number_results=1&results_offset=1000"),
        ({"walk": "anchored"}, PAGING),
        ({"number_results": None, "walk": "anchored"}, "results_offset=0"),
    ],
)
def test_the_page_is_asked_for_by_number_and_offset(arguments: dict[str, Any], query: str) -> None:
    """`number_results` and `results_offset` are the vendor's own; the walk is not sent."""
    assert sent(**arguments) == f"chain_id=1743&{query}"


def test_flags_that_are_false_are_left_out_and_conflict_with_nothing() -> None:
    """`False` is the same as an argument that was not given."""
    off = dict.fromkeys(FLAGS, False)
    assert sent(**off) == f"chain_id=1743&{PAGING}"
    for name, value in OF_EACH.items():
        if name not in (*FLAGS, *REDEEMED):
            assert name in sent(**off, **{name: value})
    assert "show_redeemed=true" in sent(**{**off, "show_redeemed": True})


def test_whatever_goes_together_is_sent_together() -> None:
    """Filters that do not contradict each other make one query, in one order."""
    query = sent(
        walk="anchored",
        max_expiry_datetime_relative="1 month",
        min_expiry_datetime=NOON,
        max_created_datetime=NOON,
        min_created_datetime_relative="-1 month",
        show_expired=True,
        exclude_regenerated=True,
        voucher_id=5,
        member_number="12",
        campaign_id=3,
    )
    names = [name for name, _ in parse_qsl(query)]
    assert names == [
        "chain_id",
        "campaign_id",
        "member_number",
        "voucher_id",
        "exclude_regenerated",
        "show_expired",
        "min_created_datetime_relative",
        "max_created_datetime",
        "min_expiry_datetime",
        "max_expiry_datetime_relative",
        "number_results",
        "results_offset",
    ]


@given(
    moment=st.datetimes(
        min_value=datetime(1, 1, 3),
        max_value=datetime(9999, 12, 29),
        timezones=st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone),
    ),
    name=st.sampled_from([*CREATED, *EXPIRY]),
)
def test_any_aware_moment_is_sent_exactly(moment: datetime, name: str) -> None:
    """A moment keeps its instant, and its offset is said in hours and minutes only."""
    text = dict(parse_qsl(sent(**{name: moment})))[name]
    assert datetime.fromisoformat(text) == moment
    assert text[-6] in "+-"
    assert text[-3] == ":"
    assert text[-9] != ":" or len(text) == len("2018-09-19T12:00:00+00:00")


def test_moments_of_odd_zones_keep_their_offset() -> None:
    """Half-hour zones and historic local times are sent as such."""
    kathmandu = datetime(2018, 9, 19, 17, 45, tzinfo=ZoneInfo("Asia/Kathmandu"))
    assert "2018-09-19T17%3A45%3A00%2B05%3A45" in sent(min_created_datetime=kathmandu)
    amsterdam = datetime(1900, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    text = dict(parse_qsl(sent(min_created_datetime=amsterdam)))["min_created_datetime"]
    assert text == "1899-12-31T23:59:28+00:19"


# --- what is refused


def test_moments_that_no_offset_in_minutes_can_say(colour: Colour) -> None:
    """At the very end of the calendar there is no room for another offset."""
    ends = datetime.max.replace(tzinfo=timezone(-timedelta(hours=23, seconds=30)))
    begins = datetime.min.replace(tzinfo=timezone(timedelta(hours=23, seconds=30)))
    for moment in (ends, begins):
        assert_refused(colour, "min_created_datetime", CHAIN, min_created_datetime=moment)


def assert_refused(colour: Colour, argument: str, *args: Any, **arguments: Any) -> InvalidArgument:
    """The call is refused by its argument's name, at once, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        replay.client(colour).vouchers.list(*args, **arguments)
    assert caught.value.argument == argument
    assert caught.value.operation == "spaaza.vouchers.list"
    assert isinstance(caught.value, ValueError)
    assert replay.requests == []
    return caught.value


CONTRADICTIONS = [
    *(set(pair) for pair in combinations(USERS, 2)),
    *({"show_redeemed", name} for name in ("show_expired", *EXPIRY)),
    *({"show_redeemed", f"{name}_relative"} for name in EXPIRY),
    *({"show_all_statuses", name} for name in ("show_redeemed", *REDEEMED)),
    *({name, f"{name}_relative"} for name in (*CREATED, *EXPIRY)),
]


@pytest.mark.parametrize("names", CONTRADICTIONS, ids=lambda names: "+".join(sorted(names)))
def test_contradictions_are_refused(names: set[str], colour: Colour) -> None:
    """What Spaaza documents as ignored or contradictory together never leaves."""
    arguments = {name: OF_EACH[name] for name in names}
    with pytest.raises(InvalidArgument) as caught:
        sent(**arguments)
    refused = assert_refused(colour, caught.value.argument, CHAIN, **arguments)
    assert refused.argument in names
    if not names & set(REDEEMED):
        assert all(name in str(refused) for name in names)


@pytest.mark.parametrize("first", OF_EACH)
@pytest.mark.parametrize("second", OF_EACH)
def test_only_contradictions_are_refused(first: str, second: str) -> None:
    """Any two arguments go together unless they are known to contradict each other."""
    names = {first, second}
    needy = names & set(REDEEMED) and not names & {"show_redeemed"}
    arguments = {name: OF_EACH[name] for name in names}
    if needy or names in CONTRADICTIONS:
        with pytest.raises(InvalidArgument):
            sent(**arguments)
    else:
        assert {name for name, _ in parse_qsl(sent(**arguments))} > names


@pytest.mark.parametrize("name", REDEEMED)
def test_redeemed_moments_need_the_flag(name: str, colour: Colour) -> None:
    """`show_redeemed` has to be said; `False` does not say it."""
    refused = assert_refused(colour, name, CHAIN, **{name: NOON})
    assert "show_redeemed" in str(refused)
    assert_refused(colour, name, CHAIN, show_redeemed=False, **{name: NOON})


@pytest.mark.parametrize("value", ["", " ", ".", "..", "a\nb", "\x7f", "\ud800", 1.5, True, False])
@pytest.mark.parametrize("name", ["chain_id", "campaign_id", "voucher_id", *USERS])
def test_bad_identifiers_are_refused(name: str, value: Any, colour: Colour) -> None:
    """Identifiers are numbers or text that can stand in a URL; `False` is none, and not ignored."""
    assert_refused(colour, name, **{"chain_id": CHAIN, name: value})


def test_the_chain_is_required(colour: Colour) -> None:
    """No chain is an error before anything is sent."""
    assert_refused(colour, "chain_id", None)


@pytest.mark.parametrize("value", [1, 0, "true", "", "false", 1.0, []])
@pytest.mark.parametrize("name", FLAGS)
def test_flags_are_true_or_false(name: str, value: Any, colour: Colour) -> None:
    """Nothing that merely looks true or false is a flag."""
    assert_refused(colour, name, CHAIN, **{name: value})


@pytest.mark.parametrize(
    "value",
    [
        datetime(2018, 9, 19),
        date(2018, 9, 19),
        "2018-09-19T13:27:56Z",
        0,
        False,
        timedelta(days=1),
        Relative(days=1),
        1537363676.0,
    ],
    ids=repr,
)
@pytest.mark.parametrize("name", [*REDEEMED, *CREATED, *EXPIRY])
def test_moments_are_aware(name: str, value: Any, colour: Colour) -> None:
    """A moment without a zone is ambiguous, and nothing else is a moment."""
    more = {"show_redeemed": True} if name in REDEEMED else {}
    assert_refused(colour, name, CHAIN, **{name: value}, **more)


@pytest.mark.parametrize("value", ["", "soon", "1 year", timedelta(seconds=1), 7, NOON, False])
@pytest.mark.parametrize("name", RELATIVES)
def test_bad_relative_moments_are_refused(name: str, value: Any, colour: Colour) -> None:
    """What is no relative moment is refused by its argument's name."""
    assert_refused(colour, name, CHAIN, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("number_results", value) for value in (0, 501, -1, 1.0, "10", True)]
    + [("results_offset", value) for value in (-1, None, 0.0, "0", False)]
    + [("walk", value) for value in ("", "slow", None, True, ["fast"])],
)
def test_bad_paging_is_refused(name: str, value: Any, colour: Colour) -> None:
    """Page sizes have their bounds, offsets begin at 0, and there are two walks."""
    assert_refused(colour, name, CHAIN, **{name: value})


@pytest.mark.parametrize("size", [1, 500, None])
def test_page_sizes_within_bounds_are_sent(size: int | None) -> None:
    """The bounds themselves are allowed."""
    assert ("number_results" in sent(number_results=size)) is (size is not None)


def test_unknown_arguments_do_not_exist(colour: Colour) -> None:
    """A misspelt filter is an error, not silence."""
    with pytest.raises(TypeError, match="show_expird"):
        vouchers(colour, show_expird=True)
