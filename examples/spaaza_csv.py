"""Spaaza: add up what a chain owes, from the CSV of all its vouchers, in constant memory.

It uses the embedded sandbox; with `SPAAZA_TOKEN_ID` and `SPAAZA_TOKEN_SECRET` in the environment,
`Spaaza()` reaches your own chain.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from loyalty_sdk import Spaaza
from loyalty_sdk.sandbox import Sandbox

with Sandbox() as sandbox, Spaaza(**sandbox.spaaza) as spaaza:
    owed: defaultdict[str, Decimal] = defaultdict(Decimal)
    with spaaza.vouchers.stream_csv(sandbox.member.spaaza_chain_id, verify_count=True) as rows:
        for row in rows:
            if row.voucher_amount is not None:
                owed[row.voucher_currency_code or "no currency"] += row.voucher_amount
    for currency, amount in sorted(owed.items()):
        print(currency, amount)
