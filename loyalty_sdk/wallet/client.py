"""The blocking wallet, over any of the vendors' clients."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from loyalty_sdk._core.client import AsyncClient, Client
from loyalty_sdk._core.given.arguments import given, number, within
from loyalty_sdk._core.options import Options
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.wallet.gather import Collecting, Streaming
from loyalty_sdk.wallet.models import VendorName
from loyalty_sdk.wallet.party import Party
from loyalty_sdk.wallet.questions import Questions

if TYPE_CHECKING:
    from loyalty_sdk.cardlytics import Cardlytics
    from loyalty_sdk.es_loyalty import ESLoyalty
    from loyalty_sdk.spaaza import Spaaza
    from loyalty_sdk.voucherify import Voucherify


class Wallet(Questions[Collecting]):
    """What one member has with several vendors, all of them asked at the same time.

    It takes as long as the slowest vendor. One that fails costs its own rows, and its error stands
    beside those of the others. The clients stay yours: the wallet closes none of them.

    Args:
        es: The client of ES Loyalty; any of the four may be missing.
        voucherify: The client of Voucherify.
        cardlytics: The client of Cardlytics.
        spaaza: The client of Spaaza.
        cardlytics_channel_id: Where Cardlytics' customers are served, a number that it gave you;
            its server requires it.
        cardlytics_location_id: The place there; its server requires it.
        deadline: Seconds that a question may take in all; above 0, or `None` for no limit. A
            client's own deadline holds for each of its calls besides.
        at_most: How many rows are collected of each vendor; 1 or more.

    Raises:
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        *,
        es: ESLoyalty | None = None,
        voucherify: Voucherify | None = None,
        cardlytics: Cardlytics | None = None,
        spaaza: Spaaza | None = None,
        cardlytics_channel_id: int | str | None = None,
        cardlytics_location_id: int | str | None = None,
        deadline: float | None = 30.0,
        at_most: int = 1000,
    ) -> None:
        offered = {"es": es, "voucherify": voucherify, "cardlytics": cardlytics, "spaaza": spaaza}
        place = place_of(cardlytics_channel_id, cardlytics_location_id)
        super().__init__(Collecting(party_of(offered, Client, place, deadline, at_most)))

    @cached_property
    def streamed(self) -> Questions[Streaming]:
        """The same questions, each a context manager that gives batches as they come.

        There is no cap; each batch has the deadline of its own. A vendor's rows come in its own
        order, and the vendors' batches in the order in which they happen to come.
        """
        return Questions(Streaming(self._carrier.party))


def place_of(channel_id: int | str | None, location_id: int | str | None) -> Mapping[str, Any]:
    """Where Cardlytics' customers are served, as its calls take it."""
    named = {"channel_id": channel_id, "location_id": location_id}
    return {
        name: number(f"cardlytics_{name}", value, 0)
        for name, value in named.items()
        if value is not None
    }


def party_of(
    offered: Mapping[str, Any],
    colour: type[Any],
    place: Mapping[str, Any],
    deadline: float | None,
    at_most: int,
) -> Party:
    """Who may be asked: clients of the right vendors, in the wallet's own colour."""
    clients: dict[VendorName, Any] = {}
    for argument, client in offered.items():
        vendor = cast("VendorName", "es_loyalty" if argument == "es" else argument)
        if client is None:
            continue
        if not isinstance(client, colour) or client._runner.session.vendor.name != vendor:
            kind = "an async client" if colour is AsyncClient else "a blocking client"
            raise InvalidArgument(argument, f"must be {kind} of {vendor}")
        clients[vendor] = client
    return Party(
        clients=clients,
        cardlytics_place=place,
        deadline=Options(deadline=deadline).deadline,
        at_most=cast("int", within("at_most", given("at_most", at_most), 1, None)),
    )
