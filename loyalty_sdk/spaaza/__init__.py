"""Spaaza: vouchers, campaigns and wallets of retail chains.

https://docs.spaaza.com
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.spaaza.auth import AdminSession, PrivilegedToken, UserSession
    from loyalty_sdk.spaaza.client import AsyncSpaaza, Spaaza, SpaazaSurface
    from loyalty_sdk.spaaza.models import (
        EntityCode,
        OptInProgramme,
        PasscodeRequired,
        RedeemingBasket,
        Session,
        User,
        Voucher,
        VoucherCampaign,
        VoucherStatus,
        VoucherType,
    )
    from loyalty_sdk.spaaza.relative import Relative
    from loyalty_sdk.spaaza.rows import VoucherRow
    from loyalty_sdk.spaaza.sessions import Sessions
    from loyalty_sdk.spaaza.vouchers import Vouchers
    from loyalty_sdk.spaaza.walk import Walk

__all__ = [
    "AdminSession",
    "AsyncSpaaza",
    "EntityCode",
    "OptInProgramme",
    "PasscodeRequired",
    "PrivilegedToken",
    "RedeemingBasket",
    "Relative",
    "Session",
    "Sessions",
    "Spaaza",
    "SpaazaSurface",
    "User",
    "UserSession",
    "Voucher",
    "VoucherCampaign",
    "VoucherRow",
    "VoucherStatus",
    "VoucherType",
    "Vouchers",
    "Walk",
]

_MODULES = ("client", "auth", "vouchers", "sessions", "walk", "relative", "rows", "models")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
