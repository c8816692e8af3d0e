"""Rewards: what points are exchanged for.

https://docs.voucherify.io/api-reference/rewards
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing, PathPart
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.arguments import identifier
from loyalty_sdk._core.given.inputs import body, changes
from loyalty_sdk.voucherify._calls import delete, get, post, put
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify.inputs.lists import AssignmentList, RewardList
from loyalty_sdk.voucherify.inputs.rewards import (
    AssignmentChanges,
    AssignmentFields,
    NewReward,
    RewardChanges,
)
from loyalty_sdk.voucherify.models.rewards import Reward, RewardAssignment

_PATH = ("v1", "rewards")
_BEYOND = "no way around is documented"


class Rewards(Resource[R_co]):
    """What points are exchanged for."""

    @listing
    def list(self, **which: Unpack[RewardList]) -> Listing[Reward]:
        """Rewards; see `RewardList`.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/rewards/list-rewards
        """
        return listed(Reward, _PATH, RewardList, which, beyond=_BEYOND, key="data")

    @endpoint
    def get(self, reward_id: str) -> Call[Reward]:
        """One reward, by its id `rew_...`.

        https://docs.voucherify.io/api-reference/rewards/get-reward
        """
        return get(Reward, *_of(reward_id))

    @endpoint
    def create(self, **fields: Unpack[NewReward]) -> Call[Reward]:
        """Make a reward; see `NewReward`. Never repeated: it would make another one.

        https://docs.voucherify.io/api-reference/rewards/create-reward
        """
        return post(Reward, *_PATH, json=body(NewReward, fields))

    @endpoint
    def update(self, reward_id: str, **fields: Unpack[RewardChanges]) -> Call[Reward]:
        """Change a reward; what is left out stays as it is. Never repeated.

        Args:
            reward_id: The id.
            **fields: What is to be changed; see `RewardChanges`.

        https://docs.voucherify.io/api-reference/rewards/update-reward
        """
        return put(Reward, *_of(reward_id), json=changes(RewardChanges, fields))

    @endpoint
    def delete(self, reward_id: str) -> Call[None]:
        """Delete a reward. Never repeated.

        https://docs.voucherify.io/api-reference/rewards/delete-reward
        """
        return delete(*_of(reward_id))

    @listing
    def list_assignments(
        self, reward_id: str, **which: Unpack[AssignmentList]
    ) -> Listing[RewardAssignment]:
        """The programs that a reward is assigned to; see `AssignmentList`.

        Raises:
            PageCeiling: There are more than 100 pages.

        https://docs.voucherify.io/api-reference/rewards/list-reward-assignments
        """
        path = _assignments(reward_id)
        return listed(RewardAssignment, path, AssignmentList, which, beyond=_BEYOND, key="data")

    @endpoint
    def get_assignment(self, reward_id: str, assignment_id: str) -> Call[RewardAssignment]:
        """One assignment of a reward.

        https://docs.voucherify.io/api-reference/rewards/get-reward-assignment
        """
        return get(RewardAssignment, *_assignment(reward_id, assignment_id))

    @endpoint
    def assign(self, reward_id: str, **fields: Unpack[AssignmentFields]) -> Call[RewardAssignment]:
        """Assign a reward to a loyalty program. Never repeated.

        Args:
            reward_id: The id of the reward.
            **fields: The program, and what it costs there; see `AssignmentFields`.

        https://docs.voucherify.io/api-reference/rewards/create-reward-assignment
        """
        path = _assignments(reward_id)
        return post(RewardAssignment, *path, json=body(AssignmentFields, fields))

    @endpoint
    def update_assignment(
        self, reward_id: str, assignment_id: str, **fields: Unpack[AssignmentChanges]
    ) -> Call[RewardAssignment]:
        """Change what a reward costs in a program; see `AssignmentChanges`. Never repeated.

        https://docs.voucherify.io/api-reference/rewards/update-reward-assignment
        """
        path = _assignment(reward_id, assignment_id)
        return put(RewardAssignment, *path, json=body(AssignmentChanges, fields))

    @endpoint
    def delete_assignment(self, reward_id: str, assignment_id: str) -> Call[None]:
        """Take a reward out of a program. Never repeated.

        https://docs.voucherify.io/api-reference/rewards/delete-reward-assignment
        """
        return delete(*_assignment(reward_id, assignment_id))


def _of(reward_id: str) -> tuple[PathPart, ...]:
    return (*_PATH, identifier("reward_id", reward_id))


def _assignments(reward_id: str) -> tuple[PathPart, ...]:
    return (*_of(reward_id), "assignments")


def _assignment(reward_id: str, assignment_id: str) -> tuple[PathPart, ...]:
    return (*_assignments(reward_id), identifier("assignment_id", assignment_id))
