"""Voucherify in a wallet: redeemables are rewards, redemptions are activities."""

from __future__ import annotations

from collections.abc import Mapping

from loyalty_sdk.voucherify import (
    AmountDiscount,
    CustomerRedeemable,
    PercentDiscount,
    Redemption,
    UnitDiscount,
    Voucher,
    Voucherify,
)
from loyalty_sdk.wallet.models import (
    UNKNOWN,
    Activity,
    ActivityKind,
    Reward,
    RewardStatus,
    Worth,
)
from loyalty_sdk.wallet.steps import About, Rows, Steps
from loyalty_sdk.wallet.tables import ActivityTable, From, RewardTable

_API = "https://docs.voucherify.io/api-reference"

STATUSES: Mapping[str, RewardStatus] = {
    "ACTIVE": "available",
    "USED": "used",
    "DISABLED": "blocked",
    "NOT_ACTIVE_YET": "not_yet",
    "EXPIRED": "expired",
    "NO_BALANCE": "used",  # nothing is left on the card
}

KINDS: Mapping[tuple[str, str], ActivityKind] = {
    ("redemption", "SUCCESS"): "redeemed",
    ("redemption", "FAILURE"): "failed",
    ("redemption_rollback", "SUCCESS"): "reversed",
    ("redemption_rollback", "FAILURE"): "failed",
}


def _worth(voucher: Voucher) -> Worth:
    """By what is on the card, else by what the discount takes off.

    What a formula works out for each order is not known before.
    """
    if voucher.gift is not None:
        left = voucher.gift.balance
        return Worth.money(None if left is None else left.major)
    if voucher.loyalty_card is not None:
        return Worth.points(voucher.loyalty_card.balance)
    match voucher.discount:
        case AmountDiscount(amount_off=off, amount_off_formula=None) if off is not None:
            return Worth.money(off.major)
        case PercentDiscount(percent_off=off, percent_off_formula=None):
            return Worth.percent(off)
        case UnitDiscount(unit_off=off, unit_off_formula=None):
            return Worth.units(off)
        case _:
            return UNKNOWN


def _taken(redemption: Redemption) -> Worth:
    if redemption.gift is not None:
        taken = redemption.gift.amount
        return Worth.money(None if taken is None else taken.major)
    if redemption.loyalty_card is not None:
        return Worth.points(redemption.loyalty_card.points)
    return UNKNOWN


def _kind(redemption: Redemption) -> ActivityKind | None:
    return KINDS.get((redemption.object, redemption.result or ""))


def _own_word(redemption: Redemption) -> str:
    """What it is, and what became of it: `redemption ROLLED_BACK`."""
    return f"{redemption.object} {redemption.status or redemption.result or ''}".rstrip()


def _voucher(held: CustomerRedeemable) -> Voucher:
    return held.redeemable.voucher


REWARD = RewardTable[CustomerRedeemable](
    vendor="voucherify",
    page=f"{_API}/customers/list-customer-redeemables",
    id=From("`redeemable_id`", lambda held: held.redeemable_id),
    code=From("`voucher.code`", lambda held: _voucher(held).code),
    title=From(
        "`voucher.campaign`, the name of the campaign", lambda held: _voucher(held).campaign
    ),
    vendor_status=From("`redeemable.status`", lambda held: held.redeemable.status),
    status=From(
        "`redeemable.status`, see below", lambda held: STATUSES.get(held.redeemable.status or "")
    ),
    worth=From(
        "`gift.balance` and `discount.amount_off` are money in hundredths, of a currency that is "
        "not said; `loyalty_card.balance` is points; `percent_off` percent; `unit_off` units. A "
        "fixed price, several products at once, and what a formula works out are unknown",
        lambda held: _worth(_voucher(held)),
    ),
    issued=From("`created_at` of the holding: when it was assigned", lambda held: held.created_at),
    starts=From("`voucher.start_date`", lambda held: _voucher(held).start_date),
    expires=From("`voucher.expiration_date`", lambda held: _voucher(held).expiration_date),
    redeemed=From("not said"),
    terms=From("not said"),
)

REDEEMED = RewardTable[Voucher](
    vendor="voucherify",
    page=f"{_API}/vouchers/voucher-object",
    id=From("`id`", lambda voucher: voucher.id),
    code=From("`code`", lambda voucher: voucher.code),
    title=From("`campaign`, the name of the campaign", lambda voucher: voucher.campaign),
    vendor_status=From("not said"),
    status=From("not said"),
    worth=From("as of a redeemable", _worth),
    issued=From("not said"),
    starts=From("`start_date`", lambda voucher: voucher.start_date),
    expires=From("`expiration_date`", lambda voucher: voucher.expiration_date),
    redeemed=From("not said"),
    terms=From("not said"),
)

ACTIVITY = ActivityTable[Redemption](
    vendor="voucherify",
    page=f"{_API}/redemptions/redemption-object",
    id=From("`id`", lambda redemption: redemption.id),
    vendor_kind=From("`object` and `status`, else `result`", _own_word),
    kind=From("`object` and `result`, see below", _kind),
    when=From("`date`", lambda redemption: redemption.date),
    worth=From(
        "`gift.amount`, money in hundredths, of a currency that is not said; "
        "`loyalty_card.points`, points. Of a rollback they are negative",
        _taken,
    ),
    balance=From("not said of the moment: a voucher shows what is left now"),
    reward_id=From("`related_object_id`", lambda redemption: redemption.related_object_id),
    reward=From(
        "`voucher`",
        lambda redemption: None if (it := redemption.voucher) is None else REDEEMED.reward(it),
    ),
)


def rewards(voucherify: Voucherify, about: About) -> Steps[Reward]:
    """Everything redeemable that the customer holds, whatever its status."""
    held = voucherify.customers.list_redeemables(str(about.member.voucherify_customer))
    yield Rows(held, REWARD.reward)


def activity(voucherify: Voucherify, about: About) -> Steps[Activity]:
    """The customer's redemptions, failed ones and rollbacks too."""
    made = voucherify.redemptions.list(
        customer=str(about.member.voucherify_customer),
        created_at=None if about.since is None else {"after": about.since},
    )
    yield Rows(made, ACTIVITY.activity)
