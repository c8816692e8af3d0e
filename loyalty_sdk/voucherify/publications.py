"""Giving vouchers to customers.

https://docs.voucherify.io/api-reference/publications
"""

from __future__ import annotations

from typing import Unpack

from loyalty_sdk._core.calls import Call, Listing
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint, listing
from loyalty_sdk._core.given.inputs import body
from loyalty_sdk.voucherify._calls import get, nested_query, post, switch
from loyalty_sdk.voucherify._lists import listed
from loyalty_sdk.voucherify.inputs.lists import PublicationList
from loyalty_sdk.voucherify.inputs.vouchers import KnownPublication, PublicationFields
from loyalty_sdk.voucherify.models.publications import Publication

_PATH = ("v1", "publications")


class Publications(Resource[R_co]):
    """Giving vouchers to customers."""

    @endpoint
    def create(
        self, *, join_once: bool | None = None, **fields: Unpack[PublicationFields]
    ) -> Call[Publication]:
        """Publish one or several vouchers to a customer. Never repeated.

        After an unclear failure, `list(source_id=...)` tells whether it was published.

        Args:
            join_once: Whether the customer gets one and always the same code of a campaign.
            **fields: What, and to whom; see `PublicationFields`.

        Raises:
            BadRequest: There is such a `source_id` (`duplicate_source_id`), or the voucher was
                published before (`voucher_already_published`).

        https://docs.voucherify.io/api-reference/publications/create-publication
        """
        sent = body(PublicationFields, fields)
        return post(Publication, *_PATH, json=sent, params=switch(join_once=join_once))

    @endpoint
    def get_or_create(
        self, *, join_once: bool | None = None, **fields: Unpack[KnownPublication]
    ) -> Call[Publication]:
        """The publication with a `source_id`; published now, where there is none yet.

        The vendor takes integration keys only here. Though it is a GET it publishes, so the SDK
        wants the `source_id`: with it, a repetition gives the very same code.

        Args:
            join_once: Whether the customer gets one and always the same code of a campaign.
            **fields: What, and to whom; see `KnownPublication`.

        https://docs.voucherify.io/api-reference/publications/create-publication-with-get
        """
        sent = body(KnownPublication, fields)
        params = [*switch(join_once=join_once), *nested_query(sent)]
        return get(Publication, *_PATH, "create", params=params)

    @listing
    def list(self, **which: Unpack[PublicationList]) -> Listing[Publication]:
        """Publications, also the one with a `source_id`; see `PublicationList`.

        Raises:
            PageCeiling: There are more than 1000 pages; the vendor then points to exports.

        https://docs.voucherify.io/api-reference/publications/list-publications
        """
        beyond = "ask for less by filters, or use an export"
        return listed(
            Publication,
            _PATH,
            PublicationList,
            which,
            ceiling=1000,
            beyond=beyond,
            key="publications",
        )
