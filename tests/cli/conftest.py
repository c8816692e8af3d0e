"""The commands on an embedded sandbox, whose credentials are in the environment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from loyalty_sdk.cli.program import program
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.__main__ import environment

Command = Callable[..., Result]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all commands; they only read."""
    with Sandbox() as opened:
        yield opened


@pytest.fixture
def configured(sandbox, monkeypatch) -> None:
    """The sandbox's credentials in the environment."""
    for name, value in environment(sandbox).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def command() -> Command:
    """Runs a command in this process."""
    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


@pytest.fixture
def known(sandbox) -> list[str]:
    """The options that say how all vendors know a member."""
    member = sandbox.member
    options = {
        "--es": member.es_loyalty_identifier,
        "--voucherify": member.voucherify_customer_id,
        "--cardlytics": member.cardlytics_source_customer_id,
        "--cardlytics-channel": 2,
        "--cardlytics-location": 9999,
        "--spaaza-chain": member.spaaza_chain_id,
        "--spaaza-user-id": member.spaaza_user_id,
    }
    return [str(word) for pair in options.items() for word in pair]
