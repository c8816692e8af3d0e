"""The house keeps its own rules; those about imports are held by import-linter, in `.ci/run`.

What has to be there is found by looking at the code: the parts of the package, the vendors, the
operations. A new one is met by itself, and a test says what it lacks.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import RECORDED
from operations import Operation, clients, operations

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "loyalty_sdk"
MAY_AWAIT = {
    "_core/client.py",
    "_core/connections/door_async.py",
    "_core/connections/sockets.py",
    "_core/connections/transport.py",
    "_core/connections/transport_aiohttp.py",
    "_core/endpoint.py",
    "_core/errand.py",
    "_core/paging/crew_async.py",
    "_core/paging/pager.py",
    "_core/retry.py",
    "_core/rows/rowstream.py",
    "_core/rows/stream.py",
    "_core/runner.py",
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
    assert found == MAY_AWAIT


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
    core = {
        "_core/paging/crew_async.py",
        "_core/connections/door_async.py",
        "_core/connections/transport_aiohttp.py",
    }
    assert found == core | {"export/writing_async.py"}


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
    sending = {
        "_core/connections/door.py",
        "_core/connections/door_async.py",
        "_core/connections/transport.py",
    }
    assert found == sending | {"testing/recorder.py"}  # which passes on what it records


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module]
    return []


# --- import contracts: each part of the package stands in those that are about its kind

PARTS = {f"loyalty_sdk.{path.stem}" for path in PACKAGE.iterdir() if path.stem[:2] != "__"} - {
    "loyalty_sdk.py"  # py.typed
}
VENDORS = {".".join(client.__module__.split(".")[:2]) for client in clients()}
CONTRACTS = tomllib.loads((TESTS.parent / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]


def _contract(beginning: str) -> dict[str, set[str]]:
    (found,) = (one for one in CONTRACTS if one["name"].startswith(beginning))
    return {name: set(value) for name, value in found.items() if isinstance(value, list)}


def test_no_vendor_is_left_out_of_a_contract():
    """Vendors know neither each other nor webhooks, and no HTTP library; the core knows none."""
    assert _contract("Vendors are siblings")["modules"] == VENDORS
    assert _contract("Webhooks know their vendor")["source_modules"] == VENDORS
    assert _contract("The core never names")["forbidden_modules"] >= VENDORS
    assert _contract("The sandbox agrees")["forbidden_modules"] >= VENDORS


def test_no_part_of_the_package_is_left_out_of_a_contract():
    """What is neither core nor for tests sends nothing; the command line alone knows the wallet.

    (An export encodes JSON; that it sends nothing is told by the doors.)
    """
    without_http = PARTS - {
        f"loyalty_sdk.{name}" for name in ("_core", "export", "sandbox", "testing")
    }
    assert _contract("Only the core knows the HTTP")["source_modules"] == without_http
    wallet = _contract("The wallet knows the vendors")
    assert wallet["source_modules"] == PARTS - {"loyalty_sdk.wallet", "loyalty_sdk.cli"}
    assert _contract("Nobody knows the command")["source_modules"] == PARTS - {"loyalty_sdk.cli"}
    sandbox = {"loyalty_sdk.sandbox", "loyalty_sdk.wallet"}  # nobody may know the wallet
    assert _contract("The sandbox agrees")["forbidden_modules"] == PARTS - sandbox


def test_a_part_of_the_wallet_or_of_webhooks_knows_its_own_vendor_only():
    """Each vendor's file there stands in the contract that keeps it from the others."""
    names = {vendor.rpartition(".")[2] for vendor in VENDORS}
    for part, contract in (("wallet", "In the wallet"), ("webhooks", "Webhooks of one")):
        found = {path.stem for path in (PACKAGE / part).iterdir() if path.stem in names}
        assert _contract(contract)["modules"] == {f"loyalty_sdk.{part}.{one}" for one in found}


# --- operations: none without a docstring, a recorded answer, and a test in both colours

OPERATIONS = operations()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_an_operation_is_whole(operation):
    """It says what it does and where the vendor does, and is tested with an answer, twice."""
    assert list(_lacks(operation)) == []


def _lacks(operation):
    """What an operation should have and has not."""
    build = operation.described._build
    said = inspect.getdoc(build) or ""
    if not re.match(r"[A-Z`].+[.;:]", said):
        yield f"a docstring, a sentence first: {build.__qualname__}"
    owner = getattr(sys.modules[build.__module__], build.__qualname__.partition(".")[0])
    pages = (said, owner.__doc__ or "", sys.modules[build.__module__].__doc__ or "")
    if not any("https://" in text for text in pages):
        yield f"the vendor's page, in the docstring of {build.__qualname__} or of its class"
    vendor, noun, verb = operation.name.split(".")
    if not list((RECORDED / vendor).glob(f"{noun}.{verb}.*.json")):
        yield f"a recorded answer: tests/recorded/{vendor}/{noun}.{verb}.200.json"
    if not re.search(rf"\b{noun}\.{verb}\b", _tested_twice(_folder(operation.client))):
        yield f"a test that names {noun}.{verb} and takes the fixture colour"


def _folder(client):
    """Where the tests of a client are: they mirror the package."""
    return TESTS.joinpath(*client.__module__.split(".")[1:-1])


@functools.cache
def _tested_twice(folder):
    """The code of a folder's tests that run in both colours, their tables and helpers."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]
    above = [ast.parse((one / "conftest.py").read_text("utf-8")) for one in _above(folder)]
    coloured = _coloured([*above, *trees])
    return "\n".join(_code(tree, coloured) for tree in trees)


def _above(folder):
    """The folders above whose fixtures a folder's tests may take."""
    above = (one for one in folder.parents if one.is_relative_to(TESTS))
    return [one for one in above if (one / "conftest.py").exists()]


def _coloured(trees):
    """The fixtures that come in both colours: `colour`, and all that are made with it."""
    fixtures = {
        name: {one.arg for one in node.args.args}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for name in _fixture_names(node)
    }
    found = {"colour"}
    while more := {name for name, needs in fixtures.items() if needs & found} - found:
        found |= more
    return found


def _fixture_names(node):
    """The names that a function has as a fixture; none where it is none."""
    for decorator in node.decorator_list:
        text = ast.unparse(decorator)
        if text.startswith("pytest.fixture"):
            renamed = re.search(r"name='(\w+)'", text)
            yield renamed[1] if renamed else node.name


def _code(tree, coloured):
    """What a file's tests in both colours are made of; nothing where it has none."""
    tests = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    once = [node for node in tests if not {one.arg for one in node.args.args} & coloured]
    if len(once) == len(tests):
        return ""
    left_out = {id(node) for node in once}
    return "\n".join(ast.unparse(node) for node in tree.body if id(node) not in left_out)


def test_what_an_operation_lacks_is_told():
    """The checker finds each thing that is missing."""

    def list_nothing(self):
        pass

    whole = OPERATIONS[0]
    bare = type("Bare", (), {"_build": list_nothing})
    list_nothing.__module__, list_nothing.__qualname__ = __name__, "_Nouns.list_nothing"
    name = "voucherify.nothings.list_nothing"
    lacking = Operation(whole.client, ("nothings",), "list_nothing", bare, name)
    assert [said.partition(":")[0].partition(",")[0] for said in _lacks(lacking)] == [
        "a docstring",
        "the vendor's page",
        "a recorded answer",
        "a test that names nothings.list_nothing and takes the fixture colour",
    ]


class _Nouns:
    pass


# --- the size of an operation

DESCRIBING = {"endpoint", "listing", "stream", "download"}


def test_an_operation_is_short():
    """Its docstring included, it takes 12 lines on the average: what is shared stands elsewhere."""
    sizes = [
        node.end_lineno - node.decorator_list[0].lineno + 1
        for name, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        if {getattr(each, "id", None) for each in node.decorator_list} & DESCRIBING
    ]
    assert sizes
    assert sum(sizes) <= 12 * len(sizes)
