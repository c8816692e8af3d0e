"""Custom events.

https://docs.voucherify.io/api-reference/events/track-custom-event
"""

from __future__ import annotations

from ...vendor import Asked, Route
from ...wire import Response, json_response
from ..access import changing
from ..answers import bad_form
from ..payload import CUSTOMER, Fields, anything, obj, read_body, text
from ..project import Project
from ..query import known
from ..records import part

BODY: Fields = {
    "event": text,
    "customer": obj(CUSTOMER),
    "referral": obj({"code": text, "referrer_id": text}),
    "loyalty": obj({"code": text}),
    "metadata": anything,
}


def track_event(project: Project, one: Asked) -> Response:
    """Write down what a customer did; a customer who is new is made."""
    known(one.request.query, ())
    body = read_body(one.request, BODY, required=("event", "customer"))
    customer = project.customer_of(body["customer"])
    if customer is None:
        raise bad_form("Property .customer should have an id or a source_id")
    content = {
        "object": "event",
        "type": body["event"],
        "customer": customer.reference(),
        "referral": None,
        "loyalty": None,
        "metadata": part(body, "metadata"),
    }
    project.state.ledger.events.append(project.record(content))
    project.happened("customer.custom_event", customer.reference())
    return json_response(200, content)


ROUTES: tuple[Route[Project], ...] = (
    Route("POST", "v1/events", "track-custom-event", track_event, changing("events")),
)
