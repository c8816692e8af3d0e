"""A recording: requests and their answers, as they may be committed.

A request is told by its verb, its path from the first part that an operation of the SDK has, its
query and its body. Hosts and credentials are not in it.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

import attrs
import httpx
import msgspec

from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.testing.coverage import Operation, own_operations

FORMAT = 1
_NOTE = (
    "Recorded by loyalty_sdk.testing. The values of the names in `masked` are stand-ins, and so is"
    " every value that is not listed as harmless; docs/recordings.md says more."
)


@attrs.frozen(kw_only=True)
class Said:
    """A request as it is told from others.

    Attributes:
        method: The verb.
        path: The parts of the path, unquoted.
        query: The parameters, in order.
        body: JSON as it reads, a form as pairs, other text; `None` where there is none.
    """

    method: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()
    body: Any = None

    @property
    def operation(self) -> Operation | None:
        """The operation of the SDK that sends this; `None` where there is none."""
        return next(iter(operations_of(self.method, self.path)), None)

    def __str__(self) -> str:
        return f"{self.method} /{'/'.join(self.path)}"


@attrs.frozen(kw_only=True)
class Exchange:
    """A request and what was answered.

    Attributes:
        request: The request.
        status: The HTTP status of the answer.
        headers: The headers of the answer that are kept.
        body: The answer's body: JSON as it reads, other text, or `None`.
        is_text: Whether the body is text that is not JSON.
    """

    request: Said
    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    body: Any = None
    is_text: bool = False

    def answer(self) -> httpx.Response:
        """The answer, to be given once more."""
        return httpx.Response(self.status, headers=dict(self.headers), content=self.content)

    @property
    def content(self) -> bytes:
        """The bytes of the answer's body."""
        if self.body is None:
            return b""
        return self.body.encode() if self.is_text else as_json(self.body)


@attrs.frozen(kw_only=True)
class Recording:
    """What is in a file.

    Attributes:
        exchanges: The requests and answers, in the order in which they were answered.
        masked: The names whose values are stand-ins.
    """

    exchanges: tuple[Exchange, ...] = ()
    masked: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Recording:
        """Read a recording.

        Args:
            path: The file.

        Raises:
            OSError: There is no such file.
            ValueError: It is no recording.
        """
        try:
            kept = parse(Path(path).read_bytes())
            if kept["format"] != FORMAT:
                raise ValueError(f"{path}: this version reads recordings of format {FORMAT}")
            found = tuple(_exchange(each) for each in kept["exchanges"])
            return cls(exchanges=found, masked=tuple(kept["masked"]))
        except (UnreadableAnswer, TypeError, KeyError) as problem:
            raise ValueError(f"{path} is no recording: {problem}") from None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it, over what was there; its folder is made.

        Args:
            path: The file.

        Raises:
            OSError: It cannot be written.
        """
        kept = {
            "format": FORMAT,
            "note": _NOTE,
            "masked": list(self.masked),
            "exchanges": [_kept(exchange) for exchange in self.exchanges],
        }
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(msgspec.json.format(as_json(kept), indent=2) + b"\n")


def as_json(value: Any) -> bytes:
    """JSON with numbers exactly as they were."""
    return _ENCODER.encode(value)


_ENCODER = msgspec.json.Encoder(decimal_format="number")


def told_path(raw: str) -> tuple[str, ...]:
    """The parts of a path, from the first that an operation has: what is before is the host's."""
    parts = tuple(unquote(part) for part in raw.partition("?")[0].strip("/").split("/"))
    begin = next((n for n, part in enumerate(parts) if part in literals()), 0)
    return parts[begin:]


def told_body(content: bytes, content_type: str) -> tuple[Any, str]:
    """A body, and whether it is `json`, a `form`, `csv`, `other` or, where it is empty, nothing."""
    if not content:
        return None, ""
    if "x-www-form-urlencoded" in content_type:
        return [list(pair) for pair in parse_qsl(_text(content), keep_blank_values=True)], "form"
    try:
        return parse(content), "json"
    except UnreadableAnswer:
        return _text(content), "csv" if "csv" in content_type else "other"


def told(request: httpx.Request) -> Said:
    """A request as it was sent, nothing masked."""
    target = request.url.raw_path.decode("ascii")
    query = request.url.query.decode("ascii")
    body, _ = told_body(request.content, request.headers.get("content-type", ""))
    pairs = tuple(parse_qsl(query, keep_blank_values=True))
    return Said(method=request.method, path=told_path(target), query=pairs, body=body)


def operations_of(method: str, path: Sequence[str]) -> list[Operation]:
    """The operations that a request may belong to: those with the most literal parts."""
    fitting = [one for one in own_operations_once() if one.method == method and _fits(one, path)]
    most = max(map(_literal_parts, fitting), default=0)
    return [one for one in fitting if _literal_parts(one) == most]


def arguments_of(operation: Operation) -> list[str]:
    """For each part of its path the name of the argument that it is; empty where it is none."""
    return [_argument(part) for part in _parts(operation)]


@functools.cache
def literals() -> frozenset[str]:
    """The parts of paths that are no arguments."""
    parts = {part for one in own_operations_once() for part in _parts(one) if not _argument(part)}
    return frozenset(parts | {"oauth", "token"})


@functools.cache
def own_operations_once() -> tuple[Operation, ...]:
    """Every operation of the SDK."""
    return own_operations()


def _fits(operation: Operation, path: Sequence[str]) -> bool:
    parts = _parts(operation)
    pairs = zip(parts, path, strict=False)
    return len(parts) == len(path) and all(_argument(p) or p == given for p, given in pairs)


def _literal_parts(operation: Operation) -> int:
    return sum(not _argument(part) for part in _parts(operation))


def _parts(operation: Operation) -> list[str]:
    return operation.path.strip("/").split("/")


def _argument(part: str) -> str:
    return part[1:-1] if part.startswith("{") else ""


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")


def _kept(exchange: Exchange) -> dict[str, Any]:
    asked = exchange.request
    request = {"method": asked.method, "path": list(asked.path)}
    operation = asked.operation
    return {
        "operation": operation.name if operation else None,
        "request": request | _given(query=[list(p) for p in asked.query], body=asked.body),
        "answer": {"status": exchange.status, "headers": dict(exchange.headers)}
        | {("text" if exchange.is_text else "body"): exchange.body},
    }


def _given(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, [])}


def _exchange(kept: Mapping[str, Any]) -> Exchange:
    request, answer = kept["request"], kept["answer"]
    pairs = cast("Iterable[list[str]]", request.get("query", ()))
    said = Said(
        method=request["method"],
        path=tuple(request["path"]),
        query=tuple((name, value) for name, value in pairs),
        body=request.get("body"),
    )
    return Exchange(
        request=said,
        status=answer["status"],
        headers=answer["headers"],
        body=answer["text"] if "text" in answer else answer["body"],
        is_text="text" in answer,
    )


def readable(value: Any) -> str:
    """A JSON value in one line."""
    return json.dumps(value, ensure_ascii=False, default=_exact, sort_keys=True)


def _exact(number: object) -> object:
    return float(number) if isinstance(number, Decimal) else str(number)
