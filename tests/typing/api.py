"""The SDK as its users write it: every checker must accept all of this. It is never run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, assert_type

import attrs
import httpx

from loyalty_sdk import (
    Answer,
    APIError,
    AsyncCardlytics,
    AsyncESLoyalty,
    AsyncPager,
    AsyncRowStream,
    AsyncSpaaza,
    AsyncVoucherify,
    Cardlytics,
    ESLoyalty,
    LoyaltyError,
    Model,
    Page,
    Pager,
    Response,
    Retry,
    RowStream,
    Secret,
    Spaaza,
    Voucherify,
)
from loyalty_sdk.auth import BearerToken, ClientCredentials
from loyalty_sdk.cardlytics import Ad, AdList, AdStatus, Percentage, RedemptionList, ServedAd, v2
from loyalty_sdk.cardlytics.v2 import AsyncCardlyticsPublisher, CardlyticsPublisher
from loyalty_sdk.errors import MissingField, NotFound, RateLimited, UnreadableAnswer
from loyalty_sdk.es_loyalty import (
    Badge,
    Hold,
    Issuance,
    LinkOutcome,
    Offer,
    PointSweep,
    Receipt,
    Transaction,
)
from loyalty_sdk.spaaza import (
    BasketFields,
    ChangedVoucher,
    EndedVoucher,
    EntityFields,
    PasscodeRequired,
    PricedBasket,
    Relative,
    Session,
    UserInfo,
    UserSession,
    UserVoucher,
    UserVouchers,
    VoucherRow,
    WalletLedger,
)
from loyalty_sdk.spaaza import Campaign as SpaazaCampaign
from loyalty_sdk.spaaza import Voucher as SpaazaVoucher
from loyalty_sdk.voucherify import (
    AmountDiscount,
    AsyncAction,
    Customer,
    CustomerRedeemable,
    DiscountFields,
    Export,
    FixedDiscount,
    Hundredths,
    LoyaltyReward,
    OrderFields,
    OtherDiscount,
    PercentDiscount,
    Publication,
    QualifiedRedeemable,
    RawFilter,
    RedeemableFields,
    RedeemableFilters,
    Redemption,
    ScheduledAction,
    ServerKeys,
    StackedRedemptions,
    TrackedEvent,
    UnitDiscount,
    UnitsDiscount,
    Validation,
    Voucher,
    VoucherBalance,
    VoucherTransaction,
    Weekday,
)
from loyalty_sdk.wallet import Activity, AsyncWallet, Batch, Found, Member, Reward, Wallet


@attrs.frozen(kw_only=True, weakref_slot=False)
class Campaign(Model):
    """A model of a user's own."""

    id: str
    name: str | None = None


# --- constructors


def constructors() -> None:
    """Every way to make a client."""
    Voucherify()
    Voucherify(app_id="a", app_token="b", region="us", base_url=None, api_version="v2018-08-01")
    Voucherify(app_id=Secret("a"), app_token=lambda: "b", timeout=5, deadline=None)
    Voucherify(auth=ServerKeys("a", lambda: Secret("b")), retry=Retry(attempts=1), headers={})
    Voucherify(auth=BearerToken("a"), transport=httpx.HTTPTransport(), max_connections=5)
    Voucherify(http_client=httpx.Client(), allow_http=True, proxy=None, ssl_context=None)
    AsyncVoucherify(http_client=httpx.AsyncClient())
    AsyncVoucherify(transport=httpx.AsyncHTTPTransport(), app_token=_rotated)
    AsyncVoucherify(auth=ClientCredentials("u", "i", "s", scope="api", style="app_headers"))
    Spaaza(auth=None)
    AsyncSpaaza(auth=UserSession(5, "key", "acme.example.com"), api_version=None)


async def _rotated() -> str:
    return "b"


def doors() -> None:
    """A blocking client is a context manager of its own type."""
    with Voucherify() as client:
        assert_type(client, Voucherify)
        view = client.with_options(timeout=5, deadline=None, retry=Retry(max_wait=1), headers={})
        assert_type(view, Voucherify)
        client.close()
    with Spaaza() as spaaza:
        assert_type(spaaza, Spaaza)
        assert_type(spaaza.with_options(timeout=None), Spaaza)


async def async_doors() -> None:
    """An async client is an async context manager of its own type."""
    async with AsyncVoucherify() as client:
        assert_type(client, AsyncVoucherify)
        assert_type(client.with_options(timeout=5), AsyncVoucherify)
        await client.aclose()
    async with AsyncSpaaza() as spaaza:
        assert_type(spaaza, AsyncSpaaza)


# --- calls


def blocking_calls(client: Voucherify, spaaza: Spaaza) -> None:
    """A blocking client gives results and pagers."""
    pager = client.customers.list_redeemables("cust_1", limit=10, order="-id")
    assert_type(pager, Pager[CustomerRedeemable])
    assert_type(client.customers.list_redeemables(42), Pager[CustomerRedeemable])
    for held in pager:
        assert_type(held, CustomerRedeemable)
    assert_type(pager.pages(), Iterator[Page[CustomerRedeemable]])
    assert_type(pager.first(), CustomerRedeemable | None)
    assert_type(pager.collect(at_most=5), list[CustomerRedeemable])
    assert_type(pager.total, int | None)
    assert_type(pager.cursor, str | None)
    for page in pager.pages(pager.cursor):
        assert_type(page.items, tuple[CustomerRedeemable, ...])
        assert_type(page.cursor, str | None)
        assert_type(page.response, Response | None)
    with pager.read_ahead() as ahead:
        assert_type(ahead, Pager[CustomerRedeemable])
    with spaaza.vouchers.list(1743).concurrent(4) as at_once:
        assert_type(at_once, Pager[SpaazaVoucher])
    assert_type(spaaza.sessions.login("user", "password"), Session | PasscodeRequired)
    assert_type(spaaza.sessions.verify("123456", Secret("key")), Session)
    assert_type(spaaza.vouchers.list(1743, username="a", walk="anchored"), Pager[SpaazaVoucher])
    spaaza.vouchers.list(1743, min_created_datetime_relative=Relative(days=-7))
    spaaza.vouchers.list(1743, min_created_datetime_relative=timedelta(days=-7))
    spaaza.sessions.logout()


async def async_calls(client: AsyncVoucherify, spaaza: AsyncSpaaza) -> None:
    """An async client has the same names; its results are awaited."""
    pager = client.customers.list_redeemables("cust_1", starting_after_id="rh_1")
    assert_type(pager, AsyncPager[CustomerRedeemable])
    async for held in pager:
        assert_type(held, CustomerRedeemable)
    assert_type(pager.pages(), AsyncIterator[Page[CustomerRedeemable]])
    async for page in pager.pages("rh_1"):
        assert_type(page, Page[CustomerRedeemable])
    async with pager.read_ahead() as ahead:
        assert_type(ahead, AsyncPager[CustomerRedeemable])
    async with spaaza.vouchers.list(1743).concurrent(pages=4) as at_once:
        async for voucher in at_once:
            assert_type(voucher, SpaazaVoucher)
    assert_type(await pager.first(), CustomerRedeemable | None)
    assert_type(await pager.collect(at_most=5), list[CustomerRedeemable])
    assert_type(await spaaza.sessions.login("user", "password"), Session | PasscodeRequired)
    assert_type(spaaza.vouchers.list("1743"), AsyncPager[SpaazaVoucher])
    await spaaza.sessions.logout()


async def tasks(client: AsyncVoucherify, spaaza: AsyncSpaaza) -> None:
    """What an async call gives is a coroutine: it can become a task, and be gathered."""
    task = asyncio.create_task(spaaza.sessions.verify(123456, "key"))
    assert_type(task, asyncio.Task[Session])
    assert_type(await task, Session)
    first, session = await asyncio.gather(
        client.customers.list_redeemables("cust_1").first(),
        spaaza.sessions.verify(123456, "key"),
    )
    assert_type(first, CustomerRedeemable | None)
    assert_type(session, Session)
    async with asyncio.TaskGroup() as group:
        group.create_task(client.request("GET", "v1", "campaigns"))
        group.create_task(spaaza.sessions.logout())


def raw_calls(client: Voucherify, spaaza: Spaaza) -> None:
    """`raw` gives answers, with their responses; pagers stay pagers."""
    answer = spaaza.raw.sessions.verify("1", "key")
    assert_type(answer, Answer[Session])
    assert_type(answer.data, Session)
    assert_type(answer.response, Response)
    assert_type(answer.response.status, int)
    assert_type(client.raw.customers.list_redeemables("c"), Pager[CustomerRedeemable])


async def raw_async_calls(client: AsyncVoucherify, spaaza: AsyncSpaaza) -> None:
    """The same with an async client."""
    assert_type(await spaaza.raw.sessions.verify("1", "key"), Answer[Session])
    assert_type(client.raw.customers.list_redeemables("c"), AsyncPager[CustomerRedeemable])


def redeeming(client: Voucherify) -> None:
    """Calls with forms of many keyword arguments."""
    order: OrderFields = {"amount": 1000, "items": [{"product_id": "p", "price": Decimal(500)}]}
    held = client.validations.validate(["A"], order=order, session={"type": "LOCK"})
    assert_type(held, Validation)
    assert_type(held.valid, bool)
    one: RedeemableFields = {"object": "voucher", "id": "A", "gift": {"credits": 100}}
    assert_type(client.redemptions.redeem([one, "B"], order=None), StackedRedemptions)
    assert_type(client.raw.redemptions.rollback("r_1", reason="x"), Answer[Redemption])
    assert_type(
        client.redemptions.list(limit=5, created_at={"after": datetime.now(timezone.utc)}),
        Pager[Redemption],
    )
    assert_type(client.qualifications.check_eligibility().first(), QualifiedRedeemable | None)
    assert_type(client.vouchers.delete("A", force=True), None)
    discount: DiscountFields = {"type": "PERCENT", "percent_off": 10}
    client.vouchers.create("A", type="DISCOUNT_VOUCHER", discount=discount)
    client.vouchers.update("A", expiration_date=None, validity_day_of_week=[Weekday.MONDAY])
    client.publications.create(customer={"id": "c"}, campaign={"name": "n", "count": 2})
    client.orders.create(source_id="o", customer={"source_id": "c", "birthdate": date(1990, 1, 2)})


async def redeeming_async(client: AsyncVoucherify) -> None:
    """The same, to be awaited."""
    assert_type(await client.vouchers.get("A"), Voucher)
    assert_type(await client.vouchers.update_balance("A", amount=-5), VoucherBalance)
    assert_type(client.publications.list(source_id="p"), AsyncPager[Publication])
    assert_type(await client.events.track(event="e", customer={"id": "c"}), TrackedEvent)
    assert_type(await client.vouchers.list_transactions("A").first(), VoucherTransaction | None)


def members(client: Voucherify) -> None:
    """Customers, members, and what takes time."""
    assert_type(client.customers.create(source_id="a", address={"city": "b"}), Customer)
    since = datetime.now(timezone.utc)
    assert_type(client.customers.list(starting_after=since, order="updated_at"), Pager[Customer])
    assert_type(client.customers.update_in_bulk([{"source_id": "a"}]), ScheduledAction)
    assert_type(client.raw.async_actions.wait("aa_1", every=1), Answer[AsyncAction])
    assert_type(client.loyalties.list_member_rewards("c"), Pager[LoyaltyReward])
    assert_type(client.campaigns.generate_vouchers("c", 2, metadata={"a": 1}), ScheduledAction)
    reward = client.rewards.create(name="a", parameters={"product": {"id": "b"}}, stock=None)
    assert_type(reward.stock, int | None)
    export = client.exports.create(exported_object="order", parameters={"fields": ["id"]})
    assert_type(export, Export)
    assert_type(export.token, Secret | None)
    assert_type(client.exports.download("exp_1", "token", "file.csv"), Path)


async def members_async(client: AsyncVoucherify) -> None:
    """The same, to be awaited."""
    assert_type(await client.customers.delete("c"), None)
    assert_type(client.loyalties.list_members("c"), AsyncPager[Voucher])
    assert_type(await client.exports.download("exp_1", Secret("t"), Path("file")), Path)


def other_calls(client: Voucherify) -> None:
    """Any other call gives JSON, or a model where one is named."""
    parameters: dict[str, str | int | bool | None] = {"limit": 1, "name": None, "all": True}
    assert_type(client.request("GET", "v1", "campaigns", params=parameters), Any)
    assert_type(client.request("GET", "v1", "campaigns", 5, into=Campaign), Campaign)
    client.request("POST", "v1", "events", json={"event": "a"}, repeatable=False)


async def other_async_calls(client: AsyncVoucherify) -> None:
    """The same with an async client."""
    assert_type(await client.request("GET", "v1", "campaigns"), Any)
    assert_type(await client.request("GET", "v1", "campaigns", into=Campaign), Campaign)


# --- models


def models(held: CustomerRedeemable) -> None:
    """What is promised is never optional; everything else may be missing."""
    assert_type(held.id, str)
    assert_type(held.redeemable.voucher, Voucher)
    assert_type(held.redeemable.voucher.code.upper(), str)
    assert_type(held.created_at, datetime | None)
    voucher = held.redeemable.voucher
    if voucher.metadata is not None:
        assert_type(voucher.metadata["anything"], Any)
    assert_type(voucher.extra["anything"], Any)
    if voucher.loyalty_card is not None:
        assert_type(voucher.loyalty_card.points, int | None)
        assert_type(voucher.loyalty_card.next_expiration_date, date | None)
    if voucher.gift is not None and voucher.gift.balance is not None:
        assert_type(voucher.gift.balance, Hundredths)
        assert_type(voucher.gift.balance.major, Decimal)
    if voucher.redemption is not None:
        assert_type(voucher.redemption.redeemed_amount, Hundredths | None)
    for day in voucher.validity_day_of_week or ():
        assert_type(day, Weekday | int)
        sunday: bool = day == Weekday.SUNDAY
        print(sunday)
    if voucher.assets and voucher.assets.qr:
        assert_type(voucher.assets.qr.url_for(size=10, format="svg"), str | None)
    assert_type(attrs.evolve(held, holder_role="REFEREE"), CustomerRedeemable)
    role: str | None = held.holder_role
    print(role)


def discounts(voucher: Voucher) -> Decimal | None:
    """The kinds of discount are told apart by class, all of them."""
    match voucher.discount:
        case AmountDiscount(amount_off=amount):
            assert_type(amount, Hundredths | None)
            return amount
        case PercentDiscount() as percent:
            assert_type(percent.type, Literal["PERCENT"])
            return percent.percent_off
        case FixedDiscount() as fixed:
            return fixed.fixed_amount
        case UnitDiscount() as unit:
            return unit.unit_off
        case UnitsDiscount() as units:
            return sum((one.unit_off or Decimal(0) for one in units.units or ()), Decimal(0))
        case OtherDiscount() as other:
            assert_type(other.type, str | None)
            return None
        case None:
            return None


# --- filters


def filters(client: Voucherify) -> None:
    """Filters are plain dictionaries, written in place or apart."""
    apart: RedeemableFilters = {
        "id": {"$in": ["rh_1", "rh_2"], "$contains": "x"},
        "created_at": {"$after": datetime(2026, 1, 1, tzinfo=timezone.utc), "$less_than": 10},
        "redeemable_object": {"$is": "voucher"},
        "holder_role": {"$not_in": ["OWNER"], "$starts_with": "REF"},
        "campaign_id": {"$has_value": True},
        "campaign_type": {"$in": ["GIFT_VOUCHERS", "LOYALTY_PROGRAM"]},
        "voucher_type": {"$is_not": "LOYALTY_CARD"},
        "junction": "or",
    }
    client.customers.list_redeemables("cust_1", filters=apart)
    client.customers.list_redeemables("cust_1", filters={"id": {"$is": "rh_1"}})
    client.customers.list_redeemables("cust_1", filters={"campaign_id": {"$is_unknown": True}})
    anything = RawFilter({"metadata.tier": {"$is": "gold"}, "junction": "OR"})
    client.customers.list_redeemables("cust_1", filters=anything)


# --- errors


def errors(client: Voucherify) -> None:
    """Errors have typed facts, and are their standard kin."""
    try:
        client.customers.list_redeemables("nobody").first()
    except NotFound as missing:
        kin: LookupError = missing
        print(kin)
    except RateLimited as limited:
        assert_type(limited.retry_after, float | None)
    except APIError as refused:
        assert_type(refused.status, int)
        assert_type(refused.code, str | None)
        assert_type(refused.request_id, str | None)
    except UnreadableAnswer as unreadable:
        problems: tuple[str, ...] = unreadable.problems
        print(problems)
    except MissingField as left_out:
        assert_type(left_out.path, str)
    except LoyaltyError as error:
        assert_type(error.cursor, str | None)
        assert_type(error.operation, str | None)


# --- the other vendors, and long answers


def others(es: ESLoyalty, cardlytics: Cardlytics) -> None:
    """Each vendor's calls give that vendor's own types."""
    session = es.sessions.start("acc-1", channel="APP")
    issued = es.issuances.list(session.correlation_id, until=timedelta(days=30), status="AVAILABLE")
    assert_type(issued, tuple[Issuance, ...])
    assert_type(es.transactions.history(session.correlation_id), Pager[Transaction])
    hold = es.reservations.make("c", reservation_amount=2000, contributions={"acc-1": 2000})
    assert_type(hold, Hold)
    es.reservations.change("c", hold.reservation_token, reservation_amount=1500)
    assert_type(es.redemptions.issue("c", business_unit="B", reservation_token="t"), Receipt)
    assert_type(es.offers.best("c", business_units=["B"]), Offer | None)
    links = es.partners.change_links("c", "bank", add=[{"link_id": "1", "last4": "0042"}])
    assert_type(links.by_type, Mapping[str, LinkOutcome])
    assert_type(es.badges.list("c", page_size=5), Pager[Badge])
    token = cardlytics.tokens.get("c-1")
    assert_type(token, Secret)
    found = cardlytics.redemptions.list(token, channel_id=2, location_id=9999)
    assert_type(found, RedemptionList)
    ad = found.ad_for(found.redemptions[0])
    assert_type(ad, Ad | None)
    if ad is not None and isinstance(ad.offer, Percentage):
        assert_type(ad.offer.value, Decimal)
    ads = cardlytics.ads.list(token, status=AdStatus.NEW, channel_id=5, location_id=2)
    assert_type(ads, AdList)
    assert_type(ads.ad("1"), Ad | None)
    shown: ServedAd = {
        "impression_token": "i",
        "channel_id": 5,
        "location_id": 2,
        "display_type_id": 1,
    }
    assert_type(cardlytics.ads.mark_served(token, [shown]), None)
    assert_type(cardlytics.customers.get(token).total_earned, Decimal | None)


def publisher(client: CardlyticsPublisher) -> None:
    """Version 2 has types of its own."""
    found = client.ads.get("OLB", activation_states=["NEW"], max_ad_limit=5)
    assert_type(found, v2.AdList)
    assert_type(found.ads[0].reward, v2.AdReward | None)
    assert_type(client.customers.list_redemptions().redemptions[0].ad_id, str)
    assert_type(client.raw.customers.get_profile(), Answer[v2.CustomerProfile])


async def publisher_async(client: AsyncCardlyticsPublisher) -> None:
    """The same, awaited."""
    assert_type(await client.ads.get("OLB"), v2.AdList)
    assert_type(await client.events.send([]), v2.Received)


async def others_async(es: AsyncESLoyalty, cardlytics: AsyncCardlytics) -> None:
    """The same, awaited."""
    assert_type(await es.issuances.list("c-1"), tuple[Issuance, ...])
    assert_type(es.transactions.history("c-1"), AsyncPager[Transaction])
    assert_type(await es.transactions.void("c-1", "t-1"), Receipt)
    assert_type(es.points.upcoming_sweep("c-1"), AsyncPager[PointSweep])
    assert_type(await cardlytics.tokens.get("c-1"), Secret)
    assert_type(await cardlytics.ads.park("t", []), None)


def spaaza_every_day(spaaza: Spaaza, some: Decimal) -> None:
    """Calls about one voucher, one customer, one purchase."""
    assert_type(spaaza.vouchers.get_for_user(chain_id="1", user_id=7), UserVouchers)
    made = spaaza.vouchers.create(campaign_id=1, voucher_amount=some, member_number="7")
    assert_type(made, ChangedVoucher)
    assert_type(spaaza.vouchers.redeem(made.voucher_key, chain_id=1), ChangedVoucher)
    assert_type(made.regenerated_voucher, UserVoucher | None)
    assert_type(spaaza.vouchers.expire(voucher_id=5, user_id=7), EndedVoucher)
    assert_type(spaaza.users.add(username="a", password=Secret("b")), UserInfo)
    assert_type(spaaza.wallets.get_ledger(type="wallet"), WalletLedger)
    spaaza.wallets.add_progress(1, some, "why", user_id="7")
    assert_type(spaaza.campaigns.list(1, order_dir="ASC"), tuple[SpaazaCampaign, ...])
    entity: EntityFields = {"entity_type": "chain", "entity_id": 1}
    basket: BasketFields = {"retailer_basket_code": "1", "basket_total_price": some}
    assert_type(spaaza.baskets.get_price(entity=entity, basket=basket), PricedBasket)
    assert_type(spaaza.raw.users.get(user_id=7), Answer[UserInfo])


async def spaaza_every_day_async(spaaza: AsyncSpaaza) -> None:
    """The same, awaited."""
    assert_type(await spaaza.vouchers.claim("key", user_id=7), ChangedVoucher)
    assert_type(await spaaza.campaigns.get(1, 2), SpaazaCampaign)


def rows(spaaza: Spaaza) -> None:
    """A stream is a context manager that gives an iterator, or Arrow record batches."""
    with spaaza.vouchers.stream_csv(1, show_all_statuses=True) as opened:
        assert_type(opened, RowStream[VoucherRow])
        for row in opened:
            assert_type(row.voucher_amount, Decimal | None)
        assert_type(opened.to_arrow_batches(), Iterator[Any])


async def rows_async(spaaza: AsyncSpaaza) -> None:
    """And an async one an async iterator."""
    async with spaaza.vouchers.stream_csv(1) as opened:
        assert_type(opened, AsyncRowStream[VoucherRow])
        async for row in opened:
            assert_type(row.voucher_id, str)
        assert_type(opened.to_arrow_batches(), AsyncIterator[Any])


async def wallets(
    spaaza: Spaaza, own: Voucherify, other: AsyncSpaaza, member: Member, since: datetime
) -> None:
    """One question in its four forms."""
    wallet = Wallet(spaaza=spaaza, voucherify=own, deadline=5, at_most=10)
    held = wallet.rewards(member)
    assert_type(held, Found[Reward])
    assert_type(held.items, tuple[Reward, ...])
    assert_type(wallet.activity(member, since=since), Found[Activity])
    assert_type(wallet.expiring(member, within=timedelta(days=3)), Found[Reward])
    with wallet.streamed.rewards(member) as batches:
        for batch in batches:
            assert_type(batch, Batch[Reward])
    both: Found[Reward | Activity] = held
    print(both)
    wallet_async = AsyncWallet(spaaza=other)
    assert_type(await wallet_async.activity(member), Found[Activity])
    async with wallet_async.streamed.activity(member) as coming:
        async for batch_async in coming:
            assert_type(batch_async.items, tuple[Activity, ...])
    for reward in held:
        if isinstance(reward.source, CustomerRedeemable):
            assert_type(reward.source.redeemable.voucher.code, str)
        assert_type(reward.worth.amount, Decimal | None)
