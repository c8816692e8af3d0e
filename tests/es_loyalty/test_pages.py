"""Numbered pages: the first without a number, the others by what the answers say."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from loyalty_sdk.errors import (
    BadRequest,
    InvalidArgument,
    MissingCursor,
    PagingError,
    UnreadableAnswer,
)

from .helpers import SESSION, body_of


def vendor(router: Any, items: int, size: int, first: int, **changes: Any) -> list[str | None]:
    """A vendor with so many badges; gives the numbers that pages were asked for by."""
    asked: list[str | None] = []

    def answer(request: Any) -> Any:
        number = request.url.params.get("page")
        asked.append(number)
        current = first if number is None else int(number)
        begin = (current - first) * size
        badges = [{"badgeID": f"b{n}"} for n in range(items)][begin : begin + size]
        told = {
            "count": items,
            "pageSize": size,
            "firstPage": first,
            "currentPage": current,
            "lastPage": first + max(0, (items - 1) // size),
        }
        body = {"badges": badges, **told, **changes}
        return httpx.Response(200, json={k: v for k, v in body.items() if v is not ...})

    router.route().mock(side_effect=answer)
    return asked


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("items", [0, 1, 4, 5, 6])
def test_all_pages_are_walked(colour: Any, es: Any, router: Any, first: int, items: int) -> None:
    """Whether pages count from 0 or from 1: each once, and none behind the last one."""
    asked = vendor(router, items, 2, first)
    found = [one.badge_id for one in colour.items(es.badges.list(SESSION, page_size=2))]
    assert found == [f"b{n}" for n in range(items)]
    numbers = [str(first + n) for n in range(1, max(1, (items + 1) // 2))]
    assert asked == [None, *numbers]


@pytest.mark.parametrize("first", [0, 1])
def test_a_walk_goes_on_where_it_was_left(colour: Any, es: Any, router: Any, first: int) -> None:
    """In the middle of the first page, of another one, or at its end; the total is known."""
    vendor(router, 7, 3, first)
    pager = es.badges.list(SESSION, page_size=3)
    for count in range(1, 7):
        begun = es.badges.list(SESSION, page_size=3)
        head = colour(begun.collect(at_most=count))
        pages = colour.items(pager.pages(begun.cursor))
        rest = [one.badge_id for page in pages for one in page.items]
        assert [one.badge_id for one in head] + rest == [f"b{n}" for n in range(7)]
        assert {page.total for page in pages} == {7}


@pytest.mark.parametrize("untold", ["firstPage", "currentPage", "pageSize", "count", "lastPage"])
def test_one_number_may_be_missing(colour: Any, es: Any, router: Any, untold: str) -> None:
    """No page is lost: without the last one's number, the walk ends where nothing comes."""
    vendor(router, 5, 2, 0, **{untold: ...})
    found = [one.badge_id for one in colour.items(es.badges.list(SESSION))]
    assert found == ["b0", "b1", "b2", "b3", "b4"]


def test_a_page_that_does_not_say_which_one_it_is(colour: Any, es: Any, router: Any) -> None:
    """There may be more, and nothing is left to go on by."""
    vendor(router, 5, 2, 0, firstPage=..., currentPage=...)
    with pytest.raises(MissingCursor):
        colour.items(es.badges.list(SESSION))


def test_a_vendor_that_gives_the_same_page_again(colour: Any, es: Any, router: Any) -> None:
    """Its items are not taken for new ones."""
    vendor(router, 5, 2, 1, currentPage=1)
    with pytest.raises(PagingError, match="page 1 came where page 2 was asked for"):
        colour.items(es.badges.list(SESSION))


@pytest.mark.parametrize("body", [b"null", b"{}", b'{"pointSweeps": null, "count": 0}'])
def test_nothing_in_other_words(colour: Any, es: Any, router: Any, body: bytes) -> None:
    """An answer that stands for nothing is an empty list."""
    router.route().respond(content=body)
    assert colour.items(es.points.upcoming_sweep(SESSION)) == []


@pytest.mark.parametrize("body", [{"count": 1}, {"pointSweeps": "x"}, "x", [1]])
def test_another_answer_is_no_empty_page(colour: Any, es: Any, router: Any, body: Any) -> None:
    """What has no list in it is not taken for one."""
    router.route().respond(json=body)
    with pytest.raises(UnreadableAnswer):
        colour.items(es.points.upcoming_sweep(SESSION))


def test_recorded_pages(colour: Any, es: Any, answers: Any) -> None:
    """Two recorded pages that count from 0 are walked, the second by its number."""
    name = "points.upcoming_sweep.200"
    route = answers(f"{name}-first", f"{name}-last")
    months = [one.sweep_month for one in colour.items(es.points.upcoming_sweep(SESSION))]
    assert months == ["2026-06", "2026-07", "2026-08"]
    assert dict(route.calls.last.request.url.params) == {"page": "1"}
    assert body_of(f"{name}-first")["firstPage"] == 0


@pytest.mark.parametrize("cursor", ["+", "1+", "-1", "1.5", "a", "1+1+1", "1" * 19, "\u0661"])
def test_another_cursor(colour: Any, es: Any, router: Any, cursor: str) -> None:
    """One that the list did not give is refused."""
    with pytest.raises(InvalidArgument, match="cursor"):
        colour.items(es.badges.list(SESSION).pages(cursor))
    assert not router.calls


def test_a_switched_off_feature(colour: Any, es: Any, answers: Any) -> None:
    """It is the vendor's to refuse."""
    answers("points.upcoming_sweep.400")
    with pytest.raises(BadRequest, match="FIFO feature is not enabled"):
        colour.items(es.points.upcoming_sweep(SESSION))
