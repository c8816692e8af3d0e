"""The vouchers of a chain, as JSON and as CSV.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

from itertools import islice

from ...vendor import Asked, Route
from ...wire import Response
from ..access import AppRule
from ..answers import Version, denied
from ..csv import columns_for, csv_response, synthetic_rows, voucher_rows
from ..select import Selection, read_selection
from ..state import FIRST_VOUCHER_ID
from ..visit import Visit
from ..vouchers import Json

VOUCHERS_SINCE: Version = (1, 4, 2)


def get_vouchers(visit: Visit, one: Asked) -> Response:
    """A page of vouchers."""
    selection = _selection(visit, one, unbounded=False)
    found = visit.state.selected(selection, visit.now)
    start = selection.results_offset
    page = found[start : start + selection.number_results]
    name = "vouchers" if visit.version >= VOUCHERS_SINCE else "basket_vouchers"
    results: Json = {
        "results_count_total": visit.switches.spaaza_csv_rows or len(found),
        name: [each.content(visit.now, visit.nested_campaigns) for each in page],
    }
    return visit.ok("get-vouchers", results)


def get_vouchers_csv(visit: Visit, one: Asked) -> Response:
    """Vouchers as CSV, all of them unless fewer are asked for."""
    now, switches = visit.now, visit.switches
    selection = _selection(visit, one, unbounded=True)
    columns, start = columns_for(switches), selection.results_offset
    if switches.spaaza_csv_rows:
        rows = synthetic_rows(
            visit.state.vouchers(selection.chain_id),
            columns,
            now,
            first=FIRST_VOUCHER_ID + start,
            count=min(selection.number_results, max(0, switches.spaaza_csv_rows - start)),
        )
    else:
        found = visit.state.selected(selection, visit.now)
        end = min(len(found), start + selection.number_results)
        rows = voucher_rows(islice(found, start, end), columns, now)
    return csv_response(rows, switches, one.request.headers.get("accept-encoding", ""))


def _selection(visit: Visit, one: Asked, *, unbounded: bool) -> Selection:
    caller = visit.access.caller(one.request, AppRule())
    if caller.kind == "user":
        raise denied()
    selection = read_selection(one.request.query, visit.switches, visit.now, unbounded=unbounded)
    if selection.chain_id not in caller.chains:
        raise denied()
    return selection


ROUTES: tuple[Route[Visit], ...] = (
    Route("GET", "get-vouchers", "get-vouchers", get_vouchers),
    Route("GET", "get-vouchers.csv", "get-vouchers.csv", get_vouchers_csv),
)
