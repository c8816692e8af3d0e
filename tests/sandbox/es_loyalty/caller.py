"""Short ways to call the sandbox's ES Loyalty over its socket with plain httpx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import attrs
import httpx

from loyalty_sdk.sandbox import Member, Sandbox

from ..helpers import Query, _pairs, bearer


@attrs.define
class ESLoyaltyCaller:
    """Calls the sandbox's ES Loyalty; it asks for a token when it first needs one."""

    sandbox: Sandbox
    http: httpx.Client
    access_token: str | None = None

    def __call__(
        self,
        path: str,
        query: Query = (),
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> httpx.Response:
        """Send a request, with a token unless headers are given."""
        sent = self.auth() if headers is None else dict(headers)
        url = self.sandbox.es_loyalty["base_url"] + path
        return self.http.request(method, url, params=_pairs(query), headers=sent, json=json)

    def token(
        self, form: Mapping[str, str] | None = None, auth: tuple[str, str] | None = None
    ) -> httpx.Response:
        """Ask for a token, by Basic auth unless a form is given."""
        arguments = self.sandbox.es_loyalty
        if form is None:
            form = {"grant_type": "client_credentials"}
            auth = (arguments["client_id"], arguments["client_secret"])
        sent = None if auth is None else httpx.BasicAuth(*auth)
        return self.http.post(arguments["token_url"], data=form, auth=sent or httpx.Auth())

    def auth(self) -> dict[str, str]:
        """The header of a token that is fetched once."""
        if self.access_token is None:
            self.access_token = self.token().json()["access_token"]
        return bearer(self.access_token or "")

    def start(
        self,
        identifier: str,
        kind: str | None = "ACCOUNT_ID",
        **fields: object,
    ) -> httpx.Response:
        """Start a session for whoever has an identifier."""
        headers = self.auth() if kind is None else {**self.auth(), "X-Identifier-Type": kind}
        return self(
            f"/client/users/{quote(identifier, safe='')}/sessions",
            method="POST",
            headers=headers,
            json=fields,
        )

    def session(self, member: Member, correlation_id: str = "sandbox-session") -> str:
        """Start a session that has to succeed, and give its correlation id."""
        kind = member.es_loyalty_identifier_type
        answer = self.start(member.es_loyalty_identifier, kind, correlationId=correlation_id)
        assert answer.status_code == 200, answer.text
        return correlation_id

    def history(self, query: Query = (), session: str = "sandbox-session") -> httpx.Response:
        """Ask for a page of the history."""
        return self(f"/client/users/{session}/transactions/history/v2", query)

    def page(self, query: Query = (), session: str = "sandbox-session") -> list[Any]:
        """The transactions of a page that has to be there."""
        answer = self.history(query, session)
        assert answer.status_code == 200, answer.text
        transactions: list[Any] = answer.json()["transactions"]
        return transactions

    def issuances(self, query: Query = (), session: str = "sandbox-session") -> httpx.Response:
        """Ask for issuances."""
        return self(f"/client/users/{session}/issuances", query)


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """The status, code and message of an error of the application."""
    body = answer.json()
    assert list(body) == ["statusCode", "errorMessage", "errorCode"]
    assert body["statusCode"] == answer.status_code
    return answer.status_code, body["errorCode"], body["errorMessage"]
