"""What the vendor does while you wait.

https://docs.voucherify.io/api-reference/async-actions
"""

from __future__ import annotations

from typing import Unpack

import attrs

from loyalty_sdk._core.calls import Call, Listing
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk.voucherify._calls import finished, get
from loyalty_sdk.voucherify._lists import dated, moment
from loyalty_sdk.voucherify.inputs.lists import ActionList
from loyalty_sdk.voucherify.models.jobs import AsyncAction

_PATH = ("v1", "async-actions")


class AsyncActions(Resource[R_co]):
    """What the vendor does while you wait."""

    @endpoint
    def get(self, async_action_id: str) -> Call[AsyncAction]:
        """One action, and what came of it.

        https://docs.voucherify.io/api-reference/async-actions/get-async-action
        """
        return _get(async_action_id)

    @endpoint
    def wait(
        self, async_action_id: str, *, every: float = 5.0, at_most: float = 600.0
    ) -> Call[AsyncAction]:
        """One action, once it is done: well or not, `operation_status` and `result` tell.

        Args:
            async_action_id: Its id.
            every: Seconds between two questions, each of which counts for your limits.
            at_most: Seconds until waiting ends.

        Raises:
            StillRunning: It is not done by then; `latest` is the action as it was.

        https://docs.voucherify.io/api-reference/async-actions/get-async-action
        """
        until = finished(_is_done, every=every, at_most=at_most)
        return attrs.evolve(_get(async_action_id), until=until)

    @listing
    def list(self, **which: Unpack[ActionList]) -> Listing[AsyncAction]:
        """Actions without their results, the latest first; see `ActionList`.

        https://docs.voucherify.io/api-reference/async-actions/list-async-actions
        """
        date, key = "end_date", "async_actions"
        return dated(AsyncAction, _PATH, ActionList, which, _asked_at, parameter=date, key=key)


def _get(async_action_id: str) -> Call[AsyncAction]:
    return get(AsyncAction, *_PATH, identifier("async_action_id", async_action_id))


def _is_done(action: AsyncAction) -> bool:
    return action.is_done


def _asked_at(action: AsyncAction) -> str:
    return moment("$.async_actions[].created_at", action.created_at)
