from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza import Relative
from loyalty_sdk.spaaza.relative import relative_text

UNITS = ("months", "weeks", "days", "hours", "minutes")
MINUTES = {"weeks": 7 * 24 * 60, "days": 24 * 60, "hours": 60, "minutes": 1}

LONG = pytest.param(10**5000, id="5001 digits")

counts = st.integers(min_value=-(10**9) + 1, max_value=10**9 - 1)
terms = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["", "+", "-"]),
    st.integers(min_value=0, max_value=10**9 - 1),
    st.sampled_from(["month", "week", "day", "hour", "minute"]),
    st.sampled_from(["", "s"]),
)


def minutes_in(words: str) -> int:
    """How many minutes words without months stand for."""
    pairs = re.findall(r"([+-][0-9]+) ([a-z]+)", words)
    return sum(int(count) * MINUTES[unit] for count, unit in pairs)


@pytest.mark.parametrize(
    "words",
    [
        "7 days",
        "-13 weeks",
        "-6 months 5 days -2 minutes",
        "+6 days",
        "3 weeks",
        "+6 months -5 days +2 minutes",
        "1 day",
        "-1 hour",
        "0 minutes",
        "000000007 days",
    ],
)
def test_documented_words_are_sent_as_they_are(words: str) -> None:
    """The words of Spaaza's own examples pass unchanged."""
    assert relative_text("when", words) == words


@given(st.lists(terms, min_size=1, max_size=6).map(" ".join))
def test_the_grammar_is_accepted_whole(words: str) -> None:
    """Any sequence of signed or unsigned counts with units passes unchanged."""
    assert relative_text("when", words) == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "7",
        "days",
        "7days",
        "7  days",
        " 7 days",
        "7 days ",
        "7 days\n",
        "+ 7 days",
        "--7 days",
        "7 Days",
        "7 years",
        "7 seconds",
        "1.5 days",
        "7 days, 2 hours",
        "yesterday",
        "\u0667 days",
        "\uff17 days",
        "1234567890 days",
        "7 dayss",
        "7 days2 hours",
        "2018-09-19T13:27:56Z",
    ],
)
def test_other_words_are_refused(words: str) -> None:
    """Words outside the documented grammar never leave, digits of other scripts included."""
    with pytest.raises(InvalidArgument) as caught:
        relative_text("when", words)
    assert caught.value.argument == "when"


@given(st.text(max_size=30))
def test_any_text_passes_unchanged_or_is_refused(words: str) -> None:
    """Whatever passes is of plain letters, digits, signs and single blanks."""
    try:
        assert relative_text("when", words) == words
    except InvalidArgument:
        return
    assert re.fullmatch(r"[+-]?[0-9]{1,9} [a-z]+( [+-]?[0-9]{1,9} [a-z]+)*", words, re.ASCII)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(UNITS, counts)))
def test_a_relative_says_each_count_with_its_own_sign(given_counts: dict[str, int]) -> None:
    """A `Relative` becomes words of the grammar that hold its counts, zeros left out."""
    words = relative_text("when", Relative(**given_counts))
    assert words is not None
    assert relative_text("when", words) == words
    said = {unit: int(count) for count, unit in re.findall(r"([+-][0-9]+) ([a-z]+)", words)}
    counted = {unit: count for unit, count in given_counts.items() if count}
    assert said == (counted or {"minutes": 0})


def test_a_relative_of_nothing_is_now() -> None:
    """No counts at all still are words that Spaaza reads."""
    assert str(Relative()) == relative_text("when", Relative()) == "+0 minutes"


def test_units_are_said_from_the_largest() -> None:
    """The order of the words is fixed, whatever the order of the arguments."""
    made = Relative(minutes=-2, hours=4, days=5, weeks=-1, months=-6)
    assert str(made) == "-6 months -1 weeks +5 days +4 hours -2 minutes"


@pytest.mark.parametrize("count", [1.0, 1.5, "1", True, None, 10**9, -(10**9), LONG])
@pytest.mark.parametrize("unit", UNITS)
def test_a_relative_is_made_of_whole_numbers(unit: str, count: object) -> None:
    """Counts that the grammar cannot say are refused, very long ones included."""
    with pytest.raises(InvalidArgument) as caught:
        relative_text("when", Relative(**{unit: count}))  # type: ignore[arg-type]
    assert caught.value.argument == "when"


@given(st.timedeltas())
def test_a_timedelta_says_whole_minutes_exactly(span: timedelta) -> None:
    """A `timedelta` of whole minutes becomes words of the same length, any other is refused."""
    if span % timedelta(minutes=1):
        with pytest.raises(InvalidArgument):
            relative_text("when", span)
        return
    words = relative_text("when", span)
    assert words is not None
    assert minutes_in(words) * timedelta(minutes=1) == span
    assert len({count[0] for count in re.findall(r"[+-][0-9]+", words)}) == 1


@pytest.mark.parametrize("span", [timedelta.min, timedelta.max, timedelta(microseconds=-1)])
def test_an_extreme_timedelta_is_said_or_refused(span: timedelta) -> None:
    """The ends of the range do not break anything."""
    try:
        words = relative_text("when", span)
    except InvalidArgument:
        assert span % timedelta(minutes=1)
        return
    assert words is not None
    assert minutes_in(words) * timedelta(minutes=1) == span


@pytest.mark.parametrize("value", [7, 7.0, True, b"7 days", ["7 days"], object()])
def test_other_kinds_of_value_are_refused(value: object) -> None:
    """Only a `Relative`, a `timedelta` and text are relative moments."""
    with pytest.raises(InvalidArgument):
        relative_text("when", value)  # type: ignore[arg-type]


def test_nothing_stays_nothing() -> None:
    """`None` passes, for an argument that was left out."""
    assert relative_text("when", None) is None
