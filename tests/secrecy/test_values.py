"""Values that hold secrets: shown, copied, stored, made with mistakes."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.errors import InvalidArgument, LoyaltyError, MissingCredentials

from .kinds import SOURCES, VENDORS, Kind, auth_classes, clients_of, kinds
from .scene import Scene

KINDS = [kind for kind in kinds() if kind.secrets]
WITH_AUTH = [kind for kind in KINDS if kind.name.split("-")[1][0].isupper()]


def values(scene: Scene, kind: Kind, source: str = "text") -> tuple[Any, ...]:
    """Everything that a client with secrets is made of and gives without a call."""
    client = scene.client(kind, source)
    runner = client._runner
    return (
        client,
        runner.session.auth,
        runner.options,
        runner.session.vendor,
        runner.session.network,
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_values_show_and_keep_nothing(scene: Scene, kind: Kind, source: str) -> None:
    """No repr, text, copy or store of theirs has a secret."""
    client, *held = values(scene, kind, source)
    scene.check(None, client=repr(client), attributes=repr(vars(client)))
    for number, value in enumerate(held):
        scene.check(None, **{f"value {number}": value})


@pytest.mark.parametrize("kind", WITH_AUTH, ids=lambda kind: kind.name)
def test_an_auth_value_is_stored_by_hand_only(scene: Scene, kind: Kind) -> None:
    """Pickle refuses and says what to do; a copy is the value; each secret can be revealed."""
    auth = scene.client(kind)._runner.session.auth
    with pytest.raises(TypeError, match=r"reveal\(\)"):
        pickle.dumps(auth)
    assert copy.deepcopy(auth) is auth
    for name in kind.secrets:
        assert getattr(auth, name) == Secret(scene.markers.secret(name))
        assert getattr(auth, name).reveal() == scene.markers.secret(name)
    assert attrs.evolve(auth) == auth
    assert hash(attrs.evolve(auth)) == hash(auth)


@pytest.mark.parametrize("auth", auth_classes(), ids=lambda auth: auth.__name__)
def test_an_auth_value_explains_its_arguments(auth: type[Any]) -> None:
    """Tools that read annotations, such as cattrs, can."""
    hints = typing.get_type_hints(auth)
    assert {field.name for field in attrs.fields(auth)} <= set(hints)
    assert attrs.resolve_types(auth) is auth


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_client_is_neither_pickled_nor_copied(scene: Scene, kind: Kind) -> None:
    """Its refusal has no secret in it."""
    client = scene.client(kind)
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        outcome = scene.outcome(lambda: attempt(client))  # noqa: B023
        assert isinstance(outcome, TypeError)
        scene.check(outcome)


# --- mistakes


def _broken(scene: Scene, kind: Kind, name: str) -> dict[str, Any]:
    """A secret that cannot stand in a header, beside good ones."""
    secrets = {each: scene.markers.secret(each) for each in kind.secrets}
    return kind.make(
        {**secrets, name: f"{secrets[name]}\n"}, {"token_url": f"{scene.server.url}/token"}
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_secrets_that_cannot_be_sent(scene: Scene, kind: Kind) -> None:
    """They are refused by name when the client is made, and no frame of it has one."""
    client = scene.colour.pick(*clients_of(kind.vendor))
    for name in kind.secrets:
        outcome = scene.outcome(
            lambda: client(base_url=scene.server.url, **_broken(scene, kind, name))  # noqa: B023
        )
        assert isinstance(outcome, InvalidArgument)
        assert outcome.argument == name
        scene.check(outcome)


MISTAKES = {
    "timeout": 0,
    "deadline": "soon",
    "retry": 3,
    "headers": {"x-gateway-key": "\n"},
    "proxy": 5,
    "max_connections": 0,
    "base_url": "ftp://h",
    "transport": object(),
    "tiemout": 3,
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("vendor", VENDORS)
def test_a_mistake_beside_secrets(scene: Scene, vendor: str, mistake: str) -> None:
    """Whatever is wrong with another argument, the frames of the constructor let go."""
    kind = next(kind for kind in reversed(kinds()) if kind.vendor == vendor)
    proxy = f"http://user:{scene.markers.plain('proxy password')}@127.0.0.1:1"
    usual = {"proxy": proxy, mistake: MISTAKES[mistake]}
    outcome = scene.outcome(lambda: scene.client(kind, **usual))
    assert isinstance(outcome, (InvalidArgument, TypeError))
    scene.check(outcome)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda secret: {"X-Key": f"{secret}\n"}, lambda secret: {"X-Key": [secret]},
        lambda secret: [secret], lambda secret: {f"{secret}\n": "x"}, lambda secret: secret,
        lambda secret: {"X-Key": secret, "Content-Length": "5"},
    ],
)  # fmt: skip
def test_headers_that_cannot_be_sent(scene: Scene, wrong: Callable[[str], Any]) -> None:
    """In the constructor and in a view: refused, and neither shown nor held by a frame."""
    secret = scene.markers.secret("header")
    client = scene.client(KINDS[0])
    for attempt in (
        lambda: scene.client(KINDS[0], headers=wrong(secret)),
        lambda: client.with_options(headers=wrong(secret)),
        lambda: client.with_options(headers={"x-key": secret}, timeout=0),
    ):
        outcome = scene.outcome(attempt)
        assert isinstance(outcome, InvalidArgument)
        scene.check(outcome)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_headers_that_prove_who_you_are_come_from_one_place(scene: Scene, kind: Kind) -> None:
    """The caller's would silently be overridden: refused, and the header is named."""
    client = scene.client(kind)
    names = client._runner.session.auth.header_names()
    assert names
    for name in names:
        secret = scene.markers.secret("header")
        for attempt in (
            lambda: scene.client(kind, headers={name.title(): secret}),  # noqa: B023
            lambda: client.with_options(headers={name.upper(): secret}),  # noqa: B023
        ):
            outcome = scene.outcome(attempt)
            assert isinstance(outcome, InvalidArgument)
            assert (outcome.argument, name in str(outcome)) == ("headers", True)
            scene.check(outcome)


@pytest.mark.parametrize("vendor", VENDORS)
def test_secrets_from_the_environment(
    scene: Scene, vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there stays hidden where something else is missing or wrong."""
    names = {
        "voucherify": ("VOUCHERIFY_APP_ID",),
        "spaaza": ("SPAAZA_TOKEN_ID",),
        "es_loyalty": ("ES_LOYALTY_CLIENT_ID", "ES_LOYALTY_CLIENT_SECRET"),
        "cardlytics": ("CARDLYTICS_CERT", "CARDLYTICS_KEY"),
        "cardlytics_v2": ("CARDLYTICS_CERT", "CARDLYTICS_KEY"),
    }[vendor]
    for name in names:
        monkeypatch.setenv(name, scene.markers.secret(name))
    monkeypatch.setenv(f"{vendor.upper()}_BASE_URL", scene.server.url)
    client = scene.colour.pick(*clients_of(vendor))
    outcome = scene.outcome(client)
    if vendor.startswith("cardlytics"):  # the files that do not exist are named, and are no secrets
        assert isinstance(outcome, InvalidArgument)
    else:
        assert isinstance(outcome, MissingCredentials)
        scene.check(outcome)


def test_a_certificate_that_cannot_be_used(scene: Scene, tmp_path: Path) -> None:
    """What is in the file of the key is in no error, and in no frame."""
    key = tmp_path / "key.pem"
    key.write_text(f"-----BEGIN PRIVATE KEY-----\n{scene.markers.plain('key')}\n")
    client = scene.colour.pick(*clients_of("cardlytics"))
    outcome = scene.outcome(lambda: client(scene.server.url, cert=str(key), key=str(key)))
    assert isinstance(outcome, LoyaltyError)
    scene.check(outcome)
