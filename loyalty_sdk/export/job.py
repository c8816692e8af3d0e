"""One export while it runs: everything that both colours share, which is all but the waiting."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import attrs

from loyalty_sdk._core.given.arguments import given, plain_text, within
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk.errors import InvalidArgument, UnreadableAnswer
from loyalty_sdk.export import libraries
from loyalty_sdk.export.columns import Nested, schema_of
from loyalty_sdk.export.folder import Commit, Folder, saving
from loyalty_sdk.export.formats import BATCH, FORMATS, FormatName, Writer, format_of, nesting
from loyalty_sdk.export.progress import Bar
from loyalty_sdk.export.values import Misfit


@attrs.frozen(kw_only=True)
class Exported:
    """What an export made.

    Attributes:
        path: The folder with the parts.
        format: Their format.
        rows: How many rows they have.
        parts: Their files, in order.
        errors: What could not be fetched, by vendor (of a wallet) or by member; run the same export
            again to fetch only that.
    """

    path: Path
    format: FormatName
    rows: int
    parts: tuple[Path, ...] = attrs.field(repr=lambda parts: f"<{len(parts)} files>")
    errors: Mapping[str, Exception] = attrs.field(default=EMPTY)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.errors


@attrs.frozen(kw_only=True)
class Plan:
    """What is to be written where."""

    path: Path
    format: FormatName
    nested: Nested
    model: type[Any] | None
    label: str | None
    part_rows: int
    progress: bool | None

    @classmethod
    def of(
        cls,
        path: str | os.PathLike[str],
        format: str | None,
        nested: str | None,
        model: type[Any] | None,
        label: str | None,
        part_rows: int,
        progress: bool | None,
    ) -> Plan:
        """The plan of what a caller gives.

        Raises:
            InvalidArgument: An argument cannot be used.
            MissingExtra: A library that it takes is not installed.
        """
        if model is not None and not (isinstance(model, type) and attrs.has(model)):
            raise InvalidArgument("model", "must be the class of the rows")
        place = Path(path)
        name = format_of(place, format)
        if FORMATS[name].needs_arrow:
            libraries.pyarrow()
        if progress:
            libraries.tqdm()
        return cls(
            path=place,
            format=name,
            nested=nesting(name, nested),
            model=model,
            label=None if label is None else plain_text("label", label),
            part_rows=within("part_rows", given("part_rows", part_rows), 1, None) or 1,
            progress=progress,
        )


@attrs.frozen(kw_only=True)
class Step:
    """Some rows, and where to go on behind them."""

    rows: Sequence[Any]
    cursor: Any
    total: int | None = None


class Job:
    """Writes rows into the parts of a folder.

    Args:
        plan: What is to be written where.

    Attributes:
        plan: The same.
        cursor: Where the rows that are still missing begin.
        done: Whether none are.
        errors: By vendor, why rows are missing.

    Raises:
        WrongFolder: The folder belongs to another export.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.errors: dict[str, Exception] = {}
        self._writer_class = FORMATS[plan.format]
        self._folder = Folder(plan.path)
        try:
            self._begin()
        except BaseException:
            self._folder.close()
            raise

    def _begin(self) -> None:
        known = {"format": self.plan.format, "nested": self.plan.nested, "label": self.plan.label}
        self._folder.identify(known)
        self._folder.clean()
        self._commit = self._folder.latest()
        self.cursor: Any = self._commit.cursor
        self.done: bool = self._commit.done
        self._model: type[Any] | None = None
        self._about: list[Any] = []
        self._buffer: list[Any] = []
        self._rows = 0
        self._part = ExitStack()
        self._writer: Writer | None = None
        self._bar = Bar(self.plan.progress, self._commit.rows)
        if self.plan.model is not None:
            self.rows_are(self.plan.model)

    def identify(self, operation: str, arguments: str | None, model: type[Any] | None) -> None:
        """What is exported.

        Raises:
            WrongFolder: The folder has something else.
        """
        self._folder.identify({"operation": operation, "arguments": arguments})
        if model is not None:
            self.rows_may_be(model)

    def rows_may_be(self, model: type[Any]) -> None:
        """What a row is, where that is not known yet."""
        if self._model is None:
            self.rows_are(model)

    def rows_are(self, model: type[Any]) -> None:
        """What a row is.

        Raises:
            InvalidArgument: It is no model.
            WrongFolder: The folder has rows of another kind, or with other columns.
        """
        if not attrs.has(model):
            raise InvalidArgument("source", f"must give rows of a model, not {model.__name__}")
        self._model = model
        self._schema = schema_of(model, self.plan.nested)
        self._folder.identify({"model": model.__qualname__, "columns": self._schema.digest})

    def add(self, step: Step, about: Any = None) -> None:
        """Write rows; they are kept with the part that they are in.

        Raises:
            UnreadableAnswer: A value has no exact place in its column, or a row is of another kind
                than those before.
        """
        if step.rows and self._model is None:
            first: Any = step.rows[0]
            self.rows_are(first.__class__)
        if any(type(row) is not self._model for row in step.rows):
            raise UnreadableAnswer(f"a row is no {getattr(self._model, '__name__', '?')}")
        self._buffer += step.rows
        self._rows += len(step.rows)
        self.cursor = step.cursor
        if about is not None:
            self._about.append(about)
        self._bar.moved(len(step.rows), step.total)
        if len(self._buffer) >= BATCH:
            self._flush()
        if self._rows >= self.plan.part_rows:
            self.keep()

    def keep(self, done: bool = False) -> None:
        """Commit what came since the last commit."""
        if self.done and not self._rows and not self._about:
            return
        number = self._commit.number + 1
        part = None
        if self._model is not None and (self._rows or (done and not self._commit.rows)):
            part = self._name()
            self._flush(even_nothing=True)
            assert self._writer is not None
            self._writing(self._writer.close)
            self._writer = None
            self._part.close()
        elif not done and not self._about:
            return
        self._commit = Commit(
            number=number,
            part=part,
            rows=self._commit.rows + self._rows,
            cursor=self.cursor,
            done=done,
            about=self._about or None,
        )
        self._folder.commit(self._commit)
        self._rows, self._about, self.done = 0, [], done

    def finish(self) -> None:
        """All rows have come, but for those of vendors that failed."""
        self.keep(done=not self.errors)

    def result(self) -> Exported:
        """What there is."""
        commits = self._folder.commits()
        return Exported(
            path=self.plan.path,
            format=self.plan.format,
            rows=self._commit.rows,
            parts=tuple(self.plan.path / each.part for each in commits if each.part),
            errors=MappingProxyType(self.errors),
        )

    def abouts(self) -> list[Any]:
        """What was said of all parts."""
        return [about for commit in self._folder.commits() for about in commit.about or ()]

    def close(self) -> None:
        """End; a part that was not committed is gone."""
        self._bar.close()
        with closing(self._folder), suppress(_Unfinished), self._part:
            if self._writer is not None:
                with suppress(Exception):  # what it writes is thrown away
                    self._writer.close()
                raise _Unfinished

    def _name(self) -> str:
        return f"part-{self._commit.number + 1:06}{self._writer_class.ending}"

    def _flush(self, even_nothing: bool = False) -> None:
        if not self._buffer and not (even_nothing and self._writer is None):
            return
        if self._writer is None:
            file: IO[bytes] = self._part.enter_context(self._folder.part(self._name()))
            self._writer = self._writer_class(file, self._schema)
        rows, self._buffer, writer = self._buffer, [], self._writer
        self._writing(lambda: writer.write(rows))

    def _writing(self, work: Any) -> None:
        try:
            with saving(self.plan.path):
                work()
        except Misfit as misfit:
            problem = UnreadableAnswer(str(misfit))
        else:
            return
        raise problem


class _Unfinished(Exception):
    """Tells a part's file that it is not to be kept."""
