"""Voucherify's wire: hosts, headers, error bodies and waits."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Literal

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.hiding.redact import SHOWN_HEADERS
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.remarks import Limits
from loyalty_sdk._core.vendor import Vendor, error_class, said_nothing, words
from loyalty_sdk.errors import APIError

Region = Literal["eu", "us", "as"]

HOSTS: Mapping[str, str] = {
    "eu": "https://api.voucherify.io",
    "us": "https://us1.api.voucherify.io",
    "as": "https://as1.api.voucherify.io",
}
"""The API's hosts: https://docs.voucherify.io/api-reference/introduction-to-api"""

DOWNLOAD_HOSTS: Mapping[str, str] = {
    HOSTS["eu"]: "https://download.voucherify.io",
    HOSTS["us"]: "https://us1.download.voucherify.io",
    HOSTS["as"]: "https://as1.download.voucherify.io",
}
"""Where files are: https://docs.voucherify.io/api-reference/exports/download-export"""


_LIMITS = ("limit", "remaining", "retry", "type")


class VoucherifyWire(Vendor):
    """https://docs.voucherify.io/api-reference/errors and /guides/limits."""

    name = "voucherify"
    shown_headers = SHOWN_HEADERS | {
        "x-rate-limit-limit",
        "x-rate-limit-remaining",
        "x-rate-limit-retry",
        "x-rate-limit-type",
    }
    shown_parameters = frozenset({"limit", "order", "starting_after_id"})

    def __init__(self, api_version: str | None = None) -> None:
        self.headers = {
            "x-voucherify-channel": "loyalty-sdk",
        }
        if api_version is not None:
            self.headers["x-voucherify-api-version"] = api_version

    def refusal(self, response: Response, body: Any) -> APIError:
        """Read the API's error object, its framework's, or whatever else a gateway answers."""
        said = coerce.object_or_empty(body)
        return error_class(response.status)(
            words(said.get("message")) or words(said.get("error")) or said_nothing(response),
            status=response.status,
            code=words(said.get("key")),
            details=_details(said),
            request_id=words(said.get("request_id")),
        )

    def stated_wait(self, response: Response) -> float | None:
        """`Retry-After`, or after a limit was hit the moment in `X-Rate-Limit-Retry`."""
        stated = super().stated_wait(response)
        if stated is not None or response.status != 429:
            return stated
        moment = response.headers.get("x-rate-limit-retry", "")
        return max(0.0, float(moment) - time.time()) if moment.isdecimal() else None

    def limits(self, response: Response) -> Limits | None:
        """What `X-Rate-Limit-*` say: https://docs.voucherify.io/guides/limits."""
        said = {name: response.headers.get(f"x-rate-limit-{name}") for name in _LIMITS}
        if not any(said.values()):
            return None
        return Limits(
            allowed=_count(said["limit"]),
            remaining=_count(said["remaining"]),
            next_at=_moment(said["retry"]),
            kind=said["type"],
        )

    def is_final(self, error: APIError) -> bool:
        """A 429 because the billing cycle is used up: minutes do not help."""
        response = error.response
        return (
            response is not None and response.headers.get("x-rate-limit-type") == "api_calls_cycle"
        )


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and text.isascii() else None


def _moment(text: str | None) -> datetime | None:
    seconds = _count(text)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None


def _details(body: Mapping[str, Any]) -> str | None:
    """The longer text, and the message written in a validation rule where there is one."""
    written = coerce.object_or_empty(body.get("error")).get("message")
    texts = [text for text in (words(body.get("details")), words(written)) if text]
    return "; ".join(texts) or None


WIRE = VoucherifyWire()
