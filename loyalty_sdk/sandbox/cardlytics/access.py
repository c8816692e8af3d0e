"""Customers' security tokens: GUIDs that stand for customers in paths.

https://docs.cardlytics.com/ads/v1/endpoints/get-token.html
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

import attrs

from ..synthetic import Clock, characters
from .answers import bad_request, expired, not_found

_GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", re.IGNORECASE)


@attrs.frozen
class Token:
    """A token, and when it stops being good."""

    customer_id: str
    good_until: datetime


class Access:
    """The tokens that were given out."""

    def __init__(self, source: Random, now: Clock) -> None:
        """Give out none yet."""
        self._source = source
        self._now = now
        self._tokens: dict[str, Token] = {}

    def give(self, customer_id: str, lifetime: float) -> str:
        """A new token for a customer, good for so many seconds."""
        digits = characters(self._source, 32, "0123456789ABCDEF")
        parts = digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]
        token = "-".join(parts)
        until = self._now() + timedelta(seconds=lifetime)
        self._tokens[token] = Token(customer_id, until)
        return token

    def customer_of(self, text: str) -> str:
        """Whose token this is.

        Raises:
            Refused: It is malformed, unknown or over.
        """
        if not _GUID.fullmatch(text):
            raise bad_request("The security token is malformed.")
        token = self._tokens.get(text.upper())
        if token is None:
            raise not_found("security token")
        if token.good_until <= self._now():
            raise expired(token.good_until.strftime("%Y-%m-%dT%H:%M:%S"))
        return token.customer_id

    def expire(self) -> None:
        """End all tokens now."""
        now = self._now()
        self._tokens = {
            text: attrs.evolve(token, good_until=min(now, token.good_until))
            for text, token in self._tokens.items()
        }
