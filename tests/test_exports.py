"""What is public is written down, can be had, and explains itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import loyalty_sdk


def _public_modules() -> Iterator[str]:
    """The package, and what stands in it without an underscore and is not started as a program."""
    yield "loyalty_sdk"
    for found in pkgutil.iter_modules(loyalty_sdk.__path__, "loyalty_sdk."):
        if not found.name.rpartition(".")[2].startswith("_"):
            yield found.name
    yield "loyalty_sdk.cardlytics.v2"


ROOT = Path(__file__).parent.parent
MODULES = sorted(_public_modules())
CLIENTS = {
    "Cardlytics": "loyalty_sdk.cardlytics",
    "ESLoyalty": "loyalty_sdk.es_loyalty",
    "Spaaza": "loyalty_sdk.spaaza",
    "Voucherify": "loyalty_sdk.voucherify",
}
VENDORS = list(CLIENTS.values())


def _visible(module: ModuleType) -> set[str]:
    """What a module shows: names without an underscore that are neither modules nor typing's."""
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and value is not _FUTURE
        and name != "TYPE_CHECKING"
        and (_home_of(value) or "loyalty_sdk").startswith("loyalty_sdk")
    }


def _home_of(value: Any) -> str | None:
    return getattr(value, "__module__", None)


_FUTURE = importlib.import_module("__future__").annotations


def test_the_vendors_are_among_the_public_modules() -> None:
    """What these tests go through holds the modules that users import from."""
    expected = {"loyalty_sdk", "loyalty_sdk.auth", "loyalty_sdk.errors", "loyalty_sdk.sandbox"}
    assert expected | {"loyalty_sdk.spaaza", "loyalty_sdk.voucherify"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_all_is_written_down_and_sorted(name: str) -> None:
    """Each public module lists its names once, in the order of the alphabet."""
    listed = importlib.import_module(name).__all__
    assert list(listed) == sorted(set(listed))


@pytest.mark.parametrize("name", MODULES)
def test_every_listed_name_can_be_had(name: str) -> None:
    """Each listed name is there, and the star import brings just these."""
    module = importlib.import_module(name)
    brought: dict[str, Any] = {}
    exec(f"from {name} import *", brought)
    brought.pop("__builtins__")
    assert set(brought) == set(module.__all__)
    assert all(brought[one] is getattr(module, one) for one in module.__all__)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "loyalty_sdk"])
def test_all_is_what_is_visible(name: str) -> None:
    """A package shows what it lists; a single file shows no class or function of its own besides.

    (A single file imports what it needs, which is visible too.)
    """
    module = importlib.import_module(name)
    visible = _visible(module)
    if not hasattr(module, "__path__"):
        own = {one for one, value in vars(module).items() if _home_of(value) == name}
        visible &= own
    assert visible - set(module.__all__) == set()


def test_the_front_door_shows_what_it_lists() -> None:
    """`dir(loyalty_sdk)` holds every listed name, loaded or not."""
    assert set(loyalty_sdk.__all__) <= set(dir(loyalty_sdk))


@pytest.mark.parametrize("name", [one for one in loyalty_sdk.__all__ if one != "__version__"])
def test_a_name_of_the_front_door_comes_from_its_home(name: str) -> None:
    """A lazily loaded name is the very object of the module that it is said to live in."""
    home = importlib.import_module(f"loyalty_sdk.{loyalty_sdk._HOMES[name]}")
    assert getattr(loyalty_sdk, name) is getattr(home, name)


def test_the_front_door_has_a_home_for_each_name_and_no_other() -> None:
    """The list and the table of homes name the same things."""
    assert {*loyalty_sdk._HOMES, "__version__"} == set(loyalty_sdk.__all__)


def test_the_front_door_says_what_it_does_not_have() -> None:
    """A name that is not there raises what Python expects of a module."""
    with pytest.raises(AttributeError, match="no attribute 'Loyalty'"):
        loyalty_sdk.Loyalty  # noqa: B018


def test_importing_the_package_loads_no_vendor_and_no_library() -> None:
    """The front door is cheap: what a program does not use is never loaded."""
    program = (
        "import sys, loyalty_sdk; loyalty_sdk.__version__; dir(loyalty_sdk);"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " & {'attrs', 'attr', 'cattrs', 'httpx', 'httpcore', 'msgspec', 'tenacity', 'asyncio'}));"
        "print(sorted(name for name in sys.modules if name.startswith('loyalty_sdk.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    libraries, own = done.stdout.splitlines()
    assert libraries == "[]"
    assert own == "['loyalty_sdk._core', 'loyalty_sdk._core.version']"


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_loads_no_other_vendor_no_model_and_no_socket(client: str) -> None:
    """Who uses one vendor pays for that one only, and for its models when a noun is used."""
    # tenacity loads tornado, which loads asyncio, where it is installed: with dask, in the tests
    hidden = "sys.modules['tornado'] = None"
    program = f"import sys; {hidden}; from loyalty_sdk import {client}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    loaded = set(done.stdout.split())
    own = CLIENTS[client]
    assert {name for name in VENDORS if name in loaded} == {own}
    assert f"{own}.client" in loaded
    models = {name for name in loaded if name.startswith(f"{own}.models")}
    assert models <= {"loyalty_sdk.es_loyalty.models", "loyalty_sdk.es_loyalty.models._shapes"}
    assert not loaded & {"asyncio", "httpcore", "loyalty_sdk._core.connections.transport"}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_name_of_a_vendor_is_what_checkers_take_it_for(vendor: str) -> None:
    """A name that is loaded late is the very object that the `TYPE_CHECKING` import names."""
    module = importlib.import_module(vendor)
    written = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    found = {
        alias.name: node.module
        for block in written.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(found) == set(module.__all__)
    for name, home in found.items():
        assert getattr(module, name) is getattr(importlib.import_module(str(home)), name)


# --- docstrings


def _written_members(owner: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class writes itself."""
    for name, value in vars(owner).items():
        if name.startswith("_"):
            continue
        written = getattr(value, "fget", None) or getattr(value, "func", None) or value
        written = getattr(written, "__func__", written)
        described = hasattr(value, "__get__") and hasattr(value, "_build")
        if inspect.isfunction(written) or described:
            yield name, value


def _public_things() -> Iterator[tuple[str, Any]]:
    for module_name in MODULES:
        module = importlib.import_module(module_name)
        yield module_name, module
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{module_name}.{name}", thing
            if inspect.isclass(thing):
                yield from _members(f"{module_name}.{name}", thing)


def _members(path: str, owner: type) -> Iterator[tuple[str, Any]]:
    for base in owner.__mro__:
        if base.__module__.startswith("loyalty_sdk"):
            for name, value in _written_members(base):
                yield f"{path}.{name}", value


def test_everything_public_says_what_it_is() -> None:
    """Each public module, class, function, method and property has a docstring of its own."""
    things = dict(_public_things())
    assert len(things) > 100
    assert {path for path, thing in things.items() if not _says_what_it_is(thing)} == set()


def _says_what_it_is(thing: Any) -> bool:
    if typing.is_typeddict(thing):
        return bool(thing.__doc__ or _text_below(thing))
    return bool((thing.__doc__ or "").strip()) and not _is_generated(thing)


def _text_below(thing: Any) -> str | None:
    """The text that stands below an assignment, as editors show it."""
    statements = ast.parse(inspect.getsource(sys.modules[thing.__module__])).body
    for one, below in itertools.pairwise(statements):
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == thing.__name__:
            return below.value.value if isinstance(below, ast.Expr) else None
    return None


def _is_generated(thing: Any) -> bool:
    """Whether the docstring is one that Python wrote or handed down, not a person."""
    if not inspect.isclass(thing):
        return False
    handed_down = any(thing.__doc__ == base.__doc__ for base in thing.__mro__[1:])
    return handed_down or (thing.__doc__ or "").startswith(f"{thing.__name__}(")
