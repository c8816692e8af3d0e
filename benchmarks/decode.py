"""Bytes in hand to models, and what these weigh: a page of each vendor."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from benchmarks import limit, pages
from benchmarks.calls import openai_page
from benchmarks.harness import OURS, Contender, Row, Target
from benchmarks.setting import BURST, Measure, Setting
from loyalty_sdk import Cardlytics, Spaaza, Voucherify
from loyalty_sdk._core.calls import Headers, Response
from loyalty_sdk._core.reading.forms import Outline
from loyalty_sdk.cardlytics.models import RedemptionList
from loyalty_sdk.es_loyalty._wire import read_rows
from loyalty_sdk.es_loyalty.models.transaction import Transaction
from loyalty_sdk.spaaza import PrivilegedToken
from loyalty_sdk.spaaza.models import Voucher
from loyalty_sdk.voucherify import CustomerRedeemable

ITEMS = 100
LIMIT = "msgspec into attrs classes"
WITH_NEWS = f"{OURS}, a new key in every item"
DICTS = "msgspec, no models"
OFFICIAL = "voucherify"

Decode: TypeAlias = Callable[[bytes], Any]
Preparing: TypeAlias = Callable[[bytes], Decode]
"""Given a page, what decodes it."""


def _response(content: bytes) -> Response:
    return Response(200, Headers(()), content)


def our_redeemables(_page: bytes) -> Decode:
    """A page of Voucherify's, with its cursor."""
    customers = Voucherify(app_id="app", app_token="token").customers
    call = type(customers).list_redeemables(customers, "customer").page(None)
    return lambda content: call.read(_response(content))


def our_vouchers(_page: bytes) -> Decode:
    """A page of Spaaza's, with its total."""
    vouchers = Spaaza(auth=PrivilegedToken("1", "secret")).vouchers
    call = type(vouchers).list(vouchers, 1).page(None)
    return lambda content: call.read(_response(content))


def our_transactions(_page: bytes) -> Decode:
    """The rows of a page of ES Loyalty's."""
    return lambda content: read_rows(_response(content), Transaction, "transactions")


def our_redemptions(_page: bytes) -> Decode:
    """A list of Cardlytics'."""
    redemptions = Cardlytics("https://ads.example.com").redemptions
    call = type(redemptions).list(redemptions, "token")
    return lambda content: call.read(_response(content))


def at_the_limit(outline: Outline) -> Preparing:
    """Straight into frozen attrs classes; see `benchmarks.limit`."""
    return lambda page: limit.decoder(outline, page)


def into_dicts(_page: bytes) -> Decode:
    """Parsed, and nothing made of it."""
    return msgspec.json.Decoder().decode


def official(_page: bytes) -> Decode:
    """The vendor's own SDK, as it reads an answer."""
    from voucherify import CustomersRedeemablesListResponseBody as Body

    return lambda content: Body.from_dict(json.loads(content))


def openai(_page: bytes) -> Decode:
    """The models of an SDK made by a generator, as that reads an answer."""
    from openai._models import construct_type

    page = openai_page()
    return lambda content: construct_type(value=json.loads(content), type_=page)


def pydantic(_page: bytes) -> Decode:
    """Models of one's own."""
    import pydantic

    from benchmarks.likeness import page_like

    read: Decode = page_like(CustomerRedeemable, pydantic.BaseModel).model_validate_json
    return read


def with_news(page: bytes) -> bytes:
    """The page with a key in every item of its lists that nobody knows."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(item) for key, item in value.items()}
        if isinstance(value, list):
            return [{**item, "new_key": 1} for item in value]
        return value

    return json.dumps(told(json.loads(page)), separators=(",", ":")).encode()


def timed(
    page: Callable[[int], bytes],
    preparing: Preparing,
    changed: Callable[[bytes], bytes] = lambda content: content,
) -> Callable[[Setting], Measure]:
    """Measures how long a page takes.

    Args:
        page: Gives a page of so many items.
        preparing: Who decodes it.
        changed: What is done to the page first.
    """

    def prepare(setting: Setting) -> Measure:
        content = changed(page(setting.size(ITEMS, 10)))
        decode = preparing(content)

        def measure() -> list[float]:
            """The processor's time: on a busy machine the wall's is unfair to who needs more."""
            times: list[float] = []
            ends = time.process_time() + BURST
            while (began := time.process_time()) < ends or not times:
                decode(content)
                times.append(time.process_time() - began)
            return times

        return measure

    return prepare


def weighed(page: Callable[[int], bytes], preparing: Preparing) -> Callable[[Setting], Measure]:
    """Measures how much memory an item takes as long as somebody holds it."""

    def prepare(setting: Setting) -> Measure:
        count = setting.size(ITEMS, 10)
        content = page(count)
        decode = preparing(content)

        def measure() -> list[float]:
            decode(content)  # caches fill
            gc.collect()
            tracemalloc.start()
            held = decode(content)
            gc.collect()
            weight, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            del held
            return [weight / count]

        return measure

    return prepare


def decode_row(
    name: str, what: str, page: Callable[[int], bytes], outline: Outline, ours: Preparing
) -> Row:
    """A row for one vendor's page."""
    return Row(
        name=f"decode-{name}",
        what=f"bytes in hand to models, a page of {ITEMS} {what}",
        unit="µs",
        base=LIMIT,
        contenders=(
            Contender(LIMIT, timed(page, at_the_limit(outline))),
            Contender(DICTS, timed(page, into_dicts)),
            Contender(OURS, timed(page, ours)),
            Contender(WITH_NEWS, timed(page, ours, with_news)),
            *(PEERS if name == "redeemables" else ()),
        ),
        targets=(
            (Target(at_most=2.5, of=LIMIT, hoped=1.5), Target(at_most=1 / 3, of=OFFICIAL))
            if name == "redeemables"
            else (Target(at_most=2.8, of=LIMIT, hoped=1.8),)
        ),
    )


PEERS = (
    Contender(OFFICIAL, timed(pages.redeemables, official), ("voucherify",)),
    Contender("openai", timed(pages.redeemables, openai), ("openai",)),
    Contender("pydantic", timed(pages.redeemables, pydantic), ("pydantic",)),
)
ROWS = (
    decode_row(
        "redeemables",
        "redeemables of Voucherify",
        pages.redeemables,
        {"data": [CustomerRedeemable]},
        our_redeemables,
    ),
    decode_row(
        "vouchers",
        "vouchers of Spaaza",
        pages.vouchers,
        {"results": {"vouchers": [Voucher]}},
        our_vouchers,
    ),
    decode_row(
        "transactions",
        "transactions of ES Loyalty",
        pages.transactions,
        {"transactions": [Transaction]},
        our_transactions,
    ),
    decode_row(
        "redemptions",
        "redemptions of Cardlytics, with their ads",
        pages.redemptions,
        RedemptionList,
        our_redemptions,
    ),
    Row(
        name="memory",
        what="a redeemable of Voucherify, as long as somebody holds it",
        unit="kB",
        base=LIMIT,
        contenders=(
            Contender(
                LIMIT, weighed(pages.redeemables, at_the_limit({"data": [CustomerRedeemable]}))
            ),
            Contender(DICTS, weighed(pages.redeemables, into_dicts)),
            Contender(OURS, weighed(pages.redeemables, our_redeemables)),
            Contender(OFFICIAL, weighed(pages.redeemables, official), ("voucherify",)),
            Contender("openai", weighed(pages.redeemables, openai), ("openai",)),
            Contender("pydantic", weighed(pages.redeemables, pydantic), ("pydantic",)),
        ),
        most_rounds=3,
        targets=(Target(at_most=0.30, of=OFFICIAL, hoped=0.23),),
    ),
)
