"""Spaaza's signature: https://docs.spaaza.com/api/webhooks."""

from __future__ import annotations

from base64 import b64encode
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
    from loyalty_sdk.webhooks.spaaza.data import Envelope, EventData

SIGNATURE = "x-spaaza-hmac-sha256"
_NAME = "webhooks.spaaza"


class SpaazaWebhooks(Receiver["Envelope", "EventData"]):
    """Receives what Spaaza sends.

    `X-Spaaza-Hmac-SHA256` is the HMAC-SHA256 of the whole body in Base64. There is no time stamp:
    somebody who has a request can send it again, so de-duplicate on `event.key`: type, id and time
    together, for the id alone is the voucher's and comes with each thing that happens to it.

    Args:
        *secrets: The secret that Spaaza gave, or that of `add-webhook-signature`, as text; several
            while you replace one.

    Raises:
        InvalidArgument: There is no secret, or one is not plain text.
    """

    def __init__(self, *secrets: str | Secret) -> None:
        self._secrets = checked_secrets(secrets)

    def check(self, headers: GivenHeaders, body: bytes) -> None:
        """Only check where a request comes from: see `receive`."""
        raw = checked_body(body)
        if not hmac_fits(self._secrets, raw, in_base64, the_header(headers, SIGNATURE, _NAME)):
            raise does_not_fit(_NAME, self._secrets)

    def read(self, body: bytes) -> Event[Envelope, EventData]:
        """Only read a body, one that was checked before. Nothing in it is refused."""
        from loyalty_sdk.webhooks.spaaza.data import DATA_BY_TYPE, Envelope

        found = Found(checked_body(body))
        envelope = found.envelope(Envelope, found.pairs.keys() - {"data"})
        data = found.data(DATA_BY_TYPE, envelope.type)
        return Event(type=envelope.type, key=envelope.key, data=data, envelope=envelope)


def in_base64(digest: bytes) -> str:
    """A digest as the header has it."""
    return b64encode(digest).decode()
