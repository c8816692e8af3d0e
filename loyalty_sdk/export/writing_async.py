"""The async export: the steps are awaited, and what writes runs in a thread."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any, TypeAlias

from loyalty_sdk._core.paging.pager import AsyncPager, Pager
from loyalty_sdk._core.rows.rowstream import AsyncRowStream, RowStream
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.export.formats import FormatName
from loyalty_sdk.export.job import Exported, Job, Plan, Step
from loyalty_sdk.export.sources import Chunks, Seen, after, describe, described, is_a

AsyncOpened: TypeAlias = AbstractAsyncContextManager[Any]
AsyncSource: TypeAlias = (
    AsyncPager[Any] | AsyncOpened | Callable[[str | None], AsyncOpened] | AsyncIterable[Any]
)


async def export_async(
    source: AsyncSource,
    path: str | os.PathLike[str],
    *,
    format: FormatName | None = None,
    nested: str | None = None,
    model: type[Any] | None = None,
    label: str | None = None,
    part_rows: int = 100_000,
    progress: bool | None = None,
) -> Exported:
    """Write all rows of an async source into a folder; as `export()`, which says what it takes."""
    plan = Plan.of(path, format, nested, model, label, part_rows, progress)
    job = await asyncio.to_thread(Job, plan)
    try:
        describe(source, job)
        if not job.done:
            async with aclosing(_kept(_steps(source, job), job)) as coming:
                async for step in coming:
                    await asyncio.to_thread(job.add, step)
            await asyncio.to_thread(job.finish)
        return job.result()
    finally:
        job.close()


async def _kept(coming: AsyncGenerator[Step], job: Job) -> AsyncGenerator[Step]:
    """The same steps; when they fail, what came is committed first."""
    try:
        async with aclosing(coming):
            async for step in coming:
                yield step
    except Exception:
        await asyncio.to_thread(job.keep)
        raise


def _steps(source: Any, job: Job) -> AsyncGenerator[Step]:
    if is_a(source, AsyncPager):
        return _pages(source, job)
    if is_a(source, AsyncRowStream):
        return _stream(source, job, resumed=False)
    if getattr(source, "__aenter__", None):
        return _opened(source, job, resumed=False)
    if callable(source):
        opened: Any = source(after(job))
        return _opened(opened, job, resumed=True)
    if is_a(source, AsyncIterable) and not is_a(source, (Pager, RowStream)):
        return _rows(source, job, None)
    raise InvalidArgument("source", "must be an async pager, stream, or rows; else use export()")


async def _pages(pager: AsyncPager[Any], job: Job) -> AsyncGenerator[Step]:
    async with aclosing(pager._pages(job.cursor)) as pages:
        async for page in pages:
            yield Step(rows=page.items, cursor=page.cursor, total=page.total)


async def _opened(source: AsyncOpened, job: Job, resumed: bool) -> AsyncGenerator[Step]:
    async with source as given:
        if is_a(given, AsyncRowStream):
            coming = _stream(given, job, resumed)
        else:
            job.identify("wallet", None, None)
            coming = _batches(given, job)
        async with aclosing(coming):
            async for step in coming:
                yield step


def _stream(stream: AsyncRowStream[Any], job: Job, resumed: bool) -> AsyncGenerator[Step]:
    described(stream, job, resumed)
    return _rows(stream, job, stream._stream.after if resumed else None)


async def _rows(
    rows: AsyncIterable[Any], job: Job, place: Callable[[int], str] | None
) -> AsyncGenerator[Step]:
    chunks = Chunks(job, place)
    try:
        async for row in rows:
            if chunks.is_full_with(row):
                yield chunks.step()
    except Exception:
        yield chunks.step()
        raise
    yield chunks.step()


async def _batches(batches: AsyncIterator[Any], job: Job) -> AsyncGenerator[Step]:
    seen = Seen(job)
    async for batch in batches:
        yield seen.step(batch)
