"""Names of a package that are loaded when they are first used (PEP 562).

To make a vendor's model classes takes longer than to import every library: a program waits for
those that it uses, when it uses them. The package's `__init__` says under `TYPE_CHECKING` where
each name lives, for checkers, and lists its modules, for Python::

    if not TYPE_CHECKING:
        __getattr__, __dir__ = late.on_first_use(__name__, __all__, ("client", "models"))
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Sequence

_NOT_THERE = object()


def on_first_use(
    package: str, names: Sequence[str], modules: Sequence[str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The `__getattr__` and the `__dir__` of a package.

    Args:
        package: Its name.
        names: What it offers, its `__all__`.
        modules: Which of its modules have them. They are loaded in this order, until one has the
            name that is looked for: what most programs use comes first. Before them comes the one
            that is called like the name: `AsyncActions` stands in `async_actions`.
    """
    submodules = {module.partition(".")[0] for module in modules}

    def load(name: str) -> object:
        if name in submodules:
            return importlib.import_module(f"{package}.{name}")
        namesake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
        for module in sorted(modules, key=namesake.__ne__) if name in names else ():
            found = getattr(importlib.import_module(f"{package}.{module}"), name, _NOT_THERE)
            if found is not _NOT_THERE:
                setattr(sys.modules[package], name, found)
                return found
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load, lambda: sorted(names)
