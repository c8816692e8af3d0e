"""A short way to call the sandbox's Cardlytics over its socket with plain httpx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

PLACE = {"channelId": "5", "locationId": "2"}


@attrs.frozen
class CardlyticsCaller:
    """Calls the sandbox's Cardlytics."""

    sandbox: Sandbox
    http: httpx.Client

    def __call__(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Call a path below the API's own."""
        url = f"{self.sandbox.cardlytics['base_url']}/api/v1{path}"
        return self.http.request(method, url, params=dict(query or {}), headers=headers)

    def token(self, customer: str | None = None) -> str:
        """A token for a customer, the everyday member unless named."""
        named = customer or self.sandbox.member.cardlytics_source_customer_id
        answer = self("/token", {"sourceCustomerId": named})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])

    def redemptions(self, query: Mapping[str, str] | None = None) -> httpx.Response:
        """The everyday member's redemptions, in some place, as an answer."""
        return self(f"/customers/{self.token()}/redemptions", PLACE | dict(query or {}))

    def listed(self, query: Mapping[str, str] | None = None) -> Any:
        """The same, which have to be there."""
        answer = self.redemptions(query)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def cardlytics(sandbox: Sandbox, http: httpx.Client) -> Iterator[CardlyticsCaller]:
    """Cardlytics with default switches; what a test does to its data is undone."""
    state, member = sandbox.cardlytics_state, sandbox.member.cardlytics_source_customer_id
    before = state.redemptions(member)
    yield CardlyticsCaller(sandbox, http)
    state.put(member, before)
