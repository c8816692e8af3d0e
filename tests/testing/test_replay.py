"""Tests of replaying, and of the difference that an unknown request fails with."""

from __future__ import annotations

import httpx
import pytest

from loyalty_sdk import AsyncVoucherify, Voucherify
from loyalty_sdk.testing import Exchange, Recording, Replay, Said, UnknownRequest

KEYS = {"app_id": "synthetic-app-id", "app_token": "synthetic-app-token"}


def _asked(method="GET", path="v1/customers/masked-1", query=(), body=None):
    return Said(method=method, path=tuple(path.split("/")), query=query, body=body)


@pytest.fixture
def recorded(tmp_path):
    """Writes a recording of requests, each answered with a status."""

    def save(*requests, statuses=()):
        exchanges = tuple(
            Exchange(request=one, status=status, body={"id": f"masked-{n}", "object": "customer"})
            for n, (one, status) in enumerate(
                zip(requests, statuses or [200] * len(requests), strict=True), 1
            )
        )
        Recording(exchanges=exchanges, masked=("id",)).save(tmp_path / "some.json")
        return tmp_path / "some.json"

    return save


def _request(method="GET", path="/v1/customers/masked-1", **more):
    return httpx.Request(method, f"https://other.example/base{path}", **more)


def test_a_client_sees_the_difference(colour, recorded):
    """The error of an unknown request comes through the client as it is, in both colours."""
    replay = Replay(recorded(_asked(), _asked(path="v1/customers/masked-1/redeemables")))
    client = colour.pick(Voucherify, AsyncVoucherify)(**KEYS, transport=replay.transport())
    colour.keep(client)
    with pytest.raises(UnknownRequest, match="GET /v1/customers/masked-2 is not in") as caught:
        colour(client.customers.get("masked-2"))
    assert replay.unknown == [caught.value]


def test_the_difference_is_readable(recorded):
    """It shows the nearest request, line by line, and no secret that was asked with."""
    near = _asked(
        "POST",
        "v1/customers",
        (("order", "name"),),
        {"name": "masked-1", "list": [1, {"a": None}], "password": "***1", "empty": {}},
    )
    replay = Replay(recorded(_asked(), near))
    body = {"name": "Ada", "list": [1, {"b": 2}], "password": "mine", "empty": {}}
    with pytest.raises(UnknownRequest) as caught:
        replay.answer(_request("POST", "/v1/customers?order=name&limit=2", json=body))
    head, *lines = str(caught.value).splitlines()
    assert head.startswith("POST /v1/customers is not in ")
    assert head.endswith("some.json (2 requests are); the nearest is number 2:")
    assert lines == [
        "  - recorded",
        "  + asked for",
        "    request: POST /v1/customers",
        "    query order: name",
        "    body.empty: {}",
        "    body.list[0]: 1",
        "  - body.list[1].a: null",
        "  - body.name: masked-1",
        "  + body.name: Ada",
        "    body.password: ***",
        "  + query limit: 2",
        "  + body.list[1].b: 2",
    ]


def test_nothing_is_near_where_nothing_was_recorded(recorded):
    """An empty recording says that it is empty."""
    with pytest.raises(UnknownRequest, match=r"some.json \(0 requests are\)$"):
        Replay(recorded()).answer(_request())


def test_answers_to_the_same_request_come_in_order(recorded):
    """Each is given once, the last one again and again."""
    replay = Replay(recorded(_asked(), _asked(), statuses=(503, 200)))
    assert len(replay.unused) == 2
    assert [replay.answer(_request()).status_code for _ in range(4)] == [503, 200, 200, 200]
    assert replay.unused == ()


@pytest.mark.parametrize(
    "request_",
    [
        _request("POST", "/v1/customers/anything?a=1&a=2", json={"at": 5, "x": [1]}),
        _request("POST", "/v1/customers/anything?a=1&a=2", json={"x": [1], "at": None}),
    ],
    ids=["a time", "none"],
)
def test_what_does_not_count(recorded, request_):
    """Secrets, ignored names, and the order of names do not count."""
    path, query = "v1/customers/***3", (("a", "1"), ("a", "2"), ("at", "9"))
    replay = Replay(
        recorded(_asked("POST", path, query, {"at": {"y": 1}, "x": [1]})), ignore=("at",)
    )
    assert replay.answer(request_).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/customers/masked-1?a=1", "/v1/customers", "/v1/customers/masked-1/redeemables"]
)
def test_what_counts(recorded, path):
    """A longer path, a shorter one and another query are other requests."""
    with pytest.raises(UnknownRequest):
        Replay(recorded(_asked())).answer(_request(path=path))
