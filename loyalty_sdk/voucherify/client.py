"""Voucherify's clients: one surface, a blocking door and an async one."""

from __future__ import annotations

from functools import cached_property
from typing import Unpack

from loyalty_sdk import voucherify
from loyalty_sdk._core.client import (
    AsyncClient,
    AsyncClientOptions,
    Client,
    ClientOptions,
    Surface,
    from_environment,
    optional_from_environment,
)
from loyalty_sdk._core.credentials import Auth, SecretSource, checked_secret
from loyalty_sdk._core.endpoint import R_co
from loyalty_sdk._core.given.arguments import one_of, plain_text
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.voucherify._wire import HOSTS, WIRE, Region, VoucherifyWire
from loyalty_sdk.voucherify.auth import ServerKeys


class VoucherifySurface(Surface[R_co]):
    """What Voucherify offers."""

    @cached_property
    def async_actions(self) -> voucherify.AsyncActions[R_co]:
        """What the vendor does while you wait."""
        return voucherify.AsyncActions(self._runner)

    @cached_property
    def campaigns(self) -> voucherify.Campaigns[R_co]:
        """What vouchers are published from."""
        return voucherify.Campaigns(self._runner)

    @cached_property
    def customers(self) -> voucherify.Customers[R_co]:
        """Customers and what they hold."""
        return voucherify.Customers(self._runner)

    @cached_property
    def events(self) -> voucherify.Events[R_co]:
        """What customers do."""
        return voucherify.Events(self._runner)

    @cached_property
    def exports(self) -> voucherify.Exports[R_co]:
        """Files of what the vendor keeps."""
        return voucherify.Exports(self._runner)

    @cached_property
    def loyalties(self) -> voucherify.Loyalties[R_co]:
        """Members of loyalty programs and their points; deprecated by the vendor."""
        return voucherify.Loyalties(self._runner)

    @cached_property
    def orders(self) -> voucherify.Orders[R_co]:
        """Orders."""
        return voucherify.Orders(self._runner)

    @cached_property
    def publications(self) -> voucherify.Publications[R_co]:
        """Giving vouchers to customers."""
        return voucherify.Publications(self._runner)

    @cached_property
    def qualifications(self) -> voucherify.Qualifications[R_co]:
        """Asking what a customer may redeem."""
        return voucherify.Qualifications(self._runner)

    @cached_property
    def redemptions(self) -> voucherify.Redemptions[R_co]:
        """Redeeming, and undoing it."""
        return voucherify.Redemptions(self._runner)

    @cached_property
    def rewards(self) -> voucherify.Rewards[R_co]:
        """What points are exchanged for."""
        return voucherify.Rewards(self._runner)

    @cached_property
    def validations(self) -> voucherify.Validations[R_co]:
        """Asking whether something could be redeemed."""
        return voucherify.Validations(self._runner)

    @cached_property
    def vouchers(self) -> voucherify.Vouchers[R_co]:
        """Vouchers, gift cards and loyalty cards."""
        return voucherify.Vouchers(self._runner)


class Voucherify(VoucherifySurface[Sync], Client):
    """A blocking client of Voucherify; a context manager, safe to share between threads.

    https://docs.voucherify.io/api-reference/introduction-to-api

    Args:
        app_id: The application id of your server keys; else `VOUCHERIFY_APP_ID`.
        app_token: The secret key that goes with it; else `VOUCHERIFY_APP_TOKEN`.
        auth: Another way to prove who you are, in place of the keys: OAuth by
            `ClientCredentials(..., style="app_headers")`, or a `BearerToken`.
        region: Where your project is: `eu`, `us` or `as`; else `VOUCHERIFY_REGION`, else `eu`.
        base_url: A host of your own; wins over the region; else `VOUCHERIFY_BASE_URL`.
        api_version: The API version to ask for; `None` leaves it to your project's settings.
        **options: What all clients take; see `ClientOptions`.

    Raises:
        MissingCredentials: There are no keys, neither given nor in the environment.
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        *,
        app_id: SecretSource | None = None,
        app_token: SecretSource | None = None,
        auth: Auth | None = None,
        region: Region | None = None,
        base_url: str | None = None,
        api_version: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        identity = _identity(app_id, app_token, auth)
        Client.__init__(self, _wire(api_version), _base_url(region, base_url), identity, options)

    @property
    def raw(self) -> VoucherifySurface[RawSync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return VoucherifySurface(self._raw())


class AsyncVoucherify(VoucherifySurface[Async], AsyncClient):
    """An async client of Voucherify; an async context manager, for one event loop.

    It takes what `Voucherify` takes, and has the same calls, to be awaited.
    """

    def __init__(
        self,
        *,
        app_id: SecretSource | None = None,
        app_token: SecretSource | None = None,
        auth: Auth | None = None,
        region: Region | None = None,
        base_url: str | None = None,
        api_version: str | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        identity = _identity(app_id, app_token, auth)
        AsyncClient.__init__(
            self, _wire(api_version), _base_url(region, base_url), identity, options
        )

    @property
    def raw(self) -> VoucherifySurface[RawAsync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return VoucherifySurface(self._raw())


def _identity(
    app_id: SecretSource | None, app_token: SecretSource | None, auth: Auth | None
) -> Auth:
    if auth is None:
        return ServerKeys(
            from_environment("Voucherify", "app_id", app_id, "VOUCHERIFY_APP_ID"),
            from_environment("Voucherify", "app_token", app_token, "VOUCHERIFY_APP_TOKEN"),
        )
    if app_id is not None or app_token is not None:
        raise InvalidArgument("auth", "is given in place of app_id and app_token, not with them")
    return auth


def _base_url(region: Region | None, base_url: str | None) -> str:
    named: str | None = optional_from_environment(region, "VOUCHERIFY_REGION")
    one_of("region", named, tuple(HOSTS))
    if base_url is None and region is not None:
        return HOSTS[region]  # what the program says goes before the environment
    own: str | None = optional_from_environment(base_url, "VOUCHERIFY_BASE_URL")
    return HOSTS[named or "eu"] if own is None else own


def _wire(api_version: str | None) -> VoucherifyWire:
    if api_version is None:
        return WIRE
    version = plain_text("api_version", api_version)
    return VoucherifyWire(checked_secret("api_version", version).reveal())  # fits a header
