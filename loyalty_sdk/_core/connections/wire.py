"""One request as it goes out and one body as it comes in, without the sockets between them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, TypeAlias, TypeVar

import attrs
import httpx

from loyalty_sdk._core.calls import Headers, Response, ShownRequest
from loyalty_sdk._core.connections.inflate import Inflating
from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.errors import AnswerTooLarge, UnreadableAnswer

C_co = TypeVar("C_co", covariant=True)
Trace: TypeAlias = Callable[[str, dict[str, Any]], Any]

LARGEST_BODY = 64 * 1024 * 1024
UNWATCHED = nullcontext()
_STEPS = ("connect", "read", "write", "pool")
_LONGEST = 1e6  # sockets and locks know no endless time-out


class Patience(float):
    """Seconds that a step may take, and the moment past which there is no step at all.

    It is an ordinary time-out to everybody else. It travels inside the time-outs because those
    are the one thing that the HTTP library hands down to the socket with every read: so the
    deadline also holds against a server that drips one byte at a time.

    Attributes:
        ends: The moment of `time.monotonic()`.
        sent: Whether the request may have left by now.
        recall: What may end the request before that, from another thread.
        step: What every step on an async connection is taken in.
    """

    __slots__ = ("ends", "recall", "sent", "step")
    ends: float
    sent: bool
    recall: Recall | None
    step: AbstractContextManager[None]

    @classmethod
    def until(cls, ends: float, recall: Recall | None = None) -> Patience:
        """Patience up to a moment of `time.monotonic()`."""
        made = cls(min(max(0.0, ends - time.monotonic()), _LONGEST))
        made.ends, made.sent, made.recall, made.step = ends, False, recall, UNWATCHED
        return made

    def postpone(self, seconds: float | None) -> None:
        """Begin anew: so many seconds from now, or no limit."""
        self.ends = math.inf if seconds is None else time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left now; 0 or less when it is over.

        Raises:
            Recalled: The request was called back.
        """
        if self.recall is not None:
            self.recall.check()
        return self.ends - time.monotonic()


@attrs.frozen(kw_only=True, eq=False)
class Outgoing:
    """A request, its secrets still apart from it.

    Attributes:
        method: The verb.
        base_url: Where it goes; never a secret.
        target: The path behind that and the query, quoted, possibly with secrets in them.
        headers: Headers that anybody may see.
        secrets: Headers that nobody may see.
        content: The body.
        show: Gives what may be shown of it; few requests are ever shown.
        target_is_secret: Whether a part of the path or of the query is a secret.
    """

    method: str
    base_url: str
    target: Secret
    headers: Mapping[str, str]
    secrets: Mapping[str, Secret]
    content: bytes | None = attrs.field(repr=False)
    show: Callable[[], ShownRequest] = attrs.field(repr=False)
    target_is_secret: bool = False

    def url(self) -> str:
        """The whole URL, with its secrets."""
        return self.base_url + self.target.reveal()

    def revealed(self) -> Mapping[str, str]:
        """All headers, with the secrets."""
        secrets = {name: secret.reveal() for name, secret in self.secrets.items()}
        return {**self.headers, **secrets} if secrets else self.headers

    def whole(self, patience: Patience | None, trace: Trace | None = None) -> httpx.Request:
        """The request with its secrets, for what stands below httpx's client."""
        return self._request(self.revealed(), patience, trace)

    def bare(self, patience: Patience | None, trace: Trace | None = None) -> httpx.Request:
        """The request without its secrets, for an httpx client, which logs what it sends."""
        request = self._request(self.headers, patience, trace)
        if self.target_is_secret:
            request.url = HiddenURL(request.url, self.show().url)
        return request

    def joining(self) -> httpx.Auth:
        """What joins the secrets to a bare request, below an httpx client."""
        return _Joining(self.secrets)

    def _request(
        self, headers: Mapping[str, str], patience: Patience | None, trace: Trace | None
    ) -> httpx.Request:
        return httpx.Request(
            self.method,
            self.url(),
            headers=headers,
            content=self.content,
            extensions=extensions(patience, trace),
        )


def extensions(patience: Patience | None, trace: Trace | None) -> dict[str, Any]:
    """What goes with a request through the HTTP library, down to the socket."""
    told: dict[str, Any] = {"timeout": dict.fromkeys(_STEPS, patience)}
    if trace is not None:
        told["trace"] = trace
    return told


@attrs.frozen(eq=False)
class Incoming(Generic[C_co]):
    """An answer whose body is still to be read.

    Attributes:
        status: The HTTP status.
        headers: The headers.
        chunks: The body as it comes; an iterator, or an async one.
        close: Lets go of the connection; to be awaited where the chunks are.
    """

    status: int
    headers: Headers
    chunks: C_co
    close: Callable[[], Any]

    def with_body(self, content: bytes) -> Response:
        """The whole answer."""
        return Response(self.status, self.headers, content)

    def without_body(self, problem: UnreadableAnswer) -> Response:
        """The answer where its body cannot be had: a refusal is one, and its status says so.

        Raises:
            UnreadableAnswer: It was no refusal.
        """
        bare = self.with_body(b"")
        if 200 <= self.status < 300:
            problem.response = bare
            raise problem
        return bare


class HiddenBytes(bytes):
    """Bytes whose repr, in a traceback say, does not show them."""

    def __repr__(self) -> str:
        return "b'***'"


class HiddenURL(httpx.URL):
    """A URL that is sent and compared as it is, and whose text, in httpx's log say, is masked."""

    def __init__(self, url: httpx.URL, shown: str) -> None:
        super().__init__(url)
        self._shown = shown

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"URL({self._shown!r})"

    def __eq__(self, other: object) -> bool:
        return httpx.URL(self) == other

    def __hash__(self) -> int:
        return hash(httpx.URL(self))


class _Joining(httpx.Auth):
    def __init__(self, secrets: Mapping[str, Secret]) -> None:
        self._secrets = secrets

    def auth_flow(self, request: httpx.Request) -> Any:
        request.headers.update({name: secret.reveal() for name, secret in self._secrets.items()})
        yield request


class Body:
    """Collects a body, decompressing it within bounds.

    Args:
        encoding: The value of the `Content-Encoding` header.
        most: How many decompressed bytes are too many.

    Raises:
        AnswerTooLarge: While feeding: it grows past *most*.
        UnreadableAnswer: It is not compressed as it claims, or ends too early.
    """

    def __init__(self, encoding: str = "", most: int = LARGEST_BODY) -> None:
        self._most = most
        self._size = 0
        self._chunks: list[bytes] = []
        self._inflating = Inflating(encoding)

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they came."""
        for piece in self._inflating.feed(chunk):
            self._size += len(piece)
            if self._size > self._most:
                raise AnswerTooLarge(f"$: more than {self._most // 1024 // 1024} MiB, decompressed")
            if piece:
                self._chunks.append(piece)

    def whole(self) -> bytes:
        """The decompressed body, at its end."""
        self._inflating.end()
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)


def collect(chunks: Iterable[bytes], encoding: str) -> bytes:
    """A whole body out of its chunks."""
    body = Body(encoding)
    for chunk in chunks:
        body.feed(chunk)
    return body.whole()


def still_unread(answer: httpx.Response) -> httpx.Response:
    """An answer of somebody's own client; its hooks may have read the body already.

    The connection is then back in the pool and may serve somebody else: its stream must not be
    touched any more.
    """
    if not (answer.is_stream_consumed or answer.is_closed):
        return answer
    content = _kept_content(answer)
    if content is None and answer.is_success:
        raise UnreadableAnswer("$: a hook of the http_client took the body")
    headers = [pair for pair in answer.headers.raw if pair[0].lower() != b"content-encoding"]
    return httpx.Response(
        answer.status_code, headers=headers, stream=httpx.ByteStream(content or b"")
    )


def _kept_content(answer: httpx.Response) -> bytes | None:
    """The body, where whoever read it has kept it."""
    try:
        return answer.content
    except httpx.ResponseNotRead:
        return None
