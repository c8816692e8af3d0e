from __future__ import annotations

from typing import Any

import httpx
import pytest

from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.cardlytics import TokenExpired
from loyalty_sdk.cardlytics._wire import CardlyticsWire, zone_of
from loyalty_sdk.errors import APIError, InvalidArgument, PermissionDenied


def error(status: int, content: bytes) -> APIError:
    """The error in an answer."""
    found = CardlyticsWire().error(Response(status, httpx.Headers(), content))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["session_id", "meta"])
def test_a_header_of_512_bytes_passes(name: str) -> None:
    """512 bytes are sent whole."""
    arguments: dict[str, Any] = {name: "x" * 512}
    wire = CardlyticsWire(**arguments)
    assert "x" * 512 in wire.headers.values()


@pytest.mark.parametrize("name", ["session_id", "meta"])
@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("x" * 513, "must not be longer than 512 bytes"),
        ("é" * 257, "must not be longer than 512 bytes"),
        ("é", "must be printable ASCII"),
        ("a\nb", "must be printable ASCII"),
        ("a\tb", "must be printable ASCII"),
        ("\ud800", "must be printable ASCII"),
        ("", "must not be empty"),
        (" a", "must not be empty, nor begin"),
        (5, "must be text, not int"),
        (b"a", "must be text, not bytes"),
    ],
)
def test_a_bad_header_is_refused(name: str, value: Any, problem: str) -> None:
    """The server would cut a long one off and say nothing; others cannot be sent."""
    with pytest.raises(InvalidArgument, match=f"{name}: {problem}"):
        CardlyticsWire(**{name: value})


@pytest.mark.parametrize("status", [200, 204, 299])
def test_a_success_is_no_error(status: int) -> None:
    """Only other statuses are errors, for the documents know no error in a 200."""
    assert CardlyticsWire().error(Response(status, httpx.Headers(), b'{"error": {}}')) is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"error": {"message": "m"}}', TokenExpired),
        (b'{"error": {"code": "Forbidden"}}', TokenExpired),
        (b'{"message": "m", "code": "Forbidden"}', TokenExpired),
        (b'{"message": "Forbidden"}', PermissionDenied),
        (b'{"error": "Forbidden", "status": 403}', PermissionDenied),
        (b'{"error": {}}', PermissionDenied),
        (b"[]", PermissionDenied),
        (b"<html>", PermissionDenied),
        (b"", PermissionDenied),
        (b"\xff", PermissionDenied),
    ],
)
def test_only_cardlytics_own_403_means_expiry(content: bytes, kind: type[APIError]) -> None:
    """A gateway's 403, an unknown certificate's say, is no expired token."""
    assert type(error(403, content)) is kind


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": {"message": 5, "code": 500, "innerError": {"a": 1}, "serverSessionId": null}}',
        b'{"message": null, "code": 500, "innerError": [], "serverSessionId": true}',
    ],
)
def test_an_odd_error_object_is_read(body: bytes) -> None:
    """Members of other types are passed over, but for a number as the code."""
    found = error(500, body)
    assert (found.code, found.details, found.request_id) == ("500", None, None)
    assert found.message


def test_a_zone_belongs_to_cardlytics() -> None:
    """Any other vendor has none."""
    assert zone_of(Vendor()) is None
