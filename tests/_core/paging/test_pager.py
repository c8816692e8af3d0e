from __future__ import annotations

import httpx
import pytest

from loyalty_sdk.errors import (
    InvalidArgument,
    MissingCursor,
    MissingField,
    RepeatedCursor,
    ServerError,
)

IDS = ["a", "b", "c", "d", "e"]


class Shelf:
    """Serves cards two at a time, by the id of the last one."""

    def __init__(self, ids=IDS, size=2):
        self.ids, self.size, self.asked, self.broken = ids, size, [], set()

    def __call__(self, request):
        after = request.url.params.get("after")
        self.asked.append(after)
        if after in self.broken:
            return httpx.Response(500, json={"message": "broken"})
        start = 0 if after is None else self.ids.index(after) + 1
        part = self.ids[start : start + self.size]
        body = {"data": [{"id": id_} for id_ in part], "total": len(self.ids)}
        if start + self.size < len(self.ids):
            body["next"] = part[-1]
        return httpx.Response(200, json=body)


def ids(items):
    return [item.id for item in items]


def test_iterating_gives_every_item(colour, toy):
    """Pages are asked for one by one, each when it is needed."""
    shelf = Shelf()
    pager = toy(shelf).cards.list()
    assert (shelf.asked, pager.total, pager.cursor) == ([], None, None)
    assert ids(colour.items(pager)) == IDS
    assert shelf.asked == [None, "b", "d"]
    assert (pager.total, pager.cursor) == (5, None)


def test_iterating_twice_walks_twice(colour, toy):
    """A pager starts again from the beginning."""
    shelf = Shelf()
    pager = toy(shelf).cards.list()
    assert ids(colour.items(pager)) == ids(colour.items(pager)) == IDS
    assert shelf.asked == [None, "b", "d"] * 2


def test_pages_carry_their_response_and_cursor(colour, toy):
    """A page has its items, the answer they came in, and the place to go on from."""
    pages = colour.items(toy(Shelf()).cards.list().pages())
    assert [ids(page.items) for page in pages] == [["a", "b"], ["c", "d"], ["e"]]
    assert [page.cursor for page in pages] == ["b", "d", None]
    assert [page.response.status for page in pages] == [200] * 3


@pytest.mark.parametrize("count", range(1, 6))
def test_the_cursor_resumes_exactly(colour, toy, count):
    """Wherever a walk is left, also mid-page, the cursor goes on at the very next item."""
    pager = toy(Shelf()).cards.list()
    taken = ids(colour.taken(pager, count))
    cursor = pager.cursor
    if count == len(IDS):
        assert cursor is None
        return
    rest = [id_ for page in colour.items(pager.pages(cursor)) for id_ in ids(page.items)]
    assert taken + rest == IDS


def test_an_error_carries_the_cursor_to_resume_from(colour, toy):
    """After a failure, the walk goes on where it broke, and loses nothing."""
    shelf = Shelf()
    shelf.broken.add("b")
    pager = toy(shelf).cards.list()
    with pytest.raises(ServerError) as caught:
        colour.items(pager)
    assert (caught.value.cursor, pager.cursor) == ("b", "b")
    assert caught.value.operation == "toy.cards.list"
    assert caught.value.attempts == 3
    shelf.broken.clear()
    rest = colour.items(pager.pages(caught.value.cursor))
    assert [id_ for page in rest for id_ in ids(page.items)] == ["c", "d", "e"]


def test_a_log_of_a_walk_names_it(colour, toy, caplog):
    """Each page's call stands there by the name of the list."""
    caplog.set_level("DEBUG", "loyalty_sdk")
    colour.items(toy(Shelf()).cards.list())
    said = [record.getMessage() for record in caplog.records if record.name == "loyalty_sdk"]
    assert said
    assert all(text.startswith("toy.cards.list: ") for text in said)


def test_an_error_on_the_first_page_has_no_cursor(colour, toy):
    """Resuming from the start is resuming from `None`."""
    with pytest.raises(ServerError) as caught:
        colour.items(toy(lambda _: httpx.Response(500, json={})).cards.list())
    assert caught.value.cursor is None


def test_a_repeated_cursor_is_an_error(colour, toy):
    """A page that leads back to itself would be asked for until the end of time."""
    client = toy(lambda _: httpx.Response(200, json={"data": [{"id": "x"}], "next": "x"}))
    seen = []
    with pytest.raises(RepeatedCursor) as caught:
        seen += colour.items(client.cards.list())
    assert (caught.value.cursor, caught.value.operation) == ("x", "toy.cards.list")


def test_a_repeated_cursor_is_the_end_where_the_vendor_says_so(colour, toy):
    """With the other rule, the page that leads back to itself is the last one."""
    client = toy(lambda _: httpx.Response(200, json={"data": [{"id": "x"}], "next": "x"}))
    pager = client.cards.list(repeated="end")
    pages = colour.items(pager.pages())
    assert [page.cursor for page in pages] == ["x", None]
    assert ids(colour.items(pager)) == ["x", "x"]
    assert pager.cursor is None


def test_a_missing_cursor_names_the_operation(colour, toy):
    """More is promised, and there is no way on: an error, not a silent end."""
    client = toy(lambda _: httpx.Response(200, json={"data": [], "more": True}))
    with pytest.raises(MissingCursor) as caught:
        colour.items(client.cards.list())
    assert caught.value.operation == "toy.cards.list"


def test_empty_pages_are_walked_over(colour, toy):
    """A page without items is not the end while there is a cursor."""
    answers = {
        None: {"data": [], "next": "n1"},
        "n1": {"data": [{"id": "a"}], "next": "n2"},
        "n2": {"data": []},
    }
    client = toy(lambda r: httpx.Response(200, json=answers[r.url.params.get("after")]))
    pager = client.cards.list()
    assert ids(colour.items(pager)) == ["a"]
    assert colour(pager.first()).id == "a"


def test_first(colour, toy):
    """The first item, with one request; `None` of an empty list."""
    shelf = Shelf()
    pager = toy(shelf).cards.list()
    assert colour(pager.first()).id == "a"
    assert (shelf.asked, pager.cursor) == ([None], "a")
    assert colour(toy(Shelf([])).cards.list().first()) is None


@pytest.mark.parametrize(
    ("most", "asked", "cursor"), [(0, 0, None), (1, 1, "a"), (2, 1, "b"), (3, 2, "c"), (9, 3, None)]
)
def test_collect(colour, toy, most, asked, cursor):
    """As many items as wanted, with as few requests; the cursor stands behind the last one."""
    shelf = Shelf()
    pager = toy(shelf).cards.list()
    assert ids(colour(pager.collect(at_most=most))) == IDS[:most]
    assert (len(shelf.asked), pager.cursor) == (asked, cursor)


@pytest.mark.parametrize("most", [-1, None])
def test_collect_refuses_nonsense(colour, toy, most):
    """A negative count, or none, is an error that names the operation."""
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(Shelf()).cards.list().collect(at_most=most))
    assert (caught.value.argument, caught.value.operation) == ("at_most", "toy.cards.list")


def test_a_cursor_must_be_text(colour, toy):
    """A page or a number in place of a cursor is caught."""
    with pytest.raises(InvalidArgument, match="cursor: must be text"):
        colour.items(toy(Shelf()).cards.list().pages(3))


def test_an_item_without_its_id_does_not_stop_the_walk(colour, toy):
    """The vendor broke a promise mid-page: only asking for the place behind that item fails."""
    body = {"data": [{"id": "a"}, {"points": 1}, {"id": "c"}]}
    pager = toy(lambda _: httpx.Response(200, json=body)).cards.list()
    assert len(colour.items(pager)) == 3
    colour.taken(pager, 2)
    with pytest.raises(MissingField, match=r"\$\.data\[1\]\.id"):
        _ = pager.cursor


def test_a_pager_shows_what_it_lists(toy):
    """The repr names the operation."""
    assert "Pager of toy.cards.list>" in repr(toy(Shelf()).cards.list())
