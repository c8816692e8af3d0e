"""Synthetic stores, all of them near one place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from .ads import Ad
from .view import Json

CENTRE = (33.7490, -84.3880)
STORES_PER_AD = 2
_METERS = 6_371_000


def nearby(ads: Iterable[Ad], latitude: float, longitude: float, radius: int) -> list[Json]:
    """The stores of ads within a radius, the nearest first."""
    found = [store for ad in ads if ad.is_mappable for store in _stores(ad)]
    for store in found:
        here = float(str(store["latitude"])), float(str(store["longitude"]))
        store["distanceInMeters"] = round(_distance((latitude, longitude), here))
    within = [store for store in found if int(str(store["distanceInMeters"])) <= radius]
    return sorted(within, key=lambda store: int(str(store["distanceInMeters"])))


def _stores(ad: Ad) -> Iterator[Json]:
    for number in range(STORES_PER_AD):
        step = (ad.position + 1) * (number + 1)
        yield {
            "storeName": ad.merchant,
            "adId": ad.ad_id,
            "storeNumber": f"{ad.ad_id}-{number}",
            "address1": f"{step} Sandbox Street",
            "address2": None,
            "city": "Sandbox",
            "county": "Sand",
            "state": "GA",
            "postalCode": "00000",
            "phone": "+10000000000",
            "hoursOfOperation": "Mo-Fr 9-17",
            "latitude": round(CENTRE[0] + step / 1000, 6),
            "longitude": round(CENTRE[1] - step / 1000, 6),
        }


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places, by the haversine formula."""
    (north, east), (north2, east2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = (
        math.sin((north2 - north) / 2) ** 2
        + math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    )
    return 2 * _METERS * math.asin(math.sqrt(half))
