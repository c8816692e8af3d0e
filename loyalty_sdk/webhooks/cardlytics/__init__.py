"""Cardlytics' webhooks: of the Publisher API, and of Powered by Cardlytics.

https://platform.cardlytics.com/publisher-integrations/docs/redemptions-webhook,
https://docs.cardlytics.com/poweredby/api-reference-authentication.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.cardlytics.data import (
        Enrolment,
        Envelope,
        EventData,
        Redeemed,
        Reward,
    )
    from loyalty_sdk.webhooks.cardlytics.receiver import MarketplaceWebhooks, PublisherWebhooks

__all__ = [
    "Enrolment",
    "Envelope",
    "EventData",
    "MarketplaceWebhooks",
    "PublisherWebhooks",
    "Redeemed",
    "Reward",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, ("receiver", "data"))
