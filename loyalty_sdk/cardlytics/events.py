"""What customers do.

https://docs.cardlytics.com/ads/v1/endpoints/events/post-customer-event.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.arguments import flag, given, one_of
from loyalty_sdk._core.given.inputs import plain
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk.cardlytics._calls import customer, hidden, wire_names, write
from loyalty_sdk.cardlytics.inputs.events import ClientEventMessage

_WRAPPERS = ("clientEventMessages", "clientEventCommand")


class Events(Resource[R_co]):
    """What customers do: what they look at, click, activate or put aside."""

    @endpoint
    def send(
        self,
        token: str | Secret,
        events: Sequence[ClientEventMessage],
        *,
        wrapper: Literal["clientEventMessages", "clientEventCommand"] = "clientEventMessages",
        before_v3: bool = False,
    ) -> Call[None]:
        """Tell Cardlytics what a customer did. Never repeated: it would count twice.

        Args:
            token: The customer's security token.
            events: 1 to 500; see `ClientEventMessage`.
            wrapper: What the body calls them: the page's sample and its table disagree.
            before_v3: Whether to use the path that servers before version 3 have.

        https://docs.cardlytics.com/ads/v1/endpoints/events/post-customer-event.html
        """
        token = hidden(token)
        name = given("wrapper", one_of("wrapper", wrapper, _WRAPPERS))
        old = ("api", "v1", "events", token, "clientevent")
        new = customer(token, "events", "clientevent")
        json = {name: wire_names(plain("events", events, Sequence[ClientEventMessage]))}
        return write("POST", old if flag("before_v3", before_v3) else new, json=json)
