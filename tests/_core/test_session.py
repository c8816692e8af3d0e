from __future__ import annotations

import pytest

from loyalty_sdk import Secret
from loyalty_sdk._core.credentials import Token
from loyalty_sdk._core.session import Session, TokenSlot, checked_url
from loyalty_sdk.errors import InvalidArgument

from .toy import WIRE


@pytest.mark.parametrize(
    "url",
    ["https://h", "https://h:8443/base", "http://localhost:1", "http://127.0.0.1:9/x",
     "http://127.8.9.1", "http://[::1]:8080", "https://ümlaut.test"],
)  # fmt: skip
def test_urls_that_secrets_may_go_to(url):
    """Https anywhere, plain http on this machine."""
    assert checked_url("base_url", url, allow_http=False)


@pytest.mark.parametrize(
    "url",
    ["http://h", "http://127.0.0.1.h.test", "http://127x.test", "http://localhost.test", "http://0.0.0.0",
     "http://10.0.0.1", "HTTP://H"],
)  # fmt: skip
def test_plain_http_is_refused(url):
    """Unless the caller says that it may be; the error says how."""
    with pytest.raises(InvalidArgument, match="allow_http=True"):
        checked_url("base_url", url, allow_http=False)
    assert checked_url("base_url", url, allow_http=True)


@pytest.mark.parametrize(
    "url",
    ["", "h", "/path", "ftp://h", "https://", "https:///x", "file:///etc", "https://h:port", "https://[::1",
     "https://u:PLANTED@h", "https://h?", "https://h?q=PLANTED", "https://h/#", "https://h#f",
     None, 7, "https://" + "a" * 70000],
)  # fmt: skip
def test_what_is_no_base_url(url):
    """Refused by name when the client is made, and not shown: it may have a secret in it."""
    with pytest.raises(InvalidArgument) as caught:
        checked_url("base_url", url, allow_http=True)
    assert caught.value.argument == "base_url"
    assert "PLANTED" not in str(caught.value)


def test_a_base_url_needs_no_slash():
    """With or without one, the path begins once."""
    for url in ("https://h/base/", "https://h/base"):
        assert Session(WIRE, url, None, None).base_url == "https://h/base"


def test_headers_of_the_client_join_those_of_the_vendor():
    """The client's win."""
    session = Session(WIRE, "https://h", None, None, headers={"accept": "x", "b": "c"})
    assert session.headers == {"accept": "x", "accept-encoding": "gzip, deflate", "b": "c"}


def test_a_token_is_current_until_it_runs_out(monkeypatch):
    """A tenth of its life, at most a minute, is kept in reserve."""
    now = [1000.0]
    monkeypatch.setattr("loyalty_sdk._core.session.time.monotonic", lambda: now[0])
    slot = TokenSlot()
    assert slot.current(None) is None
    token = slot.put(Token(Secret("t"), 100), asked_at=1000.0)
    for moment, current in ((1089.9, token), (1090.0, None)):
        now[0] = moment
        assert slot.current(None) is current
    token = slot.put(Token(Secret("t"), 36000), asked_at=1000.0)
    for moment, current in ((36939.9, token), (36940.0, None)):
        now[0] = moment
        assert slot.current(None) is current
    token = slot.put(Token(Secret("t")), asked_at=0.0)
    now[0] = 1e12
    assert slot.current(None) is token
    assert slot.current(Secret("t")) is token
    assert slot.current(token) is None
