"""Logging in and out.

https://docs.spaaza.com/api/login
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response
from ..access import HOSTNAME_HEADER
from ..answers import Refused, Version, denied, incomplete
from ..select import IDENTIFIERS, find_user, user_identifier
from ..visit import Visit, form_of, query_of
from ..vouchers import naive

PASSCODE_SINCE: Version = (1, 5, 8)


def log_in(visit: Visit, one: Asked) -> Response:
    """Open a session, or send a passcode."""
    fields = _form(one, "username", "password")
    hostname = one.request.headers.get(HOSTNAME_HEADER)
    account = visit.access.log_in(fields["username"], fields["password"], hostname)
    if account.two_factor and visit.version >= PASSCODE_SINCE:
        passcode = visit.access.send_passcode(account, visit.switches)
        results: dict[str, object] = {
            "session_passcode_key": passcode.key,
            "session_passcode_expiry_date": naive(passcode.expires_at),
        }
        return visit.ok("login", results)
    session = visit.access.open_session(account.user, hostname, visit.switches)
    results = {"session_info": session.content(), "user_info": account.user.account()}
    return visit.ok("login", results)


def open_session(visit: Visit, one: Asked) -> Response:
    """Open a session for a passcode, or with a token for a customer."""
    if "authorization" in one.request.headers:
        return _session_for_user(visit, one)
    fields = _form(one, "session_passcode", "session_passcode_key")
    account = visit.access.use_passcode(fields["session_passcode"], fields["session_passcode_key"])
    session = visit.access.open_session(account.user, None, visit.switches)
    return visit.ok("session", {"session_info": session.content()})


def login_status(visit: Visit, one: Asked) -> Response:
    """Whose session it is."""
    read = query_of if one.request.method == "GET" else form_of
    values = read(one, "user_id", "username", "session_key")
    if "session_key" not in values or values.keys().isdisjoint({"user_id", "username"}):
        raise incomplete("session_key and one of user_id, username are required")
    session = visit.access.find_session(
        values.get("user_id"), values.get("username"), values["session_key"]
    )
    return visit.ok("get-login-status", session.user.account())


def log_out(visit: Visit, one: Asked) -> Response:
    """End a session."""
    query_of(one)
    if "authorization" in one.request.headers:
        raise Refused("auth_method_invalid", "Only a session can be ended")
    session = visit.access.session(one.request)
    visit.access.end_session(session)
    return visit.ok("logout", {"username": session.user.username})


def _session_for_user(visit: Visit, one: Asked) -> Response:
    query_of(one)
    caller = visit.caller(one)
    hostname = one.request.headers.get(HOSTNAME_HEADER)
    if hostname is None:
        raise Refused("no_myprice_app", "Myprice app is required")
    identifier = user_identifier(form_of(one, *IDENTIFIERS))
    if identifier is None:
        raise incomplete(f"One of these is required: {', '.join(IDENTIFIERS)}")
    user = find_user(visit.state.users, *identifier)
    if user is None or not caller.chains or hostname != visit.access.user.app_hostname:
        raise denied()
    session = visit.access.open_session(user, hostname, visit.switches)
    return visit.ok("session", {"user_info": user.account(), "session_info": session.content()})


def _form(one: Asked, *names: str) -> dict[str, str]:
    values = form_of(one, *names)
    for name in names:
        if not values.get(name):
            raise incomplete(f"The parameter {name} is required")
    return values


ROUTES: tuple[Route[Visit], ...] = (
    Route("POST", "auth/login", "login", log_in),
    Route("POST", "auth/session", "session", open_session),
    # One copy of the page says GET, another one POST.
    Route("GET", "auth/get-login-status", "get-login-status", login_status),
    Route("POST", "auth/get-login-status", "get-login-status", login_status),
    Route("DELETE", "auth/logout", "logout", log_out),
)
