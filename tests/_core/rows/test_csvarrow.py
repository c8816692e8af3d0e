from __future__ import annotations

import csv
import io
import itertools
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Model, Reading, promised, renamed
from loyalty_sdk._core.rows import csvarrow
from loyalty_sdk._core.rows.arrowtable import ArrowTable
from loyalty_sdk._core.rows.csvarrow import ArrowRows
from loyalty_sdk._core.rows.csvrows import CsvRows
from loyalty_sdk.errors import UnreadableAnswer


@attrs.frozen(kw_only=True, weakref_slot=False)
class Item(Model):
    """A row with a cell of every kind that has an Arrow type."""

    id: str = promised()
    note: str | None = renamed("theNote")
    amount: Decimal | None = None
    open: bool | None = None
    kind: Literal["a", "b"] | str | None = None
    made: datetime | None = None
    ends: Annotated[datetime, Reading(coerce.utc_instant)] | None = None


KEYS = ["id", "theNote", "amount", "open", "kind", "made", "ends"]
NAMES = ["id", "note", "amount", "open", "kind", "made", "ends"]
HEADER = ",".join(KEYS) + "\n"
FIRST = "1,,,,,,\n"  # it comes typed, whatever follows


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Blocks of a few rows, so that short bodies have several."""
    monkeypatch.setattr(csvarrow, "BLOCK", 48)
    monkeypatch.setattr(csvarrow, "_FIRST", 16)


def pieces(body, cuts):
    data = body.encode() if isinstance(body, str) else body
    return [data[start:end] for start, end in itertools.pairwise([0, *sorted(cuts), len(data)])]


def outcome(rows, parts):
    """What came out, and the error that ended it."""
    found = []
    try:
        for part in parts:
            found += itertools.chain.from_iterable(rows.feed(part))
        found += itertools.chain.from_iterable(rows.end())
    except UnreadableAnswer as problem:
        return found, problem.message
    return found, None


def in_arrow(body, *cuts):
    """The rows of a body by way of Arrow, as dicts, and the error."""
    reading = ArrowRows(Item)
    batches, error = outcome(reading, pieces(body, cuts))
    rows = [row for batch in batches for row in batch.to_pylist()]
    assert reading.rows == len(rows)
    assert len({batch.schema for batch in batches}) <= 1
    return rows, error


def typed(body, *cuts):
    """The rows of a body as models, and these as dicts, and the error."""
    reading = CsvRows(Item)
    rows, error = outcome(reading, pieces(body, cuts))
    unknown = [key for _, key in reading.header().unknown] if rows else []
    return [
        {key: getattr(row, name, None) for key, name in zip(KEYS, NAMES, strict=True)}
        | {key: row.extra.get(key) for key in unknown}
        for row in rows
    ], error


class Counted:
    """Counts how many blocks pyarrow took, and how many it was not trusted with."""

    def __init__(self, monkeypatch):
        self.taken = self.refused = 0
        of_block = ArrowTable.of_block

        def counting(table, block):
            batch = of_block(table, block)
            self.taken += batch is not None
            self.refused += batch is None
            return batch

        monkeypatch.setattr(ArrowTable, "of_block", counting)


@pytest.fixture
def blocks(monkeypatch):
    return Counted(monkeypatch)


# --- the same values


TEXTS = [
    "", " ", "a", "a b", " a ", "\u2028", "a\u2028b\u2029c\x85d", "\ufeff", "\ufeffa", "€ 😀 é",
    "'", '"', '""', 'a"b', 'a""b', '"a', 'a"', ",", "a,b", "\n", "a\nb", "\r\n", "a\r\nb", "\r",
    "a\rb", "\x00", "\t", "null", "NULL", "NaN", "N/A", "None", "true", "0", "1e5", "2024-01-01",
    "#", "\\", "\\N", "a\\,b", ",,,,,,", "\n,,,,,,\n",
]  # fmt: skip
AMOUNTS = [
    "", "0", "5", "5.00", "-5.00", "+5", ".5", "5.", "-0", "1e3", "1E-5", "0.000000000000000001",
    "99999999999999999999.999999999999999999", " 5", "5 ", "\t5", "1_000", "\u0665", "1,5", "NaN",
    "inf", "-Infinity", "sNaN", "0x10", "1e", "e1", "5 5", "", "--5", "1.5.0", "\uff15", "1e-19",
    "1e20", "9" * 30, "0.1234567890123456789", "\u00a05", "9" * 20, "9" * 21, "-" + "9" * 19,
    "-" + "9" * 20, "0." + "1" * 18, "0." + "1" * 19, "1.10" + "0" * 20, "1e-57", "8.8e-38",
    "1e-20000000", "1e20000000", "1e0x1", "0" * 30 + "5",
]  # fmt: skip
FLAGS = ["", "0", "1", "true", "false", "True", "FALSE", "2", " 1", "yes", "null", "1.0", "-0"]
MOMENTS = [
    "", "2018-05-05T17:59:11+02:00", "2018-05-05T17:59:11Z", "2018-05-05 17:59:11+00:00",
    "2018-05-05T17:59:11", "2018-05-05 17:59:11", "2018-05-05", "2018-05-05Z", "2018-05-05T17Z",
    "2018-05-05T17:59Z", "2018-05-05T17:59:11.5Z", "2018-05-05T17:59:11.123456Z",
    "2018-05-05T17:59:11.1234567Z", "2018-05-05T17:59:11,5Z", "20180505T175911Z",
    "2018-W18-6T17:59:11Z", "2018-125T00:00Z", "2018-05-05T24:00:00Z", "2018-05-05T17:59:60Z",
    "2018-05-05T17:59:11+0200", "2018-05-05T17:59:11+02", "2018-05-05T17:59:11-00:00",
    "2018-05-05T17:59:11+23:59", "2018-05-05T17:59:11+24:00", "2018-05-05T17:59:11+02:00:30",
    "2018-05-05T17:59:11 +02:00", " 2018-05-05T17:59:11Z", "2018-05-05T17:59:11Z ",
    "2018-05-05t17:59:11z", "2018-05-05x17:59:11Z", "0000-00-00 00:00:00", "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2023-02-29T00:00:00Z", "2024-02-29T00:00:00Z",
    "soon", "null", "1525543151", "-2018-05-05T17:59:11Z",
]  # fmt: skip
CELLS = [TEXTS, TEXTS, AMOUNTS, FLAGS, TEXTS, MOMENTS, MOMENTS]
GOOD = ["7", "a", "5.00", "1", "b", "2018-05-05T17:59:11+02:00", "2018-07-09 17:59:11Z"]
ROWS = st.lists(
    st.tuples(
        *(st.sampled_from(cells) | st.just(good) for cells, good in zip(CELLS, GOOD, strict=True))
    ),
    max_size=4,
)
WAYS = st.sampled_from(
    [
        (csv.QUOTE_ALL, "\n"),
        (csv.QUOTE_ALL, "\r\n"),
        (csv.QUOTE_MINIMAL, "\n"),
        (csv.QUOTE_MINIMAL, "\r\n"),
    ]
)


def written(rows, way):
    text = io.StringIO(newline="")
    quoting, line_break = way
    csv.writer(text, quoting=quoting, lineterminator=line_break).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize(
    ("index", "cell"), [(index, cell) for index, cells in enumerate(CELLS) for cell in cells]
)
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_each_form_of_a_cell(index, cell, quoting):
    """Whatever a cell holds, the value or the error is the one of the typed row."""
    row = [*GOOD[:index], cell, *GOOD[index + 1 :]]
    body = HEADER + FIRST + written([GOOD, row, GOOD], (quoting, "\n"))
    rows, error = in_arrow(body)
    assert (rows, error) == typed(body) or "too many digits" in str(error)


@given(ROWS, WAYS, st.lists(st.floats(0, 1), max_size=5))
def test_whole_bodies(rows, way, cuts):
    """Several odd rows, wherever the bytes are cut: the same rows, the same error."""
    body = HEADER + FIRST + written(rows, way)
    places = [round(cut * len(body.encode())) for cut in cuts]
    found, error = in_arrow(body, *places)
    assert (found, error) == typed(body) or "too many digits" in str(error)


@given(st.text('",\n\r ab1€\u2028', max_size=80), st.lists(st.integers(0, 99), max_size=5))
def test_what_is_hardly_csv(text, cuts):
    """Stray quotes, odd line breaks and rows of any length: the same rows, the same error."""
    body = f"theNote,kind,new\n1,,\n{text}"
    places = [min(cut, len(body.encode())) for cut in cuts]
    found, error = in_arrow(body, *places)
    expected, fault = typed(body)
    if error is not None and "more cells" in error:
        assert found == expected[: len(found)]
    else:
        assert (found, error) == (expected, fault)


# --- how they come


def test_the_schema_is_the_models_own():
    """Every field has a column whatever the header is; what nobody knows is text behind them."""
    ((batch,),) = outcome_batches("new,made,id,id\nx,,1,y\n")
    assert [(field.name, str(field.type)) for field in batch.schema] == [
        ("id", "string"),
        ("theNote", "string"),
        ("amount", "decimal128(38, 18)"),
        ("open", "bool"),
        ("kind", "string"),
        ("made", "timestamp[us, tz=UTC]"),
        ("ends", "timestamp[us, tz=UTC]"),
        ("new", "string"),
        ("3", "string"),
    ]
    assert batch.to_pylist() == [
        dict.fromkeys(KEYS) | {"id": "1", "new": "x", "3": "y"},
    ]


def outcome_batches(body, *cuts):
    """What each piece of a body gives, and its end; only what is not empty."""
    reading = ArrowRows(Item)
    given = [[batch for (batch,) in reading.feed(part)] for part in pieces(body, cuts)]
    given.append([batch for (batch,) in reading.end()])
    return [batches for batches in given if batches]


def test_blocks_are_read_by_pyarrow(blocks):
    """The first rows do not wait; those that follow come in blocks, which pyarrow takes."""
    rows = "".join(f"{number},a,5.00,1,b,2018-05-05T17:59:11Z,\n" for number in range(50))
    cuts = range(10, len(HEADER + rows), 10)
    batches = [batch for batches in outcome_batches(HEADER + rows, *cuts) for batch in batches]
    assert [row["id"] for batch in batches for row in batch.to_pylist()] == [*map(str, range(50))]
    assert batches[0].num_rows == 1
    assert (blocks.taken > 20, blocks.refused) == (True, 0)


@pytest.mark.parametrize("last", ["2,b,1.00,0,a,,", '2,"b",1.00,0,a,,'])
@pytest.mark.parametrize("before", ["", "1,a,5.00,1,b,2018-05-05T17:59:11Z,\n"])
def test_a_last_row_without_its_line_break(before, last):
    """It is a row, in whatever pieces it comes."""
    body = HEADER + before + last
    for cuts in ((), range(1, len(body)), (len(HEADER + before),)):
        rows, error = in_arrow(body, *cuts)
        assert error is None
        assert [row["id"] for row in rows] == (["1", "2"] if before else ["2"])


def test_a_body_without_rows_gives_its_schema():
    """There is always a batch, so that a file can be written of it."""
    ((batch,),) = outcome_batches("id,new\n")
    assert (batch.num_rows, batch.schema.names) == (0, [*KEYS, "new"])


@pytest.mark.parametrize("body", ["", "\n", "x,y\n1,2\n", "\xff"])
def test_what_is_no_csv_of_this_kind(body):
    """Neither is a batch without columns."""
    data = body.encode("latin-1")
    assert in_arrow(data) == typed(data)
    assert in_arrow(data)[1] is not None


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_block_may_seem_to_end_within_quotes(blocks, size):
    """Line breaks in quotes are seen where a block ends with one, and cost nothing elsewhere."""
    body = HEADER + FIRST + '2,"a\n\nb\n",,,,,\n' * 40
    found, error = in_arrow(body, *range(size, len(body), size))
    assert (found, error) == typed(body)
    assert len(found) == 41
    assert blocks.taken > 0


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_the_last_cell_of_a_block_may_be_open(blocks, size):
    """Nothing tells that but the fence, which the quotes swallow."""
    body = "id,theNote\n1,\n" + '2,"a\n\nb"\n' * 40
    found, error = in_arrow(body, *range(size, len(body), size))
    assert (found, error) == typed(body)
    assert len(found) == 41
    assert blocks.taken > 0


@pytest.mark.parametrize("moment", ["2018-05-05T17:59:11+02:00", "2018-05-05 17:59:11"])
def test_moments_with_and_without_an_offset(blocks, moment):
    """A column may be of one kind or the other; one of both is read row by row."""
    other = "2018-07-09T17:59:11Z"
    body = HEADER + FIRST + "".join(f"{n},,,,,{other},{moment}\n" for n in range(30))
    assert in_arrow(body) == typed(body)
    assert (blocks.taken > 0, blocks.refused) == (True, 0)
    mixed = body + f"31,,,,,,{other}\n32,,,,,,2018-05-05T17:59:11\n"
    assert in_arrow(mixed) == typed(mixed)
    assert blocks.refused > 0


def test_a_quote_in_the_middle_of_a_cell(blocks):
    """It misleads whoever counts quotes; such a block is read row by row."""
    body = (
        HEADER + FIRST + 'a"b,x,,,,,\n' + '2,"a\nb",,,,,\n' * 9 + '3,"\n' + "\n" * 60 + '",,,,,\n'
    )
    found, error = in_arrow(body, *range(9, len(body), 9))
    assert (found, error) == typed(body)
    assert len(found) == 12
    assert blocks.refused > 0


def test_a_row_that_is_longer_than_a_block():
    """It is no line, so it is read as far as it came."""
    body = HEADER + FIRST + f'2,"{"x" * 500}",,,,,\n3,{"y" * 500},,,,,\n'
    for size in (10, 100, 1000):
        assert in_arrow(body, *range(size, len(body), size)) == typed(body)


def test_characters_that_are_cut():
    """A character may be cut where a block ends."""
    body = HEADER + FIRST + "€,€,,,,,\n" * 20
    for size in range(40, 60):
        assert in_arrow(body, *range(size, len(body.encode()), size)) == typed(body)


def test_rows_of_other_lengths():
    """Short rows have null tails; a long one has no place in a batch, and the rows before it do."""
    body = HEADER + FIRST + "2\n3,a\n4,b,5,1,a,,\n5,,,,,,,x\n6,,,,,,\n"
    found, error = in_arrow(body)
    assert found == typed(body)[0][:4]
    assert error == "row 5: there are more cells than columns"


def test_numbers_that_do_not_fit():
    """A number is exact or it is an error that names its row and column, never rounded."""
    body = HEADER + FIRST + "2,,0.1,,,,\n3,,1e-19,,,,\n4,,,,,,,x\n"
    found, error = in_arrow(body)
    assert found == typed(body)[0][:2]
    assert error == "row 3, amount: the number has too many digits for its column"


def test_a_broken_promise_is_null():
    """What a typed row would only complain of when it is read has no value in a column."""
    body = HEADER + ",a,,,,,\n" * 30
    found, error = in_arrow(body, *range(20, len(body), 20))
    assert ([row["id"] for row in found], error) == ([None] * 30, None)
