from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from conftest import Colour

from loyalty_sdk import Retry
from loyalty_sdk._core.calls import Response
from loyalty_sdk._core.reading.remarks import Notice
from loyalty_sdk.errors import (
    APIError,
    BadRequest,
    ConnectionLost,
    MethodNotAllowed,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
    Unauthorized,
    UnexpectedRedirect,
    UnreadableAnswer,
)
from loyalty_sdk.spaaza import PrivilegedToken, Voucher
from loyalty_sdk.spaaza._wire import SpaazaWire, read_one

from .replay import CHAIN, Replay, page, recorded, recorded_names, voucher

DENIED = "permission_denied_or_non_existent"
LIST = "vouchers.list."

# recorded answer: class, status, name, number, how often a read is sent
ERRORS: dict[str, tuple[type[APIError], int, str | None, str | None, int]] = {
    "200-error": (PermissionDenied, 200, DENIED, "68", 1),
    "301": (UnexpectedRedirect, 301, None, None, 1),
    "400": (BadRequest, 400, "missing_necessary_parameters", "52", 1),
    "400-http_vars_missing": (BadRequest, 400, "http_vars_missing", "3", 1),
    "401": (Unauthorized, 401, "no_valid_session", "6", 1),
    "401-errors_map_by_key": (Unauthorized, 401, "no_valid_session", "6", 1),
    "401-in_a_list": (Unauthorized, 401, "no_valid_session", "6", 1),
    "401-password": (Unauthorized, 401, "password_error_or_non_existent", "5", 1),
    "403": (PermissionDenied, 403, DENIED, "68", 1),
    "403-errors_map": (PermissionDenied, 403, DENIED, "68", 1),
    "404": (NotFound, 404, "voucher_not_found", "183", 1),
    "405": (MethodNotAllowed, 405, "http_request_method_not_allowed", "4", 1),
    "429": (RateLimited, 429, "synthetic_limit", "9999", 1),
    "500": (ServerError, 500, None, None, 3),
    "500-permission_denied": (PermissionDenied, 500, DENIED, "68", 1),
    "502": (ServerError, 502, None, None, 3),
    "503": (ServerError, 503, None, None, 3),
}


def test_every_recorded_error_is_expected() -> None:
    """The table below and the recorded files name the same answers."""
    recordings = {name.removeprefix(LIST) for name in recorded_names(LIST)}
    assert {name for name in recordings if not name.startswith("200") or "error" in name} == set(
        ERRORS
    )


@pytest.mark.parametrize("name", ERRORS)
def test_every_documented_error_is_told_apart(name: str, colour: Colour) -> None:
    """Each error has its class, its true status, Spaaza's name and number, and its operation."""
    kind, status, code, number, sent = ERRORS[name]
    replay = Replay(*[recorded(LIST + name)] * 3)
    with pytest.raises(APIError) as caught:
        colour.items(replay.client(colour).vouchers.list(CHAIN))
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.number) == (status, code, number)
    assert error.operation == "spaaza.vouchers.list"
    assert error.request_id is None
    assert error.response is not None
    assert error.response.status == status
    assert error.attempts == len(replay.requests) == sent
    assert error.message
    assert "spaaza.vouchers.list" in str(error)


def test_the_detail_of_an_old_error_is_kept(colour: Colour) -> None:
    """`extrainfo.msg` are the details, as Spaaza's own client has it."""
    for name, details in (("403-errors_map", "chain 1743"), ("403", None)):
        replay = Replay(recorded(LIST + name))
        with pytest.raises(PermissionDenied) as caught:
            colour.items(replay.client(colour).vouchers.list(CHAIN))
        assert caught.value.details == details


def test_a_gateway_that_is_back_is_not_noticed(colour: Colour) -> None:
    """A read is repeated after a nameless 500, a 502, a 503 and a lost connection."""
    for failure in (recorded(LIST + "500"), recorded(LIST + "502"), httpx.ReadError("cut")):
        replay = Replay(failure, recorded(LIST + "503"), page(voucher(1)))
        assert len(colour.items(replay.client(colour).vouchers.list(CHAIN))) == 1
        assert len(replay.requests) == 3


def test_a_limit_that_says_how_long_is_waited_for(colour: Colour) -> None:
    """A 429 is repeated after the wait it states; too long a wait is raised at once."""
    soon = httpx.Response(429, headers={"retry-after": "0"}, text="slow down")
    replay = Replay(soon, soon, page(voucher(1)))
    assert len(colour.items(replay.client(colour).vouchers.list(CHAIN))) == 1
    assert len(replay.requests) == 3
    replay = Replay(recorded(LIST + "429"))
    with pytest.raises(RateLimited) as caught:
        colour.items(replay.client(colour).vouchers.list(CHAIN))
    assert caught.value.retry_after == 120
    assert len(replay.requests) == 1


def test_a_lost_connection_is_told_from_an_answer(colour: Colour) -> None:
    """What never came back is no `APIError`."""
    replay = Replay(*[httpx.ReadError("cut")] * 2)
    client = replay.client(colour, retry=Retry(attempts=2))
    with pytest.raises(ConnectionLost) as caught:
        colour.items(client.vouchers.list(CHAIN))
    assert caught.value.attempts == len(replay.requests) == 2


def test_text_that_is_no_json_is_unreadable_under_a_200(colour: Colour) -> None:
    """A page of HTML with status 200 is repeated, and then said."""
    replay = Replay(*[httpx.Response(200, text="<html>")] * 3)
    with pytest.raises(UnreadableAnswer, match=r"\$: not JSON"):
        colour.items(replay.client(colour).vouchers.list(CHAIN))
    assert len(replay.requests) == 3


@pytest.mark.parametrize(
    ("body", "code", "number"),
    [
        ({"error": {"code": "68", "name": DENIED}}, DENIED, "68"),
        ({"error": {"code": 68}}, None, "68"),
        ({"error": {"name": "novelty", "description": 5}}, "novelty", None),
        ({"error": [], "errors": {"5": {"name": "n"}}}, "n", "5"),
        ({"errors": {"named": {"name": "named"}}}, "named", None),
        ({"errors": []}, None, None),
        ({"error": "text"}, None, None),
        ([], None, None),
        ([1, 2], None, None),
        ("text", None, None),
        (None, None, None),
    ],
)
def test_odd_error_bodies_are_errors_all_the_same(
    body: Any, code: str | None, number: str | None, colour: Colour
) -> None:
    """Whatever the body holds, the status says no, and there are words."""
    replay = Replay(httpx.Response(418, json=body))
    with pytest.raises(APIError) as caught:
        colour.items(replay.client(colour).vouchers.list(CHAIN))
    assert (caught.value.status, caught.value.code, caught.value.number) == (418, code, number)
    assert caught.value.message


@pytest.mark.parametrize("code", [0, 2, "2", -1, 10, 1.5])
def test_only_code_1_is_a_success(code: object, colour: Colour) -> None:
    """Inside a 200, any `result.code` but 1 is an error, whatever else the body holds."""
    body = {"result": {"code": code}, "results": {"vouchers": []}}
    with pytest.raises(APIError) as caught:
        colour.items(Replay(httpx.Response(200, json=body)).client(colour).vouchers.list(CHAIN))
    assert caught.value.status == 200


@pytest.mark.parametrize("code", [True, False, [], {}, [1]])
def test_a_code_that_is_none_is_unreadable(code: object, colour: Colour) -> None:
    """What is neither a number nor text says nothing, and is named by its path."""
    body = {"result": {"code": code}, "results": {"vouchers": []}}
    replay = Replay(*[httpx.Response(200, json=body)] * 3)
    with pytest.raises(UnreadableAnswer, match=r"\$\.result\.code: text is expected"):
        colour.items(replay.client(colour).vouchers.list(CHAIN))


def test_an_envelope_that_lacks_its_result(colour: Colour) -> None:
    """Results without `result` are results; an error without one is an error."""
    body = {"results": {"vouchers": [voucher(1)], "results_count_total": 1}}
    read = colour.items(Replay(httpx.Response(200, json=body)).client(colour).vouchers.list(CHAIN))
    assert [each.voucher_id for each in read] == ["1"]
    for result in ({}, {"result": None}, {"result": {"status": "error"}}):
        answer = httpx.Response(200, json={**result, "error": {"code": 68, "name": "denied"}})
        with pytest.raises(PermissionDenied) as caught:
            colour.items(Replay(answer).client(colour).vouchers.list(CHAIN))
        assert (caught.value.status, caught.value.code) == (200, "denied")


@pytest.mark.parametrize("code", [1, "1", 1.0, None])
def test_code_1_is_a_success(code: object, colour: Colour) -> None:
    """The code may be text, or left out."""
    body = {"result": {"code": code}, "results": {"vouchers": [voucher(1)]}}
    answers = [httpx.Response(200, json=one) for one in (body, [body])]
    for answer in answers:
        replay = Replay(answer, page())
        assert len(colour.items(replay.client(colour).vouchers.list(CHAIN))) == 1


def test_the_results_are_read_as_one_model() -> None:
    """The short way to describe a call whose results are one object."""
    body = b'[{"result": {"code": 1}, "results": {"voucher_id": 5}}]'
    assert read_one(Voucher)(Response(200, httpx.Headers(), body)).voucher_id == "5"


# --- which credentials are stale


@pytest.mark.parametrize(
    ("number", "status", "refused"),
    [
        ("6", 401, True),
        ("6", 400, True),
        ("6", 200, True),
        ("5", 401, False),
        ("68", 403, False),
        (None, 401, True),
        (None, 403, False),
        ("228", 401, False),
    ],
)
def test_a_refused_token_is_told_from_a_refusal(
    number: str | None, status: int, refused: bool
) -> None:
    """`no_valid_session` and a bare 401 mean the credentials; a wrong password does not."""
    error = APIError("no", status=status, number=number)
    assert SpaazaWire(None).token_is_refused(error) is refused


@pytest.mark.parametrize(
    ("code", "status", "final"),
    [("named", 500, True), (None, 500, False), ("named", 429, False), ("named", 503, True)],
)
def test_a_named_error_in_a_500_is_final(code: str | None, status: int, final: bool) -> None:
    """Under a 5xx a name tells the API's decision from a failure."""
    assert SpaazaWire(None).is_final(APIError("no", status=status, code=code)) is final


@pytest.mark.parametrize("name", ["401", "401-in_a_list", "401-errors_map_by_key"])
def test_a_function_that_gives_secrets_is_asked_again_once(name: str, colour: Colour) -> None:
    """When the session is refused, rotated secrets are tried once more, in the same attempt."""
    secrets = iter(["old", "new", "newest"])
    auth = PrivilegedToken("id", lambda: next(secrets))
    replay = Replay(recorded(LIST + name), page(voucher(1)))
    assert len(colour.items(replay.client(colour, auth=auth).vouchers.list(CHAIN))) == 1
    sent = [request.headers["authorization"] for request in replay.requests]
    assert sent == ["Bearer id:old", "Bearer id:new"]


def test_wrong_passwords_and_denials_are_not_sent_again(colour: Colour) -> None:
    """Code 5 and code 68 are answers; other secrets would not change them."""
    for name in ("401-password", "403", "500-permission_denied"):
        secrets = iter(["old", "new"])
        auth = PrivilegedToken("id", lambda secrets=secrets: next(secrets))
        replay = Replay(recorded(LIST + name))
        with pytest.raises(APIError):
            colour.items(replay.client(colour, auth=auth).vouchers.list(CHAIN))
        assert len(replay.requests) == 1


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        ({"result": {"code": 1}, "results": {}}, ()),
        ("no object", ()),
        (
            {"warnings": [{"code": 183, "name": "voucher_not_found", "description": "Not here."}]},
            (Notice(code="183", name="voucher_not_found", description="Not here."),),
        ),
        (
            [{"warnings": {"name": "campaign_fully_redeemed", "message": {"campaign_id": 7}}}],
            (Notice(name="campaign_fully_redeemed", details={"message": {"campaign_id": 7}}),),
        ),
        ({"warnings": ["in words only", None]}, (Notice(description="in words only"),)),
    ],
)
def test_the_warnings_of_a_success_are_on_the_answer(body, warnings):
    """`warnings` beside the results are read in every form that is known of them."""
    response = Response(200, httpx.Headers(), json.dumps(body).encode()).given_by(SpaazaWire(None))
    assert response.warnings == warnings


def test_what_is_no_json_warns_of_nothing():
    """A CSV has no warnings."""
    assert Response(200, httpx.Headers(), b"id\n1\n").given_by(SpaazaWire(None)).warnings == ()
