"""Tests of what may be written down of real traffic."""

from __future__ import annotations

import json
from decimal import Decimal

import httpx
import pytest
from conftest import RECORDED

from loyalty_sdk.testing.masking import PRIVATE, Masks, is_secret, open_enums


@pytest.mark.parametrize(
    ("name", "value", "stand_in"),
    [
        ("email", "ada@example.org", "masked-2@example.com"),
        ("first_name", "Ada", "masked-2"),
        ("user_id", 4711, 2),
        ("user_id", "4711", "2"),
        ("balance", Decimal("12.50"), Decimal("2.25")),
        ("price", "12.50", "2.25"),
        ("birthdate", "1815-12-10", "2001-01-03"),
        ("seen", "1815-12-10T08:30:15.123Z", "2001-01-03T00:00:00.000Z"),
        ("seen", "1815-12-10 08:30", "2001-01-03 00:00"),
        ("image", "https://cdn.example.org/ada.png", "https://example.com/masked-2"),
        ("session_key", "abc", "***1"),
        ("client_secret", "abc", "***1"),
        ("opted_in", True, True),
        ("nickname", None, None),
        ("nickname", "", ""),
        ("voucher_locked", "1", "1"),
        ("voucher_locked", 0, 0),
        ("status", "ACTIVE", "ACTIVE"),
        ("createdAt", "2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z"),
        ("total", 12, 12),
        ("status", "of ada@example.org", "masked-2@example.com"),
        ("type", "Zq8100Marker", "masked-2"),
    ],
)
def test_a_value_keeps_its_form(name, value, stand_in):
    """What is not in the list gets a stand-in of the same form, and so does what looks unlike."""
    assert Masks().value(name, value) == stand_in


def test_the_same_value_has_the_same_stand_in():
    """An id is recognised wherever it stands, as a number and as text."""
    masked = Masks().value("", {"user_id": 4711, "owner": "4711", "other": "4712"})
    assert masked == {"user_id": 2, "owner": "2", "other": "3"}


def test_names_below_others_can_be_shown():
    """What is shown is said by a name, or by two."""
    body = {"campaign": {"name": "Summer"}, "customer": {"name": "Ada"}, "city": "London"}
    masks = Masks(show=("campaign.name", "city"))
    shown = {"campaign": {"name": "Summer"}, "customer": {"name": "masked-2"}, "city": "London"}
    assert masks.value("", body) == shown
    assert masks.names == ("name",)


def test_keys_that_are_data_are_replaced():
    """Names of fields are kept, for models may not know them; what looks like data is not."""
    assert Masks().value("", {"new_field": None, "ada@example.org": None}) == {
        "new_field": None,
        "masked-2@example.com": None,
    }


def test_a_secret_that_is_repeated_is_found():
    """What a request proves is masked under every name."""
    masks = Masks()
    masks.learn([("authorization", "Basic YXBwOmh1bnRlcg=="), ("accept", "*/*")])
    masked = masks.value("", {"status": "hunter", "type": "no hunter here", "hunter": None})
    assert masked == {"status": "***4", "type": "masked-2", "***4": None}


def test_a_table_keeps_its_columns():
    """The cells of CSV are masked by the names of their columns; one beyond them, too."""
    table = "status,email\r\nACTIVE,ada@example.org,x\r\n"
    assert Masks().table(table) == "status,email\nACTIVE,masked-2@example.com,masked-3\n"
    assert Masks().table("") == "\n"


@pytest.mark.parametrize("name", ["password", "passcode", "refresh_token", "api_key", "sessionId"])
def test_names_of_secrets(name):
    """Secrets are known by their names."""
    assert is_secret(name)


@pytest.mark.parametrize("name", ["token_type", "nextPageToken", "cursor", "session_status"])
def test_names_of_no_secrets(name):
    """What only sounds so is none: the places of pages must differ from one another."""
    assert not is_secret(name)


def test_the_values_of_open_enums_are_kept():
    """By them what is new is found; those that say something of a person are masked."""
    assert {"status", "type", "voucher_type", "holder_role"} <= open_enums()
    masked = Masks().value("", dict.fromkeys(open_enums(), "SOMETHING_NEW"))
    assert {name for name, value in masked.items() if value != "SOMETHING_NEW"} == PRIVATE


@pytest.mark.parametrize(
    "path", sorted(RECORDED.glob("*/*.200*.json")), ids=lambda p: f"{p.parent.name}.{p.stem}"
)
def test_what_is_masked_has_the_same_shape(path):
    """Every recorded answer keeps its names, its kinds of values and its lengths."""
    kept = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    if "body" in kept:
        assert _shape(Masks().value("", kept["body"])) == _shape(kept["body"])


def _shape(value):
    if isinstance(value, dict):
        return sorted((len(_shape(inner)), type(inner).__name__) for inner in value.values())
    if isinstance(value, list):
        return [_shape(inner) for inner in value]
    return type(value).__name__


def test_headers_that_may_be_shown_must_look_harmless():
    """A listed header that holds something else is not written, and is named."""
    masks = Masks()
    given = {"date": "Mon, 01 Jan 2024 00:00:00 GMT", "content-type": "text/csv; charset=utf-8"}
    odd = {"retry-after": "Zq810055511110000", "set-cookie": "a=b"}
    assert masks.headers(httpx.Headers(given | odd).items()) == given
    assert masks.names == ("retry-after (header)", "set-cookie (header)")
