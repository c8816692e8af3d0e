from __future__ import annotations

import json
import uuid
from typing import Any, get_args

import httpx
import pytest

from loyalty_sdk import Secret
from loyalty_sdk.errors import APIError, BadRequest, InvalidArgument, ServerError
from loyalty_sdk.es_loyalty import IdentifierType

from .helpers import BASE, SESSION, recorded


def body(route: Any) -> Any:
    """The JSON that was sent."""
    return json.loads(route.calls.last.request.content)


def test_a_session_is_started(colour: Any, es: Any, answers: Any) -> None:
    """The identifier stands in the path, its kind in a header, the new name in the body."""
    route = answers("sessions.start.200")
    session = colour(es.sessions.start("acc/1"))
    request = route.calls.last.request
    assert request.method == "POST"
    assert request.url == f"{BASE}/client/users/acc%2F1/sessions"
    assert request.headers["x-identifier-type"] == "ACCOUNT_ID"
    assert request.headers["content-type"] == "application/json"
    assert body(route) == {"correlationId": session.correlation_id.reveal()}
    assert uuid.UUID(session.correlation_id.reveal()).version == 4
    assert session.account_id == "acc-synthetic-1"
    assert session.loyalty_id == "6000000000000001"
    assert session.extra == {"availablePointsBalance": 1250}


def test_each_session_has_a_name_of_its_own(colour: Any, es: Any, answers: Any) -> None:
    """Two sessions never share one by chance."""
    answers("sessions.start.200", "sessions.start.200")
    names = {colour(es.sessions.start(1)).correlation_id for _ in range(2)}
    assert len(names) == 2


def test_everything_that_the_documents_name_is_sent(colour: Any, es: Any, answers: Any) -> None:
    """The caller's own name for the session, the channel, and the outside agent's session."""
    route = answers("sessions.start.200")
    agent = uuid.uuid4()
    session = colour(
        es.sessions.start(
            4711,
            identifier_type="EXTERNAL_AGENT_ID",
            channel="KIOSK_OF_OURS",
            correlation_id=uuid.UUID(SESSION),
            external_agent_session_id=agent,
        )
    )
    assert session.correlation_id == Secret(SESSION)
    assert route.calls.last.request.url.path.endswith("/client/users/4711/sessions")
    assert body(route) == {
        "correlationId": SESSION,
        "channel": "KIOSK_OF_OURS",
        "externalAgentSessionId": str(agent),
    }


@pytest.mark.parametrize("kind", get_args(IdentifierType))
def test_the_kind_of_identifier_is_always_sent(
    colour: Any, es: Any, answers: Any, kind: str
) -> None:
    """For what the vendor takes without it is a matter of its settings."""
    route = answers("sessions.start.200")
    colour(es.sessions.start("someone", identifier_type=kind))
    assert route.calls.last.request.headers["x-identifier-type"] == kind


def test_the_vendor_s_own_name_for_the_session_counts(colour: Any, es: Any, router: Any) -> None:
    """Where it sends one back, that is the session's."""
    router.route().respond(json={"accountId": 1, "loyaltyId": "2", "correlationId": "theirs"})
    assert colour(es.sessions.start("a")).correlation_id == Secret("theirs")


def test_a_name_of_ones_own_may_be_a_secret(colour: Any, es: Any, answers: Any) -> None:
    """As the one is that a session has."""
    route = answers("sessions.start.200")
    names = {"correlation_id": Secret(SESSION), "external_agent_session_id": Secret("agent-1")}
    colour(es.sessions.start(1, identifier_type="EXTERNAL_AGENT_ID", **names))
    assert body(route) == {"correlationId": SESSION, "externalAgentSessionId": "agent-1"}


def test_a_session_s_name_is_shown_nowhere(colour: Any, es: Any, router: Any) -> None:
    """It stands for an account: it is masked in the session, the request and the vendor's words."""
    started = {"accountId": 1, "loyaltyId": "2", "correlationId": SESSION}
    router.post().respond(json=started)
    router.get().respond(400, json={"errorMessage": f"not {SESSION}"})
    answer = colour(es.raw.sessions.start("a", correlation_id=SESSION))
    assert SESSION not in repr(answer) + answer.response.text()
    with pytest.raises(BadRequest, match=r"not \*\*\*") as caught:
        colour(es.issuances.list(answer.data.correlation_id))
    assert caught.value.request.url == f"{BASE}/client/users/***/issuances"


@pytest.mark.parametrize(
    ("argument", "arguments"),
    [
        ("identifier", {"identifier": ""}),
        ("identifier", {"identifier": ".."}),
        ("identifier_type", {"identifier": "a", "identifier_type": "SHOE_SIZE"}),
        ("channel", {"identifier": "a", "channel": " "}),
        ("correlation_id", {"identifier": "a", "correlation_id": "\n"}),
        ("external_agent_session_id", {"identifier": "a", "external_agent_session_id": ""}),
    ],
)
def test_a_bad_argument_is_refused(
    colour: Any, es: Any, router: Any, argument: str, arguments: dict[str, Any]
) -> None:
    """Before anything is sent."""
    with pytest.raises(InvalidArgument) as caught:
        colour(es.sessions.start(**arguments))
    assert caught.value.argument == argument
    assert caught.value.operation == "es_loyalty.sessions.start"
    assert not router.calls


@pytest.mark.parametrize("kind", ["EMAIL", "PHONE_NUMBER"])
def test_personal_identifiers_are_not_shown(colour: Any, es: Any, router: Any, kind: str) -> None:
    """Neither in the error's request, nor in the vendor's words that repeat them."""
    router.route().respond(400, json={"errorMessage": "no account for someone@example.com"})
    with pytest.raises(APIError) as caught:
        colour(es.sessions.start("someone@example.com", identifier_type=kind))
    sent = router.calls.last.request.url.raw_path.decode()
    assert sent.endswith("/client/users/someone%40example.com/sessions")
    assert "someone" not in f"{caught.value!r} {caught.value} {caught.value.request}"


def test_an_unclear_start_is_not_repeated(colour: Any, es: Any, router: Any) -> None:
    """The vendor may have opened the session already."""
    route = router.route().respond(500, json={"message": "Internal server error"})
    with pytest.raises(ServerError):
        colour(es.sessions.start("a"))
    route.mock(side_effect=httpx.ReadError("gone"))
    with pytest.raises(ConnectionError):
        colour(es.sessions.start("a"))
    assert route.call_count == 2


def test_an_identifier_that_is_not_known(colour: Any, es: Any, router: Any) -> None:
    """The vendor's refusal is an error with its code."""
    router.route().mock(return_value=recorded("sessions.start.400"))
    with pytest.raises(BadRequest, match="Invalid loyaltyId") as caught:
        colour(es.sessions.start("a", identifier_type="LOYALTY_ID"))
    assert caught.value.code == "INVALID_REQUEST"
