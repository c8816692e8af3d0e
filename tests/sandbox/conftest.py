"""One running sandbox for all tests, put back to its defaults before each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import attrs
import httpx
import pytest

from loyalty_sdk.sandbox import Sandbox, Switches, SwitchOptions

from .helpers import SpaazaCaller, VoucherifyCaller


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """One sandbox that serves during the whole run."""
    with Sandbox(seed=7) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """A plain httpx client that ignores the environment's proxies."""
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Sandbox:
    """The running sandbox with default switches and nothing remembered; its data stay."""
    shared_sandbox.turn(**cast("SwitchOptions", attrs.asdict(Switches())))
    shared_sandbox.forget_requests()
    shared_sandbox.expire_tokens()
    shared_sandbox.expire_sessions()
    return shared_sandbox


@pytest.fixture
def voucherify(sandbox: Sandbox, http: httpx.Client) -> VoucherifyCaller:
    """A caller of the running sandbox's Voucherify."""
    return VoucherifyCaller(sandbox, http)


@pytest.fixture
def spaaza(sandbox: Sandbox, http: httpx.Client) -> SpaazaCaller:
    """A caller of the running sandbox's Spaaza."""
    return SpaazaCaller(sandbox, http)
