from __future__ import annotations

import attrs
import httpx
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.errors import BadRequest, InvalidArgument, UnreadableAnswer

from ..toy import Card


def found(_):
    return httpx.Response(200, json={"id": "c1", "points": 3})


def test_request_gives_what_came(colour, toy):
    """Parsed JSON, `None` of nothing, or a model."""
    client = toy(found)
    assert colour(client.request("get", "cards", "c1")) == {"id": "c1", "points": 3}
    assert colour(client.request("GET", "cards", 1, into=Card)) == Card(id="c1", points=3)
    assert colour(toy(lambda _: httpx.Response(204)).request("DELETE", "cards", "c1")) is None


def test_request_sends_what_it_is_told(colour, toy):
    """Verb, quoted parts, query without `None`, body."""
    seen = []
    client = toy(lambda r: seen.append(r) or httpx.Response(200))
    params = {"a": "b c", "n": 1, "yes": True, "left_out": None, "filters[x][$in][0]": "1"}
    colour(client.request("patch", "v1", "a/b", Secret("s"), params=params, json={"x": [1]}))
    assert seen[0].method == "PATCH"
    assert seen[0].url.raw_path == (
        b"/v1/a%2Fb/s?a=b%20c&n=1&yes=true&filters%5Bx%5D%5B%24in%5D%5B0%5D=1"
    )
    assert seen[0].content == b'{"x":[1]}'


@pytest.mark.parametrize(
    ("arguments", "options", "argument"),
    [
        (("GET /", "x"), {}, "method"), (("", "x"), {}, "method"), (("GET", ".."), {}, "path"),
        (("GET", ""), {}, "path"), (("GET", "x"), {"params": {"a": 1.5}}, "a"),
        (("GET", "x"), {"params": {"\ud800": "a"}}, "params"),
    ],
)  # fmt: skip
def test_request_refuses_what_cannot_be_sent(colour, toy, arguments, options, argument):
    """By name, and as an error of this operation."""
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(pytest.fail).request(*arguments, **options))
    assert (caught.value.argument, caught.value.operation) == (argument, "toy.request")


def test_request_repeats_only_when_told(colour, toy):
    """A call that nobody vouches for is sent once."""
    seen = []
    client = toy(lambda r: seen.append(r) or httpx.Response(503))
    for repeatable, sent in ((False, 1), (True, 3)):
        seen.clear()
        with pytest.raises(Exception, match="503"):
            colour(client.request("GET", "x", repeatable=repeatable))
        assert len(seen) == sent


def test_request_into_a_model_names_faults(colour, toy):
    """An answer that does not fit is unreadable, by path."""
    client = toy(lambda _: httpx.Response(200, json={"id": "a", "points": []}))
    with pytest.raises(UnreadableAnswer, match=r"\$\.points"):
        colour(client.request("GET", "x", into=Card))


def test_request_hides_a_secret_part(colour, toy):
    """In what is shown of the request, too."""
    client = toy(lambda _: httpx.Response(400, json={"message": "no PLANTED"}))
    with pytest.raises(BadRequest) as caught:
        colour(client.request("GET", "a", Secret("PLANTED")))
    assert caught.value.request == attrs.evolve(
        caught.value.request, method="GET", url="https://toy.test/a/***"
    )
    assert "PLANTED" not in repr(caught.value)


def test_a_path_in_one_piece_is_refused_in_words(colour, toy):
    """`request` takes the parts of a path one by one, and says so before anything is sent."""
    for path in (("/v1/things",), ("v1/things",), ()):
        with pytest.raises(InvalidArgument, match="part by part"):
            colour(toy(found).request("GET", *path))


@pytest.mark.parametrize(
    ("wrong", "argument"), [({"into": dict}, "into"), ({"params": [1]}, "params")]
)
def test_request_checks_its_other_arguments(colour, toy, wrong, argument):
    """By name."""
    with pytest.raises(InvalidArgument) as caught:
        colour(toy(pytest.fail).request("GET", "x", **wrong))
    assert (caught.value.argument, caught.value.operation) == (argument, "toy.request")
