"""Cardlytics: a customer's whole life: enrolled, served, an ad activated, redeemed and settled up.

It uses the embedded sandbox; with `CARDLYTICS_BASE_URL`, `CARDLYTICS_CERT` and `CARDLYTICS_KEY` in
the environment, `Cardlytics()` reaches your own server.
"""

from __future__ import annotations

from loyalty_sdk import Cardlytics
from loyalty_sdk.cardlytics import AdStatus, ClientEvent, ClientEventMessage, ServedAd
from loyalty_sdk.sandbox import Sandbox

CHANNEL, PLACE = 5, 2

with Sandbox() as sandbox, Cardlytics(**sandbox.cardlytics) as cardlytics:
    customer = sandbox.member.cardlytics_source_customer_id
    token = cardlytics.tokens.get(customer)

    cardlytics.customers.set_enrollment(token, True, channel_id=CHANNEL, location_id=PLACE)
    here = cardlytics.customers.start_session(token, channel_id=CHANNEL)
    assert here.accounts is not None
    print(f"joined:    {here.is_opted_in}, with {len(here.accounts)} accounts")
    cardlytics.customers.set_primary_account(token, here.accounts[1].account_id)

    ads = cardlytics.ads.list(
        token, status=AdStatus.NEW, channel_id=CHANNEL, location_id=PLACE, max_ad_limit=1
    )
    ad = ads.ads[0]
    assert ad.creatives is not None
    assert ad.creatives[0].impression_token is not None
    print(f"offered:   {ad.offer} at {ad.merchant_name}")

    shown: ServedAd = {
        "impression_token": ad.creatives[0].impression_token,
        "channel_id": CHANNEL,
        "location_id": PLACE,
        "display_type_id": 1,
        "display_position": 0,
    }
    cardlytics.ads.mark_served(token, [shown])

    cardlytics.ads.park(token, [shown])
    parked = cardlytics.ads.count(token, status=AdStatus.SERVED, include_parked=True)
    print(f"parked:    {parked.count} for later")

    back: ClientEventMessage = {
        "event_type_id": ClientEvent.UN_PARK_OFFER,
        "ad_id": ad.ad_id,
        "channel_id": CHANNEL,
        "location_id": PLACE,
    }
    activation: ClientEventMessage = {**back, "event_type_id": ClientEvent.ACTIVATE_OFFER}
    cardlytics.events.send(token, [back, activation])
    counts = cardlytics.ads.counts(token)
    print(f"activated: there are {counts.active and counts.active.count} now")

    sandbox.cardlytics_state.purchase(customer, ad.ad_id, cents=4000)  # at the merchant's

    found = cardlytics.redemptions.list(token, channel_id=CHANNEL, location_id=PLACE)
    newest = found.redemptions[0]
    redeemed = found.ad_for(newest)
    print(f"redeemed:  {newest.amount} at {redeemed and redeemed.merchant_name}")
    earned = cardlytics.rewards.summary(token, channel_id=CHANNEL, location_id=PLACE)
    month = earned.current_month
    print(f"earned:    {month and month.total_reward_amount} this month")
