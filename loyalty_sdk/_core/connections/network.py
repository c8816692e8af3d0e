"""How a vendor is reached: proxies, TLS settings, and how many connections there may be.

What holds the connections themselves is in `transport`; it needs httpcore, which is not loaded
before a client is made.
"""

from __future__ import annotations

import base64
import re
import ssl
import threading
import urllib.request
from collections.abc import Callable

import attrs
import httpx

from loyalty_sdk._core.given.arguments import within
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    return host in _LOOPBACK or (host.startswith("127.") and host.replace(".", "").isdecimal())


def names_a_place(url: httpx.URL) -> bool:
    """Whether a URL has a host and a port that something can listen at."""
    port = 443 if url.port is None else url.port
    return 0 < port < 65536 and _HOST.fullmatch(url.raw_host.decode("ascii")) is not None


_LABEL = r"[\w-]{1,63}"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*\.?|[\da-fA-F.]*:[\da-fA-F:.]*", re.ASCII)


def _hidden(proxy: str | Secret | None) -> Secret | None:
    """A URL that may have a password in it."""
    if proxy is None:
        return None
    hidden = proxy if isinstance(proxy, Secret) else Secret(proxy)
    _parsed(hidden.reveal())
    return hidden


def _one_or_more(_: object, field: attrs.Attribute[int], most: int | None) -> None:
    within(field.name, -1 if most is None else most, 1, None)


@attrs.frozen(kw_only=True)
class Network:
    """How a client reaches its vendor.

    Attributes:
        ssl_context: The TLS settings; `None` for the shared ones, which always verify.
        proxy: The URL of a proxy; `None` for what the environment says.
        max_connections: How many connections may be open at once.
    """

    ssl_context: ssl.SSLContext | None = None
    proxy: Secret | None = attrs.field(default=None, converter=_hidden)
    max_connections: int = attrs.field(default=20, validator=_one_or_more)

    def secrets(self, url: str) -> tuple[Secret, ...]:
        """What a proxy on the way to *url* is told, to know who asks."""
        try:
            proxy = self.proxy_for(httpx.URL(url))
        except InvalidArgument:  # the environment's is none
            return ()
        if proxy is None or proxy.raw_auth is None:
            return ()
        both = base64.b64encode(b":".join(proxy.raw_auth))
        return tuple(Secret(part.decode()) for part in (*proxy.raw_auth, both))

    def proxy_for(self, url: httpx.URL) -> httpx.Proxy | None:
        """The proxy that leads to *url*, or `None`.

        Raises:
            InvalidArgument: What the environment says is no proxy.
        """
        if self.proxy is not None:
            return _parsed(self.proxy.reveal())
        # What stays on this machine, and may be plain http for it, must not leave it by a proxy.
        if is_loopback(url.host) or urllib.request.proxy_bypass(url.host):
            return None
        proxies = urllib.request.getproxies()
        named = proxies.get(url.scheme) or proxies.get("all")
        return _parsed(named) if named else None


def _parsed(url: str) -> httpx.Proxy:
    try:
        parsed = httpx.Proxy(url if "://" in url else f"http://{url}")
    except (httpx.InvalidURL, TypeError, ValueError):
        parsed = None
    if parsed is None or not names_a_place(parsed.url):
        raise InvalidArgument("proxy", "must be a URL such as http://proxy.example:3128")
    return parsed


_ssl_lock = threading.Lock()
_ssl_contexts: list[ssl.SSLContext] = []


def shared_ssl_context() -> ssl.SSLContext:
    """The one TLS context of the process: making one costs more than making all clients."""
    with _ssl_lock:
        if not _ssl_contexts:
            _ssl_contexts.append(httpx.create_ssl_context())
        return _ssl_contexts[0]


def own_ssl_context(
    cert: str, key: str | None = None, password: Callable[[], str] | None = None
) -> ssl.SSLContext:
    """A TLS context that nobody else uses, for it shows a client certificate.

    Args:
        cert: The file with the certificate, in PEM form.
        key: The file with its private key; `None` when that is in the same file.
        password: Gives the key's password; asked only if it has one.

    Raises:
        OSError: The files cannot be read, or do not belong together (`ssl.SSLError`).
    """
    context = httpx.create_ssl_context()
    context.load_cert_chain(cert, key, password)
    return context
