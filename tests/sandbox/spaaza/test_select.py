"""The parameters of get-vouchers, against expectations written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loyalty_sdk.sandbox import Switches
from loyalty_sdk.sandbox.spaaza.answers import Refused
from loyalty_sdk.sandbox.spaaza.select import read_selection
from loyalty_sdk.sandbox.spaaza.vouchers import Campaign, Status, User, Voucher
from loyalty_sdk.sandbox.wire import Request

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
DEFAULT = Switches()

ANNE = User(
    user_id=61,
    username="anne+tag@example.com",
    member_number="0007",
    authentication_point_identifier="web/1",
)
BERT = User(
    user_id=7, username="bert@example.com", member_number=None, authentication_point_identifier=None
)
SPRING = Campaign(campaign_id=11, chain_id=1, campaign_type="signup", title="Spring")
SUMMER = Campaign(campaign_id=12, chain_id=1, campaign_type="wallet", title="Summer")


def voucher(
    number: int,
    status: Status,
    *,
    created: float,
    expires: float,
    redeemed: float | None = None,
    campaign: Campaign | None = None,
    user: User | None = None,
    regenerated: bool = False,
) -> Voucher:
    """A voucher whose dates are days from now."""
    return Voucher(
        voucher_id=number,
        chain_id=1,
        status=status,
        created_at=NOW + timedelta(days=created),
        expires_at=NOW + timedelta(days=expires),
        redeemed_at=None if redeemed is None else NOW + timedelta(days=redeemed),
        campaign=campaign,
        user=user,
        regenerated=regenerated,
    )


HELD = {
    "A": voucher(1, "generated", created=-1, expires=10, campaign=SPRING, user=ANNE),
    "B": voucher(2, "claimed", created=-2, expires=20, campaign=SUMMER, regenerated=True),
    "C": voucher(3, "generated", created=-30, expires=-1, user=BERT),
    "D": voucher(4, "redeemed", created=-10, expires=5, redeemed=-3, user=ANNE),
    "E": voucher(5, "redeemed", created=-40, expires=-4, redeemed=-6, campaign=SPRING),
    "F": voucher(6, "claimed", created=-3, expires=0, user=BERT),
}


def kept(query: str, switches: Switches = DEFAULT) -> str:
    """The letters of the vouchers that a query selects."""
    pairs = Request.parse("GET", f"/get-vouchers?chain_id=1&{query}").query
    selection = read_selection(pairs, switches, NOW)
    return "".join(letter for letter, one in HELD.items() if selection.keep(one, NOW))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "AB"),
        ("show_redeemed=false&show_expired=0&show_all_statuses=false", "AB"),
        ("campaign_id=11", "A"),
        ("campaign_id=99", ""),
        ("voucher_id=2", "B"),
        ("voucher_id=3", ""),
        ("user_id=61", "A"),
        ("user_id=7", ""),
        ("username=anne%2Btag%40example.com", "A"),
        ("member_number=0007", "A"),
        ("member_number=7", ""),
        ("authentication_point_identifier=web%2F1", "A"),
        ("exclude_regenerated=true", "A"),
        ("exclude_regenerated=1", "A"),
        ("exclude_regenerated=false", "AB"),
    ],
)
def test_unredeemed_and_unexpired_is_the_default(query: str, expected: str) -> None:
    """Unless asked otherwise only unredeemed vouchers that still run are shown."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("show_redeemed=true", "DE"),
        ("show_redeemed=1", "DE"),
        ("show_redeemed=true&show_expired=true", "DE"),
        ("show_redeemed=true&min_expiry_datetime=2026-04-01T00:00:00Z", "DE"),
        ("show_redeemed=true&max_expiry_datetime_relative=-1 days", "DE"),
        ("show_redeemed=true&user_id=61", "D"),
        ("show_redeemed=true&min_created_datetime=2026-03-01T00:00:00Z", "D"),
        ("show_redeemed=true&min_redeemed_datetime=2026-03-28T12:00:00Z", "D"),
        ("show_redeemed=true&min_redeemed_datetime=2026-03-28T12:00:01Z", ""),
        ("show_redeemed=true&max_redeemed_datetime=2026-03-25T12:00:00Z", "E"),
        ("show_redeemed=true&max_redeemed_datetime=2026-03-25T11:59:59Z", ""),
        (
            "show_redeemed=true&min_redeemed_datetime=2026-03-25T12:00:00Z"
            "&max_redeemed_datetime=2026-03-28T12:00:00Z",
            "DE",
        ),
    ],
)
def test_redeemed_vouchers_are_shown_whether_expired_or_not(query: str, expected: str) -> None:
    """`show_redeemed` overrides all that is said about expiry, and nothing else."""
    assert kept(query) == expected


@pytest.mark.parametrize(
    ("query", "dropped", "held"),
    [
        ("", "ABCDEF", "ABD"),
        ("&show_redeemed=true", "ABCDEF", "ABD"),
        ("&min_redeemed_datetime=2026-03-28T12:00:00Z", "ABCDEF", "ABD"),
        ("&show_expired=true", "CEF", "CEF"),
        ("&show_redeemed=true&show_expired=true", "CEF", "CEF"),
        ("&min_expiry_datetime=2026-04-05T12:00:00Z", "ABD", "ABD"),
        ("&max_expiry_datetime=2026-04-05T12:00:00Z", "CDEF", "D"),
        ("&max_created_datetime_relative=-10 days", "CDE", "D"),
    ],
)
def test_all_statuses_keep_or_drop_the_expiry_default(query: str, dropped: str, held: str) -> None:
    """Under `show_all_statuses` the switch decides about the default, not about explicit asks."""
    query = f"show_all_statuses=true{query}"
    assert kept(query, Switches(spaaza_expiry_under_all_statuses="dropped")) == dropped
    assert kept(query, Switches(spaaza_expiry_under_all_statuses="kept")) == held


@pytest.mark.parametrize(("position", "expected"), [("only", "CF"), ("including", "ABCF")])
def test_show_expired_is_only_or_including(position: str, expected: str) -> None:
    """`show_expired` shows the expired ones alone, or beside the others, as the switch says."""
    switches = Switches(spaaza_show_expired=position)  # type: ignore[arg-type]
    assert kept("show_expired=true", switches) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("min_created_datetime=2026-03-30T12:00:00Z", "A"),
        ("min_created_datetime=2026-03-30T12:00:01Z", ""),
        ("min_created_datetime=2026-03-30T06:00:00-06:00", "A"),
        ("max_created_datetime=2026-03-29T12:00:00%2B00:00", "B"),
        ("max_created_datetime=2026-03-29T11:59:59%2B00:00", ""),
        ("min_expiry_datetime=2026-04-10T12:00:01Z", "B"),
        ("max_expiry_datetime=2026-04-10T12:00:00Z", "A"),
        ("max_expiry_datetime=2026-03-30T12:00:00Z", ""),
        ("show_expired=true&max_expiry_datetime=2026-03-30T12:00:00Z", "C"),
        ("min_created_datetime_relative=-36 hours", "A"),
        ("max_created_datetime_relative=-2 days", "B"),
        ("min_expiry_datetime_relative=%2B2 weeks", "B"),
        ("max_expiry_datetime_relative=14 days", "A"),
        ("min_created_datetime=2026-03-30T12:00:01Z&min_created_datetime_relative=-1 week", "AB"),
        ("max_expiry_datetime=2020-01-01T00:00:00Z&max_expiry_datetime_relative=2 months", "AB"),
    ],
)
def test_dates_include_their_edges_and_relative_ones_win(query: str, expected: str) -> None:
    """The earliest and the latest moment belong to the window; a relative twin overrides."""
    assert kept(query) == expected


def test_redeemed_dates_alone_are_refused_or_ignored() -> None:
    """Redeemed dates require `show_redeemed`; without it the switch decides."""
    query = "min_redeemed_datetime=2026-03-28T12:00:00Z"
    assert kept(query, Switches(spaaza_redeemed_dates_alone="ignored")) == "AB"
    with pytest.raises(Refused) as caught:
        kept(query, Switches(spaaza_redeemed_dates_alone="refused"))
    assert caught.value.name == "missing_necessary_parameters"


@pytest.mark.parametrize(
    "query",
    [
        "voucher=1",
        "chain_id=2",
        "campaign_id=",
        "campaign_id=abc",
        "campaign_id=0",
        "campaign_id=-1",
        "voucher_id=1.0",
        "user_id=abc",
        "user_id=61&username=anne%40example.com",
        "member_number=0007&authentication_point_identifier=web",
        "username=",
        "show_redeemed=yes",
        "show_expired=",
        "show_all_statuses=True",
        "number_results=0",
        "number_results=501",
        "number_results=ten",
        "results_offset=-1",
        "results_offset=x",
        "min_created_datetime=2026-03-30",
        "min_created_datetime=2026-03-30T12:00:00",
        "min_created_datetime=2026-03-30 12:00:00Z",
        "min_created_datetime=2026-03-30T12:00:00+00:00",
        "min_created_datetime=2026-02-30T12:00:00Z",
        "min_created_datetime_relative=yesterday",
        "min_created_datetime_relative=7",
        "min_created_datetime_relative=7 years",
        "min_created_datetime_relative=7  days",
        "min_created_datetime_relative=+7 days",
        "min_created_datetime_relative=7 days 5",
        "min_created_datetime_relative=-999999 months",
        "min_redeemed_datetime_relative=-1 days",
        "show_redeemed=true&min_redeemed_datetime=soon",
    ],
)
def test_anything_else_is_refused(query: str) -> None:
    """An unknown, repeated, contradictory or unreadable parameter is an invalid_parameter error."""
    with pytest.raises(Refused) as caught:
        kept(query)
    assert caught.value.name == "invalid_parameter"


def test_the_chain_is_required() -> None:
    """Without a chain the error is http_vars_missing."""
    with pytest.raises(Refused) as caught:
        read_selection((), DEFAULT, NOW)
    assert caught.value.name == "http_vars_missing"


def test_the_page_size_has_a_default_and_a_maximum() -> None:
    """`number_results` goes up to 500 and otherwise is what the switch says."""
    chain = ("chain_id", "1")
    switches = Switches(spaaza_default_page_size=25)
    assert read_selection((chain,), switches, NOW).number_results == 25
    assert read_selection((chain,), DEFAULT, NOW).number_results == 500
    assert read_selection((chain, ("number_results", "500")), DEFAULT, NOW).number_results == 500
    assert read_selection((chain, ("results_offset", "7")), DEFAULT, NOW).results_offset == 7
