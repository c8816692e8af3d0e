"""Every documented form of a Voucherify discount, with synthetic numbers."""

from __future__ import annotations

from random import Random

from ..synthetic import characters

Json = dict[str, object]


def amount_plain(source: Random) -> Json:
    """An amount off, without an effect."""
    return {"type": "AMOUNT", "amount_off": source.randrange(1, 100) * 100}


def amount_per_order(source: Random) -> Json:
    """An amount off the order."""
    return {**amount_plain(source), "effect": "APPLY_TO_ORDER"}


def amount_per_item(source: Random) -> Json:
    """An amount off each item, limited in total."""
    effect = source.choice(
        (
            "APPLY_TO_ITEMS",
            "APPLY_TO_ITEMS_PROPORTIONALLY",
            "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY",
            "APPLY_TO_ITEMS_BY_QUANTITY",
        )
    )
    return {**amount_plain(source), "effect": effect, "aggregated_amount_limit": 5000}


def amount_formula(source: Random) -> Json:
    """An amount off that a formula gives."""
    formula = {"amount_off_formula": "ORDER_AMOUNT / 10", "is_dynamic": True}
    return {**amount_per_order(source), **formula}


def percent_whole(source: Random) -> Json:
    """A whole percentage off."""
    return {"type": "PERCENT", "percent_off": source.randrange(1, 60), "effect": "APPLY_TO_ORDER"}


def percent_fraction(source: Random) -> Json:
    """A fractional percentage off, limited."""
    return {
        "type": "PERCENT",
        "percent_off": source.randrange(1, 60) + 0.5,
        "percent_off_formula": "12.5",
        "amount_limit": 2500,
        "aggregated_amount_limit": 7500,
        "effect": "APPLY_TO_ITEMS",
        "is_dynamic": True,
    }


def unit(source: Random) -> Json:
    """One more of a product."""
    effect = source.choice(("ADD_MISSING_ITEMS", "ADD_NEW_ITEMS", "ADD_MANY_ITEMS"))
    return {"type": "UNIT", "unit_off": source.randrange(1, 4), "effect": effect} | _goods(source)


def unit_fraction(source: Random) -> Json:
    """A part of a unit, of a product without a stock keeping unit."""
    fraction = {"type": "UNIT", "unit_off": 1.5, "unit_off_formula": "3 / 2"}
    return {
        **fraction,
        **_goods(source),
        "effect": "ADD_SAME_ITEMS",
        "sku": None,
        "is_dynamic": False,
    }


def units(source: Random) -> Json:
    """Units of several products at once."""
    first = {"unit_off": 1, "effect": "ADD_NEW_ITEMS", **_goods(source)}
    second = {"unit_off": 2.5, "effect": "ADD_MISSING_ITEMS", **_goods(source)}
    return {"type": "UNIT", "effect": "ADD_MANY_ITEMS", "units": [first, second]}


def fixed(source: Random) -> Json:
    """A fixed price."""
    return {
        "type": "FIXED",
        "fixed_amount": source.randrange(5, 50) * 100,
        "fixed_amount_formula": "1500",
        "effect": source.choice(("APPLY_TO_ORDER", "APPLY_TO_ITEMS")),
        "is_dynamic": True,
    }


def _goods(source: Random) -> Json:
    product, sku = characters(source, 10), characters(source, 10)
    return {
        "unit_type": "prod_" + product,
        "product": {"id": "prod_" + product, "source_id": "sandbox-mug", "name": "Sandbox mug"},
        "sku": {"id": "sku_" + sku, "source_id": None, "name": "Sandbox mug, blue"},
    }
