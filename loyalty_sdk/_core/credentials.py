"""What proving who you are looks like to the core: a value that is asked, never one that acts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Set
from typing import Annotated, Any, ClassVar, NoReturn, Self, TypeAlias

import attrs

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.hiding.frames import construct_unseen
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.coerce import text
from loyalty_sdk._core.reading.model import Reading
from loyalty_sdk.errors import InvalidArgument

SecretSource: TypeAlias = (
    str | Secret | Callable[[], str | Secret] | Callable[[], Awaitable[str | Secret]]
)
"""A secret, or a function that gives it each time it is needed: so it can be rotated.

On an async client the function may be a coroutine function.
"""


def _read_secret(value: Any) -> Secret:
    return Secret(text(value))


Hidden: TypeAlias = Annotated[Secret, Reading(_read_secret)]
"""A field of a model that is a secret. The call that answers with it says `gives_secrets`."""


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

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        construct_unseen(cls)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} is not pickled: store what reveal() of its secrets gives "
            "where secrets belong, and make it anew"
        )

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @abstractmethod
    def secrets(self) -> Mapping[str, SecretSource]:
        """The secrets that it needs, by name."""

    @abstractmethod
    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The headers that prove it."""

    def header_names(self) -> Set[str]:
        """The names of these headers, in lower case."""
        stand_ins = dict.fromkeys((*self.secrets(), "token"), Secret("-"))
        return {name.lower() for name in self.headers(stand_ins)}

    def renew(self, secrets: Mapping[str, Secret]) -> Call[Token]:
        """The call that gives a new token; only where `renews` is true."""
        raise TypeError(f"{type(self).__name__} has nothing to renew")


def hidden_sources(auth: Auth, *names: str) -> None:
    """Put secrets given as plain text out of sight, and check them as far as that goes by now.

    An auth value calls it when it is made, with the names of its fields that are secrets.

    Raises:
        InvalidArgument: One is neither text nor a function, or empty.
    """
    for name in names:
        source: object = getattr(auth, name)
        if not callable(source):
            object.__setattr__(auth, name, checked_secret(name, source))


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
