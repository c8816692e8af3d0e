"""Cardlytics' clients: one surface, a blocking door and an async one."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property
from typing import Unpack

from loyalty_sdk import cardlytics
from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    Surface,
    from_environment,
)
from loyalty_sdk._core.endpoint import R_co
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.cardlytics._certificate import PemFile, show_certificate
from loyalty_sdk.cardlytics._times import checked_zone
from loyalty_sdk.cardlytics._wire import CardlyticsWire
from loyalty_sdk.cardlytics.auth import ByCertificate
from loyalty_sdk.errors import InvalidArgument


class CardlyticsSurface(Surface[R_co]):
    """What Cardlytics offers: version 1 of its Ad Server API (version 2 is in `cardlytics.v2`)."""

    @cached_property
    def tokens(self) -> cardlytics.Tokens[R_co]:
        """Customers' security tokens."""
        return cardlytics.Tokens(self._runner)

    @cached_property
    def customers(self) -> cardlytics.Customers[R_co]:
        """Customers: who they are, and whether they take part."""
        return cardlytics.Customers(self._runner)

    @cached_property
    def ads(self) -> cardlytics.Ads[R_co]:
        """Ads of customers."""
        return cardlytics.Ads(self._runner)

    @cached_property
    def collections(self) -> cardlytics.Collections[R_co]:
        """Collections of ads."""
        return cardlytics.Collections(self._runner)

    @cached_property
    def merchants(self) -> cardlytics.Merchants[R_co]:
        """Stores around a customer."""
        return cardlytics.Merchants(self._runner)

    @cached_property
    def events(self) -> cardlytics.Events[R_co]:
        """What customers do."""
        return cardlytics.Events(self._runner)

    @cached_property
    def rewards(self) -> cardlytics.Rewards[R_co]:
        """What customers earned over time."""
        return cardlytics.Rewards(self._runner)

    @cached_property
    def redemptions(self) -> cardlytics.Redemptions[R_co]:
        """What customers earned by redeeming ads."""
        return cardlytics.Redemptions(self._runner)


class Cardlytics(CardlyticsSurface[Sync], Client):
    """A blocking client of Cardlytics; a context manager, safe to share between threads.

    The client certificate is shown by this client only: its TLS settings are its own. Raw calls
    (`request`) leave naive times naive.

    https://docs.cardlytics.com/ads/v1

    Args:
        base_url: Your server, without `/api/v1`; else `CARDLYTICS_BASE_URL`.
        cert: The file with your client certificate, in PEM form; else `CARDLYTICS_CERT`, unless
            `http_client`, `transport` or `ssl_context` is given: TLS is then theirs.
        key: The file with its private key, without a password; else `CARDLYTICS_KEY`. Not needed
            when the certificate's file has it. For a key with a password make an `ssl_context`.
        timezone: The zone in which your server keeps time, which it does not say: a name such as
            `America/New_York`, or a `tzinfo`. Naive times in answers are read in it, and aware
            arguments converted to it; `None` leaves naive times naive.
        session_id: Your id of the session, sent as `X-CDLX-Session` and repeated in error
            messages; printable ASCII, at most 512 bytes.
        meta: Anything of yours, sent as `X-CDLX-Meta`; printable ASCII, at most 512 bytes.
        **options: What all clients take; see `ClientOptions`.

    Raises:
        MissingCredentials: There is no base URL, neither given nor in the environment.
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        cert: PemFile | None = None,
        key: PemFile | None = None,
        timezone: str | tzinfo | None = None,
        session_id: str | None = None,
        meta: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        wire = CardlyticsWire(session_id, meta, checked_zone(timezone))
        show_certificate(cert, key, options)
        Client.__init__(self, wire, _base_url(base_url), ByCertificate(), options)

    @property
    def raw(self) -> CardlyticsSurface[RawSync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return CardlyticsSurface(self._raw())


class AsyncCardlytics(CardlyticsSurface[Async], AsyncClient):
    """An async client of Cardlytics; an async context manager, for one event loop.

    It takes what `Cardlytics` takes, and has the same calls, to be awaited.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        cert: PemFile | None = None,
        key: PemFile | None = None,
        timezone: str | tzinfo | None = None,
        session_id: str | None = None,
        meta: str | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        wire = CardlyticsWire(session_id, meta, checked_zone(timezone))
        show_certificate(cert, key, options)
        AsyncClient.__init__(self, wire, _base_url(base_url), ByCertificate(), options)

    @property
    def raw(self) -> CardlyticsSurface[RawAsync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return CardlyticsSurface(self._raw())


def _base_url(base_url: str | None) -> str:
    url: str = from_environment("Cardlytics", "base_url", base_url, "CARDLYTICS_BASE_URL")
    if isinstance(url, str) and url.rstrip("/").endswith("/api/v1"):
        raise InvalidArgument("base_url", "must end before /api/v1, which the calls add")
    return url
