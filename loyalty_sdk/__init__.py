"""One typed Python client for ES Loyalty, Voucherify, Cardlytics and Spaaza.

Importing this package loads nothing; each name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_sdk._core.version import __version__

if TYPE_CHECKING:
    from loyalty_sdk._core.calls import Answer, Page, Response
    from loyalty_sdk._core.model import Model
    from loyalty_sdk._core.pager import AsyncPager, Pager
    from loyalty_sdk._core.redact import Secret
    from loyalty_sdk._core.remarks import Limits, Notice
    from loyalty_sdk._core.retry import Retry
    from loyalty_sdk._core.rowstream import AsyncRowStream, RowStream
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
    "AsyncPager": "_core.pager",
    "AsyncRowStream": "_core.rowstream",
    "AsyncSpaaza": "spaaza",
    "AsyncVoucherify": "voucherify",
    "Cardlytics": "cardlytics",
    "ESLoyalty": "es_loyalty",
    "Limits": "_core.remarks",
    "LoyaltyError": "errors",
    "Model": "_core.model",
    "Notice": "_core.remarks",
    "Page": "_core.calls",
    "Pager": "_core.pager",
    "Response": "_core.calls",
    "Retry": "_core.retry",
    "RowStream": "_core.rowstream",
    "Secret": "_core.redact",
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
