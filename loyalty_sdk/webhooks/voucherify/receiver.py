"""Voucherify's signature: https://docs.voucherify.io/api-reference/introduction-to-webhooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.webhooks.event import Event, Found
from loyalty_sdk.webhooks.receiver import (
    GivenHeaders,
    Receiver,
    checked_body,
    checked_secrets,
    does_not_fit,
    hmac_fits,
    the_header,
)

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.voucherify.envelope import Envelope
    from loyalty_sdk.webhooks.voucherify.types import EventData

SIGNATURE = "x-voucherify-signature"
_NAME = "webhooks.voucherify"


class VoucherifyWebhooks(Receiver["Envelope", "EventData"]):
    """Receives what Voucherify sends, by project or by distribution.

    `x-voucherify-signature` is the HMAC-SHA256 of the body in hexadecimal digits. The documents
    say that white space around JSON's values does not count: a body is also accepted without it.
    There is no time stamp: somebody who has a request can send it again, so de-duplicate on
    `event.key`, the id of the send-out.

    Args:
        *secrets: The secret key of the project's settings; several while you replace one.

    Raises:
        InvalidArgument: There is no secret, or one is not plain text.
    """

    def __init__(self, *secrets: str | Secret) -> None:
        self._secrets = checked_secrets(secrets)

    def check(self, headers: GivenHeaders, body: bytes) -> None:
        """Only check where a request comes from: see `receive`."""
        raw = checked_body(body)
        given = the_header(headers, SIGNATURE, _NAME)
        if hmac_fits(self._secrets, raw, bytes.hex, given):
            return
        if not hmac_fits(self._secrets, _dense(raw), bytes.hex, given):
            raise does_not_fit(_NAME, self._secrets)

    def read(self, body: bytes) -> Event[Envelope, EventData]:
        """Only read a body, one that was checked before. Nothing in it is refused."""
        from loyalty_sdk.webhooks.voucherify.envelope import Envelope
        from loyalty_sdk.webhooks.voucherify.types import DATA_BY_TYPE

        found = Found(checked_body(body))
        envelope = found.envelope(Envelope, found.pairs.keys() - {"data"})
        name = envelope.event_type
        data = found.data(DATA_BY_TYPE, name)  # a distribution may send its data alone
        return Event(type=name, key=envelope.key, data=data, envelope=envelope)


_TEXT_OR_SPACE = re.compile(rb'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|[ \t\r\n]+', re.DOTALL)


def _dense(body: bytes) -> bytes:
    """The body without white space outside of texts, and otherwise as it came."""
    return _TEXT_OR_SPACE.sub(lambda found: found[1] or b"", body)
