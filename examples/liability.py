"""What a programme owes: the worth of open rewards by the month in which they expire, by vendor.

    python examples/liability.py [PICTURE.png]

It asks the sandbox for three members' rewards, prints a chart, and draws the same with matplotlib
(`loyalty-sdk[sandbox,charts]`). Money of different currencies is never added up.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.table import Table

from loyalty_sdk import Spaaza, Voucherify
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.wallet import Member, Reward, Wallet

NEVER = "no expiry"
Owed = dict[tuple[str, str], Decimal]


def owed_by(rewards: list[Reward]) -> Owed:
    """The money in open rewards, by month and by vendor with its currency."""
    owed: Owed = {}
    for reward in rewards:
        worth = reward.worth
        if reward.status in ("available", "not_yet") and worth.kind == "money" and worth.amount:
            month = f"{reward.expires:%Y-%m}" if reward.expires else NEVER
            place = month, f"{reward.vendor} {worth.currency or '?'}"
            owed[place] = owed.get(place, Decimal()) + worth.amount
    return dict(sorted(owed.items()))


def main(picture: str | None = None) -> None:
    """Ask, print, and draw."""
    with (
        Sandbox() as sandbox,
        Voucherify(**sandbox.voucherify) as voucherify,
        Spaaza(**sandbox.spaaza) as spaaza,
    ):
        wallet = Wallet(voucherify=voucherify, spaaza=spaaza, at_most=5000)
        people = (sandbox.members.everyday, sandbox.members.heavy, sandbox.members.awkward)
        rewards: list[Reward] = []
        for person in people:
            member = Member(
                voucherify_customer=person.voucherify_customer_id,
                spaaza_chain=person.spaaza_chain_id,
                spaaza_user_id=person.spaaza_user_id,
            )
            rewards += wallet.rewards(member)
    owed = owed_by(rewards)
    show(owed)
    with tempfile.TemporaryDirectory() as folder:
        drawn = draw(owed, Path(picture or f"{folder}/liability.png"))
        print(f"{drawn.name}: {drawn.stat().st_size} bytes")


def show(owed: Mapping[tuple[str, str], Decimal]) -> None:
    """A bar for each month, on a terminal; each vendor has a scale of its own."""
    table = Table("expires", "vendor", "owed", "")
    most: dict[str, Decimal] = {}
    for (_, vendor), amount in owed.items():
        most[vendor] = max(amount, most.get(vendor, amount))
    for (month, vendor), amount in owed.items():
        bar = ProgressBar(total=float(most[vendor]), completed=float(amount), width=40)
        table.add_row(month, vendor, f"{amount:,.2f}", bar)
    Console().print(table)


def draw(owed: Mapping[tuple[str, str], Decimal], path: Path) -> Path:
    """The same as a picture, a colour for each vendor."""
    matplotlib: Any = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    months = sorted({month for month, _ in owed})
    vendors = sorted({vendor for _, vendor in owed})
    figure, axes = pyplot.subplots(len(vendors), sharex=True, squeeze=False, figsize=(10, 6))
    for plot, vendor in zip(axes[:, 0], vendors, strict=True):
        plot.bar(months, [float(owed.get((month, vendor), 0)) for month in months])
        plot.set_ylabel(vendor)
        plot.tick_params(axis="x", rotation=60)
    figure.suptitle("Owed in open rewards, by the month in which they expire")
    figure.tight_layout()
    figure.savefig(path)
    return path


if __name__ == "__main__":
    main(*sys.argv[1:2])
