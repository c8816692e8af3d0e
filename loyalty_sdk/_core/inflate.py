"""Decompression in bounded pieces: a few bytes can expand to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from loyalty_sdk.errors import UnreadableAnswer

ACCEPT_ENCODING = "gzip, deflate"
LARGEST_PIECE = 1024 * 1024


class Inflating:
    """Decompresses a body as it comes in.

    Args:
        encoding: The value of the `Content-Encoding` header.

    Raises:
        UnreadableAnswer: The body is compressed in a way that was not asked for.
    """

    def __init__(self, encoding: str = "") -> None:
        self._begun = False
        self._inflater = _inflater(encoding.strip().lower())

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The decompressed pieces of the next bytes, each of 1 MiB at the most.

        Raises:
            UnreadableAnswer: The body is not compressed as it claims.
        """
        if self._inflater is None:
            yield chunk
            return
        self._begun = self._begun or bool(chunk)
        while chunk:
            if self._inflater.eof:  # another member of the same gzip stream
                self._inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            try:
                piece = self._inflater.decompress(chunk, LARGEST_PIECE)
            except zlib.error:
                problem = UnreadableAnswer("$: the body is not compressed as it claims to be")
            else:
                chunk = self._inflater.unconsumed_tail or self._inflater.unused_data
                yield piece
                continue
            raise problem

    def end(self) -> None:
        """Take the end of the body.

        Raises:
            UnreadableAnswer: The compressed body ends too early: it was cut.
        """
        if self._inflater is not None and self._begun and not self._inflater.eof:
            raise UnreadableAnswer("$: the compressed body ends too early")


def _inflater(encoding: str) -> Any:
    """Gzip and zlib are told apart by their first bytes."""
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    raise UnreadableAnswer(f"$: the body is encoded as {encoding[:20]!r}, which was not asked for")
