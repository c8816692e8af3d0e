"""Badges that a member has earned.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/offer-banner-badge-operations/member-badges
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.es_loyalty.models._shapes import moment


@attrs.frozen(kw_only=True, weakref_slot=False)
class BadgeDetails(Model):
    """What to show of a badge in one language.

    Attributes:
        long_description: A description.
        small_hd_image_uri: A small picture of high definition.
        large_hd_image_uri: A large picture of high definition.
        large_image_uri: A large picture.
        small_image_uri: A small picture.
    """

    long_description: str | None = renamed("longDescription")
    small_hd_image_uri: str | None = renamed("smallHDImageURI")
    large_hd_image_uri: str | None = renamed("largeHDImageURI")
    large_image_uri: str | None = renamed("largeImageURI")
    small_image_uri: str | None = renamed("smallImageURI")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Badge(Model):
    """A badge.

    Attributes:
        badge_id: The id of the badge.
        badge_name: Its name.
        earned_date_iso: When it was earned, as text.
        earned_date_epoch: When it was earned, in milliseconds.
        expiry_date_iso: When it expires, as text.
        expiry_date_epoch: When it expires, in milliseconds.
        badge_details: What to show of it, by locale.
    """

    badge_id: str = promised("badgeID")
    badge_name: str | None = renamed("badgeName")
    earned_date_iso: str | None = renamed("earnedDate")
    earned_date_epoch: int | None = renamed("earnedDateEpoch")
    expiry_date_iso: str | None = renamed("expiryDate")
    expiry_date_epoch: int | None = renamed("expiryDateEpoch")
    badge_details: Mapping[str, BadgeDetails] | None = renamed("badgeDetails")

    @property
    def earned_date(self) -> datetime | None:
        """When it was earned; by the epoch, where the vendor sends both."""
        return moment(self.earned_date_epoch, self.earned_date_iso)

    @property
    def expiry_date(self) -> datetime | None:
        """When it expires; by the epoch, where the vendor sends both."""
        return moment(self.expiry_date_epoch, self.expiry_date_iso)
