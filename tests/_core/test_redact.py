from __future__ import annotations

import copy
import json
import pickle
import traceback

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk import Secret
from loyalty_sdk._core.redact import (
    SHOWN_HEADERS,
    scrubbed,
    secret_words,
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
    shown = shown_headers([("Content-Type", "text/html"), ("X-New", "PLANTED")])
    assert shown == {"Content-Type": "text/html", "X-New": "***"}
    assert not {"authorization", "cookie", "set-cookie", "x-app-token"} & SHOWN_HEADERS


def test_parameters_are_shown_by_an_allow_list():
    """The same for the query."""
    assert shown_query([("limit", "3"), ("email", "a@b.c")]) == "limit=3&email=***"


def test_words_that_are_secret():
    """A secret is looked for with its scheme, without it, and as it stands in a path."""
    words = secret_words([Secret("Bearer a/bcd"), Secret("abcdefgh"), Secret("pin")])
    assert words == ["Bearer%20a%2Fbcd", "Bearer a/bcd", "abcdefgh", "a%2Fbcd", "a/bcd"]


def test_scrubbing_takes_the_longest_first():
    """A secret that begins like another one leaves no rest of the other one."""
    words = secret_words([Secret("abcd"), Secret("abcdefgh")])
    assert scrubbed("x abcdefgh abcd", words) == "x *** ***"
    assert scrubbed(("abcd", ("abcd", 1)), words) == ("***", ("***", 1))
    assert scrubbed(None, words) is None


@given(st.lists(st.text(min_size=4, max_size=12), max_size=4), st.text(max_size=20))
def test_scrubbed_words_are_gone(secrets, around):
    """Whatever the vendor repeats, no secret is left in it."""
    said = around.join(["", *secrets, ""])
    left = scrubbed(said, secret_words(map(Secret, secrets)))
    for secret in secrets:
        if not set(secret) & set("*") and around == "":
            assert secret not in left
