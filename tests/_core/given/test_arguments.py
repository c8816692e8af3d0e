from __future__ import annotations

import enum
from datetime import datetime, timezone, tzinfo
from decimal import Decimal

import pytest

from loyalty_sdk._core.given.arguments import (
    aware,
    flag,
    identifier,
    number,
    one_of,
    path_part,
    plain_text,
    query,
    within,
)
from loyalty_sdk._core.given.arguments import given as must_be_given
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument


@pytest.mark.parametrize(
    "refused",
    [
        "", "   ", ".", "..", "a\nb", "a\x00", "\x7f", "a\r", "\x85", "\ud800", "x" * 1025,
        "../x", "a/../b", "a/..", "..\\x", "%2e%2e", "%2E%2e%2fx", "%252e%252e", "..;a=1/x",
        " .. /", None, True, 1.5, b"x", ["x"], 10**1024,
    ],
)  # fmt: skip
def test_what_cannot_be_a_segment_is_refused(refused):
    """Nothing that is empty, climbs, or cannot be written leaves this machine."""
    for check in (identifier, path_part):
        with pytest.raises(InvalidArgument) as caught:
            check("card_id", refused)
        assert caught.value.argument == "card_id"
    with pytest.raises(InvalidArgument):
        path_part("card_id", Secret(refused))


def test_a_secret_is_a_path_part_and_no_identifier():
    """It stays one in a path; elsewhere its mask would be sent."""
    assert path_part("card_id", Secret("s")) == Secret("s")
    with pytest.raises(InvalidArgument, match="must be text or a number, not Secret"):
        identifier("card_id", Secret("s"))


def test_query_values():
    """`None` is left out; booleans and numbers are written the way JSON writes them."""
    assert query(a=None, b=True, c=False, d=0, e="", f=Decimal("1.50")) == [
        ("b", "true"), ("c", "false"), ("d", "0"), ("e", ""), ("f", "1.50"),
    ]  # fmt: skip


@pytest.mark.parametrize("refused", [1.5, b"x", [], "a\n", "\udfff", object()])
def test_query_values_that_cannot_be_sent(refused):
    """A value of a type with no one spelling is refused by name."""
    with pytest.raises(InvalidArgument) as caught:
        query(limit=refused)
    assert caught.value.argument == "limit"


@pytest.mark.parametrize("refused", [Decimal("NaN"), Decimal("Infinity"), Secret("x"), -(10**1024)])
def test_query_values_that_are_no_numbers(refused):
    """Neither what is no number nor what is secret has a place in a URL."""
    with pytest.raises(InvalidArgument) as caught:
        query(limit=refused)
    assert caught.value.argument == "limit"


def test_query_names_that_cannot_be_sent():
    """A name that cannot be written is refused like a value."""
    with pytest.raises(InvalidArgument, match="surrogate"):
        query(**{"\ud800": "x"})


def test_within_bounds():
    """Bounds are inclusive, and `None` passes."""
    assert [within("n", n, 1, 3) for n in (None, 1, 3)] == [None, 1, 3]
    assert within("n", 10**9, 0, None) == 10**9
    for refused in (0, 4, True, 1.0, "1"):
        with pytest.raises(InvalidArgument, match="from 1 to 3"):
            within("n", refused, 1, 3)
    for refused in (-1, 10**18, 10**5000):
        with pytest.raises(InvalidArgument, match="0 or more"):
            within("n", refused, 0, None)


def test_one_of_the_allowed_words():
    """A word must be one of those documented; `None` passes."""
    assert [one_of("order", word, ("id", "-id")) for word in (None, "id")] == [None, "id"]
    with pytest.raises(InvalidArgument, match="id, -id"):
        one_of("order", "ID", ("id", "-id"))


def test_plain_text():
    """Text that is not blank and has no control characters; a number is none."""
    assert plain_text("note", "50% off: a/../b") == "50% off: a/../b"
    for refused in ("", " ", "a\nb", "\x85", "\ud800", "x" * 1025, 5, None, b"x", Secret("x")):
        with pytest.raises(InvalidArgument, match=r"^note: must"):
            plain_text("note", refused)


def test_numbers():
    """A whole number, or its digits; up to 18 of them."""
    assert [number("id", n) for n in (5, "5", "005", 10**17)] == ["5", "5", "005", str(10**17)]
    assert number("id", 0, 0) == "0"
    for refused in (0, -1, "0", "-1", "+1", "1.0", " 1", "\u0661", "", 1.0, True, None, 10**18):
        with pytest.raises(InvalidArgument, match="whole number, 1 or more"):
            number("id", refused)
    with pytest.raises(InvalidArgument, match="control characters"):
        number("id", "1\n")


def test_flags():
    """True and False, and nothing that is like them."""
    assert (flag("yes", True), flag("yes", False)) == (True, False)
    for refused in (None, 0, 1, "", "true", []):
        with pytest.raises(InvalidArgument, match="True or False"):
            flag("yes", refused)


class Nowhere(tzinfo):
    def utcoffset(self, _):
        return None


def test_moments_have_a_zone():
    """A datetime that knows its offset."""
    noon = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
    assert aware("at", noon) is noon
    for refused in (
        None,
        noon.replace(tzinfo=None),
        noon.date(),
        "x",
        noon.replace(tzinfo=Nowhere()),
    ):
        with pytest.raises(InvalidArgument, match="with a time zone"):
            aware("at", refused)


def test_what_must_be_given():
    """`None` is nothing; all else is something."""
    assert must_be_given("at", 0) == 0
    with pytest.raises(InvalidArgument, match="at: must be given"):
        must_be_given("at", None)


def test_words_by_their_letters():
    """An enum of text is its value; what has another type is no word."""
    word = enum.Enum("Order", {"ID": "id"}, type=str).ID
    assert type(one_of("order", word, ("id", "-id"))) is str
    assert query(order=word) == [("order", "id")]
    assert query(n=enum.IntEnum("Place", {"ONE": 1}).ONE) == [("n", "1")]
    with pytest.raises(InvalidArgument, match="id, -id"):
        one_of("order", 5, ("id", "-id"))
