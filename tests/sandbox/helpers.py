"""Short ways to call the sandbox over its socket with plain httpx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
import httpx

from loyalty_sdk.sandbox import Sandbox, SpaazaArguments, SpaazaLogin, VoucherifyArguments

Query = Mapping[str, object] | Sequence[tuple[str, object]]


@attrs.define
class MovableClock:
    """A clock that a test moves."""

    moment: datetime

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.moment

    def advance(self, **units: float) -> None:
        """Move the clock on by so many seconds, minutes and so on."""
        self.moment += timedelta(**units)


def app_headers(arguments: VoucherifyArguments) -> dict[str, str]:
    """The headers of a pair of Voucherify server keys."""
    return {"X-App-Id": arguments["app_id"], "X-App-Token": arguments["app_token"]}


def bearer(token: str) -> dict[str, str]:
    """The header of a bearer token."""
    return {"Authorization": f"Bearer {token}"}


def privileged(arguments: SpaazaArguments) -> dict[str, str]:
    """The header of a Spaaza privileged token."""
    return bearer(f"{arguments['token_id']}:{arguments['token_secret']}")


@attrs.frozen
class VoucherifyCaller:
    """Calls the sandbox's Voucherify."""

    sandbox: Sandbox
    http: httpx.Client

    def __call__(
        self,
        path: str,
        query: Query = (),
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> httpx.Response:
        """Send a request, with the server keys unless headers are given."""
        auth = app_headers(self.sandbox.voucherify) if headers is None else dict(headers)
        url = self.sandbox.voucherify["base_url"] + path
        return self.http.request(
            method, url, params=_pairs(query), headers=auth, data=data, json=json
        )

    def post(self, path: str, json: Any = None, query: Query = ()) -> Any:
        """What a POST gives that has to succeed."""
        answer = self(path, query, method="POST", json={} if json is None else json)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def get(self, path: str, query: Query = ()) -> Any:
        """What a GET gives that has to succeed."""
        answer = self(path, query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(self, method: str, path: str, json: Any = None, query: Query = ()) -> Any:
        """The status and the key of a call that has to fail."""
        answer = self(path, query, method=method, json=json)
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json().get("key")

    def redeemables(self, customer: str, query: Query = ()) -> Any:
        """Give a page of redeemables that has to be there."""
        answer = self(f"/v1/customers/{customer}/redeemables", query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, scope: str) -> httpx.Response:
        """Ask for an OAuth token."""
        return self(
            "/v1/oauth/token",
            method="POST",
            data={"grant_type": "client_credentials", "scope": scope},
        )


@attrs.frozen
class SpaazaCaller:
    """Calls the sandbox's Spaaza."""

    sandbox: Sandbox
    http: httpx.Client

    def __call__(
        self,
        path: str,
        query: Query = (),
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: Any = None,
        version: str | None = None,
    ) -> httpx.Response:
        """Send a request, with the privileged token unless headers are given."""
        sent = privileged(self.sandbox.spaaza) if headers is None else dict(headers)
        if version is not None:
            sent["X-Spaaza-API-Version"] = version
        url = self.sandbox.spaaza["base_url"] + path
        return self.http.request(
            method, url, params=_pairs(query), headers=sent, data=data, json=json
        )

    def vouchers(self, query: Mapping[str, object]) -> Any:
        """The results of a call of get-vouchers that has to succeed."""
        answer = self("/get-vouchers", {"chain_id": 1743, **query})
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def log_in(
        self,
        login: SpaazaLogin,
        *,
        app_hostname: str | None = None,
        password: str | None = None,
        version: str | None = None,
    ) -> httpx.Response:
        """Log in as an end customer or as an admin."""
        app = app_hostname or login["app_hostname"]
        return self(
            "/auth/login",
            method="POST",
            headers={} if app is None else {"X-Spaaza-MyPrice-App-Hostname": app},
            data={"username": login["username"], "password": password or login["password"]},
            version=version,
        )

    def session_headers(self, login: SpaazaLogin) -> dict[str, str]:
        """Log in, and say what the session's calls have to send."""
        info = self.log_in(login).json()["results"]["session_info"]
        headers = {
            "X-Spaaza-Session-User-Id": str(info["session_user_id"]),
            "X-Spaaza-Session-Key": info["session_key"],
        }
        if login["app_hostname"] is not None:
            headers["X-Spaaza-MyPrice-App-Hostname"] = login["app_hostname"]
        return headers


def _pairs(query: Query) -> list[tuple[str, str | int | float | bool | None]]:
    pairs = query.items() if isinstance(query, Mapping) else query
    return [(name, str(value)) for name, value in pairs]
