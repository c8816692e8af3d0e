"""Help for the tests of applications that use the SDK."""

from __future__ import annotations

from loyalty_sdk.testing.backoff import no_backoff
from loyalty_sdk.testing.webhooks import signed_marketplace, signed_spaaza, signed_voucherify

__all__ = ["no_backoff", "signed_marketplace", "signed_spaaza", "signed_voucherify"]
