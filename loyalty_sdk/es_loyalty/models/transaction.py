"""What happened on an account.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/transactions/transaction-history
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, Shaped, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import listed, moment, only_one
from loyalty_sdk.es_loyalty.models.cart import Cart
from loyalty_sdk.es_loyalty.models.part import TransactionPart
from loyalty_sdk.es_loyalty.models.payment import AnyPaymentEvent

RequestAction: TypeAlias = (
    Literal[
        "ACCOUNT_EXPIRY",
        "ACTIVITY",
        "ADHOC_REDEEM",
        "ADHOC_REWARD",
        "ADJUSTMENT",
        "ADJ_NO_RECEIPT",
        "BALANCE_UPDATE",
        "CONFIRM_DELAYED_TRANSACTION",
        "DISCRETIONARY",
        "EXCHANGE",
        "FIFO",
        "FINALIZE",
        "HISTORICAL_TRANSACTION",
        "MERGE",
        "POINTS_TRANSFER",
        "POST",
        "PPE",
        "PROGRAM_REWARD",
        "PURCHASE",
        "SAF",
        "SCHEDULED_REDEEM",
        "TIER_REWARD",
        "TRANSFER",
        "TRIAL",
        "UNKNOWN",
        "VOID",
    ]
    | str
)
Channel: TypeAlias = (
    Literal["SYSTEM", "CONSOLE", "POS", "STORE", "APP", "ONLINE", "PARTNER", "WEBPOS"] | str
)
AccountStatus: TypeAlias = Literal["ACTIVE", "INACTIVE", "DAMAGED"] | str
SessionIdentifierType: TypeAlias = Literal["LOYALTY_ID", "ACCOUNT_ID", "EXTERNAL_ID"] | str
PriceMatrix: TypeAlias = Literal["R", "E", "R,E"] | str
ReversalType: TypeAlias = Literal["VOID", "REVERSAL"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class VoidMetadata(Model):
    """About the voiding of a transaction.

    Attributes:
        void_id: The transaction that voids.
        is_voided: The vendor's mark on both transactions, which says whether its settings for
            voided ones apply to them.
    """

    void_id: str | None = renamed("voidId")
    is_voided: bool | None = renamed("isVoided")


@attrs.frozen(kw_only=True, weakref_slot=False)
class ExpiryRule(Model):
    """When points expire.

    Attributes:
        count: After how many units.
        unit: The unit, such as `MONTHS`.
        text: The rule in words.
        metric: The moment that it counts from, such as `LastActivityDateEpoch`.
    """

    count: int | None = None
    unit: str | None = None
    text: str | None = None
    metric: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class TransferParty(Model):
    """Who sent points, or received them.

    Attributes:
        first_name: The first name.
        last_name: The last name.
        business_name: The name of the business.
        email: The e-mail address.
        postal_code: The postal code.
    """

    first_name: str | None = renamed("firstName")
    last_name: str | None = renamed("lastName")
    business_name: str | None = renamed("businessName")
    email: str | None = None
    postal_code: str | None = renamed("postalCode")


@attrs.frozen(kw_only=True, weakref_slot=False)
class TransactionMetadata(Model):
    """How a transaction came about; more of it, as the vendor is set up, is in `extra`.

    Attributes:
        void_metadata: About its voiding.
        session_identifier_type: The kind of identifier that the session was opened with.
        session_identifier_value: That identifier.
        external_reference_id: The session's name outside the vendor's system.
        last_activity_date_epoch: When the member was last active, in milliseconds.
        expiry_rule: When the points expire.
        sender_details: Who sent the points of a transfer.
        recipient_details: Who received the points of a transfer.
        account_status: The status of the account.
        eligible_to_earn: Whether the transaction could earn.
        loyalty_status: The status of the account in the loyalty program.
        points_bank_sor: Whether ES Loyalty is the system of record for it.
        affects_balance: Whether it changes the balance.
        reason: Why it was made.
    """

    _has_form = False

    void_metadata: Annotated[VoidMetadata, Shaped(only_one)] | None = renamed("VoidMetaData")
    session_identifier_type: SessionIdentifierType | None = renamed("SessionIdentifierType")
    session_identifier_value: str | None = renamed("SessionIdentifierValue")
    external_reference_id: str | None = renamed("ExternalReferenceId")
    last_activity_date_epoch: int | None = renamed("LastActivityDateEpoch")
    expiry_rule: ExpiryRule | None = renamed("ExpiryRule")
    sender_details: TransferParty | None = renamed("SenderDetails")
    recipient_details: TransferParty | None = renamed("RecipientDetails")
    account_status: AccountStatus | None = renamed("AccountStatus")
    eligible_to_earn: bool | None = renamed("EligibleToEarn")
    loyalty_status: AccountStatus | None = renamed("LoyaltyStatus")
    points_bank_sor: bool | None = renamed("POINTS_BANK_SOR")
    affects_balance: bool | None = renamed("affectsBalance")
    reason: str | None = renamed("Reason")

    @property
    def last_activity_date(self) -> datetime | None:
        """When the member was last active."""
        return moment(self.last_activity_date_epoch)


@attrs.frozen(kw_only=True, weakref_slot=False)
class ChannelDetails(Model):
    """Where a purchase was made.

    Attributes:
        till_number: The till.
        store_number: The number of the store.
        store_name: The name of the store.
        price_matrix: Whose prices: regular members' (R), employees' (E), or both.
        retail_banner: The division of the retailer.
        employee_code: Who served.
        session_id: The session.
        original_transaction_id: The first transaction of the chain.
        loyalty_id: The number of the card.
    """

    till_number: str | None = renamed("tillNumber")
    store_number: str | None = renamed("storeNumber")
    store_name: str | None = renamed("storeName")
    price_matrix: PriceMatrix | None = renamed("priceMatrix")
    retail_banner: str | None = renamed("retailBanner")
    employee_code: str | None = renamed("employeeCode")
    session_id: str | None = renamed("SessionID")
    original_transaction_id: str | None = renamed("OriginalTransactionID")
    loyalty_id: str | None = renamed("loyaltyId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Transaction(Model):
    """Something that happened on an account.

    Attributes:
        transaction_id: Its id, typically that of the session; ids may repeat.
        account_id: The account; `anonymous` for a session without one, until accounts are merged.
        request_action: What was asked for.
        transaction_date_iso: When it happened, as text.
        transaction_date_epoch: When it happened, in milliseconds.
        processed_date_iso: When it was processed, as text.
        processed_date_epoch: When it was processed, in milliseconds.
        external_transaction_id: The client's own id for it.
        metadata: How it came about.
        net_amount: The points that it gave or took.
        net_amount_dollars: The same in dollars.
        net_amount_in_dollars: The same in dollars, under the vendor's other name for it.
        transaction_parts: What it did to the balance.
        original_point_balance: The points before it.
        new_point_balance: The points after it.
        channel: Where it came from.
        session_id: The session that it was made in.
        original_transaction_id: The first transaction of the chain; its own id, if it is that.
        previous_transaction_id: The transaction before the original one.
        transaction_amount: The amount of the purchase.
        eligible_transaction_amount: How much of that can earn.
        channel_details: More about where it came from.
        loyalty_id: The number of the card, where there was one.
        mapped_request_action: What was asked for, of a transitory transaction.
        cart: What was bought.
        business_unit: The business unit; it may be blank.
        reward_on_hold: Rewards that cannot be redeemed yet.
        request_json: What the request held, as sent.
        reversal_type: Whether all of it was taken back (`VOID`), or some.
        void_metadata: About its voiding.
        victim_account_id: The account that fraud was noted on.
        payment_details: What happened at the payment provider, where one is integrated.
    """

    transaction_id: str = promised("TransactionID")
    account_id: str = promised("AccountID")
    request_action: RequestAction = promised("RequestAction")
    transaction_date_iso: str | None = renamed("TransactionDate")
    transaction_date_epoch: int | None = renamed("TransactionDateEpoch")
    processed_date_iso: str | None = renamed("ProcessedDate")
    processed_date_epoch: int | None = renamed("ProcessEpoch")
    external_transaction_id: str | None = renamed("ExternalTransactionID")
    metadata: TransactionMetadata | None = renamed("MetaData")
    net_amount: int | None = renamed("NetAmount")
    net_amount_dollars: Decimal | None = renamed("NetAmountDollars")
    net_amount_in_dollars: Decimal | None = renamed("NetAmountInDollars")
    transaction_parts: tuple[TransactionPart, ...] | None = renamed("TransactionParts")
    original_point_balance: Decimal | None = renamed("OriginalPointBalance")
    new_point_balance: Decimal | None = renamed("NewPointBalance")
    channel: Channel | None = renamed("Channel")
    session_id: str | None = renamed("SessionID")
    original_transaction_id: str | None = renamed("OriginalTransactionID")
    previous_transaction_id: str | None = renamed("PreviousTransactionID")
    transaction_amount: Decimal | None = renamed("TransactionAmount")
    eligible_transaction_amount: Decimal | None = renamed("EligibleTransactionAmount")
    channel_details: ChannelDetails | None = renamed("ChannelDetails")
    loyalty_id: str | None = renamed("loyaltyId")
    mapped_request_action: RequestAction | None = renamed("MappedRequestAction")
    cart: Cart | None = renamed("Cart")
    business_unit: str | None = renamed("BusinessUnit")
    reward_on_hold: Decimal | None = renamed("RewardOnHold")
    request_json: Mapping[str, Any] | None = renamed("RequestJson")
    reversal_type: ReversalType | None = renamed("ReversalType")
    void_metadata: Annotated[tuple[VoidMetadata, ...], Shaped(listed)] | None = renamed(
        "VoidMetaData"
    )
    victim_account_id: str | None = renamed("VictimAccountID")
    payment_details: tuple[AnyPaymentEvent, ...] | None = renamed("PaymentDetails")

    @property
    def transaction_date(self) -> datetime | None:
        """When it happened; by the epoch, which the vendor says is the accurate one."""
        return moment(self.transaction_date_epoch, self.transaction_date_iso)

    @property
    def processed_date(self) -> datetime | None:
        """When it was processed; by the epoch, where the vendor sends both."""
        return moment(self.processed_date_epoch, self.processed_date_iso)
