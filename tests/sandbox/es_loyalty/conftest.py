"""A caller of the running sandbox's ES Loyalty."""

from __future__ import annotations

import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox

from .caller import ESLoyaltyCaller


@pytest.fixture
def es_loyalty(sandbox: Sandbox, http: httpx.Client) -> ESLoyaltyCaller:
    """A caller without a session."""
    return ESLoyaltyCaller(sandbox, http)


@pytest.fixture
def everyday(es_loyalty: ESLoyaltyCaller) -> ESLoyaltyCaller:
    """A caller with a session of the everyday member."""
    es_loyalty.session(es_loyalty.sandbox.member)
    return es_loyalty
