"""Which calls name the app that they belong to, by the kind of credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from conftest import Colour

from loyalty_sdk.auth import BearerToken
from loyalty_sdk.errors import APIError, InvalidArgument
from loyalty_sdk.spaaza import AdminSession, PrivilegedToken, UserSession

from .replay import Replay
from .test_calls import CASES, call

HEADER = "x-spaaza-myprice-app-hostname"
APP = "acme.example.com"
AUTH: Mapping[str, Any] = {
    "user": UserSession(71, "synthetic-key", APP),
    "admin": AdminSession(21, "synthetic-key"),
    "privileged": PrivilegedToken("synthetic-id", "synthetic-secret", app_hostname=APP),
    "privileged, of no app": PrivilegedToken("synthetic-id", "synthetic-secret"),
    "a stranger": BearerToken("synthetic-token"),
}
USUALLY = {"user": APP, "admin": None, "privileged": APP, "privileged, of no app": None}
"""Where the vendor says nothing of a call: what the credentials have."""
REFUSED = "refused before anything is sent"
CLAIMING = {**USUALLY, "privileged, of no app": REFUSED}
CHANGING = {**CLAIMING, "user": None}

RULES: Mapping[str, Mapping[str, Any]] = {
    "vouchers.claim": CLAIMING,
    "vouchers.claim_many": CLAIMING,
    "vouchers.unclaim": CLAIMING,
    "vouchers.delete": CLAIMING,
    "users.add": CHANGING,
    "users.alter": CHANGING,
    "users.get": CLAIMING,
    "wallets.get_ledger": CLAIMING,
    "baskets.claim": {**USUALLY, "privileged": None},
}
"""What goes with each call; those that are not here are as usual."""

BY_CALL = {case.call: case for case in reversed(CASES)}


def sent(colour: Colour, name: str, auth: Any, options: Any = (), **more: Any) -> Any:
    """The app's hostname that goes with a call, or that the call is refused."""
    replay = Replay(lambda _: httpx.Response(400, json={}))
    client = replay.client(colour, auth=auth, **dict(options))
    try:
        colour(call(client, name)(**{**BY_CALL[name].arguments, **more}))
    except InvalidArgument as refused:
        named = refused.argument == "app_hostname" and not replay.requests
        return REFUSED if named else refused
    except APIError:
        pass
    return replay.requests[0].headers.get(HEADER)


@pytest.mark.parametrize("kind", USUALLY)
@pytest.mark.parametrize("name", BY_CALL)
def test_the_app_goes_with_a_call_or_not(colour: Colour, name: str, kind: str) -> None:
    """As the vendor says of the call and the credentials; what is missing is told beforehand."""
    assert sent(colour, name, AUTH[kind]) == RULES.get(name, USUALLY)[kind]


@pytest.mark.parametrize("name", RULES)
def test_credentials_of_another_kind_are_left_alone(colour: Colour, name: str) -> None:
    """Nothing is known of them, so nothing is refused."""
    assert sent(colour, name, AUTH["a stranger"]) is None


@pytest.mark.parametrize("name", ["vouchers.expire", "vouchers.delete"])
def test_either_the_app_or_the_chain(colour: Colour, name: str) -> None:
    """A token of no app names the chain instead."""
    nobodys = AUTH["privileged, of no app"]
    assert sent(colour, name, nobodys, chain_id=1743) is None
    assert sent(colour, name, nobodys, chain_id=None) == REFUSED
    assert sent(colour, name, AUTH["privileged"], chain_id=1743) == APP
    assert sent(colour, name, AUTH["admin"], chain_id=None) is None


def test_staff_who_look_up_a_name_say_the_app(colour: Colour) -> None:
    """By any other identifier they need not."""
    staff = AUTH["admin"]
    assert sent(colour, "users.get", staff) is None
    by_name = {"user_id": None, "username": "ida@example.com"}
    assert sent(colour, "users.get", staff, **by_name) == REFUSED
    assert sent(colour, "users.get", staff, **by_name, app_hostname="b.example.com") == (
        "b.example.com"
    )
    assert sent(colour, "users.get", AUTH["privileged"], app_hostname="b.example.com") == (
        "b.example.com"
    )


def test_an_app_that_is_no_host(colour: Colour) -> None:
    """It is refused by its name."""
    url = "https://acme.example.com/"
    assert sent(colour, "users.get", AUTH["privileged"], app_hostname=url) == REFUSED


@pytest.mark.parametrize(
    ("version", "outcome"),
    [("1.5.3", None), ("1.5.4", REFUSED), ("1.6", REFUSED), ("1.10", REFUSED), (None, None)],
)
def test_the_ledger_names_the_app_from_one_version_on(
    colour: Colour, version: str | None, outcome: Any
) -> None:
    """Before 1.5.4, and where no version is asked for, a token of no app may ask."""
    options = {"api_version": version}
    nobodys = AUTH["privileged, of no app"]
    assert sent(colour, "wallets.get_ledger", nobodys, options) == outcome
    assert sent(colour, "wallets.get_ledger", AUTH["privileged"], options) == APP


def test_the_app_as_an_option(colour: Colour) -> None:
    """A token of no app may call for several: `with_options(headers=...)` says for which."""
    options = {"headers": {"X-Spaaza-MyPrice-App-Hostname": "b.example.com"}}
    nobodys = AUTH["privileged, of no app"]
    assert sent(colour, "vouchers.claim", nobodys, options) == "b.example.com"
    assert sent(colour, "baskets.claim", nobodys, options) is None
    assert sent(colour, "vouchers.lock", nobodys, options) == "b.example.com"
