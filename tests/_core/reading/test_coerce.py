from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.coerce import Mismatch

UTC = timezone.utc
BAD = object()


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (coerce.text, "x", "x"), (coerce.text, "", ""), (coerce.text, 12, "12"),
        (coerce.text, Decimal("1.50"), "1.50"), (coerce.text, 10**30, str(10**30)),
        (coerce.text, True, BAD), (coerce.text, {}, BAD), (coerce.text, [], BAD),
        (coerce.text, None, BAD),
        (coerce.integer, 3, 3), (coerce.integer, "3", 3), (coerce.integer, Decimal("2.0"), 2),
        (coerce.integer, "2.0", 2), (coerce.integer, "-7", -7),
        (coerce.integer, Decimal("1E+3"), 1000),
        (coerce.integer, Decimal("2.5"), BAD), (coerce.integer, "2.5", BAD),
        (coerce.integer, True, BAD),
        (coerce.integer, "", BAD), (coerce.integer, "x", BAD), (coerce.integer, "NaN", BAD),
        (coerce.integer, Decimal("1E+401"), BAD), (coerce.integer, None, BAD),
        (coerce.integer, [], BAD),
        (coerce.flag, True, True), (coerce.flag, False, False), (coerce.flag, "true", True),
        (coerce.flag, "false", False), (coerce.flag, 0, False), (coerce.flag, 1, True),
        (coerce.flag, "True", BAD), (coerce.flag, 2, BAD), (coerce.flag, "1", BAD),
        (coerce.flag, [], BAD),
        (coerce.flag, None, BAD), (coerce.flag, Decimal("1.0"), BAD),
        (coerce.decimal, Decimal("1.10"), Decimal("1.10")),
        (coerce.decimal, "1.10", Decimal("1.10")),
        (coerce.decimal, 5, Decimal(5)), (coerce.decimal, "NaN", BAD),
        (coerce.decimal, "Infinity", BAD),
        (coerce.decimal, "", BAD), (coerce.decimal, True, BAD), (coerce.decimal, [], BAD),
        (coerce.instant, "2024-05-01T10:00:00Z", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        (coerce.instant, "2024-05-01 10:00:00.5+02:00",
         datetime(2024, 5, 1, 8, 0, 0, 500000, tzinfo=UTC)),
        (coerce.instant, "2024-05-01T10:00:00", BAD), (coerce.instant, "2024-05-01", BAD),
        (coerce.instant, "soon enough", BAD), (coerce.instant, 1714557600, BAD),
        (coerce.instant, None, BAD),
        (coerce.utc_instant, "2024-05-01T10:00:00", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        (coerce.utc_instant, "2024-05-01T10:00:00+00:00", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        (coerce.utc_instant, "2024-05-01", BAD),
        (coerce.moment, "2024-05-01T10:00:00", datetime(2024, 5, 1, 10)),
        (coerce.day, "2024-05-01", date(2024, 5, 1)),
        (coerce.day, "2024-05-01T00:00:00", date(2024, 5, 1)),
        (coerce.day, "2024-05-01T00:00:01", BAD), (coerce.day, "2024-02-30", BAD),
        (coerce.day, 20240501, BAD),
        (coerce.mapping, {"a": [1]}, {"a": (1,)}), (coerce.mapping, [], {}),
        (coerce.mapping, [1], BAD),
        (coerce.mapping, "x", BAD), (coerce.mapping, None, BAD),
        (coerce.array, [1], [1]), (coerce.array, {}, BAD), (coerce.array, "x", BAD),
        (coerce.array, (1,), BAD),
        (coerce.no_object, [], None), (coerce.no_object, None, None), (coerce.no_object, [1], BAD),
        (coerce.no_object, "x", BAD), (coerce.no_object, 0, BAD), (coerce.no_object, False, BAD),
        (coerce.object_or_empty, {"a": 1}, {"a": 1}), (coerce.object_or_empty, [1], {}),
        (coerce.object_or_empty, None, {}),
    ],
)  # fmt: skip
def test_the_table(read, value, result):
    """Row by row: what is read, from what else, and never from what."""
    if result is BAD:
        with pytest.raises(Mismatch):
            read(value)
    else:
        found = read(value)
        assert found == result
        assert type(found) is type(result) or isinstance(result, dict)
        assert str(found) == str(result) or isinstance(found, datetime)


def test_the_table_is_whole():
    """Every scalar that models use has its one reading."""
    assert set(coerce.TABLE) == {str, int, bool, Decimal, datetime, date}


@pytest.mark.parametrize(
    ("value", "named"),
    [(True, "true or false"), ("PLANTED", "text"), (1, "a number"), (Decimal("1.5"), "a number"),
     ({"PLANTED": 1}, "an object"), (["PLANTED"], "an array"), (None, "null"), (1.5, "float")],
)  # fmt: skip
def test_a_mismatch_names_the_kind_and_never_the_value(value, named):
    """Nobody's data ends up in a log because it had the wrong form."""
    assert str(coerce.refuse("a tree", value)) == f"a tree is expected, not {named}"


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (coerce.flag, "PLANTED", "true or false is expected, not text"),
        (coerce.day, [], "a date is expected, not an array"),
        (coerce.day, "PLANTED", "a date is expected, not other text"),
        (coerce.day, "2026-05-01T10:00:00Z", "a date is expected, not a time of day"),
        (coerce.array, {}, "an array is expected, not an object"),
        (coerce.instant, "2026-05-01", "a time is expected, not a date alone"),
        (coerce.instant, "PLANTED", "an ISO 8601 time is expected, not other text"),
        (coerce.instant, {}, "an ISO 8601 time is expected, not an object"),
        (lambda value: coerce.member(value, "a"), [], "an object is expected, not an array"),
    ],
)
def test_what_a_mismatch_says(read, value, said):
    """Word by word: what is expected, and what kind of thing there is."""
    with pytest.raises(Mismatch) as caught:
        read(value)
    assert str(caught.value) == said


def test_members():
    """What stands under a key; a default for one that is absent or null."""
    assert coerce.member({"a": 1}, "a") == 1
    assert coerce.member({"a": None}, "a", "d") == coerce.member({}, "a", "d") == "d"
    assert coerce.member({"a": 0}, "a", "d") == 0
    for value in ({}, {"a": None}, [], None, "x"):
        with pytest.raises(Mismatch):
            coerce.member(value, "a")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_money_is_exact(amount):
    """A decimal comes out digit for digit, from a number or from text."""
    assert str(coerce.decimal(amount)) == str(amount)
    assert str(coerce.decimal(str(amount))) == str(amount)


def test_a_time_without_an_offset_is_meant_in_utc():
    """One with an offset stays the moment that it is."""
    assert coerce.utc_instant("2026-05-01T10:00:00").isoformat() == "2026-05-01T10:00:00+00:00"
    assert coerce.utc_instant("2026-05-01T10:00:00+02:00").utcoffset() == timedelta(hours=2)


@given(
    st.datetimes(
        timezones=st.timezones()
        | st.builds(timezone, st.timedeltas(timedelta(0), timedelta(hours=14)))
    )
)
def test_instants_keep_their_moment(moment):
    """What is written in ISO 8601 is read as the same moment."""
    moment = moment.replace(fold=0)
    if moment.utcoffset().microseconds or moment.utcoffset().total_seconds() % 60:
        return
    assert coerce.instant(moment.isoformat()).timestamp() == moment.timestamp()
