"""The table of calls in the docs is what the SDK does."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from good import good
from operations import Operation, made, operations

from loyalty_sdk._core.calls import Listing

from .replay import Clients, Replay, recorded, recorded_names

DOCS = Path(__file__).parent.parent.parent / "docs" / "voucherify.md"
ROW = re.compile(
    r"^\| \[`(?P<name>[\w.]+)`\]\((?P<page>[^)]+)\) \| `(?P<line>[^`]+)` "
    r"\| (?P<gives>[^|]*) \| (?P<pages>[^|]*) \| (?P<repeated>[^|]+) \|$",
    re.MULTILINE,
)
ROWS = {row["name"]: row for row in ROW.finditer(DOCS.read_text("utf-8"))}
CALLS = [each for each in operations() if each.name.startswith("voucherify.")]


def name_of(operation: Operation) -> str:
    """The name without the vendor."""
    return operation.name.removeprefix("voucherify.")


def described(operation: Operation) -> Any:
    """What a call describes, with its parameters' names in the place of texts."""
    given = {
        name: f"{{{name}}}" if good(each.annotation) == "good-1" else good(each.annotation)
        for name, each in operation.needed.items()
    }
    with made(operation.client, transport=httpx.MockTransport(lambda _: httpx.Response(500))) as to:
        (noun,) = operation.nouns
        return operation.described._build(getattr(to, noun), **given)


def test_the_table_has_every_call_and_no_other() -> None:
    """Whoever adds a call adds its row."""
    assert set(ROWS) == {name_of(operation) for operation in CALLS}


@pytest.mark.parametrize("operation", CALLS, ids=name_of)
def test_a_row_is_true(operation: Operation) -> None:
    """What is asked, whether there are pages, whether it is repeated, and where it is written."""
    row, made_of = ROWS[name_of(operation)], described(operation)
    paged = isinstance(made_of, Listing)
    call = made_of.page(None) if paged else getattr(made_of, "call", made_of)
    path = "/".join(str(part) for part in call.path)
    assert row["line"].partition("?")[0] == f"{call.method} /{path}"
    assert bool(row["pages"].strip()) == paged
    assert (row["repeated"] == "yes") == call.repeatable
    written = inspect.getdoc(operation.described._build) or ""
    assert row["page"] in written.split()


# --- limits, on every call that answers with JSON


@pytest.mark.parametrize(
    "operation", [each for each in CALLS if not name_of(each).endswith("download")], ids=name_of
)
def test_every_answer_says_how_many_requests_are_left(
    clients: Clients, operation: Operation
) -> None:
    """The rate headers are read on the answer of each call, and on each page."""
    answer = next(n for n in recorded_names(name_of(operation) + ".2"))
    client = clients.client(Replay(recorded(answer)))
    (noun,) = operation.nouns
    needed = {name: good(each.annotation) for name, each in operation.needed.items()}
    given = getattr(getattr(client.raw, noun), operation.method)(**needed)
    response = next(iter(given.pages())).response if hasattr(given, "pages") else given.response
    sent = recorded(answer).headers
    assert str(response.limits.allowed) == sent["x-rate-limit-limit"]
    assert str(response.limits.remaining) == sent["x-rate-limit-remaining"]
