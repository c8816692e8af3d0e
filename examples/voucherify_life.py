"""Voucherify: a gift card's whole life: given, found, held for a buyer, redeemed, undone.

It uses the embedded sandbox; with `VOUCHERIFY_APP_ID` and `VOUCHERIFY_APP_TOKEN` in the
environment, `Voucherify()` reaches your own project.
"""

from __future__ import annotations

from loyalty_sdk import Voucherify
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.voucherify import CustomerFields, OrderFields

with Sandbox() as sandbox, Voucherify(**sandbox.voucherify) as voucherify:
    campaigns = sandbox.voucherify_state.campaigns
    gifts = next(one for one in campaigns if one.campaign_type == "GIFT_VOUCHERS")
    ada: CustomerFields = {"source_id": "ada@example.com", "name": "Ada Appel"}
    order: OrderFields = {"source_id": "order-1", "amount": 3000}

    given = voucherify.publications.create(
        customer=ada, campaign={"name": gifts.id}, source_id="welcome-ada"
    )
    assert given.voucher is not None
    code = given.voucher.code
    print(f"given:    {code} of {gifts.name}")

    for found in voucherify.qualifications.check_eligibility(customer=ada, order=order):
        left = "" if found.order is None else f", {found.order.total_amount} left to pay"
        print(f"found:    {found.object} {found.id}{left}")

    held = voucherify.validations.validate([code], order=order, session={"type": "LOCK"})
    assert held.session is not None
    assert held.session.key is not None
    print(f"held:     {held.valid}, for {held.session.ttl} {held.session.ttl_unit}")

    others = voucherify.validations.validate(
        [{"object": "voucher", "id": code, "gift": {"credits": 5000}}], order={"amount": 5000}
    )
    for outcome in others.not_applied:
        print(f"refused:  {outcome.id} for somebody else: {outcome.reason and outcome.reason.key}")

    done = voucherify.redemptions.redeem(
        [code], order=order, customer=ada, session={"key": held.session.key}
    )
    assert done.redemptions is not None
    redemption = done.redemptions[0]
    print(f"redeemed: {redemption.amount}, {done.order and done.order.total_amount} left to pay")

    back = voucherify.redemptions.rollback(redemption.id, reason="returned")
    print(f"undone:   {back.amount}, because it was {back.reason}")

    gesture = voucherify.vouchers.update_balance(code, amount=500, reason="a gesture")
    print(f"added:    {gesture.amount}, so there is {gesture.balance}")

    for row in voucherify.vouchers.list_transactions(code, order="id"):
        balance = row.details and row.details.balance
        print(f"          {row.type}: {balance and balance.amount}, {balance and balance.balance}")
