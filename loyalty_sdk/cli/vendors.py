"""The vendors' clients as the environment has them: no secret is ever taken from an option."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import attrs

import loyalty_sdk
from loyalty_sdk.wallet import VendorName


@attrs.frozen
class Vendor:
    """A vendor, and what its client reads.

    Attributes:
        title: What people call it.
        made: Makes a client of the environment; each of its calls has so many seconds.
        variables: Where its client looks for who asks; one of them set means that it is in use.
    """

    title: str
    made: Callable[[float], Any]
    variables: tuple[str, ...]

    @property
    def is_configured(self) -> bool:
        """Whether the environment says something about it."""
        return any(map(os.environ.get, self.variables))

    def client(self, deadline: float = 60.0) -> Any:
        """A client of the environment.

        Raises:
            LoyaltyError: The environment does not say enough, or says something wrong.
        """
        return self.made(deadline)


VENDORS: Mapping[VendorName, Vendor] = {
    "es_loyalty": Vendor(
        "ES Loyalty",
        lambda deadline: loyalty_sdk.ESLoyalty(deadline=deadline),
        (
            "ES_LOYALTY_BASE_URL",
            "ES_LOYALTY_TOKEN",
            "ES_LOYALTY_TOKEN_URL",
            "ES_LOYALTY_CLIENT_ID",
            "ES_LOYALTY_CLIENT_SECRET",
        ),
    ),
    "voucherify": Vendor(
        "Voucherify",
        lambda deadline: loyalty_sdk.Voucherify(deadline=deadline),
        ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN"),
    ),
    "cardlytics": Vendor(
        "Cardlytics",
        lambda deadline: loyalty_sdk.Cardlytics(deadline=deadline),
        ("CARDLYTICS_BASE_URL", "CARDLYTICS_CERT", "CARDLYTICS_KEY"),
    ),
    "spaaza": Vendor(
        "Spaaza",
        lambda deadline: loyalty_sdk.Spaaza(deadline=deadline),
        ("SPAAZA_TOKEN_ID", "SPAAZA_TOKEN_SECRET"),
    ),
}
