"""What receivers share: headers in any form, several secrets, comparing in constant time."""

from __future__ import annotations

import hashlib
import hmac
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast

from loyalty_sdk._core.hiding.frames import construct_unseen
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.errors import BadSignature, InvalidArgument
from loyalty_sdk.webhooks.event import Event

E_co = TypeVar("E_co", bound=Model, covariant=True)
D_co = TypeVar("D_co", covariant=True)


class _Items(Protocol):
    def items(self) -> Iterable[tuple[str, str]]: ...


GivenHeaders: TypeAlias = _Items | Iterable[tuple[str, str] | tuple[bytes, bytes]]
"""The headers of a request: a mapping, or pairs of text or of bytes; names in any case."""


class Receiver(ABC, Generic[E_co, D_co]):
    """Checks and reads what one vendor sends. It holds no state: threads and tasks may share it."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        construct_unseen(cls)

    def receive(self, headers: GivenHeaders, body: bytes) -> Event[E_co, D_co]:
        """Check where a request comes from, and read it.

        Args:
            headers: The headers of the request.
            body: Its raw body, as it came: not parsed, not decoded, not written anew.

        Raises:
            BadSignature: It is not proven that the vendor sent this. Answer with a 401, and act on
                nothing in it.
            InvalidArgument: The body is not bytes.
        """
        self.check(headers, body)
        return self.read(body)

    @abstractmethod
    def check(self, headers: GivenHeaders, body: bytes) -> None:
        """Only check where a request comes from: see `receive`."""

    @abstractmethod
    def read(self, body: bytes) -> Event[E_co, D_co]:
        """Only read a body, one that was checked before. Nothing in it is refused."""


def checked_secrets(values: tuple[str | Secret, ...]) -> tuple[Secret, ...]:
    """The secrets that a receiver may be given.

    Raises:
        InvalidArgument: There is none, or one is no text, empty, or has white space around it.
    """
    texts: list[object] = [v.reveal() if isinstance(v, Secret) else v for v in values]
    if not texts:
        raise InvalidArgument("secrets", "at least one is needed")
    for each in texts:
        if not isinstance(each, str):
            raise InvalidArgument("secrets", f"must be text, not {type(each).__name__}")
        if not each or each != each.strip():
            raise InvalidArgument("secrets", "must not be empty, nor begin or end with white space")
        if not each.isascii():
            raise InvalidArgument("secrets", "must be plain ASCII text")
    return tuple(Secret(cast("str", each)) for each in texts)


def checked_body(body: object) -> bytes:
    """The raw body.

    Raises:
        InvalidArgument: It is something else, such as text: a signature is of bytes.
    """
    if not isinstance(body, (bytes, bytearray, memoryview)):
        kind = type(body).__name__
        raise InvalidArgument("body", f"must be the raw bytes of the request, not {kind}")
    return bytes(cast("bytes", body))


def the_header(headers: GivenHeaders, name: str, operation: str) -> str:
    """The one header of a name.

    Raises:
        BadSignature: There is none, or there are several.
    """
    source: Any = headers
    pairs: Iterable[tuple[Any, Any]] = source.items() if hasattr(source, "items") else source
    found = [_text(value) for key, value in pairs if _text(key).lower() == name.lower()]
    if len(found) == 1:
        return found[0]
    count = "several headers" if found else "no header"
    raise refused(
        operation,
        f"there is {count} {name}; is a secret set at the vendor, and do all headers of the "
        "request come through as they were sent?",
    )


def hmac_fits(
    secrets: Iterable[Secret], body: bytes, written: Callable[[bytes], str], given: str
) -> bool:
    """Whether a signature is the HMAC-SHA256 of a body with one of the secrets.

    Args:
        secrets: The secrets; all are tried, whichever fits.
        body: What is signed.
        written: How the digest is written.
        given: The signature.
    """
    there = given.encode("utf-8", "surrogateescape")
    here = [written(hmac_of(secret, body)).encode() for secret in secrets]
    return True in [hmac.compare_digest(each, there) for each in here]


def hmac_of(secret: Secret, body: bytes) -> bytes:
    """The HMAC-SHA256 of a body; the secret's text is the key."""
    return hmac.digest(secret.reveal().encode(), body, hashlib.sha256)


def does_not_fit(operation: str, secrets: Iterable[Secret]) -> BadSignature:
    """The error of a signature that none of the secrets made."""
    whose = "any of the secrets" if len(list(secrets)) > 1 else "the secret"
    return refused(
        operation,
        f"the signature was not made with {whose}; is it what the vendor shows for this webhook, "
        "and is the body the raw bytes as they came?",
    )


def refused(operation: str, words: str, kind: type[BadSignature] = BadSignature) -> BadSignature:
    """An error of the receiver that bears this name."""
    problem = kind(words)
    problem.operation = operation
    return problem


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
