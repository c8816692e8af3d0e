"""What takes time: asynchronous actions and exports, waited for, listed and saved."""

from __future__ import annotations

import logging
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Colour

from loyalty_sdk import Secret
from loyalty_sdk.errors import (
    InvalidArgument,
    NotFound,
    NotSaved,
    PermissionDenied,
    ServerError,
    StillRunning,
    UnreadableAnswer,
)

from .replay import Case, Clients, Replay, recorded

MAY_1 = datetime(2026, 5, 1, tzinfo=timezone.utc)
FIELDS: Any = {
    "order": "-created_at",
    "fields": ["code", "value"],
    "filters": {"code": {"conditions": {"$in": ["A"]}}},
    "campaign_id": "camp_1",
}

CASES = [
    Case(
        "async_actions.get",
        {"async_action_id": "aa_1"},
        "GET /v1/async-actions/aa_1",
        None,
        "async_actions.get.200",
        {
            "is_done": True,
            "operation_status": "SUCCESS",
            "result.errors.0": {
                "message": "Invalid email",
                "details": "Property .email is no e-mail address",
                "key": "invalid_email",
                "source_id": "shopper-3@example.com",
            },
        },
    ),
    Case(
        "async_actions.get",
        {"async_action_id": "aa_1"},
        "GET /v1/async-actions/aa_1",
        None,
        "async_actions.get.200-failed",
        {
            "result.failures.0": {"code": "SYN-1", "reason": "duplicate"},
            "result.failed_count": 1,
        },
    ),
    Case(
        "async_actions.get",
        {"async_action_id": "aa_1"},
        "GET /v1/async-actions/aa_1",
        None,
        "async_actions.get.200-object",
        {"result.failures": ({"code": "SYN-1", "reason": "duplicate"},)},
    ),
    Case(
        "async_actions.list",
        {"limit": 2, "end_date": MAY_1},
        "GET /v1/async-actions?limit=2&end_date=2026-05-01T00:00:00.000Z",
        None,
        "async_actions.list.200-more",
        {"items.0.id": "aa_synthetic4", "cursor": "2026-01-04T08:00:00.007Z"},
    ),
    Case(
        "exports.create",
        {"exported_object": "voucher", "parameters": FIELDS},
        "POST /v1/exports",
        {"exported_object": "voucher", "parameters": FIELDS},
        "exports.create.200",
        {"status": "SCHEDULED", "is_done": False, "token": None},
    ),
    Case(
        "exports.get",
        {"export_id": "exp_1"},
        "GET /v1/exports/exp_1",
        None,
        "exports.get.200",
        {"is_done": True, "parameters.fields": ("code", "voucher_type")},
    ),
    Case(
        "exports.list",
        {"limit": 2, "order": "-status"},
        "GET /v1/exports?page=1&limit=2&order=-status",
        None,
        "exports.list.200",
        {"items.0.exported_object": "customer", "total": 2},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_a_call_on_what_takes_time(clients: Clients, case: Case) -> None:
    """Each call sends what the documents say, and its answer can be read."""
    case.check(clients)


def test_actions_are_walked_by_date(clients: Clients) -> None:
    """Each page has those before the last one; the first has the latest."""
    replay = Replay(recorded("async_actions.list.200-more"), recorded("async_actions.list.200"))
    found = list(clients.client(replay).async_actions.list())
    assert [one.id[-1] for one in found] == ["4", "3", "2", "1"]
    assert replay.queries == [
        {"limit": "100"},
        {"limit": "100", "end_date": "2026-01-04T08:00:00.007Z"},
    ]


@pytest.mark.parametrize("noun", ["async_actions", "exports"])
def test_something_is_waited_for(clients: Clients, noun: str) -> None:
    """It is asked again until it is done; a word that nobody knows ends the waiting, too."""
    waiting = recorded(f"{noun}.get.200-waiting")
    replay = Replay(waiting, waiting, recorded(f"{noun}.wait.200"))
    found = getattr(clients.client(replay), noun).wait("x_1", every=0.001)
    assert found.is_done
    assert len(replay.requests) == 3
    unknown = httpx.Response(200, json={"id": "x_1", "status": "BRAND_NEW"})
    assert getattr(clients.client(Replay(unknown)), noun).wait("x_1").status == "BRAND_NEW"


@pytest.mark.parametrize("noun", ["async_actions", "exports"])
def test_waiting_has_an_end(clients: Clients, noun: str) -> None:
    """The error has what was said last."""
    replay = Replay(*[recorded(f"{noun}.get.200-waiting")] * 100)
    with pytest.raises(StillRunning) as caught:
        getattr(clients.client(replay), noun).wait("x_1", every=0.01, at_most=0.03)
    assert caught.value.latest.status == "IN_PROGRESS"


@pytest.mark.parametrize("seconds", [0, -1, True, "5", None, float("nan"), float("inf")])
@pytest.mark.parametrize("noun", ["async_actions", "exports"])
@pytest.mark.parametrize("name", ["every", "at_most"])
def test_seconds_that_nobody_can_wait(clients: Clients, noun: str, name: str, seconds: Any) -> None:
    """They are refused by name, and nothing is sent."""
    replay = Replay()
    with pytest.raises(InvalidArgument) as caught:
        getattr(clients.client(replay), noun).wait("x_1", **{name: seconds})
    assert caught.value.argument == name
    assert replay.requests == []


@pytest.mark.parametrize("noun", ["async_actions", "exports"])
def test_what_does_not_exist(clients: Clients, noun: str) -> None:
    """An unknown id is a 404."""
    with pytest.raises(NotFound):
        getattr(clients.client(Replay(recorded(f"{noun}.get.404"))), noun).get("none")


# --- the file of an export


def test_the_address_of_a_file_is_a_secret(clients: Clients) -> None:
    """Whoever has it can read the file: it is shown nowhere, and masked in the answer."""
    answer = clients.client(Replay(recorded("exports.get.200"))).raw.exports.get("exp_1")
    export = answer.data
    assert export.token.reveal() == "synthetic-export-token"
    assert "synthetic-export-token" not in repr(export) + answer.response.text()
    bare = httpx.Response(200, json={"id": "exp_1", "result": {"url": "https://x.example.com/f"}})
    assert clients.client(Replay(bare)).exports.get("exp_1").token is None


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        ({}, "https://download.voucherify.io/v1/"),
        ({"region": "us"}, "https://us1.download.voucherify.io/v1/"),
        ({"region": "as"}, "https://as1.download.voucherify.io/v1/"),
        ({"base_url": "https://files.example.com"}, "https://files.example.com/v1/"),
    ],
)
@pytest.mark.parametrize("token", ["t/1", Secret("t/1")], ids=["text", "secret"])
def test_a_file_is_saved(
    clients: Clients, tmp_path: Path, arguments: Any, begins: str, token: Any
) -> None:
    """It is asked of the host of the region, with the keys and the token."""
    replay = Replay(recorded("exports.download.200"))
    place = tmp_path / "vouchers.csv"
    client = clients.client(replay, **arguments)
    assert client.exports.download("exp_1", token, place) == place
    assert place.read_text() == "code,voucher_type\nSYN-0001,DISCOUNT_VOUCHER\n"
    (request,) = replay.requests
    assert str(request.url) == f"{begins}exports/exp_1?token=t%2F1"
    assert request.headers["x-app-id"] == "synthetic-app-id"
    assert "text/plain" in request.headers["accept"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (recorded("exports.download.403"), PermissionDenied),
        (recorded("exports.get.200"), UnreadableAnswer),
    ],
    ids=["403", "no file"],
)
def test_a_file_that_is_none(
    clients: Clients, tmp_path: Path, answer: httpx.Response, error: type[Exception]
) -> None:
    """Nothing lies at its place, nor beside it."""
    client = clients.client(Replay(*[answer] * 3))
    with pytest.raises(error):
        client.exports.download("exp_1", "token-1", tmp_path / "vouchers.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_place(clients: Clients, tmp_path: Path) -> None:
    """A folder that is not there takes no file; nothing is sent."""
    replay = Replay()
    with pytest.raises(NotSaved):
        clients.client(replay).exports.download("exp_1", "token-1", tmp_path / "no" / "such")
    assert replay.requests == []


def test_a_token_is_not_logged(
    colour: Colour, clients: Clients, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An HTTP client of the caller's own logs what it sends, but not this."""
    transport = Replay(recorded("exports.download.200")).transport(colour)
    own: Any = colour.pick(httpx.Client, httpx.AsyncClient)(transport=transport)
    client = clients.client(http_client=own)
    with caplog.at_level(logging.DEBUG):
        client.exports.download("exp_1", "planted-token", tmp_path / "file")
    assert "exports/exp_1" in caplog.text
    assert "planted-token" not in caplog.text


def test_an_export_is_deleted_once(clients: Clients) -> None:
    """A 204 gives `None`; neither this nor asking for a file is repeated."""
    assert clients.client(Replay(recorded("exports.delete.204"))).exports.delete("exp_1") is None
    for write in (lambda e: e.delete("a"), lambda e: e.create(exported_object="order")):
        replay = Replay(httpx.Response(502), recorded("exports.create.200"))
        with pytest.raises(ServerError):
            write(clients.client(replay).exports)
        assert len(replay.requests) == 1
