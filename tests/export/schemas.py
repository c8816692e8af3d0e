"""The columns of a model of each vendor, as checked in: `python -m tests.export.schemas`.

Who changes a model sees here what changes for those who export it.
"""

from __future__ import annotations

from pathlib import Path

from loyalty_sdk import cardlytics, es_loyalty, spaaza, voucherify, wallet
from loyalty_sdk.export import schema_of

FOLDER = Path(__file__).parent / "schemas"
MODELS = {
    "cardlytics.Ad": cardlytics.Ad,
    "es_loyalty.Transaction": es_loyalty.Transaction,
    "spaaza.Voucher": spaaza.Voucher,
    "spaaza.VoucherRow": spaaza.VoucherRow,
    "voucherify.CustomerRedeemable": voucherify.CustomerRedeemable,
    "wallet.Activity": wallet.Activity,
    "wallet.Reward": wallet.Reward,
}


def text(name: str) -> str:
    """The columns of a model, nested and flat."""
    return "".join(
        f"# {nested}\n{schema_of(MODELS[name], nested).text}" for nested in ("struct", "flat")
    )


def main() -> None:
    """Write them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in MODELS:
        (FOLDER / f"{name}.txt").write_text(text(name), "utf-8")


if __name__ == "__main__":
    main()
