# ruff: noqa: B018
"""Wrong uses: every checker must find each marked line, and no other. It is never run."""

from __future__ import annotations

import httpx

from loyalty_sdk import (
    AsyncSpaaza,
    AsyncVoucherify,
    Cardlytics,
    ESLoyalty,
    Retry,
    Spaaza,
    Voucherify,
)
from loyalty_sdk.auth import ClientCredentials
from loyalty_sdk.cardlytics.v2 import CardlyticsPublisher, RewardsSession
from loyalty_sdk.spaaza import Relative, Session
from loyalty_sdk.voucherify import Asset, CustomerRedeemable, RedeemableFilters, Voucher
from loyalty_sdk.wallet import AsyncWallet, Member, Wallet


def constructors() -> None:
    """What a constructor does not take."""
    Voucherify(app_ids="a")  # wrong: the keyword is misspelt
    Voucherify("a", "b")  # wrong: arguments have names
    Voucherify(timeouts=5)  # wrong: the option is misspelt
    Voucherify(timeout="5")  # wrong: seconds are a number
    Voucherify(region="de")  # wrong: there is no such region
    Voucherify(auth="token")  # wrong: text is no auth value
    Voucherify(retry=3)  # wrong: a number is no Retry
    Voucherify(http_client=httpx.AsyncClient())  # wrong: the other colour
    AsyncVoucherify(http_client=httpx.Client())  # wrong: the other colour
    AsyncVoucherify(transport=httpx.HTTPTransport())  # wrong: the other colour
    ClientCredentials("u", "i", "s", style="header")  # wrong: there is no such style
    ClientCredentials("u", "i")  # wrong: the secret is missing
    Retry(attempt=3)  # wrong: the keyword is misspelt
    Retry(3)  # wrong: arguments have names
    Relative(day=-7)  # wrong: the keyword is misspelt


def filters(client: Voucherify) -> None:
    """What the closed forms do not allow."""
    listed = client.customers.list_redeemables
    listed("c", filters={"id": {"$equals": "rh_1"}})  # wrong: there is no such condition
    listed("c", filters={"id": {"is": "rh_1"}})  # wrong: the condition lacks its dollar sign
    listed("c", filters={"status": {"$is": "ACTIVE"}})  # wrong: there is no such field
    listed("c", filters={"id": {"$in": "rh_1", "$is": 5}})  # wrong: an id is text
    listed("c", filters={"created_at": {"$after": "2026-01-01"}})  # wrong: a moment is no text
    listed("c", filters={"created_at": {"$contains": "2026"}})  # wrong: dates are not text
    listed("c", filters={"holder_role": {"$is": "OWNR"}})  # wrong: there is no such role
    listed("c", filters={"holder_role": {"$contains": "OWN"}})  # wrong: not for this field
    listed("c", filters={"campaign_type": {"$is": "PROMOTION"}})  # wrong: not a filter's value
    listed("c", filters={"campaign_id": {"$has_value": False}})  # wrong: leave it out instead
    listed("c", filters={"junction": "xor"})  # wrong: there is no such junction
    apart: RedeemableFilters = {"voucher_type": {"$in": ["CARD"]}}  # wrong: no such type
    listed("c", filters=apart)


def forms(client: Voucherify) -> None:
    """What forms of many keyword arguments do not take."""
    client.redemptions.redeem(["A"], ordr={})  # wrong: the keyword is misspelt
    client.redemptions.redeem(["A"], order={"amuont": 5})  # wrong: the field is misspelt
    client.redemptions.redeem(["A"], order={"amount": 5.5})  # wrong: hundredths are whole
    client.redemptions.redeem([5])  # wrong: a code is text
    client.vouchers.create("A")  # wrong: the type is missing
    client.vouchers.create("A", type="COUPON")  # wrong: there is no such type
    client.vouchers.list(order="id")  # wrong: there is no such order
    client.publications.get_or_create(customer={"id": "c"})  # wrong: the source id is missing
    client.qualifications.check_eligibility(filters={"code": {"$is": 5}})  # wrong: takes texts
    client.customers.update_in_bulk([{"name": "Ada"}])  # wrong: the source id is missing
    client.customers.update("c", source_id="d")  # wrong: a key is not changed
    client.customers.list(starting_after="2026-01-01")  # wrong: a moment is no text
    client.loyalties.add_member("c")  # wrong: the customer is missing
    client.rewards.create(name="a", parameters={"gift": {}})  # wrong: there is no such reward
    client.exports.create(exported_object="secrets")  # wrong: there is no such object
    client.exports.download("exp_1", None, "file")  # wrong: there is no file without a token


def calls(client: Voucherify, spaaza: Spaaza) -> None:
    """What a blocking call does not take, or give."""
    client.customers.list_redeemables()  # wrong: whose redeemables?
    client.customers.list_redeemables("c", 10)  # wrong: options have names
    client.customers.list_redeemables("c", limit="10")  # wrong: a number is expected
    client.customers.list_redeemables("c", order="created_at")  # wrong: there is no such order
    client.customers.list_redeemables("c", starting_after="rh_1")  # wrong: the keyword is misspelt
    client.customers.list_redeemable("c")  # wrong: the call is misspelt
    client.costumers  # wrong: the noun is misspelt
    client.customers.list_redeemables("c").collect()  # wrong: how many at the most?
    client.customers.list_redeemables("c").collect(5)  # wrong: the argument has a name
    client.customers.list_redeemables("c").items  # wrong: pages have items
    client.customers.list_redeemables("c").pages(5)  # wrong: a cursor is text
    client.customers.list_redeemables("c").read_ahead(2)  # wrong: it is one page
    for _ in client.customers.list_redeemables("c").read_ahead():  # wrong: it is opened by `with`
        pass
    spaaza.vouchers.list(1743).concurrent()  # wrong: how many pages?
    spaaza.vouchers.list(1743).concurrent("4")  # wrong: a number is expected
    client.raw.customers.list_redeemables("c").data  # wrong: a pager is no answer
    client.with_options(timeouts=5)  # wrong: the option is misspelt
    client.with_options(timeout="5")  # wrong: seconds are a number
    client.with_options(region="us")  # wrong: a view stays where it is
    client.request("GET", "v1", into=dict)  # wrong: a dict is no model
    client.request("GET", "v1", body={})  # wrong: the keyword is misspelt
    spaaza.vouchers.list(1743, walk="slow")  # wrong: there is no such walk
    spaaza.vouchers.list(1743, max_results=5)  # wrong: there is no such parameter
    spaaza.sessions.login("user")  # wrong: the password is missing
    spaaza.vouchers.redeem("key")  # wrong: the chain is missing
    spaaza.vouchers.claim("key", colour="red")  # wrong: there is no such field
    spaaza.baskets.add(entity={"entity_type": "chain"})  # wrong: the id and the basket are missing
    spaaza.campaigns.list(1, order_dir="UP")  # wrong: there is no such direction
    spaaza.sessions.login("user", "password").key  # wrong: it may ask for a passcode
    session: Session = spaaza.raw.sessions.verify("1", "key")  # wrong: raw gives an answer
    print(session)


async def async_calls(client: AsyncVoucherify, spaaza: AsyncSpaaza) -> None:
    """What was not awaited is not there yet."""
    spaaza.sessions.logout()  # wrong: never awaited
    session: Session = spaaza.sessions.verify("1", "key")  # wrong: not awaited
    spaaza.sessions.verify("1", "key").auth  # wrong: not awaited
    client.request("GET", "v1")["id"]  # wrong: not awaited
    held: CustomerRedeemable | None = client.customers.list_redeemables("c").first()  # wrong: same
    for _ in client.customers.list_redeemables("c"):  # wrong: async for
        pass
    print([one async for one in client.customers.list_redeemables("c").first()])  # wrong: no list
    await client.customers.list_redeemables("c")  # wrong: a pager is not awaited
    print(list(client.customers.list_redeemables("c")))  # wrong: a list cannot await
    print(session, held)


async def colours(blocking: Voucherify, client: AsyncVoucherify) -> None:
    """Each colour has its own words."""
    async for _ in blocking.customers.list_redeemables("c"):  # wrong: a blocking pager
        pass
    await blocking.customers.list_redeemables("c").first()  # wrong: it is there already
    async with blocking:  # wrong: a blocking door
        pass
    with client:  # wrong: an async door
        pass
    client.close()  # wrong: it is called aclose
    await blocking.aclose()  # wrong: it is called close
    other: Voucherify = client.with_options(timeout=5)  # wrong: a view has the client's type
    print(other)


def models(held: CustomerRedeemable, voucher: Voucher, asset: Asset) -> None:
    """Models are frozen, and their fields are known."""
    held.id = "rh_1"  # wrong: models are frozen
    held.redeemable.voucher.active = True  # wrong: models are frozen
    held.extra["a"] = 1  # wrong: what is unknown is read-only too
    held.holder_roles  # wrong: the field is misspelt
    held.redeemable.voucher.cod  # wrong: the field is misspelt
    voucher.campaign.upper()  # wrong: it may be missing
    voucher.loyalty_card.points  # wrong: it may be missing
    voucher.discount.amount_off  # wrong: not every discount has an amount
    asset.url_for(size="big")  # wrong: a number is expected
    asset.url_for(format="gif")  # wrong: there is no such format
    asset.url_for(10)  # wrong: arguments have names
    CustomerRedeemable(id="rh_1", owner="c")  # wrong: there is no such field


async def others(
    es: ESLoyalty,
    cardlytics: Cardlytics,
    publisher: CardlyticsPublisher,
    spaaza: Spaaza,
    waiting: AsyncSpaaza,
) -> None:
    """The other vendors, and long answers."""
    es.issuances.list("c", status="GONE")  # wrong: there is no such status
    es.transactions.history("c", limit="150")  # wrong: a number is expected
    es.sessions.start("a", identifier_type="PASSPORT")  # wrong: there is no such type
    es.reservations.make("c", reservation_amount="2000")  # wrong: a number is expected
    es.rewards.issue("c", business_unit="B")  # wrong: three more must be given
    es.partners.change_links("c", "b", add=[{"link_id": "1"}])  # wrong: the digits are missing
    es.offers.best("c").rank  # wrong: there may be none
    cardlytics.redemptions.list()  # wrong: the token is missing
    cardlytics.ads.list("t", channel_id=5, location_id=2)  # wrong: the status is missing
    CardlyticsPublisher(auth="token")  # wrong: text is no auth value
    RewardsSession("c-1", "id")  # wrong: the secret is missing
    publisher.ads.get("OLB", activation_states=["OLD"])  # wrong: there is no such state
    cardlytics.ads.park("t", [{"channelId": 5}])  # wrong: the names are Python's
    for ad in cardlytics.redemptions.list("t").ads:
        ad.offer + 1  # wrong: a percentage is no money, and it may be missing
        ad.offer_amount * 2  # wrong: nobody has said yet what the number is
    for _ in spaaza.vouchers.stream_csv(1):  # wrong: it is opened by `with`
        pass
    with waiting.vouchers.list(1).read_ahead():  # wrong: it is opened by `async with`
        pass
    with waiting.vouchers.stream_csv(1):  # wrong: it is opened by `async with`
        pass
    spaaza.vouchers.stream_csv(1, walk="fast")  # wrong: a stream has no pages


async def wallets(spaaza: Spaaza, other: AsyncSpaaza, member: Member) -> None:
    """What a wallet does not take, and does not give."""
    Wallet(spaaza=other)  # wrong: a blocking wallet takes blocking clients
    AsyncWallet(spaaza=spaaza)  # wrong: an async one takes async ones
    Wallet(voucherify=spaaza)  # wrong: each vendor has its own place
    Wallet(spaaza=spaaza).rewards("cust_1")  # wrong: a member is more than an id
    Wallet(spaaza=spaaza).activity(member).items[0].expires  # wrong: an activity does not expire
    AsyncWallet(spaaza=other).rewards(member).items  # wrong: it must be awaited
    Wallet(spaaza=spaaza).expiring(member)  # wrong: within what time?
