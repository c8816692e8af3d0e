from __future__ import annotations

import copy
import html
import json
import pickle
import re
import traceback
from urllib.parse import quote, quote_plus

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Secret
from loyalty_sdk._core.redact import (
    SHOWN_HEADERS,
    Echoes,
    held_secrets,
    shown_headers,
    shown_query,
)


def test_a_secret_is_masked_everywhere():
    """No way of showing it shows it; `reveal` gives the text."""
    secret = Secret("PLANTED")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r}", f"{secret!s}", repr([secret])]
    assert not any("PLANTED" in text for text in shown)
    assert secret.reveal() == "PLANTED"

    @attrs.frozen
    class Holder:
        key: Secret

    holder = Holder(secret)
    assert "PLANTED" not in repr(holder) + repr(attrs.asdict(holder))


def test_a_secret_is_not_pickled():
    """It does not slip into a cache or another process; copying in this one is harmless."""
    secret = Secret("PLANTED")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(secret, protocol)
    with pytest.raises(TypeError, match="not pickled"):
        secret.__getstate__()
    with pytest.raises(TypeError):
        json.dumps(secret)
    assert copy.copy(secret) is copy.deepcopy([secret])[0] is secret


def test_secrets_compare_by_their_text():
    """Two are equal when their texts are; one never equals its text."""
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert not hasattr(Secret("a"), "__dict__")


def test_a_secret_in_a_traceback_is_masked():
    """The frames of a traceback are shown with reprs."""

    def fails(secret):
        raise KeyError

    secret = Secret("PLAN" + "TED")
    try:
        fails(secret)
    except KeyError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        assert "PLANTED" not in "".join(shown.format())


def test_headers_are_shown_by_an_allow_list():
    """A new header stays hidden until somebody puts it on the list."""
    shown = shown_headers([("Content-Type", "text/html"), ("X-New", "PLANTED")], SHOWN_HEADERS)
    assert shown == {"Content-Type": "text/html", "X-New": "***"}
    assert not {"authorization", "cookie", "location", "set-cookie", "x-app-token"} & SHOWN_HEADERS


def test_parameters_are_shown_by_an_allow_list():
    """The same for the query."""
    assert shown_query([("limit", "3"), ("email", "a@b.c")], {"limit"}) == "limit=3&email=***"


@attrs.frozen
class Held:
    key: object = None
    other: object = None


def test_the_secrets_in_a_value():
    """A value that is one, or the fields of one; what is no secret has none."""
    one, other = Secret("a"), Secret("b")
    assert held_secrets(one) == [one]
    assert held_secrets(Held(one, other)) == [one, other]
    assert held_secrets(Held("a")) == []


AWKWARD = "S3c/r+%t\"'&=<\\~ ü\U0001f511"


@pytest.mark.parametrize(
    "write",
    [
        str, repr, str.lower, str.upper, json.dumps, html.escape, quote, quote_plus,
        lambda text: quote(text, safe=""), lambda text: quote(text, safe="").lower(),
        lambda text: repr(text.encode()), lambda text: json.dumps(json.dumps(repr(text))),
            lambda text: repr(json.dumps(repr(text.encode()))), lambda text: quote(quote(text)),
        lambda text: json.dumps(text).replace("/", "\\/").replace("&", "\\u0026"),
        lambda text: "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text),
        lambda text: "".join(c if c.isalnum() else f"&#x{ord(c):X};" for c in text),
    ],
)  # fmt: skip
@pytest.mark.parametrize("secret", [AWKWARD, "Bearer-abcdefgh", "/+%/+%", "a\\\\\\b\\"])
def test_a_secret_is_masked_however_it_is_written(write, secret):
    """Quoted, escaped, wrapped, in capitals; in text and in bytes; nothing of it is left."""
    said = f"before {write(secret)} behind"
    masked = Echoes([Secret(secret)]).masked(said)
    assert re.fullmatch(r"before [b\\\"']*\*\*\*[\\\"']* behind", masked), masked
    assert Echoes([Secret(secret)]).masked(said.encode()) == masked.encode()


def test_a_secret_is_looked_for_without_its_scheme():
    """`Bearer` stands before it in the header, and may be left out in an answer."""
    echoes = Echoes([Secret("Bearer a/bcd"), Secret("abcdefgh"), Secret("pin")])
    assert echoes.masked("Bearer a/bcd, a%2Fbcd, pin") == "***, ***, pin"


def test_the_longest_is_masked_first():
    """A secret that begins like another one leaves no rest of the other one."""
    echoes = Echoes([Secret("abcd"), Secret("abcdefgh")])
    assert echoes.masked("x abcdefgh abcd") == "x *** ***"
    assert echoes.masked(("abcd", ["abcd", 1], b"\xffabcd\x00")) == (
        "***", ["***", 1], b"\xff***\x00",
    )  # fmt: skip
    assert echoes.masked(None) is None
    assert Echoes([]).masked("abcd") == "abcd"


def test_a_number_that_a_secret_became_is_left_out():
    """A passcode in the place of a number is a secret, too; any other number stays."""
    echoes = Echoes([Secret("123456")])
    assert [echoes.masked(number) for number in (123456, 123456.0, 12, 1.5, True)] == [
        None, None, 12, 1.5, True,
    ]  # fmt: skip


@given(st.lists(st.text(min_size=4, max_size=12), max_size=4), st.text(max_size=20))
def test_masked_secrets_are_gone(secrets, around):
    """Whatever the vendor repeats, no secret is left in it."""
    said = around.join(["", *secrets, ""])
    left = Echoes(map(Secret, secrets)).masked(said)
    for secret in secrets:
        if not set(secret) & set("*") and around == "":
            assert secret not in left
