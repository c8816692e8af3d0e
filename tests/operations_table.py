"""The table of all operations, made of the code: `python -m tests.operations_table`.

It writes `docs/operations.md` for people and `loyalty_sdk/testing/operations.json` for
`python -m loyalty_sdk.testing.coverage`. Run it after adding a call, and after merging one.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import httpx

sys.path.insert(0, str(Path(__file__).parent))

from good import good
from operations import Operation, made, operations

from loyalty_sdk import Secret
from loyalty_sdk._core.calls import Call, Download, Listing, Stream
from loyalty_sdk.errors import LoyaltyError

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "operations.md"
DATA = ROOT / "loyalty_sdk" / "testing" / "operations.json"
COMMAND = "python -m tests.operations_table"

_ADDRESS = re.compile(r"https://[^\s,;)]*[^\s,;).:]")
_GIVES: Mapping[type, str] = {Listing: "pages", Stream: "rows", Download: "file"}
_HEAD = f"""\
# Every operation

Made of the code by `{COMMAND}`; do not edit it by hand. `{{...}}` in a path is an
argument of the method. **Again** says whether a call may be sent again after it may have reached
the vendor: see [Retries](guides/errors.md#retries). **Gives** is an `answer`, `pages` (a pager),
`rows` (a stream) or a `file`.

## What a vendor's own document has

```
python -m loyalty_sdk.testing.coverage SPEC \\
    [--vendor NAME] [--prefix PATH] [--at-least PERCENT] [--json]
```

says which operations of a vendor's OpenAPI document (JSON) the SDK has and has not. It ends with 0
when the SDK has all of them, or the percentage that you ask for; with 1 when it has fewer; and with
2 when the document or the command line cannot be read. The vendor is the one that fits best, unless
you name it. `--prefix` is what the document's paths begin with beyond the SDK's, such as `/api`.
`--json` prints the same for programs. For what the SDK does not have there is `client.request`.
"""


@attrs.frozen
class Row:
    """One operation.

    Attributes:
        vendor: The vendor's name.
        operation: What errors call it.
        method: The HTTP verb.
        host: Where it goes, when that is not where the client's other calls go; else empty.
        path: The path, arguments in braces.
        call: The method of the SDK.
        repeatable: Whether it may be sent again after it may have arrived.
        gives: `answer`, `pages`, `rows` or `file`.
        page: The vendor's page.
    """

    vendor: str
    operation: str
    method: str
    host: str
    path: str
    call: str
    repeatable: bool
    gives: str
    page: str


def rows() -> list[Row]:
    """Every operation, in the order of their names."""
    return sorted((_row(operation) for operation in operations()), key=lambda row: row.operation)


def page(table: list[Row]) -> str:
    """The page for people."""
    parts = [_HEAD]
    for client in dict.fromkeys(row.call.partition(".")[0] for row in table):
        of_vendor = [row for row in table if row.call.startswith(f"{client}.")]
        parts.append(
            f"## {client}: {len(of_vendor)}\n\n"
            "| operation | request | method | again | gives | vendor's page |\n"
            "|---|---|---|---|---|---|\n" + "\n".join(map(_line, of_vendor)) + "\n"
        )
    return "\n".join(parts)


def data(table: list[Row]) -> str:
    """The same for programs, a line for each operation."""
    lines = ",\n".join(f"  {json.dumps(attrs.asdict(row))}" for row in table)
    return f"[\n{lines}\n]\n"


def _line(row: Row) -> str:
    last = row.page.rstrip("/").rpartition("/")[2]
    cells = (
        row.operation,
        f"`{row.method} {row.host}{row.path}`",
        f"`{row.call}`",
        "yes" if row.repeatable else "no",
        row.gives,
        f"[{last}]({row.page})",
    )
    return f"| {' | '.join(cells)} |"


def _row(operation: Operation) -> Row:
    arguments, described = _described(operation)
    call = _call_of(described)
    return Row(
        vendor=operation.name.partition(".")[0],
        operation=operation.name,
        method=call.method,
        host=call.base_url or "",
        path=_path(call, arguments),
        call=".".join((operation.client.__name__, *operation.nouns, operation.method)),
        repeatable=call.repeatable,
        gives=_GIVES.get(type(described), "answer"),
        page=_page_of(operation),
    )


def _described(operation: Operation) -> tuple[Mapping[str, Any], Any]:
    """What a method describes, and the arguments with which it does.

    Text and ids are told from one another where the method takes that. Where what it needs is not
    enough, because one of several arguments must name something, each of the others joins in turn.
    """
    every = {name: good(each.annotation) for name, each in operation.parameters.items()}
    for extra in ("", *(name for name in every if name not in operation.needed)):
        usual = {name: every[name] for name in (*operation.needed, extra) if name}
        for arguments in ({name: _telling(name, usual[name]) for name in usual}, usual):
            try:
                return arguments, _build(operation, arguments)
            except LoyaltyError:
                continue
    raise LookupError(f"{operation.name} takes no good arguments: see tests/good.py")


def _build(operation: Operation, arguments: Mapping[str, Any]) -> Any:
    with made(operation.client, transport=httpx.MockTransport(_nobody)) as client:
        resource = client
        for noun in operation.nouns:
            resource = getattr(resource, noun)
        return operation.described._build(resource, **arguments)


def _telling(name: str, value: Any) -> Any:
    """A value that can be found again in a path; one that is neither text nor an id as it is."""
    if isinstance(value, str) and value == good(str):
        return f"the-{name}"
    if isinstance(value, float):
        return value + sum(map(ord, name)) / 10_000
    return 10**9 + sum(map(ord, name)) if value == good(int) else value


def _call_of(described: Any) -> Call[Any]:
    if isinstance(described, Listing):
        return described.page(None)
    return described.call if isinstance(described, (Stream, Download)) else described


def _path(call: Call[Any], arguments: Mapping[str, Any]) -> str:
    parts = [part.reveal() if isinstance(part, Secret) else str(part) for part in call.path]
    for name, value in arguments.items():
        text = value.reveal() if isinstance(value, Secret) else str(value)
        parts = [
            part.replace(text, f"{{{name}}}") if part not in ("", name) else part for part in parts
        ]
    return "/" + "/".join(parts)


def _page_of(operation: Operation) -> str:
    """The last address of the method's docstring, or of its class's or file's."""
    build = operation.described._build
    file = inspect.getmodule(build)
    for owner in (build, getattr(file, build.__qualname__.partition(".")[0], None), file):
        found = _ADDRESS.findall(inspect.getdoc(owner) or "")
        if found:
            return found[-1]
    return ""


def _nobody(request: httpx.Request) -> httpx.Response:
    raise AssertionError("nothing is sent by looking")


def _written() -> Iterator[tuple[Path, str]]:
    table = rows()
    yield PAGE, page(table)
    yield DATA, data(table)


def main() -> int:
    """Write both files, and say what changed."""
    for path, text in _written():
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)}: {'as it was' if text == before else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
