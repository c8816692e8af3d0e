"""Help for the tests of applications that use the SDK, and recordings of real traffic.

What needs pytest, respx or uvicorn imports it when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.testing.backoff import no_backoff
    from loyalty_sdk.testing.in_process import InProcessSandbox, SandboxTransport
    from loyalty_sdk.testing.recorder import Recorder
    from loyalty_sdk.testing.recording import Exchange, Recording, Said
    from loyalty_sdk.testing.replay import Replay, UnknownRequest
    from loyalty_sdk.testing.webhooks import signed_marketplace, signed_spaaza, signed_voucherify

__all__ = [
    "Exchange",
    "InProcessSandbox",
    "Recorder",
    "Recording",
    "Replay",
    "Said",
    "SandboxTransport",
    "UnknownRequest",
    "no_backoff",
    "signed_marketplace",
    "signed_spaaza",
    "signed_voucherify",
]

_MODULES = ("backoff", "in_process", "recorder", "recording", "replay", "webhooks")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
