"""The Voucherify of the sandbox. All of its data are synthetic."""

from __future__ import annotations

from .api import VoucherifyVendor
from .calls import OPERATIONS
from .state import Holding, VoucherifyState

__all__ = ["OPERATIONS", "Holding", "VoucherifyState", "VoucherifyVendor"]
