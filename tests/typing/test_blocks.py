"""The code in the README and the docs, as checkers see it."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)

CHECKERS = ("mypy", "pyright")
ASKED_FOR = any("typing" in argument for argument in sys.argv[1:])

__test__ = ASKED_FOR or all(importlib.util.find_spec(name) for name in CHECKERS)


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_code_block_is_accepted(checker: str, tmp_path: Path) -> None:
    """What users copy from the documents has no type error in strict mode."""
    for page in PAGES:
        for number, block in enumerate(BLOCK.findall(page.read_text("utf-8")), 1):
            name = "_".join(page.relative_to(ROOT).with_suffix("").parts).lower()
            (tmp_path / f"{name}_{number}.py").write_text(block, "utf-8")
    blocks = sorted(map(str, tmp_path.glob("*.py")))
    assert len(blocks) > 10
    settings = {
        "extraPaths": [str(ROOT)],
        "typeCheckingMode": "strict",
        "reportUnusedVariable": False,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    arguments = {
        "mypy": ["--strict", "--cache-dir", str(tmp_path / "cache"), *blocks],
        "pyright": ["--pythonpath", sys.executable, "--project", str(tmp_path)],
    }
    command = [sys.executable, "-m", checker, *arguments[checker]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
