"""Long lists in the sandbox, one for each paged call of the SDK, and how to walk them.

Lists that come in one answer have no pages to be walked, and are not here.
"""

from __future__ import annotations

from . import es_loyalty, spaaza, voucherify
from .es_loyalty import start_session
from .listed import List
from .spaaza import FAST
from .voucherify import REDEEMABLES

LISTS: tuple[List, ...] = (*es_loyalty.LISTS, *voucherify.LISTS, *spaaza.LISTS)

__all__ = ["FAST", "LISTS", "REDEEMABLES", "List", "start_session"]
