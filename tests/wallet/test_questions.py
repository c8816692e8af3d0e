"""What a wallet can be asked, against the sandbox, with any of the vendors."""

from __future__ import annotations

import inspect
import itertools
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import attrs
import pytest

from .party import VENDORS, member_of

ROOT = Path(__file__).parent.parent.parent
SUBSETS = [few for count in (1, 2, 4) for few in itertools.combinations(VENDORS, count)]


@pytest.mark.parametrize("few", SUBSETS, ids="+".join)
def test_any_of_the_vendors(party, few):
    """Whoever has a client is asked, and nobody else."""
    found = party.colour(party.wallet(*few).rewards(party.member))
    assert found.asked == few
    assert {reward.vendor for reward in found} == set(few)
    assert found.errors == {}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_that_does_not_know_the_member_is_not_asked(party, vendor):
    """A missing identifier is no error."""
    own = {"es_loyalty": "es", "voucherify": "voucherify", "cardlytics": "cardlytics"}
    fields = attrs.fields_dict(type(party.member))
    prefix = own.get(vendor, vendor)
    gone = {name: None for name in fields if name.startswith(prefix) and "type" not in name}
    stranger = attrs.evolve(party.member, **gone)
    party.sandbox.forget_requests()
    found = party.colour(party.wallet().rewards(stranger))
    assert found.asked == tuple(one for one in VENDORS if one != vendor)
    assert not [one for one in party.sandbox.requests if one.vendor.replace("-", "_") == vendor]


def test_rewards_are_of_all_statuses_newest_first(party):
    """What is used or expired is among them."""
    found = party.colour(party.wallet().rewards(party.member))
    assert {"available", "used", "expired", "blocked", "not_yet"} <= {it.status for it in found}
    issued = [it.issued for it in found if it.issued is not None]
    assert issued == sorted(issued, reverse=True)


def test_activities_since(party):
    """What is known to be older is left out."""
    wallet, since = party.wallet(), datetime.now(timezone.utc) - timedelta(days=20)
    everything = party.colour(wallet.activity(party.member))
    lately = party.colour(wallet.activity(party.member, since=since))
    assert 0 < len(lately) < len(everything)
    assert all(it.when is None or it.when >= since for it in lately)
    assert {it.kind for it in everything} >= {"earned", "redeemed", "reversed", "transferred"}


def test_expiring_soonest_first(party):
    """Only what can still be used and will expire in that time."""
    within = timedelta(days=60)
    found = party.colour(party.wallet().expiring(party.member, within=within))
    end = datetime.now(timezone.utc) + within
    assert found.items
    assert [it.expires for it in found] == sorted(it.expires for it in found)
    assert all(it.expires <= end and it.status not in ("used", "expired") for it in found)


def test_nobody_holds_nothing(party):
    """A member with nothing is no error anywhere."""
    found = party.colour(party.wallet().rewards(member_of(party.sandbox, "empty")))
    assert found.items == ()
    assert found.is_whole


def test_help_shows_what_a_question_gives(party):
    """The answer's type stands in the signature, and the wallet says whose it is."""
    wallet = party.wallet("spaaza", "voucherify")
    shown = str(inspect.signature(wallet.expiring))
    assert shown == "(member: Member, *, within: timedelta) -> Found[Reward]"
    kind = party.colour.pick("", "Async")
    streamed = str(inspect.signature(wallet.streamed.activity))
    gives = f"Abstract{kind}ContextManager[{kind}Iterator[Batch[Activity]]]"
    assert streamed.endswith(f"-> {gives}")
    assert wallet.rewards.__doc__ == type(wallet).rewards.__doc__
    assert repr(wallet) == f"<{kind}Wallet of voucherify, spaaza>"
    assert repr(wallet.streamed) == "<Questions of voucherify, spaaza>"
    assert repr(type(wallet)()) == f"<{kind}Wallet of no vendor>"


@pytest.mark.parametrize(
    ("program", "loaded"),
    [
        ("import loyalty_sdk", "[]"),
        ("from loyalty_sdk.wallet import Wallet, Member; Wallet()", "['loyalty_sdk.wallet']"),
    ],
)
def test_what_is_not_used_is_not_loaded(program, loaded):
    """The front door loads no wallet, and the blocking wallet neither a vendor nor asyncio."""
    names = ["asyncio", "loyalty_sdk.wallet", *(f"loyalty_sdk.{vendor}" for vendor in VENDORS)]
    hidden = "sys.modules['tornado'] = None"  # tenacity loads it, and it loads asyncio
    asked = f"import sys; {hidden}; {program}; print(sorted({{*{names}}} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == loaded
