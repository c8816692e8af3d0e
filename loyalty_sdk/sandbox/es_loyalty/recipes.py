"""Every kind of transaction that the documents name, with whatever that kind can have.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from .carts import mixed_sale, reversal, single_sale, whole_cart
from .parts import (
    BUSINESS_UNITS,
    Draft,
    Json,
    Part,
    ad_hoc,
    game_offer,
    household_redemption,
    offers,
    plain,
    points_offer,
    redemption,
)
from .payments import payment_details


def _empty() -> Json:
    return {}


@attrs.frozen(kw_only=True)
class Shape:
    """What makes one kind of transaction.

    Attributes:
        action: The request action.
        parts: The parts.
        metadata: What its metadata have beyond the ordinary.
        more: What it has beyond the ordinary, or has differently.
        carded: Whether a card belongs to it.
        seconds_to_process: How long after it occurred it was processed.
    """

    action: str
    parts: tuple[Part, ...] = ()
    metadata: Json = attrs.field(factory=_empty)
    more: Json = attrs.field(factory=_empty)
    carded: bool = True
    seconds_to_process: float = 1.5

    @property
    def net(self) -> int:
        """The points of all parts."""
        return sum(one.amount for one in self.parts)


Recipe = Callable[[Draft], Shape]


def _finalize(draft: Draft) -> Shape:
    points = draft.points()
    return Shape(
        action="FINALIZE",
        parts=(
            plain("BASE", points),
            # The same action twice, once for each business unit.
            *(plain("BONUS", 20, issuerId=unit) for unit in BUSINESS_UNITS),
            offers("TARGETED", [points_offer(draft, 50), points_offer(draft, 30)]),
            offers("GAMEPLAY", [game_offer(draft)]),
        ),
        more={"Cart": mixed_sale(draft), "RequestJson": {"channel": "POS", "items": [1, 2, 3]}},
    )


def purchase(draft: Draft) -> Shape:
    """A purchase with a cart."""
    parts = (plain("BASE", draft.points()),)
    return Shape(action="PURCHASE", parts=parts, more={"Cart": single_sale(draft)})


def _post(draft: Draft) -> Shape:
    parts = (plain("BASE", draft.points()),)
    return Shape(action="POST", parts=parts, more={"Cart": whole_cart(draft)})


def _postpurchase_earn(draft: Draft) -> Shape:
    rewards = [points_offer(draft, draft.points())]
    return Shape(action="PPE", parts=(offers("TARGETED", rewards, key="rewardDetails"),))


def _store_and_forward(draft: Draft) -> Shape:
    parts = (plain("BASE", draft.points()),)
    return Shape(action="SAF", parts=parts, seconds_to_process=26 * 3600)


def _audit(_: Draft) -> Shape:
    details = {"IsAudit": True, "Agent": "sandbox-agent"}
    return Shape(
        action="FINALIZE",
        parts=(plain("BASE", 0, **details),),
        metadata={"EligibleToEarn": False, "Reason": "The member may not earn"},
    )


def _activity(draft: Draft) -> Shape:
    return Shape(action="ACTIVITY", parts=(plain("BONUS", draft.points()),), carded=False)


def _net_zero_activity(_: Draft) -> Shape:
    metadata: Json = {"Reason": "SURVEY_RESPONSE"}
    return Shape(action="ACTIVITY", parts=(plain("BONUS", 0),), metadata=metadata, carded=False)


def _account_expiry(draft: Draft) -> Shape:
    metadata: Json = {
        "ExpiryRule": {
            "count": 3,
            "unit": "MONTHS",
            "text": "3 MONTHS since LastActivityDateEpoch",
            "metric": "LastActivityDateEpoch",
        }
    }
    parts = (plain("EXPIRY", -draft.points()),)
    return Shape(action="ACCOUNT_EXPIRY", parts=parts, metadata=metadata, carded=False)


def _fifo(draft: Draft) -> Shape:
    parts = (plain("EXPIRY", -draft.points()), redemption(draft, draft.points() + 100))
    return Shape(action="FIFO", parts=parts, carded=False)


def _ad_hoc_redeem(draft: Draft) -> Shape:
    parts = (redemption(draft, draft.points() + 100),)
    more: Json = {"PaymentDetails": payment_details(draft)}
    return Shape(action="ADHOC_REDEEM", parts=parts, more=more)


def _scheduled_redeem(draft: Draft) -> Shape:
    points = draft.points() + 100
    parts = (household_redemption(draft, points, action="REDEEM", nested=False),)
    return Shape(action="SCHEDULED_REDEEM", parts=parts)


def _household_redeem(draft: Draft) -> Shape:
    points = draft.points() + 100
    parts = (household_redemption(draft, points, action="HOUSEHOLD_REDEEM", nested=True),)
    return Shape(action="ADHOC_REDEEM", parts=parts)


def _ad_hoc_reward(draft: Draft) -> Shape:
    parts = (ad_hoc("BONUS", draft.points(), listed=True, draft=draft),)
    return Shape(action="ADHOC_REWARD", parts=parts)


def _voided_reward(draft: Draft) -> Shape:
    # The next transaction is the void.
    metadata: Json = {"VoidMetaData": {"voidId": draft.id_of(draft.number + 1), "isVoided": True}}
    parts = (ad_hoc("BONUS", 250, listed=False, draft=draft),)
    return Shape(action="ADHOC_REWARD", parts=parts, metadata=metadata)


def _void(draft: Draft) -> Shape:
    original = draft.id_of(draft.number - 1)
    void: Json = {"voidId": draft.id, "isVoided": False}
    return Shape(
        action="VOID",
        parts=(plain("ADJUSTMENT", -250),),
        metadata={"VoidMetaData": void},
        more={
            "ReversalType": "VOID",
            "OriginalTransactionID": original,
            "VoidMetaData": [void],
        },
    )


def _adjustment(draft: Draft) -> Shape:
    more: Json = {"Cart": reversal(draft), "ReversalType": "REVERSAL"}
    parts = (plain("ADJUSTMENT", -draft.points()),)
    return Shape(action="ADJUSTMENT", parts=parts, more=more)


def _adjustment_without_receipt(draft: Draft) -> Shape:
    parts = (plain("ADJUSTMENT", -draft.points()),)
    return Shape(action="ADJ_NO_RECEIPT", parts=parts, more={"ReversalType": "REVERSAL"})


def _discretionary(draft: Draft) -> Shape:
    return Shape(
        action="DISCRETIONARY",
        parts=(plain("DISCRETIONARY", draft.points(), Agent="sandbox-agent-7"),),
        metadata={"Reason": "Goodwill"},
        carded=False,
    )


def _points_sent(draft: Draft) -> Shape:
    parts = (plain("TRANSFER_OUT", -draft.points(), accountType="POINTS_TRANSFER"),)
    metadata: Json = {"RecipientDetails": _person("Recipient")}
    return Shape(action="POINTS_TRANSFER", parts=parts, metadata=metadata, carded=False)


def _points_received(draft: Draft) -> Shape:
    parts = (plain("TRANSFER_IN", draft.points(), accountType="POINTS_TRANSFER"),)
    metadata: Json = {"SenderDetails": _person("Sender")}
    return Shape(action="POINTS_TRANSFER", parts=parts, metadata=metadata, carded=False)


def _person(last_name: str) -> Json:
    return {
        "firstName": "Sandbox",
        "lastName": last_name,
        "businessName": "Sandbox Traders",
        "email": f"{last_name.lower()}@example.com",
        "postalCode": "A0A 0A0",
    }


def _merge(draft: Draft) -> Shape:
    more: Json = {"VictimAccountID": f"sandbox-victim-{draft.number}"}
    return Shape(action="MERGE", parts=(plain("TRANSFER_IN", draft.points()),), more=more)


def _historical(_: Draft) -> Shape:
    more: Json = {"AccountID": "anonymous"}
    return Shape(action="HISTORICAL_TRANSACTION", parts=(plain("BASE", 10),), more=more)


def _confirmed(draft: Draft) -> Shape:
    more: Json = {"MappedRequestAction": "FINALIZE", "RewardOnHold": 120}
    parts = (plain("BASE", draft.points()),)
    return Shape(action="CONFIRM_DELAYED_TRANSACTION", parts=parts, more=more)


def _simple(action: str, part: str, sign: int = 1) -> Recipe:
    def recipe(draft: Draft) -> Shape:
        return Shape(action=action, parts=(plain(part, sign * draft.points()),))

    return recipe


def _without_parts(action: str) -> Recipe:
    return lambda _: Shape(action=action)


RECIPES: tuple[Recipe, ...] = (
    _historical,
    _simple("BALANCE_UPDATE", "BALANCE_UPDATE"),
    _finalize,
    purchase,
    _voided_reward,
    _void,
    _activity,
    _net_zero_activity,
    _audit,
    _ad_hoc_reward,
    _ad_hoc_redeem,
    _household_redeem,
    _scheduled_redeem,
    _adjustment,
    _adjustment_without_receipt,
    _confirmed,
    _discretionary,
    _simple("EXCHANGE", "TRANSFER_IN"),
    _fifo,
    _account_expiry,
    _merge,
    _points_sent,
    _points_received,
    _post,
    _postpurchase_earn,
    _simple("PROGRAM_REWARD", "BONUS"),
    _store_and_forward,
    _simple("TIER_REWARD", "BONUS"),
    _simple("TRANSFER", "TRANSFER_OUT", sign=-1),
    _without_parts("TRIAL"),
    _without_parts("UNKNOWN"),
)
