"""The Cardlytics of the sandbox. All of its data are synthetic."""

from __future__ import annotations

from .ads import Ad
from .api import CardlyticsVendor
from .redemptions import Redemption
from .state import CardlyticsState

__all__ = ["Ad", "CardlyticsState", "CardlyticsVendor", "Redemption"]
