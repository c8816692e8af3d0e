from __future__ import annotations

import csv
import io
import itertools
import time
import tracemalloc
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.model import Model, Reading, promised, renamed
from loyalty_sdk._core.rows import csvcells
from loyalty_sdk._core.rows.csvcells import LONGEST_ROW
from loyalty_sdk._core.rows.csvrows import CsvRows
from loyalty_sdk.errors import MissingField, UnreadableAnswer


@attrs.frozen(kw_only=True, weakref_slot=False)
class Item(Model):
    """A row with a cell of every kind."""

    id: str = promised()
    note: str | None = renamed("theNote")
    amount: Decimal | None = None
    count: int | None = None
    open: bool | None = None
    kind: Literal["a", "b"] | str | None = None
    made: datetime | None = None
    ends: Annotated[datetime, Reading(coerce.utc_instant)] | None = None
    day: date | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Pair(Model):
    """A short row."""

    id: str = promised()
    note: str | None = renamed("theNote")


def rows_in(rows, chunk):
    """The rows of a chunk, one by one."""
    return itertools.chain.from_iterable(rows.feed(chunk))


def ended(rows):
    """The rows of the end."""
    return itertools.chain.from_iterable(rows.end())


def read(body, *cuts):
    """The rows of a body that comes in pieces."""
    data = body.encode() if isinstance(body, str) else body
    rows = CsvRows(Item)
    found = []
    for start, end in itertools.pairwise([0, *sorted(cuts), len(data)]):
        found += rows_in(rows, data[start:end])
    return [*found, *ended(rows)]


def bytewise(body):
    """The rows of a body of which one byte comes at a time."""
    return read(body, *range(1, len(body.encode() if isinstance(body, str) else body)))


def problem_of(body, *cuts):
    """What is wrong with a body."""
    with pytest.raises(UnreadableAnswer) as caught:
        read(body, *cuts)
    assert caught.value.__context__ is None
    return caught.value.message


# --- which cell is what


@pytest.mark.parametrize(
    "body",
    ["id,theNote,count\n7,x,3\n", "count,id,theNote\n3,7,x\n", " theNote ,count,id\nx,3,7\n"],
)
def test_names_decide_and_not_positions(body):
    """Columns may stand in any order."""
    assert read(body) == [Item(id="7", note="x", count=3)]


def test_a_column_that_is_missing_is_none():
    """What no column gives is `None`, and `extra` is empty."""
    (row,) = read("id\n7\n")
    assert (row.note, row.amount, row.made, row.extra) == (None, None, None, {})


def test_unknown_columns_are_kept():
    """Columns that nobody knew are in `extra`, blank ones as `None`, and cannot be changed."""
    (row,) = read("new,id,newer\nx,7,\n")
    assert row == Item(id="7", extra={"new": "x", "newer": None})
    with pytest.raises(TypeError):
        row.extra["new"] = "y"


def test_columns_without_a_name_of_their_own_go_by_their_numbers():
    """A name that came already, or no name at all, loses no cell."""
    (row,) = read("id,id,,x,x,\n1,2,3,4,5,6\n")
    assert row == Item(id="1", extra={"1": "2", "2": "3", "x": "4", "4": "5", "5": "6"})


def test_short_rows_have_none_tails_and_long_ones_a_surplus():
    """Within the body a row may be shorter or longer than the header."""
    short, long, last = read("id,theNote,count\n1\n2,b,2,more,\n3,c,3\n")
    assert short == Item(id="1")
    assert long == Item(id="2", note="b", count=2, extra={"3": "more", "4": ""})
    assert last == Item(id="3", note="c", count=3)


@pytest.mark.parametrize("header", ["x,y\n1,2\n", "ID\n1\n", "\x00\n"])
def test_a_header_without_a_known_name_is_refused(header):
    """What is no CSV of this kind is an error at once, not rows of `None`."""
    assert "none of the documented columns" in problem_of(header)


@pytest.mark.parametrize("body", ["id,count", "id,count\n", "\ufeffid\r\n"])
def test_no_rows(body):
    """A body that is only a header has no rows."""
    assert read(body) == bytewise(body) == []


@pytest.mark.parametrize("body", ["", "\n", "\r\n\r\n", "\ufeff"])
def test_no_header(body):
    """A body that has not even a header was cut: an empty list has one."""
    assert "there is no header" in problem_of(body)


# --- where rows and cells end


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_breaks_and_a_byte_order_mark(line_break, last, mark):
    """Both line breaks are read, the last one may lack, and a byte-order mark is no text."""
    body = mark + line_break.join(
        ["", '"id",theNote', "1,a", "", "2,b", ""][: None if last else -1]
    )
    expected = [Item(id="1", note="a"), Item(id="2", note="b")]
    assert read(body) == bytewise(body) == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"a\nb"', "a\nb"),
        ('"a\r\nb\n\n"', "a\r\nb\n\n"),
        ('"a\rb"', "a\rb"),
        ('"say ""hi"""', 'say "hi"'),
        ('""""', '"'),
        ('"a,b"', "a,b"),
        ('"\n""\n"', '\n"\n'),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1e", "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1e"),
        (" a b ", " a b "),
        ('a"b', 'a"b'),
        ("a\ufeffb", "a\ufeffb"),
        ("\x00", "\x00"),
        ("€ 😀 é", "€ 😀 é"),
    ],
)
def test_what_a_cell_may_hold(cell, text):
    """Quotes hold line breaks and commas; what only looks like a line break is text."""
    body = f"id,theNote,count\n1,{cell},5\n2,{cell},6\n"
    expected = [Item(id="1", note=text, count=5), Item(id="2", note=text, count=6)]
    assert read(body) == bytewise(body) == expected


def test_several_quoted_line_breaks_in_a_row():
    """A quote may close and another open on one line, in the header too."""
    body = 'id,"the\nNew","x"\n1,"a\nb","c\n\nd"\n"2\n","",""\n'
    expected = [
        Item(id="1", extra={"the\nNew": "a\nb", "x": "c\n\nd"}),
        Item(id="2\n", extra={"the\nNew": None, "x": None}),
    ]
    assert read(body) == bytewise(body) == expected


def test_rows_come_as_soon_as_they_are_complete():
    """A row does not wait for the next chunk; the rest of it does."""
    rows = CsvRows(Item)
    assert list(rows_in(rows, b"id,theNote\n1,a\n2,")) == [Item(id="1", note="a")]
    assert list(rows_in(rows, b'"b\n')) == []
    assert list(rows_in(rows, b'c"\n3,d\n')) == [Item(id="2", note="b\nc"), Item(id="3", note="d")]
    assert (list(rows_in(rows, b"4,e")), rows.rows) == ([], 3)
    assert (list(ended(rows)), rows.rows) == ([Item(id="4", note="e")], 4)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=9) | (
    st.text('",\r\n a€\u2028\ufeff😀', max_size=9)
)
TABLES = st.lists(st.tuples(TEXT.filter(bool), TEXT, TEXT), max_size=6)
WAYS = st.sampled_from(
    [(csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_MINIMAL, "\r\n")]
)


def written(table, way):
    text = io.StringIO(newline="")
    quoting, line_break = way
    writer = csv.writer(text, quoting=quoting, lineterminator=line_break)
    writer.writerows([("new", "id", "theNote"), *((c, a, b) for a, b, c in table)])
    return text.getvalue().encode()


@given(TABLES, WAYS, st.booleans(), st.lists(st.floats(0, 1), max_size=8))
def test_what_was_written_is_read(table, way, mark, cuts):
    """Whatever `csv.writer` writes comes back, wherever the bytes are cut."""
    body = b"\xef\xbb\xbf" * mark + written(table, way)
    expected = [Item(id=a, note=b or None, extra={"new": c or None}) for a, b, c in table]
    assert read(body, *(round(cut * len(body)) for cut in cuts)) == expected


@given(TABLES, WAYS)
def test_any_cut_gives_the_same(table, way):
    """One byte at a time, in the middle of characters too, gives the same rows."""
    body = written(table, way)
    assert bytewise(body) == read(body)


@given(st.text('",\n\r a€', max_size=40), st.lists(st.integers(0, 60), max_size=8))
def test_cuts_change_nothing_about_what_is_no_csv_either(text, cuts):
    """Rows and error of broken CSV are the same too, wherever the bytes are cut."""

    def outcome(*cuts):
        rows, found = CsvRows(Item), []
        data = f"id,x\n{text}".encode()
        try:
            for start, end in itertools.pairwise([0, *cuts, len(data)]):
                found += rows_in(rows, data[start:end])
            found += ended(rows)
        except UnreadableAnswer as problem:
            return found, str(problem)
        return found, None

    size = len(f"id,x\n{text}".encode())
    whole = outcome()
    cut = outcome(*sorted(min(cut, size) for cut in cuts))
    assert cut[0] == whole[0]
    assert (cut[1] is None) == (whole[1] is None)


# --- what a cell is read as


def test_every_kind_of_cell():
    """Text becomes what the model says; numbers stay exact."""
    (row,) = read(
        "id,theNote,amount,count,open,kind,made,ends,day\n"
        "007,0,5.00,12,1,new,2018-05-05T17:59:11+02:00,2018-07-09 17:59:11,2024-02-29\n"
    )
    assert row == Item(
        id="007",
        note="0",
        amount=Decimal("5.00"),
        count=12,
        open=True,
        kind="new",
        made=datetime(2018, 5, 5, 15, 59, 11, tzinfo=timezone.utc),
        ends=datetime(2018, 7, 9, 17, 59, 11, tzinfo=timezone.utc),
        day=date(2024, 2, 29),
    )
    assert str(row.amount) == "5.00"
    assert row.made.utcoffset() == timedelta(hours=2)


def test_blank_cells_are_none():
    """Nothing between two commas is `None`, quoted or not, whatever the type."""
    blank = read('id,theNote,amount,count,open,kind,made,ends,day\n1,,"",,,,"",,\n')
    assert blank == [Item(id="1")]


@pytest.mark.parametrize(
    ("cell", "value"), [("0", False), ("1", True), ("false", False), ("true", True)]
)
def test_yes_and_no(cell, value):
    """Booleans are 0 and 1, or words."""
    assert read(f"id,open\n1,{cell}\n")[0].open is value


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("open", "yes", "0 or 1 is expected, not text"),
        ("open", "2", "0 or 1 is expected, not text"),
        ("amount", "5,00 €".replace(",", "."), "a number is expected, not text"),
        ("amount", "NaN", "a number is expected, not text"),
        ("count", "1.5", "a whole number is expected, not text"),
        ("made", "2018-05-05T17:59:11", "a time with an offset is expected, not one without"),
        ("ends", "2018-05-05", "a time is expected, not a date alone"),
        ("day", "soon", "a date is expected, not other text"),
    ],
)
def test_a_cell_of_another_form_is_an_error_that_names_its_place(column, cell, expected):
    """The row and the column are named; the cell itself, perhaps private, is not shown."""
    rows = CsvRows(Item)
    feeding = rows_in(rows, f"id,{column}\n1,\n2,{cell}\n".encode())
    assert next(feeding) == Item(id="1")
    with pytest.raises(UnreadableAnswer) as caught:
        next(feeding)
    assert caught.value.message == f"row 2, {column}: {expected}"
    assert caught.value.__context__ is None


@pytest.mark.parametrize("body", ["id,theNote\n1,a\n,x\n", "theNote,id\na,1\nx\n"])
def test_a_promise_that_is_broken_is_told_when_it_is_read(body):
    """The row decodes; only reading the field says that it did not come, and where."""
    row = read(body)[1]
    assert row.note == "x"
    with pytest.raises(MissingField, match=r"row 2\.id"):
        _ = row.id


def test_a_column_that_is_promised_and_missing():
    """The same when no column gives it."""
    (row,) = read("count\n3\n")
    with pytest.raises(MissingField, match=r"row 1\.id"):
        _ = row.id


# --- cuts and excess


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("id,count\n1,2\n3", "row 2: the body ends within the row"),
        ("id,count\n1", "row 1: the body ends within the row"),
        ('id,count\n1,2\n"3', "row 2: the body ends within quotes"),
        ('id,count\n1,2\n3,"', "row 2: the body ends within quotes"),
        ('id,count\n1,2\n"3\n', "row 2: the body ends within quotes"),
        ('"id', "row 1: the body ends within quotes"),
        ("id,theNote\n1,€".encode()[:-1], "row 1: not UTF-8"),
        ("id,theNote\n1,a\n2,b\n3,\xff".encode("latin-1"), "row 3: not UTF-8"),
        (b"id,theNote\n1,a\n2,\xff\n3,c\n4,d\n", "row 2: not UTF-8"),
        (b"\xff\xfei\x00d\x00", "row 1: not UTF-8"),
        ("id,count\n1,2\n3\r4,5\n", "row 2: new-line character seen in unquoted field"),
    ],
)
def test_a_body_that_is_cut_or_broken(body, expected):
    """Every cut that can be seen is an error, and so is what is no text."""
    assert problem_of(body) == problem_of(body, *range(1, len(body))) == expected


@pytest.mark.parametrize("tail", ["", "\r", "\n", "\r\n\r\n"])
def test_an_end_that_is_no_cut(tail):
    """A full last row is one, whatever follows it."""
    assert read(f"id,count\n1,2{tail}") == [Item(id="1", count=2)]


def test_rows_before_a_fault_are_given():
    """What came before the fault was good, and is handed out."""
    rows = CsvRows(Item)
    feeding = rows_in(rows, b"id\n1\n2\n\xff")
    assert [next(feeding).id, next(feeding).id] == ["1", "2"]
    with pytest.raises(UnreadableAnswer):
        next(feeding)


def endless(beginning, unit, size):
    """A body that never ends a row, in pieces of some size."""
    yield b"id,theNote\n" + beginning
    for start in itertools.count(0, size):
        yield (unit * (size // len(unit) + 2))[start % len(unit) :][:size]


ENDLESS = {
    "an unquoted cell": (b"1,", b"x"),
    "a quoted cell": (b'1,"', b"x"),
    "a quoted cell of lines": (b'1,"', b"line\n"),
    "a quoted cell of line breaks": (b'1,"', b"\n"),
    "a quoted cell of quotes": (b'1,"', b'""\n'),
    "cells": (b"1,", b","),
    "quoted cells": (b'1,"', b'\n","'),
}


@pytest.mark.parametrize("size", [7, 4096, 3_000_000])
@pytest.mark.parametrize("what", ENDLESS)
def test_a_row_without_end_ends_in_an_error(what, size):
    """Neither an open quote nor a cell without end is read for long, or slowly."""
    rows = CsvRows(Item)
    fed, began = 0, time.monotonic()
    pieces = endless(*ENDLESS[what], size)

    def fed_until_it_is_refused():
        nonlocal fed
        for piece in pieces:
            fed += len(piece)
            assert list(rows_in(rows, piece)) == []

    with pytest.raises(UnreadableAnswer, match=r"row 1: (longer than|field larger)"):
        fed_until_it_is_refused()
    assert fed <= LONGEST_ROW + size + 20
    assert time.monotonic() - began < 20  # a second or less; minutes, if all were read anew


@pytest.mark.parametrize("what", ENDLESS)
def test_each_character_is_parsed_once(what, monkeypatch):
    """The work grows with the body and not with its square, however small the pieces are."""
    parsed = []

    class Counting(io.StringIO):
        def __init__(self, text, newline):
            parsed.append(len(text))
            super().__init__(text, newline=newline)

    monkeypatch.setattr(csvcells.io, "StringIO", Counting)
    rows, fed = CsvRows(Item), 0
    for piece in itertools.islice(endless(*ENDLESS[what], 3), 5_000):
        fed += len(piece)
        assert list(rows_in(rows, piece)) == []
    assert sum(parsed) <= fed + len(parsed)
    assert len(parsed) <= 5_000


@pytest.mark.parametrize("size", [10, 1000, 10_000_000])
def test_the_longest_cell(size):
    """How long a cell may be does not depend on how the body is cut."""
    cell = "line\n" * (csv.field_size_limit() // 5 - 1)
    body = f'id,theNote\n1,"{cell}"\n2,b\n'
    assert [row.note for row in read(body, *range(size, len(body), size))] == [cell, "b"]
    body = f'id,theNote\n1,"{cell}and more"\n2,b\n'
    assert "field larger than field limit" in problem_of(body, *range(size, len(body), size))


@pytest.mark.parametrize("size", [10_000, 10_000_000])
def test_the_longest_row(size):
    """How long a row may be does not depend on it either, and its line break counts."""
    cells = f'"{"x" * 99_997}",' * 10
    row = f"1,{cells}".ljust(LONGEST_ROW - 1, "y") + "\n"
    body = f"id\n{row}2\n"
    assert [row.id for row in read(body, *range(size, len(body), size))] == ["1", "2"]
    body = f"id\n{row[:-1]}y\n2\n"
    problem = problem_of(body, *range(size, len(body), size))
    assert problem == f"row 1: longer than {LONGEST_ROW} characters"


def test_the_memory_does_not_grow():
    """A hundred thousand rows take no more memory than a few."""
    chunk = b"".join(b'%d,"a\nnote"\n' % number for number in range(1000))
    rows = CsvRows(Pair)
    list(rows_in(rows, b"id,theNote\n" + chunk))
    tracemalloc.start()
    try:
        count = sum(1 for _ in range(100) for _ in rows_in(rows, chunk))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (count, rows.rows) == (100_000, 101_000)
    assert peak < 300_000
