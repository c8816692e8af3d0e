"""OAuth tokens; these calls prove who they are by themselves.

https://docs.voucherify.io/api-reference/authentication
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import PERMISSION_CODES, SCOPES, form_fields, read_scopes
from ..answers import bad_form
from ..project import Project
from ..query import known


def token_v1(project: Project, asked: Asked) -> Response:
    """A token for scopes, proven by the app headers."""
    keys = project.access.server_keys(asked.request)
    known(asked.request.query, ())
    fields = form_fields(asked.request, ("grant_type", "scope"))
    _check_grant(fields)
    scopes = read_scopes(fields["scope"], SCOPES)
    lifetime = project.switches().voucherify_token_lifetime
    return json_response(200, project.access.issue(keys, scopes, lifetime))


def token_v2(project: Project, asked: Asked) -> Response:
    """A token for permission codes, proven by Basic auth."""
    keys = project.access.service_keys(asked.request)
    known(asked.request.query, ())
    fields = form_fields(asked.request, ("grant_type", "scope", "project_id"))
    _check_grant(fields)
    if fields["project_id"] != project.access.project_id:
        raise bad_form("Field project_id names no project of this key")
    scopes = read_scopes(fields["scope"], PERMISSION_CODES)
    lifetime = project.switches().voucherify_token_lifetime
    return json_response(200, project.access.issue(keys, scopes, lifetime))


def introspect(project: Project, asked: Asked) -> Response:
    """What there is to say about a token."""
    project.access.server_keys(asked.request)
    known(asked.request.query, ())
    token = form_fields(asked.request, ("access_token",))["access_token"]
    return json_response(200, project.access.introspect(token))


def revoke(project: Project, asked: Asked) -> Response:
    """End a token."""
    project.access.server_keys(asked.request)
    known(asked.request.query, ())
    token = form_fields(asked.request, ("access_token",))["access_token"]
    return Response(status=204 if project.access.revoke(token) else 404)


def _check_grant(fields: dict[str, str]) -> None:
    if fields["grant_type"] != "client_credentials":
        raise bad_form("Field grant_type should be client_credentials")


ROUTES: tuple[Route[Project], ...] = (
    Route("POST", "v1/oauth/token", "generate-oauth-token", token_v1),
    Route("POST", "v2/oauth/token", "generate-oauth-token-v2", token_v2),
    Route("POST", "v1/oauth/introspect", "introspect-oauth-token", introspect),
    Route("POST", "v1/oauth/token/revoke", "revoke-oauth-token", revoke),
)
