"""What proving who you are looks like to the core: a value that is asked, never one that acts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, TypeAlias

import attrs

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.errors import InvalidArgument

SecretSource: TypeAlias = (
    str | Secret | Callable[[], str | Secret] | Callable[[], Awaitable[str | Secret]]
)
"""A secret, or a function that gives it each time it is needed: so it can be rotated.

On an async client the function may be a coroutine function.
"""


@attrs.frozen
class Token:
    """What a renewal gives.

    Attributes:
        value: The token.
        lifetime: Seconds that it is good for, from when it was asked for; `None`: not said.
    """

    value: Secret
    lifetime: float | None = None


class Auth(ABC):
    """A way to prove who you are.

    The runner asks for the secrets, resolves those that are functions, has a token renewed where
    `renews` is true (it then joins the secrets as `token`), and asks for the headers.
    """

    renews: ClassVar[bool] = False

    @abstractmethod
    def secrets(self) -> Mapping[str, SecretSource]:
        """The secrets that it needs, by name."""

    @abstractmethod
    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The headers that prove it."""

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that gives a new token; only where `renews` is true."""
        raise TypeError(f"{type(self).__name__} has nothing to renew")


def checked_source(argument: str, source: SecretSource) -> SecretSource:
    """Check a secret as far as that goes before it is needed.

    Raises:
        InvalidArgument: It is neither text nor a function, or empty.
    """
    if not callable(source):
        checked_secret(argument, source)
    return source


def checked_secret(argument: str, value: object) -> Secret:
    """A secret that can stand in a header.

    Raises:
        InvalidArgument: It is no text, empty, or has characters that no header may have.
    """
    text = value.reveal() if isinstance(value, Secret) else value
    if not isinstance(text, str):
        raise InvalidArgument(argument, f"must be text, not {type(text).__name__}")
    if not text or text != text.strip():
        raise InvalidArgument(argument, "must not be empty, nor begin or end with white space")
    if not text.isascii() or not text.isprintable():
        raise InvalidArgument(argument, "must be plain ASCII text")
    return Secret(str.__str__(text))
