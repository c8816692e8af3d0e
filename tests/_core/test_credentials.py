from __future__ import annotations

import copy
import pickle
import traceback

import attrs
import pytest

from loyalty_sdk import Secret
from loyalty_sdk._core.credentials import Hidden, Token, checked_secret
from loyalty_sdk._core.reading.convert import decode
from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer

from .toy import Key


@pytest.mark.parametrize(
    "wrong", ["", " ", "a ", "\ta", "a\nb", "a\x00", "ü", None, 5, b"a", Secret(""), Secret("a\n")]
)
def test_what_cannot_stand_in_a_header(wrong):
    """It is refused by name, and not shown."""
    for check in (lambda: checked_secret("key", wrong), lambda: Key(wrong)):
        with pytest.raises(InvalidArgument) as caught:
            check()
        assert caught.value.argument == "key"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (5, "must be text, not int"),
        ("", "must not be empty, nor begin or end with white space"),
        ("a\n", "must not be empty, nor begin or end with white space"),
        ("a\x00b", "must be plain ASCII text"),
    ],
)
def test_what_is_said_of_it(wrong, said):
    """Word by word what would do."""
    with pytest.raises(InvalidArgument) as caught:
        checked_secret("key", wrong)
    assert str(caught.value) == f"key: {said}"


def test_what_can():
    """Text, a `Secret`, or a function, which is asked when it is needed."""
    assert checked_secret("token", "a b").reveal() == "a b"
    assert checked_secret("token", Secret("a")) == Secret("a")
    assert Key("a").key == Key(Secret("a")).key == Secret("a")
    assert Key(pytest.fail).key is pytest.fail


def test_a_token_hides_its_value():
    """What a renewal gives can be shown."""
    assert "PLANTED" not in repr(Token(Secret("PLANTED"), 3))


def test_an_auth_value_is_not_pickled():
    """Not even one whose secret is a function; a copy is the value itself."""
    for auth in (Key("a"), Key(len)):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError) as caught:
                pickle.dumps(auth, protocol)
            assert str(caught.value) == (
                "Key is not pickled: store what reveal() of its secrets gives "
                "where secrets belong, and make it anew"
            )
        assert copy.copy(auth) is copy.deepcopy([auth])[0] is auth


def test_an_auth_value_names_its_headers():
    """Without having its secrets."""
    assert Key(pytest.fail).header_names() == {"x-key"}


def test_the_frames_of_a_constructor_let_go():
    """One that raises leaves no argument in a frame."""
    with pytest.raises(InvalidArgument) as caught:
        Key("PLANTED\n")
    frames = [frame for frame, _ in traceback.walk_tb(caught.tb)][1:]
    assert not [frame for frame in frames if "PLANTED" in repr(frame.f_locals)]


def test_a_field_that_is_a_secret():
    """It is read from text or a number, and hidden."""

    @attrs.frozen(kw_only=True, weakref_slot=False)
    class Session(Model):
        key: Hidden = promised()

    def read(text):
        return decode(text, lambda body, to: to.one(Session, body)).key

    assert read(b'{"key": "k1"}') == Secret("k1")
    assert read(b'{"key": 12}') == Secret("12")
    with pytest.raises(UnreadableAnswer, match=r"\$\.key"):
        read(b'{"key": ["k1"]}')
