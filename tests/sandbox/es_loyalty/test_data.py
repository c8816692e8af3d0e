"""The synthetic data of ES Loyalty: everything that the documents name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from loyalty_sdk.sandbox import Sandbox
from loyalty_sdk.sandbox.es_loyalty.history import REQUEST_ACTIONS

PART_ACTIONS = {
    "ADJUSTMENT",
    "BALANCE_UPDATE",
    "BASE",
    "BONUS",
    "DISCRETIONARY",
    "EXPIRY",
    "GAMEPLAY",
    "HOUSEHOLD_REDEEM",
    "REDEEM",
    "TARGETED",
    "TRANSFER_IN",
    "TRANSFER_OUT",
}
EVENTS = {
    "ESL_REQUEST_SCHEDULED": {"ScheduledDate"},
    "ESL_REQUEST_SUBMITTED": {
        "PaymentCurrency",
        "ReferenceCode",
        "PaymentAmount",
        "SubmissionDate",
        "ExternalIdentifier",
        "BatchID",
    },
    "ESL_REQUEST_ERROR": {
        "ErrorDescription",
        "ExternalIdentifier",
        "PayeeID",
        "PayingEntityID",
        "PaymentAmount",
        "PaymentCurrency",
    },
    "PAYMENT_SUBMITTED": {"SubmissionDate"},
    "PAYMENT_ERROR": {"ErrorDescription", "ErrorDate", "ErrorCode"},
    "PAYMENT_CANCELED": {"CancelledDate"},
    "PAYMENT_COMPLETED": {"CompletionDate", "ProviderValueDate", "TransactionReference"},
    "PAYMENT_DEFERRED": {"DeferredDate", "DeferredReasons"},
}
CHANNELS = {"SYSTEM", "CONSOLE", "POS", "STORE", "APP", "ONLINE", "PARTNER", "WEBPOS"}
ATTRIBUTES = """
TransactionID AccountID RequestAction TransactionDate TransactionDateEpoch ProcessedDate
ProcessEpoch ExternalTransactionID MetaData VoidMetaData voidId isVoided SessionIdentifierType
SessionIdentifierValue ExternalReferenceId LastActivityDateEpoch ExpiryRule count unit text metric
SenderDetails RecipientDetails firstName lastName businessName email postalCode AccountStatus
EligibleToEarn LoyaltyStatus POINTS_BANK_SOR affectsBalance Reason NetAmount NetAmountDollars
TransactionParts action partDetails rewardDetails offerRewards issuerId rewardName rewardId amount
accountType promotionHeadline pointsEarned rewardsEarned isTargeted offerDescription offerCode
isDiscretionary currency type scope metadata gameID gameProvider gameType gameName stacking
rewardGroups IsAudit Agent Reservation ExpiredAt PointsBalance CreatedAt Household Redeemer
TotalRequestedRedemptionAmount ID Contributors RedeemAmount redemptionId AvailablePointsBalance
Consumed Token redeemerName redeemerId ObjectType ReservedPoints Points LoyaltyId audit version
created updated callId dateISO dateEpoch id username ReservationDuration SessionID DollarAmount
associatedTransaction initiatorContribution catalogueItems catalogueItemName productCode quantity
totalPointsAmount redemptionType catalogueItemId pointsAmount redemptionName OriginalPointBalance
NewPointBalance Channel OriginalTransactionID PreviousTransactionID TransactionAmount
EligibleTransactionAmount ChannelDetails tillNumber storeNumber storeName priceMatrix retailBanner
employeeCode loyaltyId MappedRequestAction Cart extendedData saleLineItems reversedLineItems
currentReverseLineItems sku saleAmount subCategory originalSaleAmount finalSaleAmount itemDiscount
itemTax tags productName total final currentReversed reversed subtotal taxAmount totalSaleAmount
BusinessUnit RewardOnHold NetAmountInDollars RequestJson ReversalType VictimAccountID
PaymentDetails Provider EventDate EventDateEpoch EventName EventType EventDetails ScheduledDate
PaymentCurrency ReferenceCode PaymentAmount SubmissionDate ExternalIdentifier BatchID
ErrorDescription PayeeID PayingEntityID ErrorDate ErrorCode CancelledDate CompletionDate
ProviderValueDate TransactionReference DeferredDate DeferredReasons reasonDescription reasonCode
"""
ISSUANCE_KEYS = {
    "accountID",
    "metadataType",
    "issuanceType",
    "businessUnit",
    "issuanceCode",
    "issuedDate",
    "issuedDateEpoch",
    "expiryDate",
    "expiryDateEpoch",
    "redemptionDate",
    "redemptionDateEpoch",
    "status",
    "rewardType",
    "rewardValue",
    "extendedData",
    "notes",
}
NOW = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
MILLIS = int(NOW.timestamp()) * 1000
DAY = 24 * 3600 * 1000


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """A sandbox that stands still."""
    return Sandbox(now=lambda: NOW)


def history(sandbox: Sandbox, name: str) -> list[Any]:
    """What a member's transactions look like, newest first."""
    member = getattr(sandbox.members, name)
    held = sandbox.es_loyalty_state.transactions(member.es_loyalty_account_id)
    return [one.content for one in held]


@pytest.fixture(scope="module")
def everyday(sandbox: Sandbox) -> list[Any]:
    """The everyday member's transactions."""
    return history(sandbox, "everyday")


@pytest.fixture(scope="module")
def heavy(sandbox: Sandbox) -> list[Any]:
    """The heavy member's transactions."""
    return history(sandbox, "heavy")


@pytest.fixture(scope="module")
def issued(sandbox: Sandbox) -> list[Any]:
    """The heavy member's issuances."""
    account = sandbox.members.heavy.es_loyalty_account_id
    return [one.shown("en-CA") for one in sandbox.es_loyalty_state.issuances(account)]


def is_a(kind: type, content: Any) -> bool:
    """Whether JSON is an object or an array; the checkers keep taking it for anything."""
    return isinstance(content, kind)


def keys(content: Any) -> Iterator[str]:
    """All attribute names, however deep."""
    if is_a(dict, content):
        for name, value in content.items():
            yield name
            yield from keys(value)
    elif is_a(list, content):
        for one in content:
            yield from keys(one)


def parts(transactions: list[Any], action: str | None = None) -> list[Any]:
    """All parts of transactions, of one action if it is given."""
    found = [part for one in transactions for part in one["TransactionParts"]]
    return [one for one in found if action in (None, one["action"])]


def test_every_attribute_of_the_page_occurs(everyday: list[Any]) -> None:
    """The everyday member has each documented attribute at least once."""
    occurring = set(keys([dict(one) for one in everyday]))
    assert set(ATTRIBUTES.split()) <= occurring


def test_every_action_occurs(everyday: list[Any], heavy: list[Any]) -> None:
    """All 26 request actions and all 12 part actions are there, for both members."""
    for member in (everyday, heavy):
        assert {one["RequestAction"] for one in member} == REQUEST_ACTIONS
        assert {one["action"] for one in parts(member)} == PART_ACTIONS
    assert (len(REQUEST_ACTIONS), len(PART_ACTIONS)) == (26, 12)


def test_there_are_years_and_thousands(sandbox: Sandbox, heavy: list[Any]) -> None:
    """The heavy member's thousands and the awkward member's few both go back for years."""
    assert len(heavy) > 3000
    for member in (heavy, history(sandbox, "awkward")):
        assert member[0]["TransactionDateEpoch"] > MILLIS - DAY
        assert member[-1]["TransactionDateEpoch"] < MILLIS - 2 * 365 * DAY
        dates = [one["TransactionDateEpoch"] for one in member]
        assert dates == sorted(dates, reverse=True)
    assert history(sandbox, "empty") == []


def test_the_everyday_member_is_young_enough_to_be_walked(everyday: list[Any]) -> None:
    """None of the transactions is too old to be a cursor, for weeks to come."""
    assert everyday[-1]["TransactionDateEpoch"] > MILLIS - 80 * DAY


def test_points_add_up(everyday: list[Any]) -> None:
    """Balances run from one transaction to the next, and parts make up the net amount."""
    for newer, older in pairwise(everyday):
        assert newer["OriginalPointBalance"] == older["NewPointBalance"]
    for one in everyday:
        assert one["NewPointBalance"] - one["OriginalPointBalance"] == one["NetAmount"]
        assert sum(_amount(part) for part in one["TransactionParts"]) == one["NetAmount"]


def _amount(part: Any) -> int:
    if "partDetails" in part:
        return int(part["partDetails"]["amount"])
    details = part["rewardDetails"]
    rewards = details if is_a(list, details) else [details]
    return sum(one["amount"] for one in rewards)


def test_every_enumerated_value_occurs(heavy: list[Any]) -> None:
    """Channels, statuses, price matrices, identifier types and reversals all occur."""
    assert {one["Channel"] for one in heavy} > CHANNELS
    metadata = [one["MetaData"] for one in heavy]
    for name in ("AccountStatus", "LoyaltyStatus"):
        assert {one[name] for one in metadata} == {"ACTIVE", "INACTIVE", "DAMAGED"}
    kinds = {one["SessionIdentifierType"] for one in metadata}
    assert kinds == {"ACCOUNT_ID", "LOYALTY_ID", "EXTERNAL_ID"}
    matrices = {one["ChannelDetails"]["priceMatrix"] for one in heavy}
    assert matrices == {"R", "E", "R,E"}
    assert {one.get("ReversalType") for one in heavy} == {None, "VOID", "REVERSAL"}
    assert {one["BusinessUnit"] for one in heavy} >= {""}
    assert {one["AccountID"] for one in heavy} >= {"anonymous"}


def test_cards_are_numbers_or_texts_or_missing(heavy: list[Any]) -> None:
    """Where no card belongs to a transaction there is none; elsewhere its form varies."""
    without = {"DISCRETIONARY", "ACTIVITY", "POINTS_TRANSFER", "ACCOUNT_EXPIRY", "FIFO"}
    forms = set[object]()
    for one in heavy:
        card: object = one["ChannelDetails"].get("loyaltyId")
        assert (card is None) is (one["RequestAction"] in without)
        forms.add(type(card))
    assert forms == {int, str, type(None)}


def test_every_payment_event_occurs(everyday: list[Any]) -> None:
    """Each event type has its own attributes, in the order of time."""
    paid = next(one["PaymentDetails"] for one in everyday if "PaymentDetails" in one)
    assert {one["EventType"]: set(one["EventDetails"]) for one in paid} == EVENTS
    assert [one["EventDateEpoch"] for one in paid] == sorted(one["EventDateEpoch"] for one in paid)
    reasons = paid[-1]["EventDetails"]["DeferredReasons"]
    assert [set(one) for one in reasons] == [{"reasonDescription", "reasonCode"}] * 2


def test_carts_have_both_forms_of_total_and_types_of_their_own(everyday: list[Any]) -> None:
    """Totals are texts or objects; items are objects or lists, some under a client's name."""
    carts = [one["Cart"] for one in everyday if "Cart" in one]
    extended = [one["extendedData"] for one in carts]
    totals = [one["total"] for one in extended]
    assert {type(one) for one in totals} == {str, dict}
    assert {"final", "currentReversed", "reversed"} in [set(one) for one in totals]
    assert {one["currency"] for one in extended} == {"CAD", "US"}
    assert {type(one["saleLineItems"]) for one in extended} == {dict, list}
    assert any("giftCardLineItems" in one for one in extended)
    assert any(set(one) > {"extendedData"} for one in carts)


def test_rewards_come_under_both_names_and_in_both_forms(everyday: list[Any]) -> None:
    """Offers are `offerRewards` or `rewardDetails`; ad hoc rewards an object or a list."""
    targeted = [one["partDetails"] for one in parts(everyday, "TARGETED")]
    assert {"offerRewards", "rewardDetails"} <= set(keys(targeted))
    ad_hoc = [one["rewardDetails"] for one in parts(everyday) if "rewardDetails" in one]
    assert {type(one) for one in ad_hoc} == {dict, list}
    assert all("partDetails" not in one for one in parts(everyday) if "rewardDetails" in one)
    game = parts(everyday, "GAMEPLAY")[0]["partDetails"]["offerRewards"][0]
    assert game["scope"]["metadata"]["gameType"] == "SPIN_THE_WHEEL"


def test_the_same_action_occurs_twice_for_two_units(everyday: list[Any]) -> None:
    """A finalized purchase has two bonus parts of different business units."""
    sets = [[part["action"] for part in one["TransactionParts"]] for one in everyday]
    assert any(one.count("BONUS") == 2 for one in sets)


def test_household_attributes_occur_at_either_level(everyday: list[Any]) -> None:
    """They are inside `Household` once, and beside it once, with contributors and an audit."""
    reservations = [
        one["partDetails"]["Reservation"]
        for one in parts(everyday)
        if "Reservation" in one.get("partDetails", {})
    ]
    households = [one for one in reservations if "Household" in one]
    nested = [one for one in households if "audit" in one["Household"]]
    beside = [one for one in households if "audit" in one]
    assert (len(nested), len(beside)) == (1, 1)
    for one in households:
        contributors = one["Household"]["Contributors"]
        total = sum(part["RedeemAmount"] for part in contributors.values())
        assert str(total) == one["Household"]["TotalRequestedRedemptionAmount"]
    items = [one["catalogueItems"] for one in reservations if "catalogueItems" in one]
    assert {one["redemptionType"] for one in items[0]} == {"DISCOUNT", "TENDER"}


def test_a_void_and_its_original_name_each_other(everyday: list[Any]) -> None:
    """The original knows the void's id, the void its original; one shape is a list."""
    void = next(one for one in everyday if one["RequestAction"] == "VOID")
    original = next(
        one for one in everyday if one["TransactionID"] == void["OriginalTransactionID"]
    )
    assert original["MetaData"]["VoidMetaData"] == {
        "voidId": void["TransactionID"],
        "isVoided": True,
    }
    assert void["VoidMetaData"] == [{"voidId": void["TransactionID"], "isVoided": False}]
    assert void["NetAmount"] == -original["NetAmount"]


def test_each_sort_of_hidden_row_occurs(sandbox: Sandbox) -> None:
    """There is an audit, a void with its original, and an activity without points."""
    held = sandbox.es_loyalty_state.transactions(sandbox.member.es_loyalty_account_id)
    hidden = [one.hidden_as for one in held]
    counts = [hidden.count(one) for one in ("audit", "voided", "netZeroActivityTxns")]
    assert counts == [1, 2, 1]


def test_dates_are_written_twice(heavy: list[Any]) -> None:
    """The text and the milliseconds are the same moment; the texts have two forms."""
    forms = set[str]()
    for one in heavy[:200]:
        text = one["TransactionDate"]
        moment = datetime.fromisoformat(text)
        assert abs(moment.timestamp() * 1000 - one["TransactionDateEpoch"]) < 1000
        assert one["ProcessEpoch"] > one["TransactionDateEpoch"]
        forms.add(re.sub(r"\d", "0", text))
    assert forms == {"0000-00-00T00:00:00.000Z", "0000-00-00T00:00:00-00:00"}


def test_external_ids_are_shared_or_missing(heavy: list[Any]) -> None:
    """Some transactions share the merchant's identifier, some have none."""
    ids = [one.get("ExternalTransactionID") for one in heavy]
    named = [one for one in ids if one]
    assert None in ids
    assert 1 < len(set(named)) < len(named)


def test_ids_are_unique(heavy: list[Any]) -> None:
    """Each transaction has an identifier of its own, which is that of its session."""
    assert len({one["TransactionID"] for one in heavy}) == len(heavy)
    assert all(one["SessionID"] == one["TransactionID"] for one in heavy)


def test_issuances_have_the_documented_attributes(issued: list[Any]) -> None:
    """All attributes, statuses and kinds of reward occur, in every combination."""
    assert {name for one in issued for name in one} == ISSUANCE_KEYS
    pairs = {(one["status"], one["rewardType"]) for one in issued}
    assert pairs == {
        (status, reward)
        for status in ("AVAILABLE", "REDEEMED", "EXPIRED")
        for reward in ("POINTS", "DOLLARS")
    }
    assert {one["metadataType"] for one in issued} == {"ISSUANCE"}
    assert {one["issuanceType"] for one in issued} == {"VOUCHER"}
    assert all(3 <= len(one["notes"]) <= 128 for one in issued)
    assert {bool(one["extendedData"]) for one in issued} == {True, False}


def test_statuses_agree_with_dates(issued: list[Any]) -> None:
    """Expired is past, the rest is not; only what was redeemed says when."""
    absent = object()
    forms: set[object] = set()
    for one in issued:
        assert (one["expiryDateEpoch"] < MILLIS) is (one["status"] == "EXPIRED")
        assert MILLIS - 365 * DAY < one["issuedDateEpoch"] < MILLIS
        redeemed = one.get("redemptionDateEpoch", absent)
        if one["status"] == "REDEEMED":
            assert one["issuedDateEpoch"] < redeemed < MILLIS
        else:
            forms.add(redeemed)
    assert forms == {None, absent}


def test_the_same_seed_gives_the_same_members() -> None:
    """Accounts, credentials and data depend on the seed alone."""
    one, same, other = (Sandbox(seed=seed, now=lambda: NOW) for seed in (3, 3, 4))
    assert one.es_loyalty_state.accounts == same.es_loyalty_state.accounts
    assert one.es_loyalty_state.accounts != other.es_loyalty_state.accounts
    assert history(one, "everyday") == history(same, "everyday") != history(other, "everyday")
