"""Every documented word of every vendor has its place, and nothing a vendor says is lost."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any, get_args

import hypothesis
import pytest
from fuzz.payloads import Making
from hypothesis import assume, given
from hypothesis import strategies as st

from loyalty_sdk._core.reading.slow import SlowReader
from loyalty_sdk.cardlytics import AdStatus
from loyalty_sdk.es_loyalty.models.issuance import IssuanceStatus
from loyalty_sdk.es_loyalty.models.transaction import RequestAction
from loyalty_sdk.spaaza.models import VoucherStatus
from loyalty_sdk.voucherify import Redeemable
from loyalty_sdk.voucherify.models.values import Status
from loyalty_sdk.wallet import (
    ActivityKind,
    Reward,
    RewardStatus,
    cardlytics,
    es_loyalty,
    spaaza,
    voucherify,
)
from loyalty_sdk.wallet.tables import ActivityTable, RewardTable, lines

PAGE = (Path(__file__).parent.parent.parent / "docs" / "wallet.md").read_text("utf-8")
TABLES = [
    es_loyalty.REWARD,
    es_loyalty.ACTIVITY,
    voucherify.REWARD,
    voucherify.REDEEMED,
    voucherify.ACTIVITY,
    cardlytics.REWARD,
    cardlytics.ACTIVITY,
    spaaza.REWARD,
    spaaza.ACTIVITY,
]
SOURCES = {
    id(es_loyalty.REWARD): es_loyalty.Issuance,
    id(es_loyalty.ACTIVITY): es_loyalty.Transaction,
    id(voucherify.REWARD): voucherify.CustomerRedeemable,
    id(voucherify.REDEEMED): voucherify.Voucher,
    id(voucherify.ACTIVITY): voucherify.Redemption,
    id(cardlytics.REWARD): cardlytics.Ad,
    id(cardlytics.ACTIVITY): cardlytics.Redemption,
    id(spaaza.REWARD): spaaza.Voucher,
    id(spaaza.ACTIVITY): spaaza.Voucher,
}


WORDED = [one for one in TABLES if one.vendor != "cardlytics" and one is not voucherify.REDEEMED]
KNOWN = {*es_loyalty.STATUSES, *es_loyalty.KINDS, *voucherify.STATUSES, *spaaza.STATUSES}
KNOWN |= {thing for thing, _ in voucherify.KINDS}


def name_of(table: RewardTable[Any] | ActivityTable[Any]) -> str:
    """The name of a table's tests."""
    return f"{table.vendor} {SOURCES[id(table)].__name__} {type(table).__name__}"


def row_of(table: RewardTable[Any] | ActivityTable[Any], source: Any) -> Any:
    """What a table makes of an object."""
    return table.reward(source) if isinstance(table, RewardTable) else table.activity(source)


def documented(words: Any) -> set[str]:
    """The words of an open enum, `Literal[...] | str`."""
    return set(get_args(get_args(words)[0]))


@pytest.mark.parametrize(
    ("mapped", "words"),
    [
        (es_loyalty.STATUSES, documented(IssuanceStatus)),
        (es_loyalty.KINDS, documented(RequestAction)),
        (voucherify.STATUSES, documented(Status)),
        (
            voucherify.KINDS,
            set(product(("redemption", "redemption_rollback"), ("SUCCESS", "FAILURE"))),
        ),
        (cardlytics.STATUSES, {*AdStatus, AdStatus.UNDEFINED}),
        (spaaza.STATUSES, documented(VoucherStatus)),
    ],
)  # fmt: skip
def test_every_documented_word_is_mapped(mapped, words):
    """Just the documented words, each to one of the wallet's own."""
    assert set(mapped) == words
    assert set(mapped.values()) <= {*get_args(RewardStatus), *get_args(ActivityKind)}


@pytest.mark.parametrize("table", TABLES, ids=name_of)
@hypothesis.settings(max_examples=40)
@given(seed=st.integers(0, 2**32), full=st.floats(0, 1))
def test_whatever_a_vendor_sends_is_a_row(table, seed: int, full: float):
    """Nothing raises; the source is kept; times are aware; a worth is of one kind."""
    model, chance = SOURCES[id(table)], random.Random(seed)
    body = _with_offsets(Making(chance, full).object(model, depth=3))
    if "offerAmount" in body:
        body["offerAmount"] = Decimal("2.5")
    for key in chance.sample(sorted(body), chance.randint(0, min(2, len(body)))):
        del body[key]  # also what is promised
    source = SlowReader([]).one(model, body)
    row = row_of(table, source)
    assert row.source is source
    assert row.vendor == table.vendor
    times = [
        getattr(row, name, None) for name in ("issued", "starts", "expires", "redeemed", "when")
    ]
    assert all(time.utcoffset() is not None for time in times if time is not None)
    assert (row.worth.kind == "unknown") == (row.worth.amount is None)
    assert row.cells()
    assert str(row)


@pytest.mark.parametrize(
    ("table", "made"),
    [
        (es_loyalty.REWARD, lambda word: es_loyalty.Issuance(status=word)),
        (es_loyalty.ACTIVITY, lambda word: es_loyalty.Transaction(request_action=word)),
        (
            voucherify.REWARD,
            lambda word: voucherify.CustomerRedeemable(redeemable=Redeemable(status=word)),
        ),
        (voucherify.ACTIVITY, lambda word: voucherify.Redemption(object=word, result="SUCCESS")),
        (spaaza.REWARD, lambda word: spaaza.Voucher(voucher_status=word)),
        (spaaza.ACTIVITY, lambda word: spaaza.Voucher(voucher_status=word)),
    ],
    ids=[name_of(table) for table in WORDED],
)
@given(word=st.text(min_size=1))
def test_an_unknown_word_is_kept(table, made, word):
    """A status or a kind that nobody knows is `unknown`, and the vendor's word stays."""
    assume(word not in KNOWN)
    row = row_of(table, made(word))
    if isinstance(row, Reward):
        assert (row.status, row.vendor_status) == ("unknown", word)
    else:
        assert row.kind == "unknown"
        assert row.vendor_kind.startswith(word)


def _with_offsets(value: Any) -> Any:
    """The same JSON, its times with the offset without which most vendors' are not read."""
    if isinstance(value, dict):
        return {key: _with_offsets(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_offsets(inner) for inner in value]
    naive = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[T ][\d:.]+", value)
    return f"{value}Z" if naive else value


def test_an_unknown_bit_of_cardlytics_is_kept():
    """A number without a name stays a number."""
    reward = cardlytics.REWARD.reward(cardlytics.Ad(ad_id="1", status=AdStatus(64)))
    assert (reward.status, reward.vendor_status) == ("unknown", "64")


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_line_says_where_it_is_from(table):
    """What is read names a field of the vendor's, and what is not says so."""
    said = lines(table)
    fields = {"id", "worth"} | (
        {"status", "code", "terms"} if isinstance(table, RewardTable) else {"kind", "balance"}
    )
    assert fields <= set(said)
    for name, text in said.items():
        assert text, name
        if getattr(table, name).read is None and not text.startswith("the ad"):
            assert text.startswith("not said"), name
    assert table.page.startswith("https://")


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_the_page_has_the_same_tables(table):
    """What the documents say of a field is what the code says."""
    rows = "\n".join(f"| `{name}` | {text} |" for name, text in lines(table).items())
    assert f"\n\n| here | from |\n|---|---|\n{rows}\n\n" in PAGE
    assert table.page in PAGE


@pytest.mark.parametrize(
    "mapped",
    [
        es_loyalty.STATUSES,
        es_loyalty.KINDS,
        voucherify.STATUSES,
        {" ".join(pair): kind for pair, kind in voucherify.KINDS.items()},
        {status.name: word for status, word in cardlytics.STATUSES.items()},
        spaaza.STATUSES,
    ],
    ids=["issuance", "transaction", "redeemable", "redemption", "ad", "voucher"],
)
def test_the_page_has_the_same_words(mapped):
    """Each of a vendor's words stands in the documents beside the wallet's."""
    rows = "\n".join(f"| `{own}` | `{word}` |" for own, word in mapped.items())
    assert f"\n\n| the vendor's word | here |\n|---|---|\n{rows}\n\n" in PAGE
