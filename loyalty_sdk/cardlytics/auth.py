"""How Cardlytics knows who asks: not by anything that a request carries."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from loyalty_sdk._core.credentials import Auth, SecretSource
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.frozen import EMPTY


@attrs.frozen
class ByCertificate(Auth):
    """The TLS client certificate proves who asks; a customer's token is part of each path."""

    def secrets(self) -> Mapping[str, SecretSource]:
        """None: the certificate stays below HTTP."""
        return EMPTY

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """None."""
        return EMPTY
