"""The clients of version 2: one surface, a blocking door and an async one."""

from __future__ import annotations

from functools import cached_property
from typing import Unpack

from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    Surface,
    from_environment,
    optional_from_environment,
)
from loyalty_sdk._core.credentials import Auth
from loyalty_sdk._core.endpoint import R_co
from loyalty_sdk._core.given.arguments import flag
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.cardlytics import v2
from loyalty_sdk.cardlytics._certificate import PemFile, show_certificate
from loyalty_sdk.cardlytics.v2._wire import PublisherWire
from loyalty_sdk.cardlytics.v2.auth import REWARDS_URL, InstitutionSession, RewardsSession
from loyalty_sdk.errors import InvalidArgument


class PublisherSurface(Surface[R_co]):
    """What the Publisher API and the Rewards Platform offer."""

    @cached_property
    def ads(self) -> v2.Ads[R_co]:
        """Ads of the customer whose session it is."""
        return v2.Ads(self._runner)

    @cached_property
    def customers(self) -> v2.Customers[R_co]:
        """The customer whose session it is: profile, rewards and redemptions."""
        return v2.Customers(self._runner)

    @cached_property
    def events(self) -> v2.Events[R_co]:
        """What the customer does."""
        return v2.Events(self._runner)


class CardlyticsPublisher(PublisherSurface[Sync], Client):
    """A blocking client of version 2; a context manager, safe to share between threads.

    A client is for one session: one customer, or your institution.

    https://docs.cardlytics.com/ads/v2

    Args:
        base_url: The server, without `/v2`; else `CARDLYTICS_V2_BASE_URL`, else for a
            `RewardsSession` the Rewards Platform.
        auth: Whose session it is: a `CustomerSession`, a `RewardsSession`, or an
            `InstitutionSession`, which it is unless given.
        cert: The file with your client certificate, in PEM form; else `CARDLYTICS_CERT`, unless
            `http_client`, `transport` or `ssl_context` is given. A `RewardsSession` needs none,
            and is shown none of the environment.
        key: The file with its private key, without a password; else `CARDLYTICS_KEY`. Not needed
            when the certificate's file has it.
        mock_data: Whether canned data are wanted, which the Rewards Platform gives; `None` leaves
            it out.
        **options: What all clients take; see `ClientOptions`.

    Raises:
        MissingCredentials: There is no base URL, neither given nor in the environment.
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        auth: Auth | None = None,
        cert: PemFile | None = None,
        key: PemFile | None = None,
        mock_data: bool | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        identity = InstitutionSession() if auth is None else auth
        show_certificate(cert, key, options, or_environment=not _is_rewards(auth))
        Client.__init__(self, _wire(mock_data), _base_url(base_url, auth), identity, options)

    @property
    def raw(self) -> PublisherSurface[RawSync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return PublisherSurface(self._raw())


class AsyncCardlyticsPublisher(PublisherSurface[Async], AsyncClient):
    """An async client of version 2; an async context manager, for one event loop.

    It takes what `CardlyticsPublisher` takes, and has the same calls, to be awaited.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        auth: Auth | None = None,
        cert: PemFile | None = None,
        key: PemFile | None = None,
        mock_data: bool | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        identity = InstitutionSession() if auth is None else auth
        show_certificate(cert, key, options, or_environment=not _is_rewards(auth))
        AsyncClient.__init__(self, _wire(mock_data), _base_url(base_url, auth), identity, options)

    @property
    def raw(self) -> PublisherSurface[RawAsync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return PublisherSurface(self._raw())


def _is_rewards(auth: Auth | None) -> bool:
    return isinstance(auth, RewardsSession)


def _wire(mock_data: bool | None) -> PublisherWire:
    return PublisherWire(None if mock_data is None else flag("mock_data", mock_data))


def _base_url(base_url: str | None, auth: Auth | None) -> str:
    variable = "CARDLYTICS_V2_BASE_URL"
    known = optional_from_environment(base_url, variable)
    if known is None and _is_rewards(auth):
        return REWARDS_URL
    url: str = from_environment("CardlyticsPublisher", "base_url", known, variable)
    if isinstance(url, str) and url.rstrip("/").endswith("/v2"):
        raise InvalidArgument("base_url", "must end before /v2, which the calls add")
    return url
