"""The table of all faults: what each one is, where it fits, and what an SDK may expect of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from . import content, paging, refusals, state, wire
from .levels import Afterwards, Before, Changed, Fault, Instead, OnWire
from .occasion import Asked
from .plan import FaultKind

When = Callable[[Asked], bool]

CSV = "spaaza.get-vouchers.csv"
VOUCHERIFY_LISTS = (
    "voucherify.list-customer-redeemables",
    "voucherify.list-customer-activity",
    "voucherify.list-voucher-transactions",
    "voucherify.list-member-activity",
    "voucherify.list-loyalty-card-transactions",
    "voucherify.list-member-pending-points",
)
ES_LOYALTY_LIST = "es_loyalty.transaction-history"
SPAAZA_LIST = "spaaza.get-vouchers"

REPEATED = "a repeatable call is repeated; another one fails, and is not sent again"
REPEATED_ALWAYS = "any call is repeated, since the vendor has not processed it"
UNREADABLE = "unreadable: a repeatable call is repeated, another one fails"
NOTHING = "nothing is to be noticed"


@attrs.frozen(kw_only=True)
class Kind:
    """One sort of fault.

    Attributes:
        fault: What brings it about.
        what: What happens.
        expect: What an SDK may do about it.
        on: The calls that it fits, in words.
        calls: The vendors and calls that it fits; none for all.
        when: What else must be so.
        noticeable: Whether an SDK can notice it, where there is something to be noticed.
    """

    fault: Fault
    what: str
    expect: str
    on: str = "all calls"
    calls: tuple[str, ...] = ()
    when: When = lambda _: True
    noticeable: bool = True

    def fits(self, asked: Asked) -> bool:
        """Whether it can fall on a request."""
        return self.may_fit(asked.vendor, asked.operation) and self.when(asked)

    def may_fit(self, vendor: str | None, operation: str | None) -> bool:
        """Whether it can fall on a vendor's call; `None` stands for any."""
        if not self.calls or (vendor is None and operation is None):
            return True
        if operation is None:
            return any(call.partition(".")[0] == vendor for call in self.calls)
        return operation in self.calls or operation.partition(".")[0] in self.calls


def _answers_json(asked: Asked) -> bool:
    return asked.operation != CSV


def _answers_packed_json(asked: Asked) -> bool:
    return _answers_json(asked) and "gzip" in asked.request.headers.get("accept-encoding", "")


def _has_bearer(asked: Asked) -> bool:
    return asked.request.headers.get("authorization", "").lower().startswith("bearer ")


def _has_session(asked: Asked) -> bool:
    return asked.vendor == "es_loyalty" or "x-spaaza-session-key" in asked.request.headers


def _json(fault: Fault, what: str, expect: str = UNREADABLE, when: When = _answers_json) -> Kind:
    return Kind(fault=fault, what=what, expect=expect, on="all calls but the CSV", when=when)


def _voucherify(fault: Fault, what: str, expect: str) -> Kind:
    return Kind(fault=fault, what=what, expect=expect, on="Voucherify", calls=("voucherify",))


def _cursor(fault: Fault, what: str, expect: str, when: When = lambda _: True) -> Kind:
    on = "Voucherify's lists by id"
    return Kind(fault=fault, what=what, expect=expect, on=on, calls=VOUCHERIFY_LISTS, when=when)


def _offset(fault: Fault, what: str, expect: str, when: When = lambda _: True) -> Kind:
    on, calls = "Spaaza's vouchers", (SPAAZA_LIST,)
    return Kind(fault=fault, what=what, expect=expect, on=on, calls=calls, when=when)


KINDS: Mapping[FaultKind, Kind] = {
    # --- connections
    "refused": Kind(
        fault=OnWire(wire.refused),
        what="answers, then nothing listens for `outage` seconds: connections are refused",
        expect="the calls that follow never leave, and any of them is repeated",
    ),
    "reset_before_processing": Kind(
        fault=OnWire(wire.reset_before_processing),
        what="reads the request and resets the connection; the vendor never gets it",
        expect=REPEATED,
    ),
    "reset_before_answer": Kind(
        fault=OnWire(wire.reset_before_answer),
        what="has the vendor process the request and resets the connection",
        expect=REPEATED,
    ),
    "reset_in_body": Kind(
        fault=OnWire(wire.reset_in_body),
        what="resets the connection in the middle of the body",
        expect=f"{REPEATED}; a stream fails after the rows that came",
    ),
    "closed_in_body": Kind(
        fault=OnWire(wire.closed_in_body),
        what="closes the connection in good order in the middle of the body",
        expect=f"{REPEATED}; a stream fails after the rows that came",
    ),
    "body_stalls": Kind(
        fault=OnWire(wire.body_stalls),
        what="stops in the middle of the body, and closes the connection after `stall` seconds",
        expect="time-out, within the deadline; otherwise as a reset",
    ),
    "slow_first_byte": Kind(
        fault=OnWire(wire.slow_first_byte),
        what="holds the answer back for `slow` seconds",
        expect="the answer, or a time-out within the deadline",
    ),
    "headers_drip": Kind(
        fault=OnWire(wire.headers_drip),
        what="sends the head of the answer byte by byte, `drip` seconds apart",
        expect="the answer, or a time-out within the deadline",
    ),
    "body_drips": Kind(
        fault=OnWire(wire.body_drips),
        what="sends the body byte by byte, `drip` seconds apart",
        expect="the answer, or a time-out within the deadline; a stream only has an idle limit",
    ),
    # --- answers in the vendor's place
    "gateway": Kind(
        fault=Instead(refusals.gateway),
        what="a gateway's HTML page with 502, 503 or 504; the vendor never gets the request",
        expect=REPEATED,
    ),
    "gateway_after": Kind(
        fault=Afterwards(refusals.gateway),
        what="the same page, after the vendor has processed the request",
        expect=REPEATED,
    ),
    "server_error": Kind(
        fault=Instead(refusals.server_error),
        what="500 in the vendor's form, and nothing was processed",
        expect=REPEATED,
    ),
    "server_error_after": Kind(
        fault=Afterwards(refusals.server_error),
        what="500 in the vendor's form, after the vendor has processed the request",
        expect=REPEATED,
    ),
    "unavailable": Kind(
        fault=Instead(refusals.unavailable),
        what="503 in the vendor's form, and nothing was processed",
        expect=REPEATED,
    ),
    "too_many_requests": Kind(
        fault=Instead(refusals.too_many_requests),
        what="429 with a `Retry-After` of `wait` seconds",
        expect=f"{REPEATED_ALWAYS}, after the wait",
    ),
    "too_many_requests_date": Kind(
        fault=Instead(refusals.too_many_requests_date),
        what="429 with a `Retry-After` that is an HTTP date, `wait` seconds ahead",
        expect=f"{REPEATED_ALWAYS}, after the wait",
    ),
    "too_many_requests_absurd": Kind(
        fault=Instead(refusals.too_many_requests_absurd),
        what="429 with a `Retry-After` of `absurd_wait` seconds",
        expect="fails at once, the wait in the error",
    ),
    "too_many_requests_moment": _voucherify(
        Instead(refusals.too_many_requests_moment),
        what="429 without `Retry-After`: `X-Rate-Limit-Retry` is the Unix time to wait for",
        expect=f"{REPEATED_ALWAYS}, after the wait",
    ),
    "cycle_used_up": _voucherify(
        Instead(refusals.cycle_used_up),
        what="429 with `X-Rate-Limit-Retry` and `X-Rate-Limit-Type: api_calls_cycle`",
        expect="fails at once: waiting does not help",
    ),
    "redirected": Kind(
        fault=Instead(refusals.redirected),
        what="3xx to another host, which records what it gets: `sandbox.strayed`",
        expect="fails; nothing is sent to the other host",
    ),
    "business_401": Kind(
        fault=Instead(refusals.business_401),
        what="401 with `API_VALIDATION`: a rule of the business, not of the token",
        expect="fails at once, the token is kept",
        on="ES Loyalty, but for tokens",
        calls=("es_loyalty",),
        when=lambda asked: asked.operation != "es_loyalty.token",
    ),
    "bad_credentials_500": Kind(
        fault=Instead(refusals.bad_credentials_500),
        what="500, as Cardlytics answers bad credentials",
        expect="fails as a 500 does, in the end",
        on="Cardlytics' tokens",
        calls=("cardlytics.get-token",),
    ),
    "error_in_200": Kind(
        fault=Instead(refusals.error_in_200),
        what="Spaaza's error 68 with status 200",
        expect="fails at once, as under its own status",
        on="Spaaza",
        calls=("spaaza",),
    ),
    "error_in_500": Kind(
        fault=Instead(refusals.error_in_500),
        what="Spaaza's error 68 with status 500",
        expect="fails at once: the error has a name, and is no failure of the server",
        on="Spaaza",
        calls=("spaaza",),
    ),
    # --- answers that are wrong, or right in an unexpected way
    "truncated_json": _json(
        Changed(content.truncated_json),
        what="JSON that ends in the middle, with 200 and a length that fits it",
    ),
    "html_in_200": _json(
        Changed(content.html_in_200),
        what="an HTML page with 200, as of a network that wants a login",
    ),
    "wrong_content_type": _json(
        Changed(content.wrong_content_type),
        what="the right JSON, said to be `text/html`",
        expect=f"read all the same, or {UNREADABLE}",
    ),
    "invalid_utf8": _json(Changed(content.invalid_utf8), what="bytes in a text that are no UTF-8"),
    "nan": _json(Changed(content.nan), what="`NaN` for a number"),
    "long_number": _json(
        Changed(content.long_number),
        what="30 digits for a number that is neither an identifier nor a count of rows",
        expect="read exactly, or an error that names its path",
    ),
    "deep_nesting": _json(
        Changed(content.deep_nesting),
        what="lists nested `depth` deep in an unknown field",
        expect=f"left out of account, or {UNREADABLE}",
    ),
    "too_large": _json(
        Changed(content.too_large),
        what="the right JSON behind white space, `large` bytes in all",
        expect="fails at once: too large",
    ),
    "gzip_bomb": _json(
        Changed(content.gzip_bomb),
        what="the same, compressed to a thousandth; only where gzip is accepted",
        expect="fails at once: too large",
        when=_answers_packed_json,
    ),
    "unknown_fields": _json(
        Changed(content.unknown_fields),
        what="one more field in each object of the answer",
        expect=NOTHING,
    ),
    "unknown_enums": _json(
        Changed(content.unknown_enums),
        what="an unknown value wherever the documents list the known ones",
        expect=NOTHING,
    ),
    # --- what happens at the vendor between two requests
    "token_expires": Kind(
        fault=Before(state.token_expires),
        what="all OAuth tokens of the vendor end",
        expect="one new token, and any call is sent once more",
        on="calls with an OAuth token",
        calls=("es_loyalty", "voucherify"),
        when=_has_bearer,
    ),
    "session_vanishes": Kind(
        fault=Before(state.session_vanishes),
        what="all sessions of the vendor end",
        expect="fails at once, named as what it is; a walk carries its cursor",
        on="calls in a session",
        calls=(
            "es_loyalty.list-issuances",
            "es_loyalty.list-badges",
            "es_loyalty.upcoming-point-sweep",
            ES_LOYALTY_LIST,
            "spaaza",
        ),
        when=_has_session,
    ),
    "customer_token_expires": Kind(
        fault=Before(state.customer_token_expires),
        what="all customers' tokens of Cardlytics end: 403",
        expect="fails at once, named as what it is",
        on="Cardlytics' redemptions",
        calls=("cardlytics.get-redemptions",),
    ),
    "items_inserted": _offset(
        Before(state.items_inserted),
        what="`items` new vouchers join the list between two of its pages",
        expect="an anchored walk has all that was there throughout; a fast one may repeat rows",
        when=state.is_walked_on,
    ),
    "items_removed": _offset(
        Before(state.items_removed),
        what="`items` vouchers leave the list between two of its pages",
        expect="an anchored walk has all that was there throughout; a fast one may miss rows",
        when=state.is_walked_on,
    ),
    # --- pages
    "cursor_repeats": _cursor(
        Changed(paging.leads_back(1)),
        what="the cursor of the next page is that of this one",
        expect="an error with the cursor to go on from",
        when=paging.is_behind(1),
    ),
    "cursor_cycle_2": _cursor(
        Changed(paging.leads_back(2)),
        what="the cursor of the next page is that of the page before",
        expect="an error with the cursor to go on from",
        when=paging.is_behind(2),
    ),
    "cursor_cycle_3": _cursor(
        Changed(paging.leads_back(3)),
        what="the cursor of the next page is that of the page before the one before",
        expect="an error with the cursor to go on from",
        when=paging.is_behind(3),
    ),
    "cursor_missing": _cursor(
        Changed(paging.cursor_missing),
        what="`has_more`, and no `more_starting_after`",
        expect="goes on behind the last row, as the documents say",
    ),
    "short_page": Kind(
        fault=Changed(paging.short_page),
        what="the second half of a page is missing; its cursor or total says how to go on",
        expect="goes on where the page ended, not where it should have ended",
        on="Voucherify's lists by id, ES Loyalty's history, Spaaza's vouchers",
        calls=(*VOUCHERIFY_LISTS, ES_LOYALTY_LIST, SPAAZA_LIST),
    ),
    "empty_page": _cursor(
        Changed(paging.empty_page),
        what="no rows, `has_more`, and a cursor right before the rows that are missing",
        expect="goes on with the cursor",
    ),
    "empty_page_without_cursor": _cursor(
        Changed(paging.empty_page_without_cursor),
        what="no rows, `has_more`, and no cursor",
        expect="an error with the cursor to go on from",
    ),
    "empty_page_under_total": _offset(
        Changed(paging.without_rows),
        what="no rows before `results_count_total` is reached",
        expect="asked for again, or an error: the total says that it is not the end",
    ),
    "empty_page_as_end": Kind(
        fault=Changed(paging.without_rows),
        what="no rows in the middle of the history; only in plans that name it",
        expect="taken for the end: it cannot be told from it",
        on="ES Loyalty's history",
        calls=(ES_LOYALTY_LIST,),
        noticeable=False,
    ),
}


def table() -> str:
    """All faults as a table in Markdown, as it stands in the documentation."""
    rows = [("fault", "what happens", "fits", "what an SDK may do about it"), ("---",) * 4]
    rows.extend((f"`{name}`", kind.what, kind.on, kind.expect) for name, kind in KINDS.items())
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
