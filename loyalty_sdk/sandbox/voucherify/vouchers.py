"""Synthetic redeemables in every shape that Voucherify documents for a customer's redeemables.

https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any
from urllib.parse import quote

import attrs

from ..synthetic import HEX_DIGITS, characters, dice
from . import discounts
from .campaigns import COUPONS, GIFTS, LOYALTY, PROMOTION, REFERRALS, Campaign
from .moments import micros_offset, millis_z, trimmed_offset

Json = dict[str, object]

ACTIVE, USED, DISABLED = "ACTIVE", "USED", "DISABLED"
NOT_ACTIVE_YET, EXPIRED, NO_BALANCE = "NOT_ACTIVE_YET", "EXPIRED", "NO_BALANCE"


@attrs.define(slots=False, kw_only=True)
class Draft:
    """What a redeemable is made from."""

    seed: int
    customer_id: str
    customer_number: int
    number: int
    assigned: datetime
    now: datetime
    campaigns: tuple[Campaign, ...]

    @cached_property
    def dice(self) -> Random:
        """This redeemable's own source of randomness."""
        return dice(self.seed, "redeemable", self.customer_number, self.number)

    @property
    def family(self) -> Family:
        """Which of the documented shapes it has."""
        return FAMILIES[(self.number - 1) % len(FAMILIES)]

    @cached_property
    def status(self) -> str:
        """Its status; further rounds through the shapes go through the statuses."""
        turn = (self.number - 1) // len(FAMILIES)
        statuses = self.family.statuses
        return statuses[turn % len(statuses)]

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign it is from, if from any."""
        fitting = [one for one in self.campaigns if one.campaign_type == self.family.campaign_type]
        return self.dice.choice(fitting) if fitting else None


@attrs.frozen
class Parts:
    """What one shape adds to a voucher, and to the voucher's summary of redemptions."""

    voucher: Json
    redemption: Json = attrs.field(factory=dict[str, object])


@attrs.frozen(kw_only=True)
class Family:
    """One documented shape of a redeemable."""

    name: str
    voucher_type: str
    campaign_type: str | None
    statuses: tuple[str, ...]
    parts: Callable[[Draft], Parts]
    role: str = "OWNER"


def draft_redeemable(draft: Draft) -> Json:
    """One redeemable as the vendor shows it."""
    voucher = _voucher(draft)
    return {
        "id": _holder_id(draft),
        "created_at": millis_z(draft.assigned),
        "redeemable_id": voucher["id"],
        "redeemable_object": "voucher",
        "customer_id": draft.customer_id,
        "holder_role": draft.family.role,
        "campaign_id": voucher["campaign_id"],
        "campaign_type": draft.family.campaign_type,
        "voucher_type": draft.family.voucher_type,
        "redeemable": {"type": "voucher", "voucher": voucher, "status": draft.status},
    }


def status_of(voucher: Mapping[str, Any], now: datetime) -> str:
    """Whether a voucher can be redeemed, or why not."""
    start, end = voucher["start_date"], voucher["expiration_date"]
    if voucher["active"] is False:
        return DISABLED
    if start and datetime.fromisoformat(start) > now:
        return NOT_ACTIVE_YET
    if end and datetime.fromisoformat(end) <= now:
        return EXPIRED
    card = voucher["gift"] or voucher["loyalty_card"]
    if card is not None and card["balance"] <= 0:
        return NO_BALANCE
    summary = voucher["redemption"]
    quantity = summary["quantity"]
    return USED if quantity is not None and summary["redeemed_quantity"] >= quantity else ACTIVE


def new_voucher(
    code: str, source: Random, now: datetime, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """A voucher as the vendor shows it, made by a call."""
    return {
        "id": "v_" + characters(source, 32),
        "code": code,
        "campaign": None,
        "campaign_id": None,
        "category": None,
        "category_id": None,
        "categories": [],
        "type": "DISCOUNT_VOUCHER",
        "discount": None,
        "gift": None,
        "loyalty_card": None,
        "start_date": None,
        "expiration_date": None,
        "validity_timeframe": None,
        "validity_hours": None,
        "validity_day_of_week": None,
        "active": True,
        "additional_info": None,
        "metadata": {},
        "assets": {"qr": _asset(source, "qr"), "barcode": _asset(source, "barcode")},
        "is_referral_code": False,
        "created_at": millis_z(now),
        "updated_at": None,
        "holder_id": None,
        "redemption": _summary("redemptions", code, quantity=None, redeemed_quantity=0),
        "publish": _summary("publications", code, count=0),
        "object": "voucher",
        **fields,
    }


def new_holding(
    identifier: str, customer_id: str, voucher: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """A redeemable in the hands of a customer, made by a call."""
    return {
        "id": identifier,
        "created_at": millis_z(now),
        "redeemable_id": voucher["id"],
        "redeemable_object": "voucher",
        "customer_id": customer_id,
        "holder_role": "OWNER",
        "campaign_id": voucher["campaign_id"],
        "campaign_type": None,
        "voucher_type": voucher["type"],
        "redeemable": {"type": "voucher", "voucher": voucher, "status": status_of(voucher, now)},
    }


def _holder_id(draft: Draft) -> str:
    # The ids grow with the number, so that their order is the order of assignment.
    tail = characters(draft.dice, 4, HEX_DIGITS)
    return f"rh_0e{draft.customer_number:06x}{draft.number:06x}{tail}"


def _voucher(draft: Draft) -> Json:
    source, campaign = draft.dice, draft.campaign
    code, parts = characters(source, 8), draft.family.parts(draft)
    return {
        "id": "v_" + characters(source, 32),
        "code": code,
        "campaign": campaign.name if campaign else None,
        "campaign_id": campaign.id if campaign else None,
        "category": None,
        "category_id": None,
        "categories": [],
        "type": draft.family.voucher_type,
        "discount": None,
        "gift": None,
        "loyalty_card": None,
        **_validity(draft),
        "active": draft.status != DISABLED,
        "additional_info": None,
        "metadata": {"synthetic": True} if draft.number % 2 else {},
        "assets": {"qr": _asset(source, "qr"), "barcode": _asset(source, "barcode")},
        "is_referral_code": draft.family.campaign_type == REFERRALS,
        "created_at": trimmed_offset(draft.assigned - timedelta(minutes=9, milliseconds=340)),
        "updated_at": micros_offset(draft.assigned + timedelta(microseconds=974)),
        "holder_id": draft.customer_id,
        "redemption": _redemption(draft, code, parts.redemption),
        "publish": _summary("publications", code, count=1),
        "object": "voucher",
        **parts.voucher,
    }


def _validity(draft: Draft) -> Json:
    start, end = None, None
    if draft.status == NOT_ACTIVE_YET:
        start = draft.now.replace(microsecond=0) + timedelta(days=20)
    if draft.status == EXPIRED:
        end = draft.now.replace(microsecond=0) - timedelta(days=3)
    return {
        "start_date": millis_z(start) if start else None,
        "expiration_date": millis_z(end) if end else None,
        "validity_timeframe": None,
        "validity_hours": None,
        "validity_day_of_week": None,
    }


def _asset(source: Random, kind: str) -> Json:
    identifier = base64.b64encode(b"Salted__" + source.randbytes(56)).decode()
    url = f"https://assets.sandbox.example.com/api/v1/assets/{kind}/{quote(identifier, safe='')}"
    return {"id": identifier, "url": url}


def _summary(kind: str, code: str, **more: object) -> Json:
    url = f"/v1/vouchers/{quote(code, safe='')}/{kind}?page=1&limit=10"
    return {"object": "list", **more, "url": url}


def _redemption(draft: Draft, code: str, parts: Json) -> Json:
    used = draft.status == USED
    usual: Json = {"quantity": 1 if used else None, "redeemed_quantity": int(used)}
    return _summary("redemptions", code, **{**usual, **parts})


def _discount(make: Callable[[Random], Json]) -> Callable[[Draft], Parts]:
    return lambda draft: Parts({"discount": make(draft.dice)})


def _referral(draft: Draft) -> Parts:
    referrer = draft.customer_id
    if draft.family.role == "REFEREE":
        referrer = "cust_" + characters(draft.dice, 24)
    discount = discounts.amount_per_order(draft.dice)
    return Parts({"discount": discount, "referrer_id": referrer})


def _gift(effect: str | None) -> Callable[[Draft], Parts]:
    def parts(draft: Draft) -> Parts:
        amount = draft.dice.randrange(20, 200) * 100
        subtracted = 0 if draft.number % 3 else 500
        empty = draft.status == NO_BALANCE
        redeemed = amount - subtracted if empty else draft.dice.randrange(amount // 2)
        gift = {
            "amount": amount,
            "subtracted_amount": subtracted,
            "balance": amount - subtracted - redeemed,
            "effect": effect,
        }
        redemption: Json = {"redeemed_quantity": int(redeemed > 0), "redeemed_amount": redeemed}
        return Parts({"gift": gift}, redemption)

    return parts


def _loyalty_card(draft: Draft) -> Parts:
    points = draft.dice.randrange(500, 9000)
    expired, subtracted = draft.dice.randrange(100), draft.dice.randrange(100)
    left = points - expired - subtracted
    redeemed = left if draft.status == NO_BALANCE else draft.dice.randrange(left)
    card = {
        "points": points,
        "balance": left - redeemed,
        "next_expiration_date": (draft.now + timedelta(days=60)).date().isoformat(),
        "next_expiration_points": min(50, left - redeemed),
        "pending_points": draft.dice.randrange(300),
        "expired_points": expired,
        "subtracted_points": subtracted,
    }
    return Parts({"loyalty_card": card}, {"redeemed_points": redeemed})


def _plain_loyalty_card(draft: Draft) -> Parts:
    points = draft.dice.randrange(100, 900)
    balance = 0 if draft.status == NO_BALANCE else points
    nothing = {"next_expiration_date": None, "next_expiration_points": None}
    card: Json = {"points": points, "balance": balance, **nothing}
    return Parts({"loyalty_card": card}, {"redeemed_points": points - balance})


def _restricted(draft: Draft) -> Parts:
    voucher: Json = {
        "discount": discounts.amount_per_order(draft.dice),
        "start_date": millis_z(draft.now.replace(microsecond=0) - timedelta(days=90)),
        "validity_timeframe": {"interval": "P2D", "duration": "PT1H"},
        "validity_day_of_week": [0, 1, 6],
        "validity_hours": {
            "daily": [
                {"days_of_week": [1, 2, 3], "start_time": "12:00", "expiration_time": "14:00"},
                {"days_of_week": [0], "start_time": "09:30", "expiration_time": "10:00"},
            ]
        },
        "category": "Sandbox category",
        "category_id": "cat_0bsandbox000000001",
        "categories": [
            {
                "id": "cat_0bsandbox000000001",
                "name": "Sandbox category",
                "hierarchy": 0,
                "object": "category",
            }
        ],
        "additional_info": "valid a few hours a week",
        "metadata": {"synthetic": True, "ratio": 0.25, "tags": ["a", "b"], "deep": {"x": None}},
    }
    return Parts(voucher, {"quantity": 5})


def _standalone(draft: Draft) -> Parts:
    return Parts({"discount": discounts.percent_whole(draft.dice), "active": None})


_COUPON_STATUSES = (ACTIVE, USED, EXPIRED, DISABLED, NOT_ACTIVE_YET)
_BALANCE_STATUSES = (ACTIVE, NO_BALANCE, EXPIRED, DISABLED)


def _coupon(
    name: str, make: Callable[[Random], Json], first: str = ACTIVE, campaign: str | None = COUPONS
) -> Family:
    at = _COUPON_STATUSES.index(first)
    return Family(
        name=name,
        voucher_type="DISCOUNT_VOUCHER",
        campaign_type=campaign,
        statuses=_COUPON_STATUSES[at:] + _COUPON_STATUSES[:at],
        parts=_discount(make),
    )


def _special(
    name: str,
    voucher_type: str,
    campaign_type: str | None,
    parts: Callable[[Draft], Parts],
    *,
    statuses: tuple[str, ...] = (ACTIVE,),
    role: str = "OWNER",
) -> Family:
    return Family(
        name=name,
        voucher_type=voucher_type,
        campaign_type=campaign_type,
        statuses=statuses,
        parts=parts,
        role=role,
    )


FAMILIES: tuple[Family, ...] = (
    _coupon("amount", discounts.amount_plain),
    _coupon("amount per item", discounts.amount_per_item, USED),
    _coupon("amount by formula", discounts.amount_formula),
    _coupon("percent", discounts.percent_whole, EXPIRED),
    _coupon("fractional percent", discounts.percent_fraction),
    _coupon("unit", discounts.unit, DISABLED),
    _coupon("fractional unit", discounts.unit_fraction),
    _coupon("many units", discounts.units),
    _coupon("fixed", discounts.fixed, NOT_ACTIVE_YET),
    _coupon("promotion", discounts.percent_whole, campaign=PROMOTION),
    _special("gift", "GIFT_VOUCHER", GIFTS, _gift("APPLY_TO_ORDER"), statuses=_BALANCE_STATUSES),
    _special("empty gift", "GIFT_VOUCHER", GIFTS, _gift(None), statuses=(NO_BALANCE, ACTIVE)),
    _special("loyalty card", "LOYALTY_CARD", LOYALTY, _loyalty_card, statuses=_BALANCE_STATUSES),
    _special("new loyalty card", "LOYALTY_CARD", LOYALTY, _plain_loyalty_card),
    _special("referrer", "DISCOUNT_VOUCHER", REFERRALS, _referral, role="REFERRER"),
    _special(
        "referee",
        "DISCOUNT_VOUCHER",
        REFERRALS,
        _referral,
        statuses=(USED, ACTIVE),
        role="REFEREE",
    ),
    _special("restricted", "DISCOUNT_VOUCHER", COUPONS, _restricted),
    _special("standalone", "DISCOUNT_VOUCHER", None, _standalone),
)
