"""What a call selects, kept for the next pages of the same walk.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Self

import attrs

from ..switches import SpaazaOrder
from .select import Selection
from .vouchers import Voucher

_NEVER = datetime.max.replace(tzinfo=UTC)


@attrs.frozen(kw_only=True)
class View:
    """The vouchers that a selection keeps, until one of the chain expires.

    Attributes:
        selection: What was asked for, whatever its page.
        vouchers: What it keeps, in its order.
        since: When it was made.
        until: When the next voucher expires, which may enter or leave it.
    """

    selection: Selection
    vouchers: Sequence[Voucher]
    since: datetime
    until: datetime

    @classmethod
    def of(cls, vouchers: Sequence[Voucher], selection: Selection, now: datetime) -> Self:
        """What a selection keeps of a chain's vouchers at a moment."""
        kept = (one for one in vouchers if selection.keep(one, now))
        return cls(
            selection=selection.whole,
            vouchers=_in_order(kept, selection.switches.spaaza_order),
            since=now,
            until=min((one.expires_at for one in vouchers if one.expires_at > now), default=_NEVER),
        )

    def serves(self, selection: Selection, now: datetime) -> bool:
        """Whether it is what a selection keeps at a moment, too."""
        return self.since <= now < self.until and self.selection == selection.whole


def _in_order(vouchers: Iterable[Voucher], order: SpaazaOrder) -> list[Voucher]:
    """The vouchers in the order that a switch names."""
    if order == "shuffled":
        return sorted(vouchers, key=_shuffled)
    return sorted(vouchers, key=lambda one: one.voucher_id, reverse=order == "-id")


def _shuffled(voucher: Voucher) -> bytes:
    return hashlib.blake2b(str(voucher.voucher_id).encode(), digest_size=8).digest()
