"""Voucherify: what a customer holds, newest first, and how to go on from where one stopped.

It uses the embedded sandbox; with `VOUCHERIFY_APP_ID` and `VOUCHERIFY_APP_TOKEN` in the
environment, `Voucherify()` reaches your own project.
"""

from __future__ import annotations

from loyalty_sdk import Voucherify
from loyalty_sdk.sandbox import Sandbox

with Sandbox() as sandbox, Voucherify(**sandbox.voucherify) as voucherify:
    customer = sandbox.member.voucherify_source_id
    held = voucherify.customers.list_redeemables(
        customer, order="-id", filters={"voucher_type": {"$in": ["GIFT_VOUCHER", "LOYALTY_CARD"]}}
    )
    for redeemable in held.collect(at_most=3):
        print(redeemable.redeemable.voucher.code, redeemable.redeemable.status)

    print(f"{held.total} in all; the rest, from {held.cursor}:")
    for page in held.pages(held.cursor):
        for redeemable in page.items:
            print(redeemable.redeemable.voucher.code, redeemable.redeemable.status)
