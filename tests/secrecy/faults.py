"""What a vendor or a network does to a request; every vendor here repeats all that it is told."""

from __future__ import annotations

import base64
import gzip
import html
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import attrs
from _core.servers import Connection, answer

from loyalty_sdk.errors import (
    APIError,
    ConnectionLost,
    LoyaltyError,
    RateLimited,
    ServerError,
    TimedOut,
    Unauthorized,
    UnexpectedRedirect,
    UnreadableAnswer,
)

Play = Callable[[Connection, bytes], object]


def told(request: bytes) -> Iterator[str]:
    """Everything that a request says: its path, its headers' values, its body, and their parts."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *headers = head.decode("latin-1").split("\r\n")
    yield unquote(first.split(" ")[1])
    for line in headers:
        value = line.partition(": ")[2]
        yield value
        scheme, _, credentials = value.partition(" ")
        if scheme == "Basic":
            yield base64.b64decode(credentials).decode("latin-1")
    yield unquote(body.decode("utf-8").replace("+", "%2B"))
    yield from _digits(body.decode("utf-8"))


def _digits(body: str) -> Iterator[str]:
    """Numbers alone: a vendor may put a passcode where a number belongs."""
    yield from (word for word in body.replace("=", "&").split("&") if word.isdecimal())


def echo(request: bytes) -> str:
    """All of it in one text of one line, each part written in several ways."""
    texts = [text for text in told(request) if len(text) >= 4]
    writings: tuple[Callable[[str], str], ...] = (str, html.escape, quote, str.lower, json.dumps)
    return " | ".join(write(text) for text in texts for write in writings)


def body(request: bytes) -> bytes:
    """An error in the shapes of all vendors at once."""
    said = echo(request)
    error = {"code": said, "name": said, "description": said, "message": said, "innerError": said}
    whole = {
        "message": said,
        "key": said,
        "details": [said],
        "request_id": said,
        "errorMessage": said,
        "errorCode": said,
        "error_description": said,
        "serverSessionId": said,
        "error": {**error, "serverSessionId": said, "extrainfo": {"msg": said}},
        "result": {"code": 2, "status": said},
    }
    return json.dumps(whole).encode()


def headers(request: bytes, elsewhere: str) -> list[str]:
    """Headers that repeat it all, and point to another host."""
    said = echo(request)
    names = ("Set-Cookie", "Server", "X-AmznRequestId", "WWW-Authenticate", "X-Rate-Limit-Type")
    numbers = [text for text in told(request) if text.isdecimal()]
    waits = [f"Retry-After: {numbers[-1] if numbers else said}"]
    return [*waits, *(f"{name}: {said}" for name in names), f"Location: {elsewhere}/?{quote(said)}"]


@attrs.frozen
class Fault:
    """Something that goes wrong.

    Attributes:
        name: For the test's name.
        outcome: The error that it comes to; `None` where there is none.
        play: What a server does with a request, given where another server is.
    """

    name: str
    outcome: type[LoyaltyError] | None
    play: Callable[[str], Play]


def _answering(status: int, content: Callable[[bytes], bytes], *more: str) -> Callable[[str], Play]:
    def at(elsewhere: str) -> Play:
        def play(connection: Connection, request: bytes) -> None:
            lines = (*headers(request, elsewhere), *more)
            whole = answer(content(request), status, *lines)
            reason = echo(request).encode("latin-1")
            connection.send(whole.replace(b" X\r\n", b" " + reason + b"\r\n", 1))

        return play

    return at


def _doing(play: Play) -> Callable[[str], Play]:
    return lambda _: play


def _html(request: bytes) -> bytes:
    return f"<html><p>{html.escape(echo(request))}".encode()


def _no_json(request: bytes) -> bytes:
    return b'{"token": "' + echo(request).encode()


def _odd_values(request: bytes) -> bytes:
    """Values of the wrong type wherever a call looks, with the secrets in the keys around them."""
    said = echo(request)
    wrong: dict[str, Any] = {said: 1, "token": [said], "ads": said, "id": [said], "data": said}
    return json.dumps(
        {**wrong, "results": said, "redeemables": said, "correlationId": [said]}
    ).encode()


def _malformed(line: Callable[[bytes], bytes]) -> Play:
    return lambda connection, request: connection.send(line(echo(request).encode("latin-1")))


def _cut(connection: Connection, request: bytes) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n" + body(request))


def _begin(connection: Connection, request: bytes) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n" + body(request))
    connection.stall()


def _reset(connection: Connection, request: bytes) -> None:
    connection.reset()


def _stall(connection: Connection, request: bytes) -> None:
    connection.stall()


FAULTS = (
    *(
        Fault(f"{status}", kind, _answering(status, body))
        for status, kind in (
            (400, APIError), (401, Unauthorized), (403, APIError), (404, APIError),
            (409, APIError), (429, RateLimited), (500, ServerError), (503, ServerError),
        )
    ),
    Fault("HTML 502", ServerError, _answering(502, _html)),
    Fault("302", UnexpectedRedirect, _answering(302, body)),
    Fault("307", UnexpectedRedirect, _answering(307, body)),
    Fault("no JSON", UnreadableAnswer, _answering(200, _no_json)),
    Fault("no UTF-8", UnreadableAnswer, _answering(200, lambda r: b'{"a": "\xff' + body(r))),
    Fault("no gzip", UnreadableAnswer, _answering(200, body, "Content-Encoding: gzip")),
    Fault(
        "half a gzip",
        UnreadableAnswer,
        _answering(200, lambda r: gzip.compress(body(r))[:-9], "Content-Encoding: gzip"),
    ),
    Fault("no status", ConnectionLost, _doing(_malformed(lambda said: b"HTTP/1.1 " + said))),
    Fault("no HTTP", ConnectionLost, _doing(_malformed(lambda said: said + b"\r\n\r\n"))),
    Fault(
        "no header",
        ConnectionLost,
        _doing(_malformed(lambda said: b"HTTP/1.1 200 OK\r\n " + said + b"\r\n\r\n")),
    ),
    Fault("a cut", ConnectionLost, _doing(_cut)),
    Fault("a reset", ConnectionLost, _doing(_reset)),
    Fault("no answer in time", TimedOut, _doing(_stall)),
    Fault("no whole body in time", TimedOut, _doing(_begin)),
)  # fmt: skip

ODD_VALUES = Fault("odd values", None, _answering(200, _odd_values))
GOOD = Fault("an answer", None, _answering(200, lambda _: b"{}"))
