from __future__ import annotations

import copy
import json
import pickle
import traceback

import attrs
import pytest

from loyalty_sdk import Model, Secret
from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.hiding.redact import (
    SHOWN_HEADERS,
    held_secrets,
    secrets_within,
    shown_headers,
    shown_query,
)
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import promised
from loyalty_sdk.errors import MissingField


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
        with pytest.raises(TypeError) as caught:
            pickle.dumps(secret, protocol)
        where = "store what reveal() gives where secrets belong"
        assert str(caught.value) == f"a Secret is not pickled; {where}"
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
    assert len({hash(Secret(text)) for text in "abc"}) == 3
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
    assert held_secrets(Held(Held(one), other)) == [one, other]
    assert held_secrets((Held([Held(one)]), other, {"not": "looked into"})) == [one, other]


def test_the_secrets_beside_a_promise_that_was_broken():
    """They are found all the same."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Told(Model):
        id: str = promised()
        key: Hidden | None = None

    told = decode(b'{"key": "PLANTED"}', lambda body, read: read.one(Told, body))
    with pytest.raises(MissingField):
        _ = told.id
    assert held_secrets(told) == [Secret("PLANTED")]


def test_the_secrets_in_a_body():
    """At any depth; what is no secret is passed over."""
    one, other = Secret("a"), Secret("b")
    body = {"a": one, "b": [1, "x", (other, {"c": None})]}
    assert list(secrets_within(body)) == [one, other]
    assert list(secrets_within(None)) == []
