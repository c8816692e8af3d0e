"""Recorded events, and a receiver of each vendor with what signs for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from loyalty_sdk.testing import signed_marketplace, signed_spaaza, signed_voucherify
from loyalty_sdk.webhooks import (
    MarketplaceWebhooks,
    PublisherWebhooks,
    SpaazaWebhooks,
    VoucherifyWebhooks,
)

SECRET, OTHER = "synthetic-secret", "another-secret"
APPLICATION = "cdlx:00000000-0000-4000-8000-000000000000"
RECORDED = {
    path.stem: json.loads(path.read_text("utf-8"))["body"]
    for path in sorted((Path(__file__).parent / "recorded").glob("*.json"))
}


@attrs.frozen
class Signer:
    """How one kind of webhook is signed.

    Attributes:
        name: The receiver's module.
        header: Where the signature is.
        receiver: Makes a receiver with secrets.
        sign: The headers of a body and a secret.
    """

    name: str
    header: str
    receiver: Callable[..., Any]
    sign: Callable[[bytes, Any], dict[str, str]]


def _marketplace(*secrets: Any) -> MarketplaceWebhooks:
    return MarketplaceWebhooks(*secrets, application_id=APPLICATION)


def _publisher(*secrets: Any) -> PublisherWebhooks:
    """A stand-in for a library that knows the key: the token is the key and the body's length."""
    known = [lambda value, body, key=key: value == f"{key}.{len(body)}" for key in secrets]
    return PublisherWebhooks(*known, header="X-Token")


SIGNERS = [
    Signer("voucherify", "x-voucherify-signature", VoucherifyWebhooks, signed_voucherify),
    Signer("spaaza", "X-Spaaza-Hmac-SHA256", SpaazaWebhooks, signed_spaaza),
    Signer(
        "cardlytics",
        "authorization",
        _marketplace,
        lambda body, secret: signed_marketplace(body, secret, application_id=APPLICATION),
    ),
]
READERS = {signer.name: signer.receiver(SECRET) for signer in SIGNERS}
PUBLISHER = _publisher


def read(name: str, body: Any) -> Any:
    """The event that a recorded body, perhaps changed, is read as."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return READERS[name.partition(".")[0]].read(content)
