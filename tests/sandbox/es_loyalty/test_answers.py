"""How ES Loyalty's answers are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loyalty_sdk.sandbox.es_loyalty.answers import answered


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"a": Decimal("5.00")}, '{"a":5.00}'),
        ([Decimal("-0.10"), Decimal("0.00"), 1.5, 2], "[-0.10,0.00,1.5,2]"),
        ({"a": "5.00", "b": "größe"}, '{"a":"5.00","b":"größe"}'),
    ],
)
def test_a_decimal_keeps_its_decimals(content: object, text: str) -> None:
    """Decimals become numbers as they stand; texts stay texts."""
    assert answered(200, content).body == text.encode()


def test_what_json_does_not_know_is_no_answer() -> None:
    """Anything that is neither JSON nor a Decimal is refused."""
    with pytest.raises(TypeError, match="not part of any answer"):
        answered(200, {"a": {1, 2}})
