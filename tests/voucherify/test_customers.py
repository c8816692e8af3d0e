from __future__ import annotations

from typing import Any

import httpx
import pytest
from conftest import Colour
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty_sdk.errors import (
    InvalidArgument,
    MissingCursor,
    MissingField,
    RepeatedCursor,
    ServerError,
)
from loyalty_sdk.voucherify import CustomerRedeemable, Customers

from .replay import Clients, Replay, held, page, recorded

BROKEN = httpx.Response(500, json={"code": 500, "message": "Synthetic failure"})


def ids(items: Any) -> list[str]:
    """The ids of items, in order."""
    return [item.id for item in items]


# --- the request


def test_a_page_is_asked_for_as_documented(clients: Clients) -> None:
    """The call is a GET of the customer's redeemables, a hundred at a time, and nothing else."""
    replay = Replay(page())
    assert list(clients.client(replay).customers.list_redeemables("cust_1")) == []
    (request,) = replay.requests
    assert request.method == "GET"
    assert str(request.url) == (
        "https://api.voucherify.io/v1/customers/cust_1/redeemables?limit=100"
    )
    assert request.content == b""


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"limit": 1}, {"limit": "1"}),
        ({"limit": 100}, {"limit": "100"}),
        ({"limit": None}, {}),
        ({"order": "id"}, {"limit": "100", "order": "id"}),
        ({"order": "-id"}, {"limit": "100", "order": "-id"}),
        ({"starting_after_id": "rh_7"}, {"limit": "100", "starting_after_id": "rh_7"}),
        (
            {"filters": {"id": {"$is": "rh_1"}}},
            {"limit": "100", "filters[id][conditions][$is]": "rh_1"},
        ),
        (
            {
                "limit": 2,
                "order": "-id",
                "starting_after_id": "rh_7",
                "filters": {"id": {"$is": "rh_1"}, "junction": "or"},
            },
            {
                "limit": "2",
                "order": "-id",
                "starting_after_id": "rh_7",
                "filters[id][conditions][$is]": "rh_1",
                "filters[junction]": "or",
            },
        ),
    ],
)
def test_every_parameter_is_sent(
    clients: Clients, arguments: dict[str, Any], query: dict[str, str]
) -> None:
    """Each parameter goes out under its documented name, and `None` is left out."""
    replay = Replay(page())
    clients.client(replay).customers.list_redeemables("cust_1", **arguments).first()
    assert replay.queries == [query]


@pytest.mark.parametrize(
    ("customer_id", "segment"),
    [
        ("cust_1", b"cust_1"),
        ("ann@example.com", b"ann%40example.com"),
        ("store/nl 50%+ü", b"store%2Fnl%2050%25%2B%C3%BC"),
        ("?a=b#c;d", b"%3Fa%3Db%23c%3Bd"),
        ("...", b"..."),
        (42, b"42"),
    ],
)
def test_a_customer_may_be_named_by_a_source_id(
    clients: Clients, customer_id: Any, segment: bytes
) -> None:
    """Whatever the merchant's own id is made of, it stays one segment of the path."""
    replay = Replay(page())
    clients.client(replay).customers.list_redeemables(customer_id).first()
    (request,) = replay.requests
    assert request.url.raw_path == b"/v1/customers/" + segment + b"/redeemables?limit=100"


@pytest.mark.parametrize(
    ("customer_id", "arguments", "argument"),
    [
        ("", {}, "customer_id"),
        (" ", {}, "customer_id"),
        (".", {}, "customer_id"),
        ("..", {}, "customer_id"),
        ("a\nb", {}, "customer_id"),
        ("half \ud800", {}, "customer_id"),
        ("x" * 1025, {}, "customer_id"),
        (None, {}, "customer_id"),
        (True, {}, "customer_id"),
        (1.5, {}, "customer_id"),
        ("cust_1", {"limit": 0}, "limit"),
        ("cust_1", {"limit": 101}, "limit"),
        ("cust_1", {"limit": -1}, "limit"),
        ("cust_1", {"limit": "10"}, "limit"),
        ("cust_1", {"limit": True}, "limit"),
        ("cust_1", {"limit": 10.0}, "limit"),
        ("cust_1", {"order": "created_at"}, "order"),
        ("cust_1", {"order": ""}, "order"),
        ("cust_1", {"starting_after_id": ""}, "starting_after_id"),
        ("cust_1", {"starting_after_id": 5.0}, "starting_after_id"),
        ("cust_1", {"starting_after_id": "half \ud800"}, "starting_after_id"),
        ("cust_1", {"starting_after_id": "a\nb"}, "starting_after_id"),
    ],
)
def test_an_argument_out_of_bounds_is_refused(
    clients: Clients, customer_id: Any, arguments: dict[str, Any], argument: str
) -> None:
    """What the documents do not allow raises at the call, and nothing is sent."""
    replay = Replay()
    customers = clients.client(replay).customers
    with pytest.raises(InvalidArgument) as caught:
        customers.list_redeemables(customer_id, **arguments)
    assert caught.value.argument == argument
    assert caught.value.operation == "voucherify.customers.list_redeemables"
    assert replay.requests == []


def test_a_cursor_that_cannot_be_sent_is_refused(clients: Clients) -> None:
    """A cursor is checked like any other text before it is sent."""
    pager = clients.client(Replay()).customers.list_redeemables("cust_1")
    with pytest.raises(InvalidArgument):
        next(iter(pager.pages("half \ud800")))


# --- paging


def test_the_walk_goes_on_at_more_starting_after(clients: Clients) -> None:
    """The vendor's own cursor is used where it is given, even if it is not the last id."""
    replay = Replay(
        page(held(1), held(2), has_more=True, more_starting_after="rh_two", total=3),
        page(held(3), total=3),
    )
    pager = clients.client(replay).customers.list_redeemables("cust_1", limit=2, order="id")
    assert ids(pager) == ["rh_1", "rh_2", "rh_3"]
    assert replay.queries == [
        {"limit": "2", "order": "id"},
        {"limit": "2", "order": "id", "starting_after_id": "rh_two"},
    ]
    assert pager.total == 3
    assert pager.cursor is None


@pytest.mark.parametrize(
    "left_out", [{}, {"more_starting_after": None}, {"more_starting_after": ""}]
)
def test_the_walk_goes_on_at_the_last_id(clients: Clients, left_out: dict[str, Any]) -> None:
    """Where the vendor leaves its cursor out, the id of the last item is one."""
    replay = Replay(page(held(1), held(2), has_more=True, **left_out), page(held(3)))
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1", "rh_2", "rh_3"]
    assert replay.queries[1]["starting_after_id"] == "rh_2"


@pytest.mark.parametrize("missing", [{}, {"has_more": None}])
def test_without_the_flag_only_an_empty_page_ends_the_walk(
    clients: Clients, missing: dict[str, Any]
) -> None:
    """A list that does not say whether there is more is read until a page is empty."""

    def flagless(*items: Any) -> httpx.Response:
        return httpx.Response(200, json={"data_ref": "data", "data": list(items), **missing})

    replay = Replay(flagless(held(1), held(2)), flagless(held(3)), flagless())
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1", "rh_2", "rh_3"]
    assert [query.get("starting_after_id") for query in replay.queries] == [None, "rh_2", "rh_3"]


def test_a_short_page_does_not_end_the_walk(clients: Clients) -> None:
    """Fewer items than asked for say nothing about the end."""
    replay = Replay(page(held(1), has_more=True), page(held(2)))
    assert ids(clients.client(replay).customers.list_redeemables("c", limit=50)) == ["rh_1", "rh_2"]


def test_an_empty_page_in_the_middle_does_not_end_the_walk(clients: Clients) -> None:
    """A page may have no items and still say where to go on."""
    replay = Replay(
        page(held(1), has_more=True, more_starting_after="rh_1"),
        page(has_more=True, more_starting_after="rh_5"),
        page(held(6)),
    )
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1", "rh_6"]
    assert replay.queries[2]["starting_after_id"] == "rh_5"


def test_has_more_false_ends_the_walk_whatever_else_is_said(clients: Clients) -> None:
    """The flag wins over a cursor that stands beside it."""
    replay = Replay(page(held(1), has_more=False, more_starting_after="rh_1"))
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1"]


@pytest.mark.parametrize("flag", ["false", 0])
def test_the_flag_is_read_by_the_coercion_table(clients: Clients, flag: Any) -> None:
    """A flag in another accepted form is the same flag."""
    replay = Replay(page(held(1), has_more=flag))
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1"]


def test_more_with_nothing_to_go_on_by_is_an_error(clients: Clients) -> None:
    """More is promised, and there is neither a cursor nor a last id: never a silent end."""
    replay = Replay(page(held(1), has_more=True), page(has_more=True))
    pager = clients.client(replay).customers.list_redeemables("c")
    seen: list[CustomerRedeemable] = []
    with pytest.raises(MissingCursor) as caught:
        seen.extend(pager)
    assert ids(seen) == ["rh_1"]
    assert caught.value.cursor == "rh_1"
    assert caught.value.operation == "voucherify.customers.list_redeemables"


def test_a_page_that_ends_without_an_id_is_not_lost(clients: Clients) -> None:
    """The walk goes on from the last id there is, and leaves out what comes again."""
    nameless = {"campaign_id": "camp_1"}
    replay = Replay(
        page(held(1), nameless, has_more=True),
        page(nameless, nameless, has_more=True),
        page(nameless, nameless, held(4), has_more=False),
    )
    pager = clients.client(replay).customers.list_redeemables("c")
    assert [getattr(item, "id", None) for item in pager] == ["rh_1", None, None, "rh_4"]
    assert [query.get("starting_after_id") for query in replay.queries] == [None, "rh_1", "rh_1"]


def test_a_page_of_nothing_but_what_came_already_is_an_error(clients: Clients) -> None:
    """The same items without an id again, and more is promised: there is no way on."""
    nameless = {"campaign_id": "camp_1"}
    replay = Replay(page(held(1), nameless, has_more=True), page(nameless, has_more=True))
    pager = clients.client(replay).customers.list_redeemables("c")
    seen: list[CustomerRedeemable] = []
    with pytest.raises(MissingCursor) as caught:
        seen.extend(pager)
    assert len(seen) == 2
    rest = clients.held(page(nameless, held(3)))
    assert ids(next(iter(rest.pages(caught.value.cursor))).items) == ["rh_3"]


@pytest.mark.parametrize(
    "cursor", ["rh_1\t", "rh_1\t0", "rh_1\tx", "\t-1", "a\tb\t1", "\t", "a\nb"]
)
def test_cursors_that_no_list_gave(clients: Clients, cursor: str) -> None:
    """A place that cannot be one is refused, and nothing is sent."""
    replay = Replay()
    pager = clients.client(replay).customers.list_redeemables("c")
    with pytest.raises(InvalidArgument, match="cursor: must"):
        next(iter(pager.pages(cursor)))
    assert replay.requests == []


def test_a_repeated_cursor_is_an_error(clients: Clients) -> None:
    """A page whose cursor leads back to itself raises; nothing is walked twice."""
    same = {"has_more": True, "more_starting_after": "rh_1"}
    replay = Replay(page(held(1), **same), page(held(2), **same))
    pager = clients.client(replay).customers.list_redeemables("c")
    with pytest.raises(RepeatedCursor) as caught:
        list(pager)
    assert caught.value.cursor == "rh_1"
    assert len(replay.requests) == 2


def test_the_items_stand_under_the_name_in_data_ref(clients: Clients) -> None:
    """The vendor names the key of the items itself; unless it does, they are under `data`."""
    named = {"data_ref": "redeemables", "redeemables": [held(1)], "has_more": False}
    for body in (named, {"data": [held(1)], "has_more": False}, page(held(1), data_ref=None)):
        answer = body if isinstance(body, httpx.Response) else httpx.Response(200, json=body)
        assert ids(clients.held(answer)) == ["rh_1"]


def test_a_page_shows_its_items_cursor_total_and_response(clients: Clients) -> None:
    """`pages()` gives what an answer said, with the answer itself."""
    first = page(held(1), has_more=True, more_starting_after="rh_1", total=2)
    pager = clients.held(first, page(held(2), total=2))
    one, two = list(pager.pages())
    assert (ids(one.items), one.cursor, one.total) == (["rh_1"], "rh_1", 2)
    assert (ids(two.items), two.cursor, two.total) == (["rh_2"], None, 2)
    assert one.response.status == 200
    assert one.response.json()["object"] == "list"


def test_a_walk_resumes_at_any_item(clients: Clients) -> None:
    """The cursor behind an item in the middle of a page is its id; nothing is lost or repeated."""
    replay = Replay(
        page(held(1), held(2), held(3), has_more=True, more_starting_after="rh_3"),
        page(held(2), held(3)),
    )
    pager = clients.client(replay).customers.list_redeemables("c", starting_after_id="rh_0")
    assert pager.cursor is None
    assert ids(pager.collect(at_most=1)) == ["rh_1"]
    assert pager.cursor == "rh_1"
    assert [ids(one.items) for one in pager.pages(pager.cursor)] == [["rh_2", "rh_3"]]
    sent = [query["starting_after_id"] for query in replay.queries]
    assert sent == ["rh_0", "rh_1"]


def test_an_error_in_the_middle_carries_the_place_to_go_on_from(clients: Clients) -> None:
    """After a failure `pages(error.cursor)` goes on where the walk stood."""
    replay = Replay(
        page(held(1), has_more=True),
        BROKEN,
        BROKEN,
        BROKEN,
        page(held(2)),
    )
    pager = clients.client(replay).customers.list_redeemables("c")
    seen: list[CustomerRedeemable] = []
    with pytest.raises(ServerError) as caught:
        seen.extend(pager)
    error = caught.value
    assert (ids(seen), error.cursor, error.attempts) == (["rh_1"], "rh_1", 3)
    assert [ids(one.items) for one in pager.pages(error.cursor)] == [["rh_2"]]


def test_a_failure_on_the_way_is_repeated(clients: Clients) -> None:
    """Reading is safe to repeat: one failure of the vendor does not end the walk."""
    replay = Replay(page(held(1), has_more=True), BROKEN, page(held(2)))
    assert ids(clients.client(replay).customers.list_redeemables("c")) == ["rh_1", "rh_2"]


def test_an_item_without_an_id_does_not_stop_the_walk(clients: Clients) -> None:
    """Only who reads the missing id hears of it; the items around it are handed out."""
    nameless = {"campaign_id": "camp_1"}
    pager = clients.held(page(nameless, held(2), nameless, held(4)))
    items = list(pager)
    assert [item.campaign_id for item in items] == ["camp_1", None, "camp_1", None]
    with pytest.raises(MissingField) as caught:
        items[2].id  # noqa: B018
    assert caught.value.path == "$.data[2].id"


def test_the_cursor_behind_an_item_without_an_id_loses_nothing(clients: Clients) -> None:
    """The place behind an item without an id is behind the last id, and so many items further."""
    nameless = {"campaign_id": "camp_1"}
    first = page(nameless, held(2), nameless, held(4), has_more=True)
    replay = Replay(first, page(nameless, held(6)))
    pager = clients.client(replay).customers.list_redeemables("c", starting_after_id="rh_0")
    cursors = [pager.cursor for _ in pager]
    assert cursors == ["rh_0\t1", "rh_2", "rh_2\t1", "rh_4", "rh_4\t1", None]


def test_a_list_whose_first_item_has_no_id_is_resumed_at_its_start(clients: Clients) -> None:
    """There the vendor is asked anew, and the item is left out."""
    first = page({"campaign_id": "camp_1"}, held(2))
    replay = Replay(first, first)
    pager = clients.client(replay).customers.list_redeemables("c")
    assert pager.collect(at_most=1)[0].campaign_id == "camp_1"
    assert ids(next(iter(pager.pages(pager.cursor))).items) == ["rh_2"]
    assert ["starting_after_id" in query for query in replay.queries] == [False, False]


def test_the_first_item_and_the_collected_ones(clients: Clients) -> None:
    """`first()` and `collect()` ask for no more pages than they need."""
    replay = Replay(page(held(1), held(2), has_more=True), page(held(1), held(2), has_more=True))
    pager = clients.client(replay).customers.list_redeemables("c")
    assert pager.first().id == "rh_1"
    assert ids(pager.collect(at_most=2)) == ["rh_1", "rh_2"]
    assert len(replay.requests) == 2
    assert clients.held(page()).first() is None


def test_raw_gives_the_same_pager(clients: Clients) -> None:
    """A list's pages carry their responses already; `raw` changes nothing about it."""
    client = clients.client(Replay(recorded("customers.list_redeemables.200")))
    (only,) = client.raw.customers.list_redeemables("c").pages()
    assert isinstance(only.items[0], CustomerRedeemable)
    assert only.response.headers["x-rate-limit-limit"] == "100"


def test_the_class_itself_gives_the_description() -> None:
    """Without a client the method describes a call: how it is repeated, and where it goes."""
    listing = Customers.list_redeemables(None, "cust_1", limit=5)
    call = listing.page("rh_9")
    assert (call.method, call.path) == ("GET", ("v1", "customers", "cust_1", "redeemables"))
    assert (call.repeatable, call.signed, listing.repeated) == (True, True, "error")
    assert list(call.params) == [("limit", "5"), ("starting_after_id", "rh_9")]


# --- properties


@settings(deadline=None)
@given(sizes=st.lists(st.integers(0, 4), min_size=1, max_size=6), named=st.booleans())
def test_every_item_comes_once_and_in_order(sizes: list[int], named: bool) -> None:
    """However the vendor cuts its list into pages, every item is handed out once, in order."""
    answers: list[httpx.Response] = []
    number = 0
    for index, size in enumerate(sizes):
        items = [held(number + offset) for offset in range(size)]
        number += size
        last = index == len(sizes) - 1
        cursor = {"more_starting_after": f"rh_page_{index}"} if named or not size else {}
        answers.append(page(*items, has_more=not last, **({} if last else cursor)))
    replay = Replay(*answers)
    blocking = Colour("blocking")
    pager = Clients(blocking).client(replay).customers.list_redeemables("c")
    assert ids(pager) == [f"rh_{one}" for one in range(number)]
    assert len(replay.requests) == len(sizes)
    blocking.end()


@settings(deadline=None)
@given(sizes=st.lists(st.integers(1, 4), min_size=1, max_size=4), taken=st.integers(0, 12))
def test_a_walk_can_be_left_and_resumed_anywhere(sizes: list[int], taken: int) -> None:
    """Leaving after any number of items and going on from the cursor gives every item once."""
    every = [held(number) for number in range(sum(sizes))]
    edges = [sum(sizes[: index + 1]) for index in range(len(sizes))]

    def answer(request: httpx.Request) -> httpx.Response:
        after = request.url.params.get("starting_after_id")
        begin = 0 if after is None else 1 + int(after.removeprefix("rh_"))
        end = next(edge for edge in edges if edge > begin)
        return page(*every[begin:end], has_more=end < len(every))

    blocking = Colour("blocking")
    client = Clients(blocking).client(transport=httpx.MockTransport(answer))
    pager = client.customers.list_redeemables("c")
    before = ids(pager.collect(at_most=taken))
    if before and pager.cursor is None:
        after = []
    else:
        after = [item.id for one in pager.pages(pager.cursor) for item in one.items]
    assert before + after == [item["id"] for item in every]
    blocking.end()
