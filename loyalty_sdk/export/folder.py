"""The folder of an export: numbered parts, and what was committed of them.

A part is written beside its place, synced and renamed; then its commit is, a small file of its own
that says how far the export is. The commit's rename is the moment: a part without one is written
over. So whenever the machine stops, the latest commit tells the truth.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import attrs

from loyalty_sdk.errors import LoyaltyError, NotSaved, WrongFolder

MANIFEST = "_manifest"

_UNSHOWN = {
    "arguments": "its call has other arguments",
    "columns": "its rows have other columns",
}
"""Readers of folders of Parquet pass over names that begin with an underscore."""


@attrs.frozen(kw_only=True)
class Commit:
    """How far an export is.

    Attributes:
        number: Of the commit, and of its part, from 1.
        part: The name of its part; `None` where there were no rows.
        rows: How many rows all parts up to this one have.
        cursor: Where to go on.
        done: Whether there is nothing more.
        about: What else belongs to the part, such as the members that are in it.
    """

    number: int
    part: str | None
    rows: int
    cursor: Any = None
    done: bool = False
    about: Any = None


@contextmanager
def saving(path: Path) -> Generator[None]:
    """Turn errors of the disk into ours.

    Raises:
        NotSaved: There is one.
    """
    try:
        yield
        return
    except OSError as error:
        if isinstance(error, LoyaltyError):  # some of ours are errors of the system, too
            raise
        problem = NotSaved(f"{path} cannot be written: {error.strerror or error}")
    raise problem


class Folder:
    """An export's folder; open, it is locked against other processes.

    Args:
        path: The folder; made if need be.

    Raises:
        WrongFolder: It holds something else, or another process exports to it.
        NotSaved: It cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = path / MANIFEST
        if path.exists() and not self._manifest.exists() and _holds_something(path):
            raise WrongFolder(f"{path} is there already, and no export made it")
        with saving(path):
            self._manifest.mkdir(parents=True, exist_ok=True)
            self._lock = (self._manifest / "lock").open("ab")
        _locked(self._lock, path)

    def close(self) -> None:
        """Let others have it."""
        self._lock.close()

    def identity(self) -> Mapping[str, Any]:
        """What the export in this folder is; empty of a new one."""
        return _read(self._manifest / "export.json") or {}

    def identify(self, identity: Mapping[str, Any]) -> None:
        """Write down what the export is, or find it to be the one that is in this folder.

        Raises:
            WrongFolder: It is another one.
        """
        known = self.identity()
        for name in known.keys() & identity.keys():
            if known[name] != identity[name]:
                said = _UNSHOWN.get(name, f"its {name} is {known[name]!r}, not {identity[name]!r}")
                raise WrongFolder(f"{self.path} holds another export: {said}")
        if identity.keys() - known.keys():
            self._settle(self._manifest / "export.json", _json({**known, **identity}))

    def commits(self) -> list[Commit]:
        """All commits, in order."""
        return [self._commit(path) for path in sorted(self._manifest.glob("commit-*.json"))]

    def latest(self) -> Commit:
        """The last commit; number 0 of a new folder."""
        paths = sorted(self._manifest.glob("commit-*.json"))
        return self._commit(paths[-1]) if paths else Commit(number=0, part=None, rows=0)

    @contextmanager
    def part(self, name: str) -> Generator[IO[bytes]]:
        """A file to write a part to; left without an error, it is at its place."""
        target = self.path / name
        with settling(target) as file:
            yield file

    def commit(self, commit: Commit) -> None:
        """This is how far the export is, from now on."""
        name = f"commit-{commit.number:06}.json"
        self._settle(self._manifest / name, _json(attrs.asdict(commit)))

    def clean(self) -> None:
        """Remove what a process that was killed left behind."""
        known = {commit.part for commit in self.commits()}
        with saving(self.path):
            for path in [*self.path.glob(".*.tmp"), *self._manifest.glob(".*.tmp")]:
                path.unlink()
            for path in self.path.glob("part-*"):
                if path.name not in known:
                    path.unlink()

    def _settle(self, path: Path, content: bytes) -> None:
        with settling(path) as file:
            file.write(content)

    def _commit(self, path: Path) -> Commit:
        return Commit(**(_read(path) or {}))


@contextmanager
def settling(path: Path) -> Generator[IO[bytes]]:
    """A file to write to; left without an error, it is whole and at its place, whatever happens.

    Raises:
        NotSaved: It cannot be written.
    """
    beside = path.with_name(f".{path.name}.tmp")
    with saving(path):
        file = beside.open("wb")
    try:
        with saving(path):
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
            beside.replace(path)
            _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            file.close()
            beside.unlink()
        raise


def _sync_folder(path: Path) -> None:
    """Have the folder itself on the disk, where a system can do that."""
    with suppress(PermissionError):  # Windows opens no folders
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _locked(file: IO[bytes], path: Path) -> None:
    """Keep other processes out; the system lets go when this one ends, however it does."""
    try:
        fcntl: Any = importlib.import_module("fcntl")
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        problem = WrongFolder(f"{path} is being written by another process")
    else:
        return
    raise problem


def _holds_something(path: Path) -> bool:
    return not path.is_dir() or any(path.iterdir())


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1).encode()


def _read(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_bytes()) if path.exists() else None
