"""Customers: their cards, and what is written down of them.

https://docs.spaaza.com/api/get-user
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Unpack

from loyalty_sdk._core.arguments import plain_text
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.inputs import body
from loyalty_sdk._core.redact import Secret
from loyalty_sdk.spaaza._app import CHANGING_USERS, READING_USERS, READING_USERS_BY_NAME
from loyalty_sdk.spaaza._calls import about_user, get, reading, send
from loyalty_sdk.spaaza.inputs.users import NewUser, UserChanges, WhichCard, WhichUser
from loyalty_sdk.spaaza.models import Card, UserInfo
from loyalty_sdk.spaaza.sessions import hidden

_KEYS = ("username", "member_number", "authentication_point_identifier", "auxiliary_identifier")


class Users(Resource[R_co]):
    """Customers."""

    @endpoint
    def get_card(self, **which: Unpack[WhichCard]) -> Call[Card]:
        """A customer's card: who they are, where they stand, what they hold. Repeated.

        See `WhichCard`; customers name nobody.

        https://docs.spaaza.com/api/get-card
        """
        return get(reading(Card), "get-card", about_user(WhichCard, which), gives_secrets=True)

    @endpoint
    def get(self, *, app_hostname: str | None = None, **which: Unpack[WhichUser]) -> Call[UserInfo]:
        """A customer, or with a privileged token somebody on the staff. Repeated.

        Args:
            app_hostname: The app; staff who ask by `username` must say it.
            **which: Who; see `WhichUser`. Customers name nobody.

        https://docs.spaaza.com/api/get-user
        """
        asked = about_user(WhichUser, which)
        rule = READING_USERS_BY_NAME if "username" in asked else READING_USERS
        if "optional_attributes" in asked:
            asked["optionalAttributes"] = asked.pop("optional_attributes")
        app = rule.headers(self._runner, app_hostname)
        return get(_USER_INFO, "internal/get-user", asked, app, gives_secrets=True)

    @endpoint
    def add(
        self,
        *,
        password: str | Secret | None = None,
        client_channel: str | None = None,
        **fields: Unpack[NewUser],
    ) -> Call[UserInfo]:
        """Add a customer. Not for customers.

        Repeated after a failure where `update_if_exists` is true and a field names the customer:
        the second request then finds them. Else never.

        Args:
            password: The password, if they are to log in with one.
            client_channel: Where they signed up, such as `import`: it is recorded.
            **fields: Who they are; see `NewUser`.

        https://docs.spaaza.com/api/add-user
        """
        sent = body(NewUser, fields)
        app = CHANGING_USERS.headers(self._runner)
        again = sent.get("update_if_exists") is True and not sent.keys().isdisjoint(_KEYS)
        return send(
            "POST",
            "internal/add-user",
            _USER_INFO,
            {**sent, **_password(password)},
            {**app, **_channel(client_channel)},
            repeatable=again,
            gives_secrets=True,
        )

    @endpoint
    def alter(
        self, *, password: str | Secret | None = None, **fields: Unpack[UserChanges]
    ) -> Call[UserInfo]:
        """Change a customer; what is left out stays as it is. Never repeated.

        Args:
            password: A new password.
            **fields: Who, and what is to be changed; see `UserChanges`. Give `user_id`: without it,
                which of several other names is meant is not documented.

        https://docs.spaaza.com/api/alter-user
        """
        sent = {**body(UserChanges, fields), **_password(password)}
        app = CHANGING_USERS.headers(self._runner)
        return send("PUT", "internal/alter-user", _USER_INFO, sent, app, gives_secrets=True)


_USER_INFO = reading(UserInfo, "user_info")


def _password(password: str | Secret | None) -> Mapping[str, Secret]:
    return {} if password is None else {"password": hidden(password)}


def _channel(client_channel: str | None) -> Mapping[str, str]:
    if client_channel is None:
        return {}
    said = {"client_channel": plain_text("client_channel", client_channel)}
    return {"x-spaaza-request": json.dumps(said)}
