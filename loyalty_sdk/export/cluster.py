"""Rows of very many members: the same job, spread over the machines of a Dask cluster."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from loyalty_sdk._core.given.arguments import given, within
from loyalty_sdk.errors import LoyaltyError
from loyalty_sdk.export import libraries
from loyalty_sdk.export.folder import Commit, Folder
from loyalty_sdk.export.formats import FormatName
from loyalty_sdk.export.job import Exported, Plan
from loyalty_sdk.export.members import C, ClientFactory, RowsOf, export_members


def export_members_on_dask(
    cluster: Any,
    client_factory: ClientFactory[C],
    member_ids: Iterable[str],
    rows_of: RowsOf[C],
    path: str | os.PathLike[str],
    *,
    partition_members: int = 1000,
    retries: int = 3,
    workers: int = 8,
    rate: str | None = None,
    store: str = "memory://",
    label: str | None = None,
    format: FormatName | None = None,
    nested: str | None = None,
    model: type[Any] | None = None,
    part_rows: int = 100_000,
) -> Exported:
    """Write the rows of many members from the workers of a Dask cluster, a folder each partition.

    A partition is some members, and an `export_members()` of its own: run again, by Dask because a
    worker was lost or by you, it goes on behind its last part. All workers need the path.

    Args:
        cluster: A `distributed.Client`.
        client_factory: Makes a client; it is called on the workers, and must go there: Dask pickles
            functions of any kind.
        member_ids: The members. The same ones in the same order are the same partitions.
        rows_of: As of `export_members()`; it goes to the workers, too.
        path: The folder, on a disk that all workers share.
        partition_members: How many members a partition has; 1 or more.
        retries: How often Dask tries a partition again that failed as a whole.
        workers: How many members a partition asks at once.
        rate: As of `export_members()`.
        store: `redis://...`, so that all machines share the rate.
        label: As of `export_members()`, like all that follows.
        format: As of `export()`.
        nested: What becomes of objects.
        model: The class of the rows.
        part_rows: How many rows a part has at least.

    Returns:
        What is there, and who failed: the errors of others' processes are told in words.

    Raises:
        LoyaltyError: As `export_members()`.
    """
    size = within("partition_members", given("partition_members", partition_members), 1, None) or 1
    plan = Plan.of(path, format, nested, model, label, part_rows, None)
    known = {"format": plan.format, "nested": plan.nested, "label": plan.label}
    task = partial(
        _exported,
        client_factory,
        rows_of,
        {**known, "workers": workers, "rate": rate, "store": store, "part_rows": part_rows}
        | {"model": model, "progress": False},
    )
    with closing(Folder(plan.path)) as folder:
        folder.identify({**known, "operation": "partitions"})
        places = [(plan.path / _name(some), some) for some in _partitions(member_ids, size)]
        futures = cluster.map(task, places, retries=retries, pure=False)
        of = {future.key: place for future, place in zip(futures, places, strict=True)}
        came = _Came()
        for future in libraries.distributed().as_completed(futures):
            came.take(*of[future.key], future)
        return came.settled(plan, folder)


@attrs.define
class _Came:
    """What came of the partitions so far."""

    rows: int = 0
    parts: list[str] = attrs.field(factory=list[str])
    errors: dict[str, Exception] = attrs.field(factory=dict[str, Exception])

    def take(self, place: Path, members: list[str], future: Any) -> None:
        """Add what came of one; one that failed as a whole is its members' error."""
        problem = future.exception()
        if problem is not None:
            said = f"{type(problem).__name__}: {problem}"
            self.errors |= {member: LoyaltyError(said) for member in members}
            return
        rows, parts, errors = future.result()
        self.rows += rows
        self.parts += [f"{place.name}/{part}" for part in parts]
        self.errors |= {member: LoyaltyError(said) for member, said in errors.items()}

    def settled(self, plan: Plan, folder: Folder) -> Exported:
        """Write down which parts there are, so that they can be joined."""
        known = {commit.part for commit in folder.commits()}
        number = folder.latest().number
        for part in sorted(set(self.parts) - known):
            number += 1
            folder.commit(Commit(number=number, part=part, rows=0))
        folder.commit(Commit(number=number + 1, part=None, rows=self.rows, done=not self.errors))
        return Exported(
            path=plan.path,
            format=plan.format,
            rows=self.rows,
            parts=tuple(plan.path / part for part in sorted(self.parts)),
            errors=MappingProxyType(self.errors),
        )


def _exported(
    client_factory: ClientFactory[C],
    rows_of: RowsOf[C],
    options: Mapping[str, Any],
    partition: tuple[Path, list[str]],
) -> tuple[int, list[str], dict[str, str]]:
    """Export one partition, on a worker: its rows, its parts, and its errors in words."""
    path, members = partition
    done = export_members(client_factory, members, rows_of, path, **options)
    errors = {member: f"{type(error).__name__}: {error}" for member, error in done.errors.items()}
    return done.rows, [part.name for part in done.parts], errors


def _partitions(member_ids: Iterable[str], size: int) -> Iterator[list[str]]:
    members = iter(member_ids)
    while some := list(islice(members, size)):
        yield some


def _name(members: list[str]) -> str:
    """The same members have the same folder."""
    return "members-" + hashlib.sha256("\n".join(members).encode()).hexdigest()[:16]
