"""Build a release, look into it, and run the examples from it: `python -m tests.release [FOLDER]`.

The wheel and the sdist each go into an empty environment, and every example runs there, away from
this checkout. It needs the package `build`. The files are left in FOLDER, `dist` unless given.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
ABOUT = {"METADATA", "WHEEL", "RECORD", "licenses/LICENSE"}


def packaged(folder: Path) -> set[str]:
    """What of the package's folder belongs in a wheel."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder.parent).as_posix()
        for path in files
        if "__pycache__" not in path.parts
    }


def amiss(names: Iterable[str], wanted: set[str]) -> list[str]:
    """What a wheel has too much, and what it lacks."""
    names = set(names)
    about = {name for name in names if name.partition("/")[0].endswith(".dist-info")}
    lacking = wanted - names | (ABOUT - {name.partition("/")[2] for name in about})
    too_much = names - wanted - about
    return [f"lacks {name}" for name in sorted(lacking)] + [
        f"has {name}" for name in sorted(too_much)
    ]


def main(folder: Path) -> None:
    """Build, look, install and run."""
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT))
    [wheel] = folder.glob("*.whl")
    [sdist] = folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened:
        problems = amiss(opened.namelist(), packaged(ROOT / "loyalty_sdk"))
    if problems:
        raise SystemExit("\n".join([f"{wheel.name}:", *problems]))
    for built in (wheel, sdist):
        _try_out(built)
        print(f"{built.name}: every example runs")


def _try_out(built: Path) -> None:
    with tempfile.TemporaryDirectory() as empty:
        shutil.copytree(ROOT / "examples", Path(empty, "examples"))
        venv.create(Path(empty, "env"), with_pip=True)
        python = str(Path(empty, "env", "bin", "python"))
        needed = f"{built.resolve()}[examples,charts,dask]"
        _run(python, "-m", "pip", "install", "-q", needed, cwd=empty)
        where = "import loyalty_sdk, sys; assert loyalty_sdk.__file__.startswith(sys.prefix)"
        _run(python, "-c", where, cwd=empty)
        for example in sorted(Path(empty, "examples").glob("*.py")):
            _run(python, "-W", "error", str(example), cwd=empty)


def _run(*command: str, cwd: str | None = None) -> None:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, check=True, cwd=cwd, env=own, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
