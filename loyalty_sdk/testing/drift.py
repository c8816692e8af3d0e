"""What recordings have that the models do not know: see `docs/recordings.md`.

`python -m loyalty_sdk.testing.drift RECORDING... [--json]`
"""

from __future__ import annotations

import argparse
import functools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, TypeAlias, cast, get_args, get_origin

import attrs
import httpx

from loyalty_sdk._core.calls import Call, Download, Response, Stream
from loyalty_sdk._core.reading.coerce import refuse
from loyalty_sdk._core.reading.model import Model, wire_fields
from loyalty_sdk._core.vendor import Vendor
from loyalty_sdk.errors import LoyaltyError, UnreadableAnswer
from loyalty_sdk.testing.recording import Exchange, Recording, Said, operations_of
from loyalty_sdk.testing.samples import described

What: TypeAlias = Literal["field", "value", "type"]


@attrs.frozen(order=True)
class Finding:
    """Something that the models do not know.

    Attributes:
        operation: The call that answered it, such as `voucherify.customers.get`.
        what: An unknown `field`, an unknown `value` of an open enum, or a `type` that is refused.
        where: The model and the name on the wire, or the place in the answer.
        seen: The value, the kind of value, or what is wrong.
    """

    operation: str
    what: What
    where: str
    seen: str


@attrs.frozen
class Drift:
    """What was found in recordings.

    Attributes:
        findings: What the models do not know, each with how often it was seen.
        read: How many answers were read.
        unread: What was not read, each with how often: refusals, files, calls that the SDK lacks.
    """

    findings: Mapping[Finding, int]
    read: int
    unread: Mapping[str, int]

    def shown(self) -> str:
        """A table for people."""
        rows = [
            (one.operation, one.what, one.where, one.seen, f"{times}x")
            for one, times in sorted(self.findings.items())
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        lines += [f"not read: {reason} ({times}x)" for reason, times in sorted(self.unread.items())]
        return "\n".join([*lines, f"{self.read} answers read, {len(rows)} things unknown"])

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        found = sorted(self.findings.items())
        return {
            "read": self.read,
            "unread": dict(sorted(self.unread.items())),
            "findings": [attrs.asdict(one) | {"times": times} for one, times in found],
        }


def drift_of(recordings: Iterable[Recording]) -> Drift:
    """Read every answer of recordings as the SDK does, and tell what it did not know.

    Args:
        recordings: What `Recording.load` gives.
    """
    findings: Counter[Finding] = Counter()
    unread: Counter[str] = Counter()
    read = 0
    for exchange in (each for recording in recordings for each in recording.exchanges):
        name = str(exchange.request)
        try:
            name, made, vendor = _reading(exchange.request)
            findings.update(set(_found(name, made, vendor, exchange)))
        except LookupError as reason:
            unread[f"{name}: {reason.args[0]}"] += 1
        else:
            read += 1
    return Drift(findings, read, unread)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what recordings have that the models do not know; the status says whether there is."""
    parser = argparse.ArgumentParser(
        prog="python -m loyalty_sdk.testing.drift",
        description="What recordings have that the models do not know.",
    )
    parser.add_argument("recording", nargs="+", metavar="RECORDING", help="a file of a Recorder")
    parser.add_argument("--json", action="store_true", help="print it for programs")
    given = parser.parse_args(arguments)
    found = drift_of([_read(parser, path) for path in given.recording])
    print(json.dumps(found.as_json(), indent=2) if given.json else found.shown())
    return 1 if found.findings else 0


def _read(parser: argparse.ArgumentParser, path: str | PathLike[str]) -> Recording:
    try:
        return Recording.load(path)
    except (OSError, ValueError) as problem:
        parser.error(str(problem))


def _reading(request: Said) -> tuple[str, Call[Any] | Stream[Any], Vendor]:
    """The name of the operation that an answer is read by, what it describes, and its vendor.

    Raises:
        LookupError: There is none.
    """
    of_files = False
    for operation in operations_of(request.method, request.path):
        made, vendor = _described_once(operation.name)
        if not isinstance(made, Download):
            page: Any = getattr(made, "page", None)  # of a listing
            return operation.name, made if page is None else page(None), vendor
        of_files = True
    raise LookupError("a file" if of_files else "the SDK has no such call")


def _found(
    operation: str, made: Call[Any] | Stream[Any], vendor: Vendor, exchange: Exchange
) -> Iterator[Finding]:
    """What an answer has that the models do not know.

    Raises:
        LookupError: The answer is none that models are read from.
    """
    response = Response(exchange.status, httpx.Headers(dict(exchange.headers)), exchange.content)
    refusal = vendor.error(response)
    if refusal is not None:
        raise LookupError(f"a refusal, {refusal.status}")
    try:
        result = _result(made, response)
    except UnreadableAnswer as unreadable:
        for problem in unreadable.problems:
            where, _, said = problem.partition(": ")
            yield Finding(operation, "type", re.sub(r"\[\d+\]", "[]", where), said)
    except LoyaltyError as other:
        raise LookupError(other.message) from None
    else:
        yield from (Finding(operation, *found) for found in unknown_in(result))


@functools.cache
def _described_once(operation: str) -> tuple[Any, Vendor]:
    return described(operation)


def _result(made: Call[Any] | Stream[Any], response: Response) -> Any:
    if isinstance(made, Call):
        return made.read(response)
    reader = made.rows()
    return [*reader.feed(response.content), *reader.end()]


def unknown_in(value: Any) -> Iterator[tuple[What, str, str]]:
    """What was read and is not known: what it is, where, and what was seen.

    Args:
        value: A result of a call.
    """
    kind: Any = value.__class__
    if isinstance(value, Model):
        for key, each in value.extra.items():
            yield "field", f"{kind.__name__}.{key}", _kind(each)
        for name, key, known in _enums(kind):
            for word in sorted(_words(getattr(value, name, None)) - known):
                yield "value", f"{kind.__name__}.{key}", word
    inner: Iterable[Any] = ()
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, object]", value).values()
    elif isinstance(value, (list, tuple)):
        inner = cast("Sequence[object]", value)
    elif attrs.has(kind):
        names = (field.name for field in attrs.fields(kind) if field.name != "extra")
        inner = [getattr(value, name, None) for name in names]
    for each in inner:
        yield from unknown_in(each)


@functools.cache
def _enums(model: type[Model]) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """The fields whose values are documented words: their names, on the wire too, and the words."""
    fields = [
        (each.name, key, frozenset(_documented(each.type))) for each, key in wire_fields(model)
    ]
    return tuple(field for field in fields if field[2])


def _documented(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from (word for word in get_args(hint) if isinstance(word, str))
    else:
        for inner in get_args(hint):
            yield from _documented(inner)


def _words(value: Any) -> set[str]:
    """The texts of a field, or of an array; those that stand for something masked are none."""
    several = cast("Sequence[object]", value) if isinstance(value, tuple) else (value,)
    texts = {word for word in several if isinstance(word, str)}
    return {word for word in texts if not word.startswith(("masked-", "***"))}


def _kind(value: object) -> str:
    """What kind of JSON value it is, in the words of the coercion table."""
    plain: object = list(cast("Sequence[object]", value)) if isinstance(value, tuple) else value
    return str(refuse("", plain)).rpartition(", not ")[2]


if __name__ == "__main__":
    sys.exit(main())
