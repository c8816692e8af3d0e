"""The headers of vendors' webhooks, for tests of what receives them."""

from __future__ import annotations

import json
import time
import uuid

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.webhooks.cardlytics.tokens import body_digest
from loyalty_sdk.webhooks.cardlytics.tokens import in_base64 as in_token
from loyalty_sdk.webhooks.receiver import checked_body, checked_secrets, hmac_of
from loyalty_sdk.webhooks.spaaza.receiver import SIGNATURE as SPAAZA_SIGNATURE
from loyalty_sdk.webhooks.spaaza.receiver import in_base64
from loyalty_sdk.webhooks.voucherify.receiver import SIGNATURE as VOUCHERIFY_SIGNATURE


def signed_voucherify(body: bytes, secret: str | Secret) -> dict[str, str]:
    """The headers with which Voucherify sends a body.

    Args:
        body: The body; Voucherify's JSON has no white space around its values.
        secret: The project's secret key.
    """
    return {VOUCHERIFY_SIGNATURE: _hmac(secret, body).hex()}


def signed_spaaza(body: bytes, secret: str | Secret) -> dict[str, str]:
    """The headers with which Spaaza sends a body.

    Args:
        body: The body.
        secret: The webhook's secret.
    """
    return {SPAAZA_SIGNATURE: in_base64(_hmac(secret, body))}


def signed_marketplace(
    body: bytes, secret: str | Secret, *, application_id: str, good_for: float = 300.0
) -> dict[str, str]:
    """The headers with which Powered by Cardlytics sends a body.

    Args:
        body: The body.
        secret: The webhook's `secretKey`.
        application_id: The webhook's `applicationId`.
        good_for: For how many seconds from now; below 0, its time is over already.
    """
    claims = {
        "iss": application_id,
        "sub": body_digest(checked_body(body)),
        "exp": int(time.time() + good_for),
        "jti": str(uuid.uuid4()),
    }
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    signed = ".".join(in_token(json.dumps(part).encode()) for part in parts)
    signature = in_token(_hmac(secret, signed.encode()))
    return {"authorization": f"Bearer {signed}.{signature}"}


def _hmac(secret: str | Secret, body: bytes) -> bytes:
    (key,) = checked_secrets((secret,))
    return hmac_of(key, checked_body(body))
