"""The CSV form of get-vouchers: rows made one after the other, never all of them at once.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import cycle, islice

from ..switches import Switches
from ..synthetic import dice
from ..wire import Pairs, Response
from .vouchers import Amount, Json, User, Voucher, iso

AUTHENTICATION_POINT = "customer_authentication_point_identifier"
COLUMNS = (
    "voucher_id",
    "voucher_key",
    "voucher_status",
    "type",
    "voucher_created_datetime",
    "voucher_expiry_datetime",
    "voucher_redeemed_datetime",
    "voucher_locked",
    "voucher_locked_until_datetime",
    "voucher_retailer_basket_code_exclusive",
    "voucher_amount",
    "voucher_amount_redeemed",
    "voucher_text",
    "voucher_currency_code",
    "voucher_currency_symbol",
    "campaign_id",
    "campaign_type",
    "campaign_title",
    "customer_spaaza_user_id",
    "customer_member_number",
    AUTHENTICATION_POINT,
    "customer_username",
    "customer_first_name",
    "customer_last_name",
    "customer_mailing_list_subscribed",
    "customer_printed_mailing_list_subscribed",
    "voucher_redeeming_basket_id",
    "voucher_redeeming_basket_retailer_basket_code",
    "voucher_redeeming_basket_platform_type",
    "voucher_redeeming_basket_branch_business_id",
    "voucher_redeeming_basket_branch_business_owner_code",
    "voucher_redeeming_basket_total_value",
    "voucher_locking_code",
    "voucher_honour_code",
    "voucher_title",
    "voucher_description",
    "voucher_image_url",
    "voucher_discount_ratio",
    "customer_country_code",
    "customer_language",
)
# The sample quotes these whatever is in them.
ALWAYS_QUOTED = frozenset(
    (
        "campaign_title",
        "voucher_honour_code",
        "voucher_title",
        "voucher_description",
        "voucher_image_url",
        "customer_country_code",
        "customer_language",
    )
)
# What the parts of a redeeming basket are called in the JSON form.
_BASKET_NAMES = {
    "basket_id": "basket_id",
    "basket_retailer_basket_code": "retailer_basket_code",
    "basket_platform_type": "basket_platform_type",
    "basket_branch_business_id": "branch_business_id",
    "basket_branch_business_owner_code": "branch_business_owner_code",
    "basket_total_value": "basket_total_value",
}
SPECIAL = frozenset(',"\r\n\u2028\u2029')
BOM = b"\xef\xbb\xbf"
GZIP = 31
PIECE = 16_384
PATTERNS = 60

_ID, _KEY = "\ue000", "\ue001"


def csv_response(rows: Iterable[str], switches: Switches, accepted: str) -> Response:
    """The download.

    Args:
        rows: The lines, the header first.
        switches: The current switches.
        accepted: What the request's Accept-Encoding says.
    """
    headers: Pairs = (
        ("Content-Type", "application/force-download"),
        ("Content-Disposition", 'attachment; filename="vouchers.csv"'),
    )
    pieces = _pieces(rows, BOM if switches.spaaza_csv_bom else b"")
    if switches.spaaza_csv_gzip and _accepts_gzip(accepted):
        headers = (*headers, ("Content-Encoding", "gzip"))
        pieces = _compressed(pieces)
    return Response(headers=headers, body=pieces)


def voucher_rows(
    vouchers: Iterable[Voucher], columns: Sequence[str], now: datetime
) -> Iterator[str]:
    """The header and one line for each voucher."""
    yield _line(columns)
    for voucher in vouchers:
        yield _row(voucher, columns, now)


def synthetic_rows(
    patterns: Sequence[Voucher], columns: Sequence[str], now: datetime, *, first: int, count: int
) -> Iterator[str]:
    """The header and so many lines that are nobody's vouchers.

    Args:
        patterns: Vouchers that the lines resemble in turn, some of them, but for id and key.
        columns: The columns.
        now: The current moment.
        first: The first identifier.
        count: How many lines there are.
    """
    yield _line(columns)
    spread = patterns[:: len(patterns) // PATTERNS + 1]
    chosen = spread or [Voucher(voucher_id=first, chain_id=0, created_at=now, expires_at=now)]
    start = first % len(chosen)
    lines = [_row(one, columns, now, identity=(_ID, _KEY)) for one in chosen]
    turns = islice(cycle(lines), start, None)
    for number in range(first, first + count):
        # Twenty times as fast as making each line anew.
        line = next(turns)
        yield line.replace(_ID, str(number)).replace(_KEY, f"{number:064x}")


def columns_for(switches: Switches) -> tuple[str, ...]:
    """The columns in the order in which they are sent."""
    columns = [
        name
        for name in COLUMNS
        if name != AUTHENTICATION_POINT or switches.spaaza_csv_authentication_point
    ]
    if switches.spaaza_csv_columns == "shuffled":
        dice(0, "spaaza-csv-columns").shuffle(columns)
    extra = (f"sandbox_extra_{one + 1}" for one in range(switches.spaaza_csv_extra_columns))
    return (*columns, *extra)


def _pieces(rows: Iterable[str], start: bytes) -> Iterator[bytes]:
    # The first row goes out at once; all of them one by one would be too slow.
    remaining = iter(rows)
    yield start + "".join(islice(remaining, 2)).encode()
    waiting: list[str] = []
    size = 0
    for row in remaining:
        waiting.append(row)
        size += len(row)
        if size >= PIECE:
            yield "".join(waiting).encode()
            waiting.clear()
            size = 0
    if waiting:
        yield "".join(waiting).encode()


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(level=1, wbits=GZIP)
    for piece in pieces:
        yield compressor.compress(piece) + compressor.flush(zlib.Z_SYNC_FLUSH)
    yield compressor.flush()


def _accepts_gzip(accepted: str) -> bool:
    return any(
        one.partition(";")[0].strip().lower() in ("gzip", "*") for one in accepted.split(",")
    )


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\n"


def _row(
    voucher: Voucher,
    columns: Sequence[str],
    now: datetime,
    identity: tuple[str, str] | None = None,
) -> str:
    cells = _cells(voucher, now)
    if identity is not None:
        cells["voucher_id"], cells["voucher_key"] = identity
    extra = f"extra, of {voucher.kind}"
    return _line(_cell(name, cells.get(name, extra)) for name in columns)


def _cell(column: str, text: str) -> str:
    if not text or (column not in ALWAYS_QUOTED and SPECIAL.isdisjoint(text)):
        return text
    return '"' + text.replace('"', '""') + '"'


def _cells(voucher: Voucher, now: datetime) -> dict[str, str]:
    campaign = voucher.campaign
    ratio = f"{voucher.voucher_id % 50 / 100:.2f}" if voucher.kind == "basket_pct" else ""
    return {
        "voucher_id": str(voucher.voucher_id),
        "voucher_key": voucher.key,
        "voucher_status": voucher.status,
        "type": voucher.kind,
        "voucher_created_datetime": iso(voucher.created_at),
        "voucher_expiry_datetime": iso(voucher.expires_at),
        "voucher_redeemed_datetime": _moment(voucher.redeemed_at),
        "voucher_locked": _flag(voucher.locked(now)),
        "voucher_locked_until_datetime": _moment(voucher.locked_until),
        "voucher_retailer_basket_code_exclusive": _basket_code(voucher),
        "voucher_amount": _money(voucher.amount),
        "voucher_amount_redeemed": _money(voucher.amount_redeemed),
        "voucher_text": voucher.text or "",
        # As in the sample, a voucher without a value has a currency and no sign.
        "voucher_currency_code": "EUR",
        "voucher_currency_symbol": "€" if voucher.euros else "",
        "campaign_id": "" if campaign is None else str(campaign.campaign_id),
        "campaign_type": "" if campaign is None else campaign.campaign_type,
        "campaign_title": "" if campaign is None else campaign.title,
        **_customer(voucher.user),
        **_basket(voucher.basket),
        "voucher_locking_code": "sandbox-lock" if voucher.locked_until else "",
        "voucher_honour_code": voucher.honour_code or "",
        "voucher_title": "Sandbox voucher",
        "voucher_description": voucher.description,
        "voucher_image_url": "https://images.sandbox.example.com/voucher.png",
        "voucher_discount_ratio": ratio,
    }


def _customer(user: User | None) -> dict[str, str]:
    if user is None:
        return {name: "" for name in COLUMNS if name.startswith("customer_")}
    full = not user.sparse
    return {
        "customer_spaaza_user_id": str(user.user_id),
        "customer_member_number": user.member_number or "",
        AUTHENTICATION_POINT: user.authentication_point_identifier or "",
        "customer_username": user.username,
        "customer_first_name": user.first_name,
        "customer_last_name": user.last_name,
        "customer_mailing_list_subscribed": _flag(user.user_id % 3 == 0) if full else "",
        "customer_printed_mailing_list_subscribed": _flag(False) if user.user_id % 5 == 0 else "",
        "customer_country_code": "NL" if full else "",
        "customer_language": "nl-NL" if full else "",
    }


def _basket(basket: Json | list[object] | None) -> dict[str, str]:
    known = basket if isinstance(basket, dict) else {}
    return {
        f"voucher_redeeming_{column}": str(known.get(name, ""))
        for column, name in _BASKET_NAMES.items()
    }


def _basket_code(voucher: Voucher) -> str:
    return f"promotion, {voucher.voucher_id % 100}" if voucher.voucher_id % 17 == 0 else ""


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else iso(moment)


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _money(amount: Amount) -> str:
    if amount is None:
        return ""
    return "0" if amount == 0 else f"{Decimal(str(amount)):.2f}"
