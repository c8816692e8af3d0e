"""Whether a call names the app that it belongs to: by the credentials, as Spaaza says of each.

https://docs.spaaza.com/api/authentication
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.credentials import Auth
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.runner import Async, Sync
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.spaaza._wire import API_VERSION, APP_HOSTNAME
from loyalty_sdk.spaaza.auth import (
    AdminSession,
    PrivilegedToken,
    UserSession,
    checked_hostname,
)

Need: TypeAlias = Literal["must", "may", "never"]


@attrs.frozen(kw_only=True)
class AppRule:
    """Whether the header `X-Spaaza-MyPrice-App-Hostname` goes with a call.

    Attributes:
        user: With a customer's session, which always has an app.
        admin: With the session of somebody on the staff, which has none.
        privileged: With a privileged token, which may have one.
        since: The API version from which on the rule holds.
    """

    user: Need = "may"
    admin: Need = "may"
    privileged: Need = "may"
    since: tuple[int, ...] = ()

    def headers(
        self, runner: Sync | Async, app_hostname: str | None = None
    ) -> Mapping[str, str | None]:
        """The header of a call, or that there is to be none.

        Args:
            runner: What carries the call: it knows the credentials.
            app_hostname: The app, where the call itself names it.

        Raises:
            InvalidArgument: An app is needed and not known, or is no host name.
        """
        given = None if app_hostname is None else checked_hostname(app_hostname)
        need = self._need(runner)
        if need == "never":
            return {APP_HOSTNAME: None}
        if given is not None:
            return {APP_HOSTNAME: given}
        if need == "must" and not _has_app(runner):
            raise InvalidArgument(
                "app_hostname", "is needed for this call: the credentials must name their app"
            )
        return EMPTY

    def _need(self, runner: Sync | Async) -> Need:
        auth: Auth | None = runner.session.auth
        if self.since and not _asks_for(runner, self.since):
            return "may"
        if isinstance(auth, UserSession):
            return self.user
        if isinstance(auth, AdminSession):
            return self.admin
        return self.privileged if isinstance(auth, PrivilegedToken) else "may"


def _has_app(runner: Sync | Async) -> bool:
    auth: Any = runner.session.auth
    return getattr(auth, "app_hostname", None) is not None or APP_HOSTNAME in runner.options.headers


def _asks_for(runner: Sync | Async, version: tuple[int, ...]) -> bool:
    """Whether the client asks for this API version or a newer one."""
    asked = runner.session.vendor.headers.get(API_VERSION)
    return asked is not None and tuple(map(int, asked.split("."))) >= version


CLAIMING = AppRule(user="must", admin="never", privileged="must")
CLAIMING_MANY = AppRule(privileged="must")
ENDING = AppRule(privileged="must")
CHANGING_USERS = AppRule(user="never", admin="never", privileged="must")
READING_USERS = AppRule(privileged="must")
READING_USERS_BY_NAME = AppRule(admin="must", privileged="must")
LEDGER = AppRule(user="must", privileged="must", since=(1, 5, 4))
CLAIMING_BASKETS = AppRule(user="must", admin="never", privileged="never")
