"""The client certificate that both versions are shown."""

from __future__ import annotations

import os
from typing import Any

from loyalty_sdk._core.client import CommonOptions, optional_from_environment
from loyalty_sdk._core.connections.network import own_ssl_context
from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk.errors import InvalidArgument

PemFile = str | os.PathLike[str]


def show_certificate(
    cert: PemFile | None, key: PemFile | None, options: CommonOptions, or_environment: bool = True
) -> None:
    """Put TLS settings with the certificate among the options, where there is one.

    Args:
        cert: The file with the certificate.
        key: The file with its key.
        options: The options of the client.
        or_environment: Whether the environment may name the files, too.

    Raises:
        InvalidArgument: They cannot be used, or not with these options.
    """
    chain, own_key = _file("cert", cert), _file("key", key)
    given: dict[str, Any] = dict(options)
    for other in ("http_client", "transport", "ssl_context"):
        if given.get(other) is not None:
            if chain is not None or own_key is not None:
                raise InvalidArgument("cert", f"belongs to the {other} when one is given")
            return
    if or_environment:
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
