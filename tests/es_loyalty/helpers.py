"""Recorded answers, and a synthetic account whose history a test can lay out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import httpx

from loyalty_sdk import Answer, Page, Pager, Response
from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.paging.crew import Crew
from loyalty_sdk.es_loyalty import Transaction, Transactions

BASE = "https://es.example.com/sandbox/cux"
SESSION = "00000000-0000-4000-8000-000000000001"
RECORDED = Path(__file__).parent.parent / "recorded" / "es_loyalty"


def recorded(name: str) -> httpx.Response:
    """A recorded answer, such as `issuances.list.200`."""
    answer = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    assert answer["note"].startswith("synthetic")
    content = answer["text"] if "text" in answer else json.dumps(answer["body"])
    return httpx.Response(answer["status"], headers=answer["headers"], content=content.encode())


def recorded_names(beginning: str) -> list[str]:
    """The names of the recorded answers that begin in one way."""
    return sorted(path.stem for path in RECORDED.glob(f"{beginning}*.json"))


def body_of(name: str) -> Any:
    """The JSON of a recorded answer."""
    return json.loads(recorded(name).content)


def row(number: int, transaction_id: str | None = None) -> dict[str, Any]:
    """A synthetic transaction, as short as can be; a higher number is an older one."""
    return {
        "TransactionID": transaction_id or f"t{number}",
        "AccountID": "acc-1",
        "RequestAction": "PURCHASE",
        "TransactionDateEpoch": 1_760_000_000_000 - number * 3_600_000,
    }


def answer_of(body: Any, status: int = 200) -> Response:
    """An answer with a JSON body."""
    return Response(status, httpx.Headers(), json.dumps(body).encode())


@attrs.frozen
class Account:
    """The vendor's side of a transaction history: what it does where the documents are silent.

    Attributes:
        rows: Its transactions, the latest first.
        inclusive: Whether the transaction of the cursor comes again.
        hidden: The numbers of the rows that the vendor hides.
        hides_first: Whether rows are hidden before they are counted.
        resolves_to: Which of several transactions with the id is meant.
        short_by: How many rows a page holds back, so that it is short though more follow.
    """

    rows: Sequence[dict[str, Any]]
    inclusive: bool = False
    hidden: frozenset[int] = frozenset()
    hides_first: bool = True
    resolves_to: int = 0
    short_by: int = 0

    def page(self, limit: int, transaction_id: str | None) -> list[dict[str, Any]]:
        """One page."""
        begin = 0 if transaction_id is None else self._position(transaction_id)
        numbers = list(range(begin, len(self.rows)))
        if self.hides_first:
            numbers = [number for number in numbers if number not in self.hidden]
        least = 2 if self.inclusive else 1
        page = numbers[: max(limit - self.short_by, min(limit, least))]
        return [self.rows[number] for number in page if number not in self.hidden]

    def _position(self, transaction_id: str) -> int:
        found = [n for n, held in enumerate(self.rows) if held["TransactionID"] == transaction_id]
        return found[self.resolves_to] + (0 if self.inclusive else 1)

    def visible(self) -> list[dict[str, Any]]:
        """Every row that the vendor shows."""
        return [held for number, held in enumerate(self.rows) if number not in self.hidden]


class Walker:
    """Walks an account's history without a network, and keeps what was asked."""

    def __init__(self, account: Account, limit: int | None = 3, **arguments: Any) -> None:
        self.asked: list[dict[str, str]] = []
        self._account = account
        listing = Transactions.history(None, SESSION, limit=limit, **arguments)
        self.pager: Pager[Transaction] = Pager(self._ask, listing, "es_loyalty.test", Crew)

    def _ask(self, call: Call[Any], operation: str, **_: Any) -> Answer[Any]:
        params = dict(call.params)
        self.asked.append(params)
        rows = self._account.page(int(params.get("limit", 30)), params.get("transactionId"))
        response = answer_of({"transactions": rows})
        return Answer(call.read(response), response)

    def pages(self, cursor: str | None = None) -> Iterator[Page[Transaction]]:
        """The pages, from a cursor."""
        return self.pager.pages(cursor)

    def rest(self, cursor: str | None) -> list[int]:
        """When everything behind a cursor happened: what tells the rows of an account apart."""
        return [when for page in self.pages(cursor) for when in dates(page.items)]


def dates(transactions: Sequence[Transaction]) -> list[int]:
    """When transactions happened."""
    return [transaction.transaction_date_epoch or 0 for transaction in transactions]


def dates_sent(rows: Sequence[dict[str, Any]]) -> list[int]:
    """When the transactions of rows happened."""
    return [held["TransactionDateEpoch"] for held in rows]
