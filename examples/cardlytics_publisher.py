"""Cardlytics' version 2: ads for a customer of the Rewards Platform, one activated and redeemed.

It uses the embedded sandbox; without `base_url`, and with your own credentials,
`CardlyticsPublisher(auth=RewardsSession(...))` reaches the Rewards Platform.
"""

from __future__ import annotations

from datetime import datetime, timezone

from loyalty_sdk.cardlytics.v2 import (
    Ad,
    CardlyticsPublisher,
    ClientEventMessage,
    RewardsSession,
)
from loyalty_sdk.sandbox import Sandbox


def told(name: str, ad: Ad) -> ClientEventMessage:
    """Something that the customer did with an ad."""
    return {
        "client_event_type": "AdInteraction",
        "client_event": name,
        "client_event_timestamp": datetime.now(timezone.utc),
        "client_event_metadata": {
            "section": "Landing",
            "channel": "MobileApp",
            "serve_token": ad.ad_serve_token or "",
        },
    }


with Sandbox() as sandbox:
    session = RewardsSession(**sandbox.cardlytics_rewards)
    with CardlyticsPublisher(**sandbox.cardlytics, auth=session) as publisher:
        profile = publisher.customers.get_profile()
        print(f"takes part: {profile.enrollment_opt_in_status}")

        ads = publisher.ads.get("MobileApp", activation_states=["SERVED"], return_metadata=True)
        ad = ads.ads[0]
        print(f"offered:    {ad.reward and ad.reward.offer} at {ad.merchant_name}")

        publisher.events.send([told("ParkOffer", ad)])
        parked = publisher.ads.get("MobileApp", visibility_states=["PARKED"])
        print(f"parked:     {len(parked.ads)}")
        publisher.events.send([told("UnParkOffer", ad), told("ActivateOffer", ad)])

        customer = sandbox.member.cardlytics_source_customer_id
        sandbox.cardlytics_state.purchase(customer, ad.ad_id, cents=4000)  # at the merchant's

        found = publisher.customers.list_redemptions()
        newest = found.redemptions[0]
        redeemed = found.ad_for(newest)
        print(f"redeemed:   {newest.amount}, {redeemed and redeemed.redemption_state}")
        earned = publisher.customers.get_reward_summary().rewards_summary.all_time
        print(f"earned:     {earned and earned.total_reward_amount} in all")
