"""The pytest plugin: a sandbox, clients of it in both colours, and recordings.

pytest finds it where the SDK is installed; nothing of the SDK is loaded before a fixture is used.
The sandbox opens no socket. Each test has its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from loyalty_sdk.testing.in_process import InProcessSandbox
    from loyalty_sdk.testing.replay import Replay


@pytest.fixture
def sandbox() -> InProcessSandbox:
    """Every vendor, in this process and without a socket."""
    from loyalty_sdk.testing.in_process import InProcessSandbox

    return InProcessSandbox()


def _arguments(sandbox: InProcessSandbox, vendor: str) -> dict[str, Any]:
    if vendor != "cardlytics_publisher":
        return {**getattr(sandbox, vendor), "transport": sandbox.transport}
    sessions = importlib.import_module("loyalty_sdk.cardlytics.v2").RewardsSession
    session = sessions(**sandbox.cardlytics_rewards)
    return {**sandbox.cardlytics, "auth": session, "transport": sandbox.transport}


def _client(package: str, name: str, vendor: str) -> Any:
    def client(sandbox: InProcessSandbox) -> Iterator[Any]:
        kind = getattr(importlib.import_module(package), name)
        with kind(**_arguments(sandbox, vendor)) as made:
            yield made

    client.__doc__ = f"A blocking client of the sandbox: `{name}`."
    return pytest.fixture(client)


def _async_client(package: str, name: str, vendor: str) -> Any:
    def client(sandbox: InProcessSandbox) -> Any:
        kind = getattr(importlib.import_module(package), f"Async{name}")
        return kind(**_arguments(sandbox, vendor))

    client.__doc__ = f"An async client of the sandbox, `Async{name}`; it need not be closed."
    return pytest.fixture(client)


_ES_LOYALTY = ("loyalty_sdk", "ESLoyalty", "es_loyalty")
_VOUCHERIFY = ("loyalty_sdk", "Voucherify", "voucherify")
_CARDLYTICS = ("loyalty_sdk", "Cardlytics", "cardlytics")
_PUBLISHER = ("loyalty_sdk.cardlytics.v2", "CardlyticsPublisher", "cardlytics_publisher")
_SPAAZA = ("loyalty_sdk", "Spaaza", "spaaza")

es_loyalty: Any = _client(*_ES_LOYALTY)
async_es_loyalty: Any = _async_client(*_ES_LOYALTY)
voucherify: Any = _client(*_VOUCHERIFY)
async_voucherify: Any = _async_client(*_VOUCHERIFY)
cardlytics: Any = _client(*_CARDLYTICS)
async_cardlytics: Any = _async_client(*_CARDLYTICS)
cardlytics_publisher: Any = _client(*_PUBLISHER)
async_cardlytics_publisher: Any = _async_client(*_PUBLISHER)
spaaza: Any = _client(*_SPAAZA)
async_spaaza: Any = _async_client(*_SPAAZA)


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
