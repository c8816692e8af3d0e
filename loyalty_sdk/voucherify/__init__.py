"""Voucherify: vouchers, gift cards, loyalty cards and referrals.

https://docs.voucherify.io
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_sdk._core import late

if TYPE_CHECKING:
    from loyalty_sdk.voucherify._wire import Region
    from loyalty_sdk.voucherify.auth import ServerKeys
    from loyalty_sdk.voucherify.client import AsyncVoucherify, Voucherify, VoucherifySurface
    from loyalty_sdk.voucherify.customers import Customers
    from loyalty_sdk.voucherify.filters import (
        CampaignTypeConditions,
        DateConditions,
        FilteredCampaignType,
        HolderRole,
        HolderRoleConditions,
        ObjectConditions,
        RawFilter,
        RedeemableFilters,
        TextConditions,
        VoucherType,
        VoucherTypeConditions,
    )
    from loyalty_sdk.voucherify.models import (
        AmountDiscount,
        AmountEffect,
        Asset,
        Assets,
        CampaignType,
        Category,
        CustomerRedeemable,
        DailyHours,
        Discount,
        FixedDiscount,
        Gift,
        Hundredths,
        LoyaltyCard,
        OrderEffect,
        OtherDiscount,
        PercentDiscount,
        PublishSummary,
        Redeemable,
        RedemptionSummary,
        Role,
        Status,
        Unit,
        UnitDiscount,
        UnitEffect,
        UnitItem,
        UnitsDiscount,
        ValidityHours,
        ValidityTimeframe,
        Voucher,
        VoucherKind,
        Weekday,
    )

__all__ = [
    "AmountDiscount",
    "AmountEffect",
    "Asset",
    "Assets",
    "AsyncVoucherify",
    "CampaignType",
    "CampaignTypeConditions",
    "Category",
    "CustomerRedeemable",
    "Customers",
    "DailyHours",
    "DateConditions",
    "Discount",
    "FilteredCampaignType",
    "FixedDiscount",
    "Gift",
    "HolderRole",
    "HolderRoleConditions",
    "Hundredths",
    "LoyaltyCard",
    "ObjectConditions",
    "OrderEffect",
    "OtherDiscount",
    "PercentDiscount",
    "PublishSummary",
    "RawFilter",
    "Redeemable",
    "RedeemableFilters",
    "RedemptionSummary",
    "Region",
    "Role",
    "ServerKeys",
    "Status",
    "TextConditions",
    "Unit",
    "UnitDiscount",
    "UnitEffect",
    "UnitItem",
    "UnitsDiscount",
    "ValidityHours",
    "ValidityTimeframe",
    "Voucher",
    "VoucherKind",
    "VoucherType",
    "VoucherTypeConditions",
    "Voucherify",
    "VoucherifySurface",
    "Weekday",
]

_MODULES = ("client", "auth", "customers", "filters", "models")

if not TYPE_CHECKING:
    __getattr__, __dir__ = late.on_first_use(__name__, __all__, _MODULES)
