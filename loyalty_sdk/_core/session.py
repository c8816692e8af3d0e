"""What a client and its views share: where the vendor is, who asks, and the current token."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Generic, TypeVar

import httpx

from loyalty_sdk._core.connections.network import Network, is_loopback, names_a_place
from loyalty_sdk._core.credentials import Auth, Token
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import InvalidArgument

D = TypeVar("D")

_MARGIN_SHARE = 0.1
_LARGEST_MARGIN = 60.0
_LONGEST_LIFETIME = 1e9  # JSON has numbers that no clock can be advanced by


class TokenSlot:
    """The token in use, and when it stops being good."""

    def __init__(self) -> None:
        self._token: Secret | None = None
        self._good_until: float | None = None

    def current(self, refused: Secret | None) -> Secret | None:
        """The token, unless it runs out or is the one that was refused."""
        if self._token is None or self._token is refused:
            return None
        if self._good_until is not None and time.monotonic() >= self._good_until:
            return None
        return self._token

    def put(self, token: Token, asked_at: float) -> Secret:
        """Keep a new token; it is renewed a little before it runs out."""
        self._token = token.value
        self._good_until = None
        if token.lifetime is not None:
            lifetime = min(token.lifetime, _LONGEST_LIFETIME)
            margin = min(_LARGEST_MARGIN, lifetime * _MARGIN_SHARE)
            self._good_until = asked_at + lifetime - margin
        return self._token


class Session(Generic[D]):
    """One vendor, reached in one way by one identity.

    Args:
        vendor: The rules of the vendor's wire.
        base_url: Where it is; without a slash at the end.
        auth: Who asks; `None` for nobody.
        door: Where requests go out.
        network: How the vendor is reached.
        headers: What goes with every request, also to a host that is not the vendor's.
        allow_http: Whether credentials may travel in the clear.
    """

    def __init__(
        self,
        vendor: Vendor,
        base_url: str,
        auth: Auth | None,
        door: D,
        network: Network = Network(),  # noqa: B008  # a value
        *,
        headers: Mapping[str, str] = EMPTY,
        allow_http: bool = False,
    ) -> None:
        self.vendor = vendor
        self.allow_http = allow_http
        self.base_url = checked_url("base_url", base_url, allow_http).rstrip("/")
        self.auth = auth
        self.door = door
        self.network = network
        self.own_headers = {"accept": "application/json", **headers}
        self.headers = {"accept": "application/json", **vendor.headers, **headers}
        self.token = TokenSlot()


def checked_url(argument: str, url: str, allow_http: bool) -> str:
    """An absolute URL that secrets may go to.

    Raises:
        InvalidArgument: It is no such URL, or plain http to another machine.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError):
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not names_a_place(parsed):
        raise InvalidArgument(argument, "must be an absolute URL that begins with https://")
    if parsed.userinfo or "?" in str(parsed) or "#" in str(parsed):
        raise InvalidArgument(argument, "must have no user, query or fragment in it")
    if parsed.scheme == "http" and not (allow_http or is_loopback(parsed.host)):
        raise InvalidArgument(
            argument,
            "must be https: plain http would show the credentials to everyone on the way "
            "(allow_http=True sends them all the same)",
        )
    return str(parsed)
