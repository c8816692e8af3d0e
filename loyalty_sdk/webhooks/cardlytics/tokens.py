"""The tokens of Powered by Cardlytics: JSON Web Tokens with HS256, and nothing else.

https://docs.cardlytics.com/poweredby/api-reference-authentication.html
"""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.coerce import object_or_empty
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk.errors import StaleSignature, UnreadableAnswer
from loyalty_sdk.webhooks.receiver import hmac_fits, refused

NAME = "webhooks.cardlytics"
LONGEST = 60 * 60
"""Seconds; `exp` is no further ahead."""


def claims_of(token: str, secrets: Iterable[Secret]) -> Mapping[str, Any] | None:
    """What a token says; `None` where none of the secrets made it."""
    signed, _, signature = token.rpartition(".")
    head, _, _ = signed.partition(".")
    if not hmac_fits(secrets, signed.encode("utf-8", "surrogateescape"), in_base64, signature):
        return None
    if _part(head).get("alg") != "HS256" or "crit" in _part(head):
        return None
    return _part(signed.partition(".")[2])


def check_claims(
    claims: Mapping[str, Any], body: bytes, application_id: str, leeway: float
) -> None:
    """Hold what a token says against the request.

    Raises:
        BadSignature: It is of another body or application.
        StaleSignature: Its time is over, or further ahead than documented.
    """
    if not _same(claims.get("sub"), body_digest(body)):
        raise refused(NAME, "the token is of another body; is this the raw body as it came?")
    if not _same(claims.get("iss"), application_id):
        raise refused(NAME, "the token is of another application; is application_id the webhook's?")
    ends = claims.get("exp")
    if isinstance(ends, bool) or not isinstance(ends, (int, Decimal)):
        raise refused(NAME, "the token does not say until when it is good")
    now = Decimal(time.time())
    if ends < now - Decimal(leeway):
        raise refused(
            NAME, "the token's time is over; is this machine's clock right?", StaleSignature
        )
    if ends > now + LONGEST + Decimal(leeway):
        words = "the token is good for longer than documented; is this machine's clock right?"
        raise refused(NAME, words, StaleSignature)


def body_digest(body: bytes) -> str:
    """What `sub` says of a body."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def in_base64(raw: bytes) -> str:
    """A part of a token."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _part(text: str) -> Mapping[str, Any]:
    """A part of a token that is a JSON object; empty where it is none."""
    try:
        return object_or_empty(parse(urlsafe_b64decode(text + "=" * (-len(text) % 4))))
    except (ValueError, UnreadableAnswer):
        return {}


def _same(said: object, known: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(
        said.encode("utf-8", "surrogatepass"), known.encode()
    )
