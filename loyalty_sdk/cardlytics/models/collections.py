"""Collections of ads. Servers have them from version 3.3 on.

https://docs.cardlytics.com/ads/v1/data/types/collection.html
"""

from __future__ import annotations

import attrs

from loyalty_sdk._core.reading.model import Model, promised, renamed
from loyalty_sdk.cardlytics.models.ads import Ad, AdImage


@attrs.frozen(kw_only=True, weakref_slot=False)
class CollectionMetadata(Model):
    """What a collection is called.

    Attributes:
        id: Its id.
        name: Its name.
        tag_line: A line about it.
        banner_image: An image of it; a collection inside of another has none.
    """

    id: str | None = None
    name: str | None = None
    tag_line: str | None = renamed("tagLine")
    banner_image: AdImage | None = renamed("bannerImage")


@attrs.frozen(kw_only=True, weakref_slot=False)
class SubCollection(Model):
    """A collection inside of another.

    Attributes:
        metadata: What it is called.
        ads: Its ads.
        ad_ids: The ids of its ads, which newer servers give in their place.
    """

    metadata: CollectionMetadata | None = None
    ads: tuple[Ad, ...] | None = None
    ad_ids: tuple[str, ...] | None = renamed("adIds")


@attrs.frozen(kw_only=True, weakref_slot=False)
class CategoryGroup(Model):
    """A category of ads.

    Attributes:
        id: Its id.
        name: Its name.
        ad_ids: The ids of its ads.
    """

    id: str = promised()
    name: str | None = None
    ad_ids: tuple[str, ...] | None = renamed("adIds")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Collection(SubCollection):
    """A collection of ads; it has all that a `SubCollection` has.

    Attributes:
        sub_collections: The collections inside of it.
        categories: The categories of its ads.
    """

    sub_collections: tuple[SubCollection, ...] | None = renamed("subCollections")
    categories: tuple[CategoryGroup, ...] | None = None
