"""Every call of every vendor: its secrets as arguments, and the secrets that it answers with."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import RECORDED, recorded

from loyalty_sdk import Model, Secret
from loyalty_sdk._core.hiding.redact import held_secrets
from loyalty_sdk.errors import InvalidArgument, LoyaltyError

from .faults import FAULTS, ODD_VALUES, Fault
from .kinds import VENDORS, Kind, kinds, public_modules
from .operations import Operation, operations
from .scene import Scene

OPERATIONS = operations()
TAKING = [operation for operation in OPERATIONS if operation.secrets]
WITH_KEYS: Mapping[str, Kind] = {kind.vendor: kind for kind in reversed(kinds())}
TELLING = [f for f in FAULTS if f.name in ("403", "no JSON", "a cut", "no header")] + [ODD_VALUES]

_EXPORT = '{"id": "exp_1", "status": "DONE", "result": {"url": "%s"}}'

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "cardlytics.tokens.get": ('{"token": "%s"}',),
    "es_loyalty.reservations.cancel": (
        '{"status": "CANCELLED", "reservationToken": "1", "sessionId": "%s"}',
    ),
    "es_loyalty.sessions.start": ('{"correlationId": "%s", "accountId": "1", "loyaltyId": "2"}',),
    "spaaza.sessions.login": (
        '{"result": {"code": 1}, "results": {"session_info":'
        ' {"session_key": "%s", "session_user_id": 1}}}',
        '{"result": {"code": 1}, "results": {"session_passcode_key": "%s"}}',
    ),
    "spaaza.sessions.verify": (
        '{"result": {"code": 1}, "results": {"session_info":'
        ' {"session_key": "%s", "session_user_id": 1}}}',
    ),
    **dict.fromkeys(
        ("spaaza.users.add", "spaaza.users.alter", "spaaza.users.get", "spaaza.users.get_card"),
        (
            '{"result": {"code": 1}, "results": {"user_info":'
            ' {"id": 1, "user_id": 1, "user_facebook_access_token": "%s"}}}',
        ),
    ),
    "voucherify.exports.create": (_EXPORT,),
    "voucherify.exports.get": (_EXPORT,),
    "voucherify.exports.list": (f'{{"data_ref": "exports", "total": 1, "exports": [{_EXPORT}]}}',),
    "voucherify.exports.wait": (_EXPORT,),
}
"""Good answers with a secret in them, of every call that gives one."""

NO_JSON: Mapping[str, bytes] = {
    "spaaza.vouchers.stream_csv": b"voucher_id\n1\n",
    "voucherify.exports.download": b"code\nSYN-0001\n",
}
"""Good answers of the calls that give no JSON; those of all others are among the recorded ones."""

GIVING = [operation for operation in OPERATIONS if str(operation) in ANSWERS]

BROKEN = (
    lambda good: good[:-1],  # cut off
    lambda good: good.replace('"%s"', '["%s"]'),  # the secret in another form
    lambda good: f"[{good}, 1]",  # and somewhere else
)


@pytest.mark.parametrize("fault", TELLING, ids=lambda fault: fault.name)
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_call_that_fails(
    scene: Scene, tmp_path: Path, operation: Operation, fault: Fault
) -> None:
    """Neither the client's secrets nor those among the arguments are seen."""
    scene.fault = fault
    client = scene.client(WITH_KEYS[operation.vendor])
    arguments = operation.arguments(scene.markers, tmp_path)
    outcome = scene.call(client, operation, arguments)
    failed = isinstance(outcome, LoyaltyError)
    assert failed or fault is ODD_VALUES or "[None]" in operation.gives
    assert scene.server.requests, "tell ARGUMENTS what to call it with"
    for name in operation.secrets:
        assert scene.sent(name)
    scene.check(outcome if failed else None)  # what a good answer says is the vendor's


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_call_that_succeeds(scene: Scene, tmp_path: Path, operation: Operation) -> None:
    """Neither its result nor what is logged of it shows what it was called with."""
    scene.answer(_good_answer(operation))
    client = scene.client(WITH_KEYS[operation.vendor])
    arguments = operation.arguments(scene.markers, tmp_path)
    for surface in (client, client.raw):
        outcome = scene.call(surface, operation, arguments)
        assert not isinstance(outcome, BaseException), outcome
        scene.check(outcome)
    for name in operation.secrets:
        assert scene.sent(name)


def _good_answer(operation: Operation) -> bytes:
    if str(operation) in NO_JSON:
        return NO_JSON[str(operation)]
    place = f"{operation.vendor}/{operation.noun}.{operation.verb}"
    if (RECORDED / f"{place}.204.json").exists():
        return b""
    status = 202 if (RECORDED / f"{place}.202.json").exists() else 200
    return recorded(f"{place}.{status}").content.replace(b'"has_more": true', b'"has_more": false')


@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_arguments_that_are_refused(scene: Scene, tmp_path: Path, operation: Operation) -> None:
    """A secret of a wrong form, one in the wrong place, and one beside another bad argument."""
    client = scene.client(WITH_KEYS[operation.vendor])
    good = operation.arguments(scene.markers, tmp_path)
    for name in operation.secrets:
        secret = good[name]
        for wrong in (f"{secret}\ud800\n", [secret], secret.encode(), {"a": secret}):
            outcome = scene.call(client, operation, {**good, name: wrong})
            assert isinstance(outcome, InvalidArgument), (name, wrong)
            scene.check(outcome)
    outcome = scene.call(client, operation, {**good, "bogus": good[operation.secrets[0]]})
    assert isinstance(outcome, TypeError)
    scene.check(outcome)
    for name in good.keys() - set(operation.secrets):
        outcome = scene.call(client, operation, {**good, name: []})
        assert isinstance(outcome, InvalidArgument)
        scene.check(outcome)
    assert not scene.server.requests


@pytest.mark.parametrize("secret", [str, Secret], ids=["text", "secret"])
@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_a_secret_may_be_text_or_wrapped(
    scene: Scene, tmp_path: Path, operation: Operation, secret: Any
) -> None:
    """Both are sent, and neither is seen."""
    scene.fault = FAULTS[0]
    client = scene.client(WITH_KEYS[operation.vendor])
    arguments = operation.arguments(scene.markers, tmp_path)
    given = {n: secret(v) if n in operation.secrets else v for n, v in arguments.items()}
    outcome = scene.call(client, operation, given)
    for name in operation.secrets:
        assert scene.sent(name)
    scene.check(outcome)


# --- secrets that are answered


def test_every_call_that_gives_secrets_says_so(scene: Scene, tmp_path: Path) -> None:
    """A model with a secret in it comes from a call that is marked, and has an answer here."""
    for operation in OPERATIONS:
        client = scene.client(WITH_KEYS[operation.vendor])
        call = operation.described(client, operation.arguments(scene.markers, tmp_path))
        assert call.gives_secrets is (operation in GIVING), f"tell ANSWERS of {operation}"
    holders = {model.__name__ for model in _models() if _has_secret(model)}
    assert holders >= {"Session", "PasscodeRequired"}
    for operation in OPERATIONS:
        words = set(operation.gives.replace("[", " ").replace("]", " ").replace("|", " ").split())
        assert not words & {*holders, "Secret"} or operation in GIVING, operation


def _models() -> list[type[Model]]:
    modules = [module for module in public_modules() if module.__name__.endswith(VENDORS)]
    public = [getattr(module, name) for module in modules for name in module.__all__]
    return [each for each in public if isinstance(each, type) and issubclass(each, Model)]


def _has_secret(model: type[Model]) -> bool:
    return any("Hidden" in str(kind) or "Secret" in str(kind) for kind in _annotations(model))


def _annotations(model: type[Model]) -> list[Any]:
    return [
        kind for base in model.__mro__ for kind in vars(base).get("__annotations__", {}).values()
    ]


@pytest.mark.parametrize("operation", GIVING, ids=str)
@pytest.mark.parametrize("raw", [False, True], ids=["result", "raw"])
def test_a_secret_that_is_answered(
    scene: Scene, tmp_path: Path, operation: Operation, raw: bool
) -> None:
    """It is a `Secret` in the result, masked in its response, and usable."""
    secret = scene.markers.plain("answered")
    for answer in ANSWERS[str(operation)]:
        scene.answer((answer % secret).encode())
        client = scene.client(WITH_KEYS[operation.vendor])
        surface = client.raw if raw else client
        outcome = scene.call(surface, operation, operation.arguments(scene.markers, tmp_path))
        one = raw and operation.carrying == "endpoint"  # pages carry their responses
        result = outcome.data if one else outcome
        assert secret in [found.reveal() for found in held_secrets(result)]
        scene.check(outcome)
        if one:
            assert "***" in outcome.response.text()
        if hasattr(result, "auth"):
            scene.check(result.auth)


@pytest.mark.parametrize("operation", GIVING, ids=str)
@pytest.mark.parametrize("broken", BROKEN, ids=["cut", "wrong form", "in a list"])
def test_a_secret_in_an_answer_that_cannot_be_read(
    scene: Scene, tmp_path: Path, operation: Operation, broken: Any
) -> None:
    """What nobody could read may be the secret: the error has no body."""
    secret = scene.markers.plain("answered")
    for answer in ANSWERS[str(operation)]:
        text = broken(answer)
        scene.answer(text.replace("%s", secret).encode())
        client = scene.client(WITH_KEYS[operation.vendor])
        arguments = operation.arguments(scene.markers, tmp_path)
        outcome = scene.call(client.raw, operation, arguments)
        scene.check(outcome)


def test_the_answers_here_are_json() -> None:
    """A bad one would prove nothing."""
    for answer in itertools.chain.from_iterable(ANSWERS.values()):
        json.loads(answer % "x")
