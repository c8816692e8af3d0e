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
    identifier,
    one_of,
    query,
    quoted_path,
    quoted_query,
    shown_url,
    within,
)
from loyalty_sdk._core.echoes import Echoes
from loyalty_sdk._core.redact import Secret
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer

visible = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    "refused",
    [
        "", "   ", ".", "..", "a\nb", "a\x00", "\x7f", "a\r", "\ud800", "x" * 1025,
        None, True, 1.5, b"x", ["x"], Secret(""), Secret(".."), Secret("a\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_segment_is_refused(refused):
    """Nothing that is empty, climbs, or cannot be written leaves this machine."""
    with pytest.raises(InvalidArgument) as caught:
        identifier("card_id", refused)
    assert caught.value.argument == "card_id"


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        ("a/b", "/a%2Fb"), ("a b", "/a%20b"), ("ü", "/%C3%BC"), ("%2e%2e", "/%252e%252e"),
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
    if not text.strip() or text in (".", ".."):
        return
    raw = httpx.URL("https://h/v1" + quoted_path([identifier("x", text)]) + "/end").raw_path
    assert raw.count(b"/") == 3
    assert unquote(raw.decode().split("/")[2]) == text


@given(st.lists(st.tuples(visible, visible), max_size=5))
def test_any_query_survives_the_url(pairs):
    """What is sent as a query is read back, in order, the same."""
    url = httpx.URL("https://h/?" + quoted_query(pairs))
    assert parse_qsl(url.query.decode(), keep_blank_values=True) == pairs


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
    with pytest.raises(InvalidArgument, match="0 or more"):
        within("n", -1, 0, None)


def test_one_of_the_allowed_words():
    """A word must be one of those documented; `None` passes."""
    assert [one_of("order", word, ("id", "-id")) for word in (None, "id")] == [None, "id"]
    with pytest.raises(InvalidArgument, match="id, -id"):
        one_of("order", "ID", ("id", "-id"))


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
