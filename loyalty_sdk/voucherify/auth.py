"""Voucherify's own way to prove who you are: the server keys of a project."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from loyalty_sdk._core.credentials import Auth, SecretSource, hidden_sources
from loyalty_sdk._core.hiding.redact import Secret


@attrs.frozen
class ServerKeys(Auth):
    """The application id and secret key of a project, sent as `X-App-Id` and `X-App-Token`.

    https://docs.voucherify.io/api-reference/authentication

    Args:
        app_id: The application id, or a function that gives it each time.
        app_token: The secret key, or a function that gives it each time.

    Raises:
        InvalidArgument: One of them cannot stand in a header.
    """

    app_id: SecretSource = attrs.field(repr=False)
    app_token: SecretSource = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "app_id", "app_token")

    def secrets(self) -> Mapping[str, SecretSource]:
        """Both keys."""
        return {"app_id": self.app_id, "app_token": self.app_token}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """Both headers."""
        return {"x-app-id": secrets["app_id"], "x-app-token": secrets["app_token"]}
