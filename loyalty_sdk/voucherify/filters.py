"""Filters of Voucherify's lists: closed forms, so that a misspelt condition is a type error.

The forms are plain dictionaries with the vendor's own names::

    filters = {
        "campaign_type": {"$in": ["DISCOUNT_COUPONS", "GIFT_VOUCHERS"]},
        "created_at": {"$after": datetime(2026, 1, 1, tzinfo=timezone.utc)},
        "campaign_id": {"$has_value": True},
        "junction": "and",
    }

`RawFilter` is the one way around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypedDict, cast, get_args, get_type_hints

import attrs

from loyalty_sdk._core.given.arguments import iso_instant, one_of, plain_text, query, within
from loyalty_sdk.errors import InvalidArgument

HolderRole = Literal["OWNER", "REFEREE", "REFERRER"]
FilteredCampaignType = Literal[
    "LOYALTY_PROGRAM", "GIFT_VOUCHERS", "DISCOUNT_COUPONS", "REFERRAL_PROGRAM"
]
VoucherType = Literal["GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"]

TextConditions = TypedDict(
    "TextConditions",
    {
        "$in": Sequence[str],
        "$not_in": Sequence[str],
        "$is": str,
        "$is_not": str,
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$starts_with": str,
        "$ends_with": str,
        "$contains": str,
        "$not_contain": str,
    },
    total=False,
)
"""Conditions on text; all that are given hold together."""

DateConditions = TypedDict(
    "DateConditions",
    {
        "$after": datetime,
        "$before": datetime,
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$more_than": int,
        "$less_than": int,
    },
    total=False,
)
"""Conditions on a moment: aware datetimes; `$more_than` and `$less_than` count days ago."""

ObjectConditions = TypedDict(
    "ObjectConditions",
    {
        "$in": Sequence[Literal["voucher"]],
        "$not_in": Sequence[Literal["voucher"]],
        "$is": Literal["voucher"],
        "$is_not": Literal["voucher"],
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$starts_with": str,
        "$ends_with": str,
    },
    total=False,
)
"""Conditions on the kind of a redeemable."""

HolderRoleConditions = TypedDict(
    "HolderRoleConditions",
    {
        "$in": Sequence[HolderRole],
        "$not_in": Sequence[HolderRole],
        "$is": HolderRole,
        "$is_not": HolderRole,
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$starts_with": str,
        "$ends_with": str,
    },
    total=False,
)
"""Conditions on the role of a holder."""

CampaignTypeConditions = TypedDict(
    "CampaignTypeConditions",
    {
        "$in": Sequence[FilteredCampaignType],
        "$not_in": Sequence[FilteredCampaignType],
        "$is": FilteredCampaignType,
        "$is_not": FilteredCampaignType,
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$starts_with": str,
        "$ends_with": str,
    },
    total=False,
)
"""Conditions on the type of a campaign."""

VoucherTypeConditions = TypedDict(
    "VoucherTypeConditions",
    {
        "$in": Sequence[VoucherType],
        "$not_in": Sequence[VoucherType],
        "$is": VoucherType,
        "$is_not": VoucherType,
        "$has_value": Literal[True],
        "$is_unknown": Literal[True],
        "$starts_with": str,
        "$ends_with": str,
    },
    total=False,
)
"""Conditions on the type of a voucher."""

CodesStateConditions = TypedDict(
    "CodesStateConditions",
    {
        "$active": Literal[True],
        "$failed": Literal[True],
        "$in_progress": Literal[True],
        "$expired": Literal[True],
        "before_start": Literal[True],
    },
    total=False,
)
"""Conditions on how far the codes of a campaign are."""

CampaignStateConditions = TypedDict(
    "CampaignStateConditions",
    {
        "$enabled": Literal[True],
        "$disabled": Literal[True],
        "$expired": Literal[True],
        "$active": Literal[True],
    },
    total=False,
)
"""Conditions on whether a campaign is switched on."""


class RedeemableFilters(TypedDict, total=False):
    """What the redeemables of a customer can be filtered by.

    Attributes:
        id: The holder's id, `rh_...`.
        created_at: When the redeemable was assigned.
        redeemable_id: The id of the redeemable, `v_...`.
        redeemable_object: What it is: a voucher.
        holder_role: The customer's role.
        campaign_id: The id of the campaign, `camp_...`.
        campaign_type: The type of the campaign.
        voucher_type: The type of the voucher.
        junction: Whether all conditions must hold (`and`) or any (`or`).
    """

    id: TextConditions
    created_at: DateConditions
    redeemable_id: TextConditions
    redeemable_object: ObjectConditions
    holder_role: HolderRoleConditions
    campaign_id: TextConditions
    campaign_type: CampaignTypeConditions
    voucher_type: VoucherTypeConditions
    junction: Literal["and", "or"]


@attrs.frozen
class RawFilter:
    """Any filter at all, unchecked: for fields and conditions that the forms do not have.

    Args:
        fields: Conditions by field, such as `{"metadata.tier": {"$is": "gold"}}`; lists are
            numbered, `True` is sent as the empty string, aware datetimes in ISO 8601. `junction`
            takes a word instead.
    """

    fields: Mapping[str, Mapping[str, Any] | str]


_WORDS: Mapping[str, Sequence[str]] = {
    "redeemable_object": ("voucher",),
    "holder_role": get_args(HolderRole),
    "campaign_type": get_args(FilteredCampaignType),
    "voucher_type": get_args(VoucherType),
}
_FLAGS = frozenset(
    {
        "$has_value",
        "$is_unknown",
        "$active",
        "$failed",
        "$in_progress",
        "$expired",
        "before_start",
        "$enabled",
        "$disabled",
    }
)
_LISTS = frozenset({"$in", "$not_in"})
_WHOLE = frozenset({"$is", "$is_not"})
_DAYS = frozenset({"$more_than", "$less_than"})
_MOMENTS = frozenset({"$after", "$before"})
_MOST_VALUES = 1000  # a URL with more of them is longer than any server reads


def filter_query(
    filters: Mapping[str, Any] | RawFilter | None, form: type = RedeemableFilters
) -> list[tuple[str, str]]:
    """The filters as query parameters, in the vendor's documented form.

    Args:
        filters: The filters.
        form: The fields that they may have, each with its conditions.

    Raises:
        InvalidArgument: A field or a condition is unknown, or a value does not fit it.
    """
    if filters is None:
        return []
    fields: object = filters.fields if isinstance(filters, RawFilter) else filters
    if not isinstance(fields, Mapping):
        raise InvalidArgument("filters", 'must be conditions by field: {"id": {"$is": ...}}')
    known = cast("Mapping[str, Any]", fields)
    if not isinstance(filters, RawFilter):
        for field, conditions in known.items():
            _check(field, conditions, form)
    return list(_encoded(known))


def _check(field: object, conditions: Any, form: type) -> None:
    fields = get_type_hints(form)
    name = _known_key("filters", field, sorted(fields))
    if name == "junction":
        one_of("filters[junction]", plain_text("filters[junction]", conditions), ("and", "or"))
        return
    words = _WORDS.get(name) if form is RedeemableFilters else None
    for key, value in _conditions(f"filters[{name}]", conditions).items():
        condition = _known_key(f"filters[{name}]", key, sorted(get_type_hints(fields[name])))
        _check_value(f"filters[{name}][{condition}]", condition, value, words)


def _known_key(argument: str, key: object, known: Sequence[str]) -> str:
    """Check a key; the error says which one is unknown, and which ones there are."""
    name = plain_text(argument, cast("str", key))
    if name not in known:
        raise InvalidArgument(argument, f"has no {name[:40]!r}; there are {', '.join(known)}")
    return name


def _conditions(argument: str, conditions: object) -> Mapping[str, Any]:
    if not isinstance(conditions, Mapping):
        raise InvalidArgument(argument, 'must be conditions such as {"$is": ...}')
    return cast("Mapping[str, Any]", conditions)


def _check_value(argument: str, condition: str, value: Any, words: Sequence[str] | None) -> None:
    if condition in _FLAGS:
        if value is not True:
            raise InvalidArgument(argument, "takes True; leave the condition out instead of False")
    elif condition in _DAYS:
        within(argument, -1 if value is None else value, 0, None)
    elif condition in _MOMENTS:
        iso_instant(argument, value)
    elif condition in _LISTS:
        if not isinstance(value, (list, tuple)) or not value:
            raise InvalidArgument(argument, "takes a list of one or more values")
        for index, item in enumerate(_few(argument, value)):
            _check_text(f"{argument}[{index}]", item, words)
    else:
        _check_text(argument, value, words if condition in _WHOLE else None)


def _check_text(argument: str, value: Any, words: Sequence[str] | None) -> None:
    plain_text(argument, value)
    if words is not None:
        one_of(argument, value, words)


def _few(argument: str, values: Any) -> Sequence[Any]:
    several: Sequence[Any] = values
    if len(several) > _MOST_VALUES:
        raise InvalidArgument(argument, f"takes at most {_MOST_VALUES} values")
    return several


def _encoded(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field, conditions in fields.items():
        name = f"filters[{plain_text('filters', field)}]"
        if isinstance(conditions, str):
            yield from query(**{name: conditions})
            continue
        for condition, value in _conditions(name, conditions).items():
            yield from _pairs(f"{name}[conditions][{plain_text(name, condition)}]", value)


def _pairs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(_few(name, value)):
            yield from _pairs(f"{name}[{index}]", item)
    elif value is None:  # left out, it would let everything through
        raise InvalidArgument(name, "must not be None; $is_unknown asks for null")
    elif value is True:
        yield name, ""
    elif isinstance(value, datetime):
        yield name, iso_instant(name, value)
    else:
        yield from query(**{name: value})
