"""Help for the tests of applications that use the SDK."""

from __future__ import annotations

from loyalty_sdk.testing.backoff import no_backoff

__all__ = ["no_backoff"]
