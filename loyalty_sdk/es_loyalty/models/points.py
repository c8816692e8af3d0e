"""What calls say that give points, take them, or set them aside.

https://exchangesolutionsinc.github.io/es-user-docs/docs/api/es-loyalty/partner-programs/issue-ad-hoc-reward
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from loyalty_sdk._core.credentials import Hidden
from loyalty_sdk._core.reading.model import Model, promised, renamed

CancellationStatus: TypeAlias = Literal["CANCELLED"] | str


@attrs.frozen(kw_only=True, weakref_slot=False)
class Receipt(Model):
    """A transaction that was made.

    Attributes:
        transaction_id: The id of the transaction; `transactions.void` takes it.
        message: What it was, in words.
    """

    transaction_id: str = promised("transactionId")
    message: str | None = None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Hold(Model):
    """Points that are set aside; what else the vendor says of it is in `extra`.

    Attributes:
        reservation_token: What stands for it in a redemption, a change and a cancellation.
    """

    _has_form = False

    reservation_token: str = promised("reservationToken")


@attrs.frozen(kw_only=True, weakref_slot=False)
class Cancellation(Model):
    """A reservation that is no more.

    Attributes:
        status: What became of it, `CANCELLED`.
        reservation_token: What stood for it.
        session_id: The session; a `Secret`, for it stands for the account.
    """

    status: CancellationStatus | None = None
    reservation_token: str = promised("reservationToken")
    session_id: Hidden | None = renamed("sessionId")


@attrs.frozen(kw_only=True, weakref_slot=False)
class PointSweep(Model):
    """Points that are swept away in a month.

    Attributes:
        sweep_month: The month, as the vendor writes it.
        points_amount: How many points.
    """

    sweep_month: str = promised("sweepMonth")
    points_amount: Decimal | None = renamed("pointsAmount")
