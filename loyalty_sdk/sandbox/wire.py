"""Requests and responses as plain values, so that a vendor's behaviour needs no server.

The HTTP server turns what arrives into a `Request` and sends what comes back; an in-process
transport can do the same without a socket.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, unquote

import attrs

Pairs = tuple[tuple[str, str], ...]

FORM = "application/x-www-form-urlencoded"


class Headers(Mapping[str, str]):
    """Request headers: looked up without regard to case, repeated ones joined by a comma."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take the headers as (name, value) pairs."""
        self._values: dict[str, str] = {}
        for name, value in pairs:
            key = name.lower()
            seen = self._values.get(key)
            self._values[key] = value if seen is None else f"{seen}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Headers({self._values!r})"


@attrs.frozen(kw_only=True)
class Request:
    """One request as it arrived.

    Attributes:
        method: The verb, upper case.
        target: The raw path and query, exactly as sent.
        segments: The path, split on "/" while still encoded and decoded afterwards, so that an
            id which contains an encoded slash stays one segment.
        query: The query as ordered pairs, blank values kept.
        headers: The headers, looked up without regard to case.
        body: The whole body.
    """

    method: str
    target: str
    segments: tuple[str, ...]
    query: Pairs = ()
    headers: Headers = attrs.field(factory=Headers)
    body: bytes = b""

    @classmethod
    def parse(
        cls,
        method: str,
        target: str,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> Request:
        """Read a request from its verb and its raw target, such as "/v1/customers?limit=1"."""
        path, _, query = target.partition("?")
        segments = path.removeprefix("/").split("/")
        return cls(
            method=method.upper(),
            target=target,
            segments=tuple(unquote(segment) for segment in segments),
            query=tuple(parse_qsl(query, keep_blank_values=True)),
            headers=Headers(headers),
            body=body,
        )

    def without_prefix(self) -> Request:
        """This request as the vendor below the first path segment sees it."""
        return attrs.evolve(self, segments=self.segments[1:])

    def is_form(self) -> bool:
        """Whether the body is declared to be form-encoded."""
        declared = self.headers.get("content-type", "")
        return declared.partition(";")[0].strip().lower() == FORM

    def form(self) -> Pairs:
        """The form fields of the body; none when it is not form-encoded."""
        if not self.is_form():
            return ()
        return tuple(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> object:
        """The body read as JSON.

        Raises:
            ValueError: The body is not JSON.
        """
        content: object = json.loads(self.body)
        return content


@attrs.frozen(kw_only=True)
class Response:
    """One answer.

    Attributes:
        status: The HTTP status.
        headers: The headers as (name, value) pairs.
        body: The whole body, or its pieces when it is streamed.
        operation: Which call of the vendor this answers. For the record only; it is not sent.
    """

    status: int = 200
    headers: Pairs = ()
    body: bytes | Iterator[bytes] = b""
    operation: str = "unknown"

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        """This answer with more headers."""
        return attrs.evolve(self, headers=self.headers + headers)


def json_response(status: int, content: object, *headers: tuple[str, str]) -> Response:
    """An answer whose body is JSON.

    Args:
        status: The HTTP status.
        content: What to encode.
        *headers: Further headers.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(
        status=status,
        headers=(("content-type", "application/json; charset=utf-8"), *headers),
        body=text.encode(),
    )
