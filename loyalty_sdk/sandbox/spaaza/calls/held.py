"""What several calls about vouchers share.

https://docs.spaaza.com/api/vouchers
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs

from ..numbers import seconds_of
from ..visit import Visit
from ..vouchers import Json, Voucher

BY_NUMBER = ("user_id", "member_number", "authentication_point_identifier")
LOCKING = ("retailer_basket_code", "voucher_lock_period")


def usable(voucher: Voucher, now: datetime) -> bool:
    """Whether a voucher is neither redeemed nor expired."""
    return voucher.status != "redeemed" and voucher.expires_at > now


def shown(visit: Visit, voucher: Voucher) -> Json:
    """A voucher as a call that changed it shows it."""
    return voucher.changed_content(visit.now, visit.nested_campaigns)


def locked(visit: Visit, voucher: Voucher, values: Mapping[str, str]) -> Voucher:
    """A voucher with the lock that is asked for, if one is."""
    until = voucher.locked_until
    if "voucher_lock_period" in values:
        until = visit.now + timedelta(seconds=seconds_of(values, "voucher_lock_period"))
    return attrs.evolve(
        voucher,
        locked_until=until,
        locking_code=values.get("voucher_locking_code"),
        only_basket=values.get("retailer_basket_code"),
    )
