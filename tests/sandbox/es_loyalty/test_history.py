"""The parameters of the transaction history, against expectations written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import pytest

from loyalty_sdk.sandbox import Request, Switches
from loyalty_sdk.sandbox.es_loyalty import Transaction
from loyalty_sdk.sandbox.es_loyalty.answers import Refused
from loyalty_sdk.sandbox.es_loyalty.history import read_selection

DAY = 24 * 3600 * 1000
NOW = int(datetime(2026, 3, 31, 12, tzinfo=UTC).timestamp()) * 1000
DEFAULT = Switches()


def transaction(
    name: str,
    days_ago: float,
    action: str,
    *,
    external: str | None = None,
    **more: object,
) -> Transaction:
    """A transaction that happened some days before now."""
    content: dict[str, object] = {
        "TransactionID": name,
        "TransactionDateEpoch": NOW - round(days_ago * DAY),
        "RequestAction": action,
        "NetAmount": 10,
        **more,
    }
    if external is not None:
        content["ExternalTransactionID"] = external
    return Transaction(content=content)


AUDIT: dict[str, Any] = {"TransactionParts": [{"action": "BASE", "partDetails": {"IsAudit": True}}]}
ORIGINAL: dict[str, Any] = {"MetaData": {"VoidMetaData": {"voidId": "D", "isVoided": True}}}

# Newest first. C is an audit, D voids E, G is an activity without points.
HELD = (
    transaction("A", 1, "FINALIZE", external="order-1"),
    transaction("B", 2, "PURCHASE"),
    transaction("C", 3, "FINALIZE", NetAmount=0, **AUDIT),
    transaction("D", 4, "VOID"),
    transaction("E", 5, "ADHOC_REWARD", **ORIGINAL),
    transaction("F", 50, "ACTIVITY"),
    transaction("G", 99, "ACTIVITY", NetAmount=0, external="order-1"),
    transaction("H", 100, "FIFO"),
    transaction("I", 100.01, "PURCHASE"),
    transaction("J", 365, "MERGE"),
    transaction("K", 365.01, "MERGE"),
)


def shown(query: str, switches: Switches = DEFAULT) -> str:
    """The names of the transactions that a query gives."""
    pairs = Request.parse("GET", f"/history?{query}").query
    return "".join(one.id for one in read_selection(pairs, switches, NOW).page(HELD))


def error(query: str, switches: Switches = DEFAULT) -> tuple[int, object, object]:
    """The status, code and message with which a query is refused."""
    with pytest.raises(Refused) as caught:
        shown(query, switches)
    content = caught.value.content
    return caught.value.status, content["errorCode"], content["errorMessage"]


def ago(days: float) -> int:
    """So many days before now, as the vendor counts."""
    return NOW - round(days * DAY)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABCDEFGHIJ"),
        ("limit=3", "ABC"),
        ("limit=150", "ABCDEFGHIJ"),
        ("locale=fr-CA", "ABCDEFGHIJ"),
        ("locale=nonsense", "ABCDEFGHIJ"),
        ("transactionType=PURCHASE", "BI"),
        ("transactionType=TRIAL", ""),
        ("externalTransactionID=order-1", "AG"),
        ("externalTransactionID=order-2", ""),
        ("transactionType=ACTIVITY&externalTransactionID=order-1", "G"),
        ("transactionType=PURCHASE&limit=1&transactionId=A", "B"),
        ("transactionType=PURCHASE&limit=1&transactionId=B", "I"),
    ],
)
def test_parameters_select(query: str, expected: str) -> None:
    """Limit and filters select from what is at most a year old, newest first."""
    assert shown(query) == expected


@pytest.mark.parametrize(
    ("cursor", "expected"),
    [("exclusive", ("CD", "IJ", "", "J")), ("inclusive", ("BC", "HI", "B", "J"))],
)
def test_the_cursor_is_part_of_the_page_or_not(
    cursor: Literal["exclusive", "inclusive"], expected: tuple[str, str, str, str]
) -> None:
    """The switch says whether the named transaction begins the page, if nothing else bars it."""
    switches = Switches(es_loyalty_history_cursor=cursor)
    pages = (
        shown("limit=2&transactionId=B", switches),
        shown("limit=2&transactionId=H", switches),
        shown(f"transactionId=B&from={ago(2)}", switches),
        shown(f"transactionId=G&to={ago(101)}", switches),
    )
    assert pages == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (ago(5), ago(2), "BCDE"),
        (ago(5), None, "ABCDE"),
        (None, ago(50), "FGHIJ"),
        (ago(4000), ago(365), "J"),
        (ago(3), ago(3), "C"),
        (ago(1.5), ago(1.2), ""),
        (ago(0), None, ""),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_bounds_go_either_way_round(
    start: int | None, end: int | None, expected: str, swapped: bool
) -> None:
    """`from` is the older or the newer bound; either may be left out; a year is the reach."""
    sent = {"from": end, "to": start} if swapped else {"from": start, "to": end}
    query = "&".join(f"{name}={value}" for name, value in sent.items() if value is not None)
    switches = Switches(es_loyalty_history_from="newer" if swapped else "older")
    assert shown(query, switches) == expected


@pytest.mark.parametrize(("position", "wrong"), [("older", (2, 5)), ("newer", (5, 2))])
def test_only_bounds_that_are_both_sent_can_be_in_the_wrong_order(
    position: Literal["older", "newer"], wrong: tuple[int, int]
) -> None:
    """The order is checked in the switch's direction, and never against a default."""
    switches = Switches(es_loyalty_history_from=position)
    first, second = wrong
    expected = (400, "INVALID_REQUEST", "From date should not be after To date.")
    assert error(f"from={ago(first)}&to={ago(second)}", switches) == expected
    for days in (-5, 0, 5, 900):
        shown(f"from={ago(days)}", switches)
        shown(f"to={ago(days)}", switches)
        shown(f"from={ago(days)}&to={ago(days)}", switches)


@pytest.mark.parametrize(
    ("audit", "voided", "net_zero", "expected"),
    [
        (False, False, False, "ABCDEFGHIJ"),
        (True, False, False, "ABDEFGHIJ"),
        (False, True, False, "ABCFGHIJ"),
        (False, False, True, "ABCDEFHIJ"),
        (True, True, True, "ABFHIJ"),
    ],
)
def test_three_sorts_of_rows_can_be_hidden(
    audit: bool, voided: bool, net_zero: bool, expected: str
) -> None:
    """Audits, voids with what they voided, and activities without points each have a switch."""
    switches = Switches(
        es_loyalty_hide_audit=audit,
        es_loyalty_hide_voided=voided,
        es_loyalty_hide_net_zero_activity=net_zero,
    )
    assert shown("", switches) == expected


@pytest.mark.parametrize(
    ("position", "expected"),
    [("before_limit", ("ABFH", "FH", "BFH")), ("after_limit", ("AB", "", "B"))],
)
def test_hidden_rows_leave_before_or_after_the_limit(
    position: Literal["before_limit", "after_limit"], expected: tuple[str, str, str]
) -> None:
    """After the limit pages get short, or empty though there is more."""
    switches = Switches(
        es_loyalty_hide_audit=True,
        es_loyalty_hide_voided=True,
        es_loyalty_hide_net_zero_activity=True,
        es_loyalty_hidden_rows=position,
    )
    pages = (
        shown("limit=4", switches),
        shown("limit=2&transactionId=C", switches),
        shown("limit=3&transactionId=A", switches),
    )
    assert pages == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        *(
            (f"limit={limit}", "Limit required to be a valid positive number")
            for limit in ("0", "-1", "1.5", "ten", "", "1e2", "٣")
        ),
        ("limit=151", "Maximum allowed Limit is 150"),
        ("transactionId=", "Transaction Id required to be non-empty"),
        *((f"from={text}", "From date epoch should be a valid epoch.") for text in ("", "x", "-1")),
        *((f"to={text}", "To date should be a valid epoch.") for text in ("", "2026-01-01", "1.5")),
        ("externalTransactionID=", "External transaction Id required to be non-empty."),
        ("transactionType=PAYMENT", "Filtering by transactionType is not enabled."),
        ("transactionType=", "Filtering by transactionType is not enabled."),
        ("transactionid=A", "Parameter transactionid is not allowed"),
        ("externalTransactionId=A", "Parameter externalTransactionId is not allowed"),
        ("limit=1&limit=1", "Parameter limit is given more than once"),
        ("transactionId=I", "Transaction I must be within 2025-12-21 to 2026-03-31 date"),
        ("transactionId=K", "Transaction K must be within 2025-12-21 to 2026-03-31 date"),
    ],
)
def test_bad_parameters_are_refused(query: str, message: str) -> None:
    """Each documented error has its text; unknown and repeated parameters are errors too."""
    assert error(query) == (400, "INVALID_REQUEST", message)


def test_a_hundred_days_are_not_too_old_for_a_cursor() -> None:
    """The last transaction that may be a cursor is exactly a hundred days old."""
    assert shown("transactionId=H") == "IJ"


@pytest.mark.parametrize(("status", "code"), [(400, "INVALID_REQUEST"), (404, "NOT_FOUND")])
def test_a_missing_transaction_has_two_faces(status: Literal[400, 404], code: str) -> None:
    """The switch says under which status a cursor does not exist."""
    switches = Switches(es_loyalty_missing_transaction=status)
    expected = (status, code, "Transaction Z does not exist")
    assert error("transactionId=Z", switches) == expected


@pytest.mark.parametrize("by_type", [True, False])
@pytest.mark.parametrize("by_external_id", [True, False])
def test_the_two_filters_can_be_off(by_type: bool, by_external_id: bool) -> None:
    """Each filter has a switch, and using one that is off is an error."""
    switches = Switches(
        es_loyalty_filter_transaction_type=by_type, es_loyalty_filter_external_id=by_external_id
    )
    if by_type:
        assert shown("transactionType=FIFO", switches) == "H"
    else:
        message = "Filtering by transactionType is not enabled."
        assert error("transactionType=FIFO", switches) == (400, "INVALID_REQUEST", message)
    if by_external_id:
        assert shown("externalTransactionID=order-1", switches) == "AG"
    else:
        message = (
            "Filtering by externalTransactionID is not enabled in TRANSACTION_ HISTORY config."
        )
        for query in ("externalTransactionID=order-1", "externalTransactionID="):
            assert error(query, switches) == (400, "INVALID_REQUEST", message)


def test_thirty_come_by_default() -> None:
    """Without a limit a page has thirty transactions."""
    many = [transaction(str(number), number / 10, "POST") for number in range(200)]
    assert len(read_selection((), DEFAULT, NOW).page(many)) == 30
