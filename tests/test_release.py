"""What is in a wheel, and what must not be."""

from __future__ import annotations

import tomllib

import pytest

from tests.release import ROOT, amiss, packaged

WANTED = packaged(ROOT / "loyalty_sdk")
WHEEL = [
    *WANTED,
    "loyalty_sdk-1.dist-info/METADATA",
    "loyalty_sdk-1.dist-info/WHEEL",
    "loyalty_sdk-1.dist-info/RECORD",
    "loyalty_sdk-1.dist-info/licenses/LICENSE",
]


def test_the_package_is_typed_and_has_its_data():
    """What is no Python belongs in the wheel too: the mark of a typed package, and the table."""
    assert {"loyalty_sdk/py.typed", "loyalty_sdk/testing/operations.json"} <= WANTED
    assert not [name for name in WANTED if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        ([], [], []),
        (["tests/test_docs.py"], [], ["has tests/test_docs.py"]),
        ([], ["loyalty_sdk/py.typed"], ["lacks loyalty_sdk/py.typed"]),
        ([], ["loyalty_sdk-1.dist-info/licenses/LICENSE"], ["lacks licenses/LICENSE"]),
    ],
)
def test_a_wheel_has_the_package_and_nothing_else(more, less, said):
    """A file too many is told, and a file that is missing."""
    assert amiss([*(name for name in WHEEL if name not in less), *more], WANTED) == said


def test_the_supported_pythons_are_said_once():
    """The classifiers and the task runner name the same versions, and the first is the least."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = [one.rpartition(" :: ")[2] for one in project["classifiers"] if "Python :: 3" in one]
    assert project["requires-python"] == f">={said[0]}"
    assert f"python={said}".replace("'", '"') in (ROOT / "noxfile.py").read_text("utf-8")
    assert ", ".join(said[:-1]) + f" or {said[-1]}" in (ROOT / "docs" / "index.md").read_text()
