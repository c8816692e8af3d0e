"""The vouchers of a chain.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Unpack

from loyalty_sdk._core.calls import Call, Listing, Page, Query, Response, Stream
from loyalty_sdk._core.endpoint import R_co, listing, stream
from loyalty_sdk._core.given.arguments import flag, given, one_of, query
from loyalty_sdk._core.reading import coerce
from loyalty_sdk._core.reading.convert import Reader
from loyalty_sdk._core.reading.forms import Shape
from loyalty_sdk._core.rows.csvarrow import ArrowRows
from loyalty_sdk._core.rows.csvrows import CsvRows
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.spaaza._wire import member, placed, read_results
from loyalty_sdk.spaaza.handling import VoucherHandling
from loyalty_sdk.spaaza.inputs.vouchers import VoucherCsv, VoucherList
from loyalty_sdk.spaaza.models.vouchers import Voucher, flattened
from loyalty_sdk.spaaza.rows import VoucherRow
from loyalty_sdk.spaaza.selection import selected, window
from loyalty_sdk.spaaza.walk import LARGEST_PAGE, Arrived, Asked, anchored_walk, fast_walk

_LISTS = ("vouchers", "basket_vouchers")


class Vouchers(VoucherHandling[R_co]):
    """The vouchers of a chain, and what is done with each.

    `list` and `stream_csv` give unredeemed and unexpired vouchers, unless asked otherwise.
    """

    @listing
    def list(self, chain_id: int | str, **which: Unpack[VoucherList]) -> Listing[Voucher]:
        """The vouchers of a chain, page by page; see `VoucherList`. Repeated.

        Raises:
            PermissionDenied: The session or token may not read the chain (code 68).
            PagingError: `walk="anchored"` cannot find the rows it has seen any more.

        https://docs.spaaza.com/api/get-vouchers
        """
        params = selected(VoucherList, chain_id, which)
        size, skipped = window(which, usual=500, most=LARGEST_PAGE)
        walk = one_of("walk", given("walk", which.get("walk", "fast")), ("fast", "anchored"))
        through = fast_walk if walk == "fast" else anchored_walk
        return through(_pages(params), size, skipped)

    @stream
    def stream_csv(self, chain_id: int | str, **which: Unpack[VoucherCsv]) -> Stream[VoucherRow]:
        """The same vouchers as CSV, row by row as they arrive, in constant memory.

        See `VoucherCsv`. It is repeated until the first byte of the body that is not blank is
        there, and never after that. Not every cut can be seen: see `verify_count`.

        Returns:
            A context manager of a `RowStream` (`AsyncRowStream`) of `VoucherRow`, which has
            `to_arrow_batches()`, too. An error carries in `rows` how many were handed out, and in
            `cursor` the `results_offset` to go on with, as far as the vendor keeps the order.

        Raises:
            UnreadableAnswer: A row cannot be read, the body is cut, or rows are missing.

        https://docs.spaaza.com/api/get-vouchers
        """
        params = selected(VoucherCsv, chain_id, which)
        size, skipped = window(which)
        verified = flag("verify_count", which.get("verify_count", False))
        return Stream(
            call=_csv_call([*params, *query(number_results=size, results_offset=skipped or None)]),
            rows=lambda: CsvRows(VoucherRow),
            arrow=lambda: ArrowRows(VoucherRow),
            check=partial(_count_call, params, skipped, size) if verified else None,
            after=lambda rows: str(skipped + rows),
        )


def _pages(params: Query) -> Asked:
    """Describes the call for a page."""

    def ask(
        offset: int, size: int | None, taken: Callable[[Arrived], Page[Voucher]]
    ) -> Call[Page[Voucher]]:
        return Call(
            method="GET",
            path=("get-vouchers",),
            params=[*params, *query(number_results=size, results_offset=offset)],
            read=lambda response: taken(_read_rows(response)),
            repeatable=True,
        )

    return ask


def _csv_call(params: Query) -> Call[None]:
    return Call(
        method="GET",
        path=("get-vouchers.csv",),
        params=params,
        headers={"accept": "text/csv, application/force-download, application/json"},
        read=_no_csv,
        repeatable=True,
    )


def _read_rows(response: Response) -> Arrived:
    """The vouchers of a page and the total; before 1.4.2 they stand under another name."""

    def read(results: Any, reader: Reader, path: str) -> Arrived:
        sent = coerce.object_or_empty(results)
        named = [name for name in _LISTS if name in sent]
        key = next((name for name in named if sent[name] is not None), (*named, _LISTS[0])[0])
        listed = member(results, key, path)
        vouchers = reader.many(Voucher, listed, f"{path}.{key}")
        return Arrived(tuple(map(flattened, vouchers)), len(listed), _total(sent, path))

    return read_results(response, read, _PAGE)


_PAGE = Shape(
    {
        "result": None,
        "results": {"results_count_total": None, "vouchers": [Voucher], "result_type": None},
        "warnings": None,
    }
)


def _total(results: Mapping[str, Any], path: str) -> int | None:
    found = results.get("results_count_total")
    if found is None:
        return None
    total = placed(f"{path}.results_count_total", coerce.integer, found)
    return total if total >= 0 else None


def _ignored(_results: Any, _reader: Reader, _path: str) -> None:
    """Read nothing: what matters has been checked on the way."""


def _no_csv(response: Response) -> None:
    """Say what is wrong with an answer that is no CSV: an error inside a 200, or anything else."""
    read_results(response, _ignored)
    raise UnreadableAnswer("$: JSON where CSV is expected")


def _count_call(
    params: Query, results_offset: int, number_results: int | None, count: int
) -> Call[str | None]:
    """A call that says what is wrong when the vendor counts other than *count* rows."""

    def read(response: Response) -> str | None:
        total = _read_rows(response).total
        if total is None:
            return f"{count} rows came, and the vendor gives no total to compare with"
        window = max(0, total - results_offset)
        if number_results is not None:
            window = min(window, number_results)
        return None if window == count else f"{count} rows came, and the vendor counts {window}"

    return Call(
        method="GET",
        path=("get-vouchers",),
        params=[*params, *query(number_results=1, results_offset=0)],
        read=read,
        repeatable=True,
    )
