"""Long bodies that become files: whole at their place, or not there at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from loyalty_sdk._core.calls import Download, Stream
from loyalty_sdk.errors import NotSaved

T = TypeVar("T")


class Chunks:
    """The bytes of a body as they come: the rows of a stream that nobody parses."""

    rows = 0

    def feed(self, chunk: bytes) -> Iterator[Sequence[bytes]]:
        """The bytes that came."""
        self.rows += 1
        yield (chunk,)

    def end(self) -> Iterator[Sequence[bytes]]:
        """Nothing is held back."""
        yield from ()


def chunks_of(download: Download) -> Stream[bytes]:
    """The stream that a download reads."""
    return Stream(call=download.call, rows=Chunks)


class Landing:
    """A file that lies beside its place until it is whole."""

    def __init__(self, path: Path, operation: str) -> None:
        self.path = path
        self._operation = operation
        self._part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._file = self._saving(lambda: self._part.open("xb"))

    def write(self, chunk: bytes) -> None:
        """Add bytes.

        Raises:
            NotSaved: The disk is full, or failed.
        """
        self._saving(lambda: self._file.write(chunk))

    def arrive(self) -> None:
        """The file is whole: put it in its place, over what was there before.

        Raises:
            NotSaved: That is not allowed, or the disk failed.
        """
        self._saving(self._arrive)

    def abandon(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._part.unlink()

    def _arrive(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.path)

    def _saving(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except OSError as error:
            problem = NotSaved(f"{self.path} cannot be written: {error.strerror or error}")
        problem.operation = self._operation
        raise problem


@contextmanager
def landing(to: str | os.PathLike[str], operation: str) -> Generator[Landing]:
    """A file to write to; left without an error it is at its place, else it is gone.

    Raises:
        NotSaved: It cannot be written.
    """
    landing = Landing(Path(to), operation)
    try:
        yield landing
        landing.arrive()
    except BaseException:
        landing.abandon()
        raise
