"""What vendors send by themselves: signatures checked, events read. No I/O: any server will do.

A receiver is given the headers and the raw body of a request, and gives an `Event`::

    webhooks = VoucherifyWebhooks(secret)
    event = webhooks.receive(request.headers, request.body)

Its data is typed by the event's type; the classes stand with each vendor: `webhooks.voucherify`,
`webhooks.spaaza`, `webhooks.cardlytics`. Importing one of them loads no other vendor.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_sdk.webhooks.cardlytics import MarketplaceWebhooks, PublisherWebhooks
    from loyalty_sdk.webhooks.event import Event, Unread
    from loyalty_sdk.webhooks.receiver import GivenHeaders, Receiver
    from loyalty_sdk.webhooks.spaaza import SpaazaWebhooks
    from loyalty_sdk.webhooks.voucherify import VoucherifyWebhooks

__all__ = [
    "Event",
    "GivenHeaders",
    "MarketplaceWebhooks",
    "PublisherWebhooks",
    "Receiver",
    "SpaazaWebhooks",
    "Unread",
    "VoucherifyWebhooks",
]

_HOMES = {
    "Event": "event",
    "GivenHeaders": "receiver",
    "MarketplaceWebhooks": "cardlytics",
    "PublisherWebhooks": "cardlytics",
    "Receiver": "receiver",
    "SpaazaWebhooks": "spaaza",
    "Unread": "event",
    "VoucherifyWebhooks": "voucherify",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
