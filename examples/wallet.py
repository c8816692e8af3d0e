"""What one member holds with each vendor, and what happened lately: all vendors asked at once.

It uses the embedded sandbox unless real credentials are in the environment::

    python examples/wallet.py
    VOUCHERIFY_APP_ID=... VOUCHERIFY_APP_TOKEN=... python examples/wallet.py --customer cust_...
    SPAAZA_TOKEN_ID=... SPAAZA_TOKEN_SECRET=... python examples/wallet.py --chain 1743 --user 6
    ES_LOYALTY_BASE_URL=... ES_LOYALTY_TOKEN=... python examples/wallet.py --account 41b7...
    CARDLYTICS_BASE_URL=... CARDLYTICS_CERT=... python examples/wallet.py --source-customer 6

A vendor that fails is shown as such; the others are shown all the same.
"""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from datetime import timedelta

import attrs

from loyalty_sdk import Cardlytics, ESLoyalty, Spaaza, Voucherify
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.wallet import Member, Wallet


@attrs.frozen(kw_only=True)
class Asked:
    """Whom to ask about whom; a vendor without a client is left out."""

    es: ESLoyalty | None = None
    voucherify: Voucherify | None = None
    cardlytics: Cardlytics | None = None
    spaaza: Spaaza | None = None
    member: Member


def main() -> None:
    """Ask every vendor at once, three times over, and print what they say."""
    arguments = _arguments()
    with ExitStack() as stack:
        asked = _with_real_credentials(arguments, stack) or _on_the_sandbox(stack)
        wallet = Wallet(
            es=asked.es,
            voucherify=asked.voucherify,
            cardlytics=asked.cardlytics,
            spaaza=asked.spaaza,
            cardlytics_channel_id=2,
            cardlytics_location_id=9999,
        )
        _print("Holds", asked, wallet.rewards(asked.member))
        _print("Loses within 60 days", asked, wallet.expiring(asked.member, within=_SIXTY_DAYS))
        _print("Did", asked, wallet.activity(asked.member))


_SIXTY_DAYS = timedelta(days=60)
_NAMES = {
    "es_loyalty": "ES Loyalty",
    "voucherify": "Voucherify",
    "cardlytics": "Cardlytics",
    "spaaza": "Spaaza",
}


def _print(title: str, asked: Asked, found: object) -> None:
    vendors = ", ".join(_NAMES[vendor] for vendor in asked.member.known_to)
    print(f"{title} ({vendors})\n\n{found}\n")


def _with_real_credentials(arguments: argparse.Namespace, stack: ExitStack) -> Asked | None:
    """Clients of the vendors whose credentials are set, and how each knows the member."""
    chosen = {vendor for variable, vendor in _VARIABLES.items() if variable in os.environ}
    if not chosen:
        return None
    spaaza = "spaaza" in chosen
    return Asked(
        es=stack.enter_context(ESLoyalty()) if "es" in chosen else None,
        voucherify=stack.enter_context(Voucherify()) if "voucherify" in chosen else None,
        cardlytics=stack.enter_context(Cardlytics()) if "cardlytics" in chosen else None,
        spaaza=stack.enter_context(Spaaza()) if spaaza else None,
        member=Member(
            es_identifier=_given(arguments, "account") if "es" in chosen else None,
            voucherify_customer=_given(arguments, "customer") if "voucherify" in chosen else None,
            cardlytics_customer=(
                _given(arguments, "source_customer") if "cardlytics" in chosen else None
            ),
            spaaza_chain=_given(arguments, "chain") if spaaza else None,
            spaaza_user_id=_given(arguments, "user") if spaaza else None,
        ),
    )


_VARIABLES = {
    "ES_LOYALTY_BASE_URL": "es",
    "VOUCHERIFY_APP_ID": "voucherify",
    "CARDLYTICS_BASE_URL": "cardlytics",
    "SPAAZA_TOKEN_ID": "spaaza",
}


def _on_the_sandbox(stack: ExitStack) -> Asked:
    sandbox = stack.enter_context(Sandbox())
    member = sandbox.member
    return Asked(
        es=stack.enter_context(ESLoyalty(**sandbox.es_loyalty)),
        voucherify=stack.enter_context(Voucherify(**sandbox.voucherify)),
        cardlytics=stack.enter_context(Cardlytics(**sandbox.cardlytics)),
        spaaza=stack.enter_context(Spaaza(**sandbox.spaaza)),
        member=Member(
            es_identifier=member.es_loyalty_identifier,
            voucherify_customer=member.voucherify_customer_id,
            cardlytics_customer=member.cardlytics_source_customer_id,
            spaaza_chain=member.spaaza_chain_id,
            spaaza_user_id=member.spaaza_user_id,
        ),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What one member has with each vendor.")
    parser.add_argument("--account", help="ES Loyalty: the account's id")
    parser.add_argument("--customer", help="Voucherify: the customer's id or source id")
    parser.add_argument("--source-customer", help="Cardlytics: your own id of the customer")
    parser.add_argument("--chain", help="Spaaza: the chain's id")
    parser.add_argument("--user", help="Spaaza: the user's id")
    return parser.parse_args()


def _given(arguments: argparse.Namespace, name: str) -> str:
    value: str | None = getattr(arguments, name)
    if value is None:
        raise SystemExit(f"real credentials are set: say whose with --{name.replace('_', '-')}")
    return value


if __name__ == "__main__":
    main()
