"""Asking what a customer may redeem.

https://docs.voucherify.io/api-reference/qualifications
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Unpack

from loyalty_sdk._core.calls import Call, Listing
from loyalty_sdk._core.endpoint import R_co, Resource, listing
from loyalty_sdk._core.given.arguments import within
from loyalty_sdk._core.given.inputs import body, plain
from loyalty_sdk._core.given.jsonbody import plain_json
from loyalty_sdk.voucherify._calls import post
from loyalty_sdk.voucherify._lists import by_cursor, moment
from loyalty_sdk.voucherify.filters import RawFilter, filter_query
from loyalty_sdk.voucherify.inputs.filters import QualificationFilters
from loyalty_sdk.voucherify.inputs.redeeming import QualifyFields
from loyalty_sdk.voucherify.models.eligibility import QualifiedRedeemable

LARGEST_PAGE = 50
_OPTIONS = ("expand", "sorting_rule")


class Qualifications(Resource[R_co]):
    """Asking what a customer may redeem."""

    @listing
    def check_eligibility(
        self, *, limit: int | None = LARGEST_PAGE, **fields: Unpack[QualifyFields]
    ) -> Listing[QualifiedRedeemable]:
        """What a customer may redeem with an order. Repeated after a failure: it changes nothing.

        Limits per campaign and per customer are not looked at: `validations.validate` does. The
        list goes on at the time when the last one was made; sorted by what they take off, the
        vendor does not say what that leaves out, so ask for one page then.

        Args:
            limit: How many a page has, 1 to 50; `None` leaves it to the vendor (5).
            **fields: The customer, the order, the scenario; see `QualifyFields`.

        https://docs.voucherify.io/api-reference/qualifications/check-eligibility
        """
        within("limit", limit, 1, LARGEST_PAGE)
        sent, first = _body(limit, {**fields})
        ask = partial(_asking, sent)
        return by_cursor(QualifiedRedeemable, ask, _made_at, first, inside="redeemables")


def _body(limit: int | None, fields: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The body, and where the walk begins."""
    filters = _filters(fields.pop("filters", None))
    sent = body(QualifyFields, fields)
    first: str | None = sent.pop("starting_after", None)
    options = {name: sent.pop(name) for name in _OPTIONS if name in sent}
    given = {"limit": limit, "filters": filters}
    options |= {name: value for name, value in given.items() if value is not None}
    return {**sent, "options": options}, first


def _asking(sent: dict[str, Any], start: str | None) -> Call[QualifiedRedeemable]:
    place = {} if start is None else {"starting_after": start}
    json = {**sent, "options": {**sent["options"], **place}}
    return post(QualifiedRedeemable, "v1", "qualifications", json=json, repeatable=True)


def _made_at(redeemable: QualifiedRedeemable) -> str:
    return moment("$.redeemables.data[].created_at", redeemable.created_at)


def _filters(filters: Any) -> Mapping[str, Any] | None:
    """The filters as the body has them; a flag stands for an empty text."""
    if filters is None:
        return None
    if isinstance(filters, RawFilter):
        filter_query(filters)  # refuses what cannot be sent
        known: dict[str, Any] = plain_json("filters", filters.fields)
    else:
        known = plain("filters", filters, QualificationFilters)
    return {
        name: value if name == "junction" else {"conditions": _conditions(value)}
        for name, value in known.items()
    }


def _conditions(conditions: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "" if value is True else value for name, value in conditions.items()}
