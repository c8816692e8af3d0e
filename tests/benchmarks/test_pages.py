from __future__ import annotations

import json

import pytest

from benchmarks import pages


@pytest.mark.parametrize(
    ("page", "listed"),
    [
        (pages.redeemables, lambda body: body["data"]),
        (pages.vouchers, lambda body: body["results"]["vouchers"]),
        (pages.transactions, lambda body: body["transactions"]),
        (pages.redemptions, lambda body: body["redemptions"]),
    ],
)
def test_a_page_has_as_many_items_as_asked_for(page, listed):
    """And the same ones every time, or two runs could not be compared."""
    assert len(listed(json.loads(page(30)))) == 30
    assert page(30) == page.__wrapped__(30)


def test_a_target_says_how_many_items_the_answer_has():
    """One, where it does not say."""
    assert pages.answer("/v1/customers/c/redeemables?limit=3").body == pages.redeemables(3)
    assert pages.answer("/v1/customers/c/redeemables").body == pages.redeemables(1)
