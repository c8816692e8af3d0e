"""Recorded answers, each with what reads it: found by their names, new ones too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
from operations import Operation, clients, made, operations

from loyalty_sdk import Page, Response, Secret
from loyalty_sdk._core.calls import Call, Download, Headers, Listing, Stream
from loyalty_sdk._core.given.raw import raw_call
from loyalty_sdk._core.reading import convert, forms
from loyalty_sdk._core.reading.fast import FastReader
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.auth import Auth, ClientCredentials
from loyalty_sdk.cardlytics.v2 import CustomerSession

RECORDED = Path(__file__).parent.parent / "recorded"

Read = Callable[[Response], Any]


@attrs.frozen
class Recording:
    """A recorded answer.

    Attributes:
        name: Its file's name with the vendor, such as `spaaza/vouchers.list.200`.
        operation: The operation that it answers, such as `spaaza.vouchers.list`.
        status: The HTTP status.
        headers: The headers.
        body: The parsed body; `None` where it is text.
        text: The body as text; `None` where it is JSON.
        vendor: The vendor's rules.
        read: What the operation makes of an answer.
    """

    name: str
    operation: str
    status: int
    headers: dict[str, str]
    body: Any
    text: str | None
    vendor: Vendor
    read: Read

    @property
    def is_json(self) -> bool:
        """Whether there is a JSON body to change."""
        return self.text is None

    def response(self, content: bytes) -> Response:
        """The answer with another body."""
        return Response(self.status, Headers(self.headers), content)

    def decoded(self, content: bytes) -> Any:
        """What a call gives for that body: exactly what a client does with an answer."""
        response = self.response(content)
        error = self.vendor.error(response)
        if error is not None:
            raise error
        return self.read(response)


@cache
def recordings() -> tuple[Recording, ...]:
    """Every recorded answer, in the order of their names."""
    return tuple(_loaded(path) for path in sorted(RECORDED.glob("*/*.json")))


def _loaded(path: Path) -> Recording:
    kept = json.loads(path.read_text("utf-8"))
    vendor = path.parent.name
    operation = f"{vendor}.{_operation_of(path.stem, str(kept['status']))}"
    rules, read = _readers()[operation]
    return Recording(
        name=f"{vendor}/{path.stem}",
        operation=operation,
        status=kept["status"],
        headers=kept["headers"],
        body=kept.get("body"),
        text=kept.get("text"),
        vendor=rules,
        read=read,
    )


def _operation_of(stem: str, status: str) -> str:
    name, found, _ = stem.rpartition(f".{status}")
    assert found, f"{stem}: the name does not say the status {status}"
    return name


@cache
def _readers() -> dict[str, tuple[Vendor, Read]]:
    """Of each operation its vendor's rules and what reads its answers."""
    found: dict[str, tuple[Vendor, Read]] = {}
    for client in clients():
        with made(client) as example:
            vendor = example._runner.session.vendor
        described = raw_call(vendor, ["GET", ("v1",), None, None, None, False])
        found[f"{vendor.name}.request"] = vendor, described.read
        renewal = RENEWALS.get(vendor.name, _OAUTH)
        secrets = {name: Secret("planted") for name in renewal.secrets()}
        found[f"{vendor.name}.token"] = vendor, renewal.renew(secrets).read
    for operation in operations():
        vendor = found[f"{operation.name.partition('.')[0]}.request"][0]
        found[operation.name] = vendor, _reader_of(operation)
    return found


_OAUTH = ClientCredentials("https://id.example.com/token", "id", "secret")
RENEWALS: dict[str, Auth] = {"cardlytics_v2": CustomerSession("c-1")}
"""How tokens are renewed, by vendor, where that is not OAuth."""


def _reader_of(operation: Operation) -> Read:
    described = operation.description()
    if isinstance(described, Listing):
        return described.page(None).read
    if isinstance(described, Stream):
        return lambda response: _rows(described, response.content)
    if isinstance(described, Download):
        return lambda response: response.content  # a file is saved as it is
    assert isinstance(described, Call)
    return described.read


def _rows(described: Stream[Any], content: bytes) -> tuple[Any, ...]:
    rows = described.rows()
    return tuple(chain.from_iterable((*rows.feed(content), *rows.end())))


def items_of(result: Any) -> Any:
    """What a page holds; anything else as it is."""
    return result.items if isinstance(result, Page) else result


class GaveUp(Exception):
    """A reader did not read an answer."""


@contextmanager
def only(reader: str) -> Iterator[None]:
    """Meanwhile one reader has the only word: where it stumbles, `GaveUp` is raised.

    Args:
        reader: One of `READERS`.
    """
    off = _OFF[reader]
    kept = [getattr(owner, name) for owner, name in off]
    for owner, name in off:
        setattr(owner, name, _give_up)
    try:
        yield
    finally:
        for (owner, name), own in zip(off, kept, strict=True):
            setattr(owner, name, own)


READERS = ("slow", "fast", "shaped")

_OFF: dict[str, list[tuple[Any, str]]] = {
    "slow": [(forms.Shape, "parse"), (FastReader, "one"), (FastReader, "many")],
    "fast": [(forms.Shape, "parse"), (convert, "_decode_slowly")],
    "shaped": [(convert, "parse"), (convert, "_decode_slowly")],
}


def _give_up(*_: Any, **__: Any) -> Any:
    raise GaveUp
