"""The parameters of the issuances, against expectations written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from loyalty_sdk.sandbox import Request, Switches
from loyalty_sdk.sandbox.es_loyalty import Issuance
from loyalty_sdk.sandbox.es_loyalty.answers import Refused
from loyalty_sdk.sandbox.es_loyalty.issuances import read_selection

DAY = 24 * 3600 * 1000
NOW = int(datetime(2026, 3, 31, 12, tzinfo=UTC).timestamp()) * 1000
DEFAULT = Switches()


def issuance(name: str, status: str, *, issued: int, expires: int, unit: str = "U1") -> Issuance:
    """An issuance whose dates are days from now."""
    content = {
        "issuanceCode": name,
        "status": status,
        "issuedDateEpoch": NOW + issued * DAY,
        "expiryDateEpoch": NOW + expires * DAY,
        "businessUnit": unit,
    }
    return Issuance(content=content)


HELD = (
    issuance("A", "AVAILABLE", issued=-1, expires=30),
    issuance("B", "AVAILABLE", issued=-10, expires=0, unit="U2"),
    issuance("C", "REDEEMED", issued=-20, expires=10),
    issuance("D", "EXPIRED", issued=-40, expires=-5),
    issuance("E", "REDEEMED", issued=-300, expires=-200, unit="U2"),
)


def day(days: float) -> int:
    """So many days from now, as the vendor counts."""
    return NOW + round(days * DAY)


def shown(query: str, switches: Switches = DEFAULT) -> str:
    """The names of the issuances that a query gives."""
    pairs = Request.parse("GET", f"/issuances?{query}").query
    found = read_selection(pairs, switches, NOW).of(HELD)
    return "".join(str(one.content["issuanceCode"]) for one in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABC"),
        ("status=AVAILABLE", "AB"),
        ("status=REDEEMED", "C"),
        ("status=EXPIRED", ""),
        (f"status=EXPIRED&from={day(-365)}", "D"),
        ("businessUnit=U2", "B"),
        ("businessUnit=u2", ""),
        ("businessUnit=", ""),
        ("type=voucher", "ABC"),
        ("type=VOUCHER", "ABC"),
        ("locale=fr-CA&limit=2", "AB"),
        ("maxResults=1", "A"),
    ],
)
def test_parameters_select(query: str, expected: str) -> None:
    """Without `from`, what is over is left out."""
    assert shown(query) == expected


@pytest.mark.parametrize(
    ("query", "by_expiry", "by_issue"),
    [
        ("", "ABC", "ABC"),
        (f"from={day(-365)}", "ABCDE", "ABCDE"),
        (f"from={day(-20)}", "ABCD", "ABC"),
        (f"from={day(-20)}&to={day(0)}", "BD", "ABC"),
        (f"from={day(-20)}&to={day(-5)}", "D", "BC"),
        (f"from={day(-20)}&until=10", "", "BC"),
        (f"from={day(-20)}&until=15", "D", "BC"),
        (f"from={day(-20)}&until=30&to={day(-10)}", "", "BC"),
        (f"to={day(10)}", "BC", "ABC"),
        ("until=0", "B", "ABC"),
        ("until=20", "BC", "ABC"),
        (f"from={day(50)}", "", ""),
    ],
)
@pytest.mark.parametrize("position", ["expiry", "issued"])
def test_the_dates_look_at_issue_or_expiry(
    query: str, by_expiry: str, by_issue: str, position: Literal["expiry", "issued"]
) -> None:
    """The switch says which date `from`, `to` and `until` are about; both ends are included."""
    expected = {"expiry": by_expiry, "issued": by_issue}
    assert shown(query, Switches(es_loyalty_issuances_date=position)) == expected[position]


@pytest.mark.parametrize(
    ("query", "by_limit", "by_most"),
    [
        ("limit=1&maxResults=2", "A", "AB"),
        ("limit=2&maxResults=1", "AB", "A"),
        ("limit=1", "A", "A"),
        ("maxResults=1", "A", "A"),
    ],
)
@pytest.mark.parametrize("winner", ["limit", "max_results"])
def test_one_of_two_limits_wins(
    query: str, by_limit: str, by_most: str, winner: Literal["limit", "max_results"]
) -> None:
    """The switch says which limit counts when both are sent."""
    expected = {"limit": by_limit, "max_results": by_most}
    assert shown(query, Switches(es_loyalty_issuances_limit=winner)) == expected[winner]


@pytest.mark.parametrize(
    ("query", "count"), [("", 20), ("limit=150", 150), ("maxResults=150", 100), ("limit=7", 7)]
)
def test_twenty_come_by_default_and_a_hundred_at_most(query: str, count: int) -> None:
    """`maxResults` is cut to a hundred without a word; `limit` is not."""
    many = [issuance(str(n), "AVAILABLE", issued=-1, expires=1) for n in range(200)]
    pairs = Request.parse("GET", f"/issuances?{query}").query
    assert len(read_selection(pairs, DEFAULT, NOW).of(many)) == count


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (f"from={day(-365) - 1}", "from value must be within last 1 year from today's date"),
        ("from=0", "from value must be within last 1 year from today's date"),
        ("from=yesterday", "from value should be a valid epoch"),
        ("to=", "to value should be a valid epoch"),
        ("until=1.5", "until value should be a number of days"),
        ("limit=0", "limit value should be a positive number"),
        ("maxResults=-1", "maxResults value should be a positive number"),
        ("type=coupon", "type value should be voucher"),
        ("status=available", "status value should be one of AVAILABLE, REDEEMED, EXPIRED"),
        ("max_results=1", "Parameter max_results is not allowed"),
        ("from=1&from=2", "Parameter from is given more than once"),
    ],
)
def test_bad_parameters_are_refused(query: str, message: str) -> None:
    """The one documented error has its text; anything else that is wrong is a 400 as well."""
    with pytest.raises(Refused) as caught:
        shown(query)
    assert caught.value.status == 400
    content = {"statusCode": 400, "errorMessage": message, "errorCode": "INVALID_REQUEST"}
    assert caught.value.content == content
