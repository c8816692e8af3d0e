"""A walk that is interrupted (`SIGINT`) again and again: run by `interruption`, prints what came.

    python interrupted_walk.py BASE_URL APP_ID APP_TOKEN CUSTOMER

It says when it begins, and each time it is ready to be interrupted again. Interrupts reach the SDK
only, not the bookkeeping here: nobody could say whether that lost an item, or the SDK.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
import threading
from typing import Any

from sockets import connections_to

from loyalty_sdk import LoyaltyError, Voucherify


class Interrupts:
    """Turns a signal into a `KeyboardInterrupt` where the SDK is at work."""

    def __init__(self) -> None:
        self.inside = False
        self.raised = 0
        signal.signal(signal.SIGINT, self._signalled)

    def _signalled(self, *_: object) -> None:
        if self.inside:
            self.inside = False
            self.raised += 1
            raise KeyboardInterrupt


def main(base_url: str, app_id: str, app_token: str, customer: str) -> None:
    """Walk to the end, however often it is interrupted."""
    interrupts, port = Interrupts(), int(base_url.split(":")[2].partition("/")[0])
    found: dict[str, Any] = {"items": [], "unusable": [], "connections": 0}
    with Voucherify(
        base_url=base_url, app_id=app_id, app_token=app_token, max_connections=1, deadline=5
    ) as voucherify:
        pager = voucherify.customers.list_redeemables(customer, limit=10, order="id")
        cursor, pages, page, began = None, None, None, False
        print("walking", flush=True)
        while cursor is not None or not began:
            try:
                interrupts.inside = True
                if pages is None:
                    pages = pager.pages(cursor)
                page = next(pages)
                interrupts.inside = False
            except KeyboardInterrupt:
                page = pages = None
            except LoyaltyError as error:
                interrupts.inside = False
                found["unusable"].append(repr(error))
                break
            if page is None:  # interrupted; a traceback is not to keep anything alive
                gc.collect(1)
                found["connections"] += max(0, connections_to(port) - 1)
            else:
                found["items"] += [item.id for item in page.items]
                cursor, began = page.cursor, True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    found["connections"] += connections_to(port)
    found["interrupts"] = interrupts.raised
    found["threads"] = threading.active_count() - 1
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
