"""What callers give, checked against the forms that are written down."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Annotated, Any, Literal, Required, TypedDict, get_type_hints, is_typeddict

import pytest

from loyalty_sdk import voucherify
from loyalty_sdk._core.given.inputs import Between, Prose, Writing, body, changes, plain
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.voucherify import Hundredths, Weekday
from loyalty_sdk.voucherify.inputs.values import Amount, Count, Metadata
from loyalty_sdk.voucherify.inputs.vouchers import BalanceFields, NewVoucher


class Line(TypedDict, total=False):
    """A form in a list."""

    name: Required[str]
    pieces: Annotated[int, Between(1, 9)]


def _year(argument: str, value: datetime) -> int:
    if value.year < 1000:
        raise InvalidArgument(argument, "no year")
    return value.year


LINES = [{"name": "a"}, {"name": "b", "pieces": 2}]
MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
Small = Annotated[int, Between(0, 9)]


def test_none_is_left_out_or_null() -> None:
    """What is made leaves it out; what is changed sends it, and so clears a field."""
    fields = {"type": "LOYALTY_CARD", "campaign": None, "active": False}
    assert body(NewVoucher, fields) == {"type": "LOYALTY_CARD", "active": False}
    assert changes(NewVoucher, fields) == fields


def test_a_misspelt_argument() -> None:
    """It is Python's own error, and names those that there are."""
    with pytest.raises(TypeError, match=r"'amout'.*amount, source_id, reason"):
        body(BalanceFields, {"amout": 5})


@pytest.mark.parametrize("given", [{}, {"amount": None}])
def test_an_argument_that_must_be_given(given: dict[str, Any]) -> None:
    """It is named."""
    with pytest.raises(InvalidArgument, match="amount: must be given"):
        body(BalanceFields, given)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (str, "text", "text"),
        (str | None, None, None),
        (Prose, "two\nlines", "two\nlines"),
        (Count, 0, 0),
        (Count, Weekday.SATURDAY, 6),
        (Amount, Hundredths(1000), Decimal(1000)),
        (Amount, 10**15, 10**15),
        (bool, True, True),
        (datetime, MAY_1, "2026-05-01T00:00:00.000Z"),
        (date | str, date(2026, 5, 1), "2026-05-01"),
        (date | str, "2026-05-01", "2026-05-01"),
        (Literal["A", "B"], "B", "B"),
        (Literal["A", "B"] | str, "C", "C"),
        (Literal[True], True, True),
        (Sequence[Line], [{"name": "a"}, {"name": "b", "pieces": 2}], LINES),
        (Annotated[datetime, Writing(_year)], MAY_1, 2026),
        (Metadata, {"a": (1, None, {"b": MAY_1})}, {"a": [1, None, {"b": "2026-05-01T00:00:00Z"}]}),
    ],
)
def test_what_fits_is_written(kind: Any, value: Any, written: Any) -> None:
    """A value is put into the form that JSON has for it."""
    found = plain("argument", value, kind)
    assert found == written
    assert type(found) is type(written)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (str, 5, "takes text, not int"),
        (str, "", "must not be empty"),
        (str, "two\nlines", "control characters"),
        (Prose, "", "None stands for nothing"),
        (Prose, "half \ud800", "half a surrogate pair"),
        (Count, -1, "from 0 to"),
        (Count, True, "a whole number"),
        (Count, 1.0, "takes a whole number, not float"),
        (float, "1.5", "takes a number, not str"),
        (float, float("nan"), "no number"),
        (Amount, Decimal("NaN"), "no number"),
        (Amount, Decimal(-1), "from 0 to"),
        (Amount, "10", "a whole number or a Decimal, not str"),
        (Small | None, 10, "from 0 to 9"),
        (bool, 1, "True or False"),
        (datetime, datetime(2026, 5, 1), "time zone"),
        (datetime, date(2026, 5, 1), "a datetime with a time zone"),
        (date | str, MAY_1, "a date or text"),
        (Literal["A", "B"], "C", "one of A, B"),
        (Literal["A", "B"], 5, "one of A, B"),
        (Literal[True], False, "takes True"),
        (Metadata, [("a", 1)], "an object"),
        (Line, [], "an object"),
        (Sequence[Line], {}, "a list"),
        (Sequence[str], [], "a list of 1 to 500"),
        (Annotated[datetime, Writing(_year)], datetime(1, 1, 1), "no year"),
        (Metadata, {5: 1}, "a key in it"),
    ],
)
def test_what_does_not_fit_is_refused(kind: Any, value: Any, words: str) -> None:
    """The error says what is expected, and nothing of the value."""
    with pytest.raises(InvalidArgument, match=words) as caught:
        plain("argument", value, kind)
    assert caught.value.argument == "argument"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([{"name": "a"}, {"pieces": 1}], "argument[1][name]: must be given"),
        ([{"name": "a", "colour": "red"}], "argument[0][colour]: is none of name, pieces"),
        ([{"name": "a", "pieces": 10}], "argument[0][pieces]: must be from 1 to 9"),
    ],
)
def test_the_place_is_named(lines: Any, place: str) -> None:
    """What is wrong inside is named by its path."""
    with pytest.raises(InvalidArgument, match=re.escape(place)):
        plain("argument", lines, Sequence[Line])


FORMS = [
    found
    for name in voucherify.__all__
    if is_typeddict(found := getattr(voucherify, name)) and not name.endswith("Conditions")
]


def test_there_are_forms() -> None:
    """The walk below finds them."""
    assert {"OrderFields", "NewVoucher", "RedemptionList", "Dates"} <= {f.__name__ for f in FORMS}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_field_of_a_form_is_described(form: type) -> None:
    """Each field stands under `Attributes`, there or with the form that it says it is more than."""
    described = inspect.getdoc(form) or ""
    for base in FORMS:
        if f"`{base.__name__}`" in described:
            described += inspect.getdoc(base) or ""
    for name in get_type_hints(form):
        assert f"\n    {name}: " in described, name
