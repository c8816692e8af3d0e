"""The rewards of the sandbox's Voucherify project, and the programs that offer them.

https://docs.voucherify.io/api-reference/rewards
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..synthetic import characters, dice
from .campaigns import LOYALTY, Campaign
from .moments import millis_z
from .records import Json, Record, part

PRICE = 100


class Rewards:
    """All rewards and their assignments; a mug for a hundred points is offered everywhere."""

    def __init__(self, seed: int, campaigns: Sequence[Campaign], origin: datetime) -> None:
        """Make the mug, and assign it to all loyalty programs."""
        source = dice(seed, "voucherify-rewards")
        self.all: dict[str, Record] = {}
        self.assignments: dict[str, Record] = {}
        reward = "rew_" + characters(source, 20)
        product: Json = {"product": {"id": "prod_" + characters(source, 20), "sku_id": None}}
        mug = new_reward(reward, {"name": "Sandbox mug", "parameters": product, "stock": 1000})
        self.all[reward] = Record(created_at=origin, content=dated(mug, origin))
        for program in campaigns:
            if program.campaign_type == LOYALTY:
                body: Json = {"campaign": program.id, "parameters": {"loyalty": {"points": PRICE}}}
                assignment = new_assignment("rewa_" + characters(source, 20), reward, body)
                content = dated(assignment, origin)
                self.assignments[content["id"]] = Record(created_at=origin, content=content)

    def offered(self, campaign_id: str | None) -> list[tuple[Json, Json]]:
        """What a program offers: each reward with its assignment."""
        return [
            ({**self.all[one.content["reward_id"]].content}, {**one.content})
            for one in self.assignments.values()
            if one.content["related_object_id"] == campaign_id
        ]

    def take(self, reward_id: str) -> None:
        """One is redeemed."""
        self._count(reward_id, 1)

    def give_back(self, reward_id: str) -> None:
        """One is not redeemed after all."""
        self._count(reward_id, -1)

    def _count(self, reward_id: str, more: int) -> None:
        found = self.all.get(reward_id)
        if found is None:  # deleted since
            return
        stock = found.content["stock"]
        content = {**found.content, "redeemed": found.content["redeemed"] + more}
        content["stock"] = None if stock is None else stock - more
        self.all[reward_id] = Record(created_at=found.created_at, content=content)


def new_reward(identifier: str, body: Json) -> Json:
    """A reward as the vendor shows it."""
    parameters = part(body, "parameters")
    kinds = {"campaign": "CAMPAIGN", "coin": "COIN", "product": "MATERIAL"}
    return {
        "id": identifier,
        "name": body.get("name"),
        "stock": body.get("stock"),
        "redeemed": 0,
        "attributes": body.get("attributes"),
        "metadata": part(body, "metadata"),
        "type": next((kinds[name] for name in kinds if name in parameters), None),
        "parameters": parameters,
        "object": "reward",
    }


def new_assignment(identifier: str, reward_id: str, body: Json) -> Json:
    """An assignment as the vendor shows it."""
    return {
        "id": identifier,
        "reward_id": reward_id,
        "related_object_id": body["campaign"],
        "related_object_type": "campaign",
        "parameters": body.get("parameters"),
        "object": "reward_assignment",
    }


def dated(content: Json, now: datetime) -> Json:
    """Something that is made now."""
    return {**content, "created_at": millis_z(now), "updated_at": None}
