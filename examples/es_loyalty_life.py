"""ES Loyalty: a member's whole life: known, rewarded, held, redeemed, undone, linked.

It uses the embedded sandbox; with `ES_LOYALTY_BASE_URL`, `ES_LOYALTY_TOKEN_URL`,
`ES_LOYALTY_CLIENT_ID` and `ES_LOYALTY_CLIENT_SECRET` in the environment, `ESLoyalty()` reaches
your own instance.
"""

from __future__ import annotations

from loyalty_sdk import ESLoyalty
from loyalty_sdk.errors import BadRequest
from loyalty_sdk.sandbox import Sandbox

SHOP = "SANDBOX_GROCERY"

with Sandbox() as sandbox, ESLoyalty(**sandbox.es_loyalty) as es:
    session = es.sessions.start(sandbox.member.es_loyalty_identifier, channel="APP")
    me = session.correlation_id
    profile = es.members.profile(me)
    print(f"joined:   {profile.first_name} {profile.last_name}, {profile.language_preference}")

    best = es.offers.best(me)
    if best is not None:
        said = es.offers.respond(me, best.id)
        print(f"accepted: {best.short_description1}, until {said.expiry_date or 'for ever'}")

    before = es.members.balance(me)
    reward = es.rewards.issue(
        me,
        business_unit=SHOP,
        issuer_id="sandbox-partner",
        reward_id="sandbox-reward-1",
        reward_amount=5000,
        external_reference_id="welcome-1",
    )
    print(f"earned:   {es.members.balance(me).points_balance} after {before.points_balance}")

    hold = es.reservations.make(
        me, business_unit=SHOP, redeemer_id=SHOP, redemption_id="GIFT", reservation_amount=3000
    )
    es.reservations.change(me, hold.reservation_token, reservation_amount=2000)
    print(f"held:     {es.members.balance(me).available_points_balance} are left meanwhile")

    redeemed = es.redemptions.issue(
        me, business_unit=SHOP, reservation_token=hold.reservation_token
    )
    print(f"redeemed: {redeemed.message}, {es.members.balance(me).points_balance} are left")

    for receipt in (redeemed, reward):
        undone = es.transactions.void(me, receipt.transaction_id)
        print(f"undone:   {undone.message}, {es.members.balance(me).points_balance} are left")
    try:
        es.transactions.void(me, reward.transaction_id)
    except BadRequest as refused:
        print(f"refused:  {refused}")

    another = es.reservations.make(me, reservation_amount=1500)
    print(f"let go:   {es.reservations.cancel(me, another.reservation_token).status}")

    links = es.partners.change_links(
        me,
        "sandbox-bank",
        add=[{"link_id": "card-1", "last4": "0042"}],
        remove=[{"link_id": "card-2", "last4": "1234"}],
    )
    for kind, outcome in links.by_type.items():
        print(f"linked:   {outcome.success} {kind}, {outcome.unprocessed} could not be processed")

    household = es.households.members(me)
    print(f"together: {len(household.people)} in a household")
    print(f"badges:   {[badge.badge_name for badge in es.badges.list(me, page_size=3)]}")
    for sweep in es.points.upcoming_sweep(me):
        print(f"swept:    {sweep.points_amount} in {sweep.sweep_month}")

    for row in es.transactions.history(me, limit=10).collect(at_most=4):
        print(f"          {row.request_action}: {row.net_amount}, {row.new_point_balance}")
