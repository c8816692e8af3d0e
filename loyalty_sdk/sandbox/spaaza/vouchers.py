"""Synthetic vouchers, users and campaigns, and how Spaaza shows them.

https://docs.spaaza.com/api/get-vouchers
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Literal

import attrs

from .answers import Version

Json = dict[str, object]
Status = Literal["generated", "claimed", "redeemed"]
Kind = Literal["basket", "basket_pct", "honour", "basket_fixed_unit"]
Amount = int | float | str | None

NESTED_CAMPAIGN_SINCE: Version = (1, 6, 5)
MAX_ASSIGNMENTS = 500

# Each is a way in which a naive reader of CSV goes wrong.
_DESCRIPTIONS = (
    "A synthetic voucher, good for nothing",
    'A "synthetic" voucher',
    "A voucher\nof two lines, synthetic",
    "A voucher\r\nof two lines from Windows",
    "A voucher of two\u2028separated lines",
    "Ein künstlicher Gutschein 漢字 🎁",
    "A plain voucher",
)


@attrs.frozen(kw_only=True)
class User:
    """One synthetic user.

    Attributes:
        sparse: Whether only the names are known, and all else is null.
        added_at: When somebody added them.
        written: What was written down of them since, by the vendor's names.
    """

    user_id: int
    username: str
    member_number: str | None
    authentication_point_identifier: str | None
    first_name: str = "Sandbox"
    last_name: str = "Person"
    sparse: bool = False
    added_at: datetime | None = None
    written: Json = attrs.field(factory=dict[str, object])

    @property
    def auxiliary_identifier(self) -> str | None:
        """One more identifier."""
        given = self.written.get("auxiliary_identifier")
        return str(given) if given is not None else None if self.sparse else f"aux-{self.user_id}"

    @property
    def referral_code(self) -> str:
        """The code by which they refer others."""
        return f"ref{self.user_id}"

    @property
    def card(self) -> Json:
        """The code that stands for them."""
        return {"type": "custom", "code": self.member_number}

    def content(self) -> Json:
        """The user as the vendor shows one inside a voucher."""
        shown = self._content()
        return {**shown, **{k: v for k, v in self.written.items() if k in shown}}

    def _content(self) -> Json:
        full = not self.sparse
        return {
            "id": self.user_id,
            "user_id": self.user_id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "authentication_point_identifier": self.authentication_point_identifier,
            "auxiliary_identifier": self.auxiliary_identifier,
            "mailing_list": _mailing_list() if full else None,
            "entity_code": self.card,
            "opt_in_programme": {
                "programme_opted_in": full,
                "join_date": "2023-04-01T18:22:31+00:00" if full else None,
            },
            "signup_channel": "mobile:ios" if full else None,
            "country_code": "NL" if full else None,
            "language": "nl-NL" if full else None,
            "address_streetname": "Sandbox Street" if full else None,
            "address_housenumber": "1" if full else None,
            "address_housenumber_extension": None,
            "address_line_2": None,
            "address_line_3": None,
            "address_towncity": "Sandbox" if full else None,
            "address_regionstate": None,
            "address_postalcode": "0000 AA" if full else None,
        }

    def account(self) -> Json:
        """The user as the vendor shows one after a login."""
        return {
            "id": self.user_id,
            "user_id": self.user_id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "gender": "other",
            "birthday": "1990-01-01T00:00:00+00:00",
            "username": self.username,
            "mailing_list": _mailing_list(),
            "entity_code": {"type": "custom", "code": self.member_number},
        }


def _mailing_list() -> Json:
    return {
        "mailing_list_sub_offered": True,
        "mailing_list_subscribed": False,
        "printed_mailing_list_subscribed": False,
    }


@attrs.frozen(kw_only=True)
class Campaign:
    """One synthetic campaign.

    Attributes:
        assignments: How many stores or tags it is assigned to.
    """

    campaign_id: int
    chain_id: int
    campaign_type: str
    title: str
    active: bool = True
    assignments: int = 0

    def nested(self) -> Json:
        """The campaign as it stands inside a voucher from version 1.6.5 on."""
        return {
            "id": self.campaign_id,
            "title": self.title,
            "type": self.campaign_type,
            "assignments": self.assignment_list(),
            "assignment_count": self.assignments,
            "assignment_count_by_type": {"business": self.assignments},
            "assignment_types_excluded": ["business"] if self.too_many_assignments else [],
        }

    def content(self) -> Json:
        """The campaign as get-campaigns shows it."""
        shown: Json = {
            "id": self.campaign_id,
            "chain_id": self.chain_id,
            "type": self.campaign_type,
            "title": self.title,
            "description": f"{self.title} (synthetic)",
            "active": self.active,
            "priority": self.campaign_id % 10,
            "assignment_count": self.assignments,
        }
        if not self.too_many_assignments:
            shown["assignments"] = self.assignment_list()
        return shown

    @property
    def too_many_assignments(self) -> bool:
        """Whether the list of assignments is left out for its length."""
        return self.assignments > MAX_ASSIGNMENTS

    def assignment_list(self) -> list[Json]:
        """The assignments, unless they are too many."""
        if self.too_many_assignments:
            return []
        return [{"type": "business", "id": 9_000 + one} for one in range(self.assignments)]


@attrs.frozen(kw_only=True)
class Voucher:
    """One synthetic voucher.

    Attributes:
        voucher_id: The identifier; the key is derived from it.
        chain_id: The chain it belongs to.
        created_at: When it was made.
        expires_at: When it ends.
        status: "generated", "claimed" or "redeemed".
        redeemed_at: When it was redeemed, if it was.
        locked_until: The end of its last lock, if it ever was locked.
        regenerated: Whether it replaces one that was spent on an item since returned.
        kind: What the vendor calls `type`.
        amount: The value, in one of the vendor's mixed forms.
        amount_redeemed: What was spent of it, in one of the vendor's mixed forms.
        basket: The redeeming basket: null, an empty list or an object.
        iso_expiry: Whether the expiry is written with an offset rather than without.
        locking_code: The code that it was locked with.
        only_basket: The code of the only basket that it may be redeemed with.
        parent: The voucher that it is the rest of.
        given: What its maker wrote on it, by the vendor's names.
    """

    voucher_id: int
    chain_id: int
    created_at: datetime
    expires_at: datetime
    status: Status = "generated"
    redeemed_at: datetime | None = None
    locked_until: datetime | None = None
    regenerated: bool = False
    kind: Kind = "basket"
    campaign: Campaign | None = None
    user: User | None = None
    amount: Amount = 5
    amount_redeemed: Amount = 0
    basket: Json | list[object] | None = None
    iso_expiry: bool = False
    text: str | None = None
    honour_code: str | None = None
    euros: bool = True
    locking_code: str | None = None
    only_basket: str | None = None
    parent: int | None = None
    given: Json = attrs.field(factory=dict[str, object])

    @property
    def key(self) -> str:
        """The voucher key, 64 hexadecimal digits."""
        return hashlib.sha256(f"sandbox voucher {self.voucher_id}".encode()).hexdigest()

    @property
    def description(self) -> str:
        """The longer text; some have quotes, commas and line breaks of several kinds."""
        return _DESCRIPTIONS[self.voucher_id % len(_DESCRIPTIONS)]

    def locked(self, now: datetime) -> bool:
        """Whether it is locked at a moment."""
        return self.locked_until is not None and self.locked_until > now

    def content(self, now: datetime, nested_campaign: bool) -> Json:
        """The voucher as the vendor shows it at a moment."""
        shown = self._content(now, nested_campaign)
        return {**shown, **{k: v for k, v in self.given.items() if k in shown}}

    def user_content(self, now: datetime, nested_campaign: bool) -> Json:
        """The voucher as the vendor shows it among those of one customer."""
        shown = {**self._content(now, nested_campaign), **self.given}
        del shown["user"]
        kind = shown.pop("type")
        return {**shown, "voucher_type": kind}

    def changed_content(self, now: datetime, nested_campaign: bool) -> Json:
        """The voucher as the vendor shows it when a call has changed it."""
        parent = None if self.parent is None else {"voucher_id": self.parent}
        return {
            **self.user_content(now, nested_campaign),
            "voucher_redeemed_datetime": _iso_or_none(self.redeemed_at),
            "voucher_locked_until": None if self.locked_until is None else naive(self.locked_until),
            "voucher_locking_code": self.locking_code,
            "voucher_retailer_basket_code_exclusive": self.only_basket,
            "generating_return_transaction": [],
            "parent_voucher": parent,
            "user_id": None if self.user is None else self.user.user_id,
            "user_entity_card": None if self.user is None else self.user.card,
        }

    def _content(self, now: datetime, nested_campaign: bool) -> Json:
        return {
            "voucher_key": self.key,
            "voucher_id": self.voucher_id,
            "voucher_created_datetime": iso(self.created_at),
            "voucher_status": self.status,
            "voucher_locked": self.locked(now),
            **self._campaign(nested_campaign),
            "redeeming_basket": self.basket,
            "voucher_expiry_datetime_utc": self._expiry(),
            "voucher_expiry_seconds_remaining": self._seconds_left(now),
            "voucher_currency_id": 2 if self.euros else None,
            "voucher_currency_symbol": "€" if self.euros else None,
            "voucher_amount_original": self.amount,
            "voucher_amount_redeemed": self.amount_redeemed,
            "voucher_amount": self.amount,
            "voucher_text": self.text,
            "voucher_honour_code": self.honour_code,
            "voucher_title": "Sandbox voucher",
            "voucher_description": self.description,
            "voucher_notes": None if self.voucher_id % 3 else "<p>Terms &amp; conditions</p>",
            "voucher_image_url": "https://images.sandbox.example.com/voucher.png",
            "type": self.kind,
            "user": None if self.user is None else self.user.content(),
        }

    def _campaign(self, nested: bool) -> Json:
        if nested:
            return {"campaign": None if self.campaign is None else self.campaign.nested()}
        if self.campaign is None:
            return {"campaign_id": None, "campaign_type": None, "campaign_title": None}
        return {
            "campaign_id": self.campaign.campaign_id,
            "campaign_type": self.campaign.campaign_type,
            "campaign_title": self.campaign.title,
        }

    def _expiry(self) -> str:
        return iso(self.expires_at) if self.iso_expiry else naive(self.expires_at)

    def _seconds_left(self, now: datetime) -> int:
        return max(0, int((self.expires_at - now).total_seconds()))


def _iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def iso(moment: datetime) -> str:
    """A moment with its offset, as in 2019-08-02T15:18:52+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def naive(moment: datetime) -> str:
    """A moment in UTC without saying so, as in 2050-01-01 00:00:00."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
