from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from urllib.parse import parse_qsl, unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.calls import (
    Call,
    Headers,
    Page,
    Response,
    quoted_path,
    quoted_query,
    shown_url,
)
from loyalty_sdk._core.given.arguments import (
    identifier,
)
from loyalty_sdk._core.hiding.echoes import Echoes
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer

visible = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        ("a/b", "/a%2Fb"), ("a b", "/a%20b"), ("ü", "/%C3%BC"), ("50%", "/50%25"),
        ("a?b#c", "/a%3Fb%23c"), ("...", "/..."), (17, "/17"), ("a\\b;c=1", "/a%5Cb%3Bc%3D1"),
    ],
)  # fmt: skip
def test_a_segment_stays_one_segment(given_, path):
    """Every character that could end a segment is quoted."""
    assert quoted_path([identifier("x", given_)]) == path
    assert httpx.URL("https://h" + path).raw_path == path.encode()


@given(visible)
def test_any_segment_survives_the_url(text):
    """What is sent as one segment is read back as the same one segment."""
    try:
        identifier("x", text)
    except InvalidArgument:
        assert not text.strip() or "." in text
        return
    raw = httpx.URL("https://h/v1" + quoted_path([identifier("x", text)]) + "/end").raw_path
    assert raw.count(b"/") == 3
    assert unquote(raw.decode().split("/")[2]) == text


@given(st.lists(st.tuples(visible, visible), max_size=5))
def test_any_query_survives_the_url(pairs):
    """What is sent as a query is read back, in order, the same."""
    url = httpx.URL("https://h/?" + quoted_query(pairs))
    assert parse_qsl(url.query.decode(), keep_blank_values=True) == pairs


def test_shown_url_masks_secrets_and_unknown_values():
    """Secret segments and every parameter that is not on the list are masked."""
    params = [("limit", "5"), ("email", "a@b.c")]
    assert shown_url("https://h", ["a", Secret("s3cret")], params, {"limit"}) == (
        "https://h/a/***?limit=5&email=***"
    )
    assert shown_url("https://h", ["a"], [], {"limit"}) == "https://h/a"


def test_a_call_shows_nothing_but_its_place():
    """The repr of a call has no query, no body and no header."""
    call = Call(
        method="POST", path=("a", Secret("p-PLANTED")), read=repr, params=[("q", "q-PLANTED")],
        json={"j": "j-PLANTED"}, form={"f": "f-PLANTED"}, headers={"h": "h-PLANTED"},
        hidden=(Secret("x-PLANTED"),),
    )  # fmt: skip
    assert "PLANTED" not in repr(call)
    assert "POST" in repr(call)


def test_a_response_shows_its_size_and_harmless_headers():
    """The repr of an answer holds neither its body nor unknown headers' values."""
    headers = Headers({"content-type": "text/html", "set-cookie": "id=PLANTED"})
    response = Response(200, headers, b"PLANTED")
    assert "PLANTED" not in repr(response)
    assert "text/html" in repr(response)
    assert "7 bytes" in repr(response)


def test_a_vendor_says_which_headers_its_answers_show():
    """No others are shown, whatever the usual ones are; what is masked stays so."""

    class Wire(Vendor):
        shown_headers = frozenset({"x-limit"})

    headers = Headers({"x-limit": "3 PLANTED", "content-type": "text/html"})
    response = Response(200, headers, b"").given_by(Wire())
    assert repr(response.without(Echoes([Secret("PLANTED")]))) == (
        "Response(status=200, headers={'x-limit': '3 ***', 'content-type': '***'}, 0 bytes)"
    )


def test_a_response_gives_text_and_json():
    """Text never fails; JSON is exact, and fails as ours."""
    response = Response(200, Headers({"X-A": "1"}), b'\xef\xbb\xbf{"a": 1.10}')
    assert response.json() == {"a": Decimal("1.10")}
    assert response.text() == '{"a": 1.10}'
    assert response.headers["x-a"] == "1"
    assert Response(200, Headers(), b"\xff").text() == "\ufffd"
    with pytest.raises(UnreadableAnswer):
        Response(200, Headers(), b"<html>").json()


def test_pages_compare_by_what_they_hold():
    """Two pages with the same items are equal, whatever answers they came in."""
    response = Response(200, Headers(), b"")
    assert Page(items=(1,), cursor="a", response=response) == Page(items=(1,), cursor="a")
    assert "response" not in repr(Page(items=(1,), response=response))
    page = Page(items=(1,), total=3)
    assert copy.deepcopy(page) == pickle.loads(pickle.dumps(page)) == page
