"""Which operations of a vendor's OpenAPI document the SDK has: see `docs/operations.md`.

`python -m loyalty_sdk.testing.coverage SPEC [--vendor NAME] [--prefix PATH] [--at-least PERCENT]
[--json]`
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

import attrs

from loyalty_sdk._core.reading.coerce import object_or_empty

VERBS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")


@attrs.frozen
class Operation:
    """An operation, of the SDK or of a document.

    Attributes:
        method: The HTTP verb.
        path: The path, arguments in braces.
        name: What it is called.
        vendor: Whose it is; of the SDK's own only.
        deprecated: Whether the document advises against it.
    """

    method: str
    path: str
    name: str
    vendor: str = ""
    deprecated: bool = False

    @property
    def request(self) -> tuple[str, str]:
        """What tells it from others: how arguments are called does not count."""
        return self.method, re.sub(r"\{[^{}]*\}", "{}", self.path.rstrip("/"))


@attrs.frozen
class Coverage:
    """What the SDK has of a document.

    Attributes:
        vendor: The vendor.
        documented: The document's operations, each with the SDK's names of it; none where it has
            not got it.
        beyond: What the SDK has of this vendor and the document has not.
    """

    vendor: str
    documented: tuple[tuple[Operation, tuple[str, ...]], ...]
    beyond: tuple[Operation, ...]

    @property
    def covered(self) -> int:
        """How many operations of the document the SDK has."""
        return sum(1 for _, names in self.documented if names)

    @property
    def percent(self) -> float:
        """The same as a percentage; 100 of an empty document."""
        return 100 * self.covered / len(self.documented) if self.documented else 100.0

    def shown(self) -> str:
        """A table for people."""
        lines = [_line(one, ", ".join(names)) for one, names in self.documented]
        if self.beyond:
            lines += ["", "not in the document:"]
            lines += [_line(one, one.name) for one in self.beyond]
        counts = f"{self.covered} of {len(self.documented)} operations ({self.percent:.0f} %)"
        return "\n".join([*lines, "", f"{self.vendor}: {counts}"])

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "vendor": self.vendor,
            "covered": self.covered,
            "documented": len(self.documented),
            "percent": round(self.percent, 2),
            "operations": [
                {
                    "method": one.method,
                    "path": one.path,
                    "operation_id": one.name,
                    "deprecated": one.deprecated,
                    "sdk": list(names),
                }
                for one, names in self.documented
            ],
            "beyond": [
                {"method": one.method, "path": one.path, "sdk": one.name} for one in self.beyond
            ],
        }


def own_operations() -> tuple[Operation, ...]:
    """Every operation that this version of the SDK has."""
    listed = resources.files("loyalty_sdk.testing").joinpath("operations.json").read_text("utf-8")
    return tuple(
        Operation(row["method"], row["path"], row["operation"], row["vendor"])
        for row in json.loads(listed)
    )


def documented_operations(document: object, prefix: str = "") -> tuple[Operation, ...]:
    """The operations of an OpenAPI document, in its order.

    Args:
        document: The parsed document.
        prefix: What is taken away from the beginning of its paths; the paths of its servers count
            as a part of them.

    Raises:
        ValueError: It is no such document.
    """
    paths = object_or_empty(document).get("paths")
    if not isinstance(paths, dict):
        raise ValueError("there is no object `paths`: this is no OpenAPI document")
    base = _server_path(document)
    found = [
        Operation(
            verb.upper(),
            (base + path).removeprefix(prefix.rstrip("/")),
            str(described.get("operationId") or ""),
            deprecated=described.get("deprecated") is True,
        )
        for path, item in object_or_empty(paths).items()
        for verb, described in _verbs(item)
    ]
    return tuple(found)


def coverage_of(document: object, vendor: str | None = None, prefix: str = "") -> Coverage:
    """What the SDK has of a document.

    Args:
        document: The parsed document.
        vendor: Whose it is, such as `voucherify`; `None`: whose operations fit best.
        prefix: See `documented_operations`.

    Raises:
        ValueError: It is no OpenAPI document, the SDK does not know the vendor, or it fits none.
    """
    own = own_operations()
    vendors = sorted({one.vendor for one in own})
    if vendor is not None and vendor not in vendors:
        raise ValueError(f"there is no vendor {vendor}, only {', '.join(vendors)}")
    documented = documented_operations(document, prefix)
    wanted = {one.request for one in documented}
    fits = {each: sum(o.vendor == each and o.request in wanted for o in own) for each in vendors}
    chosen = vendor or max(vendors, key=lambda each: fits[each])
    if vendor is None and not fits[chosen]:
        raise ValueError(f"it fits none of {', '.join(vendors)}: say which with --vendor")
    mine = [one for one in own if one.vendor == chosen]
    return Coverage(
        chosen,
        tuple(
            (one, tuple(each.name for each in mine if each.request == one.request))
            for one in documented
        ),
        tuple(one for one in mine if one.request not in wanted),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the SDK has of a document, and say by the exit status whether that is enough."""
    parser = argparse.ArgumentParser(
        prog="python -m loyalty_sdk.testing.coverage",
        description="Which operations of a vendor's OpenAPI document the SDK has.",
    )
    parser.add_argument("spec", metavar="SPEC", help="the document, a JSON file; - reads the input")
    parser.add_argument("--vendor", help="whose it is; else the one that fits best")
    parser.add_argument("--prefix", default="", help="what its paths begin with beyond the SDK's")
    parser.add_argument(
        "--at-least", type=float, default=100.0, metavar="PERCENT", help="what is enough; 100"
    )
    parser.add_argument("--json", action="store_true", help="print it for programs")
    given = parser.parse_args(arguments)
    try:
        found = coverage_of(_read(given.spec), given.vendor, given.prefix)
    except (OSError, ValueError, RecursionError) as problem:
        _fail(parser, f"{given.spec}: {problem}")
    print(json.dumps(found.as_json(), indent=2) if given.json else found.shown())
    return 0 if found.percent >= given.at_least else 1


def _fail(parser: argparse.ArgumentParser, words: str) -> NoReturn:
    parser.error(words)


def _read(spec: str) -> object:
    content = sys.stdin.buffer.read() if spec == "-" else Path(spec).read_bytes()
    return json.loads(content)


def _verbs(item: object) -> Iterator[tuple[str, dict[str, Any]]]:
    pairs = object_or_empty(item)
    for verb in VERBS:
        if isinstance(pairs.get(verb), dict):
            yield verb, pairs[verb]


def _server_path(document: object) -> str:
    """The path of the first server, which the document's paths are below."""
    servers = object_or_empty(document).get("servers")
    first = cast("list[object]", servers)[:1] if isinstance(servers, list) else []
    url = next((object_or_empty(server).get("url") for server in first), None)
    return urlsplit(url).path.rstrip("/") if isinstance(url, str) else ""


def _line(one: Operation, names: str) -> str:
    mark = "yes" if names else "no"
    note = "  (deprecated)" if one.deprecated else ""
    return f"{mark:<4}{one.method:<8}{one.path}{f'  {names}' if names else ''}{note}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
