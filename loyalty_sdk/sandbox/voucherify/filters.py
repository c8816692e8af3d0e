"""The filters of Voucherify's lists, checked and applied.

https://docs.voucherify.io/api-reference/customers/list-customer-redeemables
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import attrs

from ..wire import Pairs
from .answers import bad_query


class Row(Protocol):
    """What a list can be filtered by."""

    @property
    def created_at(self) -> datetime:
        """When it was made, or assigned."""
        ...

    def text(self, field: str) -> str | None:
        """The value of a field as text."""
        ...

    def has(self, field: str) -> bool:
        """Whether a field has a value."""
        ...


R = TypeVar("R", bound=Row)
Test = Callable[[Row, datetime], bool]
Fields = Mapping[str, frozenset[str]]

_KEY = re.compile(
    r"filters\[(?P<field>[\w.]+)\]\[conditions\]\[(?P<name>\$\w+)\](?:\[(?P<index>\d{1,4})\])?"
)
_PREFIX = re.compile(r"filters(?:\[|$)")
JUNCTION = "filters[junction]"
JUNCTIONS = {"and": all, "AND": all, "or": any, "OR": any}

ANY_TEXT: frozenset[str] = frozenset()
HERE: Mapping[str, str] = {}
"""For lists whose fields stand under their names."""
REDEEMABLE_FIELDS: Fields = {
    "id": ANY_TEXT,
    "redeemable_id": ANY_TEXT,
    "campaign_id": ANY_TEXT,
    "redeemable_object": frozenset({"voucher"}),
    "holder_role": frozenset({"OWNER", "REFEREE", "REFERRER"}),
    "campaign_type": frozenset(
        {"LOYALTY_PROGRAM", "GIFT_VOUCHERS", "DISCOUNT_COUPONS", "REFERRAL_PROGRAM"}
    ),
    "voucher_type": frozenset({"GIFT_VOUCHER", "DISCOUNT_VOUCHER", "LOYALTY_CARD"}),
}


@attrs.frozen
class Filters:
    """The conditions of one call and how they are joined."""

    tests: tuple[Test, ...]
    junction: Callable[[list[bool]], bool]

    def keep(self, row: Row, now: datetime) -> bool:
        """Whether this row is part of the answer."""
        return not self.tests or self.junction([test(row, now) for test in self.tests])

    def kept(self, rows: Sequence[R], now: datetime) -> list[R]:
        """The rows that are part of the answer."""
        return [row for row in rows if self.keep(row, now)] if self.tests else [*rows]


@attrs.frozen
class _Given:
    field: str
    name: str
    index: int | None
    value: str
    key: str
    allowed: frozenset[str]


def split_filters(
    query: Pairs, fields: Fields, places: Mapping[str, str] = HERE
) -> tuple[Filters, Pairs]:
    """Read the filters of a query.

    Args:
        query: All parameters.
        fields: The fields of the list besides `created_at`, and what each may be asked for.
        places: Where in a row the fields stand that do not stand under their names.

    Returns:
        The filters, and the parameters that are none.

    Raises:
        Refused: A filter is not of the documented form.
    """
    junction: Callable[[list[bool]], bool] | None = None
    given: list[_Given] = []
    rest: list[tuple[str, str]] = []
    for key, value in query:
        if key == JUNCTION:
            if junction is not None or value not in JUNCTIONS:
                raise bad_query("Property .parameters.filters.junction should be one of and, or")
            junction = JUNCTIONS[value]
        elif _PREFIX.match(key):
            given.append(_read(key, value, fields, places))
        else:
            rest.append((key, value))
    return Filters(_tests(given), junction or all), tuple(rest)


def _read(key: str, value: str, fields: Fields, places: Mapping[str, str]) -> _Given:
    match = _KEY.fullmatch(key)
    if match is None:
        raise bad_query(
            "Property .parameters.filters should match either "
            "`filters[${field}][conditions][${condition}][${index}]` or "
            f"`filters[${{field}}][conditions][${{condition}}]` format, not `{key}`"
        )
    index = match["index"]
    field = match["field"]
    if field not in (*fields, "created_at"):
        names = ", ".join((*fields, "created_at"))
        raise bad_query(f"Property .parameters.filters has no field {field}; it has {names}")
    number = int(index) if index else None
    place, allowed = places.get(field, field), fields.get(field, ANY_TEXT)
    return _Given(place, match["name"], number, value, key, allowed)


def _tests(given: list[_Given]) -> tuple[Test, ...]:
    keys = [(one.field, one.name, one.index) for one in given]
    if len(set(keys)) < len(keys):
        raise bad_query("Property .parameters.filters has a condition that is given twice")
    lists: dict[tuple[str, str], dict[int, str]] = {}
    tests: list[Test] = []
    for one in given:
        condition = _condition(one)
        if one.name in _LIST_TESTS:
            if one.index is None:
                raise bad_query(f"`{one.key}` should be a list: add an index such as [0]")
            _check_text(one)
            lists.setdefault((one.field, one.name), {})[one.index] = one.value
        else:
            tests.append(condition(one))
    tests.extend(_list_test(field, name, values) for (field, name), values in lists.items())
    return tuple(tests)


def _condition(one: _Given) -> Callable[[_Given], Test]:
    conditions = _conditions_of(one)
    if one.name not in conditions:
        raise bad_query(f"`{one.key}`: condition must be one of: {', '.join(conditions)}")
    return conditions[one.name]


def _conditions_of(one: _Given) -> Mapping[str, Callable[[_Given], Test]]:
    if one.field == "created_at":
        return _DATE_CONDITIONS
    return _TEXT_CONDITIONS if one.allowed == ANY_TEXT else _CHOICE_CONDITIONS


def _check_text(one: _Given) -> None:
    if one.allowed and one.value not in one.allowed:
        raise bad_query(f"`{one.key}` should be one of {', '.join(sorted(one.allowed))}")
    if not one.value:
        raise bad_query(f"`{one.key}` should not be empty")


def _list_test(field: str, name: str, by_index: dict[int, str]) -> Test:
    if sorted(by_index) != list(range(len(by_index))):
        raise bad_query(f"The indexes of {field} {name} should count from 0 without a gap")
    values = frozenset(by_index.values())
    wanted = name == "$in"
    return lambda row, _: (row.text(field) in values) is wanted


def _exact(one: _Given) -> Test:
    _check_text(one)
    wanted = one.name == "$is"
    return lambda row, _: (row.text(one.field) == one.value) is wanted


def _partial(one: _Given) -> Test:
    if not one.value:
        raise bad_query(f"`{one.key}` should not be empty")
    matches = _TEXT_MATCHES[one.name]

    def test(row: Row, _: datetime) -> bool:
        text = row.text(one.field)
        return text is not None and matches(text, one.value)

    return test


def _without(one: _Given) -> Test:
    contains = _partial(one)
    return lambda row, now: not contains(row, now)


def _known(one: _Given) -> Test:
    if one.value:
        raise bad_query(f"`{one.key}` takes an empty string")
    wanted = one.name == "$has_value"
    return lambda row, _: row.has(one.field) is wanted


def _moment(one: _Given) -> Test:
    edge = _instant(one)
    if one.name == "$after":
        return lambda row, _: row.created_at > edge
    return lambda row, _: row.created_at < edge


def _instant(one: _Given) -> datetime:
    try:
        moment = datetime.fromisoformat(one.value)
    except ValueError:
        moment = None
    if moment is None or not re.match(r"\d{4}-\d\d-\d\d", one.value):
        raise bad_query(f"`{one.key}` should be a date in the ISO 8601 format")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _days_ago(one: _Given) -> Test:
    if not re.fullmatch(r"[0-9]{1,6}", one.value):
        raise bad_query(f"`{one.key}` should be a whole number of days")
    days = timedelta(days=int(one.value))
    if one.name == "$more_than":
        return lambda row, now: now - row.created_at > days
    return lambda row, now: now - row.created_at < days


_TEXT_MATCHES: Mapping[str, Callable[[str, str], bool]] = {
    "$starts_with": str.startswith,
    "$ends_with": str.endswith,
    "$contains": str.__contains__,
    "$not_contain": str.__contains__,
}
_LIST_TESTS = ("$in", "$not_in")
_KNOWN_CONDITIONS: Mapping[str, Callable[[_Given], Test]] = {
    "$has_value": _known,
    "$is_unknown": _known,
}
_CHOICE_CONDITIONS: Mapping[str, Callable[[_Given], Test]] = {
    "$in": _exact,
    "$not_in": _exact,
    "$is": _exact,
    "$is_not": _exact,
    **_KNOWN_CONDITIONS,
    "$starts_with": _partial,
    "$ends_with": _partial,
}
_TEXT_CONDITIONS: Mapping[str, Callable[[_Given], Test]] = {
    **_CHOICE_CONDITIONS,
    "$contains": _partial,
    "$not_contain": _without,
}
_DATE_CONDITIONS: Mapping[str, Callable[[_Given], Test]] = {
    "$after": _moment,
    "$before": _moment,
    "$more_than": _days_ago,
    "$less_than": _days_ago,
    **_KNOWN_CONDITIONS,
}
