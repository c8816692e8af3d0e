from __future__ import annotations

import importlib
import sys

import pytest

from loyalty_sdk._core.late import on_first_use

INIT = """
from loyalty_sdk._core.late import on_first_use
__all__ = ["Cheap", "Coin", "Dear", "Jewel", "Nowhere"]
__getattr__, __dir__ = on_first_use(__name__, __all__, ("cheap", "dear"))
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A package of two modules; loading the second one shows."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "__init__.py").write_text(INIT)
    (folder / "cheap.py").write_text("class Cheap: ...\nclass Coin: ...")
    (folder / "dear.py").write_text("class Dear: ...\nclass Jewel: ...")
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield importlib.import_module("shop")
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_name_loads_what_stands_before_it_and_no_more(shop):
    """The modules are tried in order; those behind the one that has the name stay unloaded."""
    assert "shop.cheap" not in sys.modules
    assert shop.Coin.__module__ == "shop.cheap"
    assert "shop.dear" not in sys.modules
    assert shop.Jewel.__module__ == "shop.dear"


def test_a_module_that_is_called_like_the_name_comes_first(shop):
    """What stands before it is not loaded then."""
    assert shop.Dear.__module__ == "shop.dear"
    assert "shop.cheap" not in sys.modules


def test_a_name_is_looked_for_once(shop):
    """Once loaded it is the package's own."""
    assert shop.Cheap is vars(shop)["Cheap"]


def test_a_module_can_be_had_like_a_name(shop):
    """`import shop` and `shop.dear` is what people are used to."""
    assert shop.dear.Dear is shop.Dear


def test_all_names_are_listed_before_they_are_loaded(shop):
    """`dir()` shows what there is."""
    assert dir(shop) == ["Cheap", "Coin", "Dear", "Jewel", "Nowhere"]


@pytest.mark.parametrize("name", ["Unlisted", "Nowhere"])
def test_what_is_not_there(shop, name):
    """A name that is not offered, or that no module has, raises what Python expects."""
    with pytest.raises(AttributeError, match=f"module 'shop' has no attribute '{name}'"):
        getattr(shop, name)


def test_what_is_not_offered_loads_nothing(shop):
    """Looking for a wrong name costs nothing."""
    assert not hasattr(shop, "Unlisted")
    assert "shop.cheap" not in sys.modules


def test_a_package_may_have_nothing():
    """Nothing is loaded to find that out."""
    load, names = on_first_use("shop", [], ())
    assert names() == []
    with pytest.raises(AttributeError):
        load("Cheap")
