"""What faults know of the vendors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..cardlytics import known as cardlytics
from ..es_loyalty import known as es_loyalty
from ..spaaza import known as spaaza
from ..voucherify import known as voucherify


class Known(Protocol):
    """What stands in the `known.py` of each vendor."""

    @property
    def OPERATIONS(self) -> tuple[str, ...]:  # noqa: N802
        """All calls, as the record of the sandbox names them."""
        ...

    @property
    def OPEN_VALUES(self) -> frozenset[str]:  # noqa: N802
        """The keys where the documents list values, or say that a list may grow."""
        ...


KNOWN: Mapping[str, Known] = {
    "cardlytics": cardlytics,
    "es_loyalty": es_loyalty,
    "spaaza": spaaza,
    "voucherify": voucherify,
}
