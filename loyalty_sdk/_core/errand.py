"""Calls of several clients that belong together: they end at one moment, or are called back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from loyalty_sdk._core.calls import Answer, Call
from loyalty_sdk._core.connections.recall import Recall
from loyalty_sdk._core.options import Options
from loyalty_sdk._core.runner import Async, Sync

if TYPE_CHECKING:
    from loyalty_sdk._core.client import AsyncClient, Client

T = TypeVar("T")


class Errand(Sync):
    """Carries the calls of an errand, blocking.

    Attributes:
        ends: The moment of `time.monotonic()` past which none of them goes on.
        recall: What may end the one that is under way, from another thread.
    """

    ends: float | None = None
    recall: Recall | None = None

    def answer(
        self,
        call: Call[T],
        operation: str,
        ends: float | None = None,
        recall: Recall | None = None,
    ) -> Answer[T]:
        """Make a call and give its result with the response, in the time that there is."""
        return super().answer(call, operation, _sooner(self.ends, ends), recall or self.recall)


class AsyncErrand(Async):
    """Carries the calls of an errand, awaiting each.

    Attributes:
        ends: The moment of `time.monotonic()` past which none of them goes on.
    """

    ends: float | None = None

    async def answer(self, call: Call[T], operation: str, ends: float | None = None) -> Answer[T]:
        """Make a call and give its result with the response, in the time that there is."""
        return await super().answer(call, operation, _sooner(self.ends, ends))


def sent_out(client: Client, deadline: float | None) -> tuple[Client, Errand]:
    """A view of a client for one errand, and what carries its calls.

    Args:
        client: The client; its own deadline holds for each call where it is shorter.
        deadline: Seconds that the errand may take, for the words of an error; `ends` decides.
    """
    runner = client._runner
    errand = Errand(runner.session, _shortened(runner.options, deadline))
    return client._carried_by(errand), errand


def sent_out_async(client: AsyncClient, deadline: float | None) -> tuple[AsyncClient, AsyncErrand]:
    """The same of an async client."""
    runner = client._runner
    errand = AsyncErrand(runner.session, _shortened(runner.options, deadline))
    return client._carried_by(errand), errand


def _shortened(options: Options, deadline: float | None) -> Options:
    return options.changed(deadline=_sooner(options.deadline, deadline))


def _sooner(one: Any, other: Any) -> Any:
    return min((moment for moment in (one, other) if moment is not None), default=None)
