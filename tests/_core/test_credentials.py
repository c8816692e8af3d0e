from __future__ import annotations

import pytest

from loyalty_sdk import Secret
from loyalty_sdk._core.credentials import Token, checked_secret, checked_source
from loyalty_sdk.errors import InvalidArgument


@pytest.mark.parametrize(
    "wrong", ["", " ", "a ", "\ta", "a\nb", "a\x00", "ü", None, 5, b"a", Secret(""), Secret("a\n")]
)
def test_what_cannot_stand_in_a_header(wrong):
    """It is refused by name, and not shown."""
    for check in (checked_secret, checked_source):
        with pytest.raises(InvalidArgument) as caught:
            check("token", wrong)
        assert caught.value.argument == "token"


def test_what_can():
    """Text, a `Secret`, or a function, which is asked when it is needed."""
    assert checked_secret("token", "a b").reveal() == "a b"
    assert checked_secret("token", Secret("a")) == Secret("a")
    assert checked_source("token", "a") == "a"
    assert checked_source("token", pytest.fail) is pytest.fail


def test_a_token_hides_its_value():
    """What a renewal gives can be shown."""
    assert "PLANTED" not in repr(Token(Secret("PLANTED"), 3))
