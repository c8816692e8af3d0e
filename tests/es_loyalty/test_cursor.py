from __future__ import annotations

import contextlib
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_sdk.errors import InvalidArgument, MissingCursor, RepeatedCursor
from loyalty_sdk.es_loyalty import Transactions
from loyalty_sdk.es_loyalty._cursor import Place

from .helpers import SESSION, Account, Walker, answer_of, dates, dates_sent, row


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Histories of unique ids, with whatever the documents leave open."""
    count = draw(st.integers(0, 25))
    hidden = draw(st.frozensets(st.integers(0, 24), max_size=8))
    return Account(
        rows=[row(number) for number in range(count)],
        inclusive=draw(st.booleans()),
        hidden=hidden,
        hides_first=True,
        short_by=draw(st.integers(0, 3)),
    )


@st.composite
def repeating(draw: st.DrawFn) -> tuple[Account, int]:
    """Histories in which an id may come several times in a row, and a page that can hold these."""
    runs = draw(st.lists(st.integers(1, 3), max_size=10))
    ids = [f"t{run}" for run, count in enumerate(runs) for _ in range(count)]
    account = Account(
        rows=[row(number, id_) for number, id_ in enumerate(ids)],
        inclusive=draw(st.booleans()),
        resolves_to=draw(st.sampled_from([0, -1])),
    )
    fewest = 1 if account.resolves_to == 0 else 3
    return account, draw(st.integers(fewest, 7))


@given(account=accounts(), limit=st.integers(1, 9))
def test_every_visible_row_comes_exactly_once(account: Account, limit: int) -> None:
    """Whether the cursor's own row comes again or not, and however short the pages are."""
    walker = Walker(account, limit)
    assert dates(list(walker.pager)) == dates_sent(account.visible())


@given(account=accounts(), limit=st.integers(1, 9))
def test_a_page_s_cursor_resumes_behind_the_page(account: Account, limit: int) -> None:
    """Each page's cursor gives exactly what the pages before it did not."""
    expected = dates_sent(account.visible())
    seen: list[int] = []
    for page in Walker(account, limit).pages():
        seen += dates(page.items)
        if page.cursor is not None:
            assert seen + Walker(account, limit).rest(page.cursor) == expected


@settings(max_examples=40)
@given(account=accounts(), limit=st.integers(1, 9), other=st.integers(1, 9))
def test_a_pager_s_cursor_resumes_behind_the_last_item(
    account: Account, limit: int, other: int
) -> None:
    """From the middle of a page too, and with another page size."""
    expected = dates_sent(account.visible())
    walker = Walker(account, limit)
    for count, _ in enumerate(walker.pager, 1):
        if walker.pager.cursor is not None:
            assert Walker(account, other).rest(walker.pager.cursor) == expected[count:]


@given(case=repeating())
def test_repeated_ids_are_not_mistaken_for_one_row(case: tuple[Account, int]) -> None:
    """Rows that share an id are told apart, whichever of them the vendor takes the cursor for."""
    account, limit = case
    if account.resolves_to == -1:  # then the vendor itself passes over what is cut off in a run
        ends = {number for number, held in enumerate(account.rows[1:]) if _follows(account, number)}
        account = Account(
            [held for number, held in enumerate(account.rows) if number not in ends],
            inclusive=account.inclusive,
            resolves_to=-1,
        )
    assert dates(list(Walker(account, limit).pager)) == dates_sent(account.rows)


def _follows(account: Account, number: int) -> bool:
    return bool(account.rows[number]["TransactionID"] == account.rows[number + 1]["TransactionID"])


@given(case=repeating())
def test_a_cursor_between_rows_of_one_id_resumes_exactly(case: tuple[Account, int]) -> None:
    """Where the vendor begins with the first row of the id, none is lost and none comes twice."""
    account, limit = case
    account = Account(account.rows, inclusive=account.inclusive)
    walker = Walker(account, limit)
    for count, _ in enumerate(walker.pager, 1):
        if walker.pager.cursor is not None:
            rest = Walker(account, limit).rest(walker.pager.cursor)
            assert rest == dates_sent(account.rows)[count:]


def test_an_id_may_come_again_further_on() -> None:
    """Only the seam of two pages is looked at, never the whole walk."""
    ids = ["a", "b", "a", "c"]
    account = Account([row(number, id_) for number, id_ in enumerate(ids)], resolves_to=-1)
    walker = Walker(account, 2)
    assert [held.transaction_id for held in walker.pager] == ids


@given(at=st.integers(0, 12), apart=st.integers(1, 12), limit=st.integers(1, 5))
def test_no_walk_is_endless(at: int, apart: int, limit: int) -> None:
    """Where an id comes again, a vendor that goes back to its first row is left in the end."""
    rows = [row(number) for number in range(30)]
    rows[at + apart]["TransactionID"] = rows[at]["TransactionID"]
    walker = Walker(Account(rows), limit)
    with contextlib.suppress(RepeatedCursor):
        assert set(dates(list(walker.pager))) <= set(dates_sent(rows))
    assert len(walker.asked) < 120


def test_a_walk_in_a_circle_is_an_error() -> None:
    """It would hand out the same pages for ever."""
    rows = [row(number) for number in range(12)]
    rows[8]["TransactionID"] = rows[2]["TransactionID"]
    with pytest.raises(RepeatedCursor, match="walked before"):
        list(Walker(Account(rows), 3).pager)


def test_rows_with_nothing_but_an_id_are_kept_when_they_come_again() -> None:
    """A row of the page before is only dropped together with the cursor's own."""
    listing = Transactions.history(None, SESSION, limit=2)
    first = listing.page(None).read(answer_of([{"TransactionID": "a"}, {"TransactionID": "b"}]))
    second = [{"TransactionID": "a"}, {"TransactionID": "c"}]
    page = listing.page(first.cursor).read(answer_of(second))
    assert [held.transaction_id for held in page.items] == ["a", "c"]


@pytest.mark.parametrize("inclusive", [False, True])
def test_at_least_two_are_asked_for_after_the_first_page(inclusive: bool) -> None:
    """Or a vendor that begins with the cursor's own row would give that one for ever."""
    walker = Walker(Account([row(number) for number in range(3)], inclusive), 1)
    assert len(list(walker.pager)) == 3
    assert [asked["limit"] for asked in walker.asked][:2] == ["1", "2"]
    assert {asked["limit"] for asked in walker.asked[1:]} == {"2"}


def test_the_page_size_is_sent_with_every_page() -> None:
    """The same size all along, and the last id of each page for the next one."""
    walker = Walker(Account([row(number) for number in range(5)]), 2)
    list(walker.pager)
    assert walker.asked == [
        {"limit": "2"},
        {"limit": "2", "transactionId": "t1"},
        {"limit": "2", "transactionId": "t3"},
        {"limit": "2", "transactionId": "t4"},
    ]


def test_no_limit_leaves_the_size_to_the_vendor() -> None:
    """`None` sends none."""
    walker = Walker(Account([row(number) for number in range(31)]), None)
    assert len(list(walker.pager)) == 31
    assert all("limit" not in asked for asked in walker.asked)


def test_a_short_page_is_not_the_end() -> None:
    """The vendor may hide rows after it has counted them."""
    account = Account(
        [row(number) for number in range(9)], hidden=frozenset({1, 2, 4}), hides_first=False
    )
    walker = Walker(account, 3)
    assert dates(list(walker.pager)) == dates_sent(account.visible())


@given(account=accounts(), limit=st.integers(1, 9))
def test_rows_hidden_after_counting_cost_no_other_row(account: Account, limit: int) -> None:
    """What comes is without a gap or a repeat, up to a page of which nothing is shown."""
    account = attrs.evolve(account, hides_first=False)
    got = dates(list(Walker(account, limit).pager))
    expected = dates_sent(account.visible())
    assert got == expected[: len(got)]
    if not account.hidden:
        assert got == expected


def test_a_page_that_is_wholly_hidden_ends_the_walk() -> None:
    """It looks like any empty page, and there is no cursor to go on from."""
    account = Account(
        [row(number) for number in range(6)], hidden=frozenset({2, 3}), hides_first=False
    )
    assert dates(list(Walker(account, 2).pager)) == dates_sent(account.rows[:2])


def test_a_page_with_nothing_new_ends_the_walk() -> None:
    """A vendor that gives the same page for every cursor is left after the second one."""
    listing = Transactions.history(None, SESSION)
    body = answer_of([row(number) for number in range(3)])
    first = listing.page(None).read(body)
    again = listing.page(first.cursor).read(body)
    assert len(first.items) == 3
    assert again.items == ()
    assert again.cursor is None


def test_what_the_caller_begins_with_is_kept() -> None:
    """A `transaction_id` is a start, not a resume: nothing that comes is dropped."""
    account = Account([row(number) for number in range(5)], inclusive=True)
    walker = Walker(account, 2, transaction_id="t2")
    assert dates(list(walker.pager)) == dates_sent(account.rows[2:])
    assert walker.asked[0]["transactionId"] == "t2"


def test_a_row_without_an_id_does_not_stop_the_walk() -> None:
    """It is told by its other facts, and the walk goes on from the last id there is."""
    rows = [row(number) for number in range(4)]
    del rows[1]["TransactionID"]
    listing = Transactions.history(None, SESSION, limit=2)
    first = listing.page(None).read(answer_of(rows[:2]))
    second = listing.page(first.cursor)
    assert dict(second.params) == {"limit": "3", "transactionId": "t0"}
    assert dates(second.read(answer_of(rows[:3])).items) == dates_sent(rows[2:3])
    assert dates(second.read(answer_of(rows[1:4])).items) == dates_sent(rows[2:4])


def test_a_cursor_behind_a_row_without_an_id_resumes_from_the_start() -> None:
    """Where there is no id at all yet, the vendor is asked anew and the row is dropped."""
    rows = [row(number) for number in range(3)]
    del rows[0]["TransactionID"]
    listing = Transactions.history(None, SESSION, limit=3)
    first = listing.page(None).read(answer_of(rows))
    resumed = listing.page(listing.after(None, first.items[:1]))
    assert dict(resumed.params) == {"limit": "3"}
    assert dates(resumed.read(answer_of(rows)).items) == dates_sent(rows[1:])


def nameless(count: int) -> list[dict[str, Any]]:
    """Rows without an id."""
    rows = [row(number) for number in range(count)]
    for held in rows:
        del held["TransactionID"]
    return rows


@pytest.mark.parametrize(("limit", "asked"), [(2, "3"), (150, "150"), (None, None)])
def test_a_page_without_any_id_is_not_lost(limit: int | None, asked: str | None) -> None:
    """The vendor is asked anew for more rows, and those that came already are left out."""
    rows = nameless(4)
    listing = Transactions.history(None, SESSION, limit=limit)
    first = listing.page(None).read(answer_of(rows[:2]))
    assert dates(first.items) == dates_sent(rows[:2])
    second = listing.page(first.cursor)
    assert dict(second.params) == ({} if asked is None else {"limit": asked})
    assert dates(second.read(answer_of(rows)).items) == dates_sent(rows[2:])


@pytest.mark.parametrize(("count", "asked"), [(29, None), (30, "31"), (149, "150"), (150, None)])
def test_so_many_rows_without_an_id_that_no_page_reaches_behind_them(
    count: int, asked: str | None
) -> None:
    """The page grows as far as the vendor lets it; then that is said, and nothing passed over."""
    listing = Transactions.history(None, SESSION, limit=None)
    first = listing.page(None).read(answer_of(nameless(count)))
    assert len(first.items) == count
    if count == 150:
        with pytest.raises(MissingCursor):
            listing.page(first.cursor)
    else:
        assert dict(listing.page(first.cursor).params).get("limit") == asked


def test_a_cursor_is_short_in_the_middle_of_a_page() -> None:
    """It is made anew for every item that is handed out."""
    walker = Walker(Account([row(number) for number in range(150)]), 150)
    cursors = [walker.pager.cursor or "" for _ in walker.pager]
    assert max(map(len, cursors[:-1])) < 120
    assert len(cursors[-1]) < 1500


@pytest.mark.parametrize(
    "cursor",
    ["", "t1", "{}", "[]", '["t1"]', '[1,2,3,"",0,""]', '["t1",2,"3","",0,""]', "[" * 100_000],
)
def test_text_that_is_no_cursor_is_refused(cursor: str) -> None:
    """A transaction's id above all: that is an argument of the history."""
    with pytest.raises(InvalidArgument, match="transaction_id"):
        Transactions.history(None, SESSION).page(cursor)


def test_a_cursor_tells_when_its_transaction_happened() -> None:
    """In UTC, and as exactly as it was sent."""
    listing = Transactions.history(None, SESSION)
    page = listing.page(None).read(answer_of([row(0)]))
    place = Place.of(page.cursor)
    assert place.id == "t0"
    assert place.date is not None
    assert place.date.isoformat() == "2025-10-09T08:53:20+00:00"
