"""The async wallet; apart from the blocking one, for asyncio takes 15 ms to import."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loyalty_sdk._core.client import AsyncClient
from loyalty_sdk.wallet.client import party_of, place_of
from loyalty_sdk.wallet.gather_async import AsyncCollecting, AsyncStreaming
from loyalty_sdk.wallet.questions import Questions

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics import AsyncCardlytics
    from loyalty_sdk.es_loyalty import AsyncESLoyalty
    from loyalty_sdk.spaaza import AsyncSpaaza
    from loyalty_sdk.voucherify import AsyncVoucherify


class AsyncWallet(Questions[AsyncCollecting]):
    """The async wallet, over async clients; it takes what `Wallet` takes."""

    def __init__(
        self,
        *,
        es: AsyncESLoyalty | None = None,
        voucherify: AsyncVoucherify | None = None,
        cardlytics: AsyncCardlytics | None = None,
        spaaza: AsyncSpaaza | None = None,
        cardlytics_channel_id: int | str | None = None,
        cardlytics_location_id: int | str | None = None,
        deadline: float | None = 30.0,
        at_most: int = 1000,
    ) -> None:
        offered = {"es": es, "voucherify": voucherify, "cardlytics": cardlytics, "spaaza": spaaza}
        place = place_of(cardlytics_channel_id, cardlytics_location_id)
        super().__init__(AsyncCollecting(party_of(offered, AsyncClient, place, deadline, at_most)))

    @cached_property
    def streamed(self) -> Questions[AsyncStreaming]:
        """The same questions, each an async context manager that gives batches as they come."""
        return Questions(AsyncStreaming(self._carrier.party))
