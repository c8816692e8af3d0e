"""What a redeemable would do to an order, or why it would do nothing.

https://docs.voucherify.io/api-reference/qualifications/check-eligibility
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.discounts import Discount
from loyalty_sdk.voucherify.models.orders import CalculatedOrder
from loyalty_sdk.voucherify.models.references import RuleAssignments
from loyalty_sdk.voucherify.models.values import Amount
from loyalty_sdk.voucherify.models.vouchers import Category

RedeemableKind: TypeAlias = (
    Literal["voucher", "campaign", "promotion_tier", "promotion_stack"] | str
)


@attrs.frozen(kw_only=True, weakref_slot=False)
class ErrorMessage(Model):
    """What you wrote into a validation rule.

    Attributes:
        message: The text.
    """

    message: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemableError(Model):
    """An error that the vendor tells as a result.

    Attributes:
        code: The HTTP status that it would have on its own.
        key: The vendor's word for it, an open set.
        message: What it means.
        details: The same in more words.
        request_id: What to quote to the vendor's support.
        resource_id: What it is about.
        resource_type: What that is.
        error: What you wrote into the validation rule.
    """

    code: int | None = None
    key: str | None = None
    message: str | None = None
    details: str | None = None
    request_id: str | None = None
    resource_id: str | None = None
    resource_type: str | None = None
    error: ErrorMessage | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class OutcomeDetails(Model):
    """Why something is not applied.

    Attributes:
        key: The vendor's word for it, an open set.
        message: What it means.
    """

    key: str | None = None
    message: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class GiftCredits(Model):
    """The credits of a gift card; all amounts in hundredths.

    Attributes:
        balance: What is on it.
        credits: How much of it is to be used.
        locked_credits: How much of it sessions hold; only where the request asked about them.
    """

    balance: Amount | None = None
    credits: Amount | None = None
    locked_credits: Amount | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CardPoints(Model):
    """The points of a loyalty card.

    Attributes:
        points: How many are to be used; in a qualification, everything that was ever added.
        balance: What is left.
        exchange_ratio: What `points_ratio` points are worth, in whole units.
        points_ratio: How many points that is for.
        transfers: Points that come from other cards.
    """

    points: int | None = None
    balance: int | None = None
    exchange_ratio: Decimal | None = None
    points_ratio: int | None = None
    transfers: tuple[Mapping[str, Any], ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class BundleItem(Model):
    """A part of a bundle.

    Attributes:
        id: The product, the variant or the collection.
        object: What it is.
        item_index: The line of the order, counted from 0.
        item_quantity: How many units.
    """

    id: str = promised()
    object: Literal["product", "sku", "products_collection"] | str | None = None
    item_index: int | None = None
    item_quantity: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Bundle(Model):
    """Whether an order has the products that a discount is for.

    Attributes:
        quantity: How often it has all of them.
        limit: How often that counts.
        identified: What it has.
        missing: What it lacks.
    """

    quantity: int | None = None
    limit: int | None = None
    identified: tuple[BundleItem, ...] | None = None
    missing: tuple[BundleItem, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedeemableResult(Model):
    """What a redeemable would do, or why it would not.

    Attributes:
        discount: What it takes off; told apart by class, see `Discount`.
        gift: The credits that it takes from a gift card.
        loyalty_card: The points that it takes from a loyalty card.
        bundle: Whether the order has the products that it is for.
        error: Why it cannot be applied.
        details: The same in short.
    """

    discount: Discount | None = None
    gift: GiftCredits | None = None
    loyalty_card: CardPoints | None = None
    bundle: Bundle | None = None
    error: RedeemableError | None = None
    details: OutcomeDetails | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ApplicableItem(Model):
    """A product that a discount applies to; its many limits are in `extra`.

    Attributes:
        id: The product, the variant or the collection.
        object: What it is.
        source_id: Your id.
        product_id: The id of the variant's product.
        product_source_id: Your id of that.
        price: The price in place of the price, in hundredths.
        effect: How the discount is applied.
        quantity_limit: How many units of a line it applies to.
        amount_limit: The most it takes off a line, in hundredths.
        order_item_indices: The lines of the order, counted from 0.
        repeat: It applies to every third unit, where this is 3.
        skip_initially: How many units are passed over first.
        target: Whether it applies to lines or to units.
    """

    id: str = promised()
    object: Literal["product", "sku", "products_collection"] | str | None = None
    source_id: str | None = None
    product_id: str | None = None
    product_source_id: str | None = None
    price: Amount | None = None
    effect: str | None = None
    quantity_limit: int | None = None
    amount_limit: Amount | None = None
    order_item_indices: tuple[int, ...] | None = None
    repeat: int | None = None
    skip_initially: int | None = None
    target: Literal["ITEM", "UNIT"] | str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ApplicableTo(Model):
    """What a discount applies to, or does not apply to.

    Attributes:
        data: The products.
        total: How many there are.
        object: The kind of object, `list`.
        data_ref: Where the products stand, `data`.
    """

    data: tuple[ApplicableItem, ...] | None = None
    total: int | None = None
    object: str | None = None
    data_ref: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class StackedRedeemable(Model):
    """A redeemable in a stack of several.

    Attributes:
        id: The code of a voucher, or an id.
        object: What it is.
        created_at: When it was made.
        result: What it would do.
        order: The order with it applied.
        validation_rule_id: The rule that holds for it.
        applicable_to: What it applies to.
        inapplicable_to: What it does not apply to.
        name: Its name.
        banner: What to show to customers.
        campaign_name: The name of its campaign.
        campaign_id: The id of its campaign.
        categories: Its categories.
        validation_rules_assignments: The rules that hold for it; only where they were expanded.
        metadata: Whatever you keep with it; only where `redeemable` was expanded.
    """

    id: str = promised()
    object: RedeemableKind = promised()
    created_at: datetime | None = None
    result: RedeemableResult | None = None
    order: CalculatedOrder | None = None
    validation_rule_id: str | None = None
    applicable_to: ApplicableTo | None = None
    inapplicable_to: ApplicableTo | None = None
    name: str | None = None
    banner: str | None = None
    campaign_name: str | None = None
    campaign_id: str | None = None
    categories: tuple[Category, ...] | None = None
    validation_rules_assignments: RuleAssignments | None = None
    metadata: Mapping[str, Any] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class QualifiedRedeemable(StackedRedeemable):
    """A redeemable that a customer may use; it has all that a `StackedRedeemable` has.

    Attributes:
        redeemables: What a stack of promotions is made of.
    """

    redeemables: tuple[StackedRedeemable, ...] | None = None
