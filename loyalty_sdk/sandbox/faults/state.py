"""What happens at the vendor between two requests.

Each function gives the identifiers of what it has inserted or removed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..spaaza.select import IDENTIFIERS, find_user
from ..spaaza.vouchers import Voucher
from .occasion import Asked, Occasion

if TYPE_CHECKING:
    from ..sandbox import Sandbox

Items = tuple[str, ...]


def token_expires(occasion: Occasion, sandbox: Sandbox) -> Items:
    """End all OAuth tokens of the vendor."""
    sandbox.expire_tokens(occasion.asked.vendor)
    return ()


def session_vanishes(occasion: Occasion, sandbox: Sandbox) -> Items:
    """End all sessions of the vendor."""
    sandbox.expire_sessions(occasion.asked.vendor)
    return ()


def customer_token_expires(_: Occasion, sandbox: Sandbox) -> Items:
    """End all customers' tokens of Cardlytics."""
    sandbox.expire_customer_tokens()
    return ()


def items_inserted(occasion: Occasion, sandbox: Sandbox) -> Items:
    """Add vouchers to the list that is being walked."""
    chain_id, user_id = _whose(occasion.asked, sandbox)
    state = sandbox.spaaza_state
    added = (
        state.add_voucher(chain_id=chain_id, user_id=user_id) for _ in range(occasion.tuning.items)
    )
    return tuple(str(one) for one in added)


def items_removed(occasion: Occasion, sandbox: Sandbox) -> Items:
    """Remove vouchers from the list that is being walked."""
    chain_id, user_id = _whose(occasion.asked, sandbox)
    state = sandbox.spaaza_state
    found = [one for one in state.vouchers(chain_id) if user_id in (None, _owner(one))]
    chosen = occasion.dice.sample(found, min(len(found), occasion.tuning.items))
    for one in chosen:
        with suppress(LookupError):  # somebody else may have removed it just now
            state.remove_voucher(one.voucher_id)
    return tuple(str(one.voucher_id) for one in chosen)


def is_walked_on(asked: Asked) -> bool:
    """Whether a page behind the first one is asked for, of a list that can be had."""
    numbers = {name: asked.parameter(name) for name in ("chain_id", "user_id", "results_offset")}
    return (
        numbers["chain_id"] is not None
        and numbers["results_offset"] not in (None, "0")
        and all(value is None or value.isdecimal() for value in numbers.values())
    )


def _whose(asked: Asked, sandbox: Sandbox) -> tuple[int, int | None]:
    """Which chain's vouchers, and which user's, a list shows."""
    values = dict(asked.request.query)
    users = sandbox.spaaza_state.users
    found = (find_user(users, name, values[name]) for name in IDENTIFIERS if name in values)
    user = next(found, None)
    return int(values["chain_id"]), None if user is None else user.user_id


def _owner(voucher: Voucher) -> int | None:
    return None if voucher.user is None else voucher.user.user_id
