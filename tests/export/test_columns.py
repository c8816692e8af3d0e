"""Columns come from the models, and do not drift unnoticed."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.export import schema_of

from . import schemas


@pytest.mark.parametrize("name", schemas.MODELS)
def test_the_columns_of_a_model_are_those_that_are_checked_in(name):
    """Whoever changes them says so with `python -m tests.export.schemas`."""
    assert schemas.text(name) == (schemas.FOLDER / f"{name}.txt").read_text("utf-8")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Node(Model):
    """It holds itself."""

    amount: Decimal | None = None
    inner: tuple[Node, ...] | None = None
    odd: int | str | None = None


def test_what_holds_itself_becomes_json():
    """A model within itself has no end of columns: it is one, of JSON; so is an open choice."""
    text = schema_of(Node, "struct").text
    assert text == "amount: decimal128(38, 18)\ninner: list of json\nodd: json\nextra: json\n"
