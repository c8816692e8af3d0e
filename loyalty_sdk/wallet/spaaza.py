"""Spaaza in a wallet: vouchers are rewards, redeemed vouchers are activities, too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from loyalty_sdk.spaaza import Spaaza, Voucher
from loyalty_sdk.wallet.models import (
    UNKNOWN,
    Activity,
    Reward,
    RewardStatus,
    Worth,
)
from loyalty_sdk.wallet.steps import About, Rows, Steps
from loyalty_sdk.wallet.tables import ActivityTable, From, RewardTable

_PAGE = "https://docs.spaaza.com/api/get-vouchers"

STATUSES: Mapping[str, RewardStatus] = {
    "generated": "available",
    "claimed": "available",
    "redeemed": "used",
}

_NO_MONEY = frozenset({"basket_pct", "basket_fixed_unit"})  # a share, and units: the JSON has none
_POINTS = frozenset({"PTN", "PTS"})  # no codes of ISO 4217: Spaaza's for points


def _amount(voucher: Voucher, amount: Any) -> Worth:
    if amount is None or voucher.type in _NO_MONEY:
        return UNKNOWN
    currency = voucher.voucher_currency_symbol
    return Worth.points(amount) if currency in _POINTS else Worth.money(amount, currency)


def _status(voucher: Voucher) -> RewardStatus | None:
    """Its status; a voucher that could be used may still be over, or locked."""
    status = STATUSES.get(voucher.voucher_status or "")
    if status != "available":
        return status
    if _is_over(voucher):
        return "expired"
    return "blocked" if voucher.voucher_locked else status


def _is_over(voucher: Voucher) -> bool:
    """By the vendor's clock, where it says how many seconds remain."""
    seconds, expires = voucher.voucher_expiry_seconds_remaining, voucher.voucher_expiry_datetime_utc
    if seconds is not None:
        return seconds <= 0
    return expires is not None and expires <= datetime.now(timezone.utc)


REWARD = RewardTable[Voucher](
    vendor="spaaza",
    page=_PAGE,
    id=From("`voucher_id`", lambda voucher: voucher.voucher_id),
    code=From(
        "`voucher_honour_code`, else `voucher_key`",
        lambda voucher: voucher.voucher_honour_code or voucher.voucher_key,
    ),
    title=From(
        "`voucher_title`, else the campaign's title",
        lambda voucher: voucher.voucher_title or voucher.campaign_title,
    ),
    vendor_status=From("`voucher_status`", lambda voucher: voucher.voucher_status),
    status=From(
        "`voucher_status`, see below; one that is available is `expired` once "
        "`voucher_expiry_seconds_remaining` (else the date) says so, and `blocked` while "
        "`voucher_locked`",
        _status,
    ),
    worth=From(
        "`voucher_amount`, the monetary value, with `voucher_currency_symbol`; points where that "
        "is `PTN` or `PTS`; unknown for `basket_pct` and `basket_fixed_unit`, whose share and "
        "units are not said",
        lambda voucher: _amount(voucher, voucher.voucher_amount),
    ),
    issued=From("`voucher_created_datetime`", lambda voucher: voucher.voucher_created_datetime),
    starts=From("not said"),
    expires=From(
        "`voucher_expiry_datetime_utc`", lambda voucher: voucher.voucher_expiry_datetime_utc
    ),
    redeemed=From("not said in JSON, only in the CSV"),
    terms=From("`voucher_notes`", lambda voucher: voucher.voucher_notes),
)

ACTIVITY = ActivityTable[Voucher](
    vendor="spaaza",
    page=_PAGE,
    id=From("not said: a redemption has no id of its own"),
    vendor_kind=From("`voucher_status`", lambda voucher: voucher.voucher_status),
    kind=From(
        "`voucher_status`: `redeemed`",
        lambda voucher: "redeemed" if voucher.voucher_status == "redeemed" else None,
    ),
    when=From("not said in JSON, only in the CSV"),
    worth=From(
        "`voucher_amount_redeemed`, as the worth of a voucher",
        lambda voucher: _amount(voucher, voucher.voucher_amount_redeemed),
    ),
    balance=From("not said: the amounts are no balance"),
    reward_id=From("`voucher_id`", lambda voucher: voucher.voucher_id),
    reward=From("the voucher itself", REWARD.reward),
)


def rewards(spaaza: Spaaza, about: About) -> Steps[Reward]:
    """The user's vouchers of all statuses; whether expired ones are among them is not said."""
    vouchers = spaaza.vouchers.list(
        str(about.member.spaaza_chain), **about.member.spaaza_user, show_all_statuses=True
    )
    yield Rows(vouchers, REWARD.reward)


def activity(spaaza: Spaaza, about: About) -> Steps[Activity]:
    """The user's redeemed vouchers; it is the vendor that knows since when."""
    vouchers = spaaza.vouchers.list(
        str(about.member.spaaza_chain),
        **about.member.spaaza_user,
        show_redeemed=True,
        min_redeemed_datetime=about.since,
    )
    yield Rows(vouchers, ACTIVITY.activity)
