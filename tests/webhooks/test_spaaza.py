from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from loyalty_sdk.errors import BadSignature
from loyalty_sdk.testing import signed_spaaza
from loyalty_sdk.webhooks import SpaazaWebhooks


def test_it_is_the_hmac_of_the_raw_body_in_base64():
    """As documented, in Base64; in hexadecimal digits, or of a denser body, it proves nothing."""
    body, key = b'{"a": 1}', b"0123456789abcdef0123456789abcdef"
    digest = hmac.new(key, body, hashlib.sha256)
    signature = base64.b64encode(digest.digest()).decode()
    assert signed_spaaza(body, key.decode()) == {"x-spaaza-hmac-sha256": signature}
    webhooks = SpaazaWebhooks(key.decode())
    webhooks.check({"X-Spaaza-Hmac-SHA256": signature}, body)
    with pytest.raises(BadSignature):
        webhooks.check({"X-Spaaza-Hmac-SHA256": digest.hexdigest()}, body)
    with pytest.raises(BadSignature):
        webhooks.check(signed_spaaza(b'{"a":1}', key.decode()), body)
