"""The table of operations is complete and current."""

from __future__ import annotations

import re

import pytest
from operations import operations
from operations_table import COMMAND, DATA, PAGE, ROOT, data, page, rows

TABLE = rows()


@pytest.mark.parametrize(("path", "made"), [(PAGE, page), (DATA, data)], ids=["docs", "package"])
def test_the_table_is_what_the_code_says(path, made):
    """What is written is what would be written now."""
    current = path.exists() and path.read_text("utf-8") == made(TABLE)
    assert current, f"{path.relative_to(ROOT)} is out of date: run `{COMMAND}`"


def test_every_operation_is_in_it_once():
    """None is left out, and none is there twice."""
    names = [row.operation for row in TABLE]
    assert sorted(names) == sorted(operation.name for operation in operations())
    assert len(set(names)) == len(names) > 30


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.operation)
def test_a_row_says_everything(row):
    """The vendor's own page, a path whose arguments are named, a method that is there."""
    assert re.fullmatch(r"https://[a-z.-]+/\S+", row.page), "its docstring has no vendor page"
    assert re.fullmatch(r"(/([a-zA-Z0-9._~-]|\{[a-z_]+\})+)+/?", row.path)
    assert not re.search(r"good-|synthetic|the-|10000", row.path)
    assert row.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert f"| {row.operation} | `{row.method} {row.host}{row.path}` | `{row.call}` |" in (
        PAGE.read_text("utf-8")
    )
