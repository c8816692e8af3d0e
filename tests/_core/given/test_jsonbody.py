from __future__ import annotations

import enum
import uuid
from collections import OrderedDict
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest

from loyalty_sdk import Secret
from loyalty_sdk._core.given.jsonbody import json_body, plain_json
from loyalty_sdk.errors import InvalidArgument

UTC = timezone.utc


class Word(str):
    __slots__ = ()

    def __str__(self):
        return "disguise"


class Kind(enum.Enum):
    ONE = "one"
    SEVERAL = (1, "x")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"null"), (True, b"true"), ("ü", '"ü"'.encode()), (10**30, str(10**30).encode()),
        (1.5, b"1.5"), (Decimal("1.10"), b"1.10"), ((1, [2]), b"[1,[2]]"),
        (MappingProxyType({"a": 1}), b'{"a":1}'), (OrderedDict(a={}), b'{"a":{}}'),
        (Word("x"), b'"x"'), ({Word("k"): 1}, b'{"k":1}'), (Kind.ONE, b'"one"'),
        (Kind.SEVERAL, b'[1,"x"]'), (enum.IntEnum("N", {"A": 3}).A, b"3"),
        (datetime(2024, 5, 1, 12, tzinfo=UTC), b'"2024-05-01T12:00:00Z"'),
        (datetime(2024, 5, 1, tzinfo=timezone(timedelta(hours=2))), b'"2024-05-01T00:00:00+02:00"'),
        (date(2024, 5, 1), b'"2024-05-01"'),
        (uuid.UUID(int=1), b'"00000000-0000-0000-0000-000000000001"'),
        (type("Money", (Decimal,), {})("2.50"), b"2.50"),
        (type("Share", (float,), {})(0.5), b"0.5"),
    ],
)  # fmt: skip
def test_what_is_written(value, written):
    """Each value has one spelling; subclasses are written by what they hold."""
    assert json_body("json", value) == written


@pytest.mark.parametrize(
    "unfit",
    [
        float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), b"x", {1}, object(), len,
        str, Secret("PLANTED\ud800"), "\ud800", 10**1024, datetime(2024, 5, 1), {5: 1},
        {"\ud800": 1},
    ],
)  # fmt: skip
def test_what_is_refused(unfit):
    """Nothing is written as something else; the place is named, and no value shown."""
    with pytest.raises(InvalidArgument, match="cannot be written as JSON") as caught:
        plain_json("metadata", {"tiers": [0, unfit]})
    assert caught.value.argument == "metadata[tiers][1]"
    assert "PLANTED" not in str(caught.value)


def test_a_secret_is_written_as_its_text():
    """The body is where it belongs; what is shown of a request has no body."""
    assert json_body("json", {"a": [Secret("b")]}) == b'{"a":["b"]}'


def test_what_has_no_end():
    """A list in itself is refused, not followed."""
    endless = []
    endless.append(endless)
    with pytest.raises(InvalidArgument, match=r"json: .* nested too deeply"):
        json_body("json", endless)
