"""What Voucherify answers with; one file an object of the vendor's."""

from __future__ import annotations

from loyalty_sdk.voucherify.models.discounts import (
    AmountDiscount,
    Discount,
    FixedDiscount,
    OtherDiscount,
    PercentDiscount,
    Unit,
    UnitDiscount,
    UnitItem,
    UnitsDiscount,
)
from loyalty_sdk.voucherify.models.redeemables import (
    CustomerRedeemable,
    Redeemable,
)
from loyalty_sdk.voucherify.models.values import (
    AmountEffect,
    CampaignType,
    Hundredths,
    OrderEffect,
    Role,
    Status,
    UnitEffect,
    VoucherKind,
    Weekday,
)
from loyalty_sdk.voucherify.models.vouchers import (
    Asset,
    Assets,
    Category,
    DailyHours,
    Gift,
    LoyaltyCard,
    PublishSummary,
    RedemptionSummary,
    ValidityHours,
    ValidityTimeframe,
    Voucher,
)

__all__ = [
    "AmountDiscount",
    "AmountEffect",
    "Asset",
    "Assets",
    "CampaignType",
    "Category",
    "CustomerRedeemable",
    "DailyHours",
    "Discount",
    "FixedDiscount",
    "Gift",
    "Hundredths",
    "LoyaltyCard",
    "OrderEffect",
    "OtherDiscount",
    "PercentDiscount",
    "PublishSummary",
    "Redeemable",
    "RedemptionSummary",
    "Role",
    "Status",
    "Unit",
    "UnitDiscount",
    "UnitEffect",
    "UnitItem",
    "UnitsDiscount",
    "ValidityHours",
    "ValidityTimeframe",
    "Voucher",
    "VoucherKind",
    "Weekday",
]
