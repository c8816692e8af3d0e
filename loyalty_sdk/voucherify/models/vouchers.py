"""Vouchers, gift cards and loyalty cards.

https://docs.voucherify.io/api-reference/vouchers/voucher-object
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlencode

import attrs

from loyalty_sdk._core.given.arguments import one_of, within
from loyalty_sdk._core.reading.model import Model, promised
from loyalty_sdk.voucherify.models.discounts import Discount
from loyalty_sdk.voucherify.models.references import CustomerReference, RuleAssignments
from loyalty_sdk.voucherify.models.values import (
    Amount,
    Day,
    OrderEffect,
    VoucherKind,
)


@attrs.frozen(kw_only=True, weakref_slot=False)
class Gift(Model):
    """The credits of a gift card; all amounts in hundredths.

    Attributes:
        amount: Everything that was ever put on it.
        subtracted_amount: Everything that was taken off it otherwise than by redeeming.
        balance: What is left: amount less subtracted less `redemption.redeemed_amount`.
        effect: How the credits are applied to the order.
    """

    amount: Amount | None = None
    subtracted_amount: Amount | None = None
    balance: Amount | None = None
    effect: OrderEffect | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class LoyaltyCard(Model):
    """The points of a loyalty card.

    Attributes:
        points: Everything that was ever added.
        balance: What is left: points less expired, subtracted and redeemed ones.
        next_expiration_date: The day on which points expire next.
        next_expiration_points: How many expire then.
        pending_points: How many will be added once they are activated.
        expired_points: How many ever expired.
        subtracted_points: How many were ever subtracted.
    """

    points: int | None = None
    balance: int | None = None
    next_expiration_date: date | None = None
    next_expiration_points: int | None = None
    pending_points: int | None = None
    expired_points: int | None = None
    subtracted_points: int | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ValidityTimeframe(Model):
    """Recurring periods in which a voucher is valid, counted from its start date.

    Attributes:
        duration: How long each lasts, an ISO 8601 duration such as `PT1H`.
        interval: The time from one to the next, such as `P2D`.
    """

    duration: str | None = None
    interval: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class DailyHours(Model):
    """Hours of some days of the week.

    Attributes:
        start_time: When they begin, `HH:mm`.
        expiration_time: When they end, `HH:mm`.
        days_of_week: The days.
    """

    start_time: str | None = None
    expiration_time: str | None = None
    days_of_week: tuple[Day, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class ValidityHours(Model):
    """The hours in which a voucher is valid.

    Attributes:
        daily: The periods; they do not overlap.
    """

    daily: tuple[DailyHours, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Asset(Model):
    """An image of the encrypted code.

    Attributes:
        id: The encrypted code.
        url: Where the image is.
    """

    id: str | None = None
    url: str | None = None

    def url_for(
        self, *, size: int | None = None, format: Literal["png", "svg"] | None = None
    ) -> str | None:
        """The image's address, for a size or a format.

        Args:
            size: 1 to 100; `None` leaves it to the vendor.
            format: `png` or `svg`; `None` leaves it to the vendor, who sends png.

        Returns:
            The address, or `None` where there is no image.

        Raises:
            InvalidArgument: The size or the format is not one of these.
        """
        wanted = {"size": within("size", size, 1, 100), "format": one_of("format", format, _IMAGES)}
        chosen = urlencode({name: value for name, value in wanted.items() if value is not None})
        if not chosen or self.url is None:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{chosen}"


_IMAGES = ("png", "svg")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Assets(Model):
    """Images of the encrypted code.

    Attributes:
        qr: As a QR code.
        barcode: As a barcode.
    """

    qr: Asset | None = None
    barcode: Asset | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Category(Model):
    """A category that a voucher belongs to.

    Attributes:
        id: Its id, `cat_...`.
        name: Its name.
        hierarchy: Its rank; lower comes first.
        stacking_rules_type: How its vouchers go together with others.
        created_at: When it was made.
        updated_at: When it was last changed.
        object: The kind of object, `category`.
    """

    id: str | None = None
    name: str | None = None
    hierarchy: int | None = None
    stacking_rules_type: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    object: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class PublishSummary(Model):
    """How often a voucher was published: given to a customer.

    Attributes:
        object: The kind of object, `list`.
        count: How often.
        url: Where the publications are listed.
    """

    object: str | None = None
    count: int | None = None
    url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class RedemptionSummary(Model):
    """How often a voucher was redeemed.

    Attributes:
        quantity: How often it can be; `None` means without limit.
        redeemed_quantity: How often it was.
        redeemed_points: How many points were, of a loyalty card.
        redeemed_amount: How much was, of a gift card, in hundredths.
        object: The kind of object, `list`.
        url: Where the redemptions are listed.
    """

    quantity: int | None = None
    redeemed_quantity: int | None = None
    redeemed_points: int | None = None
    redeemed_amount: Amount | None = None
    object: str | None = None
    url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Voucher(Model):
    """A voucher, a gift card or a loyalty card.

    Attributes:
        id: Voucherify's id, `v_...`.
        code: The code.
        type: Which of the three it is.
        campaign: The name of its campaign.
        campaign_id: The id of its campaign, `camp_...`.
        category: The name of its category.
        category_id: The id of its category, `cat_...`.
        categories: Its categories.
        discount: What a discount voucher takes off; told apart by class, see `Discount`.
        gift: The credits of a gift card.
        loyalty_card: The points of a loyalty card.
        start_date: When it begins to be valid.
        expiration_date: When it ceases to be.
        validity_timeframe: Recurring periods in which it is.
        validity_day_of_week: The days of the week on which it is.
        validity_hours: The hours in which it is.
        active: Whether it is switched on.
        additional_info: Any text of yours.
        metadata: Whatever you keep with it.
        assets: Images of the code.
        is_referral_code: Whether it belongs to a referral campaign.
        created_at: When it was made.
        updated_at: When it was last changed.
        holder_id: The customer who holds it.
        referrer_id: The customer who refers others with it.
        object: The kind of object, `voucher`.
        publish: How often it was published.
        redemption: How often it was redeemed.
        holder: The customer who holds it, as an object.
        validation_rules_assignments: The rules that hold for it.
    """

    id: str = promised()
    code: str = promised()
    type: VoucherKind = promised()
    campaign: str | None = None
    campaign_id: str | None = None
    category: str | None = None
    category_id: str | None = None
    categories: tuple[Category, ...] | None = None
    discount: Discount | None = None
    gift: Gift | None = None
    loyalty_card: LoyaltyCard | None = None
    start_date: datetime | None = None
    expiration_date: datetime | None = None
    validity_timeframe: ValidityTimeframe | None = None
    validity_day_of_week: tuple[Day, ...] | None = None
    validity_hours: ValidityHours | None = None
    active: bool | None = None
    additional_info: str | None = None
    metadata: Mapping[str, Any] | None = None
    assets: Assets | None = None
    is_referral_code: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    holder_id: str | None = None
    referrer_id: str | None = None
    object: str | None = None
    publish: PublishSummary | None = None
    redemption: RedemptionSummary | None = None
    holder: CustomerReference | None = None
    validation_rules_assignments: RuleAssignments | None = None
