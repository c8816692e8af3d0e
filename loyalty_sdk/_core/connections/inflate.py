"""Decompression in bounded pieces: a few bytes can expand to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from loyalty_sdk.errors import UnreadableAnswer

ACCEPT_ENCODING = "gzip, deflate"
LARGEST_PIECE = 1024 * 1024

_ZLIB, _GZIP = 8, 0x1F  # in the first byte


class Inflating:
    """Decompresses a body as it comes in.

    Args:
        encoding: The value of the `Content-Encoding` header.

    Raises:
        UnreadableAnswer: The body is compressed in a way that was not asked for.
    """

    def __init__(self, encoding: str = "") -> None:
        self._encoding = _known(encoding.strip().lower())
        self._inflater: Any = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The decompressed pieces of the next bytes, each of 1 MiB at the most.

        Raises:
            UnreadableAnswer: The body is not compressed as it claims.
        """
        if not self._encoding:
            yield chunk
            return
        while chunk:
            if self._inflater is None or self._inflater.eof:  # the next member of a gzip stream
                self._inflater = _inflater(self._encoding, chunk[0])
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
        if self._inflater is not None and not self._inflater.eof:
            raise UnreadableAnswer("$: the compressed body ends too early")


def _known(encoding: str) -> str:
    """The encoding, if it is one that can be read; empty for none."""
    if encoding in ("", "identity"):
        return ""
    if encoding in ("gzip", "x-gzip", "deflate"):
        return encoding
    raise UnreadableAnswer(f"$: the body is encoded as {encoding[:20]!r}, which was not asked for")


def _inflater(encoding: str, first: int) -> Any:
    """Gzip and zlib are told apart by their first bytes; some servers' `deflate` is neither."""
    bare = encoding == "deflate" and first & 0x0F != _ZLIB and first != _GZIP
    return zlib.decompressobj(wbits=-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
