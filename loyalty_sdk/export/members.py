"""Rows of many members: several asked at once, at a pace that all share."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, closing
from itertools import islice
from threading import Lock
from typing import Any, TypeAlias, TypeVar

import attrs

from loyalty_sdk._core.calls import Page
from loyalty_sdk._core.given.arguments import given, within
from loyalty_sdk._core.hiding.frames import emptied
from loyalty_sdk._core.paging.pager import Pager
from loyalty_sdk._core.reading.remarks import Limits
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.export.formats import FormatName
from loyalty_sdk.export.job import Exported, Job, Plan, Step
from loyalty_sdk.export.pace import Pace
from loyalty_sdk.export.sources import model_of

C = TypeVar("C", bound=AbstractContextManager[Any])

ClientFactory: TypeAlias = Callable[[], C]
RowsOf: TypeAlias = Callable[[C, str], Iterable[Any]]


@attrs.frozen
class _Came:
    rows: list[Any]
    model: type[Any] | None


def export_members(
    client_factory: ClientFactory[C],
    member_ids: Iterable[str],
    rows_of: RowsOf[C],
    path: str | os.PathLike[str],
    *,
    workers: int = 8,
    rate: str | None = None,
    store: str = "memory://",
    label: str | None = None,
    format: FormatName | None = None,
    nested: str | None = None,
    model: type[Any] | None = None,
    part_rows: int = 100_000,
    progress: bool | None = None,
) -> Exported:
    """Write the rows of many members into one folder of parts, several members asked at once.

    A member's rows stand in one part together, or not at all; `errors` says who failed. Run again,
    with more members or the same, only those are asked who are not there yet. Members come in the
    order in which they answer; rows must say themselves whose they are.

    Args:
        client_factory: Makes a client, one for each worker; it is closed at the end.
        member_ids: The members; any iterable, read as far as it is needed.
        rows_of: Given a client and a member's id, gives a pager, or other rows of one model.
        path: The folder, as of `export()`.
        workers: How many members are asked at once; from 1 to 64. So many members' rows are held.
        rate: How many requests may be made, such as `40/second`; `None`: as the vendor's headers
            allow. Each page takes a turn; the first one's is taken before `rows_of` is called.
        store: Where the rate is counted: `memory://`, or `redis://...` to share it with others.
        label: What is counted there, and what tells this export from others.
        format: As of `export()`, like all that follows.
        nested: What becomes of objects.
        model: The class of the rows.
        part_rows: How many rows a part has at least.
        progress: Whether to show a progress bar.

    Returns:
        What is there, and who failed.

    Raises:
        LoyaltyError: As `export()`; what a member raises is in `errors` instead.
    """
    workers = within("workers", given("workers", workers), 1, 64) or 1
    plan = Plan.of(path, format, nested, model, label, part_rows, progress)
    pace = Pace(rate, store, label or "loyalty-sdk")
    with closing(Job(plan)) as job, _Workers(client_factory, rows_of, pace, workers) as asked:
        job.identify("members", None, None)
        with closing(asked.answers(_missing(member_ids, set(job.abouts())))) as answers:
            for member, came in answers:
                _take(job, member, came)
        job.keep(done=not job.errors)
        return job.result()


def _take(job: Job, member: str, came: _Came | Exception) -> None:
    if isinstance(came, Exception):
        job.errors[member] = came
        return
    if came.model is not None:
        job.rows_may_be(came.model)
    job.add(Step(rows=came.rows, cursor=None), about=member)


def _limits(page: Page[Any]) -> Limits | None:
    return None if page.response is None else page.response.limits


def _missing(member_ids: Iterable[str], known: set[str]) -> Iterator[str]:
    """The members that are not there yet, each once."""
    for member in member_ids:
        if not isinstance(member, str) or not member:
            raise InvalidArgument("member_ids", "must be texts that are not empty")
        if member not in known:
            known.add(member)
            yield member


class _Workers(ExitStack):
    """Threads that ask, each with a client of its own."""

    def __init__(
        self, factory: ClientFactory[Any], rows_of: RowsOf[Any], pace: Pace, workers: int
    ) -> None:
        super().__init__()
        self._factory, self._rows_of, self._pace = factory, rows_of, pace
        self._workers = workers
        self._idle: list[Any] = []
        self._lock = Lock()
        self._pool = self.enter_context(ThreadPoolExecutor(workers, "loyalty-sdk-export"))

    def answers(self, members: Iterator[str]) -> Generator[tuple[str, _Came | Exception]]:
        """Each member with what came, as it comes; twice as many as workers are under way."""
        under_way: dict[Future[_Came | Exception], str] = {}
        try:
            while True:
                for member in islice(members, 2 * self._workers - len(under_way)):
                    under_way[self._pool.submit(self._ask, member)] = member
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    yield under_way.pop(future), future.result()
        finally:
            for future in under_way:
                future.cancel()

    def _ask(self, member: str) -> _Came | Exception:
        client: Any = None
        try:
            client = self._client()
            return self._rows(client, member)
        except Exception as error:
            problem = error
        finally:
            if client is not None:
                self._idle.append(client)
        emptied(problem)  # what its frames hold is let go
        return problem

    def _rows(self, client: Any, member: str) -> _Came:
        with self._pace.request() as request:
            found = self._rows_of(client, member)
            if not isinstance(found, Pager):
                return _Came(list(found), None)
            pages: Iterator[Page[Any]] = found.pages()
            page = next(pages)
            request.limits = _limits(page)
        rows = list(page.items)
        while page.cursor is not None:
            with self._pace.request() as request:
                page = next(pages)
                request.limits = _limits(page)
            rows += page.items
        return _Came(rows, model_of(found._listing.described_by))

    def _client(self) -> Any:
        with self._lock:
            return self._idle.pop() if self._idle else self._made()

    def _made(self) -> Any:
        made = self._factory()
        self.push(made.__exit__)
        return made.__enter__()
