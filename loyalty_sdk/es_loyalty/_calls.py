"""ES Loyalty's calls in short: within a session, and one object back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from loyalty_sdk._core.calls import Call, PathPart, Query, Response
from loyalty_sdk._core.reading.convert import Reader, decode
from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.es_loyalty._arguments import CorrelationId, session_id
from loyalty_sdk.es_loyalty.models._shapes import pairs

M = TypeVar("M", bound=Model)
Path = tuple[PathPart, ...]


def within_session(correlation_id: CorrelationId, *path: PathPart) -> Path:
    """The path of something that belongs to the member of a session."""
    return ("client", "users", session_id("correlation_id", correlation_id), *path)


def get(model: type[M], path: Path, params: Query = ()) -> Call[M]:
    """Read something. Repeated after a failure."""
    return Call(method="GET", path=path, params=params, read=reading(model), repeatable=True)


def write(
    model: type[M],
    method: str,
    path: Path,
    json: Mapping[str, Any] | None = None,
    *,
    known: Mapping[str, Any] | None = None,
    gives_secrets: bool = False,
) -> Call[M]:
    """Change something. Never repeated after it may have arrived."""
    read = reading(model, known)
    return Call(method=method, path=path, json=json, read=read, gives_secrets=gives_secrets)


def reading(model: type[M], known: Mapping[str, Any] | None = None) -> Callable[[Response], M]:
    """Reads an answer that is one object; what is known beforehand need not be in it."""

    def read(body: Any, reader: Reader) -> M:
        return reader.one(model, body if known is None else {**known, **pairs(body)})

    return lambda response: decode(response.content, read)
