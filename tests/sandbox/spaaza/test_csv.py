"""The CSV form of get-vouchers: columns, quoting, streaming, errors."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
import zlib
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
import pytest

from loyalty_sdk.sandbox import Request, Sandbox, Switches
from loyalty_sdk.sandbox.spaaza.csv import columns_for, synthetic_rows, voucher_rows
from loyalty_sdk.sandbox.spaaza.vouchers import Campaign, User, Voucher

from ..helpers import SpaazaCaller, privileged

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
DEFAULT = Switches()
CHAIN = {"chain_id": 1743}
SAMPLE_HEADER = (
    "voucher_id,voucher_key,voucher_status,type,voucher_created_datetime,voucher_expiry_datetime,"
    "voucher_redeemed_datetime,voucher_locked,voucher_locked_until_datetime,"
    "voucher_retailer_basket_code_exclusive,voucher_amount,voucher_amount_redeemed,voucher_text,"
    "voucher_currency_code,voucher_currency_symbol,campaign_id,campaign_type,campaign_title,"
    "customer_spaaza_user_id,customer_member_number,customer_username,customer_first_name,"
    "customer_last_name,customer_mailing_list_subscribed,customer_printed_mailing_list_subscribed,"
    "voucher_redeeming_basket_id,voucher_redeeming_basket_retailer_basket_code,"
    "voucher_redeeming_basket_platform_type,voucher_redeeming_basket_branch_business_id,"
    "voucher_redeeming_basket_branch_business_owner_code,"
    "voucher_redeeming_basket_total_value,voucher_locking_code,voucher_honour_code,voucher_title,"
    "voucher_description,voucher_image_url,voucher_discount_ratio,customer_country_code,"
    "customer_language"
)
ANNE = User(
    user_id=60,
    username="anne+tag@example.com",
    member_number="0007",
    authentication_point_identifier="web/1",
    first_name="Anne",
    last_name="Bäcker, junior",
)
SPRING = Campaign(campaign_id=11, chain_id=1, campaign_type="signup", title="Spring sale")


def read(text: str) -> list[dict[str, str]]:
    """The rows by their header."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def download(spaaza: SpaazaCaller, query: Any = CHAIN) -> list[dict[str, str]]:
    """The rows of a download that has to succeed."""
    answer = spaaza("/get-vouchers.csv", query)
    assert answer.status_code == 200, answer.text
    return read(answer.content.decode())


def row_of(voucher: Voucher, switches: Switches = DEFAULT) -> str:
    """The one line of a voucher, without the break that ends it."""
    _, row = voucher_rows([voucher], columns_for(switches), NOW)
    return row.removesuffix("\n")


# The file


def test_it_is_a_download(spaaza: SpaazaCaller) -> None:
    """The answer has the documented type and file name, and no length."""
    answer = spaaza("/get-vouchers.csv", CHAIN)
    assert answer.headers["content-type"] == "application/force-download"
    assert answer.headers["content-disposition"] == 'attachment; filename="vouchers.csv"'
    assert answer.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in answer.headers
    assert "content-encoding" not in answer.headers
    assert spaaza.sandbox.requests[-1].operation == "spaaza.get-vouchers.csv"


def test_the_header_is_that_of_the_sample(spaaza: SpaazaCaller) -> None:
    """By default there are the 39 columns of the sample in its order."""
    content = spaaza("/get-vouchers.csv", CHAIN).content.decode()
    assert content.partition("\n")[0] == SAMPLE_HEADER
    assert content.endswith("\n")
    rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert {len(row) for row in rows} == {39}


def test_a_full_row_looks_as_in_the_sample() -> None:
    """Quotes stand where the sample has them or the text needs them, money has two decimals."""
    voucher = Voucher(
        voucher_id=34,
        chain_id=1,
        created_at=NOW,
        expires_at=NOW.replace(year=2050),
        status="redeemed",
        redeemed_at=NOW.replace(hour=13),
        locked_until=NOW.replace(hour=14),
        kind="basket_pct",
        campaign=SPRING,
        user=ANNE,
        amount=5,
        amount_redeemed="5.5",
        text="Your voucher",
        basket={
            "basket_id": 7,
            "retailer_basket_code": "receipt 7",
            "platform_type": "unused",
            "basket_platform_type": "in_store",
            "branch_business_id": 9,
            "branch_business_owner_code": "B,9",
            "basket_total_value": "25.50",
        },
    )
    assert row_of(voucher).split(voucher.key) == [
        "34,",
        ",redeemed,basket_pct,2026-03-31T12:00:00+00:00,2050-03-31T12:00:00+00:00,"
        '2026-03-31T13:00:00+00:00,1,2026-03-31T14:00:00+00:00,"promotion, 34",5.00,5.50,'
        'Your voucher,EUR,€,11,signup,"Spring sale",60,0007,anne+tag@example.com,Anne,'
        '"Bäcker, junior",1,0,7,receipt 7,in_store,9,"B,9",25.50,sandbox-lock,,'
        '"Sandbox voucher","A plain voucher","https://images.sandbox.example.com/voucher.png",'
        '0.34,"NL","nl-NL"',
    ]


def test_an_empty_row_is_blank_where_nothing_is_known() -> None:
    """Nobody's voucher without campaign, amount and lock leaves those cells blank."""
    voucher = Voucher(
        voucher_id=6,
        chain_id=1,
        created_at=NOW,
        expires_at=NOW,
        kind="honour",
        amount=None,
        amount_redeemed=0,
        honour_code="HONOUR004",
        euros=False,
    )
    assert row_of(voucher).split(voucher.key) == [
        "6,",
        ",generated,honour,2026-03-31T12:00:00+00:00,2026-03-31T12:00:00+00:00,,0,,,,0,,EUR,"
        ',,,,,,,,,,,,,,,,,,"HONOUR004","Sandbox voucher","A plain voucher",'
        '"https://images.sandbox.example.com/voucher.png",,,',
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, '"A synthetic voucher, good for nothing"'),
        (1, '"A ""synthetic"" voucher"'),
        (2, '"A voucher\nof two lines, synthetic"'),
        (3, '"A voucher\r\nof two lines from Windows"'),
        (4, '"A voucher of two\u2028separated lines"'),
        (5, '"Ein künstlicher Gutschein 漢字 🎁"'),
    ],
)
def test_special_characters_are_quoted(number: int, written: str) -> None:
    """Commas, quotes, line breaks of all kinds and other scripts stand inside quotes."""
    voucher = Voucher(voucher_id=number, chain_id=1, created_at=NOW, expires_at=NOW)
    assert f",{written}," in row_of(voucher)


@pytest.mark.parametrize(
    ("amount", "written"),
    [(5, "5.00"), (0, "0"), (0.25, "0.25"), ("1.0000", "1.00"), ("12.10", "12.10"), (None, "")],
)
def test_amounts_have_two_decimals_or_are_zero(amount: Any, written: str) -> None:
    """Money is written as in the sample: `5.00`, but `0`."""
    voucher = Voucher(
        voucher_id=1,
        chain_id=1,
        created_at=NOW,
        expires_at=NOW,
        amount=amount,
        amount_redeemed=amount,
    )
    header, row = voucher_rows([voucher], columns_for(DEFAULT), NOW)
    (cells,) = read(header + row)
    assert (cells["voucher_amount"], cells["voucher_amount_redeemed"]) == (written, written)


def test_every_kind_of_cell_occurs(spaaza: SpaazaCaller) -> None:
    """Each column is filled somewhere, and each that may be blank is blank somewhere."""
    rows = download(spaaza, {**CHAIN, "show_all_statuses": "true"})
    filled = {name for row in rows for name, cell in row.items() if cell}
    blank = {name for row in rows for name, cell in row.items() if not cell}
    assert filled == set(SAMPLE_HEADER.split(","))
    assert blank == filled - {
        "voucher_id",
        "voucher_key",
        "voucher_status",
        "type",
        "voucher_created_datetime",
        "voucher_expiry_datetime",
        "voucher_locked",
        "voucher_currency_code",
        "voucher_title",
        "voucher_description",
        "voucher_image_url",
    }
    assert {row["voucher_locked"] for row in rows} == {"0", "1"}
    assert {row["customer_mailing_list_subscribed"] for row in rows} == {"", "0", "1"}
    texts = "|".join(row["voucher_description"] for row in rows)
    assert all(one in texts for one in ("\r\n", "r\nof", ",", '"', "\u2028"))


# Which rows


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"show_redeemed": "true"},
        {"show_all_statuses": "true"},
        {"show_expired": "true"},
        {"campaign_id": 302},
        {"exclude_regenerated": "true", "results_offset": 30, "number_results": 70},
        {"voucher_id": 100_001},
        {"max_created_datetime_relative": "-30 days"},
    ],
)
@pytest.mark.parametrize("order", ["id", "-id", "shuffled"])
def test_the_same_parameters_select_the_same_vouchers(
    spaaza: SpaazaCaller, query: dict[str, Any], order: Literal["id", "-id", "shuffled"]
) -> None:
    """The CSV has what the JSON has under the same parameters, in the same order."""
    spaaza.sandbox.turn(spaaza_order=order)
    vouchers = spaaza.vouchers(query)["vouchers"]
    rows = download(spaaza, {**CHAIN, **query})[:500]
    shown = [(str(one["voucher_id"]), one["voucher_description"]) for one in vouchers]
    assert [(row["voucher_id"], row["voucher_description"]) for row in rows] == shown
    assert shown


def test_all_rows_come_by_default(spaaza: SpaazaCaller) -> None:
    """Without a number there is no bound, whatever the size of a JSON page."""
    spaaza.sandbox.turn(spaaza_default_page_size=3)
    total = spaaza.vouchers({})["results_count_total"]
    assert len(download(spaaza)) == total > 500


@pytest.mark.parametrize(
    ("number", "offset", "count"), [(1, 0, 1), (501, 0, 501), (10**9, 0, None), (10, 10**9, 0)]
)
def test_the_number_has_no_upper_bound(
    spaaza: SpaazaCaller, number: int, offset: int, count: int | None
) -> None:
    """More than a JSON page may be asked for, and more than there are."""
    rows = download(spaaza, {**CHAIN, "number_results": number, "results_offset": offset})
    expected = spaaza.vouchers({})["results_count_total"] if count is None else count
    assert len(rows) == expected


# Switches


@pytest.mark.parametrize("there", [False, True])
def test_the_fortieth_column_has_a_switch(spaaza: SpaazaCaller, there: bool) -> None:
    """Where the table has it, and with the identity of those who have one."""
    spaaza.sandbox.turn(spaaza_csv_authentication_point=there)
    member = spaaza.sandbox.members.awkward
    row = download(spaaza, {**CHAIN, "user_id": member.spaaza_user_id})[0]
    name = "customer_authentication_point_identifier"
    assert len(row) == (40 if there else 39)
    assert row.get(name) == (member.spaaza_authentication_point_identifier if there else None)
    if there:
        assert list(row)[19:22] == ["customer_member_number", name, "customer_username"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_extra_columns_come_at_the_end(spaaza: SpaazaCaller, count: int) -> None:
    """The switch adds so many columns that nobody knows, with a comma in their cells."""
    spaaza.sandbox.turn(spaaza_csv_extra_columns=count)
    row = download(spaaza, {**CHAIN, "number_results": 1})[0]
    names = [f"sandbox_extra_{number + 1}" for number in range(count)]
    assert list(row)[39:] == names
    assert all("extra, of" in row[name] for name in names)


@pytest.mark.parametrize("columns", ["in_order", "shuffled"])
def test_columns_may_be_shuffled(
    spaaza: SpaazaCaller, columns: Literal["in_order", "shuffled"]
) -> None:
    """Shuffled columns are the same ones with the same cells, extra ones stay at the end."""
    plain = download(spaaza)
    spaaza.sandbox.turn(spaaza_csv_columns=columns, spaaza_csv_extra_columns=1)
    rows = download(spaaza)
    names = list(rows[0])
    assert (names[:-1] == SAMPLE_HEADER.split(",")) is (columns == "in_order")
    assert names[-1] == "sandbox_extra_1"
    assert [{**row, "sandbox_extra_1": None} for row in rows] == [
        {**row, "sandbox_extra_1": None} for row in plain
    ]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    ("accepted", "accepts"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("identity", False), ("", False)],
)
def test_it_may_be_compressed(
    spaaza: SpaazaCaller, zipped: bool, accepted: str, accepts: bool
) -> None:
    """The switch compresses for those who accept it, down to the trailer."""
    plain = spaaza("/get-vouchers.csv", CHAIN).content
    spaaza.sandbox.turn(spaaza_csv_gzip=zipped)
    headers = {**privileged(spaaza.sandbox.spaaza), "Accept-Encoding": accepted}
    url = spaaza.sandbox.spaaza["base_url"] + "/get-vouchers.csv?chain_id=1743"
    with spaaza.http.stream("GET", url, headers=headers) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == ("gzip" if zipped and accepts else None)
    if zipped and accepts:
        reader = zlib.decompressobj(wbits=31)
        raw = reader.decompress(raw)
        assert reader.eof
        assert not reader.unused_data
    assert raw == plain


@pytest.mark.parametrize("marked", [False, True])
def test_it_may_begin_with_a_byte_order_mark(spaaza: SpaazaCaller, marked: bool) -> None:
    """The switch puts one before the header, once."""
    plain = spaaza("/get-vouchers.csv", CHAIN).content
    spaaza.sandbox.turn(spaaza_csv_bom=marked)
    assert spaaza("/get-vouchers.csv", CHAIN).content == b"\xef\xbb\xbf" * marked + plain


# Rows that are nobody's


@pytest.mark.parametrize("count", [1, 1000])
def test_synthetic_rows_are_made_on_the_way(spaaza: SpaazaCaller, count: int) -> None:
    """So many rows come as the switch says, all different, and the JSON counts as many."""
    spaaza.sandbox.turn(spaaza_csv_rows=count, spaaza_csv_columns="shuffled")
    rows = download(spaaza)
    first = 100_001
    assert [row["voucher_id"] for row in rows] == [str(first + one) for one in range(count)]
    assert [int(row["voucher_key"], 16) for row in rows] == [first + one for one in range(count)]
    assert {len(row["voucher_key"]) for row in rows} == {64}
    assert {len(row) for row in rows} == {39}
    assert spaaza.vouchers({"number_results": 1})["results_count_total"] == count
    if count > 1:
        assert len(Counter(row["voucher_description"] for row in rows)) > 5


def test_synthetic_rows_have_an_offset_and_an_end(spaaza: SpaazaCaller) -> None:
    """Offset and number cut them, and a row is the same wherever a download begins."""
    spaaza.sandbox.turn(spaaza_csv_rows=1000)
    everything = download(spaaza)
    some = download(spaaza, {**CHAIN, "results_offset": 970, "number_results": 20})
    assert some == everything[970:990]
    assert download(spaaza, {**CHAIN, "results_offset": 990}) == everything[990:]
    assert download(spaaza, {**CHAIN, "results_offset": 1001}) == []


def test_synthetic_rows_need_no_vouchers() -> None:
    """A chain without any voucher can have synthetic rows."""
    rows = list(synthetic_rows([], columns_for(DEFAULT), NOW, first=5, count=2))
    assert [row["voucher_id"] for row in read("".join(rows))] == ["5", "6"]


def sandbox_token(sandbox: Sandbox) -> tuple[str, str]:
    """The privileged token's header."""
    return "Authorization", privileged(sandbox.spaaza)["Authorization"]


@pytest.mark.parametrize("zipped", [False, True])
def test_rows_are_made_as_they_are_sent(sandbox: Sandbox, zipped: bool) -> None:
    """Of two million rows only a piece is held; the first hundred pieces show it."""
    sandbox.turn(spaaza_csv_rows=2_000_000, spaaza_csv_gzip=zipped)
    headers = [sandbox_token(sandbox), ("Accept-Encoding", "gzip")]
    request = Request.parse("GET", "/spaaza/get-vouchers.csv?chain_id=1743", headers)
    tracemalloc.start()
    try:
        body = sandbox.answer(request).body
        assert not isinstance(body, bytes)
        size = sum(len(piece) for _, piece in zip(range(100), body, strict=False))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 20_000
    assert most < 8_000_000


def test_the_first_row_comes_at_once(spaaza: SpaazaCaller) -> None:
    """A download of two million rows begins at once and ends when the client has enough."""
    spaaza.sandbox.turn(spaaza_csv_rows=2_000_000)
    headers = privileged(spaaza.sandbox.spaaza)
    url = spaaza.sandbox.spaaza["base_url"] + "/get-vouchers.csv?chain_id=1743"
    begun = time.perf_counter()
    with httpx.stream("GET", url, headers=headers, trust_env=False) as answer:
        first = next(answer.iter_raw())
    assert time.perf_counter() - begun < 1
    assert first.count(b"\n") == 2
    spaaza.sandbox.turn(spaaza_csv_rows=0)
    assert download(spaaza)


# Errors


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({}, 400, 3),
        ({"chain_id": 99}, 403, 68),
        ({**CHAIN, "min_redeemed_datetime": "2026-01-01T00:00:00Z"}, 400, 52),
        ({**CHAIN, "chain": 1}, 400, None),
        ({**CHAIN, "number_results": 0}, 400, None),
        ({**CHAIN, "user_id": 1, "username": "a@example.com"}, 400, None),
    ],
)
def test_errors_are_json(
    spaaza: SpaazaCaller, query: dict[str, Any], status: int, code: int | None
) -> None:
    """What is wrong with a call is told as for the JSON form, not as a file."""
    answer = spaaza("/get-vouchers.csv", query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json()["result"] == {"code": 2, "status": "error"}
    assert answer.json()["error"].get("code") == code


def test_it_is_closed_to_strangers_and_customers(spaaza: SpaazaCaller) -> None:
    """The permissions are those of the JSON form."""
    sandbox = spaaza.sandbox
    for headers, code in (
        ({}, 6),
        (privileged(sandbox.spaaza_powerless), 68),
        (spaaza.session_headers(sandbox.spaaza_user), 68),
    ):
        answer = spaaza("/get-vouchers.csv", CHAIN, headers=headers)
        assert answer.json()["error"]["code"] == code
    admin = spaaza.session_headers(sandbox.spaaza_admin)
    assert spaaza("/get-vouchers.csv", CHAIN, headers=admin).text.startswith("voucher_id,")


def test_an_error_may_come_in_a_200(spaaza: SpaazaCaller) -> None:
    """With the switch on, only the body tells an error from a file."""
    spaaza.sandbox.turn(spaaza_errors_in_200=True, spaaza_body_in_list=True)
    answer = spaaza("/get-vouchers.csv")
    assert answer.status_code == 200
    assert answer.json()[0]["error"]["code"] == 3


def test_only_get_is_allowed(spaaza: SpaazaCaller) -> None:
    """Another verb is error 4, in JSON."""
    answer = spaaza("/get-vouchers.csv", CHAIN, method="POST")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, 4)
