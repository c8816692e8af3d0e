from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date
from operator import attrgetter

import pytest

from loyalty_sdk.errors import BadSignature
from loyalty_sdk.testing import signed_voucherify
from loyalty_sdk.voucherify import models
from loyalty_sdk.webhooks import VoucherifyWebhooks

VECTORS = {  # from the vendor's documents, with the secret `secretKey`
    b'{"a":1}': "a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2",
    b'{\n  "a": 1\n}': "a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2",
    b'{\n  "a\\"b": 1\n}': "f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb",
    b"  message  ": "53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358",
}


@pytest.mark.parametrize(("body", "signature"), VECTORS.items())
def test_the_vendor_s_own_examples(body, signature):
    """What the documents sign is good; white space around values does not count."""
    VoucherifyWebhooks("secretKey").check({"x-voucherify-signature": signature}, body)


def test_white_space_within_a_text_counts():
    """Only what JSON itself ignores is ignored: nothing within a text, nothing in its escapes."""
    signed = signed_voucherify(b'{"a":"x y\\\\","b":1}', "s")
    VoucherifyWebhooks("s").check(signed, b'\t{"a" : "x y\\\\",\r\n "b": 1}\n')
    for altered in (b'{"a":"xy\\\\","b":1}', b'{"a":"x  y\\\\","b":1}', b'{"a":"x y\\\\","b":1 1}'):
        with pytest.raises(BadSignature):
            VoucherifyWebhooks("s").check(signed, altered)


def test_it_is_the_hmac_of_the_raw_body():
    """Nothing is decoded or written anew on the way: numbers and escapes keep their form."""
    body = b'{"a":1.50,"b":"\\u00e9","c":"\xc3\xa9","d":1e2}'
    signature = hmac.new(b"s", body, hashlib.sha256).hexdigest()
    assert signed_voucherify(body, "s") == {"x-voucherify-signature": signature}
    VoucherifyWebhooks("s").check({"x-voucherify-signature": signature}, body)


@pytest.mark.parametrize(
    ("name", "data", "path", "value"),
    [
        ("campaign.created", {"campaign": {"is_referral_code": True}}, "is_referral_code", True),
        ("campaign.updated", {"campaign": {"voucher": {"type": "GIFT"}}}, "voucher.type", "GIFT"),
        ("campaign.loyalty_tier.created", {"loyalty_tier": {"name": "Gold"}}, "name", "Gold"),
        ("customer.updated", {"customer": {"address": {"city": "Oslo"}}}, "address.city", "Oslo"),
        ("customer.segment.left", {"segment": {"name": "few"}}, "name", "few"),
        ("customer.loyalty.tier.left", {"loyalty_tier_from": {"name": "Gold"}}, "name", "Gold"),
        ("customer.rewarded", {"reward": {"assignment_id": "rewa_1"}}, "assignment_id", "rewa_1"),
        (
            "customer.reward_redemptions.created",
            {"reward_assignment": {"parameters": {"loyalty": {"points": 5}}}},
            "parameters.loyalty.points",
            5,
        ),
        (
            "voucher.loyalty_card.pending_points.added",
            {"pending_points": {"activates_at": "2024-05-01"}},
            "activates_at",
            date(2024, 5, 1),
        ),
    ],
)
def test_what_an_event_tells_of_is_the_vendor_s_own_model(name, data, path, value):
    """What a call would give of it, an event gives, too: nothing of it is left to `extra`."""
    [(key, told)] = data.items()
    body = json.dumps({"type": name, "data": {key: {"id": "synthetic", **told}}}).encode()
    found = getattr(VoucherifyWebhooks("s").read(body).data, key)
    assert not found.extra
    assert isinstance(found, getattr(models, type(found).__name__))
    assert attrgetter(path)(found) == value
