"""Links between accounts and a partner's cards, and those that could not be made.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/customer-experience/partner-program/manage-partner-links-multiple-accounts
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from loyalty_sdk._core.reading.model import Model, renamed


@attrs.frozen(kw_only=True, weakref_slot=False)
class UnprocessedLink(Model):
    """A link that could not be processed; what else the vendor says of it is in `extra`.

    Attributes:
        account_id: The account.
        link_id: The id of the link.
    """

    _has_form = False

    account_id: str | None = renamed("accountId")
    link_id: str | None = renamed("linkId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class UnprocessedLinks(Model):
    """The links that could not be processed, by what was to be done with them.

    Attributes:
        add: Those that were to be added.
        remove: Those that were to be removed.
        update: Those that were to be changed.
    """

    add: tuple[UnprocessedLink, ...] | None = None
    remove: tuple[UnprocessedLink, ...] | None = None
    update: tuple[UnprocessedLink, ...] | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class LinkOutcome(Model):
    """What came of the links of one type.

    Attributes:
        success: How many were processed.
        unprocessed: How many were not.
        unprocessed_items: Which ones.
    """

    success: int | None = None
    unprocessed: int | None = None
    unprocessed_items: UnprocessedLinks | None = renamed("unprocessedItems")


@attrs.frozen(kw_only=True, weakref_slot=False)
class LinkOutcomes(Model):
    """What came of a change of links. A part of it may have failed: that is no error.

    Attributes:
        by_type: What came of the links of each type, such as `PAYMENT_CARD`.
    """

    _has_form = False

    by_type: Mapping[str, LinkOutcome]

    @property
    def unprocessed(self) -> int:
        """How many links were not processed: by the vendor's count, or more if it lists more."""
        return sum(_left(outcome) for outcome in self.by_type.values())

    @property
    def complete(self) -> bool:
        """Whether every link was processed."""
        return self.unprocessed == 0


def _left(outcome: LinkOutcome) -> int:
    items = outcome.unprocessed_items
    listed = (
        0
        if items is None
        else sum(len(each or ()) for each in (items.add, items.remove, items.update))
    )
    return max(outcome.unprocessed or 0, listed)
