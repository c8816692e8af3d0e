"""What can be exported, as steps: some rows, and the cursor behind them. Blocking."""

from __future__ import annotations

import hashlib
import json
import typing
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeAlias, cast

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.paging.pager import AsyncPager, Pager
from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.export.job import Job, Step

Opened: TypeAlias = AbstractContextManager[Any]
Source: TypeAlias = Pager[Any] | Opened | Callable[[str | None], Opened] | Iterable[Any]

CHUNK = 256


def steps(source: Any, job: Job) -> Iterator[Step]:
    """The rows that the job does not have yet.

    Raises:
        InvalidArgument: That cannot be exported.
        WrongFolder: The job's folder belongs to another export.
    """
    if is_a(source, (AsyncPager, AsyncRowStream)) or getattr(source, "__aenter__", None):
        raise InvalidArgument("source", "is async: use export_async()")
    if is_a(source, Pager):
        return _pages(source, job)
    if is_a(source, RowStream):
        return _stream(source, job, resumed=False)
    if getattr(source, "__enter__", None):
        return _opened(source, job, resumed=False)
    if callable(source):
        opened: Any = source(after(job))
        return _opened(opened, job, resumed=True)
    if is_a(source, Iterable):
        return _rows(source, job, None)
    raise InvalidArgument("source", "must be a pager, a stream, or rows")


def describe(source: Any, job: Job) -> None:
    """Tell the job what a pager is of; of others that is known once they are open.

    Raises:
        WrongFolder: The job's folder belongs to another export.
    """
    if is_a(source, (Pager, AsyncPager)):
        listing = source._listing
        call: Call[Any] = listing.page(None)
        job.identify(source._operation, fingerprint(call), model_of(listing.described_by))


def _pages(pager: Pager[Any], job: Job) -> Iterator[Step]:
    for page in pager.pages(job.cursor):
        yield Step(rows=page.items, cursor=page.cursor, total=page.total)


def _opened(source: Opened, job: Job, resumed: bool) -> Iterator[Step]:
    with source as given:
        if is_a(given, RowStream):
            yield from _stream(given, job, resumed)
        else:
            job.identify("wallet", None, None)
            yield from _batches(given, job)


def _stream(stream: RowStream[Any], job: Job, resumed: bool) -> Iterator[Step]:
    described(stream, job, resumed)
    yield from _rows(stream, job, stream._stream.after if resumed else None)


def _rows(rows: Iterable[Any], job: Job, place: Callable[[int], str] | None) -> Generator[Step]:
    chunks = Chunks(job, place)
    try:
        for row in rows:
            if chunks.is_full_with(row):
                yield chunks.step()
    except Exception:
        yield chunks.step()
        raise
    yield chunks.step()


class Chunks:
    """Rows that come one by one; those that are there already are passed over.

    Args:
        job: Whose rows they are.
        place: The cursor behind so many rows; `None` where they come from the start again.
    """

    def __init__(self, job: Job, place: Callable[[int], str] | None) -> None:
        self._had = counted(job) if place is None else 0
        self._place = place
        self._count = 0
        self._rows: list[Any] = []
        self._cursor = job.cursor

    def is_full_with(self, row: Any) -> bool:
        """Take a row; whether it is time for a step."""
        self._count += 1
        if self._count > self._had:
            self._rows.append(row)
        return len(self._rows) == CHUNK

    def step(self) -> Step:
        """The rows that came since the last step."""
        rows, self._rows = self._rows, []
        if rows:
            counts = {"rows": self._count}
            self._cursor = counts if self._place is None else self._place(self._count)
        return Step(rows=rows, cursor=self._cursor)


def _batches(batches: Iterable[Any], job: Job) -> Iterator[Step]:
    seen = Seen(job)
    for batch in batches:
        yield seen.step(batch)


class Seen:
    """How many rows of each vendor were seen: no vendor's cursor is known, and rows come again."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._had: dict[str, int] = dict(job.cursor or {})
        self._came: dict[str, int] = {}

    def step(self, batch: Any) -> Step:
        """The rows of a batch of a wallet that are new."""
        vendor = str(batch.vendor)
        if batch.error is not None:
            self._job.errors[vendor] = batch.error
        before = self._came.get(vendor, 0)
        self._came[vendor] = before + len(batch.items)
        new = batch.items[max(0, self._had.get(vendor, 0) - before) :]
        names = self._had.keys() | self._came.keys()
        place = {
            name: max(self._had.get(name, 0), self._came.get(name, 0)) for name in sorted(names)
        }
        return Step(rows=new, cursor=place)


def is_a(value: object, kind: type[Any] | tuple[type[Any], ...]) -> bool:
    """`isinstance`, without what checkers conclude from it about type variables."""
    return isinstance(value, kind)


def described(stream: Any, job: Job, resumed: bool) -> None:
    """Tell the job what a stream is of; one that is opened anew behind a row has no arguments."""
    call = stream._stream.call
    model = model_of(stream._stream.described_by)
    job.identify(stream._operation, None if resumed else fingerprint(call), model)


def after(job: Job) -> str | None:
    """Where a stream is to be opened."""
    return job.cursor if isinstance(job.cursor, str) else None


def counted(job: Job) -> int:
    """How many rows are there already."""
    place = cast("Mapping[str, int]", job.cursor or {})
    return place.get("rows", 0)


def model_of(build: Callable[..., Any] | None) -> type[Any] | None:
    """What the rows of a listing or a stream are, by the annotation of the call."""
    if build is None:
        return None
    arguments = typing.get_args(typing.get_type_hints(build)["return"])
    return arguments[0] if arguments and isinstance(arguments[0], type) else None


def fingerprint(call: Call[Any]) -> str:
    """What tells the arguments of a call from others; secrets, which may be new, do not count."""
    path = [None if isinstance(part, Secret) else str(part) for part in call.path]
    text = json.dumps([call.method, path, list(call.params)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
