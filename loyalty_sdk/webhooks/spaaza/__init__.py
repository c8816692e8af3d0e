"""Spaaza's webhooks.

https://docs.spaaza.com/api/webhooks
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.spaaza.data import (
        Envelope,
        EventData,
        MutationBasket,
        MutationCampaign,
        PointsMutation,
    )
    from loyalty_sdk.webhooks.spaaza.receiver import SpaazaWebhooks

__all__ = [
    "Envelope",
    "EventData",
    "MutationBasket",
    "MutationCampaign",
    "PointsMutation",
    "SpaazaWebhooks",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, ("receiver", "data"))
