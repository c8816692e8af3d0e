"""Recording: a transport around the real one, which masks before anything is kept."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self, cast

import attrs
import httpx

from loyalty_sdk._core.connections.network import shared_ssl_context
from loyalty_sdk.testing.masking import Masks
from loyalty_sdk.testing.recording import (
    Exchange,
    Recording,
    Said,
    arguments_of,
    literals,
    told,
    told_body,
)


class Recorder:
    """Records the traffic of clients into a file that is safe to commit.

    ```python
    with Recorder("recordings/customer.json") as recorder:
        with Voucherify(transport=recorder.transport()) as client:
            client.customers.get("cust_1")
    ```

    The file is written when the `with` ends, and the names whose values were replaced are printed
    on the standard error. Bodies are held in memory, streams too. Thread-safe.

    Args:
        path: The file; what is there is overwritten.
        show: More names whose values are kept as they are: `campaign.name` is a `name` in a
            `campaign`, or in each of several.
        quiet: Whether nothing is printed.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, show: Iterable[str] = (), quiet: bool = False
    ) -> None:
        self._path = path
        self._quiet = quiet
        self._masks = Masks(show)
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()

    def transport(self, inner: httpx.BaseTransport | None = None) -> httpx.BaseTransport:
        """What a blocking client takes as `transport`.

        Args:
            inner: What sends, with proxies and TLS settings of your own; `None` for httpx's own,
                which verifies every certificate.
        """
        return _Recording(inner or httpx.HTTPTransport(verify=shared_ssl_context()), self.keep)

    def async_transport(
        self, inner: httpx.AsyncBaseTransport | None = None
    ) -> httpx.AsyncBaseTransport:
        """What an async client takes as `transport`.

        Args:
            inner: What sends, with proxies and TLS settings of your own; `None` for httpx's own,
                which verifies every certificate.
        """
        return _AsyncRecording(
            inner or httpx.AsyncHTTPTransport(verify=shared_ssl_context()), self.keep
        )

    @property
    def recording(self) -> Recording:
        """What was recorded so far."""
        with self._lock:
            return Recording(exchanges=tuple(self._exchanges), masked=self._masks.names)

    def keep(self, request: httpx.Request, answer: httpx.Response) -> None:
        """Record an exchange.

        Args:
            request: What was sent.
            answer: What was answered, its body read.
        """
        with self._lock:
            self._masks.learn(request.headers.items())
            asked = _masked_request(self._masks, request)
            kind = f"{answer.headers.get('content-type', '')} {asked.path[-1]}"  # get-vouchers.csv
            body, is_text = _masked_body(self._masks, answer.content, kind, "an answer's text")
            headers = self._masks.headers(answer.headers.items())
            self._exchanges.append(
                Exchange(
                    request=asked,
                    status=answer.status_code,
                    headers=headers,
                    body=body,
                    is_text=is_text,
                )
            )

    def __enter__(self) -> Self:
        """Record."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write the file, after an error too."""
        recording = self.recording
        recording.save(self._path)
        if not self._quiet:
            count, names = len(recording.exchanges), ", ".join(recording.masked) or "nothing"
            said = f"{os.fspath(self._path)}: {count} requests recorded; replaced: {names}\n"
            sys.stderr.write(said)


def _masked_request(masks: Masks, request: httpx.Request) -> Said:
    plain = told(request)
    masks.headers(request.headers.items())
    operation = plain.operation
    names = arguments_of(operation) if operation else [""] * len(plain.path)
    query = masks.form(request.url.query.decode("ascii"))
    kind = request.headers.get("content-type", "")
    body, _ = _masked_body(masks, request.content, kind, "a request's text")
    pairs = zip(names, plain.path, strict=True)
    path = tuple(
        part if not name and part in literals() else masks.text(name or "a path", part)
        for name, part in pairs
    )
    return attrs.evolve(plain, path=path, query=tuple((n, v) for n, v in query), body=body)


def _masked_body(masks: Masks, content: bytes, kind: str, what: str) -> tuple[Any, bool]:
    """A body as it may be written, and whether it is text."""
    body, form = told_body(content, kind)
    if form == "json":
        return masks.value("", body), False
    if form == "form":
        pairs = cast("list[list[str]]", body)
        return [[masks.name(name), masks.text(name, value)] for name, value in pairs], False
    if form == "csv":
        return masks.table(body), True
    return (masks.opaque(what), True) if form else (None, False)


class _Recording(httpx.BaseTransport):
    def __init__(self, inner: httpx.BaseTransport, keep: Any) -> None:
        self._inner = inner
        self._keep = keep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        try:
            content = b"".join(cast("httpx.SyncByteStream", answer.stream))
        finally:
            answer.close()
        return _kept(self._keep, request, answer, content)

    def close(self) -> None:
        self._inner.close()


class _AsyncRecording(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncBaseTransport, keep: Any) -> None:
        self._inner = inner
        self._keep = keep

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        try:
            chunks = [chunk async for chunk in cast("httpx.AsyncByteStream", answer.stream)]
        finally:
            await answer.aclose()
        return _kept(self._keep, request, answer, b"".join(chunks))

    async def aclose(self) -> None:
        await self._inner.aclose()


def _kept(keep: Any, request: httpx.Request, answer: httpx.Response, raw: bytes) -> httpx.Response:
    """The answer once more as it came, compressed perhaps, after it was recorded."""
    status, headers = answer.status_code, answer.headers
    try:
        plain = httpx.Response(status, headers=headers, content=raw)
    except httpx.DecodingError:
        plain = httpx.Response(status)
    keep(request, plain)
    stream = httpx.ByteStream(raw)
    return httpx.Response(status, headers=headers, stream=stream, extensions=answer.extensions)
