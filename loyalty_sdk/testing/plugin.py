"""The pytest plugin: a sandbox, clients of it in both colours, and recordings.

pytest finds it where the SDK is installed; nothing of the SDK is loaded before a fixture is used.
The sandbox opens no socket. Each test has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from loyalty_sdk import (
        AsyncCardlytics,
        AsyncESLoyalty,
        AsyncSpaaza,
        AsyncVoucherify,
        Cardlytics,
        ESLoyalty,
        Spaaza,
        Voucherify,
    )
    from loyalty_sdk.testing.in_process import InProcessSandbox
    from loyalty_sdk.testing.replay import Replay


@pytest.fixture
def sandbox() -> InProcessSandbox:
    """Every vendor, in this process and without a socket."""
    from loyalty_sdk.testing.in_process import InProcessSandbox

    return InProcessSandbox()


@pytest.fixture
def es_loyalty(sandbox: InProcessSandbox) -> Iterator[ESLoyalty]:
    """A blocking client of the sandbox's ES Loyalty."""
    from loyalty_sdk import ESLoyalty

    with ESLoyalty(**sandbox.es_loyalty, transport=sandbox.transport) as client:
        yield client


@pytest.fixture
def async_es_loyalty(sandbox: InProcessSandbox) -> AsyncESLoyalty:
    """An async client of the sandbox's ES Loyalty; it holds nothing that must be closed."""
    from loyalty_sdk import AsyncESLoyalty

    return AsyncESLoyalty(**sandbox.es_loyalty, transport=sandbox.transport)


@pytest.fixture
def voucherify(sandbox: InProcessSandbox) -> Iterator[Voucherify]:
    """A blocking client of the sandbox's Voucherify."""
    from loyalty_sdk import Voucherify

    with Voucherify(**sandbox.voucherify, transport=sandbox.transport) as client:
        yield client


@pytest.fixture
def async_voucherify(sandbox: InProcessSandbox) -> AsyncVoucherify:
    """An async client of the sandbox's Voucherify; it holds nothing that must be closed."""
    from loyalty_sdk import AsyncVoucherify

    return AsyncVoucherify(**sandbox.voucherify, transport=sandbox.transport)


@pytest.fixture
def cardlytics(sandbox: InProcessSandbox) -> Iterator[Cardlytics]:
    """A blocking client of the sandbox's Cardlytics."""
    from loyalty_sdk import Cardlytics

    with Cardlytics(**sandbox.cardlytics, transport=sandbox.transport) as client:
        yield client


@pytest.fixture
def async_cardlytics(sandbox: InProcessSandbox) -> AsyncCardlytics:
    """An async client of the sandbox's Cardlytics; it holds nothing that must be closed."""
    from loyalty_sdk import AsyncCardlytics

    return AsyncCardlytics(**sandbox.cardlytics, transport=sandbox.transport)


@pytest.fixture
def spaaza(sandbox: InProcessSandbox) -> Iterator[Spaaza]:
    """A blocking client of the sandbox's Spaaza."""
    from loyalty_sdk import Spaaza

    with Spaaza(**sandbox.spaaza, transport=sandbox.transport) as client:
        yield client


@pytest.fixture
def async_spaaza(sandbox: InProcessSandbox) -> AsyncSpaaza:
    """An async client of the sandbox's Spaaza; it holds nothing that must be closed."""
    from loyalty_sdk import AsyncSpaaza

    return AsyncSpaaza(**sandbox.spaaza, transport=sandbox.transport)


@pytest.fixture
def replay(request: pytest.FixtureRequest) -> Iterator[Callable[..., Replay]]:
    """`replay("recordings/x.json")`: until the test ends, clients get the recorded answers.

    The path is taken from the folder of the test. Retries do not wait. A request that is not in the
    recording fails the test, even where the code under test swallows the error.
    """
    from loyalty_sdk.testing.backoff import no_backoff
    from loyalty_sdk.testing.replay import Replay

    made: list[Replay] = []
    with ExitStack() as replayed:
        replayed.enter_context(no_backoff())

        def start(path: str | Path, **options: Any) -> Replay:
            one = Replay(request.path.parent / path, **options)
            replayed.enter_context(one.router())
            made.append(one)
            return one

        yield start
    problems = [str(problem) for one in made for problem in one.unknown]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
