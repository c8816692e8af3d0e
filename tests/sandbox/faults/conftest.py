"""One sandbox behind its proxy for all of these tests, without a plan before each of them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from loyalty_sdk.sandbox import FaultPlan, Sandbox

from ..helpers import SpaazaCaller, VoucherifyCaller


@pytest.fixture(scope="session")
def proxied_sandbox() -> Iterator[Sandbox]:
    """One sandbox that serves behind its proxy during the whole run."""
    with Sandbox(seed=7, faults=FaultPlan(at=1_000_000)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(proxied_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox behind its proxy, without a plan and with nothing remembered."""
    proxied_sandbox.faults = ()
    proxied_sandbox.forget_requests()
    yield proxied_sandbox
    proxied_sandbox.faults = ()


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A plain httpx client with a short patience."""
    with httpx.Client(trust_env=False, timeout=5) as client:
        yield client


@pytest.fixture
def voucherify(sandbox: Sandbox, http: httpx.Client) -> VoucherifyCaller:
    """A caller of the sandbox's Voucherify."""
    return VoucherifyCaller(sandbox, http)


@pytest.fixture
def spaaza(sandbox: Sandbox, http: httpx.Client) -> SpaazaCaller:
    """A caller of the sandbox's Spaaza."""
    return SpaazaCaller(sandbox, http)
