"""The three ways to prove to Spaaza who you are.

https://docs.spaaza.com/api/authentication
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from loyalty_sdk._core.credentials import Auth, SecretSource, checked_secret, hidden_sources
from loyalty_sdk._core.given.arguments import number
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import APP_HOSTNAME


@attrs.frozen
class PrivilegedToken(Auth):
    """A token for trusted servers, which Spaaza gives out; it does not run out by itself.

    Args:
        token_id: The token's id, or a function that gives it each time.
        token_secret: The token's secret, or a function that gives it each time.
        app_hostname: The app that calls belong to, such as `acme.spaaza.com`; some calls need it.

    Raises:
        InvalidArgument: One of them cannot stand in a header.
    """

    token_id: SecretSource = attrs.field(repr=False)
    token_secret: SecretSource = attrs.field(repr=False)
    app_hostname: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        hidden_sources(self, "token_id", "token_secret")
        if self.app_hostname is not None:
            checked_hostname(self.app_hostname)

    def secrets(self) -> Mapping[str, SecretSource]:
        """The id and the secret."""
        return {"token_id": self.token_id, "token_secret": self.token_secret}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The bearer header, and the app's."""
        pair = f"{secrets['token_id'].reveal()}:{secrets['token_secret'].reveal()}"
        return {"authorization": Secret(f"Bearer {pair}"), **_hostname(self.app_hostname)}


@attrs.frozen
class AdminSession(Auth):
    """The session of somebody on the staff; `spaaza.sessions.login` gives one.

    Args:
        user_id: The id of the user who logged in.
        session_key: The key of the session, or a function that gives it each time.

    Raises:
        InvalidArgument: One of them cannot stand in a header.
    """

    user_id: int | str
    session_key: SecretSource = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        _check_user(self.user_id)
        hidden_sources(self, "session_key")

    def secrets(self) -> Mapping[str, SecretSource]:
        """The key."""
        return {"session_key": self.session_key}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The session headers."""
        return _session(self.user_id, secrets)


@attrs.frozen
class UserSession(Auth):
    """The session of a customer; `spaaza.sessions.login` with an app's hostname gives one.

    Args:
        user_id: The id of the user who logged in.
        session_key: The key of the session, or a function that gives it each time.
        app_hostname: The app that the customer uses, such as `acme.spaaza.com`.

    Raises:
        InvalidArgument: One of them cannot stand in a header.
    """

    user_id: int | str
    session_key: SecretSource = attrs.field(repr=False)
    app_hostname: str

    def __attrs_post_init__(self) -> None:
        _check_user(self.user_id)
        hidden_sources(self, "session_key")
        checked_hostname(self.app_hostname)

    def secrets(self) -> Mapping[str, SecretSource]:
        """The key."""
        return {"session_key": self.session_key}

    def headers(self, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
        """The session headers, and the app's."""
        return {**_session(self.user_id, secrets), **_hostname(self.app_hostname)}


_LONGEST_HOST = 253


def _session(user_id: int | str, secrets: Mapping[str, Secret]) -> Mapping[str, Secret]:
    return {
        "x-spaaza-session-user-id": Secret(str(user_id)),
        "x-spaaza-session-key": secrets["session_key"],
    }


def _hostname(app_hostname: str | None) -> Mapping[str, Secret]:
    return {} if app_hostname is None else {APP_HOSTNAME: Secret(app_hostname)}


def checked_hostname(app_hostname: str) -> str:
    """An app's hostname that can stand in a header.

    Raises:
        InvalidArgument: It is none.
    """
    text = checked_secret("app_hostname", app_hostname).reveal()
    if "/" in text or len(text) > _LONGEST_HOST:
        raise InvalidArgument("app_hostname", "is a host name such as acme.spaaza.com, no URL")
    return text


def _check_user(user_id: int | str) -> None:
    number("user_id", user_id)
