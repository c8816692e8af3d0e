"""One typed Python client for ES Loyalty, Voucherify, Cardlytics and Spaaza.

Importing this package loads nothing; each name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_sdk._core.version import __version__

if TYPE_CHECKING:
    from loyalty_sdk._core.calls import Answer, Page, Response
    from loyalty_sdk._core.hiding.redact import Secret
    from loyalty_sdk._core.paging.pager import AsyncPager, Pager
    from loyalty_sdk._core.reading.model import Model
    from loyalty_sdk._core.reading.remarks import Limits, Notice
    from loyalty_sdk._core.retry import Retry
    from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
    from loyalty_sdk.cardlytics import AsyncCardlytics, Cardlytics
    from loyalty_sdk.errors import APIError, LoyaltyError
    from loyalty_sdk.es_loyalty import AsyncESLoyalty, ESLoyalty
    from loyalty_sdk.spaaza import AsyncSpaaza, Spaaza
    from loyalty_sdk.voucherify import AsyncVoucherify, Voucherify

__all__ = [
    "APIError",
    "Answer",
    "AsyncCardlytics",
    "AsyncESLoyalty",
    "AsyncPager",
    "AsyncRowStream",
    "AsyncSpaaza",
    "AsyncVoucherify",
    "Cardlytics",
    "ESLoyalty",
    "Limits",
    "LoyaltyError",
    "Model",
    "Notice",
    "Page",
    "Pager",
    "Response",
    "Retry",
    "RowStream",
    "Secret",
    "Spaaza",
    "Voucherify",
    "__version__",
]

_HOMES = {
    "APIError": "errors",
    "Answer": "_core.calls",
    "AsyncCardlytics": "cardlytics",
    "AsyncESLoyalty": "es_loyalty",
    "AsyncPager": "_core.paging.pager",
    "AsyncRowStream": "_core.rows.rowstream",
    "AsyncSpaaza": "spaaza",
    "AsyncVoucherify": "voucherify",
    "Cardlytics": "cardlytics",
    "ESLoyalty": "es_loyalty",
    "Limits": "_core.reading.remarks",
    "LoyaltyError": "errors",
    "Model": "_core.reading.model",
    "Notice": "_core.reading.remarks",
    "Page": "_core.calls",
    "Pager": "_core.paging.pager",
    "Response": "_core.calls",
    "Retry": "_core.retry",
    "RowStream": "_core.rows.rowstream",
    "Secret": "_core.hiding.redact",
    "Spaaza": "spaaza",
    "Voucherify": "voucherify",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
