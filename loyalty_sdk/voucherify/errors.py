"""The error that only Voucherify has; it is also one of the common classes.

PagingError
└── PageCeiling   there are more items than pages that the vendor serves
"""

from __future__ import annotations

from loyalty_sdk.errors import PagingError

__all__ = ["PageCeiling"]


class PageCeiling(PagingError):
    """The list goes on behind the last page that the vendor serves.

    Everything up to there was handed out; `cursor` says how many items that were. The list
    neither ends here nor can be walked on: ask for less at a time, as the message says.

    https://docs.voucherify.io/api-reference/pagination
    """
