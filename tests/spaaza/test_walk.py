from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import count, islice
from typing import Any, Literal

import attrs
import httpx
import pytest
from conftest import Colour
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from loyalty_sdk import AsyncPager, Pager
from loyalty_sdk._core.calls import Answer, Call, Response
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk.errors import InvalidArgument, PagingError, UnreadableAnswer
from loyalty_sdk.spaaza import Vouchers, walk

from .replay import CHAIN, Replay, page, recorded, voucher

WALKS = ("fast", "anchored")

NEW_IDS = count(10_000)  # an id is never given out twice

Change = Callable[[list[int]], None]
Honesty = Literal["honest", "missing", "none", "low", "high"]


@attrs.define
class Chain:
    """A chain whose list anybody changes between two requests.

    Attributes:
        rows: The ids of its vouchers, in an order that makes no sense and never changes.
        page_size: How many come when no number is asked for.
        total: How far `results_count_total` is to be believed.
        changes: What happens before each request, one after the other.
        asked: The offset and the number of each request.
    """

    rows: list[int]
    page_size: int = 500
    total: Honesty = "honest"
    changes: list[Change] = attrs.field(factory=list)
    asked: list[tuple[int, int | None]] = attrs.field(factory=list)
    most: int = 5_000

    def results(self, params: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """What get-vouchers gives."""
        query = dict(params)
        offset = int(query["results_offset"])
        number = int(query["number_results"]) if "number_results" in query else None
        self.asked.append((offset, number))
        assert len(self.asked) <= self.most, "the walk does not end"
        assert number is None or 1 <= number <= 500
        if self.changes:
            self.changes.pop(0)(self.rows)
        rows = self.rows[offset:][: self.page_size if number is None else number]
        return {"vouchers": [voucher(row) for row in rows]} | self._total()

    def _total(self) -> dict[str, int | None]:
        totals: dict[str, dict[str, int | None]] = {
            "honest": {"results_count_total": len(self.rows)},
            "missing": {},
            "none": {"results_count_total": None},
            "low": {"results_count_total": 0},
            "high": {"results_count_total": len(self.rows) + 1_000},
        }
        return totals[self.total]

    def answer(self, call: Call[Any], _operation: str, **_: Any) -> Answer[Any]:
        """Answer a call without any HTTP."""
        body = {"result": {"code": 1, "status": "ok"}, "results": self.results(call.params)}
        response = Response(200, httpx.Headers(), json.dumps(body).encode())
        return Answer(call.read(response), response)

    def pager(self, **arguments: Any) -> Pager[Any]:
        """A pager over the list."""
        listing: Any = Vouchers.list(None, CHAIN, **arguments)
        return Pager(self.answer, listing, "spaaza.vouchers.list", Crew)

    def over_http(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a client."""
        return page(**self.results(request.url.params.multi_items()))


def ids(items: Sequence[Any]) -> list[int]:
    """The ids of vouchers, as numbers."""
    return [int(item.voucher_id) for item in items]


# --- a list that stays as it is

sizes = st.none() | st.integers(1, 12) | st.just(500)
modest: Any = st.sampled_from(["honest", "missing", "none", "low"])
honesty: Any = modest | st.just("high")


@pytest.mark.parametrize("through", WALKS)
@given(
    count=st.integers(0, 40),
    size=sizes,
    page_size=st.integers(1, 9),
    total=honesty,
    offset=st.integers(0, 45),
)
def test_a_list_at_rest_is_walked_exactly(
    through: str, count: int, size: int | None, page_size: int, total: Honesty, offset: int
) -> None:
    """Every page size, also the vendor's own, gives each row once, whatever the total says."""
    assume(total != "high" or (through == "anchored" and offset < count))
    chain = Chain(list(range(count)), page_size=page_size, total=total)
    pager = chain.pager(number_results=size, results_offset=offset, walk=through)
    pages = list(pager.pages())
    assert ids([item for one in pages for item in one.items]) == list(range(offset, count))
    assert all(len(one.items) <= (size or 100) for one in pages)
    assert pages[-1].cursor is None
    if total == "honest":
        assert pager.total == count


@pytest.mark.parametrize("through", WALKS)
@given(count=st.integers(1, 30), size=sizes, page_size=st.integers(1, 9), total=honesty)
def test_a_walk_resumes_behind_any_item(
    through: str, count: int, size: int | None, page_size: int, total: Honesty
) -> None:
    """From the cursor behind any item, exactly the items after it come."""
    assume(total != "high" or through == "anchored")
    chain = Chain(list(range(count)), page_size=page_size, total=total)
    pager = chain.pager(number_results=size, walk=through)
    for taken in range(1, count + 1):
        assert ids(pager.collect(at_most=taken)) == list(range(taken))
        if pager.cursor is None:
            assert taken == count
            continue
        rest = [item for one in pager.pages(pager.cursor) for item in one.items]
        assert ids(rest) == list(range(taken, count))


@pytest.mark.parametrize("through", WALKS)
def test_whole_walks_are_the_same_in_both_colours(through: Any, colour: Colour) -> None:
    """Clients of both colours walk the same way, with a total and a response on each page."""
    chain = Chain(list(range(25)))
    client = Replay(chain.over_http).client(colour)
    pager = client.vouchers.list(CHAIN, number_results=10, walk=through)
    assert pager.total is None
    assert pager.cursor is None
    assert ids(colour.items(pager)) == list(range(25))
    assert pager.total == 25
    assert pager.cursor is None
    offsets = [(0, 10), (10, 10), (20, 10)] if through == "fast" else [(0, 10), (9, 11), (19, 11)]
    assert chain.asked == offsets
    pages = colour.items(pager.pages())
    assert [len(one.items) for one in pages] == [10, 10, 5]
    assert [one.response.status for one in pages] == [200, 200, 200]
    rest = colour.items(pager.pages(pages[0].cursor))
    assert [ids(one.items) for one in rest] == [list(range(10, 20)), list(range(20, 25))]


@pytest.mark.parametrize("through", WALKS)
def test_part_of_a_walk_is_the_same_in_both_colours(through: Any, colour: Colour) -> None:
    """`first` and `collect` stop early, and the cursor behind an item resumes there."""
    client = Replay(Chain(list(range(25))).over_http).client(colour)
    pager = client.vouchers.list(CHAIN, number_results=10, walk=through)
    assert colour(pager.first()).voucher_id == "0"
    assert ids(colour(pager.collect(at_most=13))) == list(range(13))
    rest = [item for one in colour.items(pager.pages(pager.cursor)) for item in one.items]
    assert ids(rest) == list(range(13, 25))


def test_the_largest_pages_overlap_within_the_limit() -> None:
    """With 500 a page, an anchored page asks for no more than Spaaza gives."""
    chain = Chain(list(range(1_300)))
    assert ids(list(chain.pager(walk="anchored"))) == list(range(1_300))
    assert chain.asked == [(0, 500), (499, 500), (998, 500)]


def test_a_full_last_page_needs_no_empty_one() -> None:
    """A counted walk ends where the total says, although the last page was full."""
    chain = Chain(list(range(20)))
    assert ids(list(chain.pager(number_results=10))) == list(range(20))
    assert chain.asked == [(0, 10), (10, 10)]


def test_a_short_page_is_not_the_end() -> None:
    """A server that gives less than was asked for is asked again from where it stopped."""
    chain = Chain(list(range(20)))

    def cut(request: httpx.Request) -> httpx.Response:
        results = chain.results(request.url.params.multi_items())
        return page(**results | {"vouchers": results["vouchers"][:3]})

    colour = Colour("blocking")
    for through in WALKS:
        client = Replay(cut).client(colour)
        walked = client.vouchers.list(CHAIN, number_results=10, walk=through)
        assert ids(list(walked)) == list(range(20))
    colour.end()


# --- pages that are asked for before they are needed


@given(
    count=st.integers(0, 60),
    size=sizes,
    page_size=st.integers(1, 9),
    total=modest,
    offset=st.integers(0, 65),
    at_once=st.integers(1, 5),
)
def test_a_counted_walk_may_ask_for_several_pages_at_once(
    count: int, size: int | None, page_size: int, total: Honesty, offset: int, at_once: int
) -> None:
    """Whatever the total says, each row comes once and in order; cursors go on from any page."""
    chain = Chain(list(range(count)), page_size=page_size, total=total)
    pager = chain.pager(number_results=size, results_offset=offset)
    with pager.concurrent(at_once) as ahead:
        pages = list(ahead.pages())
        assert ids([item for one in pages for item in one.items]) == list(range(offset, count))
        assert pages[-1].cursor is None
        asked = [place for place, _ in chain.asked]
        assert len(asked) == len(set(asked))
        if total == "honest":
            assert all(place < count for place in asked[1:])
        if cursor := pages[len(pages) // 2].cursor:
            rest = ids([item for one in ahead.pages(cursor) for item in one.items])
            assert rest == list(range(int(cursor), count))


def test_pages_at_once_in_both_colours(colour: Colour) -> None:
    """Behind the first page, the others are known by the total: none is asked for in vain."""
    chain = Chain(list(range(25)))
    pager = Replay(chain.over_http).client(colour).vouchers.list(CHAIN, number_results=4)
    with colour.entered(pager.concurrent(3)) as ahead:
        assert ids(colour.items(ahead)) == list(range(25))
        assert (ahead.total, ahead.cursor) == (25, None)
    assert chain.asked[0] == (0, 4)
    assert sorted(chain.asked) == [(offset, 4) for offset in range(0, 25, 4)]


def test_pages_at_once_that_come_short_are_asked_for_anew() -> None:
    """A server that gives less than asked for moves all that follows: nothing is missed."""
    chain = Chain(list(range(40)))

    def cut(request: httpx.Request) -> httpx.Response:
        results = chain.results(request.url.params.multi_items())
        short = 3 if len(results["vouchers"]) and results["vouchers"][0]["voucher_id"] % 2 else 9
        return page(**results | {"vouchers": results["vouchers"][:short]})

    colour = Colour("blocking")
    pager = Replay(cut).client(colour).vouchers.list(CHAIN, number_results=10)
    with pager.concurrent(4) as ahead:
        assert ids(list(ahead)) == list(range(40))
    colour.end()


def test_an_anchored_walk_has_one_page_after_the_other(colour: Colour) -> None:
    """Where a page begins depends on the one before: it can be read ahead, and no more."""
    chain = Chain(list(range(25)))
    pager = (
        Replay(chain.over_http)
        .client(colour)
        .vouchers.list(CHAIN, number_results=10, walk="anchored")
    )
    with pytest.raises(InvalidArgument, match="read_ahead"):
        pager.concurrent(2)
    with colour.entered(pager.read_ahead()) as ahead:
        assert ids(colour.items(ahead)) == list(range(25))
    assert chain.asked == [(0, 10), (9, 11), (19, 11)]


@given(
    count=st.integers(0, 60),
    size=st.none() | st.integers(1, 12),
    total=modest,
    changing=st.lists(st.deferred(lambda: joining | leaving), max_size=12),
)
def test_anchored_reads_ahead_over_changes(
    count: int, size: int | None, total: Honesty, changing: list[Change]
) -> None:
    """Asked for earlier, an anchored page finds its place as ever: nothing lasting is lost."""
    chain = Chain(list(range(count)), page_size=7, total=total)
    witness = Witness(chain.rows)
    chain.changes = [witness.seeing(change) for change in changing]
    seen: list[int] = []
    error = None
    with chain.pager(number_results=size, walk="anchored").read_ahead() as ahead:
        try:
            for one in ahead.pages():
                seen += ids(one.items)
        except PagingError as gone:
            error = gone
    assert len(seen) == len(set(seen))
    assert_nothing_lost(seen, error, witness.lasting)


@pytest.mark.parametrize("through", WALKS)
def test_an_empty_page_is_not_the_end_while_the_total_says_more(
    through: Any, colour: Colour
) -> None:
    """A page that came without its rows is asked for again; so none is lost by it."""
    chain = Chain(list(range(20)))
    turns = count()

    def hollow(request: httpx.Request) -> httpx.Response:
        results = chain.results(request.url.params.multi_items())
        return page(**results | ({"vouchers": []} if next(turns) % 2 == 0 else {}))

    client = Replay(hollow).client(colour)
    walked = client.vouchers.list(CHAIN, number_results=5, walk=through)
    assert ids(colour.items(walked)) == list(range(20))


def test_rows_that_are_counted_and_never_come_are_an_error(colour: Colour) -> None:
    """It names the wire path and carries the place; the rows before it were handed out."""
    chain = Chain(list(range(7)), total="high")
    client = Replay(chain.over_http).client(colour)
    pager = client.vouchers.list(CHAIN, number_results=5)
    assert ids(colour(pager.collect(at_most=7))) == list(range(7))
    with pytest.raises(UnreadableAnswer) as caught:
        colour.items(pager.pages(pager.cursor))
    assert caught.value.problems == ("$.results: no vouchers from 7 on, and 1007 in all",)
    assert caught.value.cursor == "7"


# --- a list that changes while it is walked


@attrs.frozen
class Joining:
    """Rows join before a place: a share of the list, 0 for its beginning."""

    share: float
    count: int

    def __call__(self, rows: list[int]) -> None:
        """Do it."""
        at = round(self.share * len(rows))
        rows[at:at] = islice(NEW_IDS, self.count)


@attrs.frozen
class Leaving:
    """Rows leave from a place on."""

    share: float
    count: int

    def __call__(self, rows: list[int]) -> None:
        """Do it."""
        at = round(self.share * len(rows))
        del rows[at : at + self.count]


@attrs.frozen
class Thinning:
    """Every row leaves but each n-th."""

    kept: int

    def __call__(self, rows: list[int]) -> None:
        """Do it."""
        rows[:] = rows[:: self.kept]


shares = st.floats(0, 1)
joining: Any = st.builds(Joining, shares, st.integers(1, 30))
leaving: Any = st.builds(Leaving, shares, st.integers(1, 30))
thinning: Any = st.builds(Thinning, st.integers(2, 5))
changes = st.lists(joining | leaving | thinning | st.just(lambda rows: None), max_size=12)


@attrs.define
class Witness:
    """Remembers which rows were there all the time, and that their order never changed."""

    rows: list[int]
    lasting: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.lasting = list(self.rows)

    def seeing(self, change: Change) -> Change:
        """The change, with the witness looking on."""

        def changed(rows: list[int]) -> None:
            change(rows)
            here = set(rows)
            self.lasting = [row for row in self.lasting if row in here]

        return changed


def walked(
    chain: Chain, **arguments: Any
) -> tuple[list[int], PagingError | UnreadableAnswer | None]:
    """What came, and the error that ended it."""
    seen: list[int] = []
    try:
        for one in chain.pager(walk="anchored", **arguments).pages():
            seen += ids(one.items)
    except (PagingError, UnreadableAnswer) as error:
        return seen, error
    return seen, None


def assert_nothing_lost(
    seen: list[int], error: PagingError | UnreadableAnswer | None, lasting: list[int]
) -> None:
    """Rows that were there all the time came in order; when the walk ended well, all of them."""
    came = [row for row in seen if row in set(lasting)]
    assert came == (lasting if error is None else lasting[: len(came)])
    assert error is None or error.cursor is not None or not seen


@settings(max_examples=400)
@given(
    count=st.integers(0, 60),
    size=st.none() | st.integers(1, 12),
    page_size=st.integers(1, 9),
    total=honesty,
    changing=changes,
)
def test_anchored_loses_and_doubles_nothing_while_rows_come_and_go(
    count: int, size: int | None, page_size: int, total: Honesty, changing: list[Change]
) -> None:
    """While rows join and leave anywhere, those that stay come exactly once; else it is said."""
    chain = Chain(list(range(count)), page_size=page_size, total=total)
    witness = Witness(chain.rows)
    chain.changes = [witness.seeing(change) for change in changing]
    seen, error = walked(chain, number_results=size)
    assert len(seen) == len(set(seen))
    assert_nothing_lost(seen, error, witness.lasting)


@settings(max_examples=150)
@given(
    count=st.integers(0, 60),
    size=st.none() | st.integers(1, 12),
    page_size=st.integers(1, 9),
    total=modest,
    changing=st.lists(joining | st.just(lambda rows: None), max_size=12),
)
def test_anchored_never_fails_while_rows_only_join(
    count: int, size: int | None, page_size: int, total: Honesty, changing: list[Change]
) -> None:
    """However many rows join, before, between and behind, the walk finds its way."""
    chain = Chain(list(range(count)), page_size, total, list(changing))
    seen, error = walked(chain, number_results=size)
    assert error is None
    assert [row for row in seen if row < count] == list(range(count))


@settings(max_examples=150)
@given(
    count=st.integers(1, 60),
    size=st.none() | st.integers(1, 12),
    page_size=st.integers(1, 9),
    total=modest,
    changing=st.lists(leaving, max_size=12),
)
def test_anchored_never_fails_while_a_row_it_knows_stays(
    count: int, size: int | None, page_size: int, total: Honesty, changing: list[Change]
) -> None:
    """However many rows leave, one known row that stays is enough to go on by."""
    chain = Chain(list(range(count)), page_size, total)
    witness = Witness(chain.rows)

    def but_the_first(change: Change) -> Change:
        def changed(rows: list[int]) -> None:
            others = rows[1:]
            change(others)
            rows[1:] = others

        return changed

    chain.changes = [witness.seeing(but_the_first(change)) for change in changing]
    seen, error = walked(chain, number_results=size)
    assert error is None
    assert len(seen) == len(set(seen))
    assert_nothing_lost(seen, error, witness.lasting)


@settings(max_examples=150)
@given(
    count=st.integers(1, 60),
    size=st.none() | st.integers(1, 12),
    taken=st.integers(1, 60),
    changing=st.lists(joining | leaving, min_size=1, max_size=6),
)
def test_anchored_resumes_over_changes(
    count: int, size: int | None, taken: int, changing: list[Change]
) -> None:
    """A walk laid down and taken up again after changes goes on behind the item it stood at."""
    chain = Chain(list(range(count)), page_size=7)
    pager = chain.pager(number_results=size, walk="anchored")
    before = ids(pager.collect(at_most=taken))
    cursor = pager.cursor
    assume(cursor is not None)
    witness = Witness(chain.rows)
    for change in changing:
        witness.seeing(change)(chain.rows)
    after: list[int] = []
    error = None
    try:
        for one in pager.pages(cursor):
            after += ids(one.items)
    except PagingError as gone:
        error = gone
    assert not set(before) & set(after)
    due = [row for row in witness.lasting if row not in before]
    assert_nothing_lost(after, error, due)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(0, 60),
    size=st.integers(1, 12),
    remembered=st.integers(1, 8),
    changing=changes,
)
def test_anchored_loses_nothing_however_little_it_remembers(
    count: int, size: int, remembered: int, changing: list[Change], monkeypatch: Any
) -> None:
    """A short memory may double a row where many joined; it never loses one, and ends."""
    monkeypatch.setattr(walk, "LARGEST_PAGE", remembered)
    chain = Chain(list(range(count)))
    witness = Witness(chain.rows)
    chain.changes = [witness.seeing(change) for change in changing]
    listing: Any = walk.anchored_walk(
        lambda offset, number, taken: Call(
            method="GET",
            path=(),
            params=[("results_offset", str(offset)), ("number_results", str(number))],
            read=lambda response: taken(_arrived(response)),
        ),
        min(size, remembered),
        0,
    )
    seen: list[int] = []
    error = None
    if remembered == 1:
        return  # a page of one cannot hold a known row and a new one
    try:
        for one in Pager(chain.answer, listing, "spaaza.vouchers.list", Crew).pages():
            seen += ids(one.items)
    except PagingError as gone:
        error = gone
    came = list(dict.fromkeys(row for row in seen if row in set(witness.lasting)))
    assert came == (witness.lasting if error is None else witness.lasting[: len(came)])


def _arrived(response: Response) -> walk.Arrived:
    from loyalty_sdk.spaaza.vouchers import _read_rows

    return _read_rows(response)


def test_more_rows_than_a_page_may_join_between_known_ones() -> None:
    """Many rows join between the first row and the second: nobody comes twice."""
    chain = Chain(list(range(900)), changes=[lambda rows: None, Joining(1 / 900, 1_600)])
    seen, error = walked(chain)
    assert error is None
    assert len(seen) == len(set(seen))
    assert [row for row in seen if row < 900] == list(range(900))


def test_a_thousand_rows_may_leave_at_once() -> None:
    """When most of what was read has left, the walk goes back until it meets what stayed."""
    chain = Chain(list(range(3_000)))
    chain.changes = [lambda rows: None] * 4 + [Leaving(1 / 3_000, 1_700)]
    seen, error = walked(chain)
    assert error is None
    assert seen == list(range(3_000))


def test_a_list_that_shrinks_while_it_is_read_costs_few_requests() -> None:
    """When a few rows leave before each page, one step back is made for each page of news."""
    chain = Chain(list(range(3_000)))
    chain.changes = [lambda rows: None, *[Leaving(0, 30)] * 60]
    seen, error = walked(chain, number_results=200)
    assert error is None
    assert seen == list(range(3_000))
    assert len(chain.asked) <= 2 * (3_000 // 120)


def test_a_walk_whose_rows_have_all_left_says_so() -> None:
    """When none of the rows seen last is there any more, a `PagingError` carries the cursor."""
    chain = Chain(list(range(40)), changes=[lambda rows: None, Leaving(0, 10)])
    seen, error = walked(chain, number_results=10)
    assert seen == list(range(10))
    assert error is not None
    assert "begin again" in error.message
    assert error.operation == "spaaza.vouchers.list"
    with pytest.raises(PagingError):
        list(chain.pager(number_results=10, walk="anchored").pages(error.cursor))
    chain.rows.insert(25, 9)  # where the walk looked last
    rest = chain.pager(number_results=10, walk="anchored").pages(error.cursor)
    assert ids([item for one in rest for item in one.items]) == list(range(35, 40))


def test_rows_that_all_left_are_an_error_in_both_colours(colour: Colour) -> None:
    """The error names its call and a place to go on from."""
    chain = Chain(list(range(40)), changes=[lambda rows: None, Leaving(0, 10)])
    client = Replay(chain.over_http).client(colour)
    with pytest.raises(PagingError, match=r"^spaaza\.vouchers\.list: ") as caught:
        colour.items(client.vouchers.list(CHAIN, number_results=10, walk="anchored"))
    assert caught.value.cursor is not None


def test_a_counted_walk_promises_nothing_of_the_kind() -> None:
    """`fast` misses a row for each one that left, as its documentation says."""
    chain = Chain(list(range(20)), changes=[lambda rows: None, Leaving(0, 2)])
    seen = ids(list(chain.pager(number_results=10)))
    assert seen == [*range(10), *range(12, 20)]


def test_an_emptied_list_ends_or_fails() -> None:
    """When everything has left, the counted walk ends, and the anchored one says so."""
    for through, ends in (("fast", True), ("anchored", False)):
        chain = Chain(list(range(20)), changes=[lambda rows: None, Leaving(0, 20)])
        pages = chain.pager(number_results=10, walk=through).pages()
        assert ids(next(pages).items) == list(range(10))
        if ends:
            assert [one.items for one in pages] == [()]
        else:
            with pytest.raises(PagingError):
                list(pages)


def test_a_server_that_ignores_offsets_is_found_out() -> None:
    """The same rows again and again are an error with a cursor, not a walk without an end."""
    rows = [voucher(number) for number in range(9)]
    colour = Colour("blocking")
    replay = Replay(lambda _: page(*rows, results_count_total=1_000))
    pager = replay.client(colour).vouchers.list(CHAIN, number_results=10, walk="anchored")
    seen: list[int] = []
    with pytest.raises(PagingError, match="the same rows come again and again") as caught:
        _take_all(colour, pager.pages(), seen)
    assert seen == list(range(9))
    assert caught.value.cursor is not None
    assert len(replay.requests) < 120
    colour.end()


def test_a_long_way_over_known_rows_is_no_circle() -> None:
    """With tiny pages, the way back over what is known is as many pages long."""
    chain = Chain(list(range(300)))
    chain.changes = [lambda rows: None] * 260 + [Leaving(1 / 300, 2), Joining(0, 120)]
    seen, error = walked(chain, number_results=1)
    assert error is None
    assert [row for row in seen if row < 300] == list(range(300))


# --- rows that cannot be known again


def test_a_row_is_known_by_its_key_when_it_has_no_id() -> None:
    """The promised key stands in for a missing id."""
    rows = [voucher(number) for number in range(9)]
    for row in rows[::2]:
        del row["voucher_id"]
    assert _keys_walked(rows) == [f"key{number}" for number in range(9)]


def test_rows_without_id_and_key_are_never_taken_for_each_other() -> None:
    """A row that nothing identifies comes once like the others, which identify the place."""
    rows = [voucher(number) for number in range(9)]
    rows[1] = rows[4] = {"type": "basket"}
    keys: list[str | None] = [f"key{number}" for number in range(9)]
    keys[1] = keys[4] = None
    assert _keys_walked(rows) == keys


def test_a_list_of_rows_without_ids_is_refused_by_the_anchored_walk() -> None:
    """Where nothing can be known again, the error says which walk to use."""
    with pytest.raises(PagingError, match="fast"):
        _keys_walked([{"type": "basket"}] * 9)


def _keys_walked(rows: list[dict[str, Any]]) -> list[str | None]:
    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["results_offset"])
        number = int(request.url.params["number_results"])
        return page(*rows[offset : offset + number], results_count_total=len(rows))

    colour = Colour("blocking")
    pager = Replay(answer).client(colour).vouchers.list(CHAIN, number_results=2, walk="anchored")
    walked = [getattr(item, "voucher_key", None) for item in pager]
    colour.end()
    return walked


# --- cursors

BAD = ["", " ", "x", "-1", "+1", "1.0", "1e3", "\u0663", "0x1", "9" * 19, "9" * 5_000, "null", "[]"]
BAD_ANCHORED = [
    "0",
    "{}",
    "[0]",
    '[0,0,"on"]',
    '[0,0,"on",[]]',
    '[0,0,"on",[],[],[]]',
    '[-1,0,"on",["1"],[]]',
    '[true,0,"on",["1"],[]]',
    '[0.0,0,"on",["1"],[]]',
    '["0",0,"on",["1"],[]]',
    '[0,-1,"on",["1"],[]]',
    '[0,null,"on",["1"],[]]',
    '[0,"on",["1"],[]]',
    '[0,0,"off",["1"],[]]',
    '[0,0,[],["1"],[]]',
    '[0,0,"on","123",[]]',
    '[0,0,"on",{"1":1},[]]',
    '[0,0,"on",[1],[]]',
    '[0,0,"on",["1"],null]',
    f'[1{"0" * 18},0,"on",["1"],[]]',
    f'[{"9" * 5_000},0,"on",["1"],[]]',
    "[" * 100_000,
]


@pytest.mark.parametrize(
    ("through", "cursor"),
    [("fast", one) for one in [*BAD, '[0,0,"on",["1"],[]]']]
    + [("anchored", one) for one in [*BAD, *BAD_ANCHORED]],
    ids=lambda value: value[:24],
)
def test_what_is_no_cursor_is_refused(through: Any, cursor: str, colour: Colour) -> None:
    """A text that is no cursor of this walk is an `InvalidArgument`, and nothing is sent."""
    replay = Replay()
    pager = replay.client(colour).vouchers.list(CHAIN, walk=through)
    with pytest.raises(InvalidArgument) as caught:
        colour.items(pager.pages(cursor))
    assert caught.value.argument == "cursor"
    assert caught.value.operation == "spaaza.vouchers.list"
    assert replay.requests == []


@pytest.mark.parametrize("through", WALKS)
@given(
    cursor=st.text(max_size=20)
    | st.from_regex(r'\[[0-9]{1,3},[0-9],"(on|back)",\["[0-9]"\],\[\]\]')
)
def test_any_text_is_a_cursor_or_refused(through: str, cursor: str) -> None:
    """No text makes anything but pages, or an error of the SDK."""
    chain = Chain(list(range(12)))
    try:
        pages = list(chain.pager(number_results=5, walk=through).pages(cursor))
    except (InvalidArgument, PagingError):
        return
    assert all(int(item.voucher_id) < 12 for one in pages for item in one.items)


def test_a_cursor_of_an_anchored_walk_is_a_place() -> None:
    """What the refused ones are nearly like."""
    chain = Chain(list(range(12)))
    pages = chain.pager(number_results=5, walk="anchored").pages('[0,0,"on",["3"],[]]')
    assert ids([item for one in pages for item in one.items]) == list(range(4, 12))


def test_an_error_in_the_middle_carries_the_place(colour: Colour) -> None:
    """After an error in the middle of a walk, `pages(error.cursor)` goes on without a gap."""
    for through in WALKS:
        chain = Chain(list(range(30)))
        broken = iter([False, False, True])

        def answer(request: httpx.Request, chain: Chain = chain, broken: Any = broken) -> Any:
            fails = next(broken, False)
            return recorded("vouchers.list.401") if fails else chain.over_http(request)

        pager = Replay(answer).client(colour).vouchers.list(CHAIN, number_results=10, walk=through)
        seen: list[int] = []
        with pytest.raises(Exception, match="no_valid_session") as caught:
            _take_all(colour, pager.pages(), seen)
        assert seen == list(range(20))
        _take_all(colour, pager.pages(caught.value.cursor), seen)
        assert seen == list(range(30))


def _take_all(colour: Colour, pages: Any, seen: list[int]) -> None:
    async def taking() -> None:
        async for one in pages:
            seen.extend(ids(one.items))

    if colour.is_async:
        colour(taking())
    else:
        for one in pages:
            seen.extend(ids(one.items))


def test_async_pagers_decide_the_same() -> None:
    """Both colours of pager share one listing, and the same requests come of it."""
    asked = []
    for name in ("blocking", "async"):
        chain = Chain(list(range(30)), changes=[lambda rows: None, Leaving(0.1, 3), Joining(0, 3)])
        colour = Colour(name)
        client = Replay(chain.over_http).client(colour)
        pager = client.vouchers.list(CHAIN, number_results=6, walk="anchored")
        assert isinstance(pager, AsyncPager if colour.is_async else Pager)
        assert [row for row in ids(colour.items(pager)) if row < 30] == list(range(30))
        asked.append(chain.asked)
        colour.end()
    assert asked[0] == asked[1]
