from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_sdk._core.calls import Answer, Listing, Page
from loyalty_sdk._core.paging import walk as subject
from loyalty_sdk._core.paging.walk import Later, Trail, Walk
from loyalty_sdk.errors import InvalidArgument, PagingError, RepeatedCursor


class Sent:
    """An errand that only remembers what became of it."""

    def __init__(self, log, cursor):
        self.log, self.cursor = log, cursor
        log.append(("asked", cursor))

    def cancel(self):
        self.log.append(("dropped", self.cursor))


def walking(log, *, cursor=None, ahead=0, **rules):
    listing = Listing(page=lambda _: None, after=lambda *_: None, **rules)
    return Walk(listing, "toy.list", cursor, lambda cursor: Sent(log, cursor), ahead)


def page(cursor, *items):
    return Answer(Page(items=items, cursor=cursor), None)


def by_tens(page):
    """The cursors behind the next page of a list of 100, ten a page."""
    return map(str, range(int(page.cursor) + 10, 100, 10))


# --- what is asked for, and when


def test_one_after_the_other():
    """Asking for nothing ahead, a page is sent for when it is the next one."""
    log = []
    walk = walking(log)
    for cursor in ("10", "20", None):
        walk.next()
        walk.arrived(page(cursor, 1))
    assert log == [("asked", None), ("asked", "10"), ("asked", "20")]
    assert walk.over


def test_one_page_ahead():
    """The page that follows is sent for as soon as its cursor is known, and only that one."""
    log = []
    walk = walking(log, ahead=1, following=by_tens)
    walk.next()
    walk.arrived(page("10", 1))
    assert log == [("asked", None), ("asked", "10")]
    assert walk.next().cursor == "10"
    walk.arrived(page("20", 1))
    assert log[2:] == [("asked", "20")]
    walk.close()
    assert log[3:] == [("dropped", "20")]


def test_several_pages_ahead():
    """As many as allowed are sent for, in order, and one more for each that came."""
    log = []
    walk = walking(log, ahead=3, following=by_tens)
    walk.next()
    walk.arrived(page("10", 1))
    assert log[1:] == [("asked", "10"), ("asked", "20"), ("asked", "30")]
    assert walk.next().cursor == "10"
    walk.arrived(page("20", 1))
    assert log[4:] == [("asked", "40")]


def test_nothing_is_sent_for_behind_the_end():
    """Near the end the pages that there are, and no others."""
    log = []
    walk = walking(log, ahead=5, following=by_tens, cursor="80")
    walk.next()
    walk.arrived(page("90", 1))
    assert log == [("asked", "80"), ("asked", "90")]
    walk.next()
    walk.arrived(page(None, 1))
    assert (walk.over, len(log)) == (True, 2)


def test_a_page_that_leads_elsewhere_is_believed():
    """What was expected instead is dropped, and the walk goes where the page leads."""
    log = []
    walk = walking(log, ahead=3, following=by_tens)
    walk.next()
    walk.arrived(page("10", 1))
    walk.next()
    del log[:]
    walk.arrived(page("17", 1))
    assert sorted(log[:2]) == [("dropped", "20"), ("dropped", "30")]
    assert log[2:] == [("asked", "17"), ("asked", "27"), ("asked", "37")]
    assert walk.next().cursor == "17"


def test_an_end_before_its_time_drops_the_rest():
    """When a list has become shorter, what lies behind its end is not needed."""
    log = []
    walk = walking(log, ahead=3, following=by_tens)
    walk.next()
    walk.arrived(page("10", 1))
    walk.next()
    walk.arrived(page(None, 1))
    assert sorted(log[4:]) == [("dropped", "20"), ("dropped", "30")]


def test_an_error_stands_where_the_page_would():
    """A page that makes no sense leaves the walk where it was, with its cursor."""
    log = []
    walk = walking(log, ahead=1)
    walk.next()
    walk.arrived(page("10", 1))
    walk.next()
    with pytest.raises(RepeatedCursor) as caught:
        walk.arrived(page("10", 1))
    walk.marked(caught.value)
    assert (caught.value.cursor, caught.value.operation) == ("10", "toy.list")


def test_what_is_put_off_is_done_when_it_is_needed():
    """Asked alone, a page costs nothing until its result is asked for."""
    done = []
    errand = Later(lambda: done.append(1) or "page")
    errand.cancel()
    assert done == []
    assert (errand.result(), done) == ("page", [1])


# --- cursors


@pytest.mark.parametrize(
    ("cursor", "said"), [(3, "not int"), ("", "cursor: must not be empty; None is the start$")]
)
def test_a_cursor_is_text(cursor, said):
    """Anything else is refused, in the name of the operation."""
    with pytest.raises(InvalidArgument, match=said) as caught:
        walking([], cursor=cursor)
    assert caught.value.operation == "toy.list"


def circle(before, length):
    """The cursors of a list that goes in a circle after a while."""
    at = 0
    while True:
        yield str(at)
        at = at + 1 if at + 1 < before + length else before


@given(before=st.integers(0, 12), length=st.integers(1, 12), begun=st.booleans())
def test_a_circle_is_found_before_any_page_comes_twice(before, length, begun):
    """However long it is: the page that leads back is an error, and is not handed out."""
    cursors = circle(before, length)
    walk = walking([], cursor=next(cursors) if begun else None)
    for _ in range(before + length - (1 if begun else 0)):
        walk.arrived(page(next(cursors), 1))
    with pytest.raises(RepeatedCursor, match="leads back to"):
        walk.arrived(page(next(cursors), 1))


def test_a_walk_is_over_when_it_says_so():
    """Neither before its first page nor before its last."""
    walk = walking([])
    assert walk.over is False
    assert walk.arrived(page("a", 1)).cursor == "a"
    assert walk.over is False
    walk.arrived(page(None, 1))
    assert walk.over is True


def test_the_end_by_a_page_that_repeats_itself_is_the_vendors_rule():
    """It is for the page that leads back to itself; a longer circle is an error all the same."""
    walk = walking([], repeated="end")
    walk.arrived(page("a", 1))
    assert walk.arrived(page("a", 1)).cursor is None
    assert walk.over
    walk = walking([], repeated="end")
    walk.arrived(page("a", 1))
    walk.arrived(page("b", 1))
    with pytest.raises(RepeatedCursor):
        walk.arrived(page("a", 1))


@given(before=st.integers(0, 60), length=st.integers(1, 60), most=st.integers(2, 9))
def test_a_short_memory_finds_a_circle_too(before, length, most):
    """A walk of millions of pages remembers ever fewer of them, and still notices."""
    trail = Trail(most)
    for steps, cursor in enumerate(circle(before, length)):
        if trail.comes_again(cursor):
            break
        assert len(trail._marks) <= most
        assert steps < 3 * (before + length)


def test_ordinary_walks_are_remembered_whole():
    """The first thousands of pages are all known, and memory stays small after that."""
    trail = Trail()
    assert not any(trail.comes_again(str(n)) for n in range(4_000))
    assert trail.comes_again("0")
    assert trail.comes_again("3999")
    assert not any(trail.comes_again(str(n)) for n in range(4_000, 100_000))
    assert sys.getsizeof(trail._marks) < 500_000


# --- pages without items


def test_pages_without_an_item_have_an_end():
    """Ever new cursors and never an item would keep a loop waiting for ever."""
    walk = walking([], empty_pages=3)
    for number in range(3):
        walk.arrived(page(f"a{number}"))
    walk.arrived(page("b", 1))
    for number in range(3):
        walk.arrived(page(f"c{number}"))
    with pytest.raises(PagingError, match="more than 3 pages without an item") as caught:
        walk.arrived(page("d"))
    walk.marked(caught.value)
    assert caught.value.cursor == "c2", "the walk can go on from there"


def test_a_listing_that_sees_to_its_end_itself():
    """Where the listing has a measure of its own, empty pages are not counted."""
    walk = walking([], empty_pages=None)
    for number in range(2_000):
        walk.arrived(page(str(number)))
    assert not walk.over
    assert subject.Listing(page=lambda _: None, after=lambda *_: None).empty_pages == 1000
