"""The fast readers against the slow one; `python -m tests.fuzz` does it at length."""

from __future__ import annotations

import random

import msgspec
import pytest
from conftest import recorded
from fuzz.payloads import VENDORS, Making, models, written
from fuzz.readers import Fuzz, main

from loyalty_sdk import Cardlytics, ESLoyalty, Spaaza, Voucherify
from loyalty_sdk._core.calls import Headers, Response
from loyalty_sdk._core.reading import convert
from loyalty_sdk._core.reading.coerce import Mismatch
from loyalty_sdk._core.reading.convert import parse
from loyalty_sdk._core.reading.fast import FastReader
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk.spaaza import PrivilegedToken


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_read_fast_is_what_would_be_read_slowly(vendor):
    """Whatever the payload: the fast readers raise, or give exactly what the slow one gives."""
    fuzz = Fuzz(vendor, random.Random(7))
    fuzz.sweep(share=0.02)
    counts = fuzz.run(300)
    assert counts.differ == []
    assert min(counts.by["by forms"], counts.by["by dicts"], counts.by["refused"]) > 50


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_model_is_read_fast(vendor):
    """Nothing that is in order is left to the slow reader, by way of forms or of dicts."""
    chance = random.Random(7)
    for model in models(vendor):
        contents = [written(Making(chance).object(model)).encode() for _ in range(30)]
        assert any(_is_read(Shape(model).parse, model, content) for content in contents), model
        assert any(_is_read(parse, model, content) for content in contents), model


def _is_read(parse, model, content):
    """Whether it is; not every payload is in order."""
    try:
        FastReader().one(model, parse(content))
    except (Mismatch, msgspec.ValidationError, TypeError, ValueError):
        return False
    return True


def _voucherify():
    customers = Voucherify(app_id="app", app_token="token").customers
    return type(customers).list_redeemables(customers, "customer").page(None)


def _spaaza():
    vouchers = Spaaza(auth=PrivilegedToken("1", "secret")).vouchers
    return type(vouchers).list(vouchers, 1).page(None)


def _es_loyalty():
    transactions = ESLoyalty("https://es.example.com", token="token").transactions
    return type(transactions).history(transactions, "session").page(None)


def _cardlytics():
    redemptions = Cardlytics("https://ads.example.com").redemptions
    return type(redemptions).list(redemptions, "token")


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (_voucherify, "voucherify/customers.list_redeemables.200"),
        (_voucherify, "voucherify/customers.list_redeemables.200-cards"),
        (_voucherify, "voucherify/customers.list_redeemables.200-discounts"),
        (_spaaza, "spaaza/vouchers.list.200"),
        (_es_loyalty, "es_loyalty/transactions.history.200-bare"),
        (_es_loyalty, "es_loyalty/transactions.history.200-empty"),
        (_cardlytics, "cardlytics/redemptions.list.200"),
    ],
)
def test_usual_answers_are_parsed_into_forms(call, name, monkeypatch):
    """Their shape is known: no dict is made of them on the way."""
    content = recorded(name).content
    as_usual = call().read(Response(200, Headers(()), content))
    monkeypatch.setattr(convert, "parse", None)
    assert call().read(Response(200, Headers(()), content)) == as_usual


def test_the_command_says_what_it_found(capsys):
    """A row for each vendor, and 0 as long as nothing differs."""
    assert main(["40", "--seed", "3", "--share", "0.001"]) == 0
    head, *rows = capsys.readouterr().out.split("\n")
    assert head.split()[0] == "models"
    assert [row.split()[0] for row in rows if row] == list(VENDORS)
