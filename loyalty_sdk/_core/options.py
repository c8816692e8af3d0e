"""What a caller may set for every call of a client, or of a view made by `with_options`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import attrs

from loyalty_sdk._core.frozen import EMPTY, frozen_dict
from loyalty_sdk._core.retry import Retry
from loyalty_sdk.errors import InvalidArgument


class NotGiven:
    """The type of `NOT_GIVEN`: an argument left out, where `None` means something of its own."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN = NotGiven()


def _seconds(_: Any, attribute: attrs.Attribute[Any], value: float | None) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value is not None and not (number and 0 < value < math.inf):
        raise InvalidArgument(attribute.name, "must be a number of seconds above 0, or None")


def _retry(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, Retry):
        raise InvalidArgument(attribute.name, "must be a Retry")


def _headers(_: Any, attribute: attrs.Attribute[Any], value: Mapping[str, Any]) -> None:
    for name, text in value.items():
        if not isinstance(text, str) or not (name.isascii() and text.isascii()):
            raise InvalidArgument(attribute.name, f"{name} must be ASCII text")
        if any(ord(character) < 32 for character in name + text):
            raise InvalidArgument(attribute.name, f"{name} must not have control characters in it")


@attrs.frozen(kw_only=True)
class Options:
    """How calls are made.

    Attributes:
        timeout: Seconds that one attempt may take, from connecting to the last byte; above 0, or
            `None` for no limit.
        deadline: Seconds that all attempts of one call or page may take together, waiting and
            renewing a token included; above 0, or `None` for no limit.
        retry: When and how often a failed attempt is repeated.
        headers: More headers for every request.
    """

    timeout: float | None = attrs.field(default=30.0, validator=_seconds)
    deadline: float | None = attrs.field(default=60.0, validator=_seconds)
    retry: Retry = attrs.field(factory=Retry, validator=_retry)
    headers: Mapping[str, str] = attrs.field(
        default=EMPTY, converter=frozen_dict, validator=_headers, repr=False
    )

    def changed(self, **given: Any) -> Options:
        """The same options with those replaced that are given."""
        return attrs.evolve(self, **{k: v for k, v in given.items() if v is not NOT_GIVEN})
