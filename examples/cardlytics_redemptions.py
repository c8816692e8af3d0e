"""Cardlytics: a customer's redemptions, each beside the ad that it belongs to.

It uses the embedded sandbox; with `CARDLYTICS_BASE_URL`, `CARDLYTICS_CERT` and `CARDLYTICS_KEY` in
the environment, `Cardlytics()` reaches your own server.
"""

from __future__ import annotations

from loyalty_sdk import Cardlytics
from loyalty_sdk.sandbox import Sandbox

with (
    Sandbox() as sandbox,
    Cardlytics(**sandbox.cardlytics, timezone="Europe/London") as cardlytics,
):
    token = cardlytics.tokens.get(sandbox.member.cardlytics_source_customer_id)
    print(token)  # a Secret: it is shown nowhere
    found = cardlytics.redemptions.list(token, channel_id=2, location_id=9999)
    for redemption in found.redemptions[:5]:
        ad = found.ad_for(redemption)
        print(redemption.redemption_date, redemption.amount, ad.merchant_name if ad else "no ad")
