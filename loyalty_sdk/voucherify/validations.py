"""Asking whether something could be redeemed.

https://docs.voucherify.io/api-reference/validations
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Unpack

from loyalty_sdk._core.calls import Call
from loyalty_sdk._core.endpoint import R_co, Resource, endpoint
from loyalty_sdk._core.given.inputs import body, plain
from loyalty_sdk.errors import InvalidArgument
from loyalty_sdk.voucherify._calls import post
from loyalty_sdk.voucherify.inputs.redeeming import Redeemables, RedeemFields
from loyalty_sdk.voucherify.models.validations import Validation

MOST_REDEEMABLES = 30


class Validations(Resource[R_co]):
    """Asking whether something could be redeemed."""

    @endpoint
    def validate(
        self, redeemables: Redeemables, **fields: Unpack[RedeemFields]
    ) -> Call[Validation]:
        """Ask whether redeemables could be redeemed together, and hold them where wanted.

        A no is a value: see `valid`, and `not_applied` for the reasons. Repeated after a failure:
        it changes nothing but the session, and one key is one session, so the SDK makes a key
        where none is given.

        Args:
            redeemables: 1 to 30: codes of vouchers, or objects that say more.
            **fields: The order, the customer, the session; see `RedeemFields`.

        https://docs.voucherify.io/api-reference/validations/validate-stackable-discounts
        """
        sent = redeeming(redeemables, fields)
        if sent.get("session", {}).get("type") == "LOCK":
            sent["session"] = {"key": f"ssn_{uuid.uuid4().hex}", **sent["session"]}
        return post(Validation, "v1", "validations", json=sent, repeatable=True)


def redeeming(redeemables: Redeemables, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a validation or a redemption.

    Raises:
        InvalidArgument: A redeemable or a field is not what it should be.
    """
    named = plain("redeemables", redeemables, Redeemables)
    if not 1 <= len(named) <= MOST_REDEEMABLES:
        raise InvalidArgument("redeemables", f"must be 1 to {MOST_REDEEMABLES}")
    sent = body(RedeemFields, fields)
    if "expand" in sent:
        sent["options"] = {"expand": sent.pop("expand")}
    return {"redeemables": [_object(one) for one in named], **sent}


def _object(redeemable: Any) -> Any:
    """A redeemable as an object; a text is the code of a voucher."""
    return {"object": "voucher", "id": redeemable} if isinstance(redeemable, str) else redeemable
