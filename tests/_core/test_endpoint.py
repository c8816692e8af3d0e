from __future__ import annotations

import asyncio
import inspect
import pydoc
import traceback

import httpx
import pytest

from loyalty_sdk import Answer, AsyncPager, Pager
from loyalty_sdk._core.endpoint import Resource, endpoint
from loyalty_sdk.errors import InvalidArgument, NotFound

from .toy import AsyncToy, Card, Cards, Key, Toy


def found(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"id": "c1", "points": 3})


def test_one_definition_serves_both_colours(colour, toy):
    """The same method gives the same result, blocking and awaited."""
    assert colour(toy(found).cards.get("c1")) == Card(id="c1", points=3)


def test_the_async_colour_gives_a_coroutine():
    """A call is a real coroutine: it can be made a task."""

    async def run():
        async with AsyncToy(auth=Key("key-1"), transport=httpx.MockTransport(found)) as toy:
            call = toy.cards.get("c1")
            assert inspect.iscoroutine(call)
            return await asyncio.create_task(call)

    assert asyncio.run(run()).id == "c1"


def test_nothing_is_sent_before_it_is_awaited():
    """A coroutine that nobody awaits has sent nothing."""
    sent = []

    async def run():
        async with AsyncToy(auth=Key("key-1"), transport=httpx.MockTransport(sent.append)) as toy:
            toy.cards.get("c1").close()

    asyncio.run(run())
    assert sent == []


def test_listings_give_pagers_of_their_colour(colour, toy):
    """A listing is called in both colours alike, and gives a pager at once."""
    assert isinstance(toy(found).cards.list(), colour.pick(Pager, AsyncPager))


def test_bound_functions_are_kept_on_their_instance(toy):
    """Looking a call up twice gives the same function."""
    cards = toy(found).cards
    assert cards.get is cards.get
    assert cards is not toy(found).cards


def test_views_bind_anew(toy):
    """What was bound to the client's options is not carried over into a view."""
    client = toy(found)
    bound = client.cards.get
    view = client.with_options(timeout=1)
    assert view.cards is not client.cards
    assert view.cards.get is not bound
    assert client.cards.get is bound


def test_the_class_gives_the_description():
    """On the class, the method is the plain function that describes the call."""
    call = Cards.get(None, "c1")
    assert (call.method, call.path, call.repeatable) == ("GET", ("cards", "c1"), True)
    assert Cards.list(None).page(None).path == ("cards",)


def test_raw_gives_answers(colour, toy):
    """On `raw`, a call gives the result with its response, and a listing the same pager."""
    raw = toy(found).raw.cards
    answer = colour(raw.get("c1"))
    assert isinstance(answer, Answer)
    assert (answer.data.id, answer.response.status) == ("c1", 200)
    assert isinstance(raw.list(), colour.pick(Pager, AsyncPager))


@pytest.mark.parametrize(
    ("client", "shown"),
    [
        (Toy, "get(card_id: str | int | Secret) -> Card"),
        (AsyncToy, "get(card_id: str | int | Secret) -> Card"),
    ],
)
def test_help_shows_the_answer(client, shown):
    """`help()` names the arguments and the answer, not the call that is described."""
    toy = client(auth=Key("key-1"))
    text = pydoc.plain(pydoc.render_doc(toy.cards.get))
    assert shown in text
    assert "Read one card" in text


def test_help_shows_pagers_and_raw_answers():
    """The signature of a listing ends in a pager of its colour, that of a raw call in an answer."""
    blocking, asynchronous = Toy(auth=Key("key-1")), AsyncToy(auth=Key("key-1"))
    assert str(inspect.signature(blocking.cards.list)).endswith("-> Pager[Card]")
    assert str(inspect.signature(asynchronous.cards.list)).endswith("-> AsyncPager[Card]")
    assert str(inspect.signature(blocking.raw.cards.get)).endswith("-> Answer[Card]")
    assert str(inspect.signature(asynchronous.raw.cards.get)).endswith("-> Answer[Card]")
    assert blocking.cards.list.__doc__ == "Every card."
    assert Cards.list.__doc__ == "Every card."


def test_an_error_while_describing_names_the_operation(colour, toy):
    """An argument that is refused is refused by a named call."""
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(found).cards.get(""))
    assert caught.value.operation == "toy.cards.get"
    assert caught.value.argument == "card_id"
    with pytest.raises(InvalidArgument) as caught:
        toy(found).cards.list(limit=0)
    assert str(caught.value).startswith("toy.cards.list: limit: ")


def test_an_error_of_the_vendor_names_the_operation(colour, toy):
    """The endpoint's line is not in the traceback, so its name is on the error."""
    client = toy(lambda _: httpx.Response(404, json={"message": "no such card"}))
    with pytest.raises(NotFound, match=r"^toy\.cards\.get: 404: no such card$"):
        colour(client.cards.get("c9"))


def test_operations_are_named_after_the_noun_in_snake_case():
    """A noun of two words has an underscore in its operations' names."""

    class GiftCards(Resource):
        @endpoint
        def get(self):
            raise InvalidArgument("x", "is refused")

    gift_cards = GiftCards(Toy(auth=Key("key-1"))._runner)
    with pytest.raises(InvalidArgument) as caught:
        gift_cards.get()
    assert caught.value.operation == "toy.gift_cards.get"


def test_the_wrong_colour_says_so():
    """Using an async client as a blocking one fails loudly and at once."""
    toy = AsyncToy(auth=Key("key-1"))
    with pytest.raises(TypeError, match="async with"), toy:
        raise AssertionError("not reached")
    with pytest.raises(TypeError, match="async with"):
        toy.__exit__(None, None, None)
    with pytest.raises(TypeError):
        iter(toy.cards.list())
    with pytest.raises(TypeError):
        aiter(Toy(auth=Key("key-1")).cards.list())


def test_arguments_leave_no_trace_in_frames(colour, toy):
    """A secret that was passed as plain text is in none of the SDK's own frames afterwards."""
    client = toy(lambda _: httpx.Response(500, json={}))
    with pytest.raises(Exception, match="500") as caught:
        colour(client.cards.by_token("tok-PLANTED"))
    frames = []
    walk = caught.value.__traceback__
    while walk is not None:
        if "loyalty_sdk" in walk.tb_frame.f_code.co_filename:
            frames.append(repr(walk.tb_frame.f_locals))
        walk = walk.tb_next
    assert frames
    assert not any("PLANTED" in shown for shown in frames)


def test_a_refused_call_lets_go_of_its_arguments(colour, toy):
    """No frame of ours holds a secret that was among them."""
    client = toy(lambda _: None)
    with pytest.raises(InvalidArgument) as caught:
        colour(client.cards.by_token("PLANTED\n"))
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    ours = [frame for frame in frames if "loyalty_sdk" in frame.f_code.co_filename]
    assert ours
    assert not any("PLANTED" in repr(value) for frame in ours for value in frame.f_locals.values())


def test_arguments_that_a_call_does_not_have(colour, toy):
    """The error is Python's own, with its lines; no frame of ours holds an argument."""
    client = toy(lambda _: None)
    with pytest.raises(TypeError, match="bogus") as caught:
        colour(client.cards.by_token("PLANTED", bogus="PLANTED"))
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    ours = [frame for frame in frames if "loyalty_sdk" in frame.f_code.co_filename]
    assert {"described", "now" if not colour.is_async else "soon"} <= {
        frame.f_code.co_name for frame in ours
    }
    assert not any("PLANTED" in repr(frame.f_locals) for frame in ours)
