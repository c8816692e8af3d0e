from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from loyalty_sdk.errors import (
    BadRequest,
    InvalidArgument,
    NotFound,
    ServerError,
    Unauthorized,
    UnreadableAnswer,
)
from loyalty_sdk.es_loyalty import SessionNotFound

from .helpers import BASE, SESSION

DOCUMENTED = json.loads((Path(__file__).parent / "attributes.json").read_text("utf-8"))


def query(route: Any) -> dict[str, str]:
    """The query that was sent."""
    return dict(route.calls.last.request.url.params)


def test_a_session_may_be_named_by_its_uuid(colour: Any, es: Any, answers: Any) -> None:
    """Whoever made the name of the session need not write it out."""
    route = answers("issuances.list.200")
    colour(es.issuances.list(uuid.UUID(SESSION)))
    assert route.calls.last.request.url.path.endswith(f"/client/users/{SESSION}/issuances")


def test_issuances_are_listed(colour: Any, es: Any, answers: Any) -> None:
    """A plain GET of the session's path, with nothing in the query that was not asked for."""
    route = answers("issuances.list.200")
    issuances = colour(es.issuances.list(SESSION))
    assert route.calls.last.request.method == "GET"
    assert route.calls.last.request.url == f"{BASE}/client/users/{SESSION}/issuances"
    assert isinstance(issuances, tuple)
    assert [issuance.status for issuance in issuances] == ["AVAILABLE", "REDEEMED", "EXPIRED"]


@pytest.mark.parametrize(
    ("name", "count"),
    [("", 3), ("-wrapped", 3), ("-single", 1), ("-empty_object", 0), ("-empty", 0)],
)
def test_every_shape_of_the_answer_is_read(
    colour: Any, es: Any, answers: Any, name: str, count: int
) -> None:
    """Bare, wrapped, one alone, none in an object, none in an array."""
    answers(f"issuances.list.200{name}")
    issuances = colour(es.issuances.list(SESSION))
    assert [issuance.issuance_code for issuance in issuances] == [
        "WELCOME-1",
        "WELCOME-2",
        "WELCOME-40",
    ][:count]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (None, 0),
        ({"Issuances": None}, 0),
        ({"issuances": {}}, 0),
        ({"issuances": {"accountID": 1}}, 1),
        ({"issuances": [], "count": 0}, 0),
    ],
)
def test_other_empty_and_wrapped_shapes_are_read(
    colour: Any, es: Any, router: Any, body: Any, count: int
) -> None:
    """The documents show no answer, so what cannot be misread is read."""
    router.route().respond(content=json.dumps(body))
    assert len(colour(es.issuances.list(SESSION))) == count


@pytest.mark.parametrize("body", [{"status": "OK"}, "no", 1, [1], {"issuances": "none"}])
def test_another_answer_is_no_empty_list(colour: Any, es: Any, router: Any, body: Any) -> None:
    """An object of another kind must not look like nothing, nor like an issuance."""
    router.route().respond(json=body)
    with pytest.raises(UnreadableAnswer):
        colour(es.issuances.list(SESSION))


def test_every_parameter_is_sent(colour: Any, es: Any, answers: Any) -> None:
    """Under the vendor's names, moments in milliseconds, days as a number."""
    route = answers("issuances.list.200-empty")
    colour(
        es.issuances.list(
            SESSION,
            from_=datetime(2026, 1, 2, 3, 4, 5, 678_999, timezone(timedelta(hours=-5))),
            to=1_800_000_000_000,
            until=timedelta(days=10),
            limit=20,
            max_results=500,
            locale="en-CA",
            type="voucher",
            business_unit="BUY & CO",
            status="AVAILABLE",
        )
    )
    assert query(route) == {
        "from": "1767341045678",
        "to": "1800000000000",
        "until": "10",
        "limit": "20",
        "maxResults": "500",
        "locale": "en-CA",
        "type": "voucher",
        "businessUnit": "BUY & CO",
        "status": "AVAILABLE",
    }
    assert set(query(route)) == set(DOCUMENTED["parameters"]["issuances.list"])


@pytest.mark.parametrize("until", [0, 10])
def test_days_may_be_a_number(colour: Any, es: Any, answers: Any, until: int) -> None:
    """A number is taken for days, as the vendor does."""
    route = answers("issuances.list.200-empty")
    colour(es.issuances.list(SESSION, until=until))
    assert query(route) == {"until": str(until)}


@pytest.mark.parametrize("status", DOCUMENTED["parameter_values"]["issuances.list"]["status"])
def test_every_status_can_be_asked_for(colour: Any, es: Any, answers: Any, status: str) -> None:
    """Each one that the documents list."""
    route = answers("issuances.list.200-empty")
    colour(es.issuances.list(SESSION, status=status))
    assert query(route) == {"status": status}


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("correlation_id", " "),
        ("from_", datetime(2026, 1, 1)),
        ("from_", "2026-01-01"),
        ("from_", True),
        ("to", datetime(2026, 1, 1)),
        ("to", 1.5),
        ("until", -1),
        ("until", timedelta(hours=36)),
        ("until", timedelta(days=-1)),
        ("limit", 0),
        ("limit", True),
        ("max_results", 0),
        ("locale", ""),
        ("type", " "),
        ("business_unit", "a\x00b"),
        ("business_unit", 7),
        ("status", "available"),
    ],
)
def test_a_bad_argument_is_refused(
    colour: Any, es: Any, router: Any, argument: str, value: Any
) -> None:
    """Before anything is sent, with the name that the caller knows it by."""
    arguments = {"correlation_id": SESSION, argument: value}
    with pytest.raises(InvalidArgument) as caught:
        colour(es.issuances.list(**arguments))
    assert isinstance(caught.value, ValueError)
    assert caught.value.argument == argument
    assert not router.calls


def test_a_range_that_begins_too_early(colour: Any, es: Any, answers: Any) -> None:
    """The one error that the documents list for this call."""
    answers("issuances.list.400-from_too_old")
    with pytest.raises(BadRequest, match="from value must be within last 1 year") as caught:
        colour(es.issuances.list(SESSION, from_=1))
    assert (caught.value.status, caught.value.code) == (400, "INVALID_REQUEST")
    assert caught.value.request_id == "5f0c1a7e-1111-4222-8333-synthetic0001"
    assert caught.value.operation == "es_loyalty.issuances.list"


@pytest.mark.parametrize("name", ["no_session", "no_session_without_a_period"])
def test_a_session_that_does_not_exist(colour: Any, es: Any, answers: Any, name: str) -> None:
    """Whatever code the vendor gives it; `status` stays the true one."""
    answers(f"issuances.list.400-{name}")
    with pytest.raises(SessionNotFound) as caught:
        colour(es.issuances.list("nowhere"))
    assert isinstance(caught.value, NotFound)
    assert caught.value.status == 400
    assert caught.value.code in ("BAD_REQUEST", "INVALID_REQUEST")


def test_a_business_401_is_not_repeated(colour: Any, es: Any, answers: Any) -> None:
    """Another token would be told the same."""
    route = answers("issuances.list.401-business")
    with pytest.raises(Unauthorized) as caught:
        colour(es.issuances.list(SESSION))
    assert caught.value.code == "API_VALIDATION"
    assert route.call_count == 1


def test_a_gateway_s_page_is_an_error(colour: Any, es: Any, answers: Any) -> None:
    """It is no JSON, is asked for again, and is not taken for an empty list."""
    route = answers(*["issuances.list.502-gateway"] * 3)
    with pytest.raises(ServerError, match="502") as caught:
        colour(es.issuances.list(SESSION))
    assert caught.value.code is None
    assert route.call_count == 3
