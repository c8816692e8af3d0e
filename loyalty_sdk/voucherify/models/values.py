"""Voucherify's words and numbers."""

from __future__ import annotations

import enum
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Annotated, Any, Literal, TypeAlias

from loyalty_sdk._core.reading.coerce import decimal, integer
from loyalty_sdk._core.reading.model import Reading

Role: TypeAlias = Literal["OWNER", "REFERRER", "REFEREE"] | str
CampaignType: TypeAlias = (
    Literal["LOYALTY_PROGRAM", "GIFT_VOUCHERS", "DISCOUNT_COUPONS", "PROMOTION", "REFERRAL_PROGRAM"]
    | str
)
VoucherKind: TypeAlias = Literal["GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"] | str
Status: TypeAlias = (
    Literal["ACTIVE", "USED", "DISABLED", "NOT_ACTIVE_YET", "EXPIRED", "NO_BALANCE"] | str
)
AmountEffect: TypeAlias = (
    Literal[
        "APPLY_TO_ORDER",
        "APPLY_TO_ITEMS",
        "APPLY_TO_ITEMS_PROPORTIONALLY",
        "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY",
        "APPLY_TO_ITEMS_BY_QUANTITY",
    ]
    | str
)
OrderEffect: TypeAlias = Literal["APPLY_TO_ORDER", "APPLY_TO_ITEMS"] | str
UnitEffect: TypeAlias = (
    Literal["ADD_MISSING_ITEMS", "ADD_NEW_ITEMS", "ADD_MANY_ITEMS", "ADD_SAME_ITEMS"] | str
)


_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)


class Hundredths(Decimal):
    """An amount as Voucherify sends it: 1000 stands for 10.00."""

    __slots__ = ()

    @property
    def major(self) -> Decimal:
        """The amount in whole units: 10.00 for 1000."""
        return self.scaleb(-2, _EXACT)

    def __repr__(self) -> str:
        return f"Hundredths('{self}')"


class Weekday(enum.IntEnum):
    """Voucherify's days of the week, which begin on Sunday (Python's begin on Monday)."""

    SUNDAY = 0
    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6


def _hundredths(value: Any) -> Hundredths:
    return Hundredths(value if value.__class__ is int else decimal(value))


def _weekday(value: Any) -> Weekday | int:
    number = integer(value)
    return _WEEKDAYS[number] if 0 <= number <= 6 else number


_WEEKDAYS = tuple(Weekday)


Amount = Annotated[Hundredths, Reading(_hundredths)]
Day = Annotated[Weekday | int, Reading(_weekday)]
