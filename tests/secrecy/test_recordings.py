"""What is recorded of real traffic has no secret in it, however it was sent or repeated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loyalty_sdk.testing import Recorder, Recording

from .faults import FAULTS, ODD_VALUES
from .kinds import Kind, kinds
from .operations import Operation, operations
from .scene import Scene
from .test_operations import ANSWERS, GIVING, TAKING, WITH_KEYS

REPEATING = [*(f for f in FAULTS if f.name in ("403", "no JSON", "no gzip")), ODD_VALUES]
FIRST = {operation.vendor: operation for operation in reversed(operations())}


def _recording(scene: Scene, recorder: Recorder) -> dict[str, object]:
    made = scene.colour.pick(recorder.transport, recorder.async_transport)()
    return {"transport": made}


def _check(scene: Scene, path: Path) -> None:
    """The file has no marker in it, as it stands and as JSON reads; and it says something."""
    written = path.read_text("utf-8")
    for text in (written, json.dumps(json.loads(written), ensure_ascii=False)):
        assert list(scene.markers.within(text)) == []
    assert Recording.load(path).exchanges


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_ways_to_prove_who_one_is(scene: Scene, tmp_path: Path, kind: Kind) -> None:
    """Neither credentials nor what they are exchanged for are written, whatever repeats them."""
    path = tmp_path / "recording.json"
    operation = FIRST[kind.vendor]
    arguments = operation.arguments(scene.markers, tmp_path)
    with Recorder(path, quiet=True) as recorder:
        for fault in REPEATING:
            scene.fault = fault
            client = scene.client(kind, **_recording(scene, recorder))
            scene.call(client, operation, arguments)
    _check(scene, path)
    scene.check()


@pytest.mark.parametrize("operation", TAKING, ids=str)
def test_secrets_among_the_arguments(
    blocking_scene: Scene, tmp_path: Path, operation: Operation
) -> None:
    """A secret in a path, a form, a header or JSON is not written."""
    path = tmp_path / "recording.json"
    with Recorder(path, quiet=True) as recorder:
        for fault in REPEATING:
            blocking_scene.fault = fault
            made = _recording(blocking_scene, recorder)
            client = blocking_scene.client(WITH_KEYS[operation.vendor], **made)
            arguments = operation.arguments(blocking_scene.markers, tmp_path)
            blocking_scene.call(client, operation, arguments)
    _check(blocking_scene, path)


@pytest.mark.parametrize("operation", GIVING, ids=str)
def test_secrets_in_answers(blocking_scene: Scene, tmp_path: Path, operation: Operation) -> None:
    """A token, a session or a link that is answered is not written; what is, can still be read."""
    secret = blocking_scene.markers.plain("answered")
    path = tmp_path / "recording.json"
    with Recorder(path, quiet=True) as recorder:
        for answer in ANSWERS[str(operation)]:
            blocking_scene.answer((answer % secret).encode())
            made = _recording(blocking_scene, recorder)
            client = blocking_scene.client(WITH_KEYS[operation.vendor], **made)
            arguments = operation.arguments(blocking_scene.markers, tmp_path)
            outcome = blocking_scene.call(client, operation, arguments)
            assert not isinstance(outcome, BaseException)
    _check(blocking_scene, path)
