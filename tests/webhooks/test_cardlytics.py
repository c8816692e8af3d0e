"""Tokens beside the body: whose, of which body, and until when."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from decimal import Decimal

import pytest

from loyalty_sdk.cardlytics.v2 import Redemption
from loyalty_sdk.errors import BadSignature, InvalidArgument, StaleSignature
from loyalty_sdk.testing import signed_marketplace
from loyalty_sdk.webhooks import MarketplaceWebhooks, PublisherWebhooks

from .events import APPLICATION, PUBLISHER, RECORDED, SECRET

BODY = b'{"eventId": "1"}'


def _in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _token(claims: object, head: object = None) -> dict[str, str]:
    """A token that is truly signed, whatever it says."""
    head = {"alg": "HS256"} if head is None else head
    parts = [
        part if isinstance(part, bytes) else json.dumps(part).encode() for part in (head, claims)
    ]
    signed = ".".join(map(_in_base64, parts))
    signature = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    return {"Authorization": f"Bearer {signed}.{_in_base64(signature)}"}


def _claims(**changes: object) -> dict[str, object]:
    usual = {
        "iss": APPLICATION,
        "sub": hashlib.md5(BODY).hexdigest(),
        "exp": int(time.time()) + 300,
        "jti": "1",
    }
    return {key: value for key, value in {**usual, **changes}.items() if value is not None}


def _webhooks(**arguments: object) -> MarketplaceWebhooks:
    return MarketplaceWebhooks(SECRET, **{"application_id": APPLICATION, **arguments})


def test_a_token_as_documented():
    """Issuer, digest of the body, and a time ahead; times may have a fraction."""
    _webhooks().check(_token(_claims()), BODY)
    _webhooks().check(_token(_claims(exp=time.time() + 3600.5)), BODY)
    _webhooks().check(_token(_claims(), head={"alg": "HS256", "typ": "JWT", "kid": "x"}), BODY)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"sub": None}, "of another body"),
        ({"sub": 7}, "of another body"),
        ({"sub": hashlib.md5(b"x").hexdigest()}, "of another body"),
        ({"sub": "\ud800"}, "of another body"),
        ({"iss": None}, "of another application"),
        ({"iss": APPLICATION + "0"}, "of another application"),
        ({"exp": None}, "until when"),
        ({"exp": True}, "until when"),
        ({"exp": "9999999999"}, "until when"),
    ],
)
def test_what_a_token_may_not_say(claims, words):
    """Each claim is held against the request; the error names what does not fit."""
    with pytest.raises(BadSignature, match=words) as caught:
        _webhooks().check(_token(_claims(**claims)), BODY)
    assert not isinstance(caught.value, StaleSignature)


@pytest.mark.parametrize("ahead", [-61, -(10**9), 3600 + 70, 10**12, 10**400])
def test_a_token_of_another_time(ahead):
    """Over, or further ahead than the documented hour: stale, with a word on clocks."""
    with pytest.raises(StaleSignature, match="clock"):
        _webhooks().check(_token(_claims(exp=int(time.time()) + ahead)), BODY)


def test_clocks_may_differ_by_the_leeway():
    """A minute, or what you say; a token that came before is refused once its time is over."""
    late = _token(_claims(exp=int(time.time()) - 10))
    _webhooks().check(late, BODY)
    with pytest.raises(StaleSignature):
        _webhooks(leeway=0).check(late, BODY)
    replayed = signed_marketplace(BODY, SECRET, application_id=APPLICATION, good_for=-600)
    with pytest.raises(StaleSignature):
        _webhooks().check(replayed, BODY)
    _webhooks(leeway=900).check(replayed, BODY)


@pytest.mark.parametrize(
    "head",
    [{}, {"alg": "none"}, {"alg": "RS256"}, {"alg": "HS256", "crit": ["x"]}, [], b"", b"\xff"],
)
def test_only_hs256(head):
    """What the token says of its own algorithm is never believed, and only HS256 is taken."""
    with pytest.raises(BadSignature, match="not made with"):
        _webhooks().check(_token(_claims(), head=head), BODY)


@pytest.mark.parametrize("claims", [[], b"", b"x", b"[" * 100_000, 7])
def test_claims_that_are_no_object(claims):
    """A token that says nothing proves nothing."""
    with pytest.raises(BadSignature):
        _webhooks().check(_token(claims), BODY)


def test_the_kind_of_authorization():
    """`Bearer`, in any case, and no other."""
    ((name, value),) = _token(_claims()).items()
    _webhooks().check({name: value.replace("Bearer", "bearer")}, BODY)
    for other in (value.removeprefix("Bearer "), value.replace("Bearer", "Basic")):
        with pytest.raises(BadSignature, match="Bearer"):
            _webhooks().check({name: other}, BODY)


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("application_id", ""),
        ("application_id", None),
        *(("leeway", wrong) for wrong in (-1, True, float("nan"), "1")),
    ],
)
def test_what_a_receiver_cannot_be_made_of(argument, value):
    """The argument is named."""
    with pytest.raises(InvalidArgument, match=argument):
        _webhooks(**{argument: value})


def test_a_publisher_s_function_decides():
    """It is given the header's value and the raw body; one of several is enough."""
    webhooks = PUBLISHER("new", "old")
    for good in ("new.16", "old.16"):
        assert webhooks.receive({"x-token": good}, BODY).key == "1"
    for wrong in ("other.16", "new.17"):
        with pytest.raises(BadSignature, match="no function takes the token"):
            webhooks.receive({"x-token": wrong}, BODY)
    with pytest.raises(BadSignature, match="no header X-Token"):
        webhooks.receive({"authorization": "new.16"}, BODY)


def test_an_exception_of_a_publisher_s_function_means_no():
    """Libraries for tokens raise; what they say may quote the token, and is not told on."""

    def failing(value: str, body: bytes) -> bool:
        raise ValueError(f"PLANTED {value}")

    with pytest.raises(BadSignature, match="ValueError") as caught:
        PublisherWebhooks(failing, failing, header="x").check({"x": "PLANTED"}, BODY)
    assert "PLANTED" not in f"{caught.value!r} {caught.value.__context__!r}"
    for verify, header in (((), "x"), ((None,), "x"), ((failing,), " "), ((failing,), None)):
        with pytest.raises(InvalidArgument):
            PublisherWebhooks(*verify, header=header)


def test_a_redemption_is_that_of_version_2():
    """What `customers.list_redemptions` would give of it, an event gives, too."""
    body = json.dumps(RECORDED["cardlytics.REDEMPTION_CONFIRMED"]).encode()
    [redemption] = _webhooks().read(body).data.redemptions
    assert isinstance(redemption, Redemption)
    assert redemption.amount == Decimal("3.59")
    assert not redemption.extra
