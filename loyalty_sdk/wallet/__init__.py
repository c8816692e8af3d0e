"""One member, four vendors: rewards and activity in one small vocabulary.

The only part of the SDK that knows more than one vendor; importing `loyalty_sdk` does not load it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.wallet.client import Wallet
    from loyalty_sdk.wallet.client_async import AsyncWallet
    from loyalty_sdk.wallet.found import Batch, Found
    from loyalty_sdk.wallet.models import (
        Activity,
        ActivityKind,
        Member,
        Reward,
        RewardStatus,
        VendorName,
        Worth,
        WorthKind,
    )
    from loyalty_sdk.wallet.questions import Questions

__all__ = [
    "Activity",
    "ActivityKind",
    "AsyncWallet",
    "Batch",
    "Found",
    "Member",
    "Questions",
    "Reward",
    "RewardStatus",
    "VendorName",
    "Wallet",
    "Worth",
    "WorthKind",
]

_MODULES = ("client", "models", "found", "questions", "client_async")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
