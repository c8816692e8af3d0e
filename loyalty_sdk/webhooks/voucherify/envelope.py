"""What stands around the data of Voucherify's events.

https://docs.voucherify.io/api-reference/introduction-to-webhooks#voucherify-webhook-structure
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs

from loyalty_sdk._core.reading.model import Model
from loyalty_sdk.voucherify.models.references import Identified


@attrs.frozen(kw_only=True, weakref_slot=False)
class ApiKey(Model):
    """The key of an application.

    Attributes:
        name: Its name.
        app_id: The application's id.
    """

    name: str | None = None
    app_id: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class CauseSource(Model):
    """From where something was done.

    Attributes:
        channel: By which way.
        user: Who did it, by hand.
        api_key: The key that it was done with.
    """

    channel: Literal["USER_PORTAL", "API", "CLIENT_API", "INTERNAL"] | str | None = None
    user: Identified | None = None
    api_key: ApiKey | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Cause(Model):
    """What happened.

    Attributes:
        id: Its id.
        type: What it was, such as `redemption.succeeded`.
        created_at: When it was.
        entity_id: What it happened to.
        group_id: The id of the request that led to it, `v-...`.
        event_source: From where it was done.
    """

    id: str | None = None
    type: str | None = None
    created_at: datetime | None = None
    entity_id: str | None = None
    group_id: str | None = None
    event_source: CauseSource | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Sender(Model):
    """The webhook or the distribution that sent it.

    Attributes:
        id: Its id, `wh_...` or `distr_...`.
        object: Which of the two it is.
        target_url: Where it sends to.
    """

    id: str | None = None
    object: Literal["webhook", "distribution"] | str | None = None
    target_url: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Envelope(Model):
    """What stands around the data.

    Attributes:
        id: The id of this send-out, `whs_...`.
        project_id: The id of your project.
        created_at: When it was made.
        type: What happened; of a distribution, the name that somebody gave it.
        source: Who sent it.
        event: What happened.
    """

    id: str | None = None
    project_id: str | None = None
    created_at: datetime | None = None
    type: str | None = None
    source: Sender | None = None
    event: Cause | None = None

    @property
    def event_type(self) -> str | None:
        """What happened, in the vendor's word, whatever a distribution is called."""
        return (self.event.type if self.event else None) or self.type

    @property
    def key(self) -> str | None:
        """The id of the send-out; of the event, where there is none."""
        return self.id or (self.event.id if self.event else None)
