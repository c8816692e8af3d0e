"""The vouchers of a chain.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from loyalty_sdk._core import coerce
from loyalty_sdk._core.arguments import flag, given, one_of, query, within
from loyalty_sdk._core.calls import Call, Listing, Page, Query, Response, Stream
from loyalty_sdk._core.convert import Reader
from loyalty_sdk._core.csvarrow import ArrowRows
from loyalty_sdk._core.csvrows import CsvRows
from loyalty_sdk._core.endpoint import R_co, listing, stream
from loyalty_sdk._core.forms import Shape
from loyalty_sdk.errors import UnreadableAnswer
from loyalty_sdk.spaaza._wire import member, placed, read_results
from loyalty_sdk.spaaza.handling import VoucherHandling
from loyalty_sdk.spaaza.models import Voucher
from loyalty_sdk.spaaza.models.vouchers import flattened
from loyalty_sdk.spaaza.relative import Relative
from loyalty_sdk.spaaza.rows import VoucherRow
from loyalty_sdk.spaaza.selection import selected
from loyalty_sdk.spaaza.walk import LARGEST_PAGE, Arrived, Walk, anchored_walk, fast_walk

Ago = Relative | timedelta | str

_LISTS = ("vouchers", "basket_vouchers")


class Vouchers(VoucherHandling[R_co]):
    """The vouchers of a chain, and what is done with each."""

    @listing
    def list(
        self,
        chain_id: int | str,
        *,
        campaign_id: int | str | None = None,
        user_id: int | str | None = None,
        username: str | None = None,
        member_number: str | None = None,
        authentication_point_identifier: str | None = None,
        voucher_id: int | str | None = None,
        exclude_regenerated: bool = False,
        show_redeemed: bool = False,
        min_redeemed_datetime: datetime | None = None,
        max_redeemed_datetime: datetime | None = None,
        show_all_statuses: bool = False,
        show_expired: bool = False,
        min_created_datetime: datetime | None = None,
        min_created_datetime_relative: Ago | None = None,
        max_created_datetime: datetime | None = None,
        max_created_datetime_relative: Ago | None = None,
        min_expiry_datetime: datetime | None = None,
        min_expiry_datetime_relative: Ago | None = None,
        max_expiry_datetime: datetime | None = None,
        max_expiry_datetime_relative: Ago | None = None,
        number_results: int | None = 500,
        results_offset: int = 0,
        walk: Walk = "fast",
    ) -> Listing[Voucher]:
        """The vouchers of a chain: unredeemed and unexpired ones, unless asked otherwise.

        Spaaza documents neither an order nor a way to sort, and rows leave the list while it is
        read. `walk="fast"` counts and may then miss or repeat rows; `walk="anchored"` overlaps
        its pages and loses nothing as long as rows keep their order.

        Args:
            chain_id: The chain.
            campaign_id: Only vouchers of this campaign.
            user_id: Only vouchers of this user, by Spaaza's id. At most one way to name the user.
            username: Or by e-mail address.
            member_number: Or by member number.
            authentication_point_identifier: Or by the id in another identity system.
            voucher_id: Only this voucher.
            exclude_regenerated: Leave out vouchers made again because of a returned item.
            show_redeemed: Only redeemed vouchers, expired or not; so it goes with neither
                `show_expired` nor expiry times.
            min_redeemed_datetime: Redeemed then or later; aware; needs `show_redeemed`.
            max_redeemed_datetime: Redeemed then or earlier; aware; needs `show_redeemed`.
            show_all_statuses: Generated, claimed and redeemed ones; goes with neither
                `show_redeemed` nor redeemed times.
            show_expired: Only expired vouchers.
            min_created_datetime: Made then or later; aware.
            min_created_datetime_relative: The same, relative to now: `Relative(days=-7)`, a
                `timedelta` of whole minutes, or Spaaza's words `"-7 days"`.
            max_created_datetime: Made then or earlier; aware.
            max_created_datetime_relative: The same, relative to now.
            min_expiry_datetime: Expires then or later; aware.
            min_expiry_datetime_relative: The same, relative to now.
            max_expiry_datetime: Expires then or earlier; aware.
            max_expiry_datetime_relative: The same, relative to now.
            number_results: How many vouchers a page has, 1 to 500; `None` leaves it to Spaaza.
            results_offset: How many vouchers to skip; 0 or more.
            walk: How to get from page to page: `fast` or `anchored`.

        Returns:
            A pager of `Voucher`, with `total`.

        Raises:
            InvalidArgument: Before anything is sent: arguments are out of bounds or contradict
                each other.
            PermissionDenied: The session or token may not read the chain (code 68).
            Unauthorized: There is no valid session (code 6).
            PagingError: `walk="anchored"` cannot find the rows it has seen any more.
            LoyaltyError: Anything else, while pages are fetched.

        https://docs.spaaza.com/api/get-vouchers
        """
        params = selected(
            chain_id=chain_id,
            campaign_id=campaign_id,
            user_id=user_id,
            username=username,
            member_number=member_number,
            authentication_point_identifier=authentication_point_identifier,
            voucher_id=voucher_id,
            exclude_regenerated=exclude_regenerated,
            show_redeemed=show_redeemed,
            min_redeemed_datetime=min_redeemed_datetime,
            max_redeemed_datetime=max_redeemed_datetime,
            show_all_statuses=show_all_statuses,
            show_expired=show_expired,
            min_created_datetime=min_created_datetime,
            min_created_datetime_relative=min_created_datetime_relative,
            max_created_datetime=max_created_datetime,
            max_created_datetime_relative=max_created_datetime_relative,
            min_expiry_datetime=min_expiry_datetime,
            min_expiry_datetime_relative=min_expiry_datetime_relative,
            max_expiry_datetime=max_expiry_datetime,
            max_expiry_datetime_relative=max_expiry_datetime_relative,
        )
        within("number_results", number_results, 1, LARGEST_PAGE)
        within("results_offset", given("results_offset", results_offset), 0, None)
        one_of("walk", given("walk", walk), ("fast", "anchored"))

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

        through = fast_walk if walk == "fast" else anchored_walk
        return through(ask, number_results, results_offset)

    @stream
    def stream_csv(
        self,
        chain_id: int | str,
        *,
        campaign_id: int | str | None = None,
        user_id: int | str | None = None,
        username: str | None = None,
        member_number: str | None = None,
        authentication_point_identifier: str | None = None,
        voucher_id: int | str | None = None,
        exclude_regenerated: bool = False,
        show_redeemed: bool = False,
        min_redeemed_datetime: datetime | None = None,
        max_redeemed_datetime: datetime | None = None,
        show_all_statuses: bool = False,
        show_expired: bool = False,
        min_created_datetime: datetime | None = None,
        min_created_datetime_relative: Ago | None = None,
        max_created_datetime: datetime | None = None,
        max_created_datetime_relative: Ago | None = None,
        min_expiry_datetime: datetime | None = None,
        min_expiry_datetime_relative: Ago | None = None,
        max_expiry_datetime: datetime | None = None,
        max_expiry_datetime_relative: Ago | None = None,
        number_results: int | None = None,
        results_offset: int = 0,
        verify_count: bool = False,
    ) -> Stream[VoucherRow]:
        """The same vouchers as CSV, row by row as they arrive, in constant memory.

        It is repeated until the first byte of the body that is not blank is there, and never after
        that. A cut that can be seen is an error; but when the server closes between two rows
        without saying how long the body is, a cut cannot be told from the end: `verify_count`
        counts.

        Args:
            chain_id: The chain.
            campaign_id: See `list`, as for all that follow up to `results_offset`.
            user_id: Spaaza's id of the user.
            username: Or the e-mail address.
            member_number: Or the member number.
            authentication_point_identifier: Or the id in another identity system.
            voucher_id: Only this voucher.
            exclude_regenerated: Leave out vouchers made again because of a returned item.
            show_redeemed: Only redeemed vouchers.
            min_redeemed_datetime: Redeemed then or later; aware.
            max_redeemed_datetime: Redeemed then or earlier; aware.
            show_all_statuses: Generated, claimed and redeemed ones.
            show_expired: Only expired vouchers.
            min_created_datetime: Made then or later; aware.
            min_created_datetime_relative: The same, relative to now.
            max_created_datetime: Made then or earlier; aware.
            max_created_datetime_relative: The same, relative to now.
            min_expiry_datetime: Expires then or later; aware.
            min_expiry_datetime_relative: The same, relative to now.
            max_expiry_datetime: Expires then or earlier; aware.
            max_expiry_datetime_relative: The same, relative to now.
            number_results: How many vouchers at the most, 1 or more; `None` for all.
            results_offset: How many vouchers to skip; 0 or more.
            verify_count: Ask for the total once the rows are read, by one call for JSON, and raise
                when it is not the number of rows. Vouchers may join or leave in between.

        Returns:
            A context manager; inside, a `RowStream` (`AsyncRowStream`): an iterator of `VoucherRow`
            with `to_arrow_batches()`. An error carries in `rows` how many were handed out, and in
            `cursor` the `results_offset` with which another call goes on behind them, as far as the
            vendor keeps the order.

        Raises:
            InvalidArgument: Before anything is sent: arguments are out of bounds or contradict
                each other.
            PermissionDenied: The session or token may not read the chain (code 68).
            UnreadableAnswer: A row cannot be read, the body is cut, or rows are missing.
            LoyaltyError: Anything else.

        https://docs.spaaza.com/api/get-vouchers
        """
        params = selected(
            chain_id=chain_id,
            campaign_id=campaign_id,
            user_id=user_id,
            username=username,
            member_number=member_number,
            authentication_point_identifier=authentication_point_identifier,
            voucher_id=voucher_id,
            exclude_regenerated=exclude_regenerated,
            show_redeemed=show_redeemed,
            min_redeemed_datetime=min_redeemed_datetime,
            max_redeemed_datetime=max_redeemed_datetime,
            show_all_statuses=show_all_statuses,
            show_expired=show_expired,
            min_created_datetime=min_created_datetime,
            min_created_datetime_relative=min_created_datetime_relative,
            max_created_datetime=max_created_datetime,
            max_created_datetime_relative=max_created_datetime_relative,
            min_expiry_datetime=min_expiry_datetime,
            min_expiry_datetime_relative=min_expiry_datetime_relative,
            max_expiry_datetime=max_expiry_datetime,
            max_expiry_datetime_relative=max_expiry_datetime_relative,
        )
        within("number_results", number_results, 1, None)
        within("results_offset", given("results_offset", results_offset), 0, None)
        window = query(number_results=number_results, results_offset=results_offset or None)

        def check(count: int) -> Call[str | None]:
            return _count_call(params, results_offset, number_results, count)

        return Stream(
            call=Call(
                method="GET",
                path=("get-vouchers.csv",),
                params=[*params, *window],
                headers={"accept": "text/csv, application/force-download, application/json"},
                read=_no_csv,
                repeatable=True,
            ),
            rows=lambda: CsvRows(VoucherRow),
            arrow=lambda: ArrowRows(VoucherRow),
            check=check if flag("verify_count", verify_count) else None,
            after=lambda rows: str(results_offset + rows),
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
