"""`loyalty-sdk wallet`: what one member has with the vendors."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from typing import Any, get_args

import attrs
import click

from loyalty_sdk._core.reading.shown import text_table
from loyalty_sdk.cli.told import FAILED, PARTLY, as_json, warn, words_of
from loyalty_sdk.cli.vendors import VENDORS
from loyalty_sdk.errors import LoyaltyError
from loyalty_sdk.es_loyalty import IdentifierType
from loyalty_sdk.wallet import Found, Member, VendorName, Wallet

_NAMES: dict[VendorName, str] = {"es_loyalty": "es"}


@click.command()
@click.option("--es", "es_identifier", metavar="ID", help="ES Loyalty: the account's id.")
@click.option(
    "--es-type",
    "es_identifier_type",
    type=click.Choice(get_args(IdentifierType)),
    help="What kind of identifier that is; ACCOUNT_ID unless given.",
)
@click.option(
    "--voucherify", "voucherify_customer", metavar="ID", help="Voucherify: id or source id."
)
@click.option(
    "--cardlytics", "cardlytics_customer", metavar="ID", help="Cardlytics: your id of the customer."
)
@click.option("--cardlytics-channel", type=int, help="The channel id; its server requires it.")
@click.option("--cardlytics-location", type=int, help="The location id; its server requires it.")
@click.option("--spaaza-chain", type=int, help="Spaaza: the chain, and one of the next three.")
@click.option("--spaaza-user-id", type=int, help="The user's id.")
@click.option("--spaaza-username", help="Or the e-mail address.")
@click.option("--spaaza-member-number", help="Or the member number.")
@click.option("--activity", is_flag=True, help="What happened, in place of what the member holds.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="Activity from then on only, in UTC.",
)
@click.option(
    "--within", type=click.IntRange(1, 36500), metavar="DAYS", help="Only what expires by then."
)
@click.option(
    "--deadline",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds that all may take.",
)
@click.option(
    "--at-most",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="How many rows of each vendor.",
)
@click.option("--json", "json_wanted", is_flag=True, help="A line of JSON in place of a table.")
@click.pass_context
def wallet(
    ctx: click.Context,
    /,
    cardlytics_channel: int | None,
    cardlytics_location: int | None,
    activity: bool,
    since: datetime | None,
    within: int | None,
    deadline: float,
    at_most: int,
    json_wanted: bool,
    **known_by: Any,
) -> None:
    """What a member holds with each vendor, or did; all vendors are asked at once.

    Say how each vendor knows the member; a vendor about which nothing is said is not asked. One
    that fails is told on standard error and costs its own rows only: the exit status is then 3, or
    1 where none answered.
    """
    if (activity and within) or (since and not activity):
        raise click.UsageError("--since goes with --activity, and --within without it")
    member = Member(**{name: value for name, value in known_by.items() if value is not None})
    if not member.known_to:
        raise click.UsageError("say how a vendor knows the member, such as --voucherify ID")
    errors: dict[VendorName, Exception] = {}
    with ExitStack() as stack:
        asked = Wallet(
            **_clients(member, stack, errors),
            cardlytics_channel_id=cardlytics_channel,
            cardlytics_location_id=cardlytics_location,
            deadline=deadline,
            at_most=at_most,
        )
        found = _ask(asked, member, activity, since, within)
    errors |= found.errors
    _show(found, errors, "activity" if activity else "rewards", json_wanted)
    if errors:
        ctx.exit(FAILED if len(errors) == len(member.known_to) else PARTLY)


def _clients(
    member: Member, stack: ExitStack, errors: dict[VendorName, Exception]
) -> dict[str, Any]:
    """The clients of those who know the member; an error where there can be none."""
    clients: dict[str, Any] = {}
    for vendor in member.known_to:
        try:
            client = VENDORS[vendor].client()
        except LoyaltyError as error:
            errors[vendor] = error
        else:
            clients[_NAMES.get(vendor, vendor)] = stack.enter_context(client)
    return clients


def _ask(
    asked: Wallet, member: Member, activity: bool, since: datetime | None, within: int | None
) -> Found[Any]:
    if activity:
        start = None if since is None else since.replace(tzinfo=timezone.utc)
        return asked.activity(member, since=start)
    if within is not None:
        return asked.expiring(member, within=timedelta(days=within))
    return asked.rewards(member)


def _show(
    found: Found[Any], errors: dict[VendorName, Exception], name: str, json_wanted: bool
) -> None:
    if json_wanted:
        told = {vendor: words_of(error) for vendor, error in errors.items()}
        rows = [attrs.asdict(row, recurse=False) for row in found]
        as_json({name: rows, "asked": found.asked, "more": sorted(found.more), "errors": told})
    elif found:
        click.echo(text_table(list(found.items[0].columns), [row.cells() for row in found]))
    for vendor in sorted(found.more):
        warn(f"{vendor}: there may be more")
    for vendor, error in errors.items():
        warn(f"{vendor}: {words_of(error)}")
    if not found and not errors:
        warn(f"nothing from {', '.join(found.asked)}")
