"""Cardlytics' clients: one surface, a blocking door and an async one."""

from __future__ import annotations

import os
from datetime import tzinfo
from functools import cached_property
from typing import Any, Unpack

from loyalty_sdk import cardlytics
from loyalty_sdk._core.arguments import plain_text
from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    CommonOptions,
    Surface,
    from_environment,
    optional_from_environment,
)
from loyalty_sdk._core.endpoint import R_co
from loyalty_sdk._core.network import own_ssl_context
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.cardlytics._times import checked_zone
from loyalty_sdk.cardlytics._wire import CardlyticsWire
from loyalty_sdk.cardlytics.auth import ByCertificate
from loyalty_sdk.errors import InvalidArgument

PemFile = str | os.PathLike[str]


class CardlyticsSurface(Surface[R_co]):
    """What Cardlytics offers: version 1 of its Ad Server API."""

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
        _show_certificate(cert, key, options)
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
        _show_certificate(cert, key, options)
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


def _show_certificate(cert: PemFile | None, key: PemFile | None, options: CommonOptions) -> None:
    """Put TLS settings with the certificate among the options, where there is one."""
    chain, own_key = _file("cert", cert), _file("key", key)
    given: dict[str, Any] = dict(options)
    for other in ("http_client", "transport", "ssl_context"):
        if given.get(other) is not None:
            if chain is not None or own_key is not None:
                raise InvalidArgument("cert", f"belongs to the {other} when one is given")
            return
    chain = optional_from_environment(chain, "CARDLYTICS_CERT")
    own_key = optional_from_environment(own_key, "CARDLYTICS_KEY")
    if chain is None:
        if key is not None:
            raise InvalidArgument("key", "goes with a cert, and there is none")
        return
    problem = ""
    try:
        options["ssl_context"] = own_ssl_context(chain, own_key, lambda: "")
    except (OSError, ValueError) as unfit:
        problem = f"cannot be used with its key: {type(unfit).__name__}: {unfit}"
    if problem:
        raise InvalidArgument("cert", problem)


def _file(argument: str, path: PemFile | None) -> str | None:
    """The path of a file as text."""
    if path is None:
        return None
    return plain_text(argument, path.__fspath__() if isinstance(path, os.PathLike) else path)
