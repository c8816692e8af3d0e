"""Types as users see them: what both checkers must accept, and what both must find.

`python -m pytest tests/typing` always runs these. A plain run of all tests leaves them out where
the checkers are not installed, for there they could only fail.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
API, WRONG = HERE / "api.py", HERE / "wrong.py"

CHECKERS = ("mypy", "pyright")
ASKED_FOR = any("typing" in argument for argument in sys.argv[1:])

__test__ = ASKED_FOR or all(importlib.util.find_spec(name) for name in CHECKERS)

Found = dict[tuple[str, int], str]


def run_mypy(cache: Path) -> Found:
    """What mypy finds in the two files, by file and line."""
    config = ["--config-file", str(HERE / "mypy.ini"), "--cache-dir", str(cache / "mypy")]
    said = _said("mypy", *config, "--output", "json", str(API), str(WRONG))
    messages = [json.loads(line) for line in said.splitlines()]
    return {
        (Path(one["file"]).name, one["line"]): one["message"]
        for one in messages
        if one["severity"] == "error"
    }


def run_pyright(_: Path) -> Found:
    """What pyright finds in the two files, by file and line."""
    python = ["--pythonpath", sys.executable]
    said = _said("pyright", *python, "--project", str(HERE), "--outputjson")
    report = json.loads(said[said.index("{") :])
    assert report["summary"]["filesAnalyzed"] == 2
    return {
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1): one["message"]
        for one in report["generalDiagnostics"]
        if Path(one["file"]).name in (API.name, WRONG.name) and one["severity"] == "error"
    }


def _said(checker: str, *arguments: str) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, timeout=120)
    assert done.stdout, done.stderr
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def marked() -> dict[int, str]:
    """The lines that say they are wrong, and why."""
    lines = WRONG.read_text("utf-8").splitlines()
    pairs = ((number, line.partition("# wrong: ")) for number, line in enumerate(lines, 1))
    return {number: why for number, (_, mark, why) in pairs if mark}


@pytest.mark.parametrize("run", [run_mypy, run_pyright], ids=CHECKERS)
def test_right_uses_are_accepted_and_wrong_ones_found(
    run: Callable[[Path], Found], pytestconfig: pytest.Config
) -> None:
    """A checker accepts all of `api.py`, and finds just the marked lines of `wrong.py`."""
    found = run(pytestconfig.cache.mkdir("typing"))
    wrong = marked()
    assert len(wrong) > 60
    errors = {line: text for (file, line), text in found.items() if file == WRONG.name}
    refused = {line: text for (file, line), text in found.items() if file == API.name}
    overlooked = {line: why for line, why in wrong.items() if line not in errors}
    unmarked = {line: text for line, text in errors.items() if line not in wrong}
    assert (refused, overlooked, unmarked) == ({}, {}, {})
