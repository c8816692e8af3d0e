"""Synthetic issuances, the parameters of their list, and which of them it selects.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, cast

import attrs

from ..switches import Switches
from ..wire import Pairs
from .accounts import Account
from .answers import invalid
from .moments import epoch, iso
from .parts import BUSINESS_UNITS, Json
from .query import known, whole

Status = Literal["AVAILABLE", "REDEEMED", "EXPIRED"]

STATUSES: tuple[Status, ...] = ("AVAILABLE", "REDEEMED", "EXPIRED")
PARAMETERS = (
    "from",
    "to",
    "limit",
    "until",
    "locale",
    "maxResults",
    "type",
    "businessUnit",
    "status",
)
DEFAULT_LIMIT = 20
MAX_RESULTS = 100
DAY = 24 * 3600 * 1000
REACH = 365 * DAY

_NOTES = {"en-CA": "Thank you for shopping!", "fr-CA": "Merci de votre visite!"}


@attrs.frozen(kw_only=True)
class Issuance:
    """One issuance.

    Attributes:
        content: The issuance as the vendor shows it, but for its language.
    """

    content: Mapping[str, object]

    @property
    def issued(self) -> int:
        """When it was issued, in milliseconds since 1970."""
        return cast("int", self.content["issuedDateEpoch"])

    @property
    def expires(self) -> int:
        """When it ends, in milliseconds since 1970."""
        return cast("int", self.content["expiryDateEpoch"])

    def shown(self, locale: str) -> Json:
        """The issuance in a language; one that is not known falls back to English."""
        return {**self.content, "notes": _NOTES.get(locale, _NOTES["en-CA"])}


@attrs.frozen(kw_only=True)
class Selection:
    """The parameters of one call, read and checked.

    Attributes:
        looks_at: Whether the bounds look at when issuances end or at when they were issued.
        earliest: The lower bound, in milliseconds.
        latest: The upper bound, in milliseconds.
        alive: When issuances must not be over yet, for a call without a lower bound.
        count: How many are wanted.
        business_unit: The unit they belong to.
        status: The status they have.
        locale: The language asked for.
    """

    looks_at: Literal["expiry", "issued"]
    earliest: int | None
    latest: int | None
    alive: int | None
    count: int
    business_unit: str | None
    status: str | None
    locale: str | None

    def of(self, issuances: Iterable[Issuance]) -> list[Issuance]:
        """The issuances that are part of the answer."""
        return [one for one in issuances if self._keep(one)][: self.count]

    def _keep(self, one: Issuance) -> bool:
        at = one.expires if self.looks_at == "expiry" else one.issued
        return (
            (self.earliest is None or at >= self.earliest)
            and (self.latest is None or at <= self.latest)
            and (self.alive is None or one.expires >= self.alive)
            and self.business_unit in (None, one.content.get("businessUnit"))
            and self.status in (None, one.content.get("status"))
        )


def read_selection(query: Pairs, switches: Switches, now: int) -> Selection:
    """Read the parameters of a call.

    Raises:
        Refused: One is unknown, given twice or has a bad value.
    """
    values = known(query, PARAMETERS)
    earliest = whole(values, "from", "from value should be a valid epoch")
    if earliest is not None and earliest < now - REACH:
        raise invalid("from value must be within last 1 year from today's date")
    if values.get("type", "voucher").lower() != "voucher":
        raise invalid("type value should be voucher")
    status = values.get("status")
    if status is not None and status not in STATUSES:
        raise invalid(f"status value should be one of {', '.join(STATUSES)}")
    return Selection(
        looks_at=switches.es_loyalty_issuances_date,
        earliest=earliest,
        latest=_latest(values, now if earliest is None else earliest),
        alive=now if earliest is None else None,
        count=_count(values, switches),
        business_unit=values.get("businessUnit"),
        status=status,
        locale=values.get("locale"),
    )


def _latest(values: dict[str, str], start: int) -> int | None:
    bounds = [whole(values, "to", "to value should be a valid epoch")]
    days = whole(values, "until", "until value should be a number of days")
    if days is not None:
        bounds.append(start + days * DAY)
    return min((one for one in bounds if one is not None), default=None)


def _count(values: dict[str, str], switches: Switches) -> int:
    limit = whole(values, "limit", "limit value should be a positive number", lowest=1)
    most = whole(values, "maxResults", "maxResults value should be a positive number", lowest=1)
    if most is not None:
        most = min(most, MAX_RESULTS)
    order = [limit, most] if switches.es_loyalty_issuances_limit == "limit" else [most, limit]
    return next((one for one in order if one is not None), DEFAULT_LIMIT)


def draft_issuance(account: Account, number: int, origin: datetime) -> Issuance:
    """One issuance; the statuses and the kinds of reward take turns."""
    status = STATUSES[number % 3]
    issued = origin - timedelta(days=20 + number % 60, minutes=number)
    expires = origin + timedelta(days=30 + number % 60)
    if status == "EXPIRED":
        expires = origin - timedelta(days=1 + number % 15)
    points = number // 3 % 2 == 0
    content: Json = {
        "accountID": account.account_id,
        "metadataType": "ISSUANCE",
        "issuanceType": "VOUCHER",
        "businessUnit": BUSINESS_UNITS[number % 2],
        "issuanceCode": f"SANDBOX-{number:04}",
        "issuedDate": iso(issued),
        "issuedDateEpoch": epoch(issued),
        "expiryDate": iso(expires),
        "expiryDateEpoch": epoch(expires),
        "status": status,
        "rewardType": "POINTS" if points else "DOLLARS",
        "rewardValue": 500 + number if points else Decimal("12.50"),
        "extendedData": {"campaign": f"sandbox-{number % 4}"} if number % 5 else {},
    }
    # Whether a voucher that was not used has a null or no date is not documented: both occur.
    if status == "REDEEMED" or number % 2:
        redeemed = issued + timedelta(days=2) if status == "REDEEMED" else None
        content["redemptionDate"] = None if redeemed is None else iso(redeemed)
        content["redemptionDateEpoch"] = None if redeemed is None else epoch(redeemed)
    return Issuance(content=content)
