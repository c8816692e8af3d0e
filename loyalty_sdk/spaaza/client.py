"""Spaaza's clients: one surface, a blocking door and an async one."""

from __future__ import annotations

from functools import cached_property
from typing import Unpack

from loyalty_sdk import spaaza
from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    Surface,
    from_environment,
    optional_from_environment,
)
from loyalty_sdk._core.credentials import Auth, SecretSource
from loyalty_sdk._core.endpoint import R_co
from loyalty_sdk._core.options import NOT_GIVEN, NotGiven
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import HOST, SpaazaWire
from loyalty_sdk.spaaza.auth import PrivilegedToken

NEWEST_VERSION = "1.6.3"


class SpaazaSurface(Surface[R_co]):
    """What Spaaza offers."""

    @cached_property
    def baskets(self) -> spaaza.Baskets[R_co]:
        """Purchases."""
        return spaaza.Baskets(self._runner)

    @cached_property
    def campaigns(self) -> spaaza.Campaigns[R_co]:
        """Campaigns."""
        return spaaza.Campaigns(self._runner)

    @cached_property
    def sessions(self) -> spaaza.Sessions[R_co]:
        """Logging in and out."""
        return spaaza.Sessions(self._runner)

    @cached_property
    def users(self) -> spaaza.Users[R_co]:
        """Customers and their cards."""
        return spaaza.Users(self._runner)

    @cached_property
    def vouchers(self) -> spaaza.Vouchers[R_co]:
        """The vouchers of a chain, and what is done with each."""
        return spaaza.Vouchers(self._runner)

    @cached_property
    def wallets(self) -> spaaza.Wallets[R_co]:
        """What customers collect."""
        return spaaza.Wallets(self._runner)


class Spaaza(SpaazaSurface[Sync], Client):
    """A blocking client of Spaaza; a context manager, safe to share between threads.

    https://docs.spaaza.com/api/authentication

    Args:
        auth: Who asks: a `PrivilegedToken`, an `AdminSession` or a `UserSession`. `None` is for
            logging in only. When it is left out, a privileged token is made of the next three.
        token_id: The id of a privileged token; else `SPAAZA_TOKEN_ID`.
        token_secret: Its secret; else `SPAAZA_TOKEN_SECRET`.
        app_hostname: The app that it belongs to, if any; else `SPAAZA_APP_HOSTNAME`.
        base_url: The host; else `SPAAZA_BASE_URL`, else production, `https://api0.spaaza.com`.
        api_version: The version that is asked for; `None` asks for none.
        **options: What all clients take; see `ClientOptions`.

    Raises:
        MissingCredentials: There are none, neither given nor in the environment.
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        *,
        auth: Auth | NotGiven | None = NOT_GIVEN,
        token_id: SecretSource | None = None,
        token_secret: SecretSource | None = None,
        app_hostname: str | None = None,
        base_url: str | None = None,
        api_version: str | None = NEWEST_VERSION,
        **options: Unpack[ClientOptions],
    ) -> None:
        identity = _identity(auth, token_id, token_secret, app_hostname)
        Client.__init__(self, SpaazaWire(api_version), _base_url(base_url), identity, options)

    @property
    def raw(self) -> SpaazaSurface[RawSync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return SpaazaSurface(self._raw())


class AsyncSpaaza(SpaazaSurface[Async], AsyncClient):
    """An async client of Spaaza; an async context manager, for one event loop.

    It takes what `Spaaza` takes, and has the same calls, to be awaited.
    """

    def __init__(
        self,
        *,
        auth: Auth | NotGiven | None = NOT_GIVEN,
        token_id: SecretSource | None = None,
        token_secret: SecretSource | None = None,
        app_hostname: str | None = None,
        base_url: str | None = None,
        api_version: str | None = NEWEST_VERSION,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        identity = _identity(auth, token_id, token_secret, app_hostname)
        AsyncClient.__init__(self, SpaazaWire(api_version), _base_url(base_url), identity, options)

    @property
    def raw(self) -> SpaazaSurface[RawAsync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return SpaazaSurface(self._raw())


def _identity(
    auth: Auth | NotGiven | None,
    token_id: SecretSource | None,
    token_secret: SecretSource | None,
    app_hostname: str | None,
) -> Auth | None:
    if isinstance(auth, NotGiven):
        return PrivilegedToken(
            from_environment("Spaaza", "token_id", token_id, "SPAAZA_TOKEN_ID"),
            from_environment("Spaaza", "token_secret", token_secret, "SPAAZA_TOKEN_SECRET"),
            app_hostname=optional_from_environment(app_hostname, "SPAAZA_APP_HOSTNAME"),
        )
    for argument, value in (
        ("token_id", token_id),
        ("token_secret", token_secret),
        ("app_hostname", app_hostname),
    ):
        if value is not None:
            raise InvalidArgument(argument, "is part of auth when that is given")
    return auth


def _base_url(base_url: str | None) -> str:
    own: str | None = optional_from_environment(base_url, "SPAAZA_BASE_URL")
    return HOST if own is None else own
