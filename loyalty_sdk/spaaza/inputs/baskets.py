"""Purchases in calls.

https://docs.spaaza.com/api/add-basket
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Required, TypedDict

from loyalty_sdk._core.given.inputs import Prose
from loyalty_sdk.spaaza.inputs.users import UserByName
from loyalty_sdk.spaaza.inputs.values import Amount, Id, Signed


class EntityFields(TypedDict, total=False):
    """The retailer, the store and who sold.

    Attributes:
        entity_type: What `entity_id` names: `chain`.
        entity_id: Spaaza's id of it.
        branch_business_owner_code: Your code of the store.
        employee_code: Your code of who sold.
        employee_name: Their name.
    """

    entity_type: Required[str]
    entity_id: Required[Id]
    branch_business_owner_code: str
    employee_code: str
    employee_name: str


class MemberFields(TypedDict, total=False):
    """Who buys; without one the purchase is anonymous.

    Attributes:
        member_programme: The programme: `spaaza`.
        member_number: The number on the card.
    """

    member_programme: str
    member_number: str


class CurrencyFields(TypedDict, total=False):
    """A currency.

    Attributes:
        currency_code: Its code of ISO 4217.
        currency_id: Or Spaaza's id.
    """

    currency_code: str
    currency_id: Id


class PaymentFields(TypedDict, total=False):
    """How a part of a purchase was paid.

    Attributes:
        payment_method: In which way: `cash`, `mastercard`, ...
        payment_amount: How much.
    """

    payment_method: str
    payment_amount: Signed


class TaxFields(TypedDict, total=False):
    """A tax on a purchase.

    Attributes:
        tax_rate: The rate: 0.21 is 21 %.
        tax_total: How much it is.
    """

    tax_rate: Amount
    tax_total: Signed


class BasketItemFields(TypedDict, total=False):
    """One line of a purchase, or of a return.

    Attributes:
        retailer_item_code: Your code of the line.
        item_barcode: The barcode.
        item_quantity: How many; fractions from 1.4.2 on.
        item_quantity_unit: In which unit, such as `kg`.
        item_price: The price of one; negative for what comes back.
        item_original_price: The price of one before it was reduced.
        item_subtotal: The price of the line.
        item_type: What kind of line it is: `product`, ...
        return_item: Whether it comes back.
        original_retailer_basket_code: Your code of the purchase that it comes back from.
        original_retailer_item_code: Your code of the line there.
        retailer_product_code: Your code of the product, which is kept with what follows.
        item_name: Its name.
        item_description: Its description.
        item_brand: Its brand.
        item_category: Its category, such as `Clothing > Tops`.
        item_colour: Its colour.
        item_gender: For whom it is.
        item_size: Its size.
        item_season: Its season.
        item_image_url: The address of an image.
    """

    retailer_item_code: str
    item_barcode: str
    item_quantity: Signed
    item_quantity_unit: str
    item_price: Signed
    item_original_price: Signed
    item_subtotal: Signed
    item_type: str
    return_item: bool
    original_retailer_basket_code: str
    original_retailer_item_code: str
    retailer_product_code: str
    item_name: str
    item_description: Prose
    item_brand: str
    item_category: str
    item_colour: str
    item_gender: str
    item_size: str
    item_season: str
    item_image_url: str


class BasketVoucherFields(TypedDict):
    """A voucher that is redeemed with a purchase.

    Attributes:
        voucher_key: Its key.
    """

    voucher_key: str


class BasketFields(TypedDict, total=False):
    """A purchase, or a return.

    Attributes:
        retailer_basket_code: Your code of it.
        basket_platform_type: Where: `in_store` or `online`.
        basket_total_price: What is paid; negative where more comes back.
        basket_currency: In which currency.
        basket_items: Its lines, 500 at the most.
        basket_vouchers: The vouchers that are redeemed with it.
        basket_timestamp_iso8601: When it was made; aware.
        basket_timezone_name: In which time zone: `Europe/Amsterdam`.
        basket_notes: Notes.
        basket_tax: The taxes on it.
        payment_methods: How it was paid.
        shipping_charge: What sending it costs.
    """

    retailer_basket_code: str
    basket_platform_type: str
    basket_total_price: Signed
    basket_currency: CurrencyFields
    basket_items: Sequence[BasketItemFields]
    basket_vouchers: Sequence[BasketVoucherFields]
    basket_timestamp_iso8601: datetime
    basket_timezone_name: str
    basket_notes: Prose
    basket_tax: Sequence[TaxFields]
    payment_methods: Sequence[PaymentFields]
    shipping_charge: Signed


class NewBasket(TypedDict, total=False):
    """A purchase with who sells and who buys.

    Attributes:
        entity: Who sells.
        basket: What is bought.
        user: Who buys; nobody known, unless given.
    """

    entity: Required[EntityFields]
    basket: Required[BasketFields]
    user: MemberFields | None


class ClaimBasketFields(UserByName, total=False):
    """Which purchase is claimed, and for whom; it has all fields of `UserByName`, too.

    Attributes:
        basket_id: Spaaza's id of the purchase, in place of your code.
        supplementary_basket_code: Its other code, in place of your code.
        chain_id: The chain; customers must not say it, all others must.
    """

    basket_id: Id | None
    supplementary_basket_code: str | None
    chain_id: Id | None
