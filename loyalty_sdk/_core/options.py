"""What a caller may set for every call of a client, or of a view made by `with_options`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import attrs

from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.frozen import EMPTY, frozen_dict
from loyalty_sdk._core.retry import LONGEST_WAIT, Retry
from loyalty_sdk.errors import InvalidArgument


class NotGiven:
    """The type of `NOT_GIVEN`: an argument left out, where `None` means something of its own."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN = NotGiven()


def _seconds(_: Any, attribute: attrs.Attribute[Any], value: float | None) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value is not None and not (number and 0 < value <= LONGEST_WAIT):
        raise InvalidArgument(attribute.name, "must be a number of seconds above 0, or None")


def _retry(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, Retry):
        raise InvalidArgument(attribute.name, "must be a Retry")


def _hidden(headers: Any) -> Mapping[str, Secret]:
    """The headers with names in lower case, or one given twice would be sent twice."""
    if not isinstance(headers, Mapping):
        raise InvalidArgument("headers", "must be a mapping of names to texts")
    pairs = cast("Mapping[object, object]", headers).items()
    return frozen_dict({(key := _name(name)): Secret(_value(key, v)) for name, v in pairs})


def _name(name: object) -> str:
    lowered = name.lower() if isinstance(name, str) else ""
    if not _TOKEN.fullmatch(lowered):
        raise InvalidArgument("headers", "must have names that a header can have")
    if lowered in _FRAMING:
        raise InvalidArgument("headers", f"{lowered} belongs to the transport")
    return lowered


def _value(name: str, given: object) -> str:
    text = given.reveal() if isinstance(given, Secret) else given
    if not isinstance(text, str) or not text.isascii():
        raise InvalidArgument("headers", f"{name} must be ASCII text")
    if not text.isprintable():
        raise InvalidArgument("headers", f"{name} must not have control characters in it")
    if text != text.strip():
        raise InvalidArgument("headers", f"{name} must not begin or end with white space")
    return str.__str__(text)


_TOKEN = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
_FRAMING = frozenset({"connection", "content-length", "content-type", "host", "transfer-encoding"})


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
