"""ES Loyalty's clients: one surface, a blocking door and an async one."""

from __future__ import annotations

from functools import cached_property
from typing import Unpack

from loyalty_sdk import es_loyalty
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
from loyalty_sdk._core.runner import Async, RawAsync, RawSync, Sync
from loyalty_sdk.auth import BearerToken, ClientCredentials, Style
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.es_loyalty._wire import WIRE


class ESLoyaltySurface(Surface[R_co]):
    """What ES Loyalty offers."""

    @cached_property
    def sessions(self) -> es_loyalty.Sessions[R_co]:
        """Sessions, which every other call needs."""
        return es_loyalty.Sessions(self._runner)

    @cached_property
    def issuances(self) -> es_loyalty.Issuances[R_co]:
        """What was issued to members."""
        return es_loyalty.Issuances(self._runner)

    @cached_property
    def badges(self) -> es_loyalty.Badges[R_co]:
        """Badges that members have earned."""
        return es_loyalty.Badges(self._runner)

    @cached_property
    def households(self) -> es_loyalty.Households[R_co]:
        """Households, whose members redeem together."""
        return es_loyalty.Households(self._runner)

    @cached_property
    def members(self) -> es_loyalty.Members[R_co]:
        """Members: who they are, and what they have."""
        return es_loyalty.Members(self._runner)

    @cached_property
    def offers(self) -> es_loyalty.Offers[R_co]:
        """Offers to members."""
        return es_loyalty.Offers(self._runner)

    @cached_property
    def partners(self) -> es_loyalty.Partners[R_co]:
        """Links between accounts and partners."""
        return es_loyalty.Partners(self._runner)

    @cached_property
    def points(self) -> es_loyalty.Points[R_co]:
        """Points that are about to be swept away."""
        return es_loyalty.Points(self._runner)

    @cached_property
    def redemptions(self) -> es_loyalty.Redemptions[R_co]:
        """Redeeming points that are set aside."""
        return es_loyalty.Redemptions(self._runner)

    @cached_property
    def reservations(self) -> es_loyalty.Reservations[R_co]:
        """Setting points aside for a redemption."""
        return es_loyalty.Reservations(self._runner)

    @cached_property
    def rewards(self) -> es_loyalty.Rewards[R_co]:
        """Points that are given out of turn."""
        return es_loyalty.Rewards(self._runner)

    @cached_property
    def transactions(self) -> es_loyalty.Transactions[R_co]:
        """What happened on members' accounts."""
        return es_loyalty.Transactions(self._runner)


class ESLoyalty(ESLoyaltySurface[Sync], Client):
    """A blocking client of ES Loyalty; a context manager, safe to share between threads.

    https://exchangesolutionsinc.github.io/es-user-docs/docs/api

    Args:
        base_url: Where your instance is, all that comes before `/client`; else
            `ES_LOYALTY_BASE_URL`.
        token_url: Where OAuth tokens are given out; else `ES_LOYALTY_TOKEN_URL`.
        client_id: The client id that the vendor gave you; else `ES_LOYALTY_CLIENT_ID`.
        client_secret: The secret that goes with it; else `ES_LOYALTY_CLIENT_SECRET`.
        scope: What the token is asked for; else `ES_LOYALTY_SCOPE`, else nothing.
        style: How the client proves itself to the token URL: `basic` unless given, or `body`.
        token: A bearer token that you already have, in place of all these; else
            `ES_LOYALTY_TOKEN`, which goes before the other variables.
        auth: Another way to prove who you are, in place of the token and all that gets one.
        **options: What all clients take; see `ClientOptions`.

    Raises:
        MissingCredentials: Something is neither given nor in the environment.
        InvalidArgument: An argument cannot be used.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        token_url: str | None = None,
        client_id: SecretSource | None = None,
        client_secret: SecretSource | None = None,
        scope: str | None = None,
        style: Style | None = None,
        token: SecretSource | None = None,
        auth: Auth | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        identity = _identity(token_url, client_id, client_secret, scope, style, token, auth)
        Client.__init__(self, WIRE, _base_url(base_url), identity, options)

    @property
    def raw(self) -> ESLoyaltySurface[RawSync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return ESLoyaltySurface(self._raw())


class AsyncESLoyalty(ESLoyaltySurface[Async], AsyncClient):
    """An async client of ES Loyalty; an async context manager, for one event loop.

    It takes what `ESLoyalty` takes, and has the same calls, to be awaited.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        token_url: str | None = None,
        client_id: SecretSource | None = None,
        client_secret: SecretSource | None = None,
        scope: str | None = None,
        style: Style | None = None,
        token: SecretSource | None = None,
        auth: Auth | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        identity = _identity(token_url, client_id, client_secret, scope, style, token, auth)
        AsyncClient.__init__(self, WIRE, _base_url(base_url), identity, options)

    @property
    def raw(self) -> ESLoyaltySurface[RawAsync]:
        """The same calls, each giving an `Answer` with its `data` and its `response`."""
        return ESLoyaltySurface(self._raw())


def _base_url(base_url: str | None) -> str:
    url: str = from_environment("ESLoyalty", "base_url", base_url, "ES_LOYALTY_BASE_URL")
    if isinstance(url, str) and url.rstrip("/").endswith("/client"):
        raise InvalidArgument("base_url", "must end before /client, which each call adds itself")
    return url


def _identity(
    token_url: str | None,
    client_id: SecretSource | None,
    client_secret: SecretSource | None,
    scope: str | None,
    style: Style | None,
    token: SecretSource | None,
    auth: Auth | None,
) -> Auth:
    """By what is given; else by the environment, where a token that is there already goes first."""
    asking = any(part is not None for part in (token_url, client_id, client_secret, scope, style))
    if auth is not None:
        if asking or token is not None:
            raise InvalidArgument("auth", "is given in place of a token and of all that gets one")
        return auth
    if asking and token is not None:
        raise InvalidArgument("token", "is given in place of what gets one, not with it")
    known = token if asking else optional_from_environment(token, "ES_LOYALTY_TOKEN")
    if known is not None:
        return BearerToken(known)
    return ClientCredentials(
        from_environment(_ESLOYALTY, "token_url", token_url, "ES_LOYALTY_TOKEN_URL"),
        from_environment(_ESLOYALTY, "client_id", client_id, "ES_LOYALTY_CLIENT_ID"),
        from_environment(_ESLOYALTY, "client_secret", client_secret, "ES_LOYALTY_CLIENT_SECRET"),
        scope=optional_from_environment(scope, "ES_LOYALTY_SCOPE"),
        style="basic" if style is None else style,
    )


_ESLOYALTY = "ESLoyalty (with no token and no ES_LOYALTY_TOKEN)"
