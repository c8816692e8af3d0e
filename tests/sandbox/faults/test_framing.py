"""Where messages begin and end, whatever comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from loyalty_sdk.sandbox.faults.framing import (
    Head,
    answer_body,
    head_of,
    read_head,
    read_whole,
    request_body,
)
from loyalty_sdk.sandbox.wire import Response

CHUNKED = Head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")


def reading(data: bytes, read: Callable[[asyncio.StreamReader], Any]) -> bytes:
    """What is read of some data, after which the connection ends."""

    async def run() -> bytes:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        body: bytes = await read(reader)
        return body

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("head", "data", "body"),
    [
        (CHUNKED, b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n", b"abcdefg"),
        (CHUNKED, b"1\r\na\r\n0\r\ntrailer: 1\r\nanother: 2\r\n\r\n", b"a"),
        (Head(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n"), b"abcdef", b"abc"),
        (Head(b"HTTP/1.1 200 OK\r\n\r\n"), b"abcdef", b"abcdef"),
        (Head(b"HTTP/1.1 204 No Content\r\n\r\n"), b"abcdef", b""),
        (Head(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n"), b"abcdef", b""),
    ],
)
def test_a_body_ends_where_its_head_says(head: Head, data: bytes, body: bytes) -> None:
    """Chunks, a length, or the end of the connection bound a body."""
    assert reading(data, lambda reader: read_whole(answer_body(reader, head, "GET"))) == body


@pytest.mark.parametrize(
    ("head", "data"),
    [
        (CHUNKED, b"3\r\nab"),
        (CHUNKED, b"3\r\nabc\r\n"),
        (CHUNKED, b"3\r\nabc\r\n0\r\n"),
        (Head(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n"), b"ab"),
    ],
)
def test_a_body_that_ends_too_early_is_an_error(head: Head, data: bytes) -> None:
    """What the server does not say is not made up."""
    with pytest.raises(EOFError):
        reading(data, lambda reader: read_whole(answer_body(reader, head, "GET")))


def test_a_request_without_a_length_has_no_body() -> None:
    """What follows such a request is the next one."""
    head = Head(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    assert reading(b"GET", lambda reader: read_whole(request_body(reader, head))) == b""


@pytest.mark.parametrize(("data", "ends"), [(b"", True), (b"GET /", False)])
def test_a_connection_ends_between_messages_or_not(data: bytes, ends: bool) -> None:
    """An end between two messages is one in good order."""
    if ends:
        assert reading(data, read_head) is None
    else:
        with pytest.raises(EOFError):
            reading(data, read_head)


def test_an_answer_without_content_has_no_length() -> None:
    """204 is framed by its status alone."""
    assert head_of(Response(status=204), closes=True).raw == (
        b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
    )
