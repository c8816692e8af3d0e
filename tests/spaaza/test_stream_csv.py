from __future__ import annotations

import copy
import csv
import gzip
import inspect
import io
import pickle
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import httpx
import pytest
from _core.servers import Connection, Server
from conftest import Colour

from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    ConnectionLost,
    InvalidArgument,
    LoyaltyError,
    MissingCredentials,
    MissingField,
    PermissionDenied,
    RateLimited,
    ServerError,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.spaaza import PrivilegedToken, VoucherRow

from .replay import CHAIN, Replay, page, recorded, recorded_names

OPERATION = "spaaza.vouchers.stream_csv"

COLUMNS = """
    voucher_id voucher_key voucher_status type voucher_created_datetime voucher_expiry_datetime
    voucher_redeemed_datetime voucher_locked voucher_locked_until_datetime
    voucher_retailer_basket_code_exclusive voucher_amount voucher_amount_redeemed voucher_text
    voucher_currency_code voucher_currency_symbol campaign_id campaign_type campaign_title
    customer_spaaza_user_id customer_member_number customer_authentication_point_identifier
    customer_username customer_first_name customer_last_name customer_mailing_list_subscribed
    customer_printed_mailing_list_subscribed voucher_redeeming_basket_id
    voucher_redeeming_basket_retailer_basket_code voucher_redeeming_basket_platform_type
    voucher_redeeming_basket_branch_business_id voucher_redeeming_basket_branch_business_owner_code
    voucher_redeeming_basket_total_value voucher_locking_code voucher_honour_code voucher_title
    voucher_description voucher_image_url voucher_discount_ratio customer_country_code
    customer_language
""".split()  # noqa: SIM905  # forty lines else

# Synthetic, in the documented shape: the header lacks a column that the table has, quotes stand
# where none is needed, currency and campaign are half filled in, and blank cells mean nothing.
IN_THE_HEADER = [name for name in COLUMNS if name != "customer_authentication_point_identifier"]
SAMPLE = (
    ",".join(IN_THE_HEADER)
    + """
71,6f1d00000000000000000000000000000000000000000000000000000000a071,claimed,basket,2025-02-03T08:09:10+00:00,2026-02-03T08:09:10+01:00,,1,2025-03-01 00:00:00,EXCL-7,12.50,0,A text,EUR,€,31,signup,"A signup voucher",880071,M-0071,ada@example.com,Ada,Sample,1,0,,,,,,,LOCK-1,,"A title","Long, and with a ""word""
on two lines","https://images.example.com/71.png",0.15,"NL",nl-NL
72,6f1d00000000000000000000000000000000000000000000000000000000a072,redeemed,basket_pct,2025-02-04T08:09:10Z,,2025-02-05T10:11:12+00:00,0,,,,7.05,,,,31,,,,,,,,,,550072,R-72,in_store,9,B-9,100.10,,,,,,,,
73,6f1d00000000000000000000000000000000000000000000000000000000a073,generated,honour,2025-02-06T08:09:10+00:00,2026-02-06T08:09:10+00:00,,0,,,,0,A text,EUR,,,loyalty,"A loyalty voucher",880073,0073,bo@example.com,Bo,Sample,1,,,,,,,,,"HON-73","A title","A description",,,"US","en-US"
"""  # noqa: E501  # rows of a file
)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Synthetic CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def some(count: int) -> str:
    """So many short rows."""
    return table(["voucher_id", "voucher_key"], [[n, f"key{n}"] for n in range(count)])


def answering(body: str | bytes, status: int = 200, **headers: str) -> httpx.Response:
    """An answer with CSV, as the page describes it."""
    content = body.encode() if isinstance(body, str) else body
    kind = {
        "content-type": "application/force-download",
        "content-disposition": "attachment; filename=vouchers.csv",
    }
    return httpx.Response(status, content=content, headers=kind | headers)


def rows_of(colour: Colour, opened: Any, into: list[VoucherRow] | None = None) -> list[VoucherRow]:
    """The rows of a stream; kept in *into* when an error ends them."""
    found: list[VoucherRow] = [] if into is None else into

    async def read_async() -> None:
        async with opened as rows:
            async for row in rows:
                found.append(row)  # noqa: PERF401  # an error keeps what came

    def read() -> None:
        with opened as rows:
            for row in rows:
                found.append(row)  # noqa: PERF402

    colour(read_async() if colour.is_async else read())
    return found


def streamed(colour: Colour, *answers: Any, **arguments: Any) -> list[VoucherRow]:
    """The rows of the vouchers of a synthetic chain, as the answers say."""
    client = Replay(*answers).client(colour)
    return rows_of(colour, client.vouchers.stream_csv(CHAIN, **arguments))


def entering(colour: Colour, opened: Any) -> None:
    """Enter the `with`, which is expected to fail."""

    async def enter_async() -> None:
        async with opened:
            pytest.fail("the stream is open")

    def enter() -> None:
        with opened:
            pytest.fail("the stream is open")

    colour(enter_async() if colour.is_async else enter())


# --- rows


def test_the_documented_fields_in_their_order() -> None:
    """A row has the 40 fields of the table, each under its own name."""
    fields = [field.name for field in attrs.fields(VoucherRow)]
    assert [name for name in fields if name != "extra"] == COLUMNS
    assert len(COLUMNS) == 40


def test_every_value_of_a_sample_is_reachable(colour: Colour) -> None:
    """Whatever stands in a cell is the value of the field of that name."""
    rows = streamed(colour, answering(SAMPLE))
    assert [type(row) for row in rows] == [VoucherRow] * 3
    assert rows[0] == VoucherRow(
        voucher_id="71",
        voucher_key="6f1d00000000000000000000000000000000000000000000000000000000a071",
        voucher_status="claimed",
        type="basket",
        voucher_created_datetime=datetime(2025, 2, 3, 8, 9, 10, tzinfo=timezone.utc),
        voucher_expiry_datetime=datetime(2026, 2, 3, 7, 9, 10, tzinfo=timezone.utc),
        voucher_redeemed_datetime=None,
        voucher_locked=True,
        voucher_locked_until_datetime=datetime(2025, 3, 1, tzinfo=timezone.utc),
        voucher_retailer_basket_code_exclusive="EXCL-7",
        voucher_amount=Decimal("12.50"),
        voucher_amount_redeemed=Decimal(0),
        voucher_text="A text",
        voucher_currency_code="EUR",
        voucher_currency_symbol="€",
        campaign_id="31",
        campaign_type="signup",
        campaign_title="A signup voucher",
        customer_spaaza_user_id="880071",
        customer_member_number="M-0071",
        customer_username="ada@example.com",
        customer_first_name="Ada",
        customer_last_name="Sample",
        customer_mailing_list_subscribed=True,
        customer_printed_mailing_list_subscribed=False,
        voucher_locking_code="LOCK-1",
        voucher_title="A title",
        voucher_description='Long, and with a "word"\non two lines',
        voucher_image_url="https://images.example.com/71.png",
        voucher_discount_ratio=Decimal("0.15"),
        customer_country_code="NL",
        customer_language="nl-NL",
    )
    assert rows[0].voucher_expiry_datetime is not None
    assert rows[0].voucher_expiry_datetime.utcoffset() == timedelta(hours=1)
    assert str(rows[0].voucher_amount) == "12.50"
    assert rows[1] == VoucherRow(
        voucher_id="72",
        voucher_key="6f1d00000000000000000000000000000000000000000000000000000000a072",
        voucher_status="redeemed",
        type="basket_pct",
        voucher_created_datetime=datetime(2025, 2, 4, 8, 9, 10, tzinfo=timezone.utc),
        voucher_redeemed_datetime=datetime(2025, 2, 5, 10, 11, 12, tzinfo=timezone.utc),
        voucher_locked=False,
        voucher_amount_redeemed=Decimal("7.05"),
        campaign_id="31",
        voucher_redeeming_basket_id="550072",
        voucher_redeeming_basket_retailer_basket_code="R-72",
        voucher_redeeming_basket_platform_type="in_store",
        voucher_redeeming_basket_branch_business_id="9",
        voucher_redeeming_basket_branch_business_owner_code="B-9",
        voucher_redeeming_basket_total_value=Decimal("100.10"),
    )
    assert (rows[2].type, rows[2].voucher_amount, rows[2].campaign_id) == ("honour", None, None)
    assert (rows[2].voucher_honour_code, rows[2].customer_member_number) == ("HON-73", "0073")


@pytest.mark.parametrize("name", COLUMNS)
def test_each_column_reads_its_own_cell(colour: Colour, name: str) -> None:
    """The column alone, and the same among all others in any order, gives the same value."""
    cells = {column: f"text of {column}" for column in COLUMNS}
    for column in COLUMNS:
        if column.endswith("_datetime"):
            cells[column] = "2025-02-03T08:09:10+00:00"
        elif column.endswith(("_subscribed", "_locked")):
            cells[column] = "1"
        elif column.endswith(("_amount", "_redeemed", "_value", "_ratio")):
            cells[column] = "12.50"
    shuffled = random.Random(name).sample([*COLUMNS, "a_new_column"], len(COLUMNS) + 1)
    (among,) = streamed(
        colour, answering(table(shuffled, [[cells.get(column, "new") for column in shuffled]]))
    )
    (alone,) = streamed(colour, answering(table([name, "x"], [[cells[name], ""]])))
    value = getattr(alone, name)
    assert value == getattr(among, name)
    assert among.extra == {"a_new_column": "new"}
    assert str(value) in (cells[name], "True", "2025-02-03 08:09:10+00:00")


def test_the_column_that_the_sample_lacks(colour: Colour) -> None:
    """The customer's other identity is read where the column is there, and is else `None`."""
    name = "customer_authentication_point_identifier"
    (row,) = streamed(colour, answering(table(["voucher_id", name], [["1", "auth0|7"]])))
    assert row.customer_authentication_point_identifier == "auth0|7"
    assert streamed(colour, answering(SAMPLE))[0].customer_authentication_point_identifier is None


def test_columns_that_come_in_future_are_kept(colour: Colour) -> None:
    """New columns are in `extra`, as a page says that there may be some at the end."""
    columns = [*IN_THE_HEADER, "voucher_colour", "voucher_shape"]
    cells = ["7", "key7", *[""] * 37, "green", ""]
    (row,) = streamed(colour, answering(table(columns, [cells])))
    assert row.extra == {"voucher_colour": "green", "voucher_shape": None}
    assert (row.voucher_id, row.customer_language) == ("7", None)


def test_a_row_without_its_identifiers(colour: Colour) -> None:
    """Reading what the page promises and the row lacks says which row it was."""
    rows = streamed(colour, answering("voucher_id,voucher_key\n1,a\n,b\n"))
    assert rows[1].voucher_key == "b"
    with pytest.raises(MissingField, match=r"row 2\.voucher_id"):
        _ = rows[1].voucher_id


def test_rows_are_values(colour: Colour) -> None:
    """Rows are compared, copied and pickled like other models, and cannot be changed."""
    row = streamed(colour, answering(SAMPLE))[0]
    assert pickle.loads(pickle.dumps(row)) == copy.deepcopy(row) == row
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        row.voucher_id = "8"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("cell", "place"),
    [("voucher_amount,twelve", "voucher_amount"), ("voucher_locked,maybe", "voucher_locked"),
     ("voucher_expiry_datetime,soon", "voucher_expiry_datetime")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read(colour: Colour, cell: str, place: str) -> None:
    """It is an error that names row and column, after the rows before it."""
    name, _, text = cell.partition(",")
    body = f"voucher_id,{name}\n1,\n2,{text}\n"
    seen: list[VoucherRow] = []
    client = Replay(answering(body)).client(colour)
    with pytest.raises(UnreadableAnswer) as caught:
        rows_of(colour, client.vouchers.stream_csv(CHAIN), seen)
    assert str(caught.value).startswith(f"{OPERATION}: row 2, {place}: ")
    assert [row.voucher_id for row in seen] == ["1"]


@pytest.mark.parametrize("body", [SAMPLE[:-20], SAMPLE[: SAMPLE.index("on two")], some(3)[:-7]])
def test_a_file_that_is_cut(colour: Colour, body: str) -> None:
    """A last row that is short, or an open quote, is an error."""
    with pytest.raises(UnreadableAnswer, match="the body ends within"):
        streamed(colour, answering(body))


def test_packed(colour: Colour) -> None:
    """A compressed file is unpacked on the way; without its trailer it is cut."""
    packed = gzip.compress(SAMPLE.encode())
    encoding = {"content-encoding": "gzip"}
    assert len(streamed(colour, answering(packed, **encoding))) == 3
    with pytest.raises(UnreadableAnswer, match="ends too early"):
        streamed(colour, answering(packed[:-4], **encoding))


# --- the request


def test_what_is_asked(colour: Colour) -> None:
    """Path, query and headers are the documented ones; what was not given is left out."""
    replay = Replay(answering(some(0)), answering(some(0)))
    client = replay.client(colour)
    rows_of(colour, client.vouchers.stream_csv(CHAIN))
    rows_of(
        colour,
        client.vouchers.stream_csv(
            str(CHAIN),
            campaign_id=31,
            username="ada@example.com",
            show_redeemed=True,
            min_redeemed_datetime=datetime(2025, 2, 3, 8, tzinfo=timezone.utc),
            min_created_datetime_relative="-7 days",
            number_results=2_000_000,
            results_offset=500,
        ),
    )
    bare, full = replay.requests
    assert (bare.method, bare.url.path) == ("GET", "/get-vouchers.csv")
    assert [dict(request.url.params) for request in (bare, full)] == [
        {"chain_id": "1743"},
        {
            "chain_id": "1743",
            "campaign_id": "31",
            "username": "ada@example.com",
            "show_redeemed": "true",
            "min_redeemed_datetime": "2025-02-03T08:00:00+00:00",
            "min_created_datetime_relative": "-7 days",
            "number_results": "2000000",
            "results_offset": "500",
        },
    ]
    assert bare.headers["accept"] == "text/csv, application/force-download, application/json"
    assert bare.headers["accept-encoding"] == "gzip, deflate"
    assert "x-spaaza-api-version" in bare.headers


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"chain_id": ""}, "chain_id"),
        ({"number_results": 0}, "number_results"),
        ({"number_results": True}, "number_results"),
        ({"results_offset": -1}, "results_offset"),
        ({"results_offset": None}, "results_offset"),
        ({"user_id": 1, "username": "a"}, "username"),
        ({"show_redeemed": True, "show_expired": True}, "show_expired"),
        ({"min_redeemed_datetime": datetime(2025, 1, 1, tzinfo=timezone.utc)}, "show_redeemed"),
        ({"min_created_datetime": datetime(2025, 1, 1)}, "min_created_datetime"),
    ],
)
def test_bad_arguments_are_refused_at_once(
    colour: Colour, arguments: dict[str, Any], named: str
) -> None:
    """They are refused by the call itself, before any `with`, and nothing is sent."""
    replay = Replay(answering(some(0)))
    client = replay.client(colour)
    with pytest.raises(InvalidArgument, match=named) as caught:
        client.vouchers.stream_csv(**{"chain_id": CHAIN} | arguments)
    assert (caught.value.operation, replay.requests) == (OPERATION, [])


def test_without_credentials(colour: Colour) -> None:
    """A client that only logs in cannot read vouchers, and asks for nothing."""
    replay = Replay(answering(some(0)))
    client = replay.client(colour, auth=None)
    with pytest.raises(MissingCredentials) as caught:
        entering(colour, client.vouchers.stream_csv(CHAIN))
    assert (caught.value.operation, replay.requests) == (OPERATION, [])


def test_the_raw_view_streams_rows_too(colour: Colour) -> None:
    """There is no whole response to give, so `.raw` gives the rows."""
    client = Replay(answering(SAMPLE)).client(colour)
    assert len(rows_of(colour, client.raw.vouchers.stream_csv(CHAIN))) == 3


def test_help_shows_what_it_gives(colour: Colour) -> None:
    """The signature names the context manager and the rows of the client's colour."""
    client = Replay(answering(SAMPLE)).client(colour)
    given = str(inspect.signature(client.vouchers.stream_csv).return_annotation)
    assert given == colour.pick(
        "AbstractContextManager[RowStream[VoucherRow]]",
        "AbstractAsyncContextManager[AsyncRowStream[VoucherRow]]",
    )


# --- an error in place of CSV

REFUSALS: dict[str, tuple[str, type[LoyaltyError], int]] = {
    "no session": ("401", Unauthorized, 401),
    "no permission": ("403", PermissionDenied, 403),
    "no permission under a 500": ("500-permission_denied", PermissionDenied, 500),
    "an error inside a 200": ("200-error", APIError, 200),
    "a parameter is missing": ("400", BadRequest, 400),
    "errors as a map": ("403-errors_map", PermissionDenied, 403),
    "an error in a list": ("401-in_a_list", Unauthorized, 401),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_an_error_of_the_api(colour: Colour, refusal: str) -> None:
    """JSON in place of CSV is the error it is, with its true status, before the `with` body."""
    name, kind, status = REFUSALS[refusal]
    answer = recorded(f"vouchers.list.{name}")
    replay = Replay(lambda _request: httpx.Response(answer.status_code, content=answer.content))
    client = replay.client(colour)
    with pytest.raises(kind) as caught:
        entering(colour, client.vouchers.stream_csv(CHAIN))
    error: Any = caught.value
    assert (error.operation, error.status, error.response.status) == (OPERATION, status, status)
    assert error.number is not None
    assert error.__context__ is None
    assert len(replay.requests) <= 2


def test_recorded_errors_are_the_same_for_both_calls(colour: Colour) -> None:
    """Whatever error the API can give, the stream raises what the list raises."""
    for name in recorded_names("vouchers.list.4") + recorded_names("vouchers.list.5"):
        answer = recorded(name)
        again = httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        client = Replay(lambda _request, again=again: again).client(colour, deadline=1)
        told = []
        for call in (
            lambda client=client: colour.items(client.vouchers.list(CHAIN)),
            lambda client=client: entering(colour, client.vouchers.stream_csv(CHAIN)),
        ):
            with pytest.raises(APIError) as caught:
                call()
            error = caught.value
            told.append((type(error), error.status, error.code, error.number, error.attempts))
        assert told[0] == told[1], name


@pytest.mark.parametrize(
    ("status", "body", "kind", "asked"),
    [
        (502, b"<html><h1>Bad gateway</h1></html>", ServerError, 3),
        (503, b"", ServerError, 3),
        (429, b"{}", RateLimited, 3),
        (404, b"Not found", APIError, 1),
        (200, b"<!doctype html><p>Sign in</p>", UnreadableAnswer, 3),
    ],
)
def test_an_error_that_is_not_of_the_api(
    colour: Colour, status: int, body: bytes, kind: type[LoyaltyError], asked: int
) -> None:
    """Pages of a proxy are errors too, repeated like those of any call."""
    replay = Replay(lambda _request: httpx.Response(status, content=body))
    with pytest.raises(kind) as caught:
        entering(colour, replay.client(colour).vouchers.stream_csv(CHAIN))
    assert (caught.value.operation, caught.value.attempts) == (OPERATION, asked)
    assert len(replay.requests) == asked


def test_json_that_is_no_error(colour: Colour) -> None:
    """The list's own JSON is not read as CSV."""
    replay = Replay(lambda _request: page())
    with pytest.raises(UnreadableAnswer, match="JSON where CSV is expected"):
        entering(colour, replay.client(colour).vouchers.stream_csv(CHAIN))


def test_a_key_that_changed_is_sent_once_more(colour: Colour) -> None:
    """A refused token is fetched anew, and the request sent again with it."""
    keys = iter(["old-key-1", "new-key-2"])

    def answer(request: httpx.Request) -> httpx.Response:
        fresh = any("new-key-2" in value for value in request.headers.values())
        return answering(SAMPLE) if fresh else httpx.Response(401, content=b"{}")

    replay = Replay(answer)
    client = replay.client(colour, auth=PrivilegedToken("id-1", lambda: next(keys)))
    assert len(rows_of(colour, client.vouchers.stream_csv(CHAIN))) == 3
    assert len(replay.requests) == 2


# --- counting


@pytest.mark.parametrize(
    ("total", "offset", "number", "count"),
    [(3, 0, None, 3), (0, 0, None, 0), (5, 2, None, 3), (5, 9, None, 0), (5, 0, 2, 2), (5, 4, 2, 1),
     (5, 2, 3, 3), (5, 7, 1, 0)],
)  # fmt: skip
@pytest.mark.parametrize("off", [0, 1, -1])
def test_the_count_is_of_the_window(
    colour: Colour, total: int, offset: int, number: int | None, count: int, off: int
) -> None:
    """The vendor's total, less what was skipped and at most what was asked for, must have come."""
    came = max(0, count + off)
    counted = page(results_count_total=total)
    replay = Replay(answering(some(came)), counted)
    opened = replay.client(colour).vouchers.stream_csv(
        CHAIN,
        campaign_id=31,
        show_expired=True,
        number_results=number,
        results_offset=offset,
        verify_count=True,
    )
    seen: list[VoucherRow] = []
    if came == count:
        rows_of(colour, opened, seen)
    else:
        with pytest.raises(UnreadableAnswer) as caught:
            rows_of(colour, opened, seen)
        assert caught.value.message == f"{came} rows came, and the vendor counts {count}"
        assert caught.value.operation == OPERATION
    assert len(seen) == came
    asked = replay.requests[1]
    assert asked.url.path == "/get-vouchers"
    assert dict(asked.url.params) == {
        "chain_id": "1743",
        "campaign_id": "31",
        "show_expired": "true",
        "number_results": "1",
        "results_offset": "0",
    }


def test_a_total_that_does_not_come(colour: Colour) -> None:
    """Who asked for a count, and gets none, is told."""
    with pytest.raises(UnreadableAnswer, match="3 rows came"):
        streamed(colour, answering(some(3)), page(results_count_total=None), verify_count=True)


def test_nothing_is_counted_unless_asked(colour: Colour) -> None:
    """Without `verify_count` there is one request."""
    replay = Replay(answering(some(3)))
    rows_of(colour, replay.client(colour).vouchers.stream_csv(CHAIN))
    assert len(replay.requests) == 1


# --- over a socket


def test_rows_come_while_the_server_still_writes(colour: Colour) -> None:
    """A long file is read row by row, cut anywhere; a cut of the connection is an error."""
    data = SAMPLE.encode()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/force-download\r\n"

    def script(connection: Connection) -> None:
        whole = b"verify" not in connection.request()
        connection.send(head + b"transfer-encoding: chunked\r\n\r\n")
        for start in range(0, len(data), 7):
            part = data[start : start + 7]
            connection.send(b"%x\r\n%s\r\n" % (len(part), part))
        if whole:
            connection.send(b"0\r\n\r\n")

    with Server(script) as server:
        client = Replay(answering("")).client(colour, base_url=server.url, transport=None)
        assert len(rows_of(colour, client.vouchers.stream_csv(CHAIN))) == 3
        seen: list[VoucherRow] = []
        with pytest.raises(ConnectionLost) as caught:
            rows_of(colour, client.vouchers.stream_csv(CHAIN, username="verify"), seen)
        assert (caught.value.operation, len(seen), len(server.requests)) == (OPERATION, 3, 2)


def test_no_secret_is_in_an_error(colour: Colour) -> None:
    """What the vendor repeats of the token, and what a cell held, is in no error."""
    token = PrivilegedToken("id-1", "PLANTED-SECRET")
    for body, status in (
        (b'{"error": {"code": 6, "name": "no", "description": "not PLANTED-SECRET"}}', 401),
        (b"voucher_id,voucher_amount\n1,PLANTED-SECRET\n", 200),
        (b"PLANTED-SECRET\n", 200),
        (b'voucher_id\n"PLANTED-SECRET', 200),
    ):
        replay = Replay(lambda _request, body=body, status=status: answering(body, status))
        client = replay.client(colour, auth=token)
        with pytest.raises(LoyaltyError) as caught:
            rows_of(colour, client.vouchers.stream_csv(CHAIN, username="ada@example.com"))
        error = caught.value
        shown = f"{error} {error!r} {error.request} {error.args}"
        assert "PLANTED" not in shown
        assert "ada@" not in shown
