"""What was issued to a member.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/issuance/issuances
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import moment

IssuanceKind: TypeAlias = Literal["VOUCHER"] | str
IssuanceStatus: TypeAlias = Literal["AVAILABLE", "EXPIRED", "REDEEMED"] | str
RewardType: TypeAlias = Literal["POINTS", "DOLLARS"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Issuance(Model):
    """Something issued to a member: a voucher, at present.

    Attributes:
        account_id: The account that it was issued to.
        metadata_type: The kind of metadata, `ISSUANCE`.
        issuance_type: The kind of issuance.
        business_unit: The business unit that it is for.
        issuance_code: A short description of it.
        issued_date_iso: When it was issued, as text.
        issued_date_epoch: When it was issued, in milliseconds.
        expiry_date_iso: When it expires, as text.
        expiry_date_epoch: When it expires, in milliseconds.
        redemption_date_iso: When it was redeemed, as text.
        redemption_date_epoch: When it was redeemed, in milliseconds.
        status: Whether it can be used.
        reward_type: Whether the value is in points or in dollars.
        reward_value: What it is worth, in that unit.
        extended_data: More about it, in the client's own form.
        notes: A few words about it.
    """

    account_id: str = promised("accountID")
    metadata_type: Literal["ISSUANCE"] | str | None = renamed("metadataType")
    issuance_type: IssuanceKind | None = renamed("issuanceType")
    business_unit: str | None = renamed("businessUnit")
    issuance_code: str = promised("issuanceCode")
    issued_date_iso: str | None = renamed("issuedDate")
    issued_date_epoch: int | None = renamed("issuedDateEpoch")
    expiry_date_iso: str | None = renamed("expiryDate")
    expiry_date_epoch: int | None = renamed("expiryDateEpoch")
    redemption_date_iso: str | None = renamed("redemptionDate")
    redemption_date_epoch: int | None = renamed("redemptionDateEpoch")
    status: IssuanceStatus | None = None
    reward_type: RewardType | None = renamed("rewardType")
    reward_value: Decimal | None = renamed("rewardValue")
    extended_data: Mapping[str, Any] | None = renamed("extendedData")
    notes: str | None = None

    @property
    def issued_date(self) -> datetime | None:
        """When it was issued; by the epoch, where the vendor sends both."""
        return moment(self.issued_date_epoch, self.issued_date_iso)

    @property
    def expiry_date(self) -> datetime | None:
        """When it expires; by the epoch, where the vendor sends both."""
        return moment(self.expiry_date_epoch, self.expiry_date_iso)

    @property
    def redemption_date(self) -> datetime | None:
        """When it was redeemed; by the epoch, where the vendor sends both."""
        return moment(self.redemption_date_epoch, self.redemption_date_iso)
