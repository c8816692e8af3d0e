"""Synthetic ads in every shape that Cardlytics documents.

https://docs.cardlytics.com/ads/v1/types/ad.html
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from urllib.parse import quote

import attrs

from ..synthetic import dice
from .view import Json, Since, View, zulu

NEW, SERVED, ACTIVATED, PROCESSING, REDEEMED, EXPIRED, UNKNOWN = 1, 2, 4, 8, 16, 32, 64
STATUSES = (SERVED, ACTIVATED, REDEEMED, NEW, PROCESSING, EXPIRED, UNKNOWN)
REQUIREMENT_SINCE = Since(5, 3)
_PLACE_BYTES = 2

_MERCHANTS = ("Sandbox Coffee", "Sandbox & Sons", "Zandbak Fietsen", "Café Bac à Sable")
_CHANNELS = ("In-Store", "Online", "Pay-At-Pump")


@attrs.frozen(kw_only=True)
class Ad:
    """One synthetic ad.

    Attributes:
        ad_id: Its id.
        merchant: Whose it is.
        status: Its state, a bit.
        is_percentage: Whether the amount is percent, or else money.
        amount: The reward's number.
        most: The most that it gives, or nothing for no limit.
        least: The least to be spent, or nothing.
        ends_at: When it ends.
        activated_at: When the customer activated it, if ever.
        is_parked: Whether it was put aside.
        position: Its rank.
        purchase_types: What must not be bought; empty for no requirement.
        described: Whether its creative has the fields that newer servers' have.
        token: What its impression tokens are made from.
    """

    ad_id: int
    merchant: str
    status: int
    is_percentage: bool
    amount: float
    most: float | None
    least: float | None
    ends_at: datetime
    activated_at: datetime | None
    is_parked: bool
    position: int
    purchase_types: tuple[str, ...] = ()
    described: bool = False
    token: bytes = attrs.field(default=b"", repr=False)

    def content(self, view: View, now: datetime) -> Json:
        """The ad as the vendor shows it."""
        content: Json = {
            "adId": str(self.ad_id),
            "status": self.status,
            "creatives": [self.creative(view)],
            "isParked": self.is_parked,
            "categoryId": self.category_id,
            "daysRemaining": max(0, (self.ends_at - now).days),
            "endDate": view.naive(self.ends_at),
            "isPercentageOffer": self.is_percentage,
            "merchantName": self.merchant,
            "offerAmount": self.amount,
            "maxRewardAmount": self.most,
            "adType": 101,
            "isMappable": self.is_mappable,
            "redemptions": None,
            "position": self.position,
            "tags": [{"key": "purchase-channel", "value": _CHANNELS[self.ad_id % 3]}],
        }
        if self.least is not None:
            content["minSpendAmount"] = self.least
        if self.activated_at is not None:
            content["activatedDate"] = zulu(self.activated_at)
        if view.version >= REQUIREMENT_SINCE and self.purchase_types:
            content["purchaseRequirement"] = {
                "requirementType": "MustNotPurchase",
                "purchaseTypes": list(self.purchase_types),
            }
        return content

    @property
    def category_id(self) -> int:
        """The category it belongs to."""
        return 1 + self.ad_id % 5

    @property
    def is_mappable(self) -> bool:
        """Whether the merchant has stores."""
        return self.position % 2 == 0

    @property
    def is_suppressible(self) -> bool:
        """Whether it is left out where suppression is asked for."""
        return self.position % 5 == 4

    @property
    def headline(self) -> str:
        """What it gives, in a word."""
        return f"{self.amount:g}%" if self.is_percentage else f"${self.amount:.2f}"

    @property
    def serve_token(self) -> str:
        """The token of a showing in version 2, which has no numbers for places."""
        return _impression(self.token, bytes(_PLACE_BYTES))

    def reward_of(self, cents: int) -> int:
        """What a purchase earns, in cents."""
        earned = cents * self.amount / 100 if self.is_percentage else self.amount * 100
        return round(earned if self.most is None else min(earned, self.most * 100))

    def is_shown_by(self, impression_token: str) -> bool:
        """Whether an impression token is one of this ad, of any place."""
        try:
            found = base64.urlsafe_b64decode(impression_token + "=" * (-len(impression_token) % 4))
        except ValueError:
            return False
        return len(found) == len(self.token) + _PLACE_BYTES and found.startswith(self.token)

    def creative(self, view: View) -> Json:
        """How it is shown."""
        offer = self.headline
        images = "https://images.sandbox.example.com/ads"
        content: Json = {
            "shortPreMessage": f"Earn {offer} at {self.merchant}",
            "preMessage": f"Earn {offer} on any purchase at {self.merchant}.",
            "postMessage": "Terms apply. <a class='sandbox_anchor' target='_blank' "
            "href='https://sandbox.example.com/' aria-label='here'>Please click here </a> "
            "to find a location near you.",
            "thankYouMessage": f"Thank you for shopping at {self.merchant}!",
            "images": {
                "logo": {
                    "url": f"{images}/logo/{self.ad_id}.png",
                    "text": f"{self.merchant}'s logo",
                },
                "heroImage": {"url": f"{images}/hero/{self.ad_id}.png", "text": "A storefront"},
            },
            "links": {"callToActionLink": {"url": self.link, "text": "Shop now"}},
            "beacons": {
                "preMessageImpression": f"https://sandbox.example.com/before/{self.ad_id}",
                "postMessageImpression": f"https://sandbox.example.com/after/{self.ad_id}",
            },
            "impressionToken": self.impression(view),
        }
        if self.described:
            content |= {
                "creativeId": str(self.ad_id * 10),
                "headline": None,
                "termsAndConditions": "One per customer.<br/>While stocks last.",
                "marketingCopy": f"<b>{self.merchant}</b>: sand &amp; more",
                "rewardCopy": f"{offer} back",
            }
        return content

    @property
    def link(self) -> str:
        """Where its call to action leads, signed."""
        signature = quote(base64.b64encode(self.token * 3).decode(), safe="")
        return f"https://sandbox.example.com/call/Sandbox%0D/?ot=sandbox&xt={signature}"

    def impression(self, view: View) -> str:
        """The token of a showing in some place."""
        # It is good for one place only: so it differs from place to place.
        place = bytes((view.channel_id % 256, view.location_id % 256))
        return _impression(self.token, place)


def _impression(token: bytes, place: bytes) -> str:
    return base64.urlsafe_b64encode(token + place).decode().rstrip("=")


def draft_ads(seed: int, customer: int, count: int, origin: datetime) -> tuple[Ad, ...]:
    """So many ads of a customer; the first few have all the documented shapes."""
    return tuple(_ad(seed, customer, position, origin) for position in range(count))


def _ad(seed: int, customer: int, position: int, origin: datetime) -> Ad:
    source = dice(seed, "cardlytics-ad", customer, position)
    status = STATUSES[position % len(STATUSES)]
    is_percentage = position % 2 == 0
    acted = status in (ACTIVATED, PROCESSING, REDEEMED)
    days = -3 if status == EXPIRED else 28 + position
    return Ad(
        ad_id=10_000_000 + customer * 10_000 + position,
        merchant=_MERCHANTS[position % len(_MERCHANTS)],
        status=status,
        is_percentage=is_percentage,
        amount=float(source.choice((2.5, 5, 10))) if is_percentage else source.randrange(100) / 4,
        most=None if position % 3 == 2 else 30.0,
        least=(5.0, 0.0, None)[position % 3],
        ends_at=origin + timedelta(days=days),
        activated_at=origin - timedelta(days=9, hours=position % 24) if acted else None,
        is_parked=position % 4 == 3,
        position=position,
        purchase_types=("Fuel", "Membership") if position % 5 == 1 else (),
        described=position % 2 == 1,
        token=source.randbytes(12),
    )
