from __future__ import annotations

import copy
import pickle
from datetime import datetime, timezone

import pytest

from loyalty_sdk.errors import BadRequest, NotFound
from loyalty_sdk.es_loyalty import (
    CursorTooOld,
    SessionNotFound,
    TransactionNotFound,
    Transactions,
    errors,
)

from .helpers import SESSION, answer_of, row


def test_each_error_is_also_a_common_one() -> None:
    """So that whoever handles all vendors alike need not know them."""
    assert issubclass(TransactionNotFound, NotFound)
    assert issubclass(SessionNotFound, NotFound)
    assert issubclass(CursorTooOld, BadRequest)


@pytest.mark.parametrize("name", errors.__all__)
def test_the_tree_in_the_module_names_every_class(name: str) -> None:
    """It is what people read first."""
    assert f"── {name} " in (errors.__doc__ or "")


def test_a_cursor_that_is_too_old_knows_the_date() -> None:
    """Of the transaction that the walk stands behind; the cursor holds it."""
    page = Transactions.history(None, SESSION).page(None).read(answer_of([row(0), row(1)]))
    error = CursorTooOld("too old", status=400)
    assert error.transaction_date is None
    error.cursor = page.cursor
    error.transaction_id = "t1"
    for kept in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert kept.transaction_id == "t1"
        assert kept.transaction_date == datetime(2025, 10, 9, 7, 53, 20, tzinfo=timezone.utc)
