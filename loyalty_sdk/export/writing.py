"""The blocking export, and the joining of its parts."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from loyalty_sdk.errors import InvalidArgument, UsageError
from loyalty_sdk.export.folder import Folder, settling
from loyalty_sdk.export.formats import FORMATS, FormatName
from loyalty_sdk.export.job import Exported, Job, Plan, Step
from loyalty_sdk.export.sources import Source, describe, steps


def export(
    source: Source,
    path: str | os.PathLike[str],
    *,
    format: FormatName | None = None,
    nested: str | None = None,
    model: type[Any] | None = None,
    label: str | None = None,
    part_rows: int = 100_000,
    progress: bool | None = None,
) -> Exported:
    """Write all rows of a source into a folder of numbered parts, in constant memory.

    Run again after it was stopped, in whatever way, it goes on behind the last part that was
    committed; run again once all is there, it asks for nothing. `join()` makes one file of the
    parts.

    Args:
        source: A pager; a stream of CSV rows or of a wallet, not entered yet; a function that,
            given a cursor or `None`, opens a stream there; or any rows of one model.
        path: The folder, named as the file would be: `vouchers.parquet`.
        format: `jsonl`, `csv`, `parquet` or `arrow`; by the path's ending unless given.
        nested: What becomes of objects in a row: a `struct` each, or columns of their own with
            dotted names (`flat`), as always in CSV.
        model: The class of the rows, where there may be none and nothing else tells it.
        label: What tells this export from another one, where its arguments do not: a member.
        part_rows: How many rows a part has at least, but for the last one; 1 or more.
        progress: Whether to show a progress bar; `None`: on a terminal.

    Returns:
        What is there. Of a wallet, `errors` says which vendors' rows are not.

    Raises:
        WrongFolder: The folder holds another export, or something else, or is being written.
        MissingExtra: Parquet and Arrow need pyarrow.
        NotSaved: The disk failed, or is full.
        UnreadableAnswer: A value has no exact place in its column.
        LoyaltyError: Anything that the source raises; what came before it is kept.
    """
    plan = Plan.of(path, format, nested, model, label, part_rows, progress)
    with closing(Job(plan)) as job:
        describe(source, job)
        if not job.done:
            with closing(_kept(steps(source, job), job)) as coming:
                for step in coming:
                    job.add(step)
            job.finish()
        return job.result()


def _kept(coming: Iterator[Step], job: Job) -> Generator[Step]:
    """The same steps; when they fail, what came is committed first."""
    try:
        yield from coming
    except Exception:
        job.keep()
        raise


def join(folder: str | os.PathLike[str], path: str | os.PathLike[str]) -> Path:
    """Make one file of an export's parts, in constant memory; the parts stay.

    Args:
        folder: What `export()` made; it must be whole.
        path: The file, of the same format; written over.

    Returns:
        The file.

    Raises:
        InvalidArgument: There is no export in that folder.
        UsageError: It is not whole yet: run it again.
        NotSaved: The disk failed, or is full.
    """
    place = Path(folder)
    if not (place / "_manifest" / "export.json").exists():
        raise InvalidArgument("folder", f"{place} holds no export")
    with closing(Folder(place)) as opened:
        commits = opened.commits()
        if not commits or not commits[-1].done:
            raise UsageError(f"{place} is not whole yet: run the export again")
        writer = FORMATS[cast("FormatName", opened.identity()["format"])]
        parts = [place / commit.part for commit in commits if commit.part]
        with settling(Path(path)) as file:
            writer.join(parts, file)
    return Path(path)
