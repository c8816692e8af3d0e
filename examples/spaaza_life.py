"""Spaaza: a member joins, earns, holds a voucher, locks it, redeems a part, gives back the rest.

It uses the embedded sandbox; with `SPAAZA_TOKEN_ID`, `SPAAZA_TOKEN_SECRET` and
`SPAAZA_APP_HOSTNAME` in the environment, `Spaaza()` reaches your own chain.
"""

from __future__ import annotations

from decimal import Decimal

from loyalty_sdk import Spaaza
from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.spaaza import BasketFields, EntityFields

with (
    Sandbox() as sandbox,
    Spaaza(**sandbox.spaaza, app_hostname=sandbox.spaaza_user["app_hostname"]) as spaaza,
):
    chain = sandbox.member.spaaza_chain_id
    wallet = next(
        campaign for campaign in spaaza.campaigns.list(chain) if campaign.type == "wallet"
    )

    ada = spaaza.users.add(username="ada@example.com", member_number="0009001", first_name="Ada")
    print(f"joined:   {ada.first_name}, {ada.user_type}, number {ada.member_number}")

    shop: EntityFields = {"entity_type": "chain", "entity_id": chain}
    bought: BasketFields = {
        "retailer_basket_code": "order-1",
        "basket_total_price": Decimal("200.00"),
        "basket_vouchers": [{"voucher_key": "of another chain"}],
    }
    answer = spaaza.raw.baskets.add(entity=shop, basket=bought, user={"member_number": "0009001"})
    for warning in answer.warnings:
        print(f"warning:  {warning.name}: {warning.description}")
    spaaza.wallets.add_progress(wallet.id, Decimal("5.25"), "A gesture", user_id=ada.user_id)
    progress = spaaza.campaigns.get(chain, wallet.id, user_id=ada.user_id).user_progress
    print(f"earned:   {progress and progress.saved_amount} in {wallet.title}")

    voucher = spaaza.vouchers.create(
        user_id=ada.user_id, campaign_id=wallet.id, voucher_amount=Decimal("10.00")
    )
    key = voucher.voucher_key
    print(f"made:     a voucher of {voucher.voucher_amount}, {voucher.voucher_status}")
    print(f"claimed:  {spaaza.vouchers.claim(key, user_id=ada.user_id).voucher_status}")

    locked = spaaza.vouchers.lock(key, retailer_basket_code="order-2", voucher_lock_period=300)
    print(f"locked:   for {locked.voucher_retailer_basket_code_exclusive}")
    spaaza.vouchers.unlock(key)

    done = spaaza.vouchers.redeem(key, chain_id=chain, amount=Decimal("2.50"))
    rest = done.regenerated_voucher
    assert rest is not None
    print(f"redeemed: {done.voucher_amount}, and {rest.voucher_amount} are left in another one")

    spaaza.vouchers.delete(rest.voucher_key, user_id=ada.user_id)
    left = spaaza.vouchers.get_for_user(chain_id=chain, user_id=ada.user_id)
    print(f"undone:   {len(left.all)} vouchers left, the rest is in the wallet again")

    for entry in spaaza.wallets.get_ledger(user_id=ada.user_id, type="wallet").ledger or ():
        print(f"          {entry.amount}: {entry.contributing_campaign_title}")
