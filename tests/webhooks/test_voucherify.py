from __future__ import annotations

import hashlib
import hmac

import pytest

from loyalty_sdk.errors import BadSignature
from loyalty_sdk.testing import signed_voucherify
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
