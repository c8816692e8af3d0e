"""Wallets of either colour over the sandbox, with vendors that fail in chosen ways."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx

import loyalty_sdk
from loyalty_sdk import Retry
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.wallet import AsyncWallet, Member, Wallet

VENDORS = ("es_loyalty", "voucherify", "cardlytics", "spaaza")
CLIENTS = {
    "es_loyalty": "ESLoyalty",
    "voucherify": "Voucherify",
    "cardlytics": "Cardlytics",
    "spaaza": "Spaaza",
}
PLACE = {"cardlytics_channel_id": 2, "cardlytics_location_id": 9999}


def member_of(sandbox: Sandbox, name: str = "everyday") -> Member:
    """One of the sandbox's people, as all vendors know them."""
    person = getattr(sandbox.members, name)
    return Member(
        es_identifier=person.es_loyalty_identifier,
        es_identifier_type=person.es_loyalty_identifier_type,
        voucherify_customer=person.voucherify_customer_id,
        cardlytics_customer=person.cardlytics_source_customer_id,
        spaaza_chain=person.spaaza_chain_id,
        spaaza_user_id=person.spaaza_user_id,
    )


class Party:
    """Makes clients and wallets of one colour."""

    def __init__(self, colour: Any, sandbox: Sandbox) -> None:
        self.colour = colour
        self.sandbox = sandbox
        self.member = member_of(sandbox)

    def client(self, vendor: str, **changes: Any) -> Any:
        """A client of the sandbox's vendor; it fails at once where it fails."""
        name = self.colour.pick(CLIENTS[vendor], f"Async{CLIENTS[vendor]}")
        arguments = {**getattr(self.sandbox, vendor), "retry": Retry(attempts=1), **changes}
        if vendor == "es_loyalty" and "base_url" in changes:
            arguments = {"token": "synthetic", "retry": Retry(attempts=1), **changes}
        return self.colour.keep(getattr(loyalty_sdk, name)(**arguments))

    def wallet(
        self,
        *vendors: str,
        changed: dict[str, dict[str, Any]] | None = None,
        **options: Any,
    ) -> Any:
        """A wallet over some vendors' clients (all, unless named), some of them changed."""
        clients = {
            vendor.removesuffix("_loyalty"): self.client(vendor, **(changed or {}).get(vendor, {}))
            for vendor in vendors or VENDORS
        }
        return self.colour.pick(Wallet, AsyncWallet)(**clients, **PLACE, **options)

    def transport(self, answer: Any, meanwhile: Any = None) -> httpx.MockTransport:
        """Networking that gives one answer, once it has waited for *meanwhile*."""

        def handle(_: httpx.Request) -> httpx.Response:
            if meanwhile is not None:
                meanwhile.wait()
            return answer

        async def handle_async(_: httpx.Request) -> httpx.Response:
            if meanwhile is not None:
                await meanwhile.wait()
            return answer

        return httpx.MockTransport(self.colour.pick(handle, handle_async))

    def barrier(self, parties: int) -> Any:
        """What lets so many pass together, or nobody."""
        return self.colour.pick(threading.Barrier(parties, timeout=30), asyncio.Barrier(parties))

    def event(self) -> Any:
        """What is waited for until it is set."""
        return self.colour.pick(threading.Event(), asyncio.Event())
