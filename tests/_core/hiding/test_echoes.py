from __future__ import annotations

import html
import json
import re
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Secret
from loyalty_sdk._core.hiding.echoes import Echoes

SECRETS = ["S3c/r+%t\"'&=<\\~ ü\U0001f511", "Bearer-abcdefgh", "/+%/+%", "a\\\\\\b\\"]


@pytest.mark.parametrize(
    "write",
    [
        str, repr, str.lower, str.upper, json.dumps, html.escape, quote, quote_plus,
        lambda text: quote(text, safe=""), lambda text: quote(text, safe="").lower(),
        lambda text: repr(text.encode()), lambda text: json.dumps(json.dumps(repr(text))),
        lambda text: repr(json.dumps(repr(text.encode()))),
        lambda text: json.dumps(text).replace("/", "\\/").replace("&", "\\u0026"),
        lambda text: "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text),
        lambda text: "".join(c if c.isalnum() else f"&#x{ord(c):X};" for c in text),
    ],
)  # fmt: skip
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_masked_however_it_is_written(write, secret):
    """Quoted, escaped, wrapped, in capitals; in text and in bytes; nothing of it is left."""
    said = f"before {write(secret)} behind"
    masked = Echoes([Secret(secret)]).masked(said)
    assert re.fullmatch(r"before [b\\\"']*\*\*\*[\\\"']* behind", masked), masked
    assert Echoes([Secret(secret)]).masked(said.encode()) == masked.encode()


@pytest.mark.parametrize(
    "write",
    [
        lambda text: quote(quote(text, safe=""), safe=""),
        lambda text: quote(json.dumps(text), safe=""),
        lambda text: html.escape(html.escape(text)), lambda text: quote(html.escape(text)),
        lambda text: html.escape(json.dumps(text).replace("&", "\\u0026")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_is_left_of_what_is_wrapped_in_several_ways(write, secret):
    """Then all of it may be masked: nobody reads such a text."""
    masked = Echoes([Secret(secret)]).masked(f"before {write(secret)} behind")
    assert "***" in masked
    assert not set(re.findall("[a-z0-9]{3,}", secret.lower())) & set(
        re.findall("[a-z0-9]{3,}", masked.lower())
    )


def test_what_only_looks_like_a_secret_stays():
    """Its longest word alone is none."""
    echoes = Echoes([Secret("my-token/1")])
    assert echoes.masked("no token, my token, token/1") == "no token, my token, token/1"


def test_a_secret_is_looked_for_without_its_scheme():
    """`Bearer` stands before it in the header, and may be left out in an answer."""
    echoes = Echoes([Secret("Bearer a/bcd"), Secret("abcdefgh"), Secret("pin")])
    assert echoes.masked("Bearer a/bcd, a%2Fbcd, pin") == "***, ***, pin"


def test_what_may_be_a_word_is_masked_where_it_stands_alone():
    """As a part of other words it is none; what is certainly a secret is masked everywhere."""
    echoes = Echoes([Secret("abcd")], perhaps=[Secret("prod"), Secret("abcd"), Secret("long-key")])
    assert echoes.masked("prod product (prod) abcde xlong-keyx") == "*** product (***) ***e x***x"


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
