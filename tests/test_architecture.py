"""The house keeps its own rules; those about imports are held by import-linter, in `.ci/run`."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "loyalty_sdk"
MAY_AWAIT = {"_core/client.py", "_core/door_async.py", "_core/endpoint.py", "_core/pager.py"} | {
    "_core/crew_async.py",
    "_core/errand.py",
    "_core/retry.py",
    "_core/rowstream.py",
    "_core/runner.py",
    "_core/sockets.py",
    "_core/stream.py",
    "_core/transport.py",
    "_core/transport_aiohttp.py",
    "export/writing_async.py",
    "sandbox/faults/exchange.py",
    "sandbox/faults/framing.py",
    "sandbox/faults/levels.py",
    "sandbox/faults/proxy.py",
    "sandbox/faults/wire.py",
    "sandbox/server.py",
    "testing/recorder.py",
    "wallet/gather_async.py",
}
AWAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def _modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def test_await_stands_only_where_the_design_says():
    """Vendors describe calls: none of their files awaits anything."""
    found = {
        name for name, tree in _modules() for node in ast.walk(tree) if isinstance(node, AWAITING)
    }
    assert found <= MAY_AWAIT


def test_tenacity_is_known_to_one_file():
    """The loop that repeats is the retry file's, and nobody else's."""
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        for imported in _imported(node)
        if imported.partition(".")[0] == "tenacity"
    }
    assert found == {"_core/retry.py"}


def test_asyncio_comes_with_the_async_door():
    """It takes 15 ms to load, which blocking programs need not pay."""
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        for imported in _imported(node)
        if imported.partition(".")[0] == "asyncio" and not name.startswith("sandbox/")
    }
    assert found == {
        "_core/crew_async.py",
        "_core/door_async.py",
        "_core/transport_aiohttp.py",
        "export/writing_async.py",
    }


def test_only_the_sending_files_sleep_or_send():
    """Requests leave the process through the two doors only."""
    calls = {"handle_request", "handle_async_request"}
    found = {
        name
        for name, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in calls
    }
    sending = {"_core/door.py", "_core/door_async.py", "_core/transport.py"}
    assert found == sending | {"testing/recorder.py"}  # which passes on what it records


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module]
    return []
