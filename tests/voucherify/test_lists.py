"""The five styles of lists, over a synthetic model."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import attrs
import httpx
import pytest

from loyalty_sdk import Model
from loyalty_sdk._core.calls import Call, Listing, Page, Response
from loyalty_sdk._core.reading.model import promised
from loyalty_sdk.errors import (
    InvalidArgument,
    MissingCursor,
    MissingField,
    PagingError,
    RepeatedCursor,
    UnreadableAnswer,
)
from loyalty_sdk.voucherify import PageCeiling
from loyalty_sdk.voucherify._lists import by_date, by_page, single

from .replay import Clients, Replay, page


@attrs.frozen(kw_only=True, weakref_slot=False)
class Thing(Model):
    """Something in a list."""

    id: str = promised()
    created_at: str | None = None


def things(*numbers: int, **envelope: Any) -> dict[str, Any]:
    """A page of things."""
    data = [{"id": str(number)} for number in numbers]
    return {"object": "list", "data_ref": "things", "things": data, **envelope}


def numbered(limit: int = 3, ceiling: int = 4) -> Listing[Thing]:
    """A list in pages, three things each, four pages at the most."""
    beyond = "ask for less"
    return by_page(
        Thing, ("v1", "things"), [("a", "b")], limit=limit, ceiling=ceiling, beyond=beyond
    )


def asked(call: Call[Any]) -> str:
    """What a call asks."""
    return "&".join(f"{name}={value}" for name, value in call.params)


def answered(call: Call[Page[Thing]], body: Any) -> Page[Thing]:
    """What a call reads of a body."""
    content = httpx.Response(200, json=body).content
    return call.read(Response(200, httpx.Headers(), content))


def walk(listing: Listing[Thing], *bodies: Any, cursor: str | None = None) -> list[Any]:
    """What is asked and what comes, page by page; the last word is where the walk stands."""
    seen: list[Any] = []
    for body in bodies:
        call = listing.page(cursor)
        found = answered(call, body)
        seen.append((asked(call), [thing.id for thing in found.items]))
        cursor = found.cursor
    return [*seen, cursor]


# --- page


def test_pages_are_counted_up_to_the_total() -> None:
    """The total says where the list ends, also in the middle of a page."""
    assert walk(numbered(), things(1, 2, 3, total=5), things(4, 5, total=5)) == [
        ("page=1&limit=3&a=b", ["1", "2", "3"]),
        ("page=2&limit=3&a=b", ["4", "5"]),
        None,
    ]


def test_a_full_page_ends_a_list_of_that_length() -> None:
    """Where the total says so, no further page is asked for."""
    assert walk(numbered(), things(1, 2, 3, total=3))[-1] is None


@pytest.mark.parametrize(
    ("last", "cursor"),
    [
        (things(4, 5), None),
        (things(), None),
        (things(4, 5, 6), "6"),
        (things(4, 5, 6, has_more=False, total=99), None),
        (things(4, 5, 6, has_more=True, total=6), "6"),
    ],
)
def test_without_a_total_a_page_that_is_not_full_is_the_last(last: Any, cursor: Any) -> None:
    """The vendor's own flag goes before anything that can be counted."""
    assert walk(numbered(), things(1, 2, 3), last)[-1] == cursor


def test_a_short_page_is_asked_for_again_where_the_total_says_so() -> None:
    """What is missing of a page is not passed over: the page is asked for again from there."""
    assert walk(numbered(), things(1, 2, total=5), things(1, 2, 3, total=5)) == [
        ("page=1&limit=3&a=b", ["1", "2"]),
        ("page=1&limit=3&a=b", ["3"]),
        "3",
    ]


def test_a_cursor_counts_things() -> None:
    """It leads into the middle of a page, and fits a walk with pages of another length."""
    listing = numbered()
    first = answered(listing.page(None), things(1, 2, 3, total=9))
    assert listing.after(None, first.items[:2]) == "2"
    assert listing.after("3", first.items[:1]) == "4"
    assert walk(listing, things(4, 5, 6, total=9), cursor="4") == [
        ("page=2&limit=3&a=b", ["5", "6"]),
        "6",
    ]
    assert asked(numbered(limit=2).page("4")) == "page=3&limit=2&a=b"


def test_behind_the_last_page_that_there_is_the_ceiling_raises() -> None:
    """A list that goes on behind it does not end in silence; the message says what to do."""
    listing = numbered()
    assert walk(listing, things(10, 11, 12, total=12), cursor="9")[-1] is None
    assert walk(listing, things(10, 11, 12, total=13), cursor="9")[-1] == "12"
    with pytest.raises(PageCeiling, match=r"than 12 items.*4 pages of this list; ask for less"):
        listing.page("12")
    assert issubclass(PageCeiling, PagingError)


def test_the_ceiling_says_where_the_walk_stands(clients: Clients) -> None:
    """Everything up to the ceiling is handed out, and the error carries the cursor."""
    answers = [
        httpx.Response(
            200, json={"data_ref": "vouchers", "vouchers": [{"id": f"v_{n}"}], "total": 500}
        )
        for n in range(99)
    ]
    replay = Replay(*answers)
    pager = clients.client(replay).vouchers.list(limit=1)
    found = []
    with pytest.raises(PageCeiling, match="created_at") as caught:
        found.extend(voucher.id for voucher in pager)
    assert len(found) == len(replay.requests) == 99
    assert caught.value.cursor == "99"
    assert caught.value.operation == "voucherify.vouchers.list"
    assert pager.total == 500


def test_pages_can_be_told_beforehand() -> None:
    """Up to the total and the ceiling, so that several may be asked for at once."""
    listing = numbered()

    def told(cursor: str, total: int | None) -> list[str]:
        assert listing.following is not None
        return list(listing.following(Page(items=(), cursor=cursor, total=total)))

    assert told("3", 10) == ["6", "9"]
    assert told("4", 10) == ["6", "9"]
    assert told("3", 100) == ["6", "9"]
    assert told("3", 6) == []
    assert told("3", None) == []


@pytest.mark.parametrize("cursor", ["-3", "three", "3.0", "٣", "9" * 16, "rh_1"])
def test_a_cursor_of_another_list(cursor: str) -> None:
    """A cursor that does not count things is refused."""
    with pytest.raises(InvalidArgument) as caught:
        numbered().page(cursor)
    assert caught.value.argument == "cursor"


@pytest.mark.parametrize("limit", [0, 101, None, "3", True])
def test_a_limit_that_no_page_has(limit: Any) -> None:
    """Pages have 1 to 100 things, and the SDK must know how many, for it counts."""
    with pytest.raises(InvalidArgument) as caught:
        numbered(limit=limit)
    assert caught.value.argument == "limit"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([], r"\$"),
        ({}, r"\$\.data"),
        ({"data_ref": "things"}, r"\$\.data"),
        ({"data_ref": "things", "things": None}, r"\$\.things"),
        ({"data_ref": "things", "things": {}}, r"\$\.things"),
    ],
)
def test_a_page_without_its_things(body: Any, path: str) -> None:
    """It is an error that names the place, never the end of the list."""
    with pytest.raises(UnreadableAnswer, match=path):
        answered(numbered().page(None), body)


# --- single list, limit only


def test_a_single_list_is_asked_for_once() -> None:
    """It takes neither a page nor a limit, and ends with its answer."""
    listing = single(Thing, ("v1", "things"), [("a", "b")])
    assert walk(listing, things(1, 2, total=2)) == [("a=b", ["1", "2"]), None]
    assert walk(listing, things(1, 2)) == [("a=b", ["1", "2"]), None]
    first = answered(listing.page(None), things(1, 2))
    assert listing.after(None, first.items[:1]) == "1"
    assert walk(listing, things(1, 2), cursor="1") == [("a=b", ["2"]), None]
    assert listing.following is not None
    assert list(listing.following(first)) == []


def test_a_list_with_a_limit_does_not_end_in_silence() -> None:
    """The vendor has no way to ask for what lies behind it, so that is said."""
    listing = single(Thing, ("v1", "things"), limit=3)
    assert walk(listing, things(1, 2, 3, total=3)) == [("limit=3", ["1", "2", "3"]), None]
    assert walk(listing, things(1, 2, 3, total=4))[-1] == "3"
    assert walk(listing, things(1, 2, 3, has_more=True))[-1] == "3"
    with pytest.raises(PageCeiling, match=r"1 page of this list; ask for more at once"):
        listing.page("3")


# --- cursor-date


def dated(*moments: str | None, **envelope: Any) -> dict[str, Any]:
    """A page of things that were made then."""
    data = [{"id": str(n), "created_at": moment} for n, moment in enumerate(moments)]
    return {"data_ref": "data", "data": data, **envelope}


def made_at(thing: Thing) -> str:
    """The date of a thing."""
    if thing.created_at is None:
        raise MissingField("created_at")
    return thing.created_at


@pytest.mark.parametrize("parameter", ["starting_after", "end_date"])
def test_a_list_goes_on_at_a_date(parameter: str) -> None:
    """The date of the last thing is the cursor, under the name that the list has for it."""
    listing = by_date(Thing, ("v1", "things"), [("limit", "2")], made_at, parameter=parameter)
    pages = dated("2026-02", "2026-01", has_more=True), dated("2025-12", has_more=False)
    assert walk(listing, *pages) == [
        ("limit=2", ["0", "1"]),
        (f"limit=2&{parameter}=2026-01", ["0"]),
        None,
    ]


def test_a_list_may_begin_at_a_date() -> None:
    """The caller's own date comes before any cursor."""
    listing = by_date(Thing, ("v1", "things"), [], made_at, "2026-03")
    assert walk(listing, dated("2026-02", has_more=False)) == [
        ("starting_after=2026-03", ["0"]),
        None,
    ]
    assert listing.after(None, ()) == "2026-03"


def test_more_is_promised_and_there_is_no_date() -> None:
    """An empty page that promises more leads nowhere."""
    listing = by_date(Thing, ("v1", "things"), [], made_at)
    with pytest.raises(MissingCursor):
        walk(listing, dated(has_more=True))


# --- through the client


def test_a_list_that_stands_still_is_an_error(clients: Clients) -> None:
    """A short page that stays short, under a total that says more, leads back to itself."""
    short = httpx.Response(200, json={"data_ref": "orders", "orders": [{"id": "o1"}], "total": 9})
    replay = Replay(short, short)
    with pytest.raises(RepeatedCursor) as caught:
        list(clients.client(replay).orders.list())
    assert caught.value.cursor == "1"
    assert len(replay.requests) == 2


def test_a_walk_goes_on_where_it_was_left(clients: Clients) -> None:
    """The pager's own cursor leads to the next thing, whatever the length of a page."""
    body = {"data_ref": "orders", "orders": [{"id": f"o{n}"} for n in range(4)], "total": 4}
    replay = Replay(httpx.Response(200, json=body), httpx.Response(200, json=body))
    orders = clients.client(replay).orders
    pager = orders.list()
    assert [order.id for order in pager.collect(at_most=3)] == ["o0", "o1", "o2"]
    (rest,) = orders.list().pages(pager.cursor)
    assert [order.id for order in rest.items] == ["o3"]


def test_an_id_goes_on_by_default(clients: Clients) -> None:
    """Transactions go on behind the last id."""
    replay = Replay(page({"id": "vtx_2"}, has_more=True), page({"id": "vtx_1"}))
    found = [one.id for one in clients.client(replay).vouchers.list_transactions("A")]
    assert found == ["vtx_2", "vtx_1"]
    assert replay.queries[1] == {"limit": "100", "starting_after_id": "vtx_2"}


def test_moments_are_sent_in_utc(clients: Clients) -> None:
    """A span of time is told in the vendor's documented form."""
    replay = Replay(httpx.Response(200, json={"data_ref": "vouchers", "vouchers": []}))
    summer = datetime.fromisoformat("2026-05-01T02:00:00+02:00")
    clients.client(replay).vouchers.list(created_at={"after": summer}).first()
    assert summer.astimezone(timezone.utc).hour == 0
    assert replay.queries[0]["created_at[after]"] == "2026-05-01T00:00:00.000Z"
