"""The Spaaza of the sandbox. All of its data are synthetic."""

from __future__ import annotations

from .api import SpaazaVendor
from .state import SpaazaState
from .vouchers import Voucher

__all__ = ["SpaazaState", "SpaazaVendor", "Voucher"]
