"""What came of a question: in order, shown, and with the errors beside it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_sdk.voucherify import Gift
from loyalty_sdk.wallet import Activity, Found, Reward
from loyalty_sdk.wallet.found import MOST_SHOWN, by_time

SOURCE = Gift()
NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
MOMENTS = st.one_of(
    st.none(),
    st.datetimes(timezones=st.sampled_from([timezone.utc, timezone(timedelta(hours=5))])),
)


def reward(**fields):
    """A reward of a vendor."""
    return Reward(vendor="spaaza", source=SOURCE, **fields)


def found(*items, errors=None, more=()):
    """What a question found."""
    return Found(items=items, asked=("spaaza",), errors=errors or {}, more=frozenset(more))


@settings(max_examples=50)
@given(st.lists(MOMENTS), st.booleans())
def test_rows_are_in_order_of_time(moments, newest_first):
    """None is lost; those without a time come last, in the order in which they came."""
    items = [reward(id=str(number), issued=moment) for number, moment in enumerate(moments)]
    ordered = by_time(items, lambda it: it.issued, newest_first)
    assert sorted(ordered, key=id) == sorted(items, key=id)
    timed = [it.issued for it in ordered if it.issued is not None]
    assert timed == sorted(timed, reverse=newest_first)
    assert [it.id for it in ordered[len(timed) :]] == [it.id for it in items if it.issued is None]


def test_it_is_a_collection():
    """It has a length, can be walked, and is falsy when nothing came."""
    one = reward(id="1")
    assert list(found(one)) == [one]
    assert len(found(one)) == 1
    assert found(one).of("spaaza") == (one,)
    assert found(one).of("voucherify") == ()
    assert found(one)
    assert not found()
    assert found(one).is_whole
    assert "items=<1 items>" in repr(found(one))


def test_it_is_shown_as_a_table():
    """A line a row under a head; the vendor's own word where it is another."""
    shown = str(found(reward(code="A1", status="available", vendor_status="claimed"))).splitlines()
    assert shown[0].split() == ["vendor", "code", "title", "worth", "status", "expires"]
    assert "available (claimed)" in shown[2]
    activity = Activity(vendor="spaaza", when=NOON, kind="redeemed", vendor_kind="REDEEMED",
                        source=SOURCE)  # fmt: skip
    line = str(found(activity)).splitlines()[2]
    assert "2024-05-01 12:00  redeemed  -" in line


def test_no_vendor_steers_a_terminal_or_a_notebook():
    """Line ends and escapes are blanks, HTML is text, and what is too long is cut."""
    nasty = found(
        reward(title="\x1b[31m<script>\n" + "x" * 99),
        errors={"spaaza": ValueError("<b>\x1b[1m")},
        more=["spaaza"],
    )
    text, markup = str(nasty), nasty._repr_html_()
    assert "\x1b" not in text
    assert len(text.splitlines()) == 5
    assert "…" in text
    assert "<script>" not in markup
    assert "<b>" not in markup
    assert "&lt;script&gt;" in markup
    assert "x" * 99 in markup
    assert "spaaza: there may be more" in text
    assert "spaaza: could not be fetched: ValueError: <b>" in text


def test_long_tables_are_cut():
    """It says how many rows are not shown."""
    many = found(*(reward(id=str(number)) for number in range(MOST_SHOWN + 3)))
    assert str(many).splitlines()[-1] == "and 3 more rows"
    assert many._repr_html_().count("<tr>") == MOST_SHOWN + 1


def test_nothing_is_shown_as_nothing():
    """Who was asked is said."""
    assert str(found()) == "nothing from spaaza"
    assert found()._repr_html_() == "<p>nothing from spaaza</p>"


def test_values_are_equal_and_can_be_shuffled():
    """Rows are values: they compare and hash."""
    rows = [reward(id=str(number), issued=NOON) for number in range(5)]
    random.Random(7).shuffle(rows)
    assert len(set(rows)) == 5
