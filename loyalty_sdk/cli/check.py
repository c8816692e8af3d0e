"""`loyalty-sdk check`: whether the vendors know who asks, by one harmless read each."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import click

from loyalty_sdk.cli.told import FAILED, as_json, words_of
from loyalty_sdk.cli.vendors import VENDORS
from loyalty_sdk.errors import (
    APIError,
    LoyaltyError,
    NotFound,
    PermissionDenied,
    TransportError,
    Unauthorized,
    UsageError,
)
from loyalty_sdk.es_loyalty import SessionNotFound
from loyalty_sdk.wallet import VendorName


@attrs.frozen
class Probe:
    """A read that changes nothing.

    Attributes:
        read: Asks it.
        refusals: A refusal that proves all the same that the vendor knows who asks: it speaks of
            what was asked for, with a word of the vendor's own.
        remark: What such a refusal leaves open.
    """

    read: Callable[[Any], object]
    refusals: type[APIError]
    remark: str = ""


# No vendor documents a call that does nothing but check credentials. What is asked for here cannot
# exist (a session, a customer), or is the least that there is (a campaign).
PROBES: Mapping[VendorName, Probe] = {
    "es_loyalty": Probe(
        lambda es: es.transactions.history(uuid.uuid4(), limit=1).first(), SessionNotFound
    ),
    "voucherify": Probe(
        lambda voucherify: voucherify.campaigns.list(limit=1).first(),
        PermissionDenied,
        "the keys may not read campaigns",
    ),
    "cardlytics": Probe(
        lambda cardlytics: cardlytics.tokens.get(f"loyalty-sdk-check-{uuid.uuid4()}"), NotFound
    ),
    "spaaza": Probe(
        lambda spaaza: spaaza.vouchers.list(1, number_results=1).first(),
        PermissionDenied,
        "whether it may read your chain is not known: --spaaza-chain asks",
    ),
}


@attrs.frozen(kw_only=True)
class Checked:
    """What came of a vendor.

    Attributes:
        vendor: The vendor.
        ok: Whether it knows who asks.
        problem: What is wrong.
        advice: What to do, or what remains to be known.
    """

    vendor: VendorName
    ok: bool
    problem: str = ""
    advice: str = ""


@click.command()
@click.argument("vendors", nargs=-1, type=click.Choice(list(VENDORS)), metavar="[VENDOR]...")
@click.option("--spaaza-chain", type=int, help="A chain that Spaaza's token should read.")
@click.option(
    "--deadline",
    type=click.FloatRange(0, min_open=True),
    default=20.0,
    show_default=True,
    help="Seconds that a vendor may take.",
)
@click.option("--json", "json_wanted", is_flag=True, help="The result as a line of JSON.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    vendors: tuple[VendorName, ...],
    spaaza_chain: int | None,
    deadline: float,
    json_wanted: bool,
) -> None:
    """Try the credentials of vendors by one read each that changes nothing.

    VENDOR is es_loyalty, voucherify, cardlytics or spaaza; without any, those are tried that the
    environment has something about. The exit status is 0 when all know who asks, else 1.
    """
    named = vendors or tuple(name for name, each in VENDORS.items() if each.is_configured)
    if not named:
        variables = ", ".join(each.variables[0] for each in VENDORS.values())
        raise click.UsageError(f"no vendor is in the environment: {variables} and their like")
    probes = dict(PROBES)
    if spaaza_chain is not None:
        # Spaaza's own word is the same for a chain that is not there and one that is not ours.
        probes["spaaza"] = Probe(
            lambda spaaza: spaaza.vouchers.list(spaaza_chain, number_results=1).first(), _Never
        )
    checked = [_checked(name, probes[name], deadline) for name in dict.fromkeys(named)]
    if json_wanted:
        as_json({"vendors": [attrs.asdict(each) for each in checked]})
    else:
        click.echo("\n".join(map(_line, checked)))
    if not all(each.ok for each in checked):
        ctx.exit(FAILED)


class _Never(APIError):
    """No refusal is as good as an answer."""


def _checked(vendor: VendorName, probe: Probe, deadline: float) -> Checked:
    try:
        with VENDORS[vendor].client(deadline=deadline) as client:
            probe.read(client)
    except probe.refusals as error:
        if error.code is not None:
            return Checked(vendor=vendor, ok=True, advice=probe.remark)
        return _failed(vendor, error)
    except LoyaltyError as error:
        return _failed(vendor, error)
    return Checked(vendor=vendor, ok=True)


def _failed(vendor: VendorName, error: LoyaltyError) -> Checked:
    return Checked(vendor=vendor, ok=False, problem=words_of(error), advice=_advice(vendor, error))


def _advice(vendor: VendorName, error: LoyaltyError) -> str:
    """What to do about an error, as far as it does not say so itself."""
    variables = ", ".join(VENDORS[vendor].variables)
    if isinstance(error, Unauthorized):
        return f"look at {variables}"
    if isinstance(error, PermissionDenied):
        return "the vendor knows who asks, and refuses: ask it for the permission"
    if isinstance(error, NotFound) or (isinstance(error, APIError) and error.status < 400):
        return f"another server may be there: look at {vendor.upper()}_BASE_URL"
    if isinstance(error, UsageError):
        return f"it reads {variables}"
    if isinstance(error, TransportError):
        return f"look at {vendor.upper()}_BASE_URL, the network and the proxy"
    return "the vendor is in trouble, or another server is in its place: try again later"


def _line(checked: Checked) -> str:
    title = VENDORS[checked.vendor].title
    said = "ok" if checked.ok else checked.problem
    return f"{title}: {said}" + (f" - {checked.advice}" if checked.advice else "")
