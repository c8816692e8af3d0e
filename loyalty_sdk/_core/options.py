"""What a caller may set for every call of a client, or of a view made by `with_options`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

import attrs

from loyalty_sdk._core.frozen import EMPTY, frozen_dict
from loyalty_sdk._core.redact import Secret
from loyalty_sdk._core.retry import Retry
from loyalty_sdk.errors import InvalidArgument


class NotGiven:
    """The type of `NOT_GIVEN`: an argument left out, where `None` means something of its own."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN = NotGiven()

_WRITTEN = frozenset({"content-length", "content-type", "transfer-encoding"})


def _seconds(_: Any, attribute: attrs.Attribute[Any], value: float | None) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value is not None and not (number and 0 < value < math.inf):
        raise InvalidArgument(attribute.name, "must be a number of seconds above 0, or None")


def _retry(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, Retry):
        raise InvalidArgument(attribute.name, "must be a Retry")


def _hidden(headers: Any) -> Mapping[str, Secret]:
    """The headers with names in lower case, or one given twice would be sent twice."""
    if not isinstance(headers, Mapping):
        raise InvalidArgument("headers", "must be a mapping of names to texts")
    pairs = cast("Mapping[object, object]", headers).items()
    hidden = {_header(name, "a name").lower(): Secret(_header(v, name)) for name, v in pairs}
    for name in _WRITTEN & hidden.keys():
        raise InvalidArgument("headers", f"{name} is written by the SDK itself")
    return frozen_dict(hidden)


def _header(given: object, what: object) -> str:
    text = given.reveal() if isinstance(given, Secret) else given
    if not isinstance(text, str) or not text.isascii():
        raise InvalidArgument("headers", f"{what} must be ASCII text")
    if not text.isprintable():
        raise InvalidArgument("headers", f"{what} must not have control characters in it")
    return text


@attrs.frozen(kw_only=True)
class Options:
    """How calls are made.

    Attributes:
        timeout: Seconds that one attempt may take, from connecting to the last byte; above 0, or
            `None` for no limit.
        deadline: Seconds that all attempts of one call or page may take together, waiting and
            renewing a token included; above 0, or `None` for no limit.
        retry: When and how often a failed attempt is repeated.
        headers: More headers for every request to the vendor; their values are shown nowhere.
    """

    timeout: float | None = attrs.field(default=30.0, validator=_seconds)
    deadline: float | None = attrs.field(default=60.0, validator=_seconds)
    retry: Retry = attrs.field(factory=Retry, validator=_retry)
    headers: Mapping[str, Secret] = attrs.field(default=EMPTY, converter=_hidden, repr=False)

    def changed(self, **given: Any) -> Options:
        """The same options with those replaced that are given."""
        return attrs.evolve(self, **{k: v for k, v in given.items() if v is not NOT_GIVEN})
