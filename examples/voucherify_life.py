"""Voucherify: a member's whole life: joins, earns, holds, locks, redeems, and undoes it.

It uses the embedded sandbox; with `VOUCHERIFY_APP_ID` and `VOUCHERIFY_APP_TOKEN` in the
environment, `Voucherify()` reaches your own project.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from loyalty_sdk import Voucherify
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.voucherify import CustomerFields, OrderFields, RedeemableFields

with Sandbox() as sandbox, Voucherify(**sandbox.voucherify) as voucherify:
    program = voucherify.campaigns.list(campaign_type="LOYALTY_PROGRAM").first()
    gifts = voucherify.campaigns.list(campaign_type="GIFT_VOUCHERS").first()
    assert program is not None
    assert gifts is not None
    ada: CustomerFields = {"source_id": "ada@example.com"}
    order: OrderFields = {"source_id": "order-1", "amount": 3000}

    # She joins: made once, however often it is said, for the source id is hers.
    customer = voucherify.customers.create(source_id="ada@example.com", name="Ada Appel")
    member = voucherify.loyalties.add_member(program.id, customer=ada).code
    print(f"joined:   {customer.name} has the card {member} of {program.name}")

    # She earns: points on her card, and a gift card.
    points = voucherify.loyalties.update_member_balance(member, points=250, reason="a survey")
    given = voucherify.publications.create(
        customer=ada, campaign={"name": gifts.id}, source_id="welcome-ada"
    )
    assert given.voucher is not None
    code = given.voucher.code
    print(f"earned:   {points.balance} points, and the gift card {code} of {gifts.name}")

    # She holds them, and looks at what they are good for.
    for held in voucherify.customers.list_redeemables(customer.id):
        print(f"holds:    {held.voucher_type} {held.redeemable.voucher.code}")
    for offer in voucherify.loyalties.list_member_rewards(member, affordable_only=True):
        cost = (
            offer.assignment and offer.assignment.parameters and offer.assignment.parameters.loyalty
        )
        print(f"may get:  {offer.reward.name} for {cost and cost.points} points")
    for found in voucherify.qualifications.check_eligibility(customer=ada, order=order):
        left = "" if found.order is None else f", {found.order.total_amount} left to pay"
        print(f"may use:  {found.object} {found.id}{left}")

    # While she pays, a session keeps the credits for her.
    lock = voucherify.validations.validate([code], order=order, session={"type": "LOCK"})
    assert lock.session is not None
    assert lock.session.key is not None
    print(f"locked:   {lock.valid}, for {lock.session.ttl} {lock.session.ttl_unit}")
    all_of_it: RedeemableFields = {"object": "voucher", "id": code, "gift": {"credits": 5000}}
    others = voucherify.validations.validate([all_of_it], order={"amount": 5000})
    for outcome in others.not_applied:
        print(f"refused:  {outcome.id} for somebody else: {outcome.reason and outcome.reason.key}")

    # She redeems both: credits for the order, points for a reward.
    done = voucherify.redemptions.redeem(
        [code], order=order, customer=ada, session={"key": lock.session.key}
    )
    assert done.redemptions is not None
    paid = done.redemptions[0]
    print(f"redeemed: {paid.amount}, {done.order and done.order.total_amount} left to pay")
    mug = voucherify.loyalties.list_member_rewards(member).first()
    assert mug is not None
    got = voucherify.loyalties.redeem_reward(member, reward={"id": mug.reward.id})
    print(f"redeemed: {got.amount} points for {got.reward and got.reward.name}")

    # Both are undone.
    for redemption in (paid, got):
        back = voucherify.redemptions.rollback(redemption.id, reason="returned")
        print(f"undone:   {back.amount}, because it was {back.reason}")
    for row in voucherify.loyalties.list_member_transactions(member, order="id"):
        balance = row.details and row.details.balance
        print(f"          {row.type}: {balance and balance.points}, {balance and balance.balance}")

    # What happened is there to be read, and to be saved.
    for event in voucherify.customers.list_activity(customer.id, order="created_at"):
        print(f"activity: {event.type}")
    export = voucherify.exports.create(exported_object="redemption")
    export = voucherify.exports.wait(export.id, every=0.1)
    assert export.token is not None
    with TemporaryDirectory() as folder:
        file = voucherify.exports.download(export.id, export.token, Path(folder) / "all.csv")
        print(f"exported: {len(file.read_text().splitlines()) - 1} redemptions")

    # And she may be forgotten.
    print(f"deleted:  {voucherify.customers.delete_permanently(customer.id).status}")
