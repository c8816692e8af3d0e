"""The CSV as a whole: rows and Arrow side by side, and what goes on after a cut."""

from __future__ import annotations

import random
from typing import Any

import attrs
import pytest
from _core.servers import Connection, Server
from conftest import Colour

from loyalty_sdk import AsyncSpaaza, Spaaza
from loyalty_sdk.errors import LoyaltyError
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.spaaza import VoucherRow

from .replay import CHAIN, Replay
from .test_stream_csv import answering

NAMES = [field.name for field in attrs.fields(VoucherRow) if field.name != "extra"]


def read(colour: Colour, opened: Any) -> list[VoucherRow]:
    """All rows of a stream."""

    async def read_async() -> list[VoucherRow]:
        async with opened as rows:
            return [row async for row in rows]

    def read_blocking() -> list[VoucherRow]:
        with opened as rows:
            return list(rows)

    found: list[VoucherRow] = colour(read_async() if colour.is_async else read_blocking())
    return found


def read_in_arrow(colour: Colour, opened: Any) -> list[Any]:
    """All batches of a stream."""

    async def read_async() -> list[Any]:
        async with opened as rows:
            return [batch async for batch in rows.to_arrow_batches()]

    def read_blocking() -> list[Any]:
        with opened as rows:
            return list(rows.to_arrow_batches())

    found: list[Any] = colour(read_async() if colour.is_async else read_blocking())
    return found


SWITCHES: list[dict[str, Any]] = [
    {},
    {"spaaza_csv_rows": 7_000, "spaaza_csv_gzip": True, "spaaza_csv_bom": True},
    {"spaaza_csv_rows": 7_000, "spaaza_csv_columns": "shuffled", "spaaza_csv_extra_columns": 2},
    {"spaaza_csv_authentication_point": True, "spaaza_csv_extra_columns": 1},
]


@pytest.mark.parametrize("switches", SWITCHES)
def test_arrow_batches_hold_what_rows_hold(colour: Colour, switches: Any) -> None:
    """Every value of every row, wherever a column stands; unknown ones as text."""
    with Sandbox(**switches) as sandbox:
        client = colour.keep(colour.pick(Spaaza, AsyncSpaaza)(**sandbox.spaaza))
        chain = sandbox.member.spaaza_chain_id
        rows = read(colour, client.vouchers.stream_csv(chain, show_all_statuses=True))
        batches = read_in_arrow(colour, client.vouchers.stream_csv(chain, show_all_statuses=True))
    expected = [{**{name: getattr(row, name) for name in NAMES}, **row.extra} for row in rows]
    assert len(rows) > 20
    assert [row for batch in batches for row in batch.to_pylist()] == expected
    assert len({batch.schema for batch in batches}) == 1


def test_the_schema_of_vouchers(colour: Colour) -> None:
    """Ids and enums are text, money is exact, moments are in UTC, flags are flags."""
    client = Replay(answering("voucher_id,new\n")).client(colour)
    (batch,) = read_in_arrow(colour, client.vouchers.stream_csv(CHAIN))
    kinds = {field.name: str(field.type) for field in batch.schema}
    assert list(kinds) == [*NAMES, "new"]
    assert {name for name, kind in kinds.items() if kind == "decimal128(38, 18)"} == {
        "voucher_amount",
        "voucher_amount_redeemed",
        "voucher_redeeming_basket_total_value",
        "voucher_discount_ratio",
    }
    assert {name for name, kind in kinds.items() if kind == "timestamp[us, tz=UTC]"} == {
        name for name in NAMES if name.endswith("_datetime")
    }
    assert {name for name, kind in kinds.items() if kind == "bool"} == {
        "voucher_locked",
        "customer_mailing_list_subscribed",
        "customer_printed_mailing_list_subscribed",
    }
    assert set(kinds.values()) == {"string", "bool", "decimal128(38, 18)", "timestamp[us, tz=UTC]"}


# --- where to go on


@pytest.mark.parametrize("way", ["rows", "arrow"])
def test_a_file_that_is_cut_again_and_again(colour: Colour, way: str) -> None:
    """Each error says where the next call goes on: every row comes once."""
    count, dice, served = 3_000, random.Random(5), []

    def script(connection: Connection) -> None:
        asked = connection.request().split(b" ")[1]
        start = int(asked.partition(b"results_offset=")[2] or 0)
        served.append(start)
        rows = (b'%d,"a\nnote"\n' % number for number in range(start, count))
        body = b"voucher_id,voucher_text\n" + b"".join(rows)
        ends = len(body) if len(served) > 9 else dice.randrange(min(9_000, len(body)))
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body))
        connection.send(body[:ends])

    seen: list[str] = []

    async def read_async(opened: Any) -> None:
        async with opened as rows:
            if way == "rows":
                async for row in rows:
                    seen.extend((row.voucher_id,))
            else:
                async for batch in rows.to_arrow_batches():
                    seen.extend(batch["voucher_id"].to_pylist())

    def read_blocking(opened: Any) -> None:
        with opened as rows:
            if way == "rows":
                for row in rows:
                    seen.extend((row.voucher_id,))
            else:
                for batch in rows.to_arrow_batches():
                    seen.extend(batch["voucher_id"].to_pylist())

    with Server(script) as server:
        client = Replay(answering("")).client(colour, base_url=server.url, transport=None)
        offset, told, reading = 0, list[Any](), colour.pick(read_blocking, read_async)
        while True:
            try:
                colour(reading(client.vouchers.stream_csv(CHAIN, results_offset=offset)))
                break
            except LoyaltyError as error:
                told.append((error.rows, len(seen) - offset))
                offset = int(error.cursor or "no cursor")
    assert [rows for rows, _ in told] == [rows for _, rows in told]
    assert seen == [*map(str, range(count))]
    assert len(served) == 10
