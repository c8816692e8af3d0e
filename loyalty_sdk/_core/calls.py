"""Requests and answers as values. No I/O here, and nothing that does I/O is imported."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Generic, Literal, Protocol, TypeVar
from urllib.parse import quote

import attrs
import httpx

from loyalty_sdk._core.given.jsonbody import json_body
from loyalty_sdk._core.hiding.echoes import Echoes
from loyalty_sdk._core.hiding.redact import MASK, SHOWN_HEADERS, Secret, shown_headers, shown_query
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.frozen import EMPTY
from loyalty_sdk._core.reading.remarks import Limits, Notice, Remarks
from loyalty_sdk.errors import LoyaltyError, StillRunning, UsageError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Headers = httpx.Headers
Query = Sequence[tuple[str, str]]


@attrs.frozen
class ShownRequest:
    """A request as it may be shown: secrets, and values not known to be harmless, are masked."""

    method: str
    url: str


@attrs.frozen(eq=False)
class Response:
    """An answer as it came, decompressed.

    Attributes:
        status: The HTTP status.
        headers: The headers; names in any case.
        content: The body.
    """

    status: int
    headers: Headers
    content: bytes
    _remarks: Remarks | None = None

    @property
    def limits(self) -> Limits | None:
        """How many requests the vendor still takes; `None` where its headers do not say."""
        return None if self._remarks is None else self._remarks.limits(self)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """The vendor's warnings beside a result; empty where there are none."""
        return () if self._remarks is None else self._remarks.warnings(self)

    def given_by(self, vendor: Remarks) -> Response:
        """The same answer, with somebody who can read its remarks."""
        return Response(self.status, self.headers, self.content, vendor)

    def json(self) -> Any:
        """The body parsed as JSON; numbers with a fraction are exact `Decimal` values.

        Raises:
            UnreadableAnswer: It is not JSON.
        """
        return parse(self.content)

    def text(self) -> str:
        """The body as text; what is not UTF-8 in it is replaced."""
        return self.content.decode("utf-8-sig", "replace")

    def without(self, echoes: Echoes) -> Response:
        """The same answer, with secrets masked wherever they stand in it."""
        headers = Headers([echoes.masked(pair) for pair in self.headers.multi_items()])
        return Response(self.status, headers, echoes.masked(self.content), self._remarks)

    def __repr__(self) -> str:
        shown = SHOWN_HEADERS if self._remarks is None else self._remarks.shown_headers
        headers = shown_headers(self.headers.items(), shown)
        return f"Response(status={self.status}, headers={headers}, {len(self.content)} bytes)"


@attrs.frozen
class Answer(Generic[T_co]):
    """What a call on `.raw` gives: the result, and the response that it was read from."""

    data: T_co
    response: Response

    @property
    def limits(self) -> Limits | None:
        """How many requests the vendor still takes; `None` where its headers do not say."""
        return self.response.limits

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """The vendor's warnings beside the result; empty where there are none."""
        return self.response.warnings


@attrs.frozen(kw_only=True, eq=False)
class Until:
    """When a call that is made again and again has its result.

    Attributes:
        done: Whether an answer is the last one.
        every: Seconds between two calls; above 0.
        at_most: Seconds until waiting ends in `StillRunning`; above 0.
    """

    done: Callable[[Any], bool]
    every: float
    at_most: float

    def over(self, answer: Answer[Any]) -> bool:
        """Whether this answer is the last one."""
        return self.done(answer.data)

    def settled(self, answer: Answer[T], operation: str) -> Answer[T]:
        """The last answer, where it is one.

        Raises:
            StillRunning: The time was over before it.
        """
        if self.over(answer):
            return answer
        problem = StillRunning(f"not done within {self.at_most:g} s")
        problem.latest = answer.data
        problem.operation = operation
        raise problem


PathPart = str | int | Secret


def _content(call: Call[Any]) -> bytes | None:
    return None if call.json is None else json_body("json", call.json)


@attrs.frozen(kw_only=True, eq=False)
class Call(Generic[T_co]):
    """One request, and the way to read its answer.

    Attributes:
        method: The HTTP verb.
        path: The parts of the path, each one segment; quoted when sent.
        read: Makes the result of the answer; called once the vendor's rules find no error in it.
        params: The query, in order.
        json: A JSON body; values may be `Secret`.
        form: A form body; values may be `Secret`.
        headers: Headers of this call; values may be `Secret`. `None` takes away one that would go
            with every call.
        repeatable: Whether it may be sent again after it may have reached the vendor.
        final: Statuses with which the vendor says no for good, though others may say it in passing.
        signed: Whether the client's credentials go with it.
        gives_secrets: Whether there are secrets in the answer: its response is handed out with
            these masked, and without its body where it cannot be read.
        base_url: Where it goes, when that is not the client's own base URL.
        hidden: Secrets that stand in it in another form; they are taken out of the vendor's words.
        until: When to stop making it again; `None`: it is made once.
        content: The JSON body as it is sent.

    Raises:
        InvalidArgument: The body cannot be written as JSON.
    """

    method: str
    path: tuple[PathPart, ...]
    read: Callable[[Response], T_co] = attrs.field(repr=False)
    params: Query = attrs.field(default=(), repr=False)
    json: Any = attrs.field(default=None, repr=False)
    form: Mapping[str, str | Secret] | None = attrs.field(default=None, repr=False)
    headers: Mapping[str, str | Secret | None] = attrs.field(default=EMPTY, repr=False)
    repeatable: bool = False
    final: Set[int] = frozenset()
    signed: bool = True
    gives_secrets: bool = False
    base_url: str | None = None
    hidden: Sequence[Secret] = attrs.field(default=(), repr=False)
    until: Until | None = None
    content: bytes | None = attrs.field(
        default=attrs.Factory(_content, takes_self=True), init=False, repr=False, eq=False
    )


def _counted(items: Sequence[object]) -> str:
    """A page's items in a repr: all of them would fill screens."""
    return f"<{len(items)} items>"


@attrs.frozen(kw_only=True)
class Page(Generic[T_co]):
    """Some items of a list, as one answer gave them.

    Attributes:
        items: The items, in the vendor's order.
        cursor: Where the next page begins: `pager.pages(page.cursor)`; `None` at the end.
        total: How many items there are in all, when the vendor says so.
        response: The answer as it came.
    """

    items: tuple[T_co, ...] = attrs.field(repr=_counted)
    cursor: str | None = None
    total: int | None = None
    response: Response | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen(kw_only=True, eq=False)
class Listing(Generic[T_co]):
    """A paged call.

    Attributes:
        page: Given a cursor (`None` for the start), the call for that page.
        after: Given a page's own cursor and the items of it that were handed out, the cursor of
            the place behind the last of them.
        repeated: Whether a page whose cursor leads back to itself is an error or the end.
        following: Given a page, the cursors of the pages behind the one that it leads to, in
            order, as far as they can be told without those pages; `None` where they cannot. One
            that proves wrong costs a request, no more.
        empty_pages: How many pages without an item may follow one another; `None` where the
            listing itself sees to it that there is an end.
        described_by: What made it; its annotations tell what the items are.
    """

    page: Callable[[str | None], Call[Page[T_co]]]
    after: Callable[[str | None, Sequence[Any]], str | None]
    repeated: Literal["error", "end"] = "error"
    following: Callable[[Page[Any]], Iterable[str]] | None = None
    empty_pages: int | None = 1000
    described_by: Callable[..., Any] | None = None


class RowReader(Protocol[T_co]):
    """Turns the bytes of a long body into rows; no I/O.

    Attributes:
        rows: How many rows were given so far.
    """

    rows: int

    def feed(self, chunk: bytes) -> Iterator[Sequence[T_co]]:
        """The rows that are complete with these bytes, in batches; those before a fault, too."""
        ...

    def end(self) -> Iterator[Sequence[T_co]]:
        """The rows that are complete because the body ends."""
        ...


def _no_arrow() -> RowReader[Any]:
    raise UsageError("there is no Arrow form of this stream")


@attrs.frozen(kw_only=True, eq=False)
class Stream(Generic[T_co]):
    """A call whose answer is too long to wait for.

    Attributes:
        call: The call; its `read` is asked only when the body can be no rows, and says why.
        rows: Makes what turns the body into rows.
        arrow: Makes what turns it into Arrow record batches.
        check: Given how many rows came, a call that says what is wrong when it is not all of them.
        after: Given how many rows were handed out, the cursor of the place behind them.
        described_by: What made it; its annotations tell what the rows are.
    """

    call: Call[Any]
    rows: Callable[[], RowReader[T_co]]
    arrow: Callable[[], RowReader[Any]] = _no_arrow
    check: Callable[[int], Call[str | None]] | None = None
    after: Callable[[int], str] | None = None
    described_by: Callable[..., Any] | None = None

    def broken(self, problem: BaseException, rows: int) -> BaseException:
        """What ends the stream, an error of ours with the place where it does."""
        if self.after is not None and isinstance(problem, LoyaltyError):
            problem.rows, problem.cursor = rows, self.after(rows)
        return problem


@attrs.frozen(kw_only=True, eq=False)
class Download:
    """A call whose answer is a file.

    Attributes:
        call: The call; its `read` is asked only when the body can be no file, and says why.
        to: Where the file is to be.
    """

    call: Call[Any]
    to: str | os.PathLike[str]


def quoted_path(parts: Sequence[PathPart]) -> str:
    """The parts as a path, each quoted as one segment."""
    return "".join("/" + quote(_revealed(part), safe="") for part in parts)


def quoted_query(params: Query) -> str:
    """The parameters as a query string; everything but letters, digits and `-._~` is quoted."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in params)


def shown_url(base_url: str, parts: Sequence[PathPart], params: Query, shown: Set[str]) -> str:
    """The URL as it may be shown, with the values of the parameters named in *shown*."""
    path = "".join(
        "/" + (MASK if isinstance(part, Secret) else quote(str(part), safe="")) for part in parts
    )
    query = shown_query(params, shown)
    return f"{base_url}{path}?{query}" if query else f"{base_url}{path}"


def _revealed(part: PathPart) -> str:
    return part.reveal() if isinstance(part, Secret) else str(part)
