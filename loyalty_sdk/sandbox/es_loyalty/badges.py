"""Synthetic badges, and points that will be swept away.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api
"""

from __future__ import annotations

from datetime import datetime, timedelta

from .accounts import Account
from .moments import epoch, iso
from .parts import Json

IMAGES = "https://images.example.com/badges"


def draft_badge(account: Account, number: int, origin: datetime) -> Json:
    """One badge; the documents write its epochs as text."""
    earned = origin - timedelta(days=number + 1)
    expires = origin + timedelta(days=365 - number)
    return {
        "badgeID": f"sandbox-badge-{account.number}-{number}",
        "badgeName": f"Sandbox badge {number}",
        "earnedDate": iso(earned),
        "earnedDateEpoch": str(epoch(earned)),
        "expiryDate": iso(expires),
        "expiryDateEpoch": str(epoch(expires)),
    }


def shown(badge: Json, locale: str) -> Json:
    """A badge with what there is to show of it in a language."""
    picture = f"{IMAGES}/{badge['badgeID']}"
    described = "Un badge synthétique" if locale == "fr-CA" else "A synthetic badge"
    details: Json = {
        "longDescription": described,
        "smallHDImageURI": f"{picture}/small-hd.png",
        "largeHDImageURI": f"{picture}/large-hd.png",
        "largeImageURI": f"{picture}/large.png",
        "smallImageURI": f"{picture}/small.png",
    }
    return {**badge, "badgeDetails": {locale: details}}


def draft_sweep(number: int, origin: datetime) -> Json:
    """What is swept away so many months from now."""
    month = origin.year * 12 + origin.month - 1 + number
    return {"sweepMonth": f"{month // 12:04}-{month % 12 + 1:02}", "pointsAmount": 100 + number}
