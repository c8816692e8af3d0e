"""Customers: their cards, and what is written down of them.

https://docs.spaaza.com/api/get-user
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import plain_text
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.spaaza._app import CHANGING_USERS, READING_USERS, READING_USERS_BY_NAME
from loyalty_sdk.spaaza._calls import about_user, get, reading, send
from loyalty_sdk.spaaza.inputs.users import NewUser, UserChanges, WhichCard, WhichUser
from loyalty_sdk.spaaza.models.users import Card, UserInfo
from loyalty_sdk.spaaza.sessions import hidden

_KEYS = ("username", "member_number", "authentication_point_identifier", "auxiliary_identifier")


class Users(Resource[R_co]):
    """Customers. One who asks with their own session names nobody.

    `app_hostname` is the app; staff who ask by `username` must say it.
    """

    @endpoint
    def get_card(self, **which: Unpack[WhichCard]) -> Call[Card]:
        """A customer's card: who they are and what they hold; see `WhichCard`. Repeated.

        https://docs.spaaza.com/api/get-card
        """
        return get(reading(Card), "get-card", about_user(WhichCard, which), gives_secrets=True)

    @endpoint
    def get(self, *, app_hostname: str | None = None, **which: Unpack[WhichUser]) -> Call[UserInfo]:
        """A customer, or for a privileged token somebody on the staff; see `WhichUser`. Repeated.

        https://docs.spaaza.com/api/get-user
        """
        asked = about_user(WhichUser, which)
        rule = READING_USERS_BY_NAME if "username" in asked else READING_USERS
        app = rule.headers(self._runner, app_hostname)
        return get(_USER_INFO, "internal/get-user", _in_their_words(asked), app, gives_secrets=True)

    @endpoint
    def add(
        self,
        *,
        password: str | Secret | None = None,
        client_channel: str | None = None,
        **fields: Unpack[NewUser],
    ) -> Call[UserInfo]:
        """Add a customer; see `NewUser`. Not for customers.

        Repeated after a failure only where `update_if_exists` is true and a field names the
        customer, whom the second request finds. `client_channel` is where they signed up: `import`.

        https://docs.spaaza.com/api/add-user
        """
        sent = body(NewUser, fields)
        again = sent.get("update_if_exists") is True and not sent.keys().isdisjoint(_KEYS)
        app = {**CHANGING_USERS.headers(self._runner), **_channel(client_channel)}
        return _written("POST", "add", {**sent, **_password(password)}, app, repeatable=again)

    @endpoint
    def alter(
        self, *, password: str | Secret | None = None, **fields: Unpack[UserChanges]
    ) -> Call[UserInfo]:
        """Change a customer; what is left out stays as it is. See `UserChanges`. Never repeated.

        https://docs.spaaza.com/api/alter-user
        """
        sent = {**body(UserChanges, fields), **_password(password)}
        return _written("PUT", "alter", sent, CHANGING_USERS.headers(self._runner))


_USER_INFO = reading(UserInfo, "user_info")


def _written(
    method: Literal["POST", "PUT"],
    verb: Literal["add", "alter"],
    sent: Mapping[str, Any],
    headers: Mapping[str, str | None],
    *,
    repeatable: bool = False,
) -> Call[UserInfo]:
    """Writes down what is known of a customer; the answer shows all of it."""
    path = f"internal/{verb}-user"
    return send(method, path, _USER_INFO, sent, headers, repeatable=repeatable, gives_secrets=True)


def _in_their_words(asked: dict[str, Any]) -> dict[str, Any]:
    """The one name that is not written as the others are."""
    renamed = {"optional_attributes": "optionalAttributes"}
    return {renamed.get(name, name): value for name, value in asked.items()}


def _password(password: str | Secret | None) -> Mapping[str, Secret]:
    return {} if password is None else {"password": hidden(password)}


def _channel(client_channel: str | None) -> Mapping[str, str]:
    if client_channel is None:
        return {}
    said = {"client_channel": plain_text("client_channel", client_channel)}
    return {"x-spaaza-request": json.dumps(said)}
