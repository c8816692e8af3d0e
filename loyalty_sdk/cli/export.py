"""`loyalty-sdk export`: vendors' lists into files; a subcommand for each row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import attrs
import click

from loyalty_sdk.cli.told import Told, as_json
from loyalty_sdk.cli.vendors import VENDORS
from loyalty_sdk.errors import LoyaltyError, UsageError
from loyalty_sdk.export import export as export_rows
from loyalty_sdk.export import join
from loyalty_sdk.export.formats import FormatName
from loyalty_sdk.wallet import VendorName


@attrs.frozen
class Rows:
    """Something that can be exported.

    Attributes:
        vendor: Whose it is.
        about: What it is.
        source: What `export()` takes, given the client and what is `of`.
        of: What it must be told: the option's name, none where there is nothing to tell.
    """

    vendor: VendorName
    about: str
    source: Callable[[Any, str], Any]
    of: str | None = None


def _csv(spaaza: Any, chain: str) -> Any:
    def opened(at: str | None) -> Any:
        return spaaza.vouchers.stream_csv(chain, results_offset=int(at or 0))

    return opened


def _transactions(es: Any, account: str) -> Any:
    return es.transactions.history(es.sessions.start(account).correlation_id)


EXPORTS: Mapping[str, Rows] = {
    "vouchers": Rows(
        "spaaza",
        "unredeemed and unexpired vouchers of a chain",
        lambda spaaza, chain: spaaza.vouchers.list(chain),
        "chain",
    ),
    "vouchers-csv": Rows("spaaza", "the same, by Spaaza's CSV", _csv, "chain"),
    "redeemables": Rows(
        "voucherify",
        "everything redeemable that a customer holds",
        lambda voucherify, customer: voucherify.customers.list_redeemables(customer),
        "customer",
    ),
    "campaigns": Rows("voucherify", "campaigns", lambda it, _: it.campaigns.list()),
    "customers": Rows("voucherify", "customers", lambda it, _: it.customers.list()),
    "orders": Rows("voucherify", "orders", lambda it, _: it.orders.list()),
    "publications": Rows("voucherify", "publications", lambda it, _: it.publications.list()),
    "redemptions": Rows("voucherify", "redemptions", lambda it, _: it.redemptions.list()),
    "voucherify-vouchers": Rows("voucherify", "all vouchers", lambda it, _: it.vouchers.list()),
    "transactions": Rows("es_loyalty", "transactions of an account", _transactions, "account"),
}


@click.group()
def export() -> None:
    """Write a vendor's list into a folder of files; run again, it goes on where it stopped."""


_OPTIONS = (
    click.Option(
        ["--format"],
        type=click.Choice(get_args(FormatName)),
        help="What the files are; by the ending of PATH unless given.",
    ),
    click.Option(
        ["--part-rows"],
        type=click.IntRange(1),
        default=100_000,
        show_default=True,
        help="Rows in a file.",
    ),
    click.Option(
        ["--progress/--no-progress"],
        default=None,
        help="A progress bar; on a terminal unless said otherwise.",
    ),
    click.Option(
        ["--join", "one_file"],
        type=click.Path(dir_okay=False, path_type=Path),
        help="Make one file of the parts, too.",
    ),
    click.Option(["--json", "json_wanted"], is_flag=True, help="The result as a line of JSON."),
)


def _run(
    rows: Rows, path: Path, one_file: Path | None, json_wanted: bool, of: str = "", **options: Any
) -> None:
    label = f"{rows.of} {of}" if rows.of else None
    try:
        with VENDORS[rows.vendor].client() as client:
            done = export_rows(rows.source(client, of), path, label=label, **options)
        joined = None if one_file is None else str(join(path, one_file))
    except UsageError:
        raise
    except LoyaltyError as error:
        raise Told(error, "run the same again: it goes on behind what came") from None
    if json_wanted:
        parts = [str(part) for part in done.parts]
        told = {"path": str(path), "format": done.format, "rows": done.rows, "parts": parts}
        as_json({**told, "joined": joined})
    else:
        click.echo(f"{done.rows} rows in {len(done.parts)} files in {joined or path}")


def _command(name: str, rows: Rows) -> click.Command:
    path = click.Argument(["path"], type=click.Path(file_okay=False, path_type=Path))
    title = VENDORS[rows.vendor].title
    of = [click.Option([f"--{rows.of}", "of"], required=True, help=f"Whose: the {rows.of}'s id.")]

    def run(**given: Any) -> None:
        _run(rows, **given)

    said = f"{title}: {rows.about}, into the folder PATH, named as a file: {name}.parquet."
    return click.Command(
        name,
        callback=run,
        params=[path, *(of if rows.of else ()), *_OPTIONS],
        help=said,
        short_help=f"{title}: {rows.about}",
    )


for _name, _rows in EXPORTS.items():
    export.add_command(_command(_name, _rows))
