"""The ES Loyalty of the sandbox. All of its data are synthetic."""

from __future__ import annotations

from .api import ESLoyaltyVendor
from .issuances import Issuance
from .state import ESLoyaltyState
from .transactions import Transaction

__all__ = ["ESLoyaltyState", "ESLoyaltyVendor", "Issuance", "Transaction"]
